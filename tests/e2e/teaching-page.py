#!/usr/bin/python3
"""A session that left, as somebody finds it: the page in a browser without a network, the pictures, the
table, the receipt; and what is there after kill -9 in the middle."""
import csv
import hashlib
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import unittest

import tap
from PIL import Image

from cli import SAMPLE, SENTINELS, metadata

SET = os.environ['IMP_TEACHING_SET']
BESIDE = {'index.html', 'captions.csv', 'receipt.json'}


class Left(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory(prefix='imp-teaching-')
        self.addCleanup(place.cleanup)
        self.work = pathlib.Path(place.name)
        self.out = self.work / 'out'
        self.out.mkdir()

    def prepare(self, n):
        return subprocess.run([SET, 'prepare', self.work, SAMPLE, str(n)], check=True, text=True,
                              capture_output=True).stdout.strip()

    def release(self, session):
        return subprocess.run([SET, 'run', self.work, session, self.out], check=True, text=True,
                              capture_output=True)

    def browse(self, dark=False):
        """The page as Chromium draws it, and what it makes of it."""
        page = f'file://{self.out}/index.html'
        common = ['chromium', '--headless', '--no-sandbox', '--disable-gpu',
                  f'--user-data-dir={self.work}/browser', '--window-size=1024,2400']
        common += ['--force-dark-mode', '--blink-settings=preferredColorScheme=0'] if dark else []
        shot = self.work / f'teaching-page-{"dark" if dark else "light"}.png'
        subprocess.run([*common, f'--screenshot={shot}', page], check=True, capture_output=True,
                       timeout=120)
        seen = subprocess.run([*common, '--dump-dom', page], check=True, capture_output=True,
                              text=True, timeout=120).stdout
        if 'IMPRIMATUR_SHOTS' in os.environ:
            Image.open(shot).save(pathlib.Path(os.environ['IMPRIMATUR_SHOTS']) / shot.name)
        return Image.open(shot).convert('L'), seen

    def test_in_a_browser(self):
        session = self.prepare(3)
        self.release(session)
        pictures = ['TF-0001-1.png', 'TF-0001-2.png']
        loose = {each.name for each in self.out.iterdir()} - BESIDE - set(pictures)
        self.assertEqual(len(loose), 1)
        self.assertRegex(min(loose), r'^picture-\d+\.png$')
        for name in (*pictures, *loose):
            self.assertEqual(metadata(self.out / name), {})
        light, seen = self.browse()
        self.assertIn('<h2>TF-0001: A rounded shadow in a child</h2>', seen)
        self.assertIn('A chest &amp; &lt;nothing&gt; else</figcaption>', seen)
        self.assertIn('alt="A hand with a label"', seen)
        # The pictures are black and grey on white paper: they were drawn.
        self.assertGreater(sum(light.histogram()[:60]), 100000)
        self.assertGreater(sum(light.histogram()[250:]), 300000)
        dark, _ = self.browse(dark=True)
        self.assertLess(sum(dark.histogram()[250:]), 300000)
        for name in BESIDE:
            text = (self.out / name).read_text()
            for sentinel in SENTINELS:
                self.assertNotIn(sentinel, text)

    def check_whole(self, n):
        """Everything is there once, as the receipt says, and nothing besides."""
        receipt = json.loads((self.out / 'receipt.json').read_text())
        told = {each['file']: each for each in receipt['pictures']}
        self.assertEqual(len(told), n)
        self.assertEqual({each.name for each in self.out.iterdir()}, BESIDE | set(told))
        self.assertEqual(len({each['export'] for each in told.values()}), n)
        for name, each in told.items():
            self.assertEqual(hashlib.sha256((self.out / name).read_bytes()).hexdigest(),
                             each['sha256'])
        with open(self.out / 'captions.csv', newline='', encoding='utf-8') as table:
            self.assertEqual([row['file'] for row in csv.DictReader(table)], list(told))

    def test_reliability_kill_set_release(self):
        session = self.prepare(6)
        for awaited in range(3):
            with subprocess.Popen([SET, 'run', self.work, session, self.out], text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as one:
                for _ in range(awaited):
                    one.stdout.readline()
                one.send_signal(signal.SIGKILL)
        self.assertNotIn('index.html', [each.name for each in self.out.iterdir()])
        done = self.release(session)
        self.assertEqual(done.stderr, '')
        self.check_whole(6)


if __name__ == '__main__':
    tap.main()
