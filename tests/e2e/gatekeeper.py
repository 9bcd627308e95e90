"""Drives imprimatur-cli for the suites: a throw-away register, answers that raise no flag."""
import json
import os
import pathlib
import subprocess

CLI = os.environ['IMPRIMATUR_CLI']


def run(*arguments, stdin=None):
    """Calls imprimatur-cli with --json. Returns (exit status, answer or None, standard error)."""
    done = subprocess.run([CLI, *map(str, arguments), '--json'], input=stdin, text=True,
                          capture_output=True, timeout=300)
    try:
        answer = json.loads(done.stdout) if done.stdout.strip() else None
    except json.JSONDecodeError as problem:
        raise AssertionError(f'not JSON: {done.stdout[:200]!r}') from problem
    return done.returncode, answer, done.stderr


class Gatekeeper:
    """One register in a folder, and releases through it."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.keys = ['--register', self.folder / 'register.db', '--key-file', self.folder / 'key']
        self.must('register', 'init')

    def call(self, *arguments, stdin=None):
        return run(*arguments, *self.keys, stdin=stdin)

    def must(self, *arguments, stdin=None):
        status, answer, problem = self.call(*arguments, stdin=stdin)
        assert status == 0, f'{arguments[0]} exited {status}: {problem} {answer}'
        return answer

    @staticmethod
    def clear_answers(destination, route):
        """The answers that raise no flag, as --answer arguments."""
        status, questions, problem = run('questions', '--destination', destination, '--route', route)
        assert status == 0, problem
        arguments = []
        for question in questions:
            value = question['clears'] or 'x' * max(question['min_length'], 1)
            arguments += ['--answer', f"{question['key']}={value}"]
        return arguments

    def release(self, source, output, *extra, destination='teaching-file', route='anonymised',
                person='unknown', answers=None):
        if answers is None:
            answers = self.clear_answers(destination, route)
        return self.call('release', source, '--output', output, '--destination', destination,
                         '--route', route, '--person', person, *answers, *extra)
