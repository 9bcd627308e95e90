#!/usr/bin/python3
"""With the clock ten years ahead every record had been kept long enough, and the purge took the
clock's word for it."""
import datetime
import os
import unittest

import tap
from cli import NUMBER, Desk

PINS = {'Kay Keeper': '481516', 'Ari Approver': 'a longer one 9'}
KAY, ARI = PINS
AHEAD = 3653


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
        self.desk.call('user', 'add', '--name', KAY, '--roles', 'keeper', '--new-pin-file',
                       self.pin(KAY))
        self.call('user', 'add', '--name', ARI, '--roles', 'approver', '--new-pin-file',
                  self.pin(ARI))
        self.second = ('--second', ARI, '--second-pin-file', self.pin(ARI))

    def pin(self, name):
        path = self.desk.folder / f'pin-{name.split()[0]}'
        path.touch(0o600)
        path.write_text(PINS[name] + '\n')
        return path

    def call(self, *arguments, **options):
        return self.desk.call(*arguments, '--user', KAY, '--pin-file', self.pin(KAY), **options)

    def test_policy_5_6_the_clock_is_ahead(self):
        # Whatever is written first by that clock makes it no more right.
        self.call('person', 'find', NUMBER, **off(AHEAD))
        self.assertEqual(self.call('retention', 'list', **off(AHEAD)).json, [])
        self.call('retention', 'purge', self.person, *self.second, status=3, **off(AHEAD))
        self.assertEqual(len(self.call('person', 'find', NUMBER, **off(AHEAD)).json), 1)
        leap = self.call('register', 'clock', **off(AHEAD)).json['leap']
        self.assertEqual(leap['from'][:10], datetime.datetime.utcnow().date().isoformat())
        self.assertEqual(leap['to'][:4], day(AHEAD)[:4])

    def test_policy_5_6_the_time_has_really_passed(self):
        """Two people say so."""
        self.call('person', 'find', NUMBER, **off(AHEAD))
        self.call('register', 'accept-clock', status=3, **off(AHEAD))
        self.call('register', 'accept-clock', *self.second, **off(AHEAD))
        self.assertIsNone(self.call('register', 'clock', **off(AHEAD)).json['leap'])
        self.assertEqual([each['person'] for each in
                          self.call('retention', 'list', **off(AHEAD)).json], [self.person])
        self.call('retention', 'purge', self.person, *self.second, **off(AHEAD))
        rows = [each for each in self.call('ledger', 'show', **off(AHEAD)).json
                if each['kind'] == 'clock']
        self.assertEqual(len(rows), 1)

    def test_policy_5_6_it_was_ahead_and_is_right_again(self):
        self.call('person', 'find', NUMBER, **off(AHEAD))
        self.call('person', 'add', '--from', '-', input=(
            '{"number": "H300300", "name": "EXAMPLE^PERSON B"}'), **off(AHEAD))
        self.call('register', 'accept-clock', *self.second)
        clock = self.call('register', 'clock').json
        self.assertEqual((clock['behind'], clock['leap']), (False, None))


if __name__ == '__main__':
    tap.main()
