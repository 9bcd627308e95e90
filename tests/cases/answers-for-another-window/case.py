#!/usr/bin/python3
"""Answers that were bound to a picture in the file's own window, where burned-in writing is white on
white, released it in a window that shows the writing."""
import unittest

import numpy
import pydicom
import tap
from pydicom.uid import ExplicitVRLittleEndian
from cli import XRAY, Desk

WINDOW = ('--window', '3030,100')


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        values = numpy.full((64, 96), 900, numpy.uint16)
        values[4:14, 4:60] = 3000
        values[6:12, 10:50:3] = 3060
        data = pydicom.dcmread(XRAY)
        data.Rows, data.Columns = values.shape
        data.SamplesPerPixel, data.PhotometricInterpretation = 1, 'MONOCHROME2'
        data.BitsAllocated, data.BitsStored, data.HighBit = 16, 12, 11
        data.PixelRepresentation = 0
        data.WindowCenter, data.WindowWidth = '1000', '1200'
        data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        data.PixelData = values.tobytes()
        data['PixelData'].is_undefined_length = False
        self.source = self.desk.folder / 'writing.dcm'
        data.save_as(self.source)

    def hash_of(self, *more):
        return self.desk.call('inspect', self.source, *more).json['rendering_sha256'][0]

    def release(self, bound, more, status):
        target = self.desk.out / 'picture.png'
        target.unlink(missing_ok=True)
        answers = self.desk.answers('teaching-file', 'anonymised')
        self.desk.release(self.source, target, 'unknown', route='anonymised', more=more,
                          answers={'rendering_sha256': bound, 'answers': answers}, status=status)
        self.assertEqual(target.exists(), status == 0)

    def test_each_window_is_answered_for(self):
        own, chosen = self.hash_of(), self.hash_of(*WINDOW)
        self.assertNotEqual(own, chosen)
        self.release(own, WINDOW, 3)
        self.release(chosen, (), 3)
        self.release(own, (), 0)
        self.release(chosen, WINDOW, 0)


if __name__ == '__main__':
    tap.main()
