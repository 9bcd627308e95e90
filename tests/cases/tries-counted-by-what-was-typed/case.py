#!/usr/bin/python3
"""A user signs in by name or by id, and wrong PINs were counted by what was typed: the name waited,
and the id went on at once, with ten tries of its own."""
import unittest

import tap
from cli import Desk

NAME, PIN = 'Kay Keeper', '481516'


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.user = self.desk.call('user', 'add', '--name', NAME, '--roles', 'keeper,auditor',
                                   '--new-pin-file', self.pin(PIN)).json['id']

    def pin(self, pin):
        file = self.desk.folder / f'pin-{pin}'
        file.touch(0o600)
        file.write_text(pin + '\n')
        return file

    def sign_in(self, who, pin, status=3):
        return self.desk.call('user', 'list', '--user', who, '--pin-file', self.pin(pin),
                              status=status).errors

    def test_one_count_of_name_and_id(self):
        self.sign_in(self.user, PIN, status=0)
        for who in (NAME, self.user, NAME.upper()):
            self.assertIn('not right', self.sign_in(who, '000000'))
        for who in (NAME, self.user):
            self.assertIn('wait', self.sign_in(who, PIN))

    def test_nobody_waits_too(self):
        for _ in range(3):
            self.assertIn('not right', self.sign_in('Nobody Here', '000000'))
        self.assertIn('wait', self.sign_in('nobody here', '000000'))
        self.sign_in(NAME, PIN, status=0)


if __name__ == '__main__':
    tap.main()
