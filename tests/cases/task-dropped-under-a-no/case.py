#!/usr/bin/python3
"""A task to take a copy down was dropped although the person still said no: only an objection, and
the end of the very permission that the copy rests on, were asked for, not a refusal."""
import unittest

import tap
from cli import XRAY, Desk


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()

    def release(self, route):
        self.desk.release(XRAY, self.desk.out / 'a.png', self.person, route=route,
                          boxes=[(0, 0, 512, 46)])
        return self.desk.call('copies', 'list').json[0]['export']

    def refuse(self, level='teaching-closed'):
        self.desk.call('permission', 'add', '--person', self.person, '--level', level, '--refused')

    def drop(self, export, status):
        self.desk.call('takedown', 'drop', export, '--note', 'We like it', status=status)
        self.assertEqual(len(self.desk.call('takedown', 'list').json), 1 if status else 0)

    def test_left_anonymised(self):
        export = self.release('anonymised')
        self.refuse()
        self.drop(export, 1)
        self.desk.add_permission(self.person, 'research-study', '--scope', 'Lung study')
        self.drop(export, 1)
        self.desk.add_permission(self.person)
        self.drop(export, 0)

    def test_left_by_consent_and_refused_later(self):
        self.desk.add_permission(self.person)
        export = self.release('consent')
        self.refuse()
        self.drop(export, 1)


if __name__ == '__main__':
    tap.main()
