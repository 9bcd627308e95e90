#!/usr/bin/python3
"""Cases of the teaching file from the command line: numbers, words of lists, pictures, finding, and what
their words must not say."""
import json
import shutil
import unittest

import tap
from cli import NUMBER, PHOTO, SENTINELS, XRAY, Desk


class Cases(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)

    def new(self, status=0, **members):
        return self.desk.call('teaching', 'new', input=json.dumps(members), status=status)

    def begin(self):
        films = self.desk.folder / 'films'
        films.mkdir()
        shutil.copy(XRAY, films / 'one.dcm')
        shutil.copy(PHOTO, films / 'two.jpg')
        return self.desk.call('session', 'new', films, '--title', 'Chests').json['id']

    def test_a_case(self):
        made = self.new(title='A coin in the oesophagus', modality='DX', body_part='CHEST',
                        diagnosis='Swallowed coin', teaching_points='Ménière: no').json
        self.assertEqual(made, {'number': 'TF-0001', 'reasons': []})
        self.new(title='Colles fracture')
        self.desk.call('teaching', 'edit', 'TF-0002', input='{"tags": "wrist", "modality": "CR"}')
        shown = self.desk.call('teaching', 'show', 'tf-2', '--reveal').json
        self.assertEqual((shown['title'], shown['tags'], shown['modality'], shown['pictures']),
                         ('Colles fracture', 'wrist', 'CR', []))
        listed = self.desk.call('teaching', 'list')
        self.assertEqual([each['number'] for each in listed.json], ['TF-0001', 'TF-0002'])
        self.assertNotIn('coin', listed.text)
        found = self.desk.call('teaching', 'search', '-', input='meniere swall').json
        self.assertEqual([each['number'] for each in found], ['TF-0001'])
        self.assertEqual(self.desk.call('teaching', 'search', 'coin OR colles').json, [])
        self.assertEqual(self.desk.call('teaching', 'list', '--retired').json, [])

    def test_refused(self):
        self.new(status=1, title=' ')
        self.new(status=1, title='A coin', modality='X-ray')
        self.new(status=1, title='A coin', body_part='Chest')
        self.new(status=1, title='A coin', colour='grey')
        self.desk.call('teaching', 'show', 'TF-0001', status=1)
        self.desk.call('teaching', 'show', '1', status=1)
        self.assertEqual(self.desk.call('teaching', 'list').json, [])
        codes = self.desk.call('teaching', 'codes').json
        self.assertIn({'code': 'MR', 'name': 'Magnetic resonance'}, codes['modalities'])
        self.assertIn({'code': 'CSPINE', 'name': 'Cervical spine'}, codes['body_parts'])

    def test_pictures(self):
        session = self.begin()
        self.new(title='One')
        self.new(title='Two')
        place = '--session', session, '--image'
        self.desk.call('teaching', 'add', 'TF-0001', *place, '2', '--caption', 'A hand')
        self.desk.call('teaching', 'add', 'TF-0001', *place, '1', '--alt', 'A chest')
        self.desk.call('teaching', 'add', 'TF-0001', *place, '2', '--alt', 'A hand from above')
        shown = self.desk.call('teaching', 'show', 'TF-0001', '--reveal').json['pictures']
        self.assertEqual([(each['picture'], each['caption'], each['alt']) for each in shown],
                         [(1, 'A hand', 'A hand from above'), (2, '', 'A chest')])
        self.desk.call('teaching', 'add', 'TF-0002', *place, '2', status=1)
        self.desk.call('teaching', 'add', 'TF-0001', *place, '3', status=1)
        self.desk.call('teaching', 'take-out', 'TF-0002', *place, '1', status=1)
        self.desk.call('teaching', 'take-out', 'TF-0001', *place, '2')
        self.desk.call('teaching', 'add', 'TF-0002', *place, '2')
        empty = self.desk.call('teaching', 'export', session, '--output', self.desk.out).json
        self.assertEqual(empty, {'pictures': 0, 'index': None, 'captions': None, 'receipt': None,
                                 'retired': []})
        self.assertEqual(list(self.desk.out.iterdir()), [])

    def test_article_row_5_words(self):
        """What tells who somebody is, is told at once, by its place alone."""
        self.desk.add_person()
        session = self.begin()
        self.assertEqual(self.new(title=f'A coin in {NUMBER[1:]}').json['reasons'][0]['rule'],
                         'words:number')
        self.new(title='A coin', answer='It is Mr Example')
        pictures = self.desk.call('session', 'show', session, '--reveal').json['list']
        xray = next(each['image'] for each in pictures if each['number'] == NUMBER)
        added = self.desk.call('teaching', 'add', 'TF-0002', '--session', session, '--image',
                               str(xray))
        self.assertEqual([each['rule'] for each in added.json['reasons']], ['words:name'])
        self.assertIn('answer', added.json['reasons'][0]['reason'])
        for sentinel in SENTINELS:
            self.assertNotIn(sentinel, added.text + added.errors)


if __name__ == '__main__':
    tap.main()
