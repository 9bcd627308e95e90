#!/usr/bin/python3
"""One person's hospital number may be another's number elsewhere. Verbs that take a number went to
the first of the two, who objects, in silence: another's objection was lost, and erasure took the
wrong record."""
import unittest

import tap
from cli import Desk

SHARED = 'X100200'


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.desk.call('scheme', 'set', 'elsewhere', '--title', 'Other hospital')
        self.one = self.desk.add_person(number=SHARED)
        self.other = self.desk.add_person(number='Y1', name='OTHER^PERSON')
        self.desk.call('person', 'identifier', 'add', self.other, 'elsewhere', SHARED)
        self.desk.call('person', 'object', self.other)

    def objects(self, person):
        return self.desk.call('person', 'show', person).json['objects']

    def test_neither_is_taken(self):
        for verb in ('object', 'erase'):
            refused = self.desk.call('person', verb, SHARED, status=1)
            self.assertIn('two people', refused.errors.lower())
            self.assertNotIn(SHARED, refused.errors)
        self.assertFalse(self.objects(self.one))
        self.assertTrue(self.objects(self.other))
        self.desk.call('person', 'object', self.one)
        self.assertTrue(self.objects(self.one))

    def test_nor_by_a_table(self):
        file = self.desk.folder / 'table.csv'
        columns = 'hospital_number,level,evidence,given_by,given,capacity'
        values = f'{SHARED},teaching-closed,letter,patient,2026-01-05,presumed'
        file.write_text(f'{columns}\r\n{values}\r\n')
        answer = self.desk.call('register', 'import-csv', file, status=2)
        self.assertEqual([each['column'] for each in answer.json['problems']], ['hospital_number'])
        file.write_text(f'person_id,{columns}\r\n{self.one},{values}\r\n')
        self.desk.call('register', 'import-csv', file)
        self.assertEqual(len(self.desk.call('permission', 'list', '--person', self.one).json), 1)


if __name__ == '__main__':
    tap.main()
