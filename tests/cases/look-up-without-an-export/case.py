#!/usr/bin/python3
"""A row of the ledger that belongs to no export, such as a look-up by picture, ended the program that
listed the ledger."""
import unittest

import tap
from cli import XRAY, Desk


class Case(unittest.TestCase):
    def test_the_ledger_lists_a_look_up(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        self.assertEqual(desk.call('ledger', 'find-image', XRAY).json, [])
        rows = desk.call('ledger', 'show').json
        self.assertEqual([(row['kind'], row['export_id']) for row in rows], [('look-up', None)])
        desk.call('ledger', 'verify')


if __name__ == '__main__':
    tap.main()
