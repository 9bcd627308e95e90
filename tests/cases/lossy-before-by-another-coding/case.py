#!/usr/bin/python3
"""A JPEG whose header says that another coding had been lossy before it was covered to its blocks,
and the receipt spoke of a proof: what the older coding smeared lay beyond them."""
import io
import subprocess
import unittest

import numpy
import pydicom
import tap
from PIL import Image
from pydicom.encaps import encapsulate
from cli import XRAY, Desk

EXPLICIT, BASELINE = '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.4.50'
JPEG, JPEG_LS, J2K = 'ISO_10918_1', 'ISO_14495_1', 'ISO_15444_1'
SIDE, BOX = 256, (120, 120, 8, 8)

# What the header says: method, ratio, and whether the picture was ever lossy.
BEFORE = ((J2K, JPEG), ('20', '4'), '01'), ((JPEG_LS, JPEG), ('3', '4'), '01'), \
         ((J2K, JPEG_LS, JPEG), None, '01'), ((JPEG, JPEG), ('7', '4'), '01'), \
         (('CLEVER', JPEG), None, None), (('', JPEG), None, '01'), (None, ('20', '4'), '01'), \
         ((JPEG,), ('20', '4'), '01'), ((J2K,), ('20',), '01'), ((J2K,), None, '00')
ONCE = ((JPEG,), ('4',), '01'), (None, ('4',), '01'), (None, None, '01'), ((JPEG,), None, None), \
       (None, None, '00'), (None, ('4',), '00'), ((JPEG,), ('',), '01')


def picture():
    y, x = numpy.mgrid[0:SIDE, 0:SIDE]
    return ((x + y) // 2 + 16 * ((x // 8 + y // 4) % 2)).clip(0, 255).astype('u1')


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)

    def write(self, methods, ratios, lossy, coded=True):
        data = pydicom.dcmread(XRAY)
        data.Rows, data.Columns, data.SamplesPerPixel = SIDE, SIDE, 1
        data.PhotometricInterpretation, data.PixelRepresentation = 'MONOCHROME2', 0
        data.BitsAllocated, data.BitsStored, data.HighBit = 8, 8, 7
        data.WindowCenter, data.WindowWidth = '128', '256'
        for name, value in (('Method', methods), ('Ratio', ratios), ('', lossy)):
            if value is not None:
                setattr(data, 'LossyImageCompression' + name,
                        value if isinstance(value, str) else list(value))
        stream = io.BytesIO()
        Image.fromarray(picture()).save(stream, 'JPEG', quality=90)
        data.file_meta.TransferSyntaxUID = BASELINE if coded else EXPLICIT
        data.PixelData = encapsulate([stream.getvalue()]) if coded else picture().tobytes()
        data['PixelData'].is_undefined_length = coded
        path = self.desk.folder / 'coded.dcm'
        data.save_as(path)
        return path

    def test_before(self):
        """Nobody knows what was done between the codings: the margin of docs/margins.md for that."""
        for methods, ratios, lossy in BEFORE:
            told = self.desk.call('inspect', self.write(methods, ratios, lossy)).json
            self.assertEqual((told['codec'], told['margin']), ('unknown', 80),
                             (methods, ratios, lossy))

    def test_once(self):
        """The JPEG itself is one of the codings that the header counts."""
        for methods, ratios, lossy in ONCE:
            told = self.desk.call('inspect', self.write(methods, ratios, lossy)).json
            self.assertIsNone(told['codec'], (methods, ratios, lossy))

    def test_uncompressed(self):
        for methods, ratios, lossy, codec in (((J2K,), None, '01', 'unknown'),
                                              ((JPEG,), ('4',), None, 'unknown'),
                                              (None, None, '01', 'unknown'),
                                              (None, None, '00', None)):
            path = self.write(methods, ratios, lossy, coded=False)
            self.assertEqual(self.desk.call('inspect', path).json['codec'], codec, (methods, lossy))

    def test_near_lossless(self):
        for methods, codec, margin in (((J2K, JPEG_LS), 'unknown', 80), ((J2K,), 'unknown', 80),
                                       ((JPEG_LS,), 'jpeg-ls', 48), (None, 'jpeg-ls', 48)):
            path = self.desk.folder / 'near.dcm'
            subprocess.run(['dcmcjpls', '+en', '+md', '3',
                            self.write(None, None, None, coded=False), path], check=True)
            data = pydicom.dcmread(path)
            for name in ('Method', 'Ratio'):
                data.pop('LossyImageCompression' + name, None)
            if methods is not None:
                data.LossyImageCompressionMethod = list(methods)
            data.save_as(path)
            told = self.desk.call('inspect', path).json
            self.assertEqual((told['codec'], told['margin']), (codec, margin), methods)

    def test_receipt(self):
        path = self.write((J2K, JPEG), ('20', '4'), '01')
        receipt = self.desk.release(path, self.desk.out / 'picture.png', 'unknown',
                                    route='anonymised', boxes=[BOX]).json['receipt']
        self.assertEqual((receipt['assurance'], receipt['margin_codec'], receipt['margin']),
                         ('margin', 'unknown', 80))
        # 80 pixels on each side, then outward to blocks of 8 and a pixel more (leaks.md row 14).
        self.assertEqual(receipt['boxes_as_filled'], [[39, 39, 170, 170]])


if __name__ == '__main__':
    tap.main()
