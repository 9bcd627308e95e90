#!/usr/bin/python3
"""What a file calls its colours or its encoding is free text, which may name somebody: refusals
repeated it on standard error."""
import unittest
import warnings

import pydicom
import tap
from cli import XRAY, Desk

WORDS = 'EXAMPLE^PERSON A'


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)

    def refused(self, path):
        done = self.desk.call('inspect', path, status=2)
        self.assertNotIn('EXAMPLE', done.errors + done.text)
        return done.errors

    def test_colours(self):
        data = pydicom.dcmread(XRAY)
        path = self.desk.folder / 'colours.dcm'
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            data.PhotometricInterpretation = WORDS
            data.save_as(path)
        self.assertIn('words that DICOM does not have', self.refused(path))
        data.PhotometricInterpretation = 'HSV'
        data.save_as(path)
        self.assertIn('HSV', self.refused(path))

    def test_encoding(self):
        uid = pydicom.dcmread(XRAY).file_meta.TransferSyntaxUID.encode()
        data = XRAY.read_bytes()
        path = self.desk.folder / 'encoding.dcm'
        for other in (WORDS.encode()[:len(uid)], b'1.2.3.4'):
            path.write_bytes(data.replace(uid, other.ljust(len(uid), b'\0'), 1))
            self.assertEqual('1.2.3.4' in self.refused(path), other == b'1.2.3.4')


if __name__ == '__main__':
    tap.main()
