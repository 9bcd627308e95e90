#!/usr/bin/python3
"""A picture for HDR screens was shown as sRGB where only its stream said what it is: AVIF without a
colr box, and AVIF and HEIC with one that says "not specified"."""
import pathlib
import struct
import subprocess
import sys
import unittest

import numpy
import tap
from PIL import Image
from cli import Desk, Failed, pixels

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / 'fixtures'))
import decode_heif as heif  # noqa: E402

SIDE = 64
PQ, HLG, SRGB, LINEAR, NOT_SAID = 16, 18, 13, 8, 2
BT709, BT2020 = 1, 9


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)

    def avif(self, primaries, transfer):
        """With numbers in the stream, and others in the colr box: heif-enc writes "not specified"
        into both."""
        data = bytearray(self.encode('avif', '-A'))
        start = heif.find(data, b'mdat')[-1] + 12  # after the temporal delimiter and two bytes
        bits = f'{int.from_bytes(data[start:start + 12], "big"):096b}'
        said = f'1{NOT_SAID:08b}{NOT_SAID:08b}{6:08b}'  # color_description_present_flag, color_config
        self.assertEqual(bits.count(said), 1)
        bits = bits.replace(said, f'1{primaries:08b}{transfer:08b}{6:08b}')
        data[start:start + 12] = int(bits, 2).to_bytes(12, 'big')
        return self.box(bytes(data), primaries, transfer)

    def encode(self, kind, *more):
        y, x = numpy.mgrid[0:SIDE, 0:SIDE]
        png, out = self.desk.folder / 'in.png', self.desk.folder / f'out.{kind}'
        Image.fromarray(numpy.dstack([x * 4, y * 4, (x + y) * 2]).astype('u1')).save(png)
        subprocess.run(['heif-enc', *more, '-q', '90', png, '-o', out], check=True,
                       stdout=subprocess.DEVNULL)
        return out.read_bytes()

    def box(self, data, primaries, transfer):
        """The same file with other numbers in its colr box, or without that box."""
        at = data.index(b'colrnclx')
        if primaries is None:
            return data[:at] + b'fooo' + data[at + 4:]
        return data[:at + 8] + struct.pack('>HH', primaries, transfer) + data[at + 12:]

    def write(self, data, kind):
        path = self.desk.folder / f'picture.{kind}'
        path.write_bytes(data)
        return path

    def refuses(self, data, kind):
        with self.assertRaisesRegex(Failed, 'HDR'):
            self.desk.release(self.write(data, kind), self.desk.out / 'no.png', 'unknown',
                              route='anonymised')

    def shown(self, data, kind):
        target = self.desk.out / 'picture.png'
        target.unlink(missing_ok=True)
        self.desk.release(self.write(data, kind), target, 'unknown', route='anonymised')
        return numpy.asarray(pixels(target)).astype(int)

    def test_avif(self):
        for transfer in (PQ, HLG):
            data = self.avif(BT2020, transfer)
            self.refuses(data, 'avif')
            for said in ((None, None), (NOT_SAID, NOT_SAID), (BT2020, NOT_SAID)):
                self.refuses(self.box(data, *said), 'avif')

    def test_heic(self):
        data = self.encode('heic', '-p', 'x265:transfer=smpte2084', '-p', 'x265:colorprim=bt2020',
                           '-p', 'x265:colormatrix=bt2020nc')
        self.refuses(data, 'heic')
        for said in ((NOT_SAID, NOT_SAID), (BT2020, NOT_SAID)):
            self.refuses(heif.with_property(data, heif.nclx(*said)), 'heic')
        self.shown(heif.with_property(data, heif.nclx(BT709, SRGB)), 'heic')

    def test_configuration(self):
        """The sequence header stands in av1C as well, or there alone."""
        data = self.box(self.avif(BT2020, PQ), None, None)
        start = heif.find(data, b'mdat')[-1] + 10
        header = data[start:start + 2 + data[start + 1]]
        self.assertEqual(header[0], 0x0a)
        grown = bytearray(data)
        at = data.index(b'av1C')
        end = at - 4 + struct.unpack_from('>I', data, at - 4)[0]
        heif.move_extents(grown, heif.grow(grown, (b'meta', b'iprp', b'ipco', b'av1C'), end,
                                           header))
        self.refuses(bytes(grown), 'avif')
        alone = bytes(grown).replace(header, b'\x7a' + header[1:])  # padding
        self.refuses(alone[:end] + header + alone[end + len(header):], 'avif')

    def test_box_says_otherwise(self):
        """What the box says holds, whatever the stream does."""
        data = self.avif(BT2020, PQ)
        self.shown(self.box(data, BT709, SRGB), 'avif')

    def test_other_colours(self):
        """Each number from whoever says it: the same picture in three ways."""
        data = self.avif(BT2020, LINEAR)
        whole = self.shown(data, 'avif')
        for said in ((None, None), (NOT_SAID, NOT_SAID), (BT2020, NOT_SAID), (NOT_SAID, LINEAR)):
            self.assertLessEqual(abs(self.shown(self.box(data, *said), 'avif') - whole).max(), 1,
                                 said)
        plain = self.shown(self.box(data, BT709, SRGB), 'avif')
        self.assertGreater(abs(plain - whole).max(), 40)

    def test_grid(self):
        """The primary picture is put together from tiles: the first of them says it."""
        data = self.avif(BT2020, PQ)
        self.refuses(self.as_derived(self.box(data, None, None)), 'avif')

    def as_derived(self, data):
        """Puts a picture made of one tile, the coded one, in its place: an item more, its eight
        bytes, a reference, and in its properties the same size."""
        data = bytearray(data)
        iloc, mdat = heif.find(data, b'meta', b'iloc')[-1], heif.find(data, b'mdat')[-1]
        self.assertEqual((data[iloc + 8], mdat + struct.unpack_from('>I', data, mdat)[0]),
                         (0, len(data)))
        base = len(data)
        heif.grow(data, (b'mdat',), base, struct.pack('>BBBBHH', 0, 0, 0, 0, SIDE, SIDE))
        at, = struct.unpack_from('>H', data, heif.find(data, b'meta', b'pitm')[-1] + 12)
        number = 99
        entry = struct.pack('>I4sB3xHH4sB', 21, b'infe', 2, number, 0, b'grid', 0)
        iinf = heif.find(data, b'meta', b'iinf')[-1]
        end = iinf + struct.unpack_from('>I', data, iinf)[0]
        struct.pack_into('>H', data, iinf + 12, struct.unpack_from('>H', data, iinf + 12)[0] + 1)
        delta = heif.grow(data, (b'meta', b'iinf'), end, entry)
        struct.pack_into('>H', data, heif.find(data, b'meta', b'pitm')[-1] + 12, number)
        meta = heif.find(data, b'meta')[-1]
        end = meta + struct.unpack_from('>I', data, meta)[0]
        reference = struct.pack('>I4sHHH', 14, b'dimg', number, 1, at)
        delta += heif.grow(data, (b'meta',), end,
                           struct.pack('>I4sI', 12 + len(reference), b'iref', 0) + reference)
        ipma = heif.find(data, b'meta', b'iprp', b'ipma')[-1]
        end = ipma + struct.unpack_from('>I', data, ipma)[0]
        struct.pack_into('>I', data, ipma + 12, struct.unpack_from('>I', data, ipma + 12)[0] + 1)
        ispe = [kind for _, _, kind in heif.boxes(data, heif.find(
            data, b'meta', b'iprp', b'ipco')[-1] + 8, ipma)].index(b'ispe') + 1
        delta += heif.grow(data, (b'meta', b'iprp', b'ipma'), end,
                           struct.pack('>HBB', number, 1, ispe))
        iloc = heif.find(data, b'meta', b'iloc')[-1]
        end = iloc + struct.unpack_from('>I', data, iloc)[0]
        struct.pack_into('>H', data, iloc + 14, struct.unpack_from('>H', data, iloc + 14)[0] + 1)
        delta += heif.grow(data, (b'meta', b'iloc'), end,
                           struct.pack('>HHIHII', number, 0, base, 1, 0, 8))
        heif.move_extents(data, delta)
        return bytes(data)


if __name__ == '__main__':
    tap.main()
