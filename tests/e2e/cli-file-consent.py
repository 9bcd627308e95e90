#!/usr/bin/python3
"""What a DICOM file says of consent, (0012,0084) and (0012,0085), once and for each protocol:
read, the worst of it applied, told, and recorded against the person. Files are made by pydicom."""
import json
import subprocess
import unittest

import pydicom
import tap
from cli import NUMBER, XRAY, Desk, sha256

INSIDE = {'internal-meeting', 'teaching-file', 'research'}


class FileConsent(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.plain = self.desk.folder / 'plain.dcm'
        subprocess.run(['dcmdjpls', XRAY, self.plain], check=True)
        self.person = self.desk.add_person()
        self.number = 0

    def file(self, *items, top=None):
        """A file with one item of (0012,0083) for each (flag, type, protocol)."""
        data, sequence = pydicom.dcmread(self.plain), []
        for values in (*items, *([top] if top else [])):
            flag, kind, protocol = (*values, None, None)[:3]
            target = data if values is top else pydicom.Dataset()
            if flag is not None:
                target.add_new(0x00120085, 'CS', flag)
            if kind is not None:
                target.add_new(0x00120084, 'CS', kind)
            if protocol is not None:
                target.add_new(0x00120020, 'LO', protocol)
            if values is not top:
                sequence.append(target)
        if sequence:
            data.add_new(0x00120083, 'SQ', pydicom.Sequence(sequence))
        self.number += 1
        path = self.desk.folder / f'{self.number}.dcm'
        data.save_as(path)
        return path

    def let_out(self, path, destination):
        """Whether it may leave anonymised, and else which rules say no."""
        self.number += 1
        target = self.desk.out / f'{self.number}.png'
        answers = self.desk.answers(destination, 'anonymised')
        arguments = self.desk.release_arguments(path, target, self.person, destination=destination,
                                                route='anonymised', answers=answers)
        done = subprocess.run(self.desk.command(*arguments), capture_output=True, text=True,
                              env=self.desk.environment, timeout=120, check=False)
        if done.returncode == 0:
            return set()
        self.assertEqual(done.returncode, 3, done.stderr)
        return {reason['rule'] for reason in json.loads(done.stdout)}

    def test_policy_row_2_the_worst_of_all_protocols(self):
        for items in ([('YES', 'PUBLIC_RELEASE', 'A'), ('NO', None, 'B')],
                      [('WITHDRAWN', 'NAMED_PROTOCOL', 'A'), ('YES', 'PUBLIC_RELEASE', 'B')],
                      [('YES', 'PUBLIC_RELEASE'), ('yes ', 'PUBLIC_RELEASE'), ('no', )]):
            path = self.file(*items)
            for destination in ('internal-meeting', 'teaching-file', 'research'):
                self.assertIn('row-2', self.let_out(path, destination), items)
        self.assertIn('row-2', self.let_out(self.file(('YES', 'PUBLIC_RELEASE'), top=('NO', )),
                                            'teaching-file'))

    def test_policy_row_2_a_yes_reaches_as_far_as_its_kind(self):
        for items, reached in (([('YES', 'PUBLIC_RELEASE')], INSIDE),
                               ([('YES', 'RESTRICTED_REUSE')], INSIDE),
                               ([('YES', )], INSIDE),
                               ([('YES', 'NAMED_PROTOCOL', 'A')], {'internal-meeting', 'research'}),
                               ([('YES', 'ANYBODY AT ALL')], {'internal-meeting', 'research'}),
                               ([(None, 'NAMED_PROTOCOL')], {'internal-meeting', 'research'}),
                               ([('YES', 'PUBLIC_RELEASE'), ('YES', 'NAMED_PROTOCOL', 'B')],
                                {'internal-meeting', 'research'})):
            path = self.file(*items)
            for destination in sorted(INSIDE):
                self.assertEqual('row-2' not in self.let_out(path, destination),
                                 destination in reached, (items, destination))
        # What goes to the public waits for an approval at the desk whatever the file says.
        for kind, says_no in (('PUBLIC_RELEASE', False), ('RESTRICTED_REUSE', True),
                              ('NAMED_PROTOCOL', True)):
            rules = self.let_out(self.file(('YES', kind)), 'publication')
            self.assertIn('row-2' if says_no else 'floor:approval', rules)
            self.assertEqual('row-2' in rules, says_no, kind)

    def test_inspect_tells(self):
        path = self.file(('YES', 'PUBLIC_RELEASE', 'TRIAL 7'), ('NO', None, 'TRIAL 8'),
                         ('YES', 'RESTRICTED_REUSE'))
        found = self.desk.call('inspect', path, '--reveal').json
        self.assertEqual((found['consent_flag'], found['consent_distribution']),
                         ('NO', 'RESTRICTED_REUSE'))
        self.assertEqual([(each['flag'], each['distribution'], each['protocol'])
                          for each in found['consents']],
                         [('YES', 'PUBLIC_RELEASE', 'TRIAL 7'), ('NO', None, 'TRIAL 8'),
                          ('YES', 'RESTRICTED_REUSE', None)])
        masked = self.desk.call('inspect', path)
        self.assertNotIn('TRIAL', masked.text)
        found = self.desk.call('inspect', self.plain).json
        self.assertEqual((found['consent_flag'], found['consent_distribution'], found['consents']),
                         (None, None, []))

    def record(self, path, status=0, person=None):
        return self.desk.call('person', 'file-refusal', person or self.person, path, status=status)

    def refusals(self):
        return {(each['level'], each['scope'], each['state'])
                for each in self.desk.call('permission', 'list', '--person', self.person,
                                           '--reveal').json}

    def test_policy_row_1_a_refusal_for_one_kind_holds_for_other_pictures(self):
        path = self.file(('NO', 'PUBLIC_RELEASE'))
        answer = self.record(path).json
        self.assertEqual((answer['flag'], answer['objects'], len(answer['permissions'])),
                         ('NO', False, 2))
        self.assertEqual(self.refusals(), {('publication-open-web', None, 'refused'),
                                           ('social-media', None, 'refused')})
        self.assertIn('row-1', self.let_out(self.plain, 'publication'))
        self.assertNotIn('row-1', self.let_out(self.plain, 'teaching-file'))
        self.assertEqual(self.record(path).json['permissions'], [], 'the same file says nothing new')
        self.assertEqual(len(self.refusals()), 2)

    def test_policy_row_1_protocols_are_refused_one_by_one(self):
        self.record(self.file(('NO', None, 'TRIAL 7'), ('WITHDRAWN', 'NAMED_PROTOCOL', 'TRIAL 8'),
                              ('YES', 'PUBLIC_RELEASE')))
        self.assertEqual(self.refusals(), {('research-study', 'TRIAL 7', 'refused'),
                                           ('research-study', 'TRIAL 8', 'refused')})
        self.assertIn('row-1', self.let_out(self.plain, 'research'))

    def test_policy_row_1_a_refusal_without_a_kind_is_of_everything(self):
        path = self.file(('WITHDRAWN', ))
        self.assertTrue(self.record(path).json['objects'])
        for destination in sorted(INSIDE):
            self.assertIn('row-1', self.let_out(self.plain, destination))

    def test_the_ledger_names_nobody(self):
        path = self.file(('NO', 'RESTRICTED_REUSE', None), ('NO', None, 'TRIAL 7'))
        self.record(path)
        rows = [row for row in self.desk.ledger() if row['kind'] == 'file-refusal']
        self.assertEqual(len(rows), 1)
        text = json.dumps(rows)
        for secret in (NUMBER, 'TRIAL', sha256(path), 'EXAMPLE'):
            self.assertNotIn(secret, text)
        self.assertIn(self.person, text)
        self.assertIn('source-sha256', text)
        self.desk.call('ledger', 'verify')
        kept = self.desk.call('permission', 'list', '--person', self.person, '--reveal').text
        self.assertIn(sha256(path), kept)

    def test_what_is_not_recorded(self):
        self.record(self.plain, status=1)
        self.record(self.file(('YES', 'NAMED_PROTOCOL')), status=1)
        other = self.desk.add_person(number='H300300', name='OTHER^PERSON')
        self.record(self.file(('NO', )), status=1, person=other)
        self.assertFalse(self.desk.call('person', 'show', other).json['objects'])
        self.assertEqual([row for row in self.desk.ledger() if row['kind'] == 'file-refusal'], [])


if __name__ == '__main__':
    tap.main()
