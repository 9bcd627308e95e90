#!/usr/bin/python3
"""person find @FILE waited for ever where FILE was a named pipe that nobody writes to, and so did
every other value that comes from a file."""
import os
import unittest

import tap
from cli import XRAY, Desk


class Case(unittest.TestCase):
    def test_only_plain_files_are_read(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        pipe = desk.folder / 'pipe'
        os.mkfifo(pipe)
        release = desk.release_arguments(XRAY, desk.out / 'picture.png', 'unknown')
        release[release.index('--answers') + 1] = pipe
        for verb in (('person', 'find', f'@{pipe}'), ('person', 'add', '--from', pipe),
                     ('person', 'add', '--number', f'@{pipe}'), release,
                     ('person', 'find', '@/dev/zero'), ('person', 'find', f'@{desk.out}'),
                     ('person', 'find', '@/nowhere/at/all')):
            desk.call(*verb, status=1, wrap=['timeout', '-s', 'KILL', '20'])
        whole = desk.folder / 'number'
        whole.write_text('H204417\n')
        (desk.folder / 'link').symlink_to(whole)
        self.assertEqual(desk.call('person', 'find', f'@{desk.folder / "link"}').json, [])


if __name__ == '__main__':
    tap.main()
