#!/usr/bin/python3
"""A DICOM file whose JPEG is lossy, although its Transfer Syntax UID says lossless, had no block
grid: the box was not widened, and traces of what it covered stayed beside it."""
import io
import unittest

import pydicom
import tap
from PIL import Image, ImageDraw
from pydicom.encaps import encapsulate
from cli import XRAY, Desk

JPEG_LOSSLESS = '1.2.840.10008.1.2.4.70'
BOX = (37, 21, 60, 12)


def stream(word):
    picture, packed = Image.new('L', (160, 96), 128), io.BytesIO()
    ImageDraw.Draw(picture).text((38, 21), word, fill=255)
    picture.save(packed, 'JPEG', quality=60)
    return packed.getvalue()


class Case(unittest.TestCase):
    def test_what_is_covered_leaves_no_trace(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        exports = []
        for word in ('MMMMM', 'IIIII'):
            data = pydicom.dcmread(XRAY)
            data.file_meta.TransferSyntaxUID = JPEG_LOSSLESS
            data.Rows, data.Columns, data.SamplesPerPixel = 96, 160, 1
            data.PhotometricInterpretation, data.PixelRepresentation = 'MONOCHROME2', 0
            data.BitsAllocated, data.BitsStored, data.HighBit = 8, 8, 7
            data.WindowCenter, data.WindowWidth = '128', '256'
            data.PixelData = encapsulate([stream(word)])
            data['PixelData'].is_undefined_length = True
            path, target = desk.folder / f'{word}.dcm', desk.out / f'picture-{len(exports)}.png'
            data.save_as(path)
            desk.release(path, target, 'unknown', route='anonymised', boxes=[BOX])
            exports.append(target.read_bytes())
        self.assertEqual(*exports)


if __name__ == '__main__':
    tap.main()
