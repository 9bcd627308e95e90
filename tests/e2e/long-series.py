#!/usr/bin/python3
"""Files so large that their first part is read while the rest of them is still copied: every frame
is right, the hash is that of the whole file, and what is cut off at the end is found."""
import hashlib
import os
import pathlib
import sys
import unittest
from concurrent import futures

import numpy
from PIL import Image

import tap
from cli import Desk

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'fixtures'))
import decode_dicom  # noqa: E402

SIZE, FRAMES = 1500, 16  # 36 MB


def is_being_copied(path):
    """Whether the command line has the file open, and the first of it in memory."""
    for folder in pathlib.Path('/proc').glob('[0-9]*/fd'):
        try:
            held = {each: os.readlink(each) for each in folder.iterdir()}
        except OSError:
            continue
        if str(path) in held.values() and folder.parent.name != str(os.getpid()):
            for each, name in held.items():
                if name.startswith('/memfd:imprimatur-input') and os.stat(each).st_size > 0:
                    return True
    return False


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

    def test_becomes_shorter(self):
        """Cut while it is copied: what was shown of it is neither told nor released."""
        data = decode_dicom.dataset(numpy.zeros((512, 512)))
        data.NumberOfFrames = 4096
        target = self.desk.out / 'never.png'
        path = self.desk.folder / 'shrinks.dcm'
        verbs = (lambda: self.desk.call('inspect', path, status=2),
                 lambda: self.desk.release(path, target, 'unknown', route='anonymised', status=2))
        for verb in verbs:
            data.save_as(path, write_like_original=False)
            begin = path.read_bytes()[:-512 * 512 * 2 - 4]
            path.write_bytes(begin + (2 << 30).to_bytes(4, 'little'))
            with open(path, 'r+b') as file, futures.ThreadPoolExecutor(1) as pool:
                file.truncate(len(begin) + 4 + (2 << 30))
                done = pool.submit(verb)
                while not done.done() and not is_being_copied(path):
                    pass
                file.truncate(4 << 20)
                self.assertRegex(done.result().errors, 'became shorter|damaged|ends before')
            self.assertFalse(target.exists())

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
