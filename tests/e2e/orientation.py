#!/usr/bin/python3
"""Leak row 10: in each of the eight orientations, in every format that has them, a box on a corner of
the picture as it is shown covers that corner, and nothing else changes. PIL turns the pictures, too."""
import io
import unittest

import numpy
from PIL import Image, ImageOps

import tap
from cli import Desk

WIDTH, HEIGHT = 24, 15  # of a box


def save(path, orientation):
    """Noise, of which no two corners are alike."""
    pixels = numpy.random.default_rng(orientation).integers(1, 256, (161, 183, 3)).astype(numpy.uint8)
    image = Image.fromarray(pixels)
    exif = Image.Exif()
    exif[0x0112] = orientation
    if path.suffix == '.tiff':
        image.save(path, tiffinfo={0x0112: orientation})
    elif path.suffix == '.jpg':
        image.save(path, quality=95, exif=exif)
    elif path.suffix == '.webp':
        image.save(path, lossless=True, exif=exif)
    else:
        image.save(path, exif=exif)


class Row10(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = Desk().init()

    @classmethod
    def tearDownClass(cls):
        cls.desk.close()

    def check(self, suffix, orientation):
        source = self.desk.folder / f'picture-{orientation}{suffix}'
        save(source, orientation)
        measure = source
        if suffix == '.tiff': # whose tag this PIL does not obey
            measure = source.with_suffix('.png')
            save(measure, orientation)
        with Image.open(measure) as picture:
            wanted = numpy.asarray(ImageOps.exif_transpose(picture).convert('RGB')).copy()
        height, width = wanted.shape[:2]
        corners = [(x, y, WIDTH, HEIGHT) for x in (0, width - WIDTH) for y in (0, height - HEIGHT)]
        for i, box in enumerate(corners):
            output = self.desk.out / f'img-{suffix[1:]}-{orientation}-{i}.png'
            answer = self.desk.release(source, output, 'unknown', route='anonymised',
                                       boxes=(box,)).json
            shown = numpy.asarray(Image.open(io.BytesIO(output.read_bytes())).convert('RGB'))
            self.assertEqual(shown.shape, wanted.shape)
            (left, top, w, h), = answer['boxes_as_filled']
            x, y = box[:2]
            self.assertTrue(left <= x and top <= y and left + w >= x + WIDTH
                            and top + h >= y + HEIGHT, 'the box covers what was asked for')
            if suffix not in ('.jpg', '.webp'): # which widen it
                self.assertEqual((left, top, w, h), box)
            self.assertEqual(int(shown[top:top + h, left:left + w].max()), 0)
            expected = wanted.astype(int)
            expected[top:top + h, left:left + w] = 0
            apart = int(numpy.abs(expected - shown).max())
            self.assertLessEqual(apart, 2 if suffix == '.jpg' else 0, 'nothing else changes')


def add_cases():
    for suffix in ('.jpg', '.png', '.tiff', '.webp'):
        for orientation in range(1, 9):
            setattr(Row10, f'test_{suffix[1:]}_{orientation}',
                    lambda self, s=suffix, o=orientation: self.check(s, o))


add_cases()
if __name__ == '__main__':
    tap.main()
