#!/usr/bin/python3
"""A record that was kept for legal claims could not be purged, but one keeper alone erased it, and
nothing could say that the reason was over."""
import json
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

    def pin(self, name):
        path = self.desk.folder / f'pin-{name.split()[0]}'
        path.touch(0o600)
        path.write_text(PINS[name] + '\n')
        return path

    def call(self, *arguments, **options):
        return self.desk.call(*arguments, '--user', KAY, '--pin-file', self.pin(KAY), **options)

    def test_two_people(self):
        self.desk.call('user', 'add', '--name', KAY, '--roles', 'keeper', '--new-pin-file',
                       self.pin(KAY))
        self.call('user', 'add', '--name', ARI, '--roles', 'approver', '--new-pin-file',
                  self.pin(ARI))
        second = ('--second', ARI, '--second-pin-file', self.pin(ARI))
        keep = ('person', 'erase', self.person, '--exempt', 'legal-claims')
        self.call(*keep, *second, status=1)
        self.call(*keep)
        self.assertIn('takes two people', self.call('person', 'erase', self.person,
                                                    status=3).errors)
        self.assertEqual(len(self.call('person', 'find', NUMBER).json), 1)
        self.call('person', 'end-exemption', self.person, status=1)
        self.assertEqual(self.call('person', 'end-exemption', self.person, *second).json,
                         {'id': self.person, 'ended': True})
        self.call('person', 'end-exemption', self.person, *second, status=1)
        self.call(*keep)
        self.assertTrue(self.call('person', 'erase', self.person, *second).json['erased'])
        self.assertEqual(self.call('person', 'find', NUMBER).json, [])
        kinds = [each['kind'] for each in self.call('ledger', 'show').json]
        self.assertEqual((kinds.count('kept'), kinds.count('kept-ended'), kinds.count('erased')),
                         (2, 2, 1))
        ended = [json.dumps(each) for each in self.call('ledger', 'show').json
                 if each['kind'] == 'kept-ended']
        self.assertIn('second', ended[0])

    def test_nobody_else_is_there(self):
        self.desk.call('person', 'erase', self.person, '--exempt', 'archiving')
        self.desk.call('person', 'erase', self.person, status=3)
        self.assertEqual(len(self.desk.call('person', 'find', NUMBER).json), 1)


if __name__ == '__main__':
    tap.main()
