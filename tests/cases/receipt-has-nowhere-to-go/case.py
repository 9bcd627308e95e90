#!/usr/bin/python3
"""A release ended with status 6 and left the picture, because the receipt's file was looked at only
afterwards: it existed, was the picture's own path, or could not be made."""
import os
import unittest

import tap
from cli import XRAY, Desk


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()
        self.desk.add_permission(self.person)
        self.target = self.desk.out / 'picture.png'

    def release(self, receipt, status):
        return self.desk.release(XRAY, self.target, self.person, status=status,
                                 more=['--receipt', receipt])

    def test_nothing_leaves_without_room_for_the_receipt(self):
        taken = self.desk.folder / 'taken.json'
        taken.write_text('somebody needs this')
        (self.desk.folder / 'link').symlink_to(self.desk.out)
        for receipt in (taken, self.target, self.desk.out / '.' / 'picture.png',
                        self.desk.folder / 'link' / 'picture.png', self.desk.out,
                        self.desk.folder / 'nowhere' / 'receipt.json', '/dev/full'):
            self.release(receipt, 6)
            self.assertEqual(os.listdir(self.desk.out), [], f'with the receipt at {receipt}')
        self.assertEqual(taken.read_text(), 'somebody needs this')
        self.assertFalse([row for row in self.desk.ledger() if row['kind'] == 'done'])

    def test_with_room_both_are_there(self):
        receipt = self.desk.out / 'receipt.json'
        self.assertEqual(self.release(receipt, 0).json['receipt_file'], str(receipt))
        self.assertEqual(sorted(os.listdir(self.desk.out)), ['picture.png', 'receipt.json'])

    def test_an_answer_that_cannot_be_printed_says_that_the_picture_stands(self):
        arguments = self.desk.decided(
            *self.desk.release_arguments(XRAY, self.target, self.person))
        answer = self.desk.call(*arguments, status=6, wrap=['sh', '-c', 'exec "$@" >/dev/full', 'sh'])
        self.assertTrue(self.target.exists())
        self.assertIn('was exported', answer.errors)


if __name__ == '__main__':
    tap.main()
