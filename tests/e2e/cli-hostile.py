#!/usr/bin/python3
"""Hostile files from the command line: each is refused with a sentence and status 2, or told about;
the answer stays JSON, no file is written anywhere, and nothing of the file is in a message."""
import os
import pathlib
import random
import re
import subprocess
import unittest

import tap
from cli import SENTINELS, Desk

FIXTURES = pathlib.Path(os.environ['DECODE_FIXTURES'])
NAMES = ('window.dcm', 'window-rle.dcm', 'rgb-jpeg-422.dcm', 'rgb-jpeg-ls.dcm', 'facts.dcm',
         '12-bit-monochrome2-j2k.dcm', '12-bit-monochrome2-jxl.dcm', 'facts.jpg',
         'jpeg-progressive.jpg', 'facts.png', 'interlaced.png', 'tiff-lzw.tiff', 'lossy.webp',
         '24.bmp')
WRITES = re.compile(r'O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)|^\d+ +(mkdir|rename|unlink|link|symlink|'
                    r'chmod|truncate|mknod|rmdir)')


def changed(data, generator):
    """Ends cut off and bits turned, always the same ones."""
    for _ in range(3):
        yield data[:generator.randrange(1, len(data) - 1)]
    for limit in (256, 1024, len(data)):
        turned = bytearray(data)
        turned[generator.randrange(min(limit, len(data)))] ^= 1 << generator.randrange(8)
        yield bytes(turned)


class Hostile(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)

    def listing(self):
        return sorted((str(path), path.lstat().st_mtime_ns)
                      for path in self.desk.folder.rglob('*'))

    def run_on(self, *command, wrap=()):
        return subprocess.run([*wrap, *self.desk.command(*command)], capture_output=True, text=True,
                              env=self.desk.environment, timeout=120, stdin=subprocess.DEVNULL,
                              cwd=self.desk.out)

    def test_each_is_refused_or_told(self):
        generator = random.Random(20261122)
        path = self.desk.folder / 'hostile'
        for name in NAMES:
            for data in changed((FIXTURES / name).read_bytes(), generator):
                path.write_bytes(data)
                before = self.listing()
                done = self.run_on('inspect', path)
                self.assertIn(done.returncode, (0, 2), (name, done.stderr))
                if done.returncode == 0:
                    self.assertTrue(done.stdout.startswith('{'), name)
                else:
                    self.assertRegex(done.stderr + done.stdout, r'[A-Z][a-z ]{10,}')
                    for sentinel in SENTINELS:
                        self.assertNotIn(sentinel, done.stderr)
                self.assertEqual(self.listing(), before)

    def test_nothing_is_opened_to_be_written(self):
        generator = random.Random(7)
        path, log = self.desk.folder / 'hostile', self.desk.folder / 'log'
        for name in ('window-rle.dcm', 'facts.jpg', 'facts.png', 'tiff-lzw.tiff'):
            for data in list(changed((FIXTURES / name).read_bytes(), generator))[2:4]:
                path.write_bytes(data)
                self.run_on('inspect', path, wrap=(
                    'strace', '-f', '-qq', '-e', 'trace=file', '-o', log))
                lines = log.read_text(errors='replace').splitlines()
                self.assertTrue(any('imprimatur-decoder' in line for line in lines))
                wrote = [line for line in lines if WRITES.search(line) and '"/dev/null"' not in line]
                self.assertEqual(wrote, [])


if __name__ == '__main__':
    tap.main()
