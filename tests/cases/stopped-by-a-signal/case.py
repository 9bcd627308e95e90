#!/usr/bin/python3
"""A release that was interrupted ended by the signal, not with status 6, and a limit on the size of
files killed it by SIGXFSZ before it could say that the disk is full."""
import os
import resource
import signal
import subprocess
import time
import unittest

import cli
import tap
from PIL import Image
from cli import PHOTO, XRAY, Desk

LABEL = (690, 680, 450, 180)
SIGNALS = (signal.SIGINT, signal.SIGTERM)


def listen_to_signals():
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.target = self.desk.out / 'picture.png'

    def start(self, *arguments, **options):
        return subprocess.Popen(self.desk.command(*arguments), env=self.desk.environment, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                preexec_fn=listen_to_signals, **options)

    def end(self, process):
        out, errors = process.communicate(timeout=60)
        return cli.Answer(subprocess.CompletedProcess([], process.returncode, out, errors))

    def release_arguments(self):
        return self.desk.release_arguments(PHOTO, self.target, 'unknown', route='anonymised',
                                           destination='internal-meeting', boxes=[LABEL])

    def assert_settled(self):
        exports = {}
        for row in self.desk.ledger():
            exports.setdefault(row['export_id'], set()).add(row['kind'])
        for kinds in exports.values():
            self.assertFalse('intent' in kinds and len(kinds) == 1, 'no export is left open')

    def test_while_it_waits_for_an_answer(self):
        for number in SIGNALS:
            process = self.start('person', 'find', '-', stdin=subprocess.PIPE)
            time.sleep(0.5)
            self.assertIsNone(process.poll(), 'it waits')
            process.send_signal(number)
            self.assertEqual(process.wait(20), 6, 'with its standard input still open')
            self.end(process)

    def test_at_any_moment_of_a_release(self):
        began = time.monotonic()
        self.desk.call(*self.release_arguments())
        takes = time.monotonic() - began
        self.target.unlink()
        stopped = 0
        for step in range(10):
            process = self.start(*self.release_arguments(), stdin=subprocess.DEVNULL)
            time.sleep(0.1 + takes * step / 9)
            process.send_signal(SIGNALS[step % 2])
            answer = self.end(process)
            self.assertIn(answer.status, (0, 6), answer.errors)
            self.assertEqual(os.listdir(self.desk.out),
                             ['picture.png'] if answer.status == 0 else [], f'step {step}')
            if answer.status == 0:
                self.assertTrue(self.desk.call('verify', self.target).json['flat'])
                self.target.unlink()
            stopped += answer.status == 6
            self.assert_settled()
        self.assertGreaterEqual(stopped, 3, 'some were stopped before their end')

    def test_one_that_is_ignored_stays_so(self):
        process = subprocess.Popen(
            self.desk.command('person', 'find', '-'), env=self.desk.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        time.sleep(0.2)
        out, errors = process.communicate('H204417', timeout=60)
        self.assertEqual((process.returncode, out.strip()), (0, '[]'), errors)

    def limited(self, limit, *arguments):
        return subprocess.run(
            self.desk.command(*arguments), env=self.desk.environment, text=True, timeout=120,
            capture_output=True, check=False, stdin=subprocess.DEVNULL,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY)))

    def test_a_limit_on_the_size_of_files(self):
        # Noise, so that the export is a little larger than its source and its decoded frame.
        width, height = 50, 20_000
        noise = self.desk.folder / 'noise.tiff'
        Image.frombytes('L', (width, height), os.urandom(width * height)).save(noise)
        # Noise is taken for writing here and there.
        arguments = self.desk.decided(*self.desk.release_arguments(
            noise, self.target, 'unknown', route='anonymised', destination='internal-meeting'))
        done = self.limited(width * height + height // 2, *arguments)
        self.assertEqual(done.returncode, 6, done.stderr)
        self.assertIn('full', done.stderr)
        self.assertEqual(os.listdir(self.desk.out), [])
        self.assert_settled()
        self.desk.call(*arguments)

    def test_a_register_that_may_not_grow(self):
        for limit in (1000, 20_000):
            done = self.limited(limit, 'person', 'add', '--number', f'H{limit}')
            self.assertIn(done.returncode, (4, 6), done.stderr)
            self.assertEqual(self.desk.call('person', 'find', f'H{limit}').json, [])

    def test_nobody_reads_the_answer(self):
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run(self.desk.command('inspect', XRAY), env=self.desk.environment,
                              stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
        os.close(writing)
        self.assertEqual(done.returncode, 6, done.stderr)


if __name__ == '__main__':
    tap.main()
