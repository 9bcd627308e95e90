#!/usr/bin/python3
"""Every verb as every role, held against the table of docs/accounts.md (policy.md 5.9): who may not is
told so, and who may is not."""
import datetime
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import tap
from cli import FORM, NUMBER, XRAY, Desk, Failed

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

# What stops who may, of what they are given here: it is the next thing that is looked at.
NO_FOLDER, NONE_SUCH = "The target's folder does not exist", 'There is no such parked case'
NO_EVIDENCE, NO_GUIDANCE = 'This evidence is not in', 'This guidance is not in the register'
SAYS = {
    **{verb: NO_FOLDER for verb in (
        'register csv-template', 'receipt pdf', 'form consent', 'form withdrawal', 'person copy',
        'form consent --person', 'form withdrawal --person', 'export takedown-letter',
        'export case-file', 'register export-csv', 'register backup', 'permission fhir',
        'person bundle')},
    'evidence show': NO_EVIDENCE, 'evidence export': NO_EVIDENCE,
    'guidance export': NO_GUIDANCE, 'guidance remove': NO_GUIDANCE,
    'guidance add': 'This file is empty',
    'person file-refusal': 'says nothing against its being passed on',
    'person identifier': 'There is no such kind of number',
    'register enrol': 'This session has no keyring',
    'case show': NONE_SUCH, 'case take-back': NONE_SUCH, 'case decide': NONE_SUCH,
    'session show': 'There is no such session', 'session release': 'There is no such session',
    'teaching edit': 'There is no such case', 'teaching add': 'There is no such case',
    'teaching take-out': 'There is no such case', 'teaching show': 'There is no such case',
    'teaching export': 'There is no such session', 'template export': NO_FOLDER,
    'template import': 'holds no templates of scanners', 'template remove': 'Nothing is remembered under',
    'release': 'question:why-share', 'case park': 'No rule asks for a second person',
    'register import-csv': 'The file is empty', 'fhir import': 'not one FHIR resource',
    'register change-passphrase': 'The passphrase is too short',
    'register accept-clock': 'This takes two people',
    'person erase': 'Say why the record is kept',
    'person end-exemption': 'not kept for a reason of the law',
    'person unblock': 'Nothing is blocked for this number',
    'permission confirm': 'cannot become', 'retention purge': 'not due yet',
    'takedown cannot': 'recorded as removed', 'takedown drop': 'Nobody has asked',
    'user change-pin': 'The PIN is too short', 'user add': 'The PIN is too short',
    'user change': 'no such user', 'user remove': 'no such user', 'user reset-pin': 'no such user',
}


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


class Sitting:
    """One user at the command line, signed in once (sitting.c); or nobody, where there are no users."""

    def __init__(self, desk, user=None, pin=None):
        self.errors = tempfile.TemporaryFile('w+', encoding='utf-8', dir=desk.folder)
        self.process = subprocess.Popen(
            [os.environ['IMP_SITTING']], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self.errors, text=True, env=desk.environment)
        self.who = ['--user', user, '--pin-file', pin] if user else []
        self.read = 0

    def close(self):
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()
        self.errors.close()

    def run(self, *arguments):
        """The exit status of a verb, its answer, and what was said beside it."""
        line = ['imprimatur-cli', *map(str, arguments), *map(str, self.who), '--json']
        self.process.stdin.write('\t'.join(line) + '\n')
        self.process.stdin.flush()
        said = []
        while not (said and said[-1].startswith('exit ')):
            said.append(self.process.stdout.readline())
            if not said[-1]:
                raise Failed(f'{arguments[:2]} ended the sitting')
        self.errors.seek(self.read)
        told = self.errors.read()
        self.read = self.errors.tell()
        return int(said[-1].split()[1]), ''.join(said[:-1]), told


class Roles(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()
        self.permission = self.desk.add_permission(self.person)
        self.desk.release(XRAY, self.desk.out / 'a.png', self.person, boxes=[(0, 0, 512, 46)])
        self.export = self.desk.call('copies', 'list').json[0]['export']
        # One to end for each role, made while nobody has to sign in.
        nobody = Sitting(self.desk)
        self.spare = {verb: [self.permit(nobody, *options) for _ in ROLES]
                      for verb, options in SPARE.items()}
        nobody.close()
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

    def permit(self, sitting, *options):
        proof = () if '--refused' in options else ('--evidence', 'signed-paper')
        status, answer, said = sitting.run('permission', 'add', '--person', self.person, '--level',
                                           'teaching-closed', *proof, *options)
        self.assertEqual(status, 0, said)
        return json.loads(answer)['id']

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
            'register csv-template': paper, 'form consent': paper, 'form withdrawal': paper,
            'permission add --refused': ('--person', person, '--level', 'teaching-closed'),
            'person object': (person,), 'person file-refusal': (person, XRAY),
            'session new': (XRAY, '--title', f'Session of {role}'), 'session show': (nobody,), 'session release': (nobody, '--rehearse'),
            'teaching new': ('--from', self.file('case', '{"title": "A coin"}')),
            'teaching edit': ('TF-9999', '--from', self.file('case', '{"title": "A coin"}')),
            'teaching add': ('TF-9999', '--session', nobody, '--image', '1'),
            'teaching take-out': ('TF-9999', '--session', nobody, '--image', '1'),
            'teaching search': ('coin',), 'teaching show': ('TF-9999',),
            'teaching export': (nobody, '--output', self.desk.folder),
            'template export': (self.desk.folder / 'nowhere' / 'x.json',),
            'template import': (self.empty,), 'template remove': (nobody,),
            'user change-pin': ('--new-pin-file', self.file('short', 'short')),
            'case show': (nobody,), 'case take-back': (nobody,),
            'person update': (person, '--from', self.file('note', '{"note": "Asked again"}')),
            'person add': ('--name', 'EXAMPLE^PERSON B'),
            'person alias': ('add', person, f'EXAMPLE^{role.upper()}'),
            'person identifier': ('add', person, 'nowhere', '1'),
            'person capacity': (person, '--outcome', 'has', '--decision', 'use of pictures',
                                '--assessor', 'A consultant', '--assessed', TODAY.isoformat()),
            'permission add': ('--person', person, '--level', 'record-only', '--evidence', 'letter'),
            'permission renew': (permission, '--review',
                                 (TODAY + datetime.timedelta(days=90)).isoformat()),
            'evidence add': (permission, self.file(f'{role}.pdf', f'{FORM}%{role}\n')), 'person copy': (person, *paper),
            'form consent --person': (person, *paper), 'form withdrawal --person': (person, *paper),
            'copies where': (export, '--name', 'A course'),
            'copies list --person': (person,), 'takedown letter': (export,),
            'export takedown-letter': (export, *paper), 'export case-file': (export, *paper),
            'ledger find-image': (XRAY,), 'policy what-if': ('uk-standard',),
            'register set': ('organisation', 'Example Hospital'), 'register export-csv': paper,
            'register import-csv': (self.empty, '--dry-run'),
            'register backup': (self.desk.folder / 'nowhere' / 'copy.db',),
            'register change-passphrase': ('--new-file', self.file('short', 'short')),
            'fhir import': (self.empty, '--dry-run'),
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

    def try_roles(self, sittings, verb, roles):
        wrong = []
        # Who may comes last, so that what is done stands in nobody's way.
        for role in sorted(ROLES, key=lambda each: each in roles):
            status, answer, told = sittings[role].run(*self.arguments(verb, role))
            said = answer + told
            refused = status != 0 and bool(REFUSED.search(said))
            if role in roles:
                fine = SAYS[verb] in said and status != 0 if verb in SAYS else status == 0
            else:
                fine = refused
            if not fine:
                wrong.append(f'{verb} as {role}: {status} {said.strip()}')
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
        sittings = {role: Sitting(self.desk, WHO[role], self.pin(WHO[role])) for role in ROLES}
        for sitting in sittings.values():
            self.addCleanup(sitting.close)
        wrong = [each for verb, roles in table.items()
                 for each in self.try_roles(sittings, verb, roles)]
        if wrong:
            self.fail('\n'.join(wrong))


if __name__ == '__main__':
    tap.main()
