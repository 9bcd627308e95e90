#!/usr/bin/python3
"""A task to take a copy down was dropped although the person still said no: only an objection, and
the end of the very permission that the copy rests on, were asked for, not a refusal. Then a yes from
before the "no" that was typed in late, one without evidence, and a relative's let it be dropped."""
import datetime
import json
import unittest

import tap
from cli import XRAY, Desk


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()

    def release(self, route):
        self.desk.release(XRAY, self.desk.out / 'a.png', self.person, route=route,
                          boxes=[(0, 0, 512, 46)])
        return self.desk.call('copies', 'list').json[0]['export']

    def refuse(self, level='teaching-closed'):
        self.desk.call('permission', 'add', '--person', self.person, '--level', level, '--refused')

    def drop(self, export, status):
        self.desk.call('takedown', 'drop', export, '--note', 'We like it', status=status)
        self.assertEqual(len(self.desk.call('takedown', 'list').json), 1 if status else 0)

    def test_left_anonymised(self):
        export = self.release('anonymised')
        self.refuse()
        self.drop(export, 1)
        self.desk.add_permission(self.person, 'research-study', '--scope', 'Lung study')
        self.drop(export, 1)
        self.permit_again(export)

    def permit_again(self, export):
        """Whatever the gate would not take for a newer yes ends no task."""
        today = datetime.date.today().isoformat()
        tomorrow = (datetime.date.today() + datetime.timedelta(days=1)).isoformat()
        self.desk.add_permission(self.person)
        self.drop(export, 1)
        self.desk.call('permission', 'add', '--person', self.person, '--level', 'teaching-closed',
                       '--given', today)
        self.drop(export, 1)
        self.desk.add_permission(self.person, 'teaching-closed', '--given', today, '--valid-from',
                                 tomorrow)
        self.drop(export, 1)
        self.desk.call('permission', 'add', '--from', '-', input=json.dumps({
            'person': self.person, 'level': 'teaching-closed', 'evidence': 'letter',
            'given': today, 'given_by': 'relative', 'giver_name': 'EXAMPLE^RELATIVE',
            'giver_relationship': 'a brother', 'giver_check': 'seen'}))
        self.drop(export, 1)
        self.desk.add_permission(self.person, 'teaching-closed', '--given', today)
        self.drop(export, 0)

    def test_left_by_consent_and_refused_later(self):
        self.desk.add_permission(self.person)
        export = self.release('consent')
        self.refuse()
        self.drop(export, 1)

    def test_withdrawn(self):
        permission = self.desk.add_permission(self.person)
        export = self.release('consent')
        self.desk.call('permission', 'withdraw', permission)
        self.permit_again(export)

    def test_entered_in_error(self):
        """Of what was never said, the right row may be of any day."""
        permission = self.desk.add_permission(self.person)
        export = self.release('consent')
        self.desk.call('permission', 'mistake', permission)
        self.drop(export, 1)
        self.desk.add_permission(self.person, 'teaching-closed', '--given', '2025-12-01')
        self.drop(export, 0)


if __name__ == '__main__':
    tap.main()
