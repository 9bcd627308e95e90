#!/usr/bin/python3
"""Curation sessions from the command line: what is in one, and how the register stands to each of its
patients; what is remembered of scanners, out and in."""
import json
import shutil
import unittest
import zipfile

import tap
from cli import NUMBER, PHOTO, SENTINELS, XRAY, Desk


class Sessions(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.films = self.desk.folder / 'films'
        (self.films / 'deeper').mkdir(parents=True)
        shutil.copy(XRAY, self.films / 'deeper' / 'EXAMPLE-PERSON.dcm')
        shutil.copy(PHOTO, self.films / 'photo.jpg')
        (self.films / 'broken.dcm').write_bytes(XRAY.read_bytes()[:200])

    def begin(self):
        return self.desk.call('session', 'new', self.films, '--title', '-',
                              input='Chests of EXAMPLE^PERSON A').json

    def standing(self, session):
        """How whoever has the number stands."""
        found = self.desk.call('session', 'show', session, '--reveal').json['patients']
        return next(each for each in found if each['number'] == NUMBER)

    def test_what_is_in_one(self):
        begun = self.begin()
        self.assertEqual((begun['images'], begun['aside']), (3, 1))
        listed = self.desk.call('session', 'list').json
        self.assertEqual([each['id'] for each in listed], [begun['id']])
        self.assertEqual(listed[0]['counts'], {'new': 2, 'looked-at': 0, 'covered': 0, 'cleared': 0,
                                               'exported': 0, 'set-aside': 1})
        shown = self.desk.call('session', 'show', begun['id'])
        for sentinel in SENTINELS:
            self.assertNotIn(sentinel, shown.text + shown.errors)
        images = self.desk.call('session', 'show', begun['id'], '--reveal').json['list']
        self.assertEqual(sorted(each['file'] for each in images),
                         sorted(str(each) for each in self.films.rglob('*.*')))
        broken = next(each for each in images if each['file'].endswith('broken.dcm'))
        self.assertEqual(broken['state'], 'set-aside')
        self.assertTrue(broken['reason'])
        self.assertEqual({each['frame'] for each in images}, {1})

    def test_who_allows_what(self):
        session = self.begin()['id']
        self.assertEqual(self.standing(session)['standing'], 'anonymised')
        person = self.desk.add_person()
        permission = self.desk.add_permission(person)
        found = self.standing(session)
        self.assertEqual((found['standing'], found['permission'], found['person'], found['images']),
                         ('permitted', permission, person, 1))
        self.desk.call('permission', 'withdraw', permission)
        self.assertEqual(self.standing(session)['standing'], 'refused')

    def test_nothing_cleared(self):
        session = self.begin()['id']
        done = self.desk.call('session', 'release', session, '--output', self.desk.out).json
        self.assertEqual(done, {'images': 0, 'exported': 0, 'list': [], 'index': None, 'captions': None,
                                'receipt': None, 'retired': []})
        self.assertEqual(list(self.desk.out.iterdir()), [])
        self.desk.call('session', 'release', session, status=1)
        self.desk.call('session', 'release', session, '--output', self.desk.folder / 'no', status=6)

    def test_erased(self):
        session = self.begin()['id']
        person = self.desk.add_person()
        self.desk.call('person', 'erase', person)
        shown = self.desk.call('session', 'show', session, '--reveal')
        self.assertEqual(len(shown.json['list']), 2)
        self.assertNotIn(NUMBER, shown.text)
        self.assertNotIn('EXAMPLE-PERSON.dcm', shown.text)

    def test_archive(self):
        disc = self.desk.folder / 'disc.zip'
        with zipfile.ZipFile(disc, 'w') as packed:
            packed.write(XRAY, 'films/one.dcm')
        session = self.desk.call('session', 'new', disc, '--title', 'A disc').json
        self.assertEqual((session['images'], session['aside']), (1, 0))
        listed = self.desk.call('session', 'show', session['id'], '--reveal').json['list']
        self.assertEqual([(each['file'], each['entry'], each['number']) for each in listed],
                         [(str(disc), 'films/one.dcm', NUMBER)])

    def test_refused(self):
        self.desk.call('session', 'show', 'w84gh3kbygjfxmm0jq0t', status=1)
        self.desk.call('session', 'new', self.films, status=1)
        self.desk.call('session', 'new', '--title', 'Nothing', status=1)
        self.desk.call('session', 'new', self.films / 'nowhere', '--title', 'Nothing', status=2)
        self.assertEqual(self.desk.call('session', 'list').json, [])


class Templates(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.file = self.desk.folder / 'given.json'

    def test_in_and_out(self):
        known = {'manufacturer': 'Example Devices', 'model': 'Sono 3', 'rows': 480, 'columns': 640,
                 'boxes': [[0, 0, 640, 40], [500, 440, 140, 40]]}
        given = {'format': 'imprimatur-scanner-templates', 'version': 1, 'templates': [known]}
        self.file.write_text(json.dumps(given))
        self.assertEqual(self.desk.call('template', 'import', self.file).json, {'taken': 1})
        kept = self.desk.call('template', 'list', '--reveal').json
        self.assertEqual((kept[0]['model'], kept[0]['station']), ('Sono 3', ''))
        self.assertEqual(kept[0]['boxes'][1], {'x': 500, 'y': 440, 'width': 140, 'height': 40})
        target = self.desk.folder / 'out.json'
        self.desk.call('template', 'export', target)
        self.assertEqual(json.loads(target.read_text()), given)
        self.desk.call('template', 'export', target, status=6)
        self.desk.call('template', 'remove', kept[0]['id'])
        self.assertEqual(self.desk.call('template', 'list').json, [])

    def test_hostile(self):
        for text in ('', '[' * 5000, '{"format": "imprimatur-scanner-templates"}', '\0', '\xff'):
            self.file.write_bytes(text.encode('latin-1'))
            self.desk.call('template', 'import', self.file, status=1)
        self.file.write_bytes(b' ' * (1024 * 1024 + 1))
        self.desk.call('template', 'import', self.file, status=1)
        self.desk.call('template', 'import', self.desk.folder / 'nowhere.json', status=2)


if __name__ == '__main__':
    tap.main()
