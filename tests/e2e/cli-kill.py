#!/usr/bin/python3
"""Killed at any moment, a release leaves either no file or a whole, verified one, and the ledger
says which at the next start."""
import os
import pathlib
import random
import signal
import subprocess
import time
import unittest

import cli
import tap
from cli import PHOTO, Desk

ROUNDS = int(os.environ.get('IMP_KILL_ROUNDS', '36'))
LABEL = (690, 680, 450, 180)


class Kill(unittest.TestCase):
    def test_kill_at_random_moments(self):
        desk = Desk()
        self.addCleanup(desk.close)
        desk.init()

        def command(target):
            return desk.command(*desk.release_arguments(
                PHOTO, target, 'unknown', route='anonymised', destination='internal-meeting',
                boxes=[LABEL]))

        began = time.monotonic()
        whole = desk.out / 'whole.png'
        subprocess.run(command(whole), env=desk.environment, check=True, capture_output=True)
        takes = time.monotonic() - began
        expected = cli.sha256(whole)
        whole.unlink()

        seed = random.randrange(1 << 32)
        print(f'# seed {seed}, an undisturbed release takes {takes:.2f} s')
        dice = random.Random(seed)
        outcomes = {'nothing': 0, 'whole': 0, 'before the kill': 0}
        for number in range(ROUNDS):
            target = desk.out / f'picture-{number}.png'
            process = subprocess.Popen(command(target), env=desk.environment,
                                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL, start_new_session=True)
            # More often near the end, where the file comes into being.
            moment = takes * (1 - dice.random() ** 2) * 1.05
            try:
                process.wait(moment)
                ended = True
            except subprocess.TimeoutExpired:
                ended = False
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            here = target.exists()
            outcomes['before the kill' if ended else 'whole' if here else 'nothing'] += 1
            if here:
                self.assertEqual(cli.sha256(target), expected, f'round {number}, seed {seed}')
                self.assertTrue(desk.call('verify', target).json['flat'])

            rows = desk.ledger()  # a next start: it settles what was left open
            self.assertEqual(self.open_exports(rows), [], f'round {number}, seed {seed}')
            self.assertEqual(self.finished(rows), len(list(desk.out.glob('picture-*.png'))),
                             f'the ledger counts the files; round {number}, seed {seed}')
            self.assertEqual([each for each in os.listdir(desk.out)
                              if not each.startswith('picture-')], [], 'no leftovers')
        self.assertTrue(desk.call('ledger', 'verify').json['valid'])
        print(f'# {outcomes}')
        self.assertGreater(outcomes['nothing'], 0, 'some rounds must be killed before the end')

    @staticmethod
    def by_export(rows):
        exports = {}
        for row in rows:
            if row['export_id']:
                exports.setdefault(row['export_id'], set()).add(row['kind'])
        return exports

    def open_exports(self, rows):
        return [export for export, kinds in self.by_export(rows).items()
                if 'intent' in kinds and not kinds & {'done', 'failed', 'recovered', 'abandoned'}]

    def finished(self, rows):
        # The first, undisturbed one was deleted by this test.
        return sum(bool(kinds & {'done', 'recovered'}) for kinds in self.by_export(rows).values()) - 1


if __name__ == '__main__':
    tap.main()
