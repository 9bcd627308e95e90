#!/usr/bin/python3
"""A rescale slope so large that pixel values leave all numbers made a place in a VOI LUT out of
what is no number, and the refusal said that the decoder's answer made no sense."""
import unittest

import numpy
import pydicom
import tap
from cli import XRAY, Desk


class Case(unittest.TestCase):
    def test_refused_in_words(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        for number, (slope, intercept) in enumerate((('1', '0'), ('1e308', '0'),
                                                     ('-1e308', '-1e308'))):
            data = pydicom.dcmread(XRAY)
            data.file_meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
            data.Rows, data.Columns = 16, 16
            data.PixelRepresentation = 0
            data.BitsAllocated, data.BitsStored, data.HighBit = 16, 16, 15
            data.PixelData = numpy.arange(256, dtype='<u2').tobytes()
            data['PixelData'].is_undefined_length = False
            data.RescaleSlope, data.RescaleIntercept = slope, intercept
            path = desk.folder / f'{number}.dcm'
            data.save_as(path)
            done = desk.call('inspect', path, status=2 if number else 0)
            if number:
                self.assertIn('rescale slope', done.errors)


if __name__ == '__main__':
    tap.main()
