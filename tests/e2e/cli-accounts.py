#!/usr/bin/python3
"""Users, rights and the second person, as a department goes through it at the command line."""
import json
import os
import stat
import unittest

import tap
from cli import FORM, NUMBER, XRAY, Desk

STRIP = (0, 0, 512, 46)
KAY, OLGA, ARI = 'Kay Keeper', 'Olga Operator', 'Ari Approver'
PINS = {KAY: '481516', OLGA: '162342', ARI: 'a longer one 9'}


class Accounts(unittest.TestCase):
    def setUp(self):
        self.desk = Desk()
        self.addCleanup(self.desk.close)
        self.desk.init()
        self.person = self.desk.add_person()
        self.desk.add_permission(self.person)

    def pin(self, name, mode=0o600):
        path = self.desk.folder / f'pin-{name.split()[0]}'
        path.touch(mode)
        path.write_text(PINS[name] + '\n')
        path.chmod(mode)
        return path

    def call(self, user, *arguments, **options):
        who = ['--user', user, '--pin-file', self.pin(user)] if user else []
        return self.desk.call(*arguments, *who, **options)

    def add(self, user, name, roles, second=None, *more):
        with_second = ['--second', second, '--second-pin-file', self.pin(second)] if second else []
        return self.call(user, 'user', 'add', '--name', name, '--roles', roles, '--new-pin-file',
                         self.pin(name), *with_second, *more).json

    def add_three(self):
        self.add(None, KAY, 'keeper,auditor')
        self.add(KAY, OLGA, 'operator')
        return self.add(KAY, ARI, 'approver', OLGA, '--authority', 'consultant')

    def ask(self, verb, **changed):
        """Arguments of a release that row 8 wants a second person for."""
        answers = self.desk.answers('internal-meeting', 'anonymised',
                                    **{'known_to_audience': 'yes'} | changed)
        arguments = self.desk.release_arguments(
            XRAY, self.desk.out / 'picture.png', self.person, destination='internal-meeting',
            route='anonymised', boxes=[STRIP], answers=answers)
        return [*verb, *arguments[1:]]

    def test_without_users(self):
        self.assertEqual(self.call(None, 'user', 'list').json, [])
        refused = self.call(None, *self.ask(['release']), status=3)
        self.assertEqual([each['rule'] for each in refused.json], ['row-8'])
        self.assertIn('no second user yet', refused.json[0]['reason'])
        self.call(None, *self.ask(['case', 'park']), '--reason', 'Is this fit to be shown?',
                  status=3)

    def test_making_users(self):
        ari = self.add_three()
        self.assertEqual((ari['roles'], ari['authority']), ('approver', 'consultant'))
        self.call(None, 'person', 'find', NUMBER, status=3)
        self.call(KAY, 'person', 'find', NUMBER)
        self.call(KAY, 'user', 'change', OLGA, '--roles', 'operator,approver', status=3)
        self.call(OLGA, 'user', 'change', OLGA, '--roles', 'keeper', '--second', KAY,
                  '--second-pin-file', self.pin(KAY), status=3)
        self.call(KAY, 'user', 'change', OLGA, '--roles', 'operator,auditor', '--second', ARI,
                  '--second-pin-file', self.pin(ARI))
        listed = {each['name']: each['roles'] for each in self.call(OLGA, 'user', 'list').json}
        self.assertEqual(listed, {KAY: 'auditor,keeper', OLGA: 'auditor,operator', ARI: 'approver'})
        for text in PINS.values():
            self.assertNotIn(text, json.dumps(self.call(KAY, 'ledger', 'show').json))
        self.call(KAY, 'ledger', 'verify')

    def test_guidance_is_the_keepers(self):
        self.add_three()
        pdf = self.desk.folder / 'policy.pdf'
        pdf.write_text(FORM)
        self.call(OLGA, 'guidance', 'add', pdf, '--title', 'Policy 7', status=3)
        kept = self.call(KAY, 'guidance', 'add', pdf, '--title', 'Policy 7').json['id']
        self.call(OLGA, 'guidance', 'remove', kept, status=3)
        self.call(OLGA, 'guidance', 'export', kept, self.desk.out / 'policy.pdf')
        self.call(KAY, 'guidance', 'remove', kept)

    def test_pins(self):
        self.add(None, KAY, 'keeper')
        open_to_all = self.call(None, 'user', 'list', '--user', KAY, '--pin-file',
                                self.pin(KAY, 0o644), status=4)
        self.assertIn('chmod', open_to_all.errors)
        PINS[KAY], right = '999333', PINS[KAY]
        self.addCleanup(PINS.__setitem__, KAY, right)
        wrong = self.call(KAY, 'user', 'list', status=3).errors
        PINS[KAY] = right
        PINS['Nobody Here'] = '999333'
        self.assertEqual(wrong, self.call('Nobody Here', 'user', 'list', status=3).errors)
        new = self.desk.folder / 'new'
        new.touch(0o600)
        new.write_text('271828')
        self.call(None, 'user', 'change-pin', '--user', KAY, '--pin-file', self.pin(KAY),
                  '--new-pin-file', new)
        self.call(KAY, 'user', 'list', status=3)
        PINS[KAY] = '271828'
        self.call(KAY, 'user', 'list')

    def test_ask_the_guardian(self):
        ari = self.add_three()
        self.call(KAY, *self.ask(['release']), status=3)
        self.call(OLGA, *self.ask(['release']), status=3)
        parked = self.call(OLGA, *self.ask(['case', 'park']), '--reason',
                           'A colleague of the patient is in the meeting').json
        self.assertEqual((parked['state'], parked['refused_by']), ('waiting', 'row-8'))
        self.assertIsNone(parked['request'])
        self.call(KAY, 'case', 'decide', parked['id'], '--approve', status=3)
        seen = self.call(ARI, 'case', 'show', parked['id'], '--reveal').json
        self.assertEqual(seen['request']['answers']['known-to-audience'], 'yes')
        self.assertEqual(seen['parked_by'], OLGA)
        self.call(ARI, 'case', 'list')
        told = {(each['kind'], each['view'], each['person']) for each in
                self.call(KAY, 'look-ups', 'list').json if each['user'] in (ARI, ari['id'])}
        self.assertEqual(told, {('view', 'waiting', None), ('opened', None, self.person)})
        self.call(ARI, 'case', 'decide', parked['id'], '--approve', '--words', 'it can be shown')
        self.assertEqual(self.call(ARI, 'case', 'list', '--state', 'waiting').json, [])
        # Another answer is another release; the one that was parked passes.
        self.call(OLGA, *self.ask(['release'], why_share='Quite another reason than before'),
                  status=3)
        done = self.call(OLGA, *self.ask(['release'])).json
        row = next(each for each in self.call(KAY, 'ledger', 'show').json
                   if each['kind'] == 'second')
        self.assertEqual(done['receipt']['second_person'], row['id'])
        self.assertEqual(row['body']['decision'], 'approve')

    def test_declined_and_taken_back(self):
        self.add_three()
        why = 'A colleague of the patient is in the meeting'
        first = self.call(OLGA, *self.ask(['case', 'park']), '--reason', why).json
        self.call(ARI, 'case', 'decide', first['id'], '--decline', '--words', 'ask her first')
        self.call(OLGA, *self.ask(['release']), status=3)
        told = self.call(OLGA, 'case', 'show', first['id'], '--reveal').json
        self.assertEqual((told['state'], told['words']), ('declined', 'ask her first'))
        second = self.call(OLGA, *self.ask(['case', 'park']), '--reason', why).json
        self.call(OLGA, 'case', 'take-back', second['id'])
        self.call(ARI, 'case', 'decide', second['id'], '--approve', status=1)
        self.call(OLGA, *self.ask(['release']), status=3)

    def test_department(self):
        """The site's configuration names the register; there is no keyring to enrol in here."""
        settings = self.desk.home / '.config' / 'imprimatur'
        settings.mkdir(parents=True)
        (settings / 'site.conf').write_text(f'[register]\npath={self.desk.register}\n')
        unnamed = ['env', '-u', 'IMPRIMATUR_REGISTER']
        found = self.call(None, 'person', 'find', NUMBER, wrap=unnamed).json
        self.assertEqual([each['id'] for each in found], [self.person])
        (settings / 'site.conf').write_text('[register]\npath=../../elsewhere.db\n')
        self.call(None, 'person', 'find', NUMBER, wrap=unnamed, status=4)
        self.call(None, 'register', 'enrol', status=4)

    def test_nothing_is_open_to_others(self):
        self.add(None, KAY, 'keeper')
        for path in self.desk.folder.glob('register.db*'):
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode) & 0o077, 0, path.name)


if __name__ == '__main__':
    tap.main()
