#!/usr/bin/python3
"""scripts/count-tests counts cases, and counts as failed whatever did not pass."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()


def entry(result='OK', stdout='', name='t'):
    return {'name': name, 'result': result, 'stdout': stdout, 'duration': 0.1}


class CountTests(unittest.TestCase):
    def run_on(self, *entries, options=()):
        with tempfile.TemporaryDirectory() as folder:
            logs = pathlib.Path(folder, 'meson-logs')
            logs.mkdir()
            if entries:
                lines = '\n'.join(json.dumps(each) for each in entries)
                (logs / 'testlog.json').write_text(lines)
            done = subprocess.run([PROGRAM, *options, folder], capture_output=True, text=True)
        return done.stdout.splitlines()[-1], done.returncode

    def test_plain_programs_count_as_one(self):
        self.assertEqual(self.run_on(entry(), entry()), ('2 passed, 0 failed', 0))
        self.assertEqual(self.run_on(entry(), entry('FAIL')), ('1 passed, 1 failed', 1))
        self.assertEqual(self.run_on(entry('TIMEOUT'), entry('ERROR')), ('0 passed, 2 failed', 1))

    def test_cases_of_a_tap_program_count(self):
        tap = 'TAP version 13\n# random seed\n1..3\nok 1 /a\nok 2 /b\nok 3 /c\n'
        self.assertEqual(self.run_on(entry(stdout=tap)), ('3 passed, 0 failed', 0))
        tap = 'ok 1 /a\nnot ok 2 /b\n1..2\n'
        self.assertEqual(self.run_on(entry('FAIL', tap)), ('1 passed, 1 failed', 1))

    def test_a_crash_in_the_middle_fails(self):
        self.assertEqual(self.run_on(entry('FAIL', '1..4\nok 1 /a\n')), ('1 passed, 3 failed', 1))

    def test_a_crash_after_the_last_case_fails(self):
        self.assertEqual(self.run_on(entry('FAIL', '1..1\nok 1 /a\n')), ('1 passed, 1 failed', 1))

    def test_skipped_is_not_passed(self):
        self.assertEqual(self.run_on(entry('SKIP')), ('0 passed, 1 failed', 1))
        tap = '1..2\nok 1 /a\nok 2 /b # SKIP no time\n'
        self.assertEqual(self.run_on(entry(stdout=tap)), ('1 passed, 1 failed', 1))

    def test_an_empty_plan_is_a_failure(self):
        self.assertEqual(self.run_on(entry(stdout='1..0\n')), ('0 passed, 1 failed', 1))

    def test_suites_are_told_apart(self):
        with tempfile.TemporaryDirectory() as folder:
            logs = pathlib.Path(folder, 'meson-logs')
            logs.mkdir()
            entries = [entry(name='imprimatur:unit / a'), entry(name='imprimatur:e2e / b'),
                       entry(name='imprimatur:unit / c')]
            (logs / 'testlog.json').write_text('\n'.join(json.dumps(each) for each in entries))
            done = subprocess.run([PROGRAM, '--suites', folder], capture_output=True, text=True)
        self.assertEqual([line.split()[:2] for line in done.stdout.splitlines()],
                         [['e2e', '1'], ['unit', '2'], ['3', 'passed,']])

    def test_a_report_of_a_sanitizer_is_a_failure(self):
        for said in ('==7==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x60',
                     '==7==ERROR: LeakSanitizer: detected memory leaks',
                     '../a.c:3:4: runtime error: signed integer overflow',
                     'AddressSanitizer:DEADLYSIGNAL'):
            told = entry(stdout='1..1\nok 1 /a\n') | {'stderr': said}
            self.assertEqual(self.run_on(told), ('1 passed, 1 failed', 1))

    def test_two_trees_add_up(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ('build', 'build-sanitized'):
                logs = pathlib.Path(folder, name, 'meson-logs')
                logs.mkdir(parents=True)
                (logs / 'testlog.json').write_text(json.dumps(entry(name='imprimatur:unit / a')))
            both = [str(pathlib.Path(folder, name)) for name in ('build', 'build-sanitized')]
            done = subprocess.run([PROGRAM, '--suites', *both], capture_output=True, text=True)
            self.assertEqual(done.stdout.splitlines()[-1], '2 passed, 0 failed')
            self.assertIn('unit (sanitized)', done.stdout)
            # A tree in which nothing was run is not one in which nothing failed.
            (pathlib.Path(both[1]) / 'meson-logs' / 'testlog.json').unlink()
            done = subprocess.run([PROGRAM, *both], capture_output=True, text=True)
            self.assertEqual((done.stdout.splitlines()[-1], done.returncode),
                             ('1 passed, 1 failed', 1))

    def test_no_run_at_all_is_a_failure(self):
        self.assertEqual(self.run_on(), ('0 passed, 1 failed', 1))

    def test_a_run_that_failed_otherwise_is_a_failure(self):
        self.assertEqual(self.run_on(entry(), options=('--exit-code', '2')),
                         ('1 passed, 1 failed', 1))


if __name__ == '__main__':
    unittest.main()
