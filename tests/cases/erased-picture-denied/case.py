#!/usr/bin/python3
"""After an erasure a search by picture denied the very file that left, while the ledger, and a receipt
checked against it, still knew its hash."""
import unittest

import tap
from cli import XRAY, Desk, NUMBER


class Case(unittest.TestCase):
    def test_the_very_file_of_an_erased_person(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        person = desk.add_person()
        permission = desk.call('permission', 'add', '--person', person, '--level', 'teaching-closed',
                               '--evidence', 'signed-paper').json['id']
        target = desk.out / 'a.png'
        export = desk.call(*desk.release_arguments(
            XRAY, target, person, boxes=[(0, 0, 512, 46)],
            more=('--permission', permission))).json['ledger_id']
        desk.call('person', 'erase', person)
        found = desk.call('ledger', 'find-image', target)
        copy, = found.json
        self.assertEqual((copy['export'], copy['exact'], copy['sha256'], copy['takedown']),
                         (export, True, None, 'erasure'))
        for word in (NUMBER, 'EXAMPLE'):
            self.assertNotIn(word, found.text)
        look_up = [each['body'] for each in desk.call('ledger', 'show').json
                   if each['kind'] == 'look-up'][-1]
        self.assertEqual((look_up['hit'], look_up['found']), (True, [export]))
        self.assertEqual(desk.call('ledger', 'find-image', XRAY).json, [])


if __name__ == '__main__':
    tap.main()
