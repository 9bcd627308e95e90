#!/usr/bin/python3
"""Where a release may not write, it writes nothing and loses nothing (exit status 6)."""
import os
import pathlib
import resource
import shutil
import subprocess
import unittest

import cli
import tap
from cli import PHOTO, XRAY, Desk

STRIP = (0, 0, 512, 46)
NOBODY = 65534


class Targets(unittest.TestCase):
    def setUp(self):
        self.desk = Desk()
        self.addCleanup(self.desk.close)
        self.desk.init()
        self.person = self.desk.add_person()
        self.desk.add_permission(self.person)
        self.target = self.desk.out / 'picture.png'
        # A source of its own: a test that goes wrong must not touch the sample.
        self.source = self.desk.out / 'source.dcm'
        shutil.copy(XRAY, self.source)

    def release(self, target, status=6, source=None, **options):
        return self.desk.release(source or self.source, target, self.person, boxes=[STRIP],
                                 status=status, options=options)

    def assert_untouched(self, *names):
        """Nothing but these files is in the folder, and the source is what it was."""
        self.assertEqual(sorted(os.listdir(self.desk.out)), sorted(['source.dcm', *names]))
        self.assertEqual(cli.sha256(self.source), cli.sha256(XRAY))
        exports = {}
        for row in reversed(self.desk.ledger()):
            exports.setdefault(row['export_id'], []).append(row['kind'])
        self.assertFalse([kinds for kinds in exports.values() if 'done' in kinds])
        self.assertFalse([kinds for kinds in exports.values()
                          if 'intent' in kinds and len(kinds) == 1], 'no export is left open')

    def test_it_works_where_nothing_is_in_the_way(self):
        self.release(self.target, status=0)
        self.assertTrue(self.target.exists())

    def test_target_exists(self):
        self.target.write_bytes(b'somebody needs this' * 1000)
        self.release(self.target)
        self.assertEqual(self.target.read_bytes(), b'somebody needs this' * 1000)
        self.assert_untouched('picture.png')

    def test_target_is_a_folder(self):
        self.target.mkdir()
        self.release(self.target)
        self.assert_untouched('picture.png')

    def test_target_is_a_link_to_nowhere(self):
        self.target.symlink_to(self.desk.out / 'elsewhere.png')
        self.release(self.target)
        self.assertTrue(self.target.is_symlink())
        self.assert_untouched('picture.png')

    def test_target_is_the_source(self):
        source = self.desk.out / 'photo.png'
        subprocess.run(['convert', PHOTO, source], check=True)
        before = cli.sha256(source)
        for target in (source, self.desk.out / '.' / 'photo.png'):
            self.release(target, source=source)
        self.assertEqual(cli.sha256(source), before)
        self.assert_untouched('photo.png')

    def test_target_is_a_symbolic_link_to_the_source(self):
        self.target.symlink_to(self.source)
        self.release(self.target)
        self.assert_untouched('picture.png')

    def test_target_is_a_hard_link_to_the_source(self):
        os.link(self.source, self.target)
        self.release(self.target)
        self.assertTrue(self.target.samefile(self.source))
        self.assert_untouched('picture.png')

    def test_target_is_the_source_through_a_linked_folder(self):
        picture = self.desk.out / 'photo.png'
        subprocess.run(['convert', PHOTO, picture], check=True)
        (self.desk.folder / 'link').symlink_to(self.desk.out)
        before = cli.sha256(picture)
        self.release(self.desk.folder / 'link' / 'photo.png', source=picture)
        self.assertEqual(cli.sha256(picture), before)
        self.assert_untouched('photo.png')

    def test_folder_is_not_there(self):
        self.release(self.desk.out / 'nowhere' / 'picture.png')
        self.assert_untouched()

    def test_folder_cannot_be_written(self):
        # Root may write anywhere, and the test would pass or fail for the wrong reason.
        locked = self.desk.folder / 'locked'
        locked.mkdir(0o755)
        wrap = []
        if os.getuid() == 0:
            for path in (self.desk.folder, *self.desk.folder.rglob('*')):
                os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
            wrap = ['setpriv', f'--reuid={NOBODY}', f'--regid={NOBODY}', '--clear-groups']
        locked.chmod(0o555)
        try:
            if wrap:
                self.assert_reachable(wrap)
            # The same user can release to the folder beside it: only the permission differs.
            self.release(self.target, status=0, wrap=wrap)
            self.target.unlink()
            self.release(locked / 'picture.png', wrap=wrap)
            self.assertEqual(os.listdir(locked), [])
        finally:
            locked.chmod(0o755)

    def assert_reachable(self, wrap):
        for path in (cli.CLI, XRAY):
            seen = subprocess.run([*wrap, 'test', '-r', path], check=False).returncode == 0
            self.assertTrue(seen, f'{path} cannot be read by another user: build in a folder that can')

    if os.getuid() == 0:  # mounting needs root; the next test needs nobody
        def test_disk_is_full(self):
            small = self.desk.folder / 'small'
            small.mkdir()
            subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=64k', 'imp-e2e', small], check=True)
            try:
                answer = self.release(small / 'picture.png')
                self.assertIn('full', answer.errors)
                self.assertEqual(os.listdir(small), [])
            finally:
                subprocess.run(['umount', small], check=True)
            self.assert_untouched()

    def test_file_may_not_grow(self):
        # A limit on file sizes stands in for a full disk where mounting is not allowed. The
        # source's copy in memory may hit it first: then it is the source that cannot be opened.
        for limit in (1000, 50_000, 150_000):
            done = subprocess.run(
                self.desk.command(*self.desk.release_arguments(
                    self.source, self.target, self.person, boxes=[STRIP])),
                capture_output=True, text=True, env=self.desk.environment, timeout=120,
                preexec_fn=lambda: resource.setrlimit(
                    resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY)))
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(done.returncode, (2, 4, 6), done.stderr)
            self.assertFalse(self.target.exists())
        self.assert_untouched()

    def test_register_cannot_be_written(self):
        # Without its record a picture has no permission to leave.
        self.desk.register.chmod(0o400)
        wrap = []
        if os.getuid() == 0:
            for path in (self.desk.folder, *self.desk.folder.rglob('*')):
                os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
            wrap = ['setpriv', f'--reuid={NOBODY}', f'--regid={NOBODY}', '--clear-groups']
        self.release(self.target, status=4, wrap=wrap)
        self.assertFalse(self.target.exists())


if __name__ == '__main__':
    tap.main()
