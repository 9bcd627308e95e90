#!/usr/bin/python3
"""A DICOM file whose RLE frame ends before one of its segments begins was shown now and then: DCMTK
read on behind the frame, and took for pixels what it found there in memory."""
import struct
import unittest

import pydicom
import tap
from pydicom.encaps import encapsulate
from cli import XRAY, Desk

RLE = '1.2.840.10008.1.2.5'
N = 64 * 64


def segment(value):
    """Runs of 128 pixels."""
    return bytes([129, value]) * (N // 128)


class Case(unittest.TestCase):
    def test_no_picture_is_made_up(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        first, second = segment(1), segment(200)
        header = struct.pack('<3I', 2, 64, 64 + len(first)).ljust(64, b'\0')
        frames = (header + first + second, header + first + second[:-2], header + first,
                  header + first[:20], header[:60])
        for number, frame in enumerate(frames):
            shown = number == 0
            data = pydicom.dcmread(XRAY)
            data.file_meta.TransferSyntaxUID = RLE
            data.Rows, data.Columns, data.SamplesPerPixel = 64, 64, 1
            data.PhotometricInterpretation, data.PixelRepresentation = 'MONOCHROME2', 0
            data.BitsAllocated, data.BitsStored, data.HighBit = 16, 16, 15
            data.PixelData = encapsulate([frame])
            data['PixelData'].is_undefined_length = True
            path, target = desk.folder / 'cut.dcm', desk.out / f'picture-{number}.png'
            data.save_as(path)
            for _ in range(1 if shown else 10):
                desk.release(path, target, 'unknown', status=0 if shown else 2,
                             route='anonymised')
                self.assertEqual(target.exists(), shown)


if __name__ == '__main__':
    tap.main()
