#!/usr/bin/python3
"""A refusal recorded as JSON became an active permission: of --from's object only known members of
the right type were read, and "refused", an expiry that was a number, a hospital number that was one
and "lacks_capacity" were dropped without a word."""
import json
import unittest

import tap
from cli import XRAY, Desk

PERMISSION = {'level': 'teaching-closed', 'evidence': 'signed-paper', 'given_by': 'patient',
              'given': '2026-01-05'}


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)

    def permit(self, status=0, **fields):
        return self.desk.call('permission', 'add', '--from', '-', status=status,
                              input=json.dumps(PERMISSION | fields))

    def test_a_refusal_is_kept_as_one(self):
        person = self.desk.add_person()
        self.assertEqual(self.permit(person=person, refused=True).json['state'], 'refused')
        self.desk.release(XRAY, self.desk.out / 'picture.png', person, status=3)
        self.assertEqual(self.permit(person=person, refused=False).json['state'], 'active')

    def test_what_is_not_understood_is_not_recorded(self):
        person = self.desk.add_person()
        for name, value in (('state', 'refused'), ('expires', 20200101), ('refused', 'true'),
                            ('refused', 1), ('refused', None), ('identifiable', 'yes'),
                            ('scope', ['a study']), ('expiry', '2027-01-01')):
            answer = self.permit(status=1, person=person, **{name: value})
            self.assertIn(name, answer.errors)
            self.assertNotIn('20200101', answer.errors, 'the value is not repeated')
        self.assertEqual(self.desk.call('permission', 'list', '--person', person).json, [])

    def test_a_member_that_stands_twice_is_not_understood(self):
        person = self.desk.add_person()
        text = json.dumps(PERMISSION | {'person': person, 'refused': True})
        self.desk.call('permission', 'add', '--from', '-', status=1,
                       input=text.replace('}', ', "refused": false}'))

    def test_identifiable_is_kept(self):
        person = self.desk.add_person()
        self.assertIs(self.permit(person=person, identifiable=True).json['identifiable'], True)

    def test_a_person_keeps_number_and_capacity(self):
        def add(fields, status=0):
            return self.desk.call('person', 'add', '--from', '-', status=status,
                                  input=json.dumps(fields))

        answer = add({'number': 204417}, status=1)
        self.assertIn('number', answer.errors)
        self.assertNotIn('204417', answer.errors)
        add({'number': 'H204417', 'born': True}, status=1)
        add({'number': 'H204417', 'hospital_number': 'H204417'}, status=1)
        answer = add({'number': 'H204417', 'H999777': 'x'}, status=1)
        self.assertNotIn('H999777', answer.errors, 'what is no name may be a number')
        self.assertIs(add({'number': 'H204417', 'lacks_capacity': True}).json['lacks_capacity'], True)
        self.assertIs(add({'number': 'H204418', 'name': None}).json['lacks_capacity'], False)


if __name__ == '__main__':
    tap.main()
