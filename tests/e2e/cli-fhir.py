#!/usr/bin/python3
"""Permissions as FHIR R4 Consent: what leaves is held against the facts of R4's structure
definitions, and what comes in is refused where it says more than a permission can keep."""
import copy
import json
import os
import stat
import unittest

import fhir_r4
import tap
from cli import Desk

LEVELS = {
    'record-only': ('patient-privacy', 'TREAT'), 'teaching-closed': ('patient-privacy', 'TRAIN'),
    'publication-named': ('patient-privacy', 'publication'),
    'publication-open-web': ('patient-privacy', 'open-web'),
    'social-media': ('patient-privacy', 'social-media'), 'research-study': ('research', 'HRESCH'),
    'research-area': ('research', 'HRESCH'),
}
NAMED = {'publication-named', 'social-media', 'research-study', 'research-area'}


class Fhir(unittest.TestCase):
    def setUp(self):
        self.desk = self.new_desk()
        self.desk.call('register', 'set', 'organisation', 'Example Hospital')
        self.person = self.desk.add_person(nhs='9434765919', born='1957-11-22')
        self.number = 0

    def new_desk(self):
        desk = Desk()
        self.addCleanup(desk.close)
        desk.init()
        return desk

    def add(self, *more, level='teaching-closed', person=None):
        scope = ('--scope', 'Example 1') if level in NAMED else ()
        return self.desk.call('permission', 'add', '--person', person or self.person, '--level',
                              level, '--given', '2026-01-05', *scope, *more).json['id']

    def write(self, *which, desk=None):
        self.number += 1
        path = (desk or self.desk).out / f'{self.number}.json'
        (desk or self.desk).call('permission', 'fhir', *which, '--output', path)
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        resource = json.loads(path.read_text())
        self.assertEqual(fhir_r4.check(resource), [])
        return resource

    def take_in(self, resource, *options, status=0, desk=None):
        desk = desk or self.desk
        path = desk.folder / 'in.json'
        path.write_text(resource if isinstance(resource, str) else json.dumps(resource))
        return desk.call('fhir', 'import', path, *options, status=status)

    def test_the_checker_looks(self):
        good = self.write(self.add('--evidence', 'letter'))
        for change in (lambda r: r.pop('status'), lambda r: r.update(status='granted'),
                       lambda r: r.pop('scope'), lambda r: r.update(category=[]),
                       lambda r: r.pop('policy'), lambda r: r.update(subject=r.pop('patient')),
                       lambda r: r['verification'][0].pop('verified'),
                       lambda r: r['provision'].update(type='permit'),
                       lambda r: r.update(dateTime='5 January 2026'),
                       lambda r: r['contained'][0].update(id='other'),
                       lambda r: r['scope']['coding'][0].update(code='social')):
            bad = copy.deepcopy(good)
            change(bad)
            self.assertTrue(fhir_r4.check(bad), bad)

    def test_every_level(self):
        for level, (scope, purpose) in LEVELS.items():
            consent = self.write(self.add(level=level))
            self.assertEqual(consent['scope']['coding'][0]['code'], scope)
            self.assertEqual(consent['provision']['purpose'][0]['code'], purpose)
            self.assertIn(level, [c['coding'][0]['code'] for c in consent['category']])

    def test_every_state(self):
        """policy.md 4: Offered, Refused, Withdrawn and Expired have words of their own."""
        withdrawn = self.add()
        self.desk.call('permission', 'withdraw', withdrawn)
        cases = {self.add(): ('active', None), self.add('--refused'): ('rejected', None),
                 withdrawn: ('inactive', 'withdrawn'),
                 self.add('--expires', '2026-02-01'): ('inactive', 'expired'),
                 self.add('--review', '2026-02-01'): ('active', None)}
        for permission, (status, reason) in cases.items():
            consent = self.write(permission)
            reasons = [e['valueCode'] for e in consent['extension']
                       if e['url'].endswith('/inactive-reason')]
            self.assertEqual((consent['status'], reasons), (status, [reason] if reason else []))

    def test_elements(self):
        consent = self.write(self.add('--evidence', 'signed-paper', '--expires', '2031-01-05',
                                      '--valid-from', '2026-01-09'))
        patient = consent['contained'][0]
        self.assertEqual(patient['birthDate'], '1957-11-22')
        self.assertIn({'system': 'https://fhir.nhs.uk/Id/nhs-number', 'value': '9434765919'},
                      patient['identifier'])
        self.assertEqual(consent['dateTime'], '2026-01-05')
        self.assertEqual(consent['organization'], [{'display': 'Example Hospital'}])
        self.assertEqual(consent['performer'], [{'reference': '#patient'}])
        self.assertTrue(consent['policy'][0]['uri'].endswith('/policy/uk-strict'))
        self.assertEqual(consent['verification'],
                         [{'verified': True, 'verifiedWith': {'reference': '#patient'},
                           'verificationDate': '2026-01-05'}])
        self.assertEqual(consent['provision']['period'],
                         {'start': '2026-01-09', 'end': '2031-01-05'})
        mother = self.write(self.add('--given-by', 'parental-responsibility', '--giver-note',
                                     'mother, seen with the child'))
        self.assertEqual(mother['performer'], [{'reference': '#giver'}])
        self.assertEqual(mother['contained'][1]['resourceType'], 'RelatedPerson')

    def test_there_and_back(self):
        for level in LEVELS:
            self.add('--evidence', 'letter', '--identifiable', '--wording', 'v3 "é"', level=level)
        self.desk.call('permission', 'withdraw', self.add(), '--by', 'patient', '--channel', 'phone')
        self.add('--refused')
        bundle = self.write('--person', self.person)
        self.assertEqual((bundle['type'], len(bundle['entry'])), ('collection', 9))
        other = self.new_desk()
        dry = self.take_in(bundle, '--dry-run', desk=other).json
        self.assertEqual((dry['applied'], dry['permissions']), (False, 9))
        done = self.take_in(bundle, desk=other).json
        self.assertEqual((done['applied'], done['people'], done['permissions']), (True, 1, 9))
        made_here = {'id', 'person', 'withdrawn'}

        def plain(desk):
            rows = desk.call('permission', 'list', '--person', 'H204417', '--reveal').json
            return sorted(json.dumps({k: v for k, v in row.items() if k not in made_here},
                                     sort_keys=True) for row in rows)

        self.assertEqual(plain(other), plain(self.desk))
        again = self.take_in(bundle).json
        self.assertEqual((again['permissions'], again['unchanged']), (0, 9))
        self.write('--person', 'H204417', desk=other)

    def foreign(self, **changes):
        return {
            'resourceType': 'Consent', 'status': 'active',
            'scope': {'coding': [{'system': 'http://terminology.hl7.org/CodeSystem/consentscope',
                                  'code': 'patient-privacy'}]},
            'category': [{'coding': [{'system': 'http://loinc.org', 'code': '59284-0'}]}],
            'patient': {'identifier': {'system': 'https://fhir.nhs.uk/Id/nhs-number',
                                       'value': '9434765919'}},
            'performer': [{'reference': 'Patient/1'}], 'dateTime': '2026-03-01T10:00:00Z',
            'policy': [{'uri': 'https://example.org/policy'}],
            'policyRule': {'coding': [{
                'system': 'http://terminology.hl7.org/CodeSystem/v3-ActCode', 'code': 'OPTIN',
                'display': 'opt-in'}]},
            'provision': {'purpose': [{
                'system': 'http://terminology.hl7.org/CodeSystem/v3-ActReason', 'code': 'TRAIN'}]},
        } | changes

    def test_of_others(self):
        self.assertEqual(fhir_r4.check(self.foreign()), ['Consent.scope.coding: the code system has '
                         'another code or display', 'Consent.category.coding: the code system has '
                         'another code or display', 'Consent.provision.purpose: the code system has '
                         'another code or display'], 'it is R4, but for the displays left out')
        done = self.take_in(self.foreign()).json
        self.assertEqual((done['applied'], done['people'], done['permissions']), (True, 0, 1))
        given = self.desk.call('permission', 'list', '--person', 'H204417').json[0]
        self.assertEqual((given['level'], given['state'], given['evidence'], given['given']),
                         ('teaching-closed', 'active', None, '2026-03-01'))
        for changes, state in (({'status': 'rejected'}, 'refused'),
                               ({'status': 'inactive'}, 'suspended'),
                               ({'status': 'proposed', 'dateTime': '2026-03-02'}, 'offered')):
            self.take_in(self.foreign(**changes))
            self.assertEqual(self.desk.call('permission', 'list', '--person', 'H204417').json[0]
                             ['state'], state)

    def test_refused(self):
        own = self.write(self.add('--evidence', 'letter'))
        narrower = copy.deepcopy(self.foreign())
        narrower['provision']['provision'] = [{'type': 'deny'}]
        purposes = copy.deepcopy(self.foreign())
        purposes['provision']['purpose'] *= 2
        altered = copy.deepcopy(own) | {'status': 'inactive'}
        twice = json.dumps(self.foreign()).replace('"status"', '"status": "rejected", "status"', 1)
        cases = {
            'Consent.status': [self.foreign(status='granted'), altered],
            'Consent': [self.foreign(modifierExtension=[{'url': 'https://example.org/not'}]),
                        self.foreign(implicitRules='https://example.org/x'),
                        self.foreign(grantor=[{'display': 'R5'}])],
            'Consent.provision': [narrower], 'Consent.category': [purposes, self.foreign(category=[])],
            'Consent.policy': [self.foreign(policy=[], policyRule=None)],
            'Consent.patient': [self.foreign(patient={'reference': 'Patient/9'})],
            'Consent.performer': [self.foreign(performer=[{'display': 'somebody'}])],
            'Consent.dateTime': [self.foreign(dateTime='2026-03')],
            '': ['', '[]', 'null', '{', '\x00', twice, '[' * 100000, '{"a":' * 100000,
                 {'resourceType': 'Observation'}],
            'Bundle.entry': [{'resourceType': 'Bundle', 'type': 'collection'}],
        }
        for column, resources in cases.items():
            for resource in resources:
                with self.subTest(column, resource=str(resource)[:60]):
                    answer = self.take_in(resource, status=2)
                    self.assertEqual([p['column'] for p in answer.json['problems']], [column])
                    self.assertNotIn('9434765919', answer.text + answer.errors)
        mixed = {'resourceType': 'Bundle', 'type': 'collection', 'entry': [
            {'resource': self.foreign()}, {'resource': self.foreign(status='granted')}]}
        answer = self.take_in(mixed, status=2)
        self.assertEqual([p['row'] for p in answer.json['problems']], [2])
        self.assertEqual(len(self.desk.call('permission', 'list', '--person', 'H204417').json), 1)


if __name__ == '__main__':
    tap.main()
