#!/usr/bin/python3
"""Without users one person could set the clock back, accept it, and let pictures leave under a
permission that had ended."""
import datetime
import json
import os
import unittest

import tap
from cli import XRAY, Desk

STRIP = (0, 0, 512, 46)
PINS = {'Kay Keeper': '481516', 'Ari Approver': 'a longer one 9'}
KAY, ARI = PINS


def off(days):
    """What makes the clock of one call wrong by so many days."""
    return {'environment': {
        'LD_PRELOAD': os.environ['IMP_SET_CLOCK'], 'IMP_CLOCK_OFFSET': str(int(days * 86400)),
        'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':verify_asan_link_order=0'}}


def day(days):
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()
        self.n_files = 0

    def permit(self, *options, **how):
        return self.desk.call('permission', 'add', '--person', self.person, '--level',
                              'teaching-closed', '--evidence', 'signed-paper', *options,
                              **how).json['id']

    def release(self, *rules, **options):
        self.n_files += 1
        answer = self.desk.release(XRAY, self.desk.out / f'{self.n_files}.png', self.person,
                                   status=3 if rules else 0, route='consent', boxes=[STRIP],
                                   options=options)
        if rules:
            self.assertLessEqual(set(rules), {each['rule'] for each in json.loads(answer.text)})

    def state(self, permission):
        """As it is recorded: by that clock its last day has not come."""
        return self.desk.call('permission', 'show', permission, **off(-30)).json['state']

    def test_one_person(self):
        ended = self.permit('--given', day(-60), '--expires', day(-10))
        self.release('row-3')
        self.release('floor:clock', **off(-30))
        accepted = self.desk.call('register', 'accept-clock', **off(-30))
        self.assertEqual(accepted.json, {'accepted': True, 'ended': 1})
        self.release('row-3', **off(-30))
        self.assertEqual(self.state(ended), 'expired')
        # What has no end, or none that had passed, counts again.
        self.permit('--given', day(-40), **off(-30))
        self.release(**off(-30))

    def test_a_suspended_one(self):
        ended = self.permit('--given', day(-60), '--expires', day(-10))
        self.desk.call('permission', 'suspend', ended, '--reason', 'The form is looked for')
        self.desk.call('register', 'accept-clock', **off(-30))
        self.assertEqual(self.state(ended), 'expired')
        self.desk.call('permission', 'activate', ended, status=1, **off(-30))
        self.release('row-3', **off(-30))

    def test_a_backup_knows_it_from_the_journal(self):
        ended = self.permit('--given', day(-60), '--expires', day(-10))
        backup = self.desk.folder / 'backup.db'
        self.desk.call('register', 'backup', backup)
        self.desk.call('register', 'accept-clock', **off(-30))
        self.desk.call('register', 'restore', backup, **off(-30))
        self.assertEqual(self.state(ended), 'expired')

    def test_two_people(self):
        """They know which of the two moments is right."""
        stands = self.permit('--given', day(-60), '--expires', day(100))
        self.desk.call('permission', 'add', '--person', self.person, '--level', 'record-only',
                       '--evidence', 'signed-paper', **off(3650))
        self.desk.call('user', 'add', '--name', KAY, '--roles', 'keeper', '--new-pin-file',
                       self.pin(KAY))
        who = ('--user', KAY, '--pin-file', self.pin(KAY))
        self.desk.call('user', 'add', '--name', ARI, '--roles', 'approver', '--new-pin-file',
                       self.pin(ARI), *who)
        self.desk.call('register', 'accept-clock', '--second', ARI, '--second-pin-file',
                       self.pin(ARI), *who)
        self.assertEqual(self.desk.call('permission', 'show', stands, *who).json['state'],
                         'active')

    def pin(self, name):
        path = self.desk.folder / f'pin-{name.split()[0]}'
        path.touch(0o600)
        path.write_text(PINS[name] + '\n')
        return path


if __name__ == '__main__':
    tap.main()
