#!/usr/bin/python3
"""Leak rows 6, 7, 8, 9, 16 and 17: whatever a file holds beside the picture that is shown, nothing of
it is in an export: no other page or picture, no name, no profile, no palette, no alpha."""
import io
import os
import pathlib
import struct
import sys
import unittest
import zlib

import numpy
from PIL import Image

import tap
from cli import Desk, metadata

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'fixtures'))
import decode_colour  # noqa: E402
import decode_dicom  # noqa: E402
import decode_formats  # noqa: E402
import decode_heif  # noqa: E402

WORDS = (b'entinel', b'ecret', b'Person', b'H204417', b'Jane', b'urn:')
HEIF = os.environ['IMP_HEIF'] == 'yes'  # whether the program is built to read it
# Each file whose row says what its export must show.
FILES = {
    'row_06': ('pages-little.tiff', 'pages-big.tiff', 'pages-codec.tiff'),
    'row_07': ('thumbnail.heic', 'depth.heic', 'gain-map.heic', 'motion.heic', 'orphan.heic'),
    'row_08': ('sequence.png', 'sequence.mpo', 'animated.webp', 'two.heic'),
    'row_09': ('p3-chart.png', 'p3-chart.webp', 'p3-chart.heic', 'adobe-chart.tiff',
               'grey-chart.png', 'cmyk-chart.jpg'),
    'row_16': ('alpha-lossless.webp', 'alpha.heic', 'alpha.bmp'),
    'row_17': ('palette-8.bmp', 'rle-8.bmp', 'palette-1.bmp'),
    'row_01': ('facts.webp', 'trailer.heic', 'extras.bmp'),
}


def inflated(data):
    """Whatever a PNG keeps compressed, and its colour type."""
    at, packed = 8, b''
    while at < len(data):
        length, = struct.unpack('>I', data[at:at + 4])
        packed += data[at + 8:at + 8 + length] if data[at + 4:at + 8] == b'IDAT' else b''
        at += 12 + length
    return zlib.decompress(packed), data[25]


class Sentinels(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = Desk().init()
        cls.maker = decode_dicom.Maker(str(cls.desk.folder))
        decode_formats.make(cls.maker)
        decode_colour.make(cls.maker, HEIF)
        if HEIF:
            decode_heif.make(cls.maker)
        cls.rows = {row[2]: row for row in cls.maker.rows if row[0] == 'opens' and row[3] == '0'}

    @classmethod
    def tearDownClass(cls):
        cls.desk.close()

    def check(self, name):
        source = self.desk.folder / name
        row = self.rows.get(name)
        for kind in ('png', 'jpg'):
            output = self.desk.out / f'img-{zlib.crc32(name.encode()):x}.{kind}'
            self.desk.release(source, output, 'unknown', route='anonymised')
            data = output.read_bytes()
            self.assertEqual(metadata(output), {})
            self.assertEqual([word for word in WORDS if word in data], [])
            shown = numpy.asarray(Image.open(io.BytesIO(data)).convert('RGB')).astype(int)
            if kind == 'png':
                rows, colour = inflated(data)
                self.assertEqual([word for word in WORDS if word in rows], [])
                self.assertIn(colour, (0, 2), 'neither palette nor alpha')
            if row is not None:
                wanted = decode_dicom.read_pnm(self.maker.path(row[4])).astype(int)
                wanted = wanted if wanted.ndim == 3 else numpy.dstack([wanted] * 3)
                self.assertEqual(shown.shape, wanted.shape, 'the first picture')
                apart = numpy.abs(shown - wanted)
                worst = int(apart.max()) if kind == 'png' else float(apart.mean())
                self.assertLessEqual(worst, int(row[5]) + (0 if kind == 'png' else 8))


def add_cases():
    for row, names in FILES.items():
        for name in names:
            if name.endswith('.heic') and not HEIF:
                continue
            setattr(Sentinels, f'test_{row}_{name.replace(".", "_").replace("-", "_")}',
                    lambda self, n=name: self.check(n))


add_cases()
if __name__ == '__main__':
    tap.main()
