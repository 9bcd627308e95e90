#!/usr/bin/python3
"""A Consent of another system that is active may say no: its policy rule is OPTOUT or NOCONSENT, or
nobody verified it. It came in as a permission in force; without evidence, and yet a yes."""
import json
import unittest

import tap
from cli import NUMBER, Desk

ACTS = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'


class Case(unittest.TestCase):
    def take(self, **changes):
        """What the register has of the Consent: its state."""
        desk = Desk().init()
        self.addCleanup(desk.close)
        desk.add_person(nhs='9434765919')
        consent = {
            'resourceType': 'Consent', 'status': 'active',
            'scope': {'coding': [{'system': 'http://terminology.hl7.org/CodeSystem/consentscope',
                                  'code': 'patient-privacy'}]},
            'category': [{'coding': [{'system': 'http://loinc.org', 'code': '59284-0'}]}],
            'patient': {'identifier': {'system': 'https://fhir.nhs.uk/Id/nhs-number',
                                       'value': '9434765919'}},
            'performer': [{'reference': 'Patient/1'}], 'dateTime': '2026-03-01',
            'policy': [{'uri': 'https://example.org/policy'}],
            'provision': {'purpose': [{
                'system': 'http://terminology.hl7.org/CodeSystem/v3-ActReason', 'code': 'TRAIN'}]},
        }
        consent['provision'] |= changes.pop('provision', {})
        file = desk.folder / 'consent.json'
        file.write_text(json.dumps(consent | changes))
        desk.call('fhir', 'import', file)
        return desk.call('permission', 'list', '--person', NUMBER).json[0]['state']

    @staticmethod
    def rule(*codes):
        return {'coding': [{'system': ACTS, 'code': code} for code in codes]}

    def test_a_no_is_a_no(self):
        for code in ('NOCONSENT', 'OPTOUT', 'OPTOUTE'):
            self.assertEqual(self.take(policyRule=self.rule(code)), 'refused')
        self.assertEqual(self.take(policyRule=self.rule('OPTIN', 'OPTOUT')), 'refused')
        self.assertEqual(self.take(policyRule=self.rule('OPTIN'), provision={'type': 'deny'}),
                         'refused')

    def test_a_yes_is_said(self):
        self.assertEqual(self.take(policyRule=self.rule('OPTIN')), 'active')
        self.assertEqual(self.take(provision={'type': 'permit'}), 'active')
        self.assertEqual(self.take(policyRule=self.rule('OPTIN'),
                                   verification=[{'verified': True}]), 'active')

    def test_in_doubt_it_waits(self):
        self.assertEqual(self.take(), 'suspended')
        self.assertEqual(self.take(policyRule=self.rule('hipaa-auth')), 'suspended')
        self.assertEqual(self.take(policyRule={'text': 'OPTIN'}), 'suspended')
        self.assertEqual(self.take(policyRule=self.rule('OPTIN'),
                                   verification=[{'verified': True}, {'verified': False}]),
                         'suspended')


if __name__ == '__main__':
    tap.main()
