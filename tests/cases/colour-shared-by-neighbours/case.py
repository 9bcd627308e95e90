#!/usr/bin/python3
"""Pixels that share a colour without being JPEG: native YBR_FULL_422, YCbCr TIFF, JPEG 2000 with
fewer samples of colour. A box between two of them left the colour of the covered one beside it, and
the receipt spoke of a proof."""
import struct
import subprocess
import unittest
import zlib

import numpy
import pydicom
import tap
from pydicom.encaps import encapsulate
from cli import XRAY, Desk, pixels

SIDE, BOX = 64, [21, 17, 10, 14]
EXPLICIT, J2K = '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.4.90'


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)

    def planes(self, secret):
        """Y, Cb and Cr at every pixel, two of a block of 4 × 4 alike in colour."""
        y = 100 + numpy.add.outer(numpy.arange(SIDE) // 2, numpy.arange(SIDE)) // 2
        cb = numpy.full((SIDE, SIDE), 128)
        cr = cb.copy()
        if secret:
            cb[16:32, 20:32], cr[16:32, 20:32] = 30, 220
        return y.astype('u1'), cb.astype('u1'), cr.astype('u1')

    def dicom(self, data, syntax, photometric, frames=1):
        file = pydicom.dcmread(XRAY)
        file.Rows = file.Columns = SIDE
        file.SamplesPerPixel, file.PlanarConfiguration = 3, 0
        file.PhotometricInterpretation, file.NumberOfFrames = photometric, frames
        file.BitsAllocated, file.BitsStored, file.HighBit, file.PixelRepresentation = 8, 8, 7, 0
        file.file_meta.TransferSyntaxUID = syntax
        file.PixelData = data
        file['PixelData'].is_undefined_length = syntax != EXPLICIT
        for name in ('WindowCenter', 'WindowWidth'):
            file.pop(name, None)
        path = self.desk.folder / 'picture.dcm'
        file.save_as(path)
        return path

    def native(self, secret):
        y, cb, cr = self.planes(secret)
        mixed = numpy.dstack([y[:, ::2], y[:, 1::2], cb[:, ::2], cr[:, ::2]])
        return self.dicom(mixed.tobytes(), EXPLICIT, 'YBR_FULL_422')

    def tiff(self, across, down, rows=SIDE, packed=False):
        """TIFF 6.0, section 21: a block's Y, row by row, then its Cb and its Cr."""
        def write(secret):
            y, cb, cr = self.planes(secret)
            blocks = numpy.dstack([y[j::down, i::across] for j in range(down)
                                   for i in range(across)]
                                  + [cb[::down, ::across], cr[::down, ::across]])
            strips = [strip.tobytes() for strip in numpy.split(blocks, SIDE // rows)]
            strips = [zlib.compress(strip) if packed else strip for strip in strips]
            n, at = len(strips), 8 + sum(map(len, strips))
            starts = [8 + sum(map(len, strips[:i])) for i in range(n)]
            tags = [(256, 3, [SIDE]), (257, 3, [SIDE]), (258, 3, [8, 8, 8]),
                    (259, 3, [8 if packed else 1]), (262, 3, [6]), (273, 4, starts), (277, 3, [3]),
                    (278, 3, [rows]), (279, 4, list(map(len, strips))), (284, 3, [1]),
                    (530, 3, [across, down])]
            entries, more = b'', b''
            after = at + 2 + 12 * len(tags) + 4
            for tag, kind, values in tags:
                value = struct.pack(f'<{len(values)}{"HI"[kind - 3]}', *values)
                if len(value) > 4:
                    value, more = struct.pack('<I', after + len(more)), more + value
                entries += struct.pack('<HHI', tag, kind, len(values)) + value.ljust(4, b'\0')
            path = self.desk.folder / 'picture.tif'
            path.write_bytes(struct.pack('<2sHI', b'II', 42, at) + b''.join(strips)
                             + struct.pack('<H', len(tags)) + entries + bytes(4) + more)
            return path
        return write

    def stream(self, across, down, secret, *options):
        """One codestream, from raw planes of which two are smaller."""
        y, cb, cr = self.planes(secret)
        raw, out = self.desk.folder / 'in.raw', self.desk.folder / 'out.j2k'
        raw.write_bytes(b''.join(plane.tobytes() for plane in
                                 (y, cb[::down, ::across], cr[::down, ::across])))
        subprocess.run(['opj_compress', '-i', raw, '-o', out, '-mct', '0', '-F',
                        f'{SIDE},{SIDE},3,8,u@1x1:{across}x{down}:{across}x{down}', *options],
                       check=True, stdout=subprocess.DEVNULL)
        return out.read_bytes()

    def j2k(self, across, down):
        return lambda secret: self.dicom(encapsulate([self.stream(across, down, secret)]), J2K,
                                         'YBR_FULL_422' if down == 1 else 'YBR_FULL')

    def export(self, source):
        target = self.desk.out / 'picture.png'
        target.unlink(missing_ok=True)
        receipt = self.desk.release(source, target, 'unknown', route='anonymised',
                                    boxes=[BOX]).json['receipt']
        return numpy.asarray(pixels(target)).astype(int), receipt

    def check(self, write, grid, assurance='proof', filled=None):
        told = self.desk.call('inspect', write(0)).json
        self.assertEqual((told['grid'], told['codec']), (list(grid), None))
        (one, receipt), (two, _) = (self.export(write(secret)) for secret in (0, 1))
        self.assertEqual(abs(one - two).max(), 0)
        self.assertEqual((receipt['assurance'], receipt['margin']), (assurance, 0))
        self.assertEqual(receipt['boxes_as_filled'], [filled or list(BOX)])

    def test_native(self):
        # To whole pairs, and a pixel more: columns 20 to 31, then 19 and 32; rows are of one pixel.
        self.check(self.native, (2, 1), filled=[19, 16, 14, 16])

    def test_tiff(self):
        for across, down, filled in ((2, 1, [19, 16, 14, 16]), (2, 2, [19, 15, 14, 18]),
                                     (4, 4, [19, 15, 14, 18])):
            for rows, packed in ((SIDE, False), (SIDE, True), (16, True)):
                self.check(self.tiff(across, down, rows, packed), (across, down), filled=filled)
        told = self.desk.call('inspect', self.tiff(1, 1)(0)).json
        self.assertEqual((told['grid'], told['codec']), ([0, 0], None))

    def test_j2k(self):
        for across, down, filled in ((2, 1, [19, 16, 14, 16]), (2, 2, [19, 15, 14, 18])):
            self.check(self.j2k(across, down), (across, down), 'claim', filled)

    def test_j2k_frames_differ(self):
        """No one grid holds for all of them."""
        path = self.dicom(encapsulate([self.stream(2, 1, 0), self.stream(1, 1, 0)]), J2K,
                          'YBR_FULL_422', frames=2)
        told = self.desk.call('inspect', path).json
        self.assertEqual((told['codec'], told['margin']), ('jpeg-2000', 80))

    def test_j2k_askew(self):
        """The picture begins within a block (T.800, B.2)."""
        stream = self.stream(2, 1, 0, '-d', '1,0')
        path = self.dicom(encapsulate([stream]), J2K, 'YBR_FULL_422')
        told = self.desk.call('inspect', path).json
        self.assertEqual((told['codec'], told['margin']), ('jpeg-2000', 80))


if __name__ == '__main__':
    tap.main()
