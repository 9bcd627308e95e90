#!/usr/bin/python3
"""A JPEG whose multi-picture index is said to begin just below 4 GiB: that number and the size of an
entry wrapped to a small one, and the helper read far outside the file. The picture itself is whole."""
import struct
import unittest

import tap
from cli import PHOTO, Desk

PLACES = (0xfffffffe, 0xfffffff0, 0xffffff00, 0xffff0000)


class Case(unittest.TestCase):
    def test_the_picture_opens(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        photo = PHOTO.read_bytes()
        path = desk.folder / 'photo.jpg'
        for place in PLACES:
            for head in (b'II*\0' + struct.pack('<I', place), b'MM\0*' + struct.pack('>I', place)):
                body = b'MPF\0' + head + bytes(24)
                path.write_bytes(photo[:2] + struct.pack('>BBH', 0xff, 0xe2, len(body) + 2) + body
                                 + photo[2:])
                self.assertEqual(desk.call('inspect', path).json['pages'], 1)


if __name__ == '__main__':
    tap.main()
