#!/usr/bin/python3
"""Somebody whom the register knew by a number of the site's own kind alone objected and was erased.
Added again under that number, with a permission, their pictures left: of the person named, only
the hospital and the NHS number were looked for among the tombstones."""
import json
import unittest

import tap
from cli import NAME, PHOTO, Desk

HEALTH_INDEX = '1111111111'


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.desk.call('scheme', 'set', 'chi', '--title', 'Health index')

    def add(self, *numbers):
        fields = {'name': NAME, 'born': '1957-11-22'}
        person = self.desk.call('person', 'add', '--from', '-', input=json.dumps(fields)).json['id']
        for number in numbers:
            self.desk.call('person', 'identifier', 'add', person, 'chi', number)
        return person

    def release(self, person, name, status):
        answers = self.desk.answers('teaching-file', 'consent', image_kind='photograph')
        return self.desk.release(PHOTO, self.desk.out / name, person, answers=answers,
                                 status=status)

    def test_stays_blocked(self):
        erased = self.add(HEALTH_INDEX)
        self.desk.call('person', 'object', erased)
        self.desk.call('person', 'erase', erased)
        again = self.add('2222222222', '111-111-1111')
        self.desk.add_permission(again)
        refused = self.release(again, 'a.png', status=3).json
        self.assertEqual([reason['rule'] for reason in refused], ['floor:tombstone'])
        other = self.add('3333333333')
        self.desk.add_permission(other)
        self.release(other, 'b.png', status=0)


if __name__ == '__main__':
    tap.main()
