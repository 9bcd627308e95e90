#!/usr/bin/python3
"""An RLE frame whose header places a segment behind the frame's end was shown: DCMTK read whatever
lay in memory there, and the picture was made of it."""
import struct
import unittest

import pydicom
import tap
from pydicom.encaps import encapsulate
from pydicom.uid import RLELossless
from cli import XRAY, Desk


class Case(unittest.TestCase):
    def test_it_is_refused(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        for places in ((64, 0x418e), (64, 60), (0x7fffffff, 70), (64, 0xffffffff)):
            data = pydicom.dcmread(XRAY)
            data.file_meta.TransferSyntaxUID = RLELossless
            data.Rows, data.Columns, data.SamplesPerPixel = 4, 4, 1
            data.PhotometricInterpretation, data.PixelRepresentation = 'MONOCHROME2', 0
            data.BitsAllocated, data.BitsStored, data.HighBit = 16, 12, 11
            frame = struct.pack('<16I', 2, *places, *[0] * 13) + b'\x0f' * 36
            data.PixelData = encapsulate([frame])
            data['PixelData'].is_undefined_length = True
            path = desk.folder / 'picture.dcm'
            data.save_as(path)
            answer = desk.call('inspect', path, status=2)
            self.assertIn('fetch it again from its source', answer.errors + answer.text)


if __name__ == '__main__':
    tap.main()
