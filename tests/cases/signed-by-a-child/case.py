#!/usr/bin/python3
"""A child of eight signed for themselves, and their capacity was presumed, which it is from 16 on
(policy.md 2.2): it was recorded as a permission, and the picture left. Only a child who was called
a competent one needed somebody's assessment."""
import json
import unittest

import tap
from cli import NAME, NUMBER, XRAY, Desk

REASON = 'The child and both parents were there and looked at the picture with us'


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)

    def permit(self, person, status=0, **fields):
        fields = {'evidence': 'signed-paper', 'given_by': 'patient', 'given': '2026-01-05'} | fields
        return self.desk.call('permission', 'add', '--person', person, '--level',
                              'teaching-closed', '--from', '-', input=json.dumps(fields),
                              status=status)

    def release(self, person, name, status, child='yes'):
        answers = self.desk.answers('teaching-file', 'consent', child=child)
        reasons = self.desk.call('questions', '--destination', 'teaching-file', '--route',
                                 'consent').json
        answers |= {each['key']: REASON for each in reasons if each['key'].startswith('why')}
        return self.desk.release(XRAY, self.desk.out / name, person, answers=answers,
                                 boxes=[(0, 0, 512, 46)], status=status)

    def test_not_recorded(self):
        person = self.desk.add_person(born='2018-03-01')
        refused = self.permit(person, status=1)
        self.assertIn('under 16', refused.errors)
        self.permit(person, capacity='assessed-competent')
        self.permit(self.desk.add_person(number='H2', name='OTHER^PERSON', born='2010-01-05'))
        self.permit(self.desk.add_person(number='H3', name='THIRD^PERSON', born='2010-01-06'),
                    status=1)

    def test_answer_to_an_offer(self):
        file = self.desk.folder / 'offers.csv'
        file.write_text('hospital_number,name,born,level,given_by,capacity,given,state\r\n'
                        f'{NUMBER},{NAME},2018-03-01,teaching-closed,patient,presumed,2026-01-05,'
                        'offered\r\n')
        self.desk.call('register', 'import-csv', file)
        offer = self.desk.call('permission', 'list', '--person', NUMBER).json[0]['id']
        self.desk.call('permission', 'activate', offer, status=1)
        self.desk.call('permission', 'refuse', offer)

    def test_birthday_recorded_later(self):
        person = self.desk.call('person', 'add', '--from', '-', input=json.dumps(
            {'number': NUMBER, 'name': NAME})).json['id']
        self.permit(person)
        self.release(person, 'unknown.png', status=3)
        self.release(person, 'adult.png', status=0, child='no')
        self.desk.call('person', 'update', person, '--from', '-',
                       input=json.dumps({'born': '2018-03-01'}))
        refused = self.release(person, 'known.png', status=3)
        self.assertIn('row-3', [each['rule'] for each in refused.json])


if __name__ == '__main__':
    tap.main()
