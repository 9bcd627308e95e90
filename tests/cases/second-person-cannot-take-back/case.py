#!/usr/bin/python3
"""A second person's yes could not be taken back, though docs/accounts.md says that a later no does:
the case no longer waited, and no new one could be parked. A no was no longer heard, either, once
who had said it lost the role."""
import unittest

import tap
from cli import XRAY, Desk

STRIP = (0, 0, 512, 46)
PINS = {'Kay Keeper': '481516', 'Olga Operator': '162342', 'Ari Approver': 'a longer one 9',
        'Bea Approver': '99887766'}
KAY, OLGA, ARI, BEA = PINS


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()
        self.add(None, KAY, 'keeper')
        self.add(KAY, OLGA, 'operator')
        self.add(KAY, ARI, 'approver', '--second', OLGA, '--second-pin-file', self.pin(OLGA))
        self.add(KAY, BEA, 'approver', '--second', ARI, '--second-pin-file', self.pin(ARI))
        self.case = self.call(OLGA, *self.ask('case', 'park'), '--reason',
                              'A colleague of the patient is in the meeting').json['id']

    def pin(self, name):
        path = self.desk.folder / f'pin-{name.split()[0]}'
        path.touch(0o600)
        path.write_text(PINS[name] + '\n')
        return path

    def call(self, user, *arguments, **options):
        who = ['--user', user, '--pin-file', self.pin(user)] if user else []
        return self.desk.call(*arguments, *who, **options)

    def add(self, user, name, roles, *more):
        self.call(user, 'user', 'add', '--name', name, '--roles', roles, '--new-pin-file',
                  self.pin(name), *more)

    def ask(self, *verb):
        """What row 8 wants a second person for."""
        answers = self.desk.answers('internal-meeting', 'anonymised', known_to_audience='yes')
        target = self.desk.out / f'{len(list(self.desk.out.iterdir()))}.png'
        arguments = self.desk.release_arguments(
            XRAY, target, self.person, destination='internal-meeting', route='anonymised',
            boxes=[STRIP], answers=answers)
        return [*verb, *arguments[1:]]

    def release(self, status=0):
        answer = self.call(OLGA, *self.ask('release'), status=status)
        if status:
            self.assertEqual([each['rule'] for each in answer.json], ['row-8'])

    def decide(self, user, how, status=0):
        self.call(user, 'case', 'decide', self.case, how, status=status)

    def test_taken_back_by_who_said_it(self):
        self.decide(ARI, '--approve')
        self.release()
        self.decide(ARI, '--decline')
        self.release(3)
        self.decide(ARI, '--approve', status=1)
        shown = self.call(OLGA, 'case', 'show', self.case).json
        self.assertEqual(shown['state'], 'declined')
        # Asked again, and agreed to again.
        self.case = self.call(OLGA, *self.ask('case', 'park'), '--reason',
                              'The colleague has left the room meanwhile').json['id']
        self.decide(BEA, '--approve')
        self.release()

    def test_taken_back_by_another_who_then_goes(self):
        self.decide(ARI, '--approve')
        self.decide(BEA, '--decline')
        self.release(3)
        self.call(KAY, 'user', 'remove', BEA, '--second', ARI, '--second-pin-file', self.pin(ARI))
        self.release(3)


if __name__ == '__main__':
    tap.main()
