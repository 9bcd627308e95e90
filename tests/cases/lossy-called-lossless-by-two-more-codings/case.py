#!/usr/bin/python3
"""A near-lossless JPEG-LS stream under the lossless Transfer Syntax had no margin, and for JPEG 2000
whose encoder left out coding passes, which no header says, the receipt spoke of a proof."""
import subprocess
import unittest

import numpy
import pydicom
import tap
from PIL import Image
from pydicom.encaps import encapsulate
from cli import XRAY, Desk

EXPLICIT = '1.2.840.10008.1.2.1'
JPEG_LS, J2K = '1.2.840.10008.1.2.4.80', '1.2.840.10008.1.2.4.90'
ROWS, COLUMNS, BOX = 96, 160, (40, 24, 30, 16)


def picture():
    y, x = numpy.mgrid[0:ROWS, 0:COLUMNS]
    return (x + y + 16 * ((x // 8 + y // 4) % 2)).clip(0, 255).astype('u1')


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)

    def write(self, frames=1):
        data = pydicom.dcmread(XRAY)
        data.Rows, data.Columns, data.SamplesPerPixel = ROWS, COLUMNS, 1
        data.PhotometricInterpretation, data.PixelRepresentation = 'MONOCHROME2', 0
        data.BitsAllocated, data.BitsStored, data.HighBit = 8, 8, 7
        data.WindowCenter, data.WindowWidth = '128', '256'
        data.NumberOfFrames = frames
        data.PixelData = picture().tobytes() * frames
        data.file_meta.TransferSyntaxUID = EXPLICIT
        data['PixelData'].is_undefined_length = False
        path = self.desk.folder / 'plain.dcm'
        data.save_as(path)
        return path

    def near(self, deviation):
        """One frame's stream of JPEG-LS."""
        out = self.desk.folder / 'near.dcm'
        kind = ['+en', '+md', str(deviation)] if deviation else ['+el']
        subprocess.run(['dcmcjpls', *kind, self.write(), out], check=True)
        return next(pydicom.encaps.generate_pixel_data_frame(pydicom.dcmread(out).PixelData, 1))

    def j2k(self, *options):
        png, out = self.desk.folder / 'in.png', self.desk.folder / 'out.j2k'
        Image.fromarray(picture()).save(png)
        subprocess.run(['opj_compress', '-i', png, '-o', out, *options], check=True,
                       stdout=subprocess.DEVNULL)
        return out.read_bytes()

    def wrapped(self, uid, *streams, split=None):
        data = pydicom.dcmread(self.write(len(streams)))
        data.file_meta.TransferSyntaxUID = uid
        data.PixelData = encapsulate(list(streams), fragments_per_frame=split or 1)
        data['PixelData'].is_undefined_length = True
        path = self.desk.folder / 'coded.dcm'
        data.save_as(path)
        return path

    def released(self, path, boxes):
        target = self.desk.out / 'picture.png'
        target.unlink(missing_ok=True)
        return self.desk.release(path, target, 'unknown', route='anonymised',
                                 boxes=boxes).json['receipt']

    def test_near_lossless(self):
        near, exact = self.near(9), self.near(0)
        for streams, split in (((near,), 1), ((near,), 3), ((exact, near), 1), ((exact, near), 2)):
            path = self.wrapped(JPEG_LS, *streams, split=split)
            told = self.desk.call('inspect', path).json
            self.assertEqual(told['codec'], 'jpeg-ls', (len(streams), split))
            receipt = self.released(path, [BOX])
            self.assertEqual((receipt['assurance'], receipt['margin_codec']), ('margin', 'jpeg-ls'))

    def test_lossless_ls(self):
        """Every scan says that it lost nothing: a box is filled as it was drawn."""
        path = self.wrapped(JPEG_LS, self.near(0), self.near(0), split=2)
        self.assertIsNone(self.desk.call('inspect', path).json['codec'])
        receipt = self.released(path, [BOX])
        self.assertEqual((receipt['assurance'], receipt['boxes_as_filled']), ('proof', [list(BOX)]))

    def test_unreadable_ls(self):
        """What cannot be followed to its end is not taken for lossless."""
        exact = self.near(0)
        end = exact.rindex(b'\xff\xd9')
        path = self.wrapped(JPEG_LS, exact[:end] + b'\xff\xdc\0\4\0\0' + exact[end:])
        self.assertEqual(self.desk.call('inspect', path).json['codec'], 'jpeg-ls')

    def test_passes_left_out(self):
        for options in ((), ('-r', '20'), ('-q', '30')):
            path = self.wrapped(J2K, self.j2k(*options))
            receipt = self.released(path, [BOX])
            self.assertEqual(receipt['assurance'], 'claim', options)
            self.assertIn('the source calls its compression lossless', receipt['proof'])
            self.assertEqual(self.released(path, [])['assurance'], 'proof', options)


if __name__ == '__main__':
    tap.main()
