#!/usr/bin/python3
"""JSON nested a hundred thousand deep ended the program by SIGSEGV: it was parsed by recursion, of
any size and any depth."""
import os
import unittest

import tap
from cli import XRAY, Desk


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.file = self.desk.folder / 'nested.json'

    def bad_files(self):
        for text in ('{"a":' * 200_000, '{"a":' * 100_000 + '1' + '}' * 100_000,
                     '{"a":' + '[' * 200_000, '{"why-share":"' + 'x' * 20_000_000 + '"}'):
            self.file.write_text(text)
            yield

    def test_from(self):
        for _ in self.bad_files():
            for verb in ('person', 'permission'):
                self.desk.call(verb, 'add', '--from', self.file, status=1)
                with open(self.file, encoding='utf-8') as content:
                    self.desk.call(verb, 'add', '--from', '-', status=1, input=content.read())
        self.assertEqual(self.desk.call('person', 'find', 'x').json, [])

    def test_answers(self):
        person = self.desk.add_person()
        self.desk.add_permission(person)
        arguments = self.desk.release_arguments(XRAY, self.desk.out / 'picture.png', person)
        arguments[arguments.index('--answers') + 1] = self.file
        for _ in self.bad_files():
            self.desk.call(*arguments, status=1)
        self.assertEqual(os.listdir(self.desk.out), [])

    def test_brackets_in_a_text_nest_nothing(self):
        self.file.write_text('{"number": "H204417", "name": "' + '[{' * 400 + r'\"[[' + '"}')
        self.desk.call('person', 'add', '--from', self.file)


if __name__ == '__main__':
    tap.main()
