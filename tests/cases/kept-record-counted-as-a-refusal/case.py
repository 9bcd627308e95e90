#!/usr/bin/python3
"""A record was kept for legal claims, and nobody refused or withdrew anything. The restore of an older
backup said that a refusal or withdrawal was applied again."""
import unittest

import tap
from cli import Desk


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()
        self.backup = self.desk.folder / 'backup.db'
        self.desk.call('register', 'backup', self.backup)

    def test_policy_5_7_kept_only(self):
        self.desk.call('person', 'erase', self.person, '--exempt', 'legal-claims')
        said = self.desk.call('register', 'restore', self.backup)
        words = said.text + said.errors
        self.assertIn('1 entry of the journal', words)
        self.assertNotIn('refusal', words)


if __name__ == '__main__':
    tap.main()
