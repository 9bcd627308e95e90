#!/usr/bin/python3
"""A JPEG of several scans, of which one was missing, was shown without a word: decoders make up what
was never sent, as grey or from the blocks around."""
import io
import struct
import subprocess
import sys
import unittest

import numpy
import tap
from PIL import Image
from pydicom.encaps import encapsulate
from cli import Desk

sys.path.insert(0, __file__.rsplit('/', 3)[0] + '/fixtures')
import decode_dicom  # noqa: E402

WIDTH, HEIGHT = 64, 48


def picture():
    y, x = numpy.mgrid[0:HEIGHT, 0:WIDTH]
    return numpy.stack([x * 4, y * 5, 255 - x * 4], axis=2).astype('u1')


def segments(stream):
    """(marker, bytes) of each; a scan with its coded data; EOI left out."""
    at = 2
    while stream[at + 1] != 0xd9:
        end = at + 2 + struct.unpack('>H', stream[at + 2:at + 4])[0]
        if stream[at + 1] == 0xda:
            while stream[end] != 0xff or stream[end + 1] in (0, *range(0xd0, 0xd8)):
                end += 1
        yield stream[at + 1], stream[at:end]
        at = end


def without(stream, left_out):
    scans, kept = -1, []
    for marker, data in segments(stream):
        scans += marker == 0xda
        if marker != 0xda or scans not in left_out:
            kept.append(data)
    return stream[:2] + b''.join(kept) + b'\xff\xd9'


def as_tiff(stream):
    """One strip of JPEG."""
    entries = [(256, 4, WIDTH), (257, 4, HEIGHT), (258, 3, None), (259, 3, 7), (262, 3, 6),
               (273, 4, 8), (277, 3, 3), (278, 4, HEIGHT), (279, 4, len(stream)),
               (530, 3, 1 | 1 << 16)]
    data = stream + b'\0' * (len(stream) % 2)
    bits = 8 + len(data)
    out = b'II*\0' + struct.pack('<I', bits + 6) + data + struct.pack('<3H', 8, 8, 8)
    out += struct.pack('<H', len(entries))
    for tag, kind, value in entries:
        count = {258: 3, 530: 2}.get(tag, 1)
        out += struct.pack('<HHII', tag, kind, count, bits if value is None else value)
    return out + bytes(4)


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        script = self.desk.folder / 'scans'
        script.write_text('0;\n1;\n2;\n')
        plain = self.desk.folder / 'plain.jpg'
        Image.fromarray(picture()).save(plain, quality=95, subsampling=0)
        self.sequential = subprocess.run(['jpegtran', '-scans', script, plain],
                                         capture_output=True, check=True).stdout
        progressive = io.BytesIO()
        Image.fromarray(picture()).save(progressive, 'jpeg', quality=95, progressive=True)
        self.progressive = progressive.getvalue()

    def opens(self, name, data):
        path = self.desk.folder / name
        path.write_bytes(data)
        return path

    def dicom(self, stream):
        data = decode_dicom.dataset(picture(), 8, photometric='YBR_FULL')
        data.file_meta.TransferSyntaxUID = '1.2.840.10008.1.2.4.50'
        data.PixelData = encapsulate([stream])
        data['PixelData'].is_undefined_length = True
        path = self.desk.folder / 'picture.dcm'
        data.save_as(path, write_like_original=False)
        return path

    def check(self, path, whole):
        done = self.desk.call('inspect', path, status=0 if whole else 2)
        if not whole:
            self.assertRegex(done.errors, 'damaged or incomplete|part is missing')

    def test_photograph(self):
        for left_out in ((), (0,), (1,), (2,)):
            self.check(self.opens('s.jpg', without(self.sequential, left_out)), not left_out)
        n = sum(marker == 0xda for marker, _ in segments(self.progressive))
        self.assertGreater(n, 6)
        for left_out in ((), *((scan,) for scan in range(n)), range(1, n)):
            self.check(self.opens('p.jpg', without(self.progressive, left_out)), not left_out)

    def test_dicom(self):
        for left_out in ((), (0,), (1,), (2,)):
            self.check(self.dicom(without(self.sequential, left_out)), not left_out)

    def test_tiff(self):
        for left_out in ((), (0,), (1,)):
            self.check(self.opens('t.tif', as_tiff(without(self.sequential, left_out))),
                       not left_out)


if __name__ == '__main__':
    tap.main()
