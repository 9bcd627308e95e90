#!/usr/bin/python3
"""Capacity is about one decision, and was kept as one flag: whoever was found unable to decide about
pictures counted as able once somebody found that they could decide what to eat. Where capacity
fluctuated, nobody was told that the day to ask again had passed."""
import datetime
import json
import unittest

import tap
from cli import XRAY, Desk

STRIP = (0, 0, 512, 46)
PICTURES, MEALS = 'Use of pictures', 'what to eat'


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()
        self.desk.add_permission(self.person)

    def found(self, outcome, decision, day, *more):
        self.desk.call('person', 'capacity', self.person, '--outcome', outcome, '--decision',
                       decision, '--assessor', 'Dr Example', '--assessed', day, *more)

    def check(self, *rules):
        target = self.desk.out / f'{len(list(self.desk.out.iterdir()))}.png'
        answer = self.desk.release(XRAY, target, self.person, status=3 if rules else 0,
                                   boxes=[STRIP])
        if rules:
            self.assertEqual([each['rule'] for each in answer.json], list(rules))

    def lacks(self):
        shown = self.desk.call('person', 'show', self.person).json
        return shown['lacks_capacity']

    def test_able_to_decide_something_else(self):
        self.found('lacks', PICTURES, '2026-02-01')
        self.check('row-29')
        self.found('has', MEALS, '2026-02-02')
        self.check('row-29')
        self.assertTrue(self.lacks())
        self.found('has', ' use of  pictures', '2026-02-03')
        self.check()
        self.assertFalse(self.lacks())

    def test_typed_in_late(self):
        self.found('has', PICTURES, '2026-02-03')
        self.found('lacks', PICTURES, '2026-02-01')
        self.check()
        self.assertFalse(self.lacks())

    def test_flag_without_an_assessment(self):
        self.desk.call('person', 'update', self.person, '--from', '-',
                       input=json.dumps({'lacks_capacity': True}))
        self.check('row-29')
        self.found('has', MEALS, '2026-02-02')
        self.check('row-29')

    def test_day_to_ask_again(self):
        today = datetime.date.today()
        self.found('lacks', PICTURES, '2026-02-01')
        self.found('fluctuating', PICTURES, '2026-02-02', '--ask-again', today.isoformat())
        self.check()
        self.found('fluctuating', PICTURES, '2026-02-03', '--ask-again', '2026-03-01')
        self.check('floor:not-sure')
        self.found('has', PICTURES, '2026-03-02')
        self.check()


if __name__ == '__main__':
    tap.main()
