#!/usr/bin/python3
"""A long scan whose pages carry EXIF was refused as made to do harm: to read the EXIF of a page the
whole file was copied, page after page, until the time was over."""
import struct
import unittest

import tap
from cli import Desk

PAGES, SIZE = 9000, 96 << 20
SHORT, LONG, ASCII = 3, 4, 2


def directory(at, last):
    """A page of 8 × 8 grey pixels that stand at byte 8, with an EXIF directory behind it."""
    tags = ((256, LONG, 8), (257, LONG, 8), (258, SHORT, 8), (259, SHORT, 1), (262, SHORT, 1),
            (273, LONG, 8), (277, SHORT, 1), (278, LONG, 8), (279, LONG, 64), (34665, LONG, None))
    exif = at + 2 + 12 * len(tags) + 4
    text = f'{at % 1000:03}\0'.encode() # of four bytes, which stand in the entry itself
    own = struct.pack('<HHHI', 1, 0x9010, ASCII, 4) + text + b'\0\0\0\0' # OffsetTime
    entries = b''.join(struct.pack('<HHII', tag, kind, 1, exif if value is None else value)
                       for tag, kind, value in tags)
    following = 0 if last else exif + len(own)
    return struct.pack('<H', len(tags)) + entries + struct.pack('<I', following) + own


class Case(unittest.TestCase):
    def test_it_opens(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        path, at = desk.folder / 'scan.tiff', 72
        with open(path, 'wb') as out:
            out.write(b'II*\0' + struct.pack('<I', at) + bytes(range(64)))
            for page in range(PAGES):
                at += out.write(directory(at, page == PAGES - 1))
            out.truncate(SIZE)
        facts = desk.call('inspect', path).json
        self.assertEqual(facts['pages'], PAGES)
        self.assertIn('EXIF OffsetTime', str(facts['gives_away']))


if __name__ == '__main__':
    tap.main()
