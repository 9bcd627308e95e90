#!/usr/bin/python3
"""A second person's yes answered every rule that asks for one, also those that nobody had asked
about: the digest held the answers, not what the register said, and the register had learned since
that the patient had died."""
import json
import unittest

import tap
from cli import XRAY, Desk

STRIP = (0, 0, 512, 46)
PINS = {'Kay Keeper': '481516', 'Olga Operator': '162342', 'Ari Approver': 'a longer one 9'}
KAY, OLGA, ARI = PINS


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()
        self.desk.call('permission', 'add', '--person', self.person, '--level', 'teaching-closed',
                       '--evidence', 'signed-paper', '--given', '2026-01-05', '--given-by',
                       'attorney-or-deputy', '--giver-note', 'daughter, the deed was seen',
                       '--capacity', 'lacks', '--decision', 'pictures for teaching', '--assessor',
                       'Dr Example', '--assessed', '2026-01-02')
        self.add(None, KAY, 'keeper')
        self.add(KAY, OLGA, 'operator')
        self.add(KAY, ARI, 'approver', '--second', OLGA, '--second-pin-file', self.pin(OLGA))

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
        target = self.desk.out / f'{len(list(self.desk.out.iterdir()))}.png'
        arguments = self.desk.release_arguments(XRAY, target, self.person, boxes=[STRIP])
        return [*verb, *arguments[1:]]

    def release(self, status=0):
        answer = self.call(OLGA, *self.ask('release'), status=status)
        return sorted(each['rule'] for each in answer.json) if status else None

    def agree(self):
        case = self.call(OLGA, *self.ask('case', 'park'), '--reason',
                         'The attorney agreed to it').json['id']
        self.call(ARI, 'case', 'decide', case, '--approve')

    def learn(self, **fields):
        self.call(KAY, 'person', 'update', self.person, '--from', '-', input=json.dumps(fields))

    def test_the_register_learns_of_the_death(self):
        self.assertEqual(self.release(3), ['row-29'])
        self.agree()
        self.release()
        self.learn(died='2026-06-01')
        self.assertEqual(self.release(3), ['row-29', 'row-32'])
        self.agree()
        self.release()

    def test_what_changes_nothing_leaves_the_yes(self):
        self.agree()
        self.learn(note='Came in by the night train')
        self.release()


if __name__ == '__main__':
    tap.main()
