#!/usr/bin/python3
"""Files so large that their first part is read while the rest of them is still copied: every frame
is right, the hash is that of the whole file, and what is cut off at the end is found."""
import hashlib
import pathlib
import sys
import unittest

import numpy
from PIL import Image

import tap
from cli import Desk

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'fixtures'))
import decode_dicom  # noqa: E402

SIZE, FRAMES = 1500, 16  # 36 MB


class Long(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = Desk().init()

    @classmethod
    def tearDownClass(cls):
        cls.desk.close()

    def write(self, name):
        pixels = numpy.random.default_rng(3).integers(0, 256, (FRAMES, SIZE, SIZE), dtype='u1')
        data = decode_dicom.dataset(pixels, 8)
        data.NumberOfFrames = FRAMES
        data.WindowCenter, data.WindowWidth = '128', '256'  # 0 to 255 as they are
        data.add_new((0xfffc, 0xfffc), 'OB', b'\0' * 64)  # stands behind the pixels
        path = self.desk.folder / name
        data.save_as(path, write_like_original=False)
        return path, pixels

    def test_every_frame(self):
        path, pixels = self.write('long.dcm')
        answer = self.desk.call('inspect', path).json
        self.assertEqual(answer['source_sha256'], hashlib.sha256(path.read_bytes()).hexdigest())
        self.assertEqual(answer['rendering_sha256'],
                         [hashlib.sha256(frame.tobytes()).hexdigest() for frame in pixels])

    def test_cut_off(self):
        path, _ = self.write('cut.dcm')
        with open(path, 'r+b') as file:
            file.truncate(path.stat().st_size - 100000)
        self.desk.call('inspect', path, status=2)

    def test_photograph(self):
        pixels = numpy.random.default_rng(4).integers(0, 256, (2500, 2500, 3), dtype='u1')
        path = self.desk.folder / 'large.png'
        Image.fromarray(pixels).save(path, compress_level=1)
        answer = self.desk.call('inspect', path).json
        self.assertEqual(answer['source_sha256'], hashlib.sha256(path.read_bytes()).hexdigest())
        self.assertEqual(answer['rendering_sha256'],
                         [hashlib.sha256(pixels.tobytes()).hexdigest()])


if __name__ == '__main__':
    tap.main()
