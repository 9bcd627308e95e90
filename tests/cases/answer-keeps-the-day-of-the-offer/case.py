#!/usr/bin/python3
"""The answer to an offer kept the day of the offer: a "no" of today counted as older than a "yes"
that came between offer and answer. On one day, what counted was when the offer was typed in."""
import datetime
import json
import unittest

import tap
from cli import XRAY, Desk

STRIP = (0, 0, 512, 46)


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()
        self.today = datetime.date.today().isoformat()

    def add(self, given, *more):
        return self.desk.call('permission', 'add', '--person', self.person, '--level',
                              'teaching-closed', '--given', given, *more).json['id']

    def permit(self, given, *more):
        return self.add(given, '--evidence', 'signed-paper', *more)

    def step(self, verb, offer, *more):
        return self.desk.call('permission', verb, offer, *more).json

    def check(self, status):
        for route in ('consent', 'anonymised'):
            target = self.desk.out / f'{len(list(self.desk.out.iterdir()))}.png'
            answer = self.desk.release(XRAY, target, self.person, status=status, route=route,
                                       boxes=[STRIP])
            if status:
                self.assertIn('row-1', [each['rule'] for each in json.loads(answer.text)])

    def test_no_after_a_yes_in_between(self):
        self.permit('2026-02-01')
        offer = self.add('2026-01-05', '--offered', '--valid-from', '2026-01-06', '--review',
                         '2026-02-06', '--expires', '2026-03-05')
        self.check(0)
        self.assertEqual(self.step('refuse', offer)['given'], self.today)
        self.check(3)

    def test_both_on_one_day(self):
        offer = self.add(self.today, '--offered')
        self.permit(self.today)
        self.check(0)
        self.step('refuse', offer)
        self.check(3)
        self.permit(self.today)
        self.check(0)

    def test_a_day_that_is_said_counts(self):
        offer = self.add('2026-01-05', '--offered')
        self.permit('2026-03-01')
        self.step('refuse', offer, '--given', '2026-02-01')
        self.check(0)

    def test_yes_to_an_offer_is_of_today(self):
        self.desk.call('permission', 'withdraw', self.permit('2026-01-05'))
        offer = self.permit('2026-01-05', '--offered', '--valid-from', '2026-01-06')
        self.check(3)
        answer = self.step('activate', offer)
        self.assertEqual((answer['given'], answer['valid_from']), (self.today, None))
        self.check(0)

    def test_no_to_an_offer_in_a_restored_backup(self):
        self.permit('2026-02-01')
        offer = self.add('2026-01-05', '--offered', '--valid-from', '2026-01-06', '--expires',
                         '2030-01-05')
        self.desk.call('register', 'backup', self.desk.folder / 'backup.db')
        self.step('refuse', offer)
        self.desk.call('register', 'restore', self.desk.folder / 'backup.db')
        self.check(3)


if __name__ == '__main__':
    tap.main()
