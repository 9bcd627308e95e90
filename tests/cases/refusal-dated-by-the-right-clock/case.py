#!/usr/bin/python3
"""The clock was behind, and a refusal that bore the day of a right calendar was turned away: its day
lay in that clock's future. A "no" always works."""
import datetime
import json
import os
import unittest

import tap
from cli import XRAY, Desk

STRIP = (0, 0, 512, 46)


def off(days):
    """What makes the clock of one call wrong by so many days."""
    return {'environment': {
        'LD_PRELOAD': os.environ['IMP_SET_CLOCK'], 'IMP_CLOCK_OFFSET': str(int(days * 86400)),
        'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':verify_asan_link_order=0'}}


def day(days):
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()
        self.n_files = 0

    def add(self, *options, **how):
        return self.desk.call('permission', 'add', '--person', self.person, '--level',
                              'teaching-closed', *options, **how)

    def release(self, *rules):
        for route in ('consent', 'anonymised'):
            self.n_files += 1
            answer = self.desk.release(XRAY, self.desk.out / f'{self.n_files}.png', self.person,
                                       status=3 if rules else 0, route=route, boxes=[STRIP])
            if rules:
                self.assertLessEqual(set(rules), {each['rule'] for each in json.loads(answer.text)})

    def test_a_no_always_works(self):
        self.add('--evidence', 'signed-paper', '--given', day(-1))
        refused = self.add('--refused', '--given', day(0), **off(-30)).json['id']
        self.assertEqual(self.desk.call('permission', 'show', refused).json['given'], day(0))
        self.release('row-1')
        self.add('--evidence', 'signed-paper')
        self.release()

    def test_a_yes_does_not(self):
        self.add('--evidence', 'signed-paper', '--given', day(0), status=1, **off(-30))

    def test_with_a_right_clock_no_day_is_in_the_future(self):
        self.add('--refused', '--given', day(3), status=1)


if __name__ == '__main__':
    tap.main()
