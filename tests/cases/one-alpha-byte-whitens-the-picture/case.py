#!/usr/bin/python3
"""A BMP file whose header has a mask for alpha was opaque where every alpha byte was 0, and white but
for the others where one was not: a byte under a box decided what all the rest looked like."""
import struct
import unittest

import tap
from cli import Desk

SIDE, BOX = 32, (0, 0, 8, 8)
MASKS = struct.pack('<4I', 0xff0000, 0xff00, 0xff, 0xff000000)


def bitmap(size, alpha):
    """Of one colour; alpha is that of its first pixel, which the box covers."""
    rows = bytearray(b'\x50\x78\xa0\0' * (SIDE * SIDE))
    rows[3] = alpha
    header = struct.pack('<IiiHHIIiiII', size, SIDE, -SIDE, 1, 32, 3, len(rows), 0, 0, 0, 0) + MASKS
    header = header.ljust(size, b'\0')
    return (b'BM' + struct.pack('<IHHI', 14 + size + len(rows), 0, 0, 14 + size) + header
            + bytes(rows))


class Case(unittest.TestCase):
    def test_nothing_under_the_box_changes_what_is_beside_it(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        for size in (56, 108, 124):
            exports = []
            for alpha in (0, 1, 255):
                path, target = desk.folder / 'a.bmp', desk.out / f'picture-{size}-{alpha}.png'
                path.write_bytes(bitmap(size, alpha))
                desk.release(path, target, 'unknown', route='anonymised', boxes=[BOX])
                exports.append(target.read_bytes())
            self.assertEqual(exports[0], exports[1])
            self.assertEqual(exports[0], exports[2])


if __name__ == '__main__':
    tap.main()
