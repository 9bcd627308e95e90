#!/usr/bin/python3
"""Of two values that were both to come from standard input, the second was dropped without a word:
a person was registered without the name."""
import json
import unittest

import tap
from cli import XRAY, Desk


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)

    def test_it_is_a_usage_error(self):
        self.desk.call('person', 'add', '--number', '-', '--name', '-', status=1, input='H204417')
        self.desk.call('person', 'add', '--name', '-', '--from', '-', status=1,
                       input='{"number": "H204417"}')
        self.assertEqual(self.desk.call('person', 'find', 'H204417').json, [])
        self.desk.call('release', XRAY, '--output', self.desk.out / 'picture.png',
                       '--destination', 'teaching-file', '--route', 'consent', '--person', '-',
                       '--answers', '-', status=1, input='H204417')

    def test_a_value_in_json_is_no_way_to_another(self):
        self.desk.add_person()
        self.desk.call('permission', 'add', '--from', '-', status=1,
                       input=json.dumps({'person': '-', 'level': 'teaching-closed'}))

    def test_empty_is_no_value(self):
        for text in ('', '\n', ' \n\t'):
            self.desk.call('person', 'add', '--number', 'H204417', '--name', '-', status=1, input=text)

    def test_nothing_is_cut_off(self):
        for text in ('H204417\0', 'x' * 2_000_000):
            self.desk.call('person', 'add', '--number', '-', status=1, input=text)
        self.assertEqual(self.desk.call('person', 'find', 'H204417').json, [])


if __name__ == '__main__':
    tap.main()
