#!/usr/bin/python3
"""A record was kept for legal claims. A backup from before that, put back, knew nothing of it, and one
keeper alone erased what a court may ask for; nor did anybody know once the journal was lost."""
import unittest

import tap
from cli import NUMBER, Desk

PINS = {'Kay Keeper': '481516', 'Ari Approver': 'a longer one 9'}
KAY, ARI = PINS


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()
        self.backup = self.desk.folder / 'backup.db'
        self.desk.call('user', 'add', '--name', KAY, '--roles', 'keeper', '--new-pin-file',
                       self.pin(KAY))
        self.call('user', 'add', '--name', ARI, '--roles', 'approver', '--new-pin-file',
                  self.pin(ARI))
        self.second = ('--second', ARI, '--second-pin-file', self.pin(ARI))
        self.call('register', 'backup', self.backup)

    def pin(self, name):
        path = self.desk.folder / f'pin-{name.split()[0]}'
        path.touch(0o600)
        path.write_text(PINS[name] + '\n')
        return path

    def call(self, *arguments, **options):
        return self.desk.call(*arguments, '--user', KAY, '--pin-file', self.pin(KAY), **options)

    def erase(self, *more, status=0):
        return self.call('person', 'erase', self.person, *more, status=status)

    def is_there(self):
        return len(self.call('person', 'find', NUMBER).json) == 1

    def restore(self):
        self.call('register', 'restore', self.backup)

    def lose_journal(self):
        self.desk.folder.joinpath('register.db.withdrawals').unlink()

    def test_policy_5_7_noted_after_the_backup(self):
        self.erase('--exempt', 'legal-claims')
        self.restore()
        self.assertIn('takes two people', self.erase(status=3).errors)
        self.assertTrue(self.is_there())
        self.assertTrue(self.erase(*self.second).json['erased'])

    def test_policy_5_7_ended_after_the_backup(self):
        self.erase('--exempt', 'legal-claims')
        self.call('register', 'backup', self.desk.folder / 'kept.db')
        self.call('person', 'end-exemption', self.person, *self.second)
        self.call('register', 'restore', self.desk.folder / 'kept.db')
        self.assertTrue(self.erase().json['erased'])

    def test_policy_5_7_ended_and_noted_again(self):
        self.erase('--exempt', 'archiving')
        self.call('person', 'end-exemption', self.person, *self.second)
        self.erase('--exempt', 'archiving')
        self.restore()
        self.erase(status=3)

    def test_policy_5_7_the_journal_is_lost(self):
        """Nobody knows who was kept since: what is there by then takes two people, what comes later
        one."""
        self.erase('--exempt', 'legal-claims')
        self.lose_journal()
        self.restore()
        self.assertIn('takes two people', self.erase(status=3).errors)
        self.assertTrue(self.is_there())
        later = self.call('person', 'add', '--from', '-', input=(
            '{"number": "H300300", "name": "EXAMPLE^PERSON B", "born": "1970-01-02"}'))
        self.assertTrue(self.call('person', 'erase', later.json['id']).json['erased'])
        self.assertTrue(self.erase(*self.second).json['erased'])
        self.assertFalse(self.is_there())

    def test_policy_5_7_the_journal_is_lost_and_begun_anew(self):
        """What the register knows goes into the new one."""
        self.erase('--exempt', 'legal-claims')
        self.lose_journal()
        self.call('policy', 'list')
        self.restore()
        self.erase(status=3)

    def test_policy_5_7_nothing_was_kept(self):
        self.restore()
        self.assertTrue(self.erase().json['erased'])


if __name__ == '__main__':
    tap.main()
