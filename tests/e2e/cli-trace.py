#!/usr/bin/python3
"""Where pictures went and asking them back, through the command line: each step a process of its
own, as the desk and a script beside it are."""
import os
import subprocess
import time
import unittest

from PIL import Image, ImageDraw

import cli
import tap
from cli import NUMBER, PHOTO, XRAY, Desk

STRIP, LABEL = (0, 0, 512, 46), (690, 680, 450, 180)


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk()
        self.addCleanup(self.desk.close)
        self.desk.init()
        self.person = self.desk.call('person', 'add', '--number', NUMBER).json['id']

    def agree(self, *more):
        return self.desk.call('permission', 'add', '--person', self.person, '--level',
                              'teaching-closed', '--evidence', 'signed-paper', *more).json['id']

    def arguments(self, name, permission):
        return self.desk.release_arguments(XRAY, self.desk.out / name, self.person, boxes=[STRIP],
                                           more=('--permission', permission))

    def release(self, name, permission):
        return self.desk.call(*self.arguments(name, permission)).json['ledger_id']

    def copies(self, *options):
        return self.desk.call('copies', 'list', *options).json

    def tasks(self):
        return self.desk.call('takedown', 'list').json


class Copies(Case):
    def test_what_is_out_there_and_where(self):
        permission = self.agree()
        export = self.release('a.png', permission)
        copy, = self.copies('--person', NUMBER)
        self.assertEqual((copy['export'], copy['person'], copy['permission'], copy['state']),
                         (export, self.person, permission, 'live'))
        self.assertEqual(copy['sha256'], cli.sha256(self.desk.out / 'a.png'))
        self.assertEqual(len(self.copies('--permission', permission)), 1)
        self.assertEqual(len(self.copies('--unplaced')), 1)
        masked = self.desk.call('copies', 'where', export, '--url', 'https://course.example/7',
                                '--doi', 'https://doi.org/10.1000/182', '--name', '-',
                                input='A course of examples').json
        self.assertEqual(set(masked['urls'] + masked['dois'] + [masked['name']]), {'••••••'})
        copy, = self.copies('--reveal', '--out')
        self.assertEqual((copy['urls'], copy['dois'], copy['name']),
                         (['https://course.example/7'], ['10.1000/182'], 'A course of examples'))
        self.assertEqual(self.copies('--unplaced'), [])
        self.assertTrue(self.desk.call('ledger', 'verify').json['valid'])

    def test_wrong_places_are_refused(self):
        export = self.release('a.png', self.agree())
        for options in (['--url', 'javascript:alert(1)'], ['--doi', '182'], []):
            self.desk.call('copies', 'where', export, *options, status=1)
        self.desk.call('copies', 'where', '7' * 20, '--name', 'x', status=1)
        self.desk.call('takedown', 'cannot', export, status=1)
        self.desk.call('takedown', 'chase', export, '--day', 'yesterday', status=1)


class Takedown(Case):
    def test_policy_row_1_withdrawal_stops_and_asks_back(self):
        permission = self.agree()
        export = self.release('a.png', permission)
        self.assertEqual(self.tasks(), [])
        # One call, as recording is one call: no more steps than recording.
        self.desk.call('permission', 'withdraw', permission, '--channel', 'telephone')
        task, = self.tasks()
        self.assertEqual((task['export'], task['takedown'], task['state'], task['times_chased']),
                         (export, 'withdrawn', 'live', 0))
        self.desk.call(*self.arguments('b.png', permission), status=3)
        self.assertFalse((self.desk.out / 'b.png').exists())

        letter = self.desk.call('takedown', 'letter', export).json['letter']
        self.assertIn(export, letter)
        self.assertEqual(cli.told(letter), [])
        self.desk.call('takedown', 'chase', export, '--how', 'e-mail to the course')
        task, = self.tasks()
        self.assertEqual((task['state'], task['times_chased']), ('asked', 1))
        self.desk.call('takedown', 'done', export, '--note', 'they wrote')
        self.assertEqual(self.tasks(), [])
        self.assertEqual(self.copies('--out'), [])
        self.desk.call('takedown', 'chase', export)
        self.desk.call('takedown', 'cannot', export, '--note', 'printed')
        copy, = self.copies()
        self.assertEqual(copy['state'], 'cannot-be-removed')
        self.assertTrue(self.desk.call('ledger', 'verify').json['valid'])

    def test_article_row_29_objection_asks_all_back(self):
        export = self.release('a.png', self.agree())
        self.desk.call('person', 'object', self.person)
        task, = self.tasks()
        self.assertEqual((task['export'], task['takedown']), (export, 'objection'))
        self.desk.call('takedown', 'drop', export, '--note', 'a mistake', status=1)
        self.desk.call('person', 'object', self.person, '--lift')
        self.desk.call('takedown', 'drop', export, '--note', 'a mistake')
        self.assertEqual(self.tasks(), [])

    def test_policy_row_1_two_processes(self):
        """Releases by several processes while another withdraws: what left before is asked back,
        nothing leaves after."""
        permission = self.agree()
        calls = [self.desk.command(*self.arguments(f'{i}.png', permission)) for i in range(8)]
        running = []
        for i, call in enumerate(calls):
            running.append(subprocess.Popen(call, env=self.desk.environment,
                                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            time.sleep(0.1)
            if i == 4:
                withdrawn = self.desk.call('permission', 'withdraw', permission).json['withdrawn']
        ends = [each.wait(timeout=120) for each in running]
        self.assertLessEqual(set(ends), {0, 3})
        self.assertEqual(ends[5:], [3, 3, 3], 'begun after the withdrawal')
        self.assertEqual(sorted(os.listdir(self.desk.out)),
                         [f'{i}.png' for i, end in enumerate(ends) if end == 0])
        rows = self.desk.call('ledger', 'show').json
        for row in rows:
            if row['kind'] == 'intent':
                self.assertLess(row['at'], withdrawn)
        copies = self.copies()
        self.assertEqual(len(copies), ends.count(0))
        self.assertEqual({copy['takedown'] for copy in copies} - {'withdrawn'}, set())


class FindImage(Case):
    """Changed by another program, as a social network would."""

    def setUp(self):
        super().setUp()
        target = self.desk.out / 'photo.png'
        self.export = self.desk.release(PHOTO, target, 'unknown', route='anonymised',
                                        boxes=[LABEL]).json['ledger_id']
        self.picture = Image.open(target).convert('RGB')

    def find(self, picture, quality=60, form='JPEG', name='EXAMPLE PERSON.jpg'):
        path = self.desk.home / name
        picture.save(path, form, quality=quality)
        return self.desk.call('ledger', 'find-image', path).json

    def test_the_very_file(self):
        found, = self.desk.call('ledger', 'find-image', self.desk.out / 'photo.png').json
        self.assertEqual((found['export'], found['exact'], found['difference']),
                         (self.export, True, 0))

    def test_changed_by_others(self):
        width, height = self.picture.size
        third = self.picture.resize((width // 3, height // 3), Image.LANCZOS)
        cut = self.picture.crop((width // 10, height // 20, width - width // 10, height))
        both = cut.resize((cut.width // 3, cut.height // 3), Image.BILINEAR)
        captioned = Image.new('RGB', (both.width, both.height + 50), 'white')
        captioned.paste(both, (0, 0))
        ImageDraw.Draw(captioned).text((5, both.height + 10), 'What is this? Answers below!', 0)
        for changed in (self.picture, third, cut, both, captioned):
            found, = self.find(changed)
            self.assertEqual((found['export'], found['exact']), (self.export, False))
            self.assertLessEqual(found['difference'], 0.2)
        found, = self.find(captioned, 80, 'WEBP')
        self.assertEqual(found['export'], self.export)

    def test_others_and_the_log(self):
        self.assertEqual(self.find(Image.effect_noise((640, 480), 60)), [])
        self.assertEqual(self.desk.call('ledger', 'find-image', XRAY).json, [])
        log = self.desk.call('ledger', 'show')
        rows = [row['body'] for row in log.json if row['kind'] == 'look-up']
        self.assertEqual([(row['hit'], row['found']) for row in rows], [(False, []), (False, [])])
        self.assertNotIn('EXAMPLE', log.text)
        self.desk.call('ledger', 'find-image', self.desk.key, status=2)
        self.desk.call('ledger', 'find-image', self.desk.home / 'none.jpg', status=2)


if __name__ == '__main__':
    tap.main()
