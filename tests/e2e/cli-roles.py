#!/usr/bin/python3
"""Every verb as every role, held against the table of docs/accounts.md (policy.md 5.9): who may not is
told so, and who may is not."""
import concurrent.futures
import datetime
import pathlib
import re
import unittest

import tap
from cli import NUMBER, XRAY, Desk

ROLES = ('operator', 'keeper', 'approver', 'auditor')
PINS = {'Olga Operator': '162342', 'Kay Keeper': '481516', 'Ari Approver': 'a longer one 9',
        'Audrey Auditor': '99887766'}
WHO = dict(zip(ROLES, PINS))
KAY, ARI = WHO['keeper'], WHO['approver']
DOC = pathlib.Path(__file__).resolve().parents[2] / 'docs' / 'accounts.md'
# What is said to who may not: by the gate, or by the schema where a front end did not ask.
REFUSED = re.compile(r'Your role does not allow this|sign in as an? (operator or )?keeper')
TODAY = datetime.date.today()
# What each of these verbs is tried on: a permission in force, where nothing else is said.
SPARE = {'permission offer': ('--draft',), 'permission activate': ('--offered',),
         'permission refuse': ('--offered',), 'permission mistake REFUSAL': ('--refused',),
         **{f'permission {verb}': () for verb in ('withdraw', 'review', 'suspend', 'expire',
                                                  'supersede', 'mistake')}}

# These say so of what they are given here.
USAGE_IS_FINE = {'person file-refusal'}


def read_table():
    """Each verb's roles, and the verbs for which nobody signs in."""
    text = DOC.read_text()
    table = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip('|').split('|')]
        if len(cells) != 6 or not cells[5].startswith('`'):
            continue
        if not set(cells[1:5]) <= {'', 'yes'}:
            raise AssertionError(line)
        for verb in re.findall(r'`([^`]+)`', cells[5]):
            if verb in table:
                raise AssertionError(f'{verb} stands there twice')
            table[verb] = {role for role, cell in zip(ROLES, cells[1:5]) if cell}
    free = re.search(r'^Without signing in: (.+)$', text, re.M).group(1)
    return table, set(re.findall(r'`([^`]+)`', free))


class Roles(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()
        self.permission = self.desk.add_permission(self.person)
        self.desk.release(XRAY, self.desk.out / 'a.png', self.person, boxes=[(0, 0, 512, 46)])
        self.export = self.desk.call('copies', 'list').json[0]['export']
        # One to end for each role, made while nobody has to sign in.
        self.spare = {verb: [self.permit(*options) for _ in ROLES] for verb, options in SPARE.items()}
        self.pdf = self.file('scan.pdf', '%PDF-1.4\n%%EOF\n')
        self.empty = self.file('empty.csv', '')
        self.add(None, 'keeper')
        self.add(KAY, 'operator')
        self.add(KAY, 'approver', '--second', WHO['operator'], '--second-pin-file',
                 self.pin(WHO['operator']))
        self.add(KAY, 'auditor', *self.second)

    @property
    def second(self):
        return ('--second', ARI, '--second-pin-file', self.pin(ARI))

    def file(self, name, text):
        path = self.desk.folder / name
        path.touch(0o600)
        path.write_text(text)
        return path

    def pin(self, name):
        return self.file(f'pin-{name.split()[0]}', PINS[name] + '\n')

    def call(self, user, *arguments, **options):
        who = ['--user', user, '--pin-file', self.pin(user)] if user else []
        return self.desk.call(*arguments, *who, **options)

    def add(self, user, role, *more):
        self.call(user, 'user', 'add', '--name', WHO[role], '--roles', role, '--new-pin-file',
                  self.pin(WHO[role]), *more)

    def permit(self, *options):
        proof = () if '--refused' in options else ('--evidence', 'signed-paper')
        return self.desk.call('permission', 'add', '--person', self.person, '--level',
                              'teaching-closed', *proof, *options).json['id']

    def release_arguments(self, *verb):
        return [*verb, XRAY, '--output', self.desk.out / 'b.png', '--destination', 'teaching-file',
                '--route', 'anonymised', '--person', 'unknown']

    def arguments(self, verb, role):
        """What comes after a verb: nothing that harms the next call, be it allowed or not."""
        person, permission, export = self.person, self.permission, self.export
        paper = ('--output', self.desk.folder / 'nowhere' / 'paper')
        nobody = 'w84gh3kbygjfxmm0jq0t'
        given = {
            'person find': (NUMBER,), 'person show': (person,),
            'permission list': ('--person', person), 'permission show': (permission,),
            'evidence list': (permission,), 'evidence show': (nobody,), 'view': ('expiring',),
            'guidance export': (nobody, self.desk.folder / 'nowhere' / 'x.pdf'),
            'policy check': (DOC.parents[1] / 'data' / 'policy' / 'uk-strict.json',), 'receipt pdf': (export, *paper),
            'form consent': paper, 'form withdrawal': paper,
            'permission add --refused': ('--person', person, '--level', 'teaching-closed'),
            'person object': (person,), 'person file-refusal': (person, XRAY),
            'user change-pin': ('--new-pin-file', self.pin(WHO[role])),
            'case show': (nobody,), 'case take-back': (nobody,),
            'person update': (person, '--from', self.file('note', '{"note": "Asked again"}')),
            'person add': ('--name', 'EXAMPLE^PERSON B'),
            'person alias': ('add', person, 'EXAMPLE^FORMER'),
            'person identifier': ('add', person, 'nowhere', '1'),
            'person capacity': (person, '--outcome', 'has', '--decision', 'use of pictures',
                                '--assessor', 'A consultant', '--assessed', TODAY.isoformat()),
            'permission add': ('--person', person, '--level', 'record-only', '--evidence', 'letter'),
            'permission renew': (permission, '--review',
                                 (TODAY + datetime.timedelta(days=90)).isoformat()),
            'evidence add': (permission, self.pdf), 'person copy': (person, *paper),
            'form consent --person': (person, *paper), 'form withdrawal --person': (person, *paper),
            'copies where': (export, '--name', 'A course'),
            'copies list --person': (person,), 'takedown letter': (export,),
            'export takedown-letter': (export, *paper), 'export case-file': (export, *paper),
            'ledger find-image': (XRAY,), 'policy what-if': ('uk-standard',),
            'register set': ('organisation', 'Example Hospital'), 'register export-csv': paper,
            'register import-csv': (self.empty, '--dry-run'),
            'register backup': (self.desk.folder / 'nowhere' / 'copy.db',),
            'register change-passphrase': ('--new-file', self.file('short', 'short')),
            'register accept-clock': self.second, 'fhir import': (self.empty, '--dry-run'),
            'permission fhir': (permission, *paper), 'person bundle': (person, *paper),
            'person erase': (person, '--exempt', 'no-such-reason'),
            'person end-exemption': (person, *self.second),
            'person unblock': ('H1', *self.second), 'person object --lift': (person,),
            'permission confirm': (permission,), 'retention purge': (person, *self.second),
            'scheme set': ('chi', '--title', 'CHI number'), 'scheme remove': ('chi',),
            'evidence export': (nobody, self.desk.folder / 'nowhere' / 'x.pdf'),
            'guidance add': (self.empty, '--title', 'Leaflet'), 'guidance remove': (nobody,),
            'policy use': ('uk-strict',), 'takedown chase': (export,), 'takedown done': (export,),
            'takedown cannot': (export, '--note', 'It is in print'),
            'takedown drop': (export, '--note', 'She agrees again'),
            'user add': ('--name', 'Someone Else', '--roles', 'operator', '--new-pin-file',
                         self.file('short', 'short'), *self.second),
            'user change': ('Nobody Here', '--roles', 'operator', *self.second),
            'user remove': ('Nobody Here', *self.second),
            'user reset-pin': ('Nobody Here', '--new-pin-file', self.file('short', 'short')),
            'case decide': (nobody, '--approve'),
        }
        if verb in ('release', 'case park'):
            more = ('--reason', 'Is this fit to be shown?') if verb == 'case park' else ()
            return [*self.release_arguments(*verb.split()), *more]
        if verb in SPARE:
            return [*verb.split()[:2], self.spare[verb][ROLES.index(role)]]
        return [*verb.split(), *given.get(verb, ())]

    def try_verb(self, role, verb):
        """Whether the role was what stood in the way; and what was said."""
        arguments = [*self.arguments(verb, role), '--user', WHO[role], '--pin-file', self.pin(WHO[role])]
        done = self.desk.run(*arguments)
        said = done.text + done.errors
        return bool(REFUSED.search(said)), said

    def try_roles(self, row):
        verb, roles = row
        wrong = []
        # Who may comes last, so that what is done stands in nobody's way.
        for role in sorted(ROLES, key=lambda each: each in roles):
            refused, said = self.try_verb(role, verb)
            # Where nobody is refused, what was wrong in the call would not show.
            misspelt = len(roles) == len(ROLES) and 'Usage: ' in said and verb not in USAGE_IS_FINE
            if refused == (role in roles) or misspelt:
                wrong.append(f'{verb} as {role}: {said.strip()}')
        return wrong

    def test_security_5_9_every_verb_as_every_role(self):
        table, free = read_table()
        listed = {match.group(1) for match in re.finditer(
            r'^  ((?:[a-z]+(?:-[a-z]+)*)(?: [a-z]+(?:-[a-z]+)*)?)(?= |$)',
            self.desk.call('--help').text, re.M)}
        self.assertGreater(len(listed), 90)
        told = {' '.join(verb.split()[:2]) for verb in table} | free
        self.assertEqual(listed - told, set(), 'verbs that the table lacks')
        self.assertEqual(told - listed, set(), 'verbs that are none')
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            wrong = [each for found in pool.map(self.try_roles, table.items()) for each in found]
        self.assertEqual(wrong, [])


if __name__ == '__main__':
    tap.main()
