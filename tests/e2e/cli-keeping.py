#!/usr/bin/python3
"""Keeping a register from the command line: what opens it, how long it is kept, and whether the
receipts that were saved elsewhere still fit it."""
import json
import os
import re
import unittest

import tap
from cli import NUMBER, XRAY, Desk

STRIP = (0, 0, 512, 46)
FIRST, SECOND = 'four unrelated example words', 'other words of the example'


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk()
        self.addCleanup(self.desk.close)

    def file(self, name, text):
        path = self.desk.folder / name
        path.touch(0o600)
        path.write_text(text)
        return path

    def opens(self, key, status=0):
        return self.desk.call('register', 'check', '--key-file', key, status=status)


class Keys(Case):
    def setUp(self):
        super().setUp()
        self.desk.key.write_text(FIRST + '\n')
        self.desk.init()
        self.desk.add_person()

    def test_security_5_2_another_passphrase(self):
        first, second = self.file('first', FIRST), self.file('second', SECOND)
        change = ('register', 'change-passphrase', '--new-file', second, '--current-file')
        self.desk.call(*change, second, status=4)
        self.opens(first)
        self.desk.call('register', 'change-passphrase', '--current-file', first, '--new-file',
                       self.file('short', 'short'), status=1)
        self.opens(first)
        self.assertEqual(self.desk.call(*change, first).json, {'changed': True})
        self.opens(second)
        self.opens(first, status=4)
        self.assertEqual(len(self.desk.call('person', 'find', NUMBER, '--key-file',
                                            second).json), 1)

    def test_security_5_2_a_passphrase_file_of_others_is_refused(self):
        second = self.file('second', SECOND)
        os.chmod(second, 0o644)
        refused = self.desk.call('register', 'change-passphrase', '--current-file', self.desk.key,
                                 '--new-file', second, status=4)
        self.assertNotIn(SECOND, refused.errors + refused.text)
        self.opens(self.desk.key)

    def test_security_5_2_recovery_key(self):
        key = self.desk.call('register', 'recovery-key').json['recovery_key']
        self.assertRegex(key, r'^(\w{4}[ -]?){14}$')
        printed = self.file('printed', key + '\n')
        self.opens(printed)
        self.opens(self.desk.key)
        # It is typed from paper: in small letters, and without what stands between the groups.
        self.opens(self.file('typed', re.sub(r'\W', '', key).lower()))
        wrong = key[:-1] + ('2' if key[-1] != '2' else '3')
        self.opens(self.file('mistyped', wrong), status=4)
        fresh = self.desk.call('register', 'recovery-key').json['recovery_key']
        self.assertNotEqual(fresh, key)
        self.opens(printed, status=4)
        # And what it is for: the passphrase is lost, and another one is set.
        self.desk.call('register', 'change-passphrase', '--key-file', self.file('fresh', fresh),
                       '--current-file', self.file('fresh2', fresh), '--new-file',
                       self.file('second', SECOND))
        self.opens(self.file('second2', SECOND))
        # Neither is in the register's files as it is.
        for path in self.desk.folder.glob('register.db*'):
            self.assertNotIn(re.sub(r'\W', '', fresh)[:16].encode(), path.read_bytes())


class Retention(Case):
    def test_security_5_6_how_long_is_set(self):
        self.desk.init()
        self.desk.call('register', 'set', 'retention-years', '20')
        self.desk.call('register', 'set', 'retention-child-age', '30')
        self.assertEqual(self.desk.call('retention', 'list').json, [])
        for wrong in ('soon', '-1', '8.5'):
            self.desk.call('register', 'set', 'retention-years', wrong, status=1)


class TwoPeople(Case):
    def setUp(self):
        super().setUp()
        self.desk.init()
        self.person = self.desk.add_person()
        self.kay, self.ari = self.file('kay', 'synthetic-1'), self.file('ari', 'synthetic-2')
        self.desk.call('user', 'add', '--name', 'Kay', '--roles', 'keeper', '--new-pin-file',
                       self.kay)
        self.call('user', 'add', '--name', 'Ari', '--roles', 'approver', '--new-pin-file', self.ari)

    def call(self, *arguments, status=0):
        return self.desk.call(*arguments, '--user', 'Kay', '--pin-file', self.kay, status=status)

    def test_security_5_5_a_block_is_taken_off_by_two(self):
        self.call('person', 'erase', self.person)
        self.assertEqual(self.call('person', 'find', NUMBER).json, [])
        self.call('person', 'unblock', NUMBER, status=1)
        second = ('--second', 'Ari', '--second-pin-file')
        self.call('person', 'unblock', NUMBER, '--second', 'Kay', '--second-pin-file', self.kay,
                  status=3)
        self.call('person', 'unblock', NUMBER, *second, self.kay, status=3)
        self.assertEqual(self.call('person', 'unblock', NUMBER, *second, self.ari).json,
                         {'unblocked': True})

    def test_security_5_6_what_is_not_due_is_not_purged(self):
        self.call('retention', 'purge', self.person, status=1)
        self.call('retention', 'purge', self.person, '--second', 'Ari', '--second-pin-file',
                  self.ari, status=3)
        self.assertEqual(self.call('person', 'show', self.person).json['id'], self.person)
        self.assertEqual(self.call('retention', 'list', '--limit', '1').json, [])
        self.assertEqual(self.call('permission', 'unconfirmed', '--limit', '1').json, [])


class Receipts(Case):
    def setUp(self):
        super().setUp()
        self.desk.init()
        self.person = self.desk.add_person()
        self.desk.add_permission(self.person)
        self.folder = self.desk.folder / 'receipts'
        self.folder.mkdir()
        for name in ('a', 'b'):
            self.release(name)

    def release(self, name):
        return self.desk.release(XRAY, self.desk.out / f'{name}.png', self.person, boxes=[STRIP],
                                 more=('--receipt', self.folder / f'{name}.json')).json

    def check(self, status=0):
        return self.desk.call('ledger', 'verify', '--receipts', self.folder, status=status)

    def change(self, name, **members):
        path = self.folder / f'{name}.json'
        path.write_text(json.dumps(json.loads(path.read_text()) | members))

    def test_security_5_3_receipts_fit(self):
        (self.folder / 'notes.json').write_text('{"no": "receipt"}')
        (self.folder / 'notes.txt').write_text('no receipt at all')
        answer = self.check().json
        self.assertTrue(answer['valid'])
        self.assertEqual(answer['receipts'], [{'name': 'a.json', 'problem': None},
                                              {'name': 'b.json', 'problem': None}])
        self.desk.call('ledger', 'verify', '--receipts', self.folder / 'none', status=6)

    def test_security_5_3_a_changed_receipt_shows(self):
        for member, value in (('sha256', '0' * 64), ('basis', 'other'), ('at', '2026-01-01'),
                              ('boxes_as_filled', []), ('chain_head', 'f' * 64),
                              ('ledger_id', '7' * 20)):
            with self.subTest(member):
                kept = (self.folder / 'b.json').read_text()
                self.change('b', **{member: value})
                first, second = self.check(status=4).json['receipts']
                self.assertIsNone(first['problem'])
                self.assertTrue(second['problem'])
                (self.folder / 'b.json').write_text(kept)
        self.check()

    def test_security_5_3_a_ledger_cut_off_shows(self):
        """The folder of the register is taken back to an earlier day, as a whole."""
        kept = {path: path.read_bytes() for path in self.desk.folder.glob('register.db*')}
        self.release('c')
        self.check()
        for path in self.desk.folder.glob('register.db*'):
            path.unlink()
        for path, data in kept.items():
            path.touch(0o600)
            path.write_bytes(data)
        self.assertTrue(self.desk.call('ledger', 'verify').json['valid'])
        problems = [each['problem'] for each in self.check(status=4).json['receipts']]
        self.assertEqual([bool(each) for each in problems], [False, False, True])


if __name__ == '__main__':
    tap.main()
