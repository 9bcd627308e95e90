#!/usr/bin/python3
"""PNG pixels that name a colour beyond the palette were shown black without a word."""
import struct
import unittest
import zlib

import tap
from cli import Desk


def chunk(kind, data):
    return (struct.pack('>I', len(data)) + kind + data
            + struct.pack('>I', zlib.crc32(kind + data)))


def png(bits, highest):
    """16 × 16 pixels; a palette of three colours."""
    indices = [x % (highest + 1) for x in range(16)]
    row = bytes(sum(value << (8 - bits * (1 + k)) for k, value in
                    enumerate(indices[at:at + 8 // bits])) for at in range(0, 16, 8 // bits))
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 16, 16, bits, 3, 0, 0, 0))
            + chunk(b'PLTE', bytes([255, 255, 255, 200, 0, 0, 0, 0, 200]))
            + chunk(b'IDAT', zlib.compress((b'\0' + row) * 16)) + chunk(b'IEND', b''))


class Case(unittest.TestCase):
    def test_refused(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        path = desk.folder / 'picture.png'
        for bits in (2, 4, 8):
            for highest in (2, 3):
                path.write_bytes(png(bits, highest))
                desk.call('inspect', path, status=0 if highest == 2 else 2)


if __name__ == '__main__':
    tap.main()
