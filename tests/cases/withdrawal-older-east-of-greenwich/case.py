#!/usr/bin/python3
"""A withdrawal is a moment in UTC, a permission is given on a local day. Compared letter by letter,
a withdrawal east of Greenwich could count as older than the permission that stood before it: where
it is tomorrow already, and in Britain between midnight and one o'clock in summer."""
import datetime
import json
import unittest

import tap
from cli import XRAY, Desk

STRIP = (0, 0, 512, 46)


class Case(unittest.TestCase):
    def check(self, zone, hours):
        desk = Desk().init()
        self.addCleanup(desk.close)
        now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)
        there = {'environment': {'TZ': zone}}
        person = desk.add_person()
        first = desk.add_permission(person)
        desk.call('permission', 'add', '--person', person, '--level', 'teaching-closed',
                  '--evidence', 'signed-paper', '--given', now.date().isoformat(), **there)
        desk.release(XRAY, desk.out / 'a.png', person, boxes=[STRIP], options=there)
        desk.call('permission', 'withdraw', first, **there)
        for route in ('consent', 'anonymised'):
            answer = desk.release(XRAY, desk.out / 'b.png', person, status=3, route=route,
                                  boxes=[STRIP], options=there)
            self.assertIn('row-1', [each['rule'] for each in json.loads(answer.text)])

    def test_every_side_of_midnight(self):
        """POSIX counts the other way round: UTC-12 is where it is noon at midnight."""
        for zone, hours in (('UTC', 0), ('UTC-12', 12), ('UTC-23', 23), ('UTC+12', -12)):
            self.check(zone, hours)


if __name__ == '__main__':
    tap.main()
