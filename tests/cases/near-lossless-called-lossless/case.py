#!/usr/bin/python3
"""A WebP picture in the lossless form took no margin, and the receipt spoke of a proof; but its
encoder may have rounded the pixels, by what is beside them, and no header says so."""
import subprocess
import unittest

import numpy
import tap
from PIL import Image
from cli import Desk, pixels

SIDE, BOX = 192, [64, 64, 48, 32]
WIDE = [16, 16, 144, 128]  # by the margin of docs/margins.md: 48


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)

    def write(self, secret, *options):
        random = numpy.random.default_rng(5)
        picture = 60 + numpy.add.outer(numpy.arange(SIDE) // 4, numpy.arange(SIDE) // 3)
        picture = (picture + random.integers(0, 12, picture.shape)).astype('u1')
        x, y, width, height = BOX
        if secret:
            picture[y:y + height, x:x + width] = 250 * random.integers(0, 2, (height, width))
        png, out = self.desk.folder / 'in.png', self.desk.folder / f'out-{secret}.webp'
        Image.fromarray(picture).convert('RGB').save(png)
        subprocess.run(['cwebp', '-quiet', *options, png, '-o', out], check=True)
        self.assertIn(b'VP8L', out.read_bytes()[:40])
        return out

    def export(self, source):
        target = self.desk.out / 'picture.png'
        target.unlink(missing_ok=True)
        receipt = self.desk.release(source, target, 'unknown', route='anonymised',
                                    boxes=[BOX]).json['receipt']
        return numpy.asarray(pixels(target)).astype(int), receipt

    def test_near_lossless(self):
        """The traces that there are lie under the wider box, as far as the rule says."""
        for strength in ('60', '40', '0'):
            sources = [self.write(secret, '-near_lossless', strength) for secret in (0, 1)]
            shown = [numpy.asarray(pixels(source).convert('RGB')).astype(int) for source in sources]
            x, y, width, height = BOX
            for each in shown:
                each[y:y + height, x:x + width] = 0
            self.assertTrue((shown[0] != shown[1]).any(), strength)
            (one, receipt), (two, _) = (self.export(source) for source in sources)
            self.assertEqual((receipt['assurance'], receipt['margin_codec'], receipt['margin'],
                              receipt['boxes_as_filled']), ('margin', 'webp', 48, [WIDE]))
            self.assertLess(abs(one - two).max(), abs(shown[0] - shown[1]).max() + 1)

    def test_lossless(self):
        """Nothing tells it from the others."""
        told = self.desk.call('inspect', self.write(0, '-lossless')).json
        self.assertEqual((told['codec'], told['margin']), ('webp', 48))


if __name__ == '__main__':
    tap.main()
