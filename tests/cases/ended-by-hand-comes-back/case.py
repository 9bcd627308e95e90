#!/usr/bin/python3
"""A permission without a last day that somebody ended by hand was in force again in a backup from
before: the journal of withdrawals had no word for it."""
import unittest

import tap
from cli import XRAY, Desk


class Case(unittest.TestCase):
    def check(self, before):
        desk = Desk().init()
        self.addCleanup(desk.close)
        person = desk.add_person()
        permission = desk.add_permission(person)
        for verb in before:
            desk.call('permission', verb, permission)
        desk.call('register', 'backup', desk.folder / 'backup.db')
        if before:
            desk.call('permission', 'activate', permission)
        desk.call('permission', 'expire', permission, '--reason', 'Agreed for this term only')
        desk.call('register', 'restore', desk.folder / 'backup.db')
        found = desk.call('permission', 'list', '--person', person).json[0]
        self.assertEqual(found['state'], 'expired')
        desk.release(XRAY, desk.out / 'a.png', person, boxes=[(0, 0, 512, 46)], status=3)

    def test_in_force_in_the_backup(self):
        self.check([])

    def test_suspended_in_the_backup(self):
        self.check(['suspend'])


if __name__ == '__main__':
    tap.main()
