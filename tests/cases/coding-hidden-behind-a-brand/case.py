#!/usr/bin/python3
"""An AVIF picture whose brand says "heic", or nothing, got the margin of HEVC: the coding was taken
from a word at the file's head, and not from what its pictures are."""
import struct
import subprocess
import unittest

import numpy
import tap
from PIL import Image
from cli import Desk

SIDE, BOX = 256, [120, 120, 8, 8]


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)

    def encode(self, kind, n=1):
        y, x = numpy.mgrid[0:SIDE, 0:SIDE]
        png = self.desk.folder / 'in.png'
        Image.fromarray(((x + y) // 2).astype('u1')).convert('RGB').save(png)
        out = self.desk.folder / f'out.{kind}'
        subprocess.run(['heif-enc', *(['-A'] if kind == 'avif' else []), '-q', '50', *[png] * n,
                        '-o', out], check=True, stdout=subprocess.DEVNULL)
        return out.read_bytes()

    def told(self, data):
        path = self.desk.folder / 'picture.heic'
        path.write_bytes(data)
        said = self.desk.call('inspect', path).json
        return said['codec'], said['margin']

    def branded(self, data, brand):
        """With no other brands than one and that of all such files."""
        size, = struct.unpack('>I', data[:4])
        return data[:8] + brand + data[12:16] + b'mif1' * ((size - 16) // 4) + data[size:]

    def test_brands(self):
        for kind, expected in (('avif', ('avif', 80)), ('heic', ('heic', 48))):
            data = self.encode(kind)
            for brand in (b'avif', b'heic', b'heix', b'mif1', b'msf1'):
                self.assertEqual(self.told(self.branded(data, brand)), expected, (kind, brand))

    def test_several_codings(self):
        """One picture beside is coded otherwise, perhaps a tile or a layer: nobody knows."""
        data = self.encode('heic', 2)
        self.assertEqual(self.told(data), ('heic', 48))
        first = data.index(b'hvc1', data.index(b'infe'))
        second = data.index(b'hvc1', first + 4)
        self.assertLess(second, data.index(b'iprp'))
        for other in (b'j2k1', b'jpeg', b'unci', b'zzzz'):
            self.assertEqual(self.told(data[:second] + other + data[second + 4:]), ('unknown', 80),
                             other)

    def test_receipt(self):
        path = self.desk.folder / 'picture.heic'
        path.write_bytes(self.branded(self.encode('avif'), b'heic'))
        receipt = self.desk.release(path, self.desk.out / 'picture.png', 'unknown',
                                    route='anonymised', boxes=[BOX]).json['receipt']
        self.assertEqual((receipt['margin_codec'], receipt['boxes_as_filled']),
                         ('avif', [[40, 40, 168, 168]]))


if __name__ == '__main__':
    tap.main()
