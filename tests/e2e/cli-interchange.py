#!/usr/bin/python3
"""Records as tables: what leaves is read by another program, what comes in is refused whole or
taken whole."""
import csv
import io
import json
import os
import stat
import subprocess
import unittest

import tap
from cli import Desk

PEOPLE = [
    {'number': 'H204417', 'nhs': '9434765919', 'name': 'EXAMPLE^PERSON A', 'born': '1961-05-03'},
    {'number': 'H204418', 'name': "'t Example, \"Zoë\"\n李", 'born': '2015-02-28'},
    {'number': '=H1+1', 'name': '@EXAMPLE,B'},
    {'name': '-EXAMPLE C'},
]


def table(*rows):
    text = io.StringIO()
    csv.writer(text, lineterminator='\r\n').writerows(rows)
    return text.getvalue().encode()


class Tables(unittest.TestCase):
    def setUp(self):
        self.desk = self.new_desk()

    def new_desk(self):
        desk = Desk()
        self.addCleanup(desk.close)
        desk.init()
        return desk

    def fill(self):
        ids = [self.desk.call('person', 'add', '--from', '-', input=json.dumps(person)).json['id']
               for person in PEOPLE]
        self.desk.call('permission', 'add', '--person', ids[0], '--level', 'teaching-closed',
                       '--evidence', 'signed-paper', '--given', '2026-01-05',
                       '--evidence-reference', '+44 20 7946 0000', '--expires', '2031-01-05')
        withdrawn = self.desk.call(
            'permission', 'add', '--person', ids[0], '--level', 'social-media', '--scope', 'Example',
            '--given', '2026-01-06', '--identifiable').json['id']
        self.desk.call('permission', 'withdraw', withdrawn, '--by', 'patient', '--channel', 'phone')
        self.desk.call('permission', 'add', '--person', ids[1], '--level', 'research-study',
                       '--refused', '--given', '2026-01-07', '--given-by', 'parental-responsibility')
        self.desk.call('person', 'object', ids[2])
        return ids

    def export(self, desk, name='all.csv'):
        path = desk.out / name
        desk.call('register', 'export-csv', '--output', path)
        return path

    def take_in(self, data, *options, status=0, desk=None):
        desk = desk or self.desk
        path = desk.folder / 'in.csv'
        path.write_bytes(data)
        return desk.call('register', 'import-csv', path, *options, status=status)

    def test_what_leaves(self):
        self.fill()
        path = self.export(self.desk)
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        data = path.read_bytes()
        self.assertTrue(data.startswith(b'\xef\xbb\xbf'))
        rows = list(csv.DictReader(io.StringIO(data.decode('utf-8-sig'), newline='')))
        self.assertEqual(len(rows), 5, 'three permissions, and two people without')
        for row in rows:
            for value in row.values():
                self.assertFalse(value[:1] in '=+-@\t\r' and value, 'a formula')
        by_level = {row['level']: row for row in rows}
        self.assertEqual(by_level['teaching-closed']['evidence_reference'], "'+44 20 7946 0000")
        self.assertEqual(by_level['teaching-closed']['expires'], '2031-01-05')
        self.assertEqual(by_level['social-media']['state'], 'withdrawn')
        self.assertEqual(by_level['social-media']['identifiable'], 'yes')
        self.assertEqual(by_level['research-study']['state'], 'refused')
        self.assertEqual(by_level['research-study']['name'], "''t Example, \"Zoë\"\n李")
        self.assertEqual(sorted(row['objects'] for row in rows if not row['level']), ['no', 'yes'])

    def test_other_names_and_numbers(self):
        """Out and in again, in a table and as a Consent; what the register does not know of a person
        whom it has is a problem, not a change."""
        person = self.fill()[0]
        call = self.desk.call
        other, third = self.new_desk(), self.new_desk()
        for desk in (self.desk, other, third):
            desk.call('scheme', 'set', 'trial', '--title', 'Trial number')
        call('person', 'identifier', 'add', person, 'trial', 'TX;771')
        call('person', 'alias', 'add', person, 'FORMER; EXAMPLE', '--kind', 'former')
        call('person', 'alias', 'add', person, 'A=B', '--kind', 'misspelt')
        data = self.export(self.desk, 'known.csv').read_bytes()
        rows = list(csv.reader(io.StringIO(data.decode('utf-8-sig'), newline='')))
        numbers = rows[0].index('other_numbers')
        self.assertEqual({row[numbers] for row in rows if person in row}, {r'trial=TX\;771'})
        again = self.take_in(data, '--dry-run').json
        self.assertEqual((again['n_problems'], again['people']), (0, 0))
        # One of the people has no number of any kind, and cannot be found by another register.
        self.take_in(table(*[row for row in rows if row[2] or row[3]]), desk=other)
        fhir = self.desk.out / 'known.json'
        call('permission', 'fhir', '--person', person, '--output', fhir)
        third.call('fhir', 'import', fhir)
        for desk in (other, third):
            shown = desk.call('person', 'show', 'H204417', '--reveal').json
            self.assertEqual(shown['identifiers'], [{'scheme': 'trial', 'value': 'TX;771'}])
            self.assertEqual({(each['kind'], each['name']) for each in shown['aliases']},
                             {('former', 'FORMER; EXAMPLE'), ('misspelt', 'A=B')})
            self.assertEqual(shown['name'], 'EXAMPLE^PERSON A')
        for number, cell in (('H204417', 'trial=TX999'), ('H900', 'nothing=1'), ('H900', 'no sign')):
            problem, = self.take_in(table(['hospital_number', 'other_numbers'], [number, cell]),
                                    status=2).json['problems']
            self.assertEqual((problem['row'], problem['column']), (2, 'other_numbers'), cell)

    def test_never_over_a_file(self):
        path = self.desk.out / 'all.csv'
        path.write_text('mine')
        self.desk.call('register', 'export-csv', '--output', path, status=6)
        self.assertEqual(path.read_text(), 'mine')

    def test_ledger_has_it(self):
        self.export(self.desk)
        row = self.desk.call('ledger', 'show', '--limit', '1').json[0]
        self.assertEqual((row['kind'], row['body']['record']), ('record', 'csv'))
        self.assertIn('sha256', row['body']['digests'])
        self.assertNotIn('sha256', row['body'])

    def test_there_and_back(self):
        self.fill()
        first = self.export(self.desk).read_bytes()
        other = self.new_desk()
        dry = self.take_in(first, '--dry-run', desk=other).json
        self.assertEqual((dry['applied'], dry['people'], dry['permissions']), (False, 4, 3))
        self.assertEqual(other.call('person', 'find', 'H204417').json, [], 'nothing was changed')
        done = self.take_in(first, desk=other).json
        self.assertEqual((done['applied'], done['people'], done['permissions']), (True, 4, 3))

        def plain(data):
            rows = csv.DictReader(io.StringIO(data.decode('utf-8-sig'), newline=''))
            made_here = {'person_id', 'permission_id', 'withdrawn'}
            return sorted(tuple((k, v) for k, v in row.items() if k not in made_here)
                          for row in rows)

        self.assertEqual(plain(self.export(other).read_bytes()), plain(first))
        again = self.take_in(first).json
        self.assertEqual((again['people'], again['permissions'], again['unchanged']), (0, 0, 3))
        self.assertTrue(other.call('person', 'find', '=H1').json[0]['objects'])

    def test_all_or_nothing(self):
        data = table(['hospital_number', 'name', 'born', 'level', 'given', 'scope'],
                     ['H1001', 'EXAMPLE A', '1961-05-03', 'teaching-closed', '2026-01-05', ''],
                     ['H1002', 'EXAMPLE B', '03/05/1961', 'teaching-closed', '2026-01-05', ''],
                     ['H1003', 'EXAMPLE C', '', 'social-media', '2026-01-05', ''],
                     ['', 'EXAMPLE D', '', '', '', ''])
        for options in ((), ('--dry-run',)):
            answer = self.take_in(data, *options, status=2)
            self.assertFalse(answer.json['applied'])
            self.assertEqual([(p['row'], p['column']) for p in answer.json['problems']],
                             [(3, 'born'), (4, ''), (5, 'hospital_number')])
            self.assertNotIn('EXAMPLE', answer.text + answer.errors)
            self.assertNotIn('H1003', answer.text + answer.errors)
        self.assertEqual(self.desk.call('person', 'find', 'EXAMPLE').json, [])
        self.assertNotIn('import', [row['kind'] for row in self.desk.call('ledger', 'show').json])

    def test_a_table_of_their_own(self):
        """As a department would type it: few columns, LF, no marks; an apostrophe stays."""
        data = b"name,hospital_number,level,given\n'H Example,H1001,teaching-closed,2026-01-05\n"
        self.assertTrue(self.take_in(data).json['applied'])
        found = self.desk.call('person', 'find', 'H1001', '--reveal').json[0]
        self.assertEqual(found['name'], "'H Example")
        given = self.desk.call('permission', 'list', '--person', 'H1001').json[0]
        self.assertEqual((given['state'], given['given_by'], given['evidence']),
                         ('active', 'patient', None))
        self.assertEqual(self.desk.call('ledger', 'show').json[0]['kind'], 'import')

    def test_an_empty_table(self):
        """It says what belongs into each column; filled in by another program it is taken in."""
        path = self.desk.out / 'empty.csv'
        self.desk.call('register', 'csv-template', '--output', path)
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        names, words = csv.reader(io.StringIO(path.read_bytes().decode('utf-8-sig'), newline=''))
        own, = csv.reader(io.StringIO(self.export(self.desk).read_bytes().decode('utf-8-sig'),
                                      newline=''))
        self.assertEqual(['format', *names], own)
        said = dict(zip(names, words))
        self.assertEqual(said['born'], 'Date of birth: a day as 1961-05-03')
        self.assertEqual(said['objects'], 'Says no to any use: yes or no')
        self.assertIn('teaching-closed', said['level'])
        self.assertTrue(all(text and text[0] not in "=+-@'" for text in words))
        row = dict.fromkeys(names, '') | {'hospital_number': 'H1001', 'name': 'H Example',
                                          'level': 'teaching-closed', 'given': '2026-01-05'}
        done = self.take_in(table(names, words, list(row.values()))).json
        self.assertEqual((done['applied'], done['people'], done['permissions']), (True, 1, 1))
        # Fewer columns, as somebody who needs few leaves them.
        few = table(['hospital_number', 'born'], [said['hospital_number'], said['born']],
                    ['H1002', '1961-05-03'])
        self.assertEqual(self.take_in(few).json['people'], 1)
        # In the third row it is a row like any other.
        late = table(['hospital_number', 'born'], ['H1003', '1961-05-03'],
                     [said['hospital_number'], said['born']])
        self.assertEqual([(p['row'], p['column']) for p in self.take_in(late, status=2).json['problems']],
                         [(3, 'born')])

    def test_a_column_in_words(self):
        path = self.desk.folder / 'in.csv'
        path.write_bytes(table(['hospital_number', 'born'], ['H1001', 'in spring']))
        command = [each for each in self.desk.command('register', 'import-csv', path)
                   if each != '--json']
        done = subprocess.run(command, capture_output=True, text=True, env=self.desk.environment)
        self.assertEqual(done.returncode, 2)
        self.assertIn('Row 2, Date of birth (born): ', done.stdout + done.stderr)
        self.assertNotIn('in spring', done.stdout + done.stderr)

    def test_the_register_is_left_as_it_is(self):
        self.fill()
        header = ['hospital_number', 'name', 'born', 'objects']
        answer = self.take_in(table(header, ['H204417', 'Somebody Else', '1961-05-03', 'no']),
                              status=2)
        self.assertEqual([p['column'] for p in answer.json['problems']], ['name'])
        # A no is taken from anywhere; a yes lifts nothing.
        done = self.take_in(table(header, ['H204417', 'EXAMPLE^PERSON A', '', 'yes'],
                                  ['=H1+1', '', '', 'no'])).json
        self.assertEqual(done['objections'], 1)
        self.assertTrue(self.desk.call('person', 'find', 'H204417').json[0]['objects'])
        self.assertTrue(self.desk.call('person', 'find', '=H1').json[0]['objects'])

    def test_hostile(self):
        many = b'hospital_number\n' + b'\n'.join(b'"a' for _ in range(3000))
        for name, data in {
                'empty': b'', 'NUL': b'hospital_number\nH\x001\n', 'UTF-16':
                'hospital_number\nH1\n'.encode('utf-16'), 'not closed': b'name\n"H1,,,\n',
                'ten megabytes': b'name\n' + b'x' * (10 << 20), 'PNG': b'\x89PNG\r\n\x1a\n' * 50,
                'many': many, 'commas': b'name\n' + b',' * 100000}.items():
            with self.subTest(name):
                answer = self.take_in(data, status=2)
                self.assertGreater(answer.json['n_problems'], 0)
                self.assertLessEqual(len(answer.json['problems']), 1000)
        self.desk.call('register', 'import-csv', self.desk.folder / 'nowhere.csv', status=2)
        self.desk.call('register', 'import-csv', self.desk.folder, status=2)


if __name__ == '__main__':
    tap.main()
