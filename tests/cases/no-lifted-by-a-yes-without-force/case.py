#!/usr/bin/python3
"""A "no" was lifted by whatever row said yes later, even one on which no picture may rest (without
evidence, not begun, by somebody who could not give it); the picture then rested on the very
permission that had been refused."""
import json
import unittest

import tap
from cli import XRAY, Desk

STRIP = (0, 0, 512, 46)


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()

    def permit(self, given, *more, evidence=True, giver='patient'):
        proof = ['--evidence', 'signed-paper'] if evidence else []
        return self.desk.call('permission', 'add', '--person', self.person, '--level',
                              'teaching-closed', '--given', given, '--given-by', giver, *proof,
                              *more).json['id']

    def check(self, status, route='consent', rule='row-1', **changed):
        target = self.desk.out / f'{len(list(self.desk.out.iterdir()))}-{route}.png'
        answer = self.desk.release(
            XRAY, target, self.person, status=status, route=route, boxes=[STRIP],
            answers=self.desk.answers('teaching-file', route, **changed))
        if status:
            self.assertIn(rule, [each['rule'] for each in json.loads(answer.text)])

    def both(self, status, **changed):
        for route in ('consent', 'anonymised'):
            self.check(status, route, **changed)

    def test_yes_without_evidence(self):
        self.permit('2026-01-05')
        self.permit('2026-02-05', '--refused', evidence=False)
        self.both(3)
        self.permit('2026-03-05', evidence=False)
        self.both(3)
        self.permit('2026-03-06')
        self.both(0)

    def test_yes_that_begins_later(self):
        self.desk.call('permission', 'withdraw', self.permit('2026-01-05'))
        today = self.desk.call('permission', 'add', '--person', self.person, '--level',
                               'teaching-closed', '--evidence', 'signed-paper', '--valid-from',
                               '2030-01-01').json['given']
        self.both(3)
        self.permit(today)
        self.both(0)

    def test_older_yes_after_a_no_and_a_yes_of_less(self):
        """What is newer than the no holds; what is older does not, though both are in force."""
        self.permit('2026-01-05', '--identifiable')
        self.permit('2026-02-05', '--refused', evidence=False)
        self.permit('2026-03-05')
        self.check(0)
        self.check(3, rule='row-24', face_or_mark='yes')

    def test_relative_over_the_persons_own_no(self):
        self.permit('2026-02-05', '--refused', evidence=False)
        self.desk.call('person', 'update', self.person, '--from', '-',
                       input=json.dumps({'died': '2026-06-01'}))
        self.permit('2026-07-05', '--giver-note', 'daughter, known to the ward', giver='relative')
        self.both(3, deceased='yes')


if __name__ == '__main__':
    tap.main()
