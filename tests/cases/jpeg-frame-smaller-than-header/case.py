#!/usr/bin/python3
"""A JPEG frame that is smaller than the DICOM header says, as a tile at a slide's edge is, was shown
with its rows in the wrong places and whatever lay in memory after them."""
import io
import unittest

import numpy
import pydicom
import tap
from PIL import Image
from pydicom.encaps import encapsulate
from cli import XRAY, Desk, pixels

JPEG_BASELINE = '1.2.840.10008.1.2.4.50'
ROWS, COLUMNS = 80, 100


def stream(width, height, mode):
    y, x = numpy.mgrid[0:height, 0:width]
    grey = (40 + 2 * x + y).clip(0, 255).astype('u1')
    packed = io.BytesIO()
    picture = Image.fromarray(grey)
    if mode == 'RGB':
        picture = Image.merge('RGB', (picture, Image.new('L', (width, height), 90), picture))
    picture.save(packed, 'JPEG', quality=95)
    return packed.getvalue()


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)

    def write(self, mode, *sizes):
        data = pydicom.dcmread(XRAY)
        data.file_meta.TransferSyntaxUID = JPEG_BASELINE
        data.Rows, data.Columns, data.NumberOfFrames = ROWS, COLUMNS, len(sizes)
        data.SamplesPerPixel = 3 if mode == 'RGB' else 1
        data.PhotometricInterpretation = 'YBR_FULL_422' if mode == 'RGB' else 'MONOCHROME2'
        data.PlanarConfiguration = 0
        data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = 8, 8, 7, 0
        data.WindowCenter, data.WindowWidth = '128', '256'
        streams = [stream(*size, mode) for size in sizes]
        data.PixelData = encapsulate(streams)
        data['PixelData'].is_undefined_length = True
        path = self.desk.folder / 'tiles.dcm'
        data.save_as(path)
        return path, streams

    def check(self, mode):
        path, streams = self.write(mode, (COLUMNS, ROWS), (55, 41))
        target = self.desk.out / f'picture-{mode}.png'
        self.desk.release(path, target, 'unknown', route='anonymised', more=['--frame', '2'])
        tile = numpy.asarray(Image.open(io.BytesIO(streams[1])))
        expected = numpy.zeros((ROWS, COLUMNS) + tile.shape[2:], int)
        expected[:41, :55] = tile
        found = numpy.asarray(pixels(target)).astype(int)
        self.assertEqual(found.shape, expected.shape)
        self.assertLessEqual(abs(found - expected).max(), 1)

    def test_grey(self):
        self.check('L')

    def test_colour(self):
        self.check('RGB')

    def test_larger(self):
        """What does not fit would be cut off unseen: it is refused."""
        path, _ = self.write('L', (COLUMNS, ROWS), (COLUMNS + 8, ROWS))
        answer = self.desk.call('inspect', path, status=2)
        self.assertIn('differ in size', answer.errors)


if __name__ == '__main__':
    tap.main()
