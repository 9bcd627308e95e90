#!/usr/bin/python3
"""The whole record from the command line: what a department would keep in its spreadsheet and its
ring binder."""
import json
import unittest

import tap
from cli import PHOTO, XRAY, Desk, sha256
from PIL import Image

PERMISSION = {'level': 'teaching-closed', 'evidence': 'signed-paper', 'given': '2026-01-05'}


class Record(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()

    def call(self, *arguments, **options):
        return self.desk.call(*arguments, **options)

    def permit(self, status=0, **fields):
        return self.call('permission', 'add', '--from', '-', status=status,
                         input=json.dumps(PERMISSION | {'person': self.person} | fields))

    def test_a_person_with_all_that_is_known(self):
        self.call('scheme', 'set', 'chi', '--title', 'CHI number', '--pattern', '9999999999',
                  '--check-digit', 'mod-11')
        self.assertEqual(self.call('scheme', 'list').json[0]['check_digit'], 'mod-11')
        # The NHS Data Dictionary's example, and one digit changed.
        self.call('person', 'identifier', 'add', self.person, 'chi', '9434765919')
        answer = self.call('person', 'identifier', 'add', self.person, 'chi', '9434765918', status=1)
        self.assertNotIn('9434765918', answer.errors)
        self.call('person', 'alias', 'add', self.person, 'SAMPLE^FORMER', '--kind', 'former')
        self.call('person', 'capacity', self.person, '--outcome', 'lacks', '--decision', 'to publish',
                  '--assessor', 'Dr Example', '--assessed', '2026-02-01')
        self.call('person', 'update', self.person, '--from', '-',
                  input=json.dumps({'died': 'unknown', 'known_to_audience': True}))
        shown = self.call('person', 'show', '9434765919', '--reveal').json
        self.assertEqual(shown['id'], self.person)
        self.assertEqual(shown['identifiers'], [{'scheme': 'chi', 'value': '9434765919'}])
        self.assertEqual(shown['aliases'][0]['name'], 'SAMPLE^FORMER')
        self.assertEqual(shown['assessments'][0]['outcome'], 'lacks')
        self.assertEqual((shown['lacks_capacity'], shown['deceased'], shown['known_to_audience']),
                         (True, True, True))
        self.assertEqual((shown['born'], shown['turns_16'], shown['turns_18']),
                         ('1957-11-22', '1973-11-22', '1975-11-22'))
        self.assertEqual(self.call('person', 'find', 'former').json[0]['id'], self.person)
        masked = self.call('person', 'show', self.person).text
        for secret in ('9434765919', 'SAMPLE', 'H204417', '1957', 'Dr Example'):
            self.assertNotIn(secret, masked)
        self.call('person', 'alias', 'remove', self.person, shown['aliases'][0]['id'])
        self.call('person', 'identifier', 'remove', self.person, 'chi', '9434765919')
        self.call('scheme', 'remove', 'chi')

    def test_steps(self):
        made = self.permit(draft=True, replaces=self.permit().json['id']).json
        step = lambda verb, *more, status=0: self.call('permission', verb, made['id'], *more,
                                                       status=status)
        self.assertEqual(made['state'], 'draft')
        step('activate', status=1)
        self.assertEqual(step('offer').json['state'], 'offered')
        answer = step('activate', '--given', '2026-02-02', '--review', '2999-01-01').json
        self.assertEqual((answer['state'], answer['given'], answer['review']),
                         ('active', '2026-02-02', '2999-01-01'))
        self.assertEqual(self.call('permission', 'show', made['replaces']).json['state'], 'superseded')
        self.assertEqual(step('suspend', '--reason', 'asked for time').json['state'], 'suspended')
        step('renew', status=1)
        self.assertEqual(step('activate').json['state'], 'active')
        self.assertEqual(step('review').json['state'], 'review-due')
        self.assertEqual(step('renew').json['review'], None)
        self.assertTrue(step('withdraw', '--partly').json['withdrawn_partly'])
        step('activate', status=1)
        self.permit(status=1, draft=True, offered=True)

    def test_what_is_missing_is_said(self):
        for fields in ({'evidence': 'verbal-with-witness'}, {'capacity': 'lacks'},
                       {'capacity': 'fluctuating'}, {'given_by': 'parental-responsibility'}):
            self.permit(status=1, **fields)
        made = self.permit(evidence='verbal-with-witness', witness_name='EXAMPLE^WITNESS',
                           witness_role='nurse', language='Welsh', basis='both').json
        self.assertEqual((made['witness_name'], made['language'], made['basis']),
                         ('••••••', 'Welsh', 'both'))

    def test_a_permission_for_one_place_covers_no_other(self):
        self.permit(destination='teaching-file')
        picture = self.desk.out / 'a.png'
        self.desk.release(XRAY, picture, self.person, destination='internal-meeting', status=3)
        self.desk.release(XRAY, picture, self.person, destination='teaching-file')

    def test_article_row_5_other_names_and_numbers_stay_inside(self):
        """What the person was or is called elsewhere tells as much as the name on the record."""
        self.permit()
        self.call('scheme', 'set', 'trial', '--title', 'Trial number')
        self.call('person', 'identifier', 'add', self.person, 'trial', 'TX-771920')
        self.call('person', 'alias', 'add', self.person, 'Underhill, Rosamund', '--kind', 'former')
        for caption in ('Mrs Underhill after her fall', 'Seen for Rosamunde', 'Case TX 771 920'):
            refused = self.desk.release(XRAY, self.desk.out / 'a.png', self.person, status=3,
                                        more=['--caption', caption])
            self.assertTrue([each['rule'] for each in refused.json
                             if each['rule'].startswith('words:')], caption)
            self.assertNotIn('nderhill', refused.errors)
        for name in ('rosamund.png', 'chest-underhill.png', 'tx771920.png', '771920.png'):
            self.desk.release(XRAY, self.desk.out / name, self.person, status=5)
        self.desk.release(XRAY, self.desk.out / 'a.png', self.person,
                          more=['--caption', 'A chest as it should be'])

    def test_lacking_capacity_reaches_the_gate(self):
        self.permit()
        self.call('person', 'capacity', self.person, '--outcome', 'lacks', '--decision', 'to teach',
                  '--assessor', 'Dr Example', '--assessed', '2026-02-01')
        answer = self.desk.release(XRAY, self.desk.out / 'a.png', self.person, status=3)
        self.assertIn('row-29', [reason['rule'] for reason in answer.json])

    def test_row_29_an_objection_under_another_number(self):
        """The file's number is the person's at another hospital, and the person has said no."""
        other = self.desk.add_person(number='X1', name='OTHER^PERSON')
        self.call('scheme', 'set', 'elsewhere', '--title', 'Other hospital')
        self.call('person', 'update', self.person, '--from', '-', input='{"number": "X2"}')
        self.call('person', 'identifier', 'add', other, 'elsewhere', 'H204417')
        picture = self.desk.out / 'a.png'
        self.desk.release(XRAY, picture, 'unknown', route='anonymised')
        self.call('person', 'object', other)
        answer = self.desk.release(XRAY, self.desk.out / 'b.png', 'unknown', route='anonymised',
                                   status=3)
        self.assertIn('row-1', [reason['rule'] for reason in answer.json])

    def test_row_30_evidence_in_and_out(self):
        permission = self.permit(evidence=None).json['id']
        pdf = self.desk.folder / 'form.pdf'
        Image.new('L', (200, 280), 255).save(pdf)
        added = self.call('evidence', 'add', permission, pdf, '--kind', 'signed-paper').json
        self.assertEqual(added['media_type'], 'application/pdf')
        scan = self.call('evidence', 'add', permission, PHOTO, '--kind', 'letter').json
        self.assertEqual(len(self.call('evidence', 'list', permission).json), 2)
        self.assertEqual(self.call('permission', 'show', permission).json['evidence'], 'signed-paper')
        shown = self.call('evidence', 'show', added['id'], '--reveal').json
        self.assertEqual(shown['sha256'], sha256(pdf))
        out = self.desk.out / added['id']
        self.call('evidence', 'export', added['id'], out)
        self.assertEqual(out.read_bytes(), pdf.read_bytes())
        self.call('evidence', 'export', added['id'], out, status=6)
        # Pixels leave by a release alone, whatever they show.
        picture = self.desk.out / scan['id']
        refused = self.call('evidence', 'export', scan['id'], picture, status=2)
        self.assertIn('keep it as a PDF', refused.errors)
        self.assertFalse(picture.exists())
        bodies = [row['body'] for row in self.desk.ledger() if row['kind'] == 'record']
        self.assertEqual(len(bodies), 1)
        self.assertNotIn(sha256(pdf), json.dumps(bodies))
        self.assertIn(permission, json.dumps(bodies))
        # The register's file holds neither.
        self.assertNotIn(pdf.read_bytes()[:200], self.desk.register.read_bytes())

    def test_article_row_17_guidance_of_the_site(self):
        pdf = self.desk.folder / 'policy.pdf'
        Image.new('L', (200, 280), 255).save(pdf)
        added = self.call('guidance', 'add', pdf, '--title', 'Social media policy 7').json['id']
        self.call('guidance', 'add', pdf, '--title', 'The same again', status=1)
        self.call('guidance', 'add', XRAY, '--title', 'No PDF', status=1)
        self.call('guidance', 'add', PHOTO, '--title', 'No PDF', status=1)
        self.call('guidance', 'add', pdf, status=1)
        listed = self.call('guidance', 'list').json
        self.assertEqual([(each['id'], each['title'], each['sha256'], each['size']) for each in listed],
                         [(added, 'Social media policy 7', sha256(pdf), pdf.stat().st_size)])
        out = self.desk.out / 'policy.pdf'
        self.call('guidance', 'export', added, out)
        self.assertEqual(out.read_bytes(), pdf.read_bytes())
        self.call('guidance', 'export', added, out, status=6)
        bodies = [row['body'] for row in self.desk.ledger() if row['kind'] == 'record']
        self.assertIn(added, json.dumps(bodies[-1]))
        self.assertNotIn(pdf.read_bytes()[:200], self.desk.register.read_bytes())
        self.assertTrue(self.call('guidance', 'remove', added).json['removed'])
        self.call('guidance', 'remove', added, status=1)
        self.assertEqual(self.call('guidance', 'list').json, [])

    def test_article_row_17_references_and_review(self):
        shown = self.call('policy', 'show').json
        for source in ('Radiographers', 'GDPR', 'HCPC'):
            found = [each for each in shown['references'] if source in each['name']]
            self.assertTrue(found and found[0]['version'] and found[0]['date'], source)
        self.assertEqual(shown['local_policy'], 'Sample policy 1')
        self.assertFalse(shown['review_due'])
        self.call('register', 'set', 'policy-review-by', '2026-02-30', status=1)
        self.call('register', 'set', 'policy-review-by', '2026-02-28')
        self.assertTrue(self.call('policy', 'show').json['review_due'])

    def test_what_is_no_evidence(self):
        permission = self.permit().json['id']
        broken = self.desk.folder / 'broken.jpg'
        broken.write_bytes(b'\xff\xd8\xff\xe0' + bytes(100))
        self.call('evidence', 'add', permission, broken, status=2)
        for data in (b'', b'GIF89a', b'%PDF-1.4 and no more', b'\x89PNG\r\n\x1a\n' + bytes(1 << 24)):
            broken.write_bytes(data)
            self.call('evidence', 'add', permission, broken, status=1)
        self.call('evidence', 'add', permission, self.desk.folder, status=2)
        self.assertEqual(self.call('evidence', 'list', permission).json, [])

    def test_a_signature_leaves_as_a_drawing(self):
        permission = self.permit().json['id']
        strokes = self.desk.folder / 'strokes'
        strokes.write_text('imprimatur-strokes 1 400 120\n1,1 200,60 399,2\n10,10\n')
        added = self.call('evidence', 'add', permission, strokes, '--kind', 'on-screen-signature').json
        out = self.desk.out / 'signature.svg'
        self.call('evidence', 'export', added['id'], out)
        self.assertIn('M1 1L200 60L399 2', out.read_text())

    def test_row_28_coming_of_age(self):
        child = self.desk.add_person(number='C1', born='2010-12-24')
        self.permit(person=child, given_by='parental-responsibility', giver_relationship='mother',
                    giver_check='birth certificate seen')
        queue = lambda *more: self.call('queue', 'coming-of-age', *more).json
        self.assertEqual([(each['person'], each['age'], each['on'])
                          for each in queue('--since', '2026-12-01', '--days', '31')],
                         [(child, 16, '2026-12-24')])
        self.assertEqual([each['age'] for each in queue('--since', '2028-12-24', '--days', '1')], [18])
        self.assertEqual(queue('--since', '2026-12-25', '--days', '31'), [])
        self.call('queue', 'coming-of-age', '--days', '0', status=1)


if __name__ == '__main__':
    tap.main()
