#!/usr/bin/python3
"""The bundle for a request of access said that it was everything, and left out the free text: answers,
caption, alternative text, the words of a takedown, and the witness's post."""
import json
import subprocess
import unittest

import tap
from cli import XRAY, Desk

STRIP = (0, 0, 512, 46)


class Case(unittest.TestCase):
    def test_said(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        person = desk.add_person()
        desk.call('permission', 'add', '--from', '-', input=json.dumps({
            'person': person, 'level': 'research-study', 'scope': 'Lung study',
            'destination': 'research', 'given_by': 'patient', 'given': '2026-01-05',
            'evidence': 'verbal-with-witness', 'witness_name': 'WITNESS^EXAMPLE',
            'witness_role': 'said-zq1w', 'wording_version': '2'}))
        answers = desk.answers('research', 'consent', destination_name='Lung study',
                               why_share='Because it is said-zq2w', ethics_reference='said-zq3w')
        desk.call(*desk.release_arguments(XRAY, desk.out / 'one.png', person, destination='research',
                                          route='consent', boxes=[STRIP], answers=answers),
                  '--caption', 'Lung said-zqiv', '--alt', 'Shadow said-zqv')
        export = desk.call('copies', 'list').json[0]['export']
        desk.call('person', 'object', person, '--note', 'said-zq6w')
        desk.call('takedown', 'chase', export, '--how', 'said-zq7w')
        desk.call('takedown', 'cannot', export, '--note', 'said-zq8w')
        bundle = desk.out / 'bundle.pdf'
        desk.call('person', 'bundle', person, '--output', bundle)
        text = subprocess.run(['pdftotext', '-layout', bundle, '-'], check=True, text=True,
                              stdout=subprocess.PIPE).stdout
        for said in ('zq1w', 'zq2w', 'zq3w', 'zqiv', 'zqv', 'zq6w', 'zq7w', 'zq8w'):
            self.assertIn(f'said-{said}', text)


if __name__ == '__main__':
    tap.main()
