#!/usr/bin/python3
"""YBR_PARTIAL_422 with three bytes for each pixel was shown scrambled, and its lower quarter not at
all, without a word; other names were taken for something like them."""
import unittest

import numpy
import pydicom
import tap
from cli import XRAY, Desk

EXPLICIT = '1.2.840.10008.1.2.1'
SIDE = 64


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)

    def inspected(self, name, samples, more=0, status=2):
        data = pydicom.dcmread(XRAY)
        data.Rows = data.Columns = SIDE
        data.SamplesPerPixel, data.PhotometricInterpretation = samples, name
        data.PlanarConfiguration = 0
        data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = 8, 8, 7, 0
        pixels = numpy.arange(SIDE * SIDE * samples).astype('u1').tobytes()
        data.PixelData = pixels[:more] if more < 0 else pixels + bytes(more)
        data.file_meta.TransferSyntaxUID = EXPLICIT
        data['PixelData'].is_undefined_length = False
        path = self.desk.folder / 'colours.dcm'
        data.save_as(path)
        return self.desk.call('inspect', path, status=status)

    def test_names(self):
        for name in ('YBR_PARTIAL_422', 'YBR_PARTIAL_420', 'HSV', 'YBR FULL 422', 'YBR_RCT'):
            self.assertIn('colours are described', self.inspected(name, 3).errors, name)
        for name in ('MONOCHROME', 'MONOCHROME3'):
            self.assertIn('colours are described', self.inspected(name, 1).errors, name)

    def test_half_as_long(self):
        """What YBR_PARTIAL_422 has where it is right is refused by its name, too."""
        answer = self.inspected('YBR_PARTIAL_422', 3, -SIDE * SIDE)
        self.assertIn('described as YBR_PARTIAL_422', answer.errors)

    def test_lengths(self):
        for name, samples in (('RGB', 3), ('YBR_FULL', 3)):
            self.inspected(name, samples, 0, status=0)
            for more in (-2, 2, 64):
                self.inspected(name, samples, more)


if __name__ == '__main__':
    tap.main()
