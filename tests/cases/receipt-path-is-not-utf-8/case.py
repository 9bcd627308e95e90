#!/usr/bin/python3
"""A path that is not UTF-8 made the JSON answer unreadable: it was copied there byte by byte."""
import json
import os
import subprocess
import unittest

import tap
from cli import XRAY, Desk


class Case(unittest.TestCase):
    def test_the_answer_is_json(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        person = desk.add_person()
        desk.add_permission(person)
        receipt = os.fsencode(desk.out) + b'/receipt-\xff.json'
        command = desk.command(*desk.decided(
            *desk.release_arguments(XRAY, desk.out / 'picture.png', person)))
        done = subprocess.run([*command, b'--receipt', receipt], capture_output=True, check=True,
                              env=desk.environment, timeout=120)
        answer = json.loads(done.stdout.decode('utf-8'))
        self.assertTrue(answer['receipt_file'].endswith('.json'))
        self.assertTrue(os.path.exists(receipt))


if __name__ == '__main__':
    tap.main()
