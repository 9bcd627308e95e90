#!/usr/bin/python3
"""Whoever decided about a parked case was not shown the alternative text, what is cut away and which
overlays are drawn, though the decision bound them."""
import unittest

import tap
from cli import XRAY, Desk

PINS = {'Kay Keeper': '481516', 'Olga Operator': '162342', 'Ari Approver': 'a longer one 9'}
KAY, OLGA, ARI = PINS
SEEN = 'A chest with a rounded shadow'


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()
        self.add(None, KAY, 'keeper')
        self.add(KAY, OLGA, 'operator')
        self.add(KAY, ARI, 'approver', '--second', OLGA, '--second-pin-file', self.pin(OLGA))

    def pin(self, name):
        path = self.desk.folder / f'pin-{name.split()[0]}'
        path.touch(0o600)
        path.write_text(PINS[name] + '\n')
        return path

    def call(self, user, *arguments):
        who = ['--user', user, '--pin-file', self.pin(user)] if user else []
        return self.desk.call(*arguments, *who)

    def add(self, user, name, roles, *more):
        self.call(user, 'user', 'add', '--name', name, '--roles', roles, '--new-pin-file',
                  self.pin(name), *more)

    def test_everything_that_is_bound_is_shown(self):
        answers = self.desk.answers('internal-meeting', 'anonymised', known_to_audience='yes')
        arguments = self.desk.release_arguments(
            XRAY, self.desk.out / 'a.png', self.person, destination='internal-meeting',
            route='anonymised', answers=answers,
            more=['--alt', SEEN, '--crop', '0,46,512,500'])
        case = self.call(OLGA, 'case', 'park', *arguments[1:], '--reason',
                         'A colleague of the patient is in the meeting').json['id']
        request = self.call(ARI, 'case', 'show', case, '--reveal').json['request']
        self.assertEqual(request['alt'], SEEN)
        self.assertEqual(request['crop'], [0, 46, 512, 500])
        self.assertEqual(request['overlays_drawn'], [])


if __name__ == '__main__':
    tap.main()
