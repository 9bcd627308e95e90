#!/usr/bin/python3
"""What a release writes is the register, its side files and the export, and nothing else."""
import os
import re
import subprocess
import unittest

import cli
import tap
from cli import XRAY, Desk

STRIP = (0, 0, 512, 46)
# Calls that make, change or rename something on disk.
OPEN = re.compile(r'\b(?:open|openat|openat2|creat)\((?:AT_FDCWD, |\d+[^,]*, )?"([^"]*)", ([^)]*)\)'
                  r' += (\d+)')
OTHER = re.compile(r'\b(rename|renameat|renameat2|link|linkat|symlink|symlinkat|mkdir|mkdirat|'
                   r'mknod|mknodat|truncate)\((.*)\) += 0')


class Traces(unittest.TestCase):
    def setUp(self):
        self.desk = Desk()
        self.addCleanup(self.desk.close)
        self.desk.init()
        self.person = self.desk.add_person()
        self.desk.add_permission(self.person)
        self.target = self.desk.out / 'picture.png'

    def test_security_5_10_files_left_behind(self):
        self.desk.release(XRAY, self.target, self.person, boxes=[STRIP])
        found = {str(path.relative_to(self.desk.folder)) for path in self.desk.folder.rglob('*')
                 if not path.is_dir()}
        allowed = {'key', 'register.db', 'register.db-wal', 'register.db-shm', 'register.db.lock',
                   'register.db.key', 'register.db.withdrawals', 'answers.json',
                   'out/picture.png'}
        self.assertEqual(found - allowed, set())
        self.assertTrue({'register.db', 'out/picture.png'} <= found)
        self.assertEqual(os.listdir(self.desk.home), [], 'nothing in the home folder')

    def test_security_5_10_system_calls(self):
        log = self.desk.folder / 'trace'
        command = self.desk.command(*self.desk.decided(*self.desk.release_arguments(
            XRAY, self.target, self.person, boxes=[STRIP])))
        subprocess.run(['strace', '-f', '-qq', '-y', '-s', '4096', '-e', 'trace=file', '-o', log,
                        *command], env=self.desk.environment, check=True, capture_output=True)
        opened, others = set(), []
        for line in log.read_text(errors='replace').splitlines():
            match = OPEN.search(line)
            if match and re.search(r'O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_TMPFILE', match.group(2)):
                opened.add(match.group(1))
            elif OTHER.search(line):
                others.append(line)
        self.assertTrue(opened, 'the trace caught the register at least')
        folder = str(self.desk.folder)
        for path in opened:
            if path.startswith('/dev/') or path == '':
                continue
            self.assertTrue(path.startswith((folder + '/register.db', folder + '/out'))
                            or '/' not in path.strip('.'), f'written: {path}')
        for line in others:
            self.assertIn('picture.png', line, f'made or renamed: {line}')
        written = '\n'.join(sorted(opened)) + '\n'.join(others)
        self.assertEqual(cli.told(written), [])


if __name__ == '__main__':
    tap.main()
