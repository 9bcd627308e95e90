#!/usr/bin/python3
"""Somebody objected after the last backup, which knows nobody of that number: restored, a tombstone
stood for it. Then the journal of withdrawals was lost, and the one that was begun anew had no
digests of people who are not in the register; the same backup restored again knew nothing."""
import unittest

import tap
from cli import XRAY, Desk


class Case(unittest.TestCase):
    def check(self, say_no):
        desk = Desk().init()
        self.addCleanup(desk.close)
        backup = desk.folder / 'backup.db'
        desk.call('register', 'backup', backup)
        say_no(desk, desk.add_person())
        for name in ('restored', 'lost', 'again'):
            if name == 'lost':
                desk.folder.joinpath('register.db.withdrawals').unlink()
                desk.call('policy', 'list')
            else:
                desk.call('register', 'restore', backup)
            answer = desk.release(XRAY, desk.out / f'{name}.png', 'unknown', route='anonymised',
                                  boxes=[(0, 0, 512, 46)], status=3)
            self.assertEqual([each['rule'] for each in answer.json], ['floor:tombstone'], name)

    def test_objection(self):
        self.check(lambda desk, person: desk.call('person', 'object', person))

    def test_withdrawal(self):
        self.check(lambda desk, person: desk.call('permission', 'withdraw',
                                                  desk.add_permission(person)))

    def test_erased(self):
        self.check(lambda desk, person: desk.call('person', 'erase', person))


if __name__ == '__main__':
    tap.main()
