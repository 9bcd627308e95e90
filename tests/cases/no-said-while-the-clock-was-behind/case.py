#!/usr/bin/python3
"""A "no" that was said while the clock was set back was dated by that clock: a form from before it,
typed in once the clock was right, looked like a newer yes, and pictures left over the "no"."""
import datetime
import json
import os
import unittest

import tap
from cli import XRAY, Desk

STRIP = (0, 0, 512, 46)
BACK = -400 * 86400


def day(days):
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()
        self.n_files = 0

    def call(self, *arguments, offset=0, status=0):
        return self.desk.call(*arguments, status=status, environment={
            'LD_PRELOAD': os.environ['IMP_SET_CLOCK'], 'IMP_CLOCK_OFFSET': str(offset),
            'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':verify_asan_link_order=0'})

    def permit(self, given):
        return self.desk.add_permission(self.person, 'teaching-closed', '--given', given)

    def refuse(self, offset):
        self.call('permission', 'add', '--person', self.person, '--level', 'teaching-closed',
                  '--refused', offset=offset)

    def check(self, *rules):
        """Both routes are refused by these rules, or by none."""
        for route in ('consent', 'anonymised'):
            self.n_files += 1
            answer = self.desk.release(XRAY, self.desk.out / f'{self.n_files}.png', self.person,
                                       status=3 if rules else 0, route=route, boxes=[STRIP])
            if rules:
                self.assertLessEqual(set(rules), {each['rule'] for each in json.loads(answer.text)})

    def test_refused(self):
        self.refuse(BACK)
        self.permit(day(-100))
        self.check('row-1')
        self.permit(day(0))
        self.check()

    def test_withdrawn(self):
        first = self.permit(day(-200))
        self.call('permission', 'withdraw', first, offset=BACK)
        self.permit(day(-100))
        self.check('row-1')
        self.permit(day(0))
        self.check()

    def test_withdrawn_after_something_else(self):
        """What else was written meanwhile makes no difference."""
        first = self.permit(day(-200))
        self.call('person', 'alias', 'add', self.person, 'EXAMPLE^PERSON Q', offset=BACK)
        self.call('permission', 'withdraw', first, offset=BACK + 86400)
        self.permit(day(-100))
        self.check('row-1')

    def test_in_a_restored_backup(self):
        first = self.permit(day(-200))
        self.desk.call('register', 'backup', self.desk.folder / 'backup.db')
        self.call('permission', 'withdraw', first, offset=BACK)
        self.refuse(BACK)
        self.desk.call('register', 'restore', self.desk.folder / 'backup.db')
        self.permit(day(-100))
        self.check('row-1')
        self.permit(day(0))
        self.check()

    def test_takedown_task(self):
        first = self.permit(day(-200))
        self.check()
        self.call('permission', 'withdraw', first, offset=BACK)
        export = self.desk.call('takedown', 'list').json[0]['export']
        n_tasks = len(self.desk.call('takedown', 'list').json)
        self.permit(day(-100))
        self.desk.call('takedown', 'drop', export, '--note', 'An old form', status=1)
        self.assertEqual(len(self.desk.call('takedown', 'list').json), n_tasks)
        self.permit(day(0))
        self.desk.call('takedown', 'drop', export, '--note', 'She agreed again')


if __name__ == '__main__':
    tap.main()
