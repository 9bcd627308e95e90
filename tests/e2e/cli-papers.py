#!/usr/bin/python3
"""What leaves on paper: words, pages, fonts and boxes as other programs see them."""
import json
import os
import stat
import unittest

import pdf
import tap
from cli import NUMBER, XRAY, Desk

LEVELS = 7 # policy.md 2.2
WHO = 'EXAMPLE, Zoë 李明'


class Papers(unittest.TestCase):
    def setUp(self):
        self.desk = Desk()
        self.addCleanup(self.desk.close)
        self.desk.init()
        self.desk.call('register', 'set', 'organisation', 'Example Hospital')
        self.desk.call('register', 'set', 'contact', 'Medical Imaging Office, 1 Example Road')
        self.person = self.desk.add_person(nhs='9434765919', name=WHO)

    def make(self, *verb, name='paper.pdf', pages=None):
        path = self.desk.out / name
        self.desk.call(*verb, '--output', path)
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        info = pdf.info(path)
        self.assertIn('A4', info['Page size'])
        if pages:
            self.assertEqual(int(info['Pages']), pages)
        fonts = pdf.fonts(path)
        self.assertTrue(fonts and all(embedded == 'yes' for _, embedded in fonts), fonts)
        for word in (WHO, 'EXAMPLE, Z', NUMBER, '9434765919'):
            self.assertNotIn(word, ' '.join(info.values()), 'in the metadata')
        for page in pdf.pages(path):
            self.assertTrue(pdf.margin_is_white(page))
        words = pdf.text(path)
        for number in range(1, int(info['Pages']) + 1):
            self.assertIn(f"Page {number} of {info['Pages']}", words)
        return path, words

    def test_article_row_16_consent_form(self):
        """The form has its wording version; policy.md 4: a tick per permission,
        and the withdrawal slip on the same sheet, which has two pages."""
        path, words = self.make('form', 'consent', pages=2)
        first, second = pdf.pages(path)
        self.assertEqual((pdf.boxes(first), pdf.boxes(second)), (LEVELS + 1, 0),
                         'one for each permission, and one for being recognised')
        for said in ('Example Hospital', 'Imprimatur form 1', 'Social media', 'cannot be taken back',
                     'I take my permission back', 'Cut here', 'Interpreter', 'Witness',
                     'Medical Imaging Office', 'an empty box means no'):
            self.assertIn(said, words)
        self.assertNotIn(WHO, words)

    def test_consent_form_filled_in(self):
        _, words = self.make('form', 'consent', '--person', self.person, pages=2)
        for said in (WHO, NUMBER, '9434765919', '22 November 1957'):
            self.assertIn(said, words)

    def test_withdrawal_slip(self):
        _, words = self.make('form', 'withdrawal', '--person', NUMBER, pages=1)
        for said in ('No reason is needed', WHO, 'For staff'):
            self.assertIn(said, words)

    def test_patient_copy(self):
        self.desk.add_permission(self.person, 'teaching-closed', '--expires', '2031-01-05')
        gone = self.desk.add_permission(self.person, 'social-media', '--scope', 'Example Platform')
        self.desk.call('permission', 'withdraw', gone)
        _, words = self.make('person', 'copy', self.person)
        for said in (WHO, 'Teaching that is not public', '5 January 2031', 'Given, and in force',
                     'Example Platform', 'Taken back', 'A signed form on paper',
                     'I take my permission back'):
            self.assertIn(said, words)

    def release(self):
        self.permission = self.desk.add_permission(self.person, 'teaching-closed')
        return self.desk.release(XRAY, self.desk.out / 'x.png', self.person,
                                 boxes=[(0, 0, 512, 46)]).json

    def check_words(self, words):
        """policy.md 1: the rule with its source; and no word of the program's own for it."""
        rule, source = 'The person\'s permission covers this use.', 'Source: GMC'
        for said in ('A teaching file', 'The patient agreed', 'Rule 20', rule, source,
                     'UK, strict', 'Permission: Teaching that is not public', '5 January 2026',
                     'A signed form on paper'):
            self.assertIn(said, words)
        for code in ('teaching-closed', 'teaching-file', 'signed-paper', 'row-20', 'uk-strict',
                     '2026-01-05', 'answer:', 'not-sure', 'image-kind', 'OS user'):
            self.assertNotIn(code, words)

    def test_receipt(self):
        """The same as the receipt in JSON, and no identifier."""
        done = self.release()
        path, words = self.make('receipt', 'pdf', done['ledger_id'], pages=1)
        receipt = done['receipt']
        for name in ('ledger_id', 'sha256', 'digest', 'chain_head'):
            self.assertIn(receipt[name], words, name)
        self.check_words(words)
        self.assertIn(receipt['pack'].split()[-1], words)
        self.assertIn('0, 0, 512, 46', words)
        plain = words + path.read_bytes().decode('latin-1') + pdf.run('pdftotext', '-raw', path, '-')
        # None of them so short that a hash or an offset may have it by chance.
        for sign in (WHO, 'EXAMPLE', NUMBER, '9434765919', '1957-11-22', 'November 1957',
                     self.person, self.permission, 'Nobody real'):
            self.assertNotIn(sign, plain)
        head = self.desk.call('ledger', 'verify', '--head', receipt['chain_head']).json
        self.assertTrue(head['valid'])
        self.desk.call('receipt', 'pdf', 'nothing', '--output', self.desk.out / 'y.pdf', status=1)

    def test_article_row_30_case_file(self):
        """Decision, answers, hashes, approver, consent evidence: all of one export, in one call."""
        done = self.release()
        self.desk.call('permission', 'withdraw', self.permission, '--channel', 'telephone')
        _, words = self.make('export', 'case-file', done['ledger_id'])
        receipt = done['receipt']
        answers = json.loads((self.desk.folder / 'answers.json').read_text())
        questions = {q['key']: q['text'] for q in self.desk.call(
            'questions', '--destination', 'teaching-file', '--route', 'consent').json}
        rows = [row for row in self.desk.ledger() if row['export_id'] == done['ledger_id']]
        self.assertEqual({row['kind'] for row in rows}, {'intent', 'done'})
        self.check_words(words)
        for said in (receipt['sha256'], receipt['digest'],
                     receipt['pack'].split()[-1], rows[-1]['body']['rendering_sha256'],
                     answers['why-share'], questions['why-share'], questions['would-be-recognised'],
                     'Who asked, and who approved', 'No approval was needed', WHO, NUMBER,
                     'Teaching that is not public', 'A signed form on paper', 'Taken back',
                     'telephone', 'Since then: Taken back', *(row['hash'] for row in rows)):
            self.assertIn(said, words)
        self.assertIn('Confidential', words)

    def test_article_row_30_refused_or_unknown(self):
        self.desk.call('export', 'case-file', 'nothing', '--output', self.desk.out / 'y.pdf',
                       status=1)

    def test_takedown_letter(self):
        done = self.release()
        path, words = self.make('export', 'takedown-letter', done['ledger_id'], pages=1)
        for said in ('Example Hospital', done['ledger_id'], done['sha256'], 'within seven days'):
            self.assertIn(said, words)
        for sign in ('EXAMPLE', NUMBER, '9434765919', self.person, self.permission, WHO):
            self.assertNotIn(sign, words)

    def test_security_5_8_subject_access(self):
        done = self.release()
        gone = self.desk.add_permission(self.person, 'social-media', '--scope', 'Example Platform')
        self.desk.call('permission', 'withdraw', gone, '--by', 'the mother', '--channel', 'letter')
        self.desk.call('person', 'object', self.person, '--note', 'said at the desk')
        other = self.desk.add_person(number='H900001', name='OTHER, Somebody')
        self.make('export', 'case-file', done['ledger_id'], name='case.pdf')
        _, words = self.make('person', 'bundle', self.person)
        for said in (WHO, NUMBER, '9434765919', '22 November 1957', 'Said no to any use',
                     'said at the desk', 'Example Platform', 'the mother', done['sha256'],
                     done['ledger_id'], 'Since then: Taken back', 'A teaching file', 'do not use',
                     'any use was refused', 'you asked what we hold about you',
                     'A paper was made: the case file of an export',
                     'A picture was let out: A teaching file', 'Is the person under 18?',
                     'X-ray', 'Information Commissioner'):
            self.assertIn(said, words)
        for code in ('intent', 'answer:', 'objection-note', 'teaching-closed', 'active', '→',
                     'case-file', 'x-ray'):
            self.assertNotIn(code, words)
        self.assertNotIn('OTHER', words)
        self.assertNotIn(other, words)

    def test_long_and_strange(self):
        """Many permissions, long words and other scripts: nothing runs off a page."""
        for number in range(30):
            self.desk.add_permission(self.person, 'publication-named', '--scope',
                                     f'Work {number} ' + 'x' * 300 + ' עברית العربية 日本語 ' * 9)
        _, words = self.make('person', 'copy', self.person)
        for number in range(30):
            self.assertIn(f'Work {number} ', words)

    def test_never_over_a_file(self):
        path = self.desk.out / 'paper.pdf'
        path.write_text('mine')
        self.desk.call('form', 'consent', '--output', path, status=6)
        self.assertEqual(path.read_text(), 'mine')
        self.desk.call('person', 'copy', 'nobody', '--output', self.desk.out / 'x.pdf', status=1)

    def test_ledger_has_it(self):
        self.make('person', 'copy', self.person)
        body = self.desk.call('ledger', 'show', '--limit', '1').json[0]['body']
        self.assertEqual((body['record'], body['about'], body['person']),
                         ('patient-copy', self.person, self.person))


if __name__ == '__main__':
    tap.main()
