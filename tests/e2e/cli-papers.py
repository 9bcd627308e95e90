#!/usr/bin/python3
"""What leaves on paper: words, pages, fonts and boxes as other programs see them."""
import os
import stat
import unittest

import pdf
import tap
from cli import NUMBER, Desk

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

    def test_consent_form(self):
        """article row 16: the form has its wording version; policy.md 4: a tick per permission,
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
        for said in (WHO, NUMBER, '9434765919', '1957-11-22'):
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
                     'Example Platform', 'Taken back by you', 'A signed form on paper',
                     'I take my permission back'):
            self.assertIn(said, words)

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
        self.assertEqual((body['record'], body['about']), ('patient-copy', self.person))


if __name__ == '__main__':
    tap.main()
