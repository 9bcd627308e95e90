#!/usr/bin/python3
"""Finding people however they are spelt, the saved views, and the record of who looked."""
import datetime
import getpass
import json
import unittest

import tap
from cli import NUMBER, Desk

TODAY = datetime.date.today()


class Find(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()
        self.other = self.desk.add_person(number='H198820', name='SAMPLETON^CATHERINE',
                                          born='1984-10-02')

    def call(self, *arguments, **options):
        return self.desk.call(*arguments, **options)

    def permit(self, **fields):
        fields = {'person': self.person, 'level': 'teaching-closed', 'evidence': 'signed-paper',
                  'evidence_reference': 'folder 7', 'given': str(TODAY)} | fields
        return self.call('permission', 'add', '--from', '-', input=json.dumps(fields)).json['id']

    def view(self, name, *arguments):
        return self.call('view', name, *arguments).json

    def test_misspelt(self):
        for typed, match in (('kathryn sampelton', 'sounds-alike'), ('sanpleton', 'similar-spelling'),
                             ('H1988', 'number-begins'), ('2 Oct 1984', 'born'),
                             ('catherine', 'name'), ('sample', 'name-part')):
            found = self.call('person', 'find', '-', input=typed).json
            self.assertEqual([(each['id'], each['match']) for each in found], [(self.other, match)],
                             typed)
        self.assertEqual(self.call('person', 'find', 'nobody').json, [])

    def test_views(self):
        expiring = self.permit(expires=str(TODAY))
        missing = self.permit(level='record-only', evidence_reference=None)
        self.assertEqual([row['permission'] for row in self.view('expiring')['rows']], [expiring])
        self.assertEqual([row['permission'] for row in self.view('missing-evidence')['rows']],
                         [missing])
        consented = self.view('consented', '--limit', '1')
        self.assertEqual(len(consented['rows']), 1)
        self.assertEqual(consented['rows'][0]['number'], '••••••')
        more = self.view('consented', '--limit', '1', '--after', consented['next'])
        self.assertEqual({consented['rows'][0]['permission'], more['rows'][0]['permission']},
                         {expiring, missing})
        for name in ('withdrawn', 'coming-of-age', 'unplaced', 'published'):
            self.assertEqual(self.view(name), {'view': name, 'rows': [], 'next': None})
        self.call('view', 'waiting', status=3)  # there are no users
        self.call('view', 'everything', status=1)
        self.call('view', 'expiring', '--from', '2026-02-30', status=1)

    def test_who_looked(self):
        self.call('person', 'find', '-', input=NUMBER)
        self.call('person', 'find', 'exmaple')
        self.call('person', 'show', self.person)
        self.view('published')
        answer = self.call('look-ups', 'list')
        rows = answer.json
        self.assertEqual([row['kind'] for row in rows], ['view', 'opened', 'name', 'number'])
        self.assertEqual(rows[0]['view'], 'published')
        self.assertEqual(rows[1]['person'], self.person)
        self.assertEqual([row.get('found') for row in rows], [0, None, 1, 1])
        self.assertEqual({row['login'] for row in rows}, {getpass.getuser()})
        self.assertNotIn('exmaple', answer.text)
        self.assertNotIn(NUMBER, answer.text)
        about = self.call('look-ups', 'list', '--person', self.person).json
        self.assertEqual([row['seq'] for row in about], [rows[1]['seq']])
        self.assertEqual(self.call('look-ups', 'list', '--before', rows[3]['seq']).json, [])


if __name__ == '__main__':
    tap.main()
