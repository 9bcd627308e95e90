#!/usr/bin/python3
"""Days were the clock's alone. With the clock set back, a permission that had ended carried a picture
again; a refusal said meanwhile was dated before the yes that it took back, and never counted; nor did
a withdrawal beside a second yes."""
import datetime
import json
import os
import unittest

import tap
from cli import XRAY, Desk

STRIP = (0, 0, 512, 46)
DAY = 86400


def off(days):
    """What makes the clock of one call wrong by so many days."""
    return {'environment': {
        'LD_PRELOAD': os.environ['IMP_SET_CLOCK'], 'IMP_CLOCK_OFFSET': str(int(days * DAY)),
        'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':verify_asan_link_order=0'}}


def day(days):
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()
        self.n_files = 0

    def release(self, *rules, route='consent', **options):
        """Is refused by all of these rules, or by none."""
        self.n_files += 1
        answer = self.desk.release(XRAY, self.desk.out / f'{self.n_files}.png', self.person,
                                   status=3 if rules else 0, route=route, boxes=[STRIP],
                                   options=options)
        if rules:
            said = json.loads(answer.text)
            self.assertLessEqual(set(rules), {each['rule'] for each in said})
            return said
        return None

    def permit(self, *options, **how):
        return self.desk.call('permission', 'add', '--person', self.person, '--level',
                              'teaching-closed', '--evidence', 'signed-paper', *options,
                              **how).json['id']

    def refuse(self, **how):
        return self.desk.call('permission', 'add', '--person', self.person, '--level',
                              'teaching-closed', '--refused', **how).json['id']

    def test_what_ended_stays_ended(self):
        self.permit('--given', day(-60), '--expires', day(-10))
        self.release('row-3')
        said = self.release('floor:clock', **off(-30))
        text = [each for each in said if each['rule'] == 'floor:clock'][0]
        for moment in (datetime.datetime.now(), datetime.datetime.now() -
                       datetime.timedelta(days=30)):
            self.assertIn(moment.strftime('%-d %b %Y'), text['reason'])
        self.assertIn('Keeping the register', text['lift'])
        # Pictures that rest on nobody's permission still leave.
        self.release(route='anonymised', **off(-30))

    def test_small_steps_are_no_matter(self):
        self.permit()
        self.release(**off(-5 / 1440))
        self.release('floor:clock', **off(-20 / 1440))
        self.release(**off(1))
        # From then on the register knows of tomorrow.
        self.release('floor:clock')

    def test_a_refusal_said_meanwhile_holds(self):
        self.permit('--given', day(-1))
        self.refuse(**off(-400))
        for route in ('consent', 'anonymised'):
            self.release('row-1', route=route)
        self.permit()
        self.release()

    def test_a_refused_offer_holds(self):
        offer = self.desk.call(
            'permission', 'add', '--person', self.person, '--level', 'teaching-closed', '--given',
            day(-3), '--offered', '--from', '-', input=json.dumps({
                'capacity': 'assessed-competent', 'capacity_assessed': day(-3),
                'capacity_assessor': 'A consultant', 'capacity_decision': 'use of pictures',
            })).json['id']
        self.permit('--given', day(-1))
        self.desk.call('permission', 'refuse', offer, **off(-400))
        self.release('row-1')

    def test_a_withdrawal_beside_a_second_yes_holds(self):
        first = self.permit('--given', day(-2))
        self.permit('--given', day(-1))
        self.release()
        self.desk.call('permission', 'withdraw', first, **off(-400))
        self.release('row-1')

    def test_a_takedown_task_stays(self):
        first = self.permit('--given', day(-2))
        self.release()
        self.permit('--given', day(-1))
        self.desk.call('permission', 'withdraw', first, **off(-400))
        export = self.desk.call('takedown', 'list').json[0]['export']
        self.desk.call('takedown', 'drop', export, '--note', 'She changed her mind', status=1)
        self.assertEqual(len(self.desk.call('takedown', 'list').json), 1)

    def test_an_objection_holds(self):
        self.permit()
        self.desk.call('person', 'object', self.person, **off(-400))
        self.release('row-1')
        self.release('row-1', route='anonymised', **off(-400))

    def test_accepted(self):
        """The clock was ahead of time; once it is right, somebody says so."""
        self.permit()
        self.permit(**off(3650))
        refused = self.refuse(**off(3650))
        self.assertEqual(self.desk.call('permission', 'show', refused).json['given'], day(3650))
        self.assertTrue(self.desk.call('register', 'clock').json['behind'])
        self.release('floor:clock')
        self.assertEqual(self.desk.call('register', 'accept-clock').json, {'accepted': True, 'ended': 0})
        self.assertEqual(self.desk.call('register', 'clock').json['newest'], None)
        self.desk.call('register', 'accept-clock', status=1)
        row = [each for each in self.desk.ledger() if each['kind'] == 'clock'][0]
        body = row['body'] if isinstance(row['body'], dict) else json.loads(row['body'])
        self.assertTrue(body['newest'].startswith(day(3650)[:4]))
        self.desk.call('ledger', 'verify')
        # What was said ahead of time is taken back by a yes that comes after it, and by no other.
        self.release('row-1')
        self.permit('--given', day(-1))
        self.release('row-1')
        self.permit()
        self.release()
        # A no of now is not outlived by the yes from ahead of time.
        self.refuse()
        self.release('row-1')
        self.release('row-1', **off(3651))


if __name__ == '__main__':
    tap.main()
