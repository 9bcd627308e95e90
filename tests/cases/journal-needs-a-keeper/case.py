#!/usr/bin/python3
"""A register with users and an older backup: what ended since was brought back from the journal of
withdrawals by way of "in force", which took a keeper, and nobody is signed in when a file is
opened. So the backup could not be restored."""
import unittest

import tap
from cli import Desk

KAY, PIN = 'Kay Keeper', '481516'


class Case(unittest.TestCase):
    def test_suspended_in_the_backup(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        pin = desk.folder / 'pin'
        pin.touch(0o600)
        pin.write_text(PIN + '\n')
        who = ('--user', KAY, '--pin-file', pin)
        person = desk.add_person()
        permission = desk.add_permission(person)
        desk.call('permission', 'suspend', permission)
        desk.call('user', 'add', '--name', KAY, '--roles', 'keeper', '--new-pin-file', pin)
        desk.call('register', 'backup', desk.folder / 'backup.db', *who)
        desk.call('permission', 'activate', permission, *who)
        desk.call('permission', 'expire', permission, '--reason', 'For this term only', *who)
        desk.call('register', 'restore', desk.folder / 'backup.db')
        found = desk.call('permission', 'list', '--person', person, *who).json[0]
        self.assertEqual(found['state'], 'expired')


if __name__ == '__main__':
    tap.main()
