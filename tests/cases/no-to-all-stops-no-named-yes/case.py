#!/usr/bin/python3
"""A refusal that names no study, platform or work ("no research at all") stopped no permission
that names one: it was taken to speak of a use without a name, and so of none."""
import json
import unittest

import tap
from cli import XRAY, Desk

STRIP = (0, 0, 512, 46)
STUDY = 'Lung study'


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()

    def add(self, level, given, *more):
        return self.desk.call('permission', 'add', '--person', self.person, '--level', level,
                              '--given', given, *more).json['id']

    def check(self, status):
        target = self.desk.out / f'{len(list(self.desk.out.iterdir()))}.png'
        answers = self.desk.answers('research', 'consent', destination_name=STUDY)
        answer = self.desk.release(XRAY, target, self.person, status=status, destination='research',
                                   boxes=[STRIP], answers=answers)
        if status:
            self.assertIn('row-1', [each['rule'] for each in json.loads(answer.text)])

    def permit(self, level, given):
        self.add(level, given, '--scope', STUDY, '--evidence', 'signed-paper')

    def test_no_research_at_all(self):
        self.permit('research-study', '2026-01-05')
        self.check(0)
        self.add('research-study', '2026-06-01', '--refused')
        self.check(3)
        self.permit('research-study', '2026-07-01')
        self.check(0)

    def test_no_research_at_all_beside_an_area(self):
        self.permit('research-area', '2026-01-05')
        self.check(0)
        self.add('research-study', '2026-06-01', '--refused')
        self.check(3)
        self.assertEqual(len(self.desk.call('takedown', 'list').json), 1)

    def test_a_no_to_another_study_is_one(self):
        self.permit('research-study', '2026-01-05')
        self.add('research-study', '2026-06-01', '--refused', '--scope', 'Heart study')
        self.check(0)


if __name__ == '__main__':
    tap.main()
