#!/usr/bin/python3
"""Of a row with several mistakes an import named the first one: each try showed one more."""
import unittest

import tap
from cli import Desk

TABLE = '''hospital_number,nhs_number,name,died,level,given_by,capacity,evidence,given
H204417,,EXAMPLE^PERSON A,yesterday,everything,patient,presumed,signed-paper,2026-01-05
H204418,9434765918,EXAMPLE^PERSON B,,teaching-closed,nobody,sometimes,hearsay,
,,EXAMPLE^PERSON C,,teaching-closed,patient,presumed,signed-paper,31/12/2025
H204419,,EXAMPLE^PERSON D,,teaching-closed,patient,presumed,signed-paper,2026-01-05
'''
WRONG = [(2, 'died'), (2, 'level'), (3, 'nhs_number'), (3, 'given_by'), (3, 'capacity'),
         (3, 'evidence'), (3, 'given'), (4, 'given'), (4, 'hospital_number')]


class Case(unittest.TestCase):
    def test_all_are_named(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        table = desk.home / 'table.csv'
        table.write_text(TABLE)
        answer = desk.call('register', 'import-csv', table, '--dry-run', status=2).json
        named = [(each['row'], each['column']) for each in answer['problems']]
        self.assertEqual(sorted(named), sorted(WRONG))
        self.assertEqual(answer['n_problems'], len(WRONG))
        for each in answer['problems']:
            for value in ('yesterday', 'everything', '9434765918', 'hearsay', '31/12'):
                self.assertNotIn(value, each['message'])


if __name__ == '__main__':
    tap.main()
