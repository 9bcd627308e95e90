#!/usr/bin/python3
"""A department's own table, without ids, is taken in again and again. A row whose permission had
been withdrawn that day, suspended, or marked as a mistake since, was called new: a second, active
one was added, and the picture left."""
import datetime
import unittest

import tap
from cli import NAME, NUMBER, XRAY, Desk

STRIP = (0, 0, 512, 46)
TODAY = datetime.date.today().isoformat()


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)

    def take(self, given, status=0, evidence='signed-paper', more=('', '')):
        file = self.desk.folder / 'table.csv'
        file.write_text('hospital_number,name,born,level,evidence,given_by,given'
                        f'{more[0]}\r\n{NUMBER},{NAME},1957-11-22,teaching-closed,{evidence},'
                        f'patient,{given}{more[1]}\r\n')
        return self.desk.call('register', 'import-csv', file, status=status)

    def permissions(self):
        return self.desk.call('permission', 'list', '--person', NUMBER).json

    def release(self, status):
        person = self.permissions()[0]['person']
        self.desk.release(XRAY, self.desk.out / f'{status}.png', person, boxes=[STRIP],
                          status=status)

    def test_what_ended_is_not_new(self):
        for given, *step in ((TODAY, 'withdraw'), ('2026-01-05', 'withdraw'),
                             ('2026-01-05', 'suspend'), ('2026-01-05', 'expire'),
                             ('2026-01-05', 'mistake', '--reason', 'Of another person')):
            with self.subTest(step=step, given=given):
                self.desk.close()
                self.desk = Desk().init()
                self.addCleanup(self.desk.close)
                self.assertEqual(self.take(given).json['permissions'], 1)
                self.desk.call('permission', step[0], self.permissions()[0]['id'], *step[1:])
                again = self.take(given).json
                self.assertEqual((again['permissions'], again['unchanged']), (0, 1))
                # The same permission, told with another detail, is not brought back either.
                told = self.take(given, status=2, evidence='letter')
                self.assertIn('has ended', told.text + told.errors)
                self.assertEqual(len(self.permissions()), 1)
                self.release(status=3)

    def test_a_no_is_taken_and_a_later_yes_is_new(self):
        self.take('2026-01-05')
        self.take('2026-01-05', more=(',state,withdrawn', ',withdrawn,2026-02-01T09:00:00.000Z'))
        self.release(status=3)
        self.assertEqual(self.take(TODAY).json['permissions'], 1)


if __name__ == '__main__':
    tap.main()
