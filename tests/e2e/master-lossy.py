#!/usr/bin/python3
"""The master test for sources that were coded with losses. JPEG in all its forms: pairs that differ
under the box alone export byte-identical files. Codings without a grid: beyond the margin, what
leaves holds to the rule of docs/margins.md, and with no margin it would not."""
import io
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import types
import unittest

import numpy
from PIL import Image
from pydicom.encaps import encapsulate

import lossy
import tap
from cli import Desk

import decode_codestreams
import decode_dicom

PAGE = pathlib.Path(__file__).resolve().parent.parent.parent / 'docs' / 'margins.md'
BOX = (37, 21, 90, 18)  # on no block boundary
WIDTH, HEIGHT = 200, 160
UID = '1.2.840.10008.1.2.4.'
# The setting and the pair of each codec that goes through the program.
THROUGH = {'jpeg-ls': ('+md', 10), 'jpeg-2000': ('-q', 40), 'jpeg-xl': ('-d', 3),
           'webp': ('-q', 30), 'heic': ('-q', 30), 'avif': ('-q', 30),
           'unknown': ('jpeg-2000', 40)}

ENCODERS = {'jpeg-ls': 'dcmcjpls', 'jpeg-2000': 'opj_compress', 'jpeg-xl': 'cjxl', 'webp': 'cwebp',
            'heic': 'heif-enc', 'avif': 'heif-enc', 'unknown': 'opj_compress'}


def noise(secret, top=256):
    """The same each time, but for what is under the box."""
    random = numpy.random.default_rng(7)
    low = random.integers(0, top, (HEIGHT // 8, WIDTH // 8, 3))
    pixels = numpy.kron(low, numpy.ones((8, 8, 1), int)) // 2
    pixels += random.integers(0, top // 4, pixels.shape)
    x, y, width, height = BOX
    pixels[y:y + height, x:x + width] = numpy.random.default_rng(secret).integers(
        0, top, (height, width, 3))
    return pixels.astype('u1' if top == 256 else 'u2')


def margins():
    """What the page says: codec and pixels."""
    rows = re.findall(r'^\| .* \(`([a-z0-9-]+)`\) \| (\d+) \|', PAGE.read_text('utf-8'), re.M)
    return {codec: int(margin) for codec, margin in rows}


class Lossy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = Desk().init()
        cls.folder = pathlib.Path(tempfile.mkdtemp(dir=cls.desk.folder))
        cls.count = 0

    @classmethod
    def tearDownClass(cls):
        cls.desk.close()

    def export(self, source, kind, box):
        type(self).count += 1
        output = self.desk.out / f'img-{self.count}.{kind}'
        answer = self.desk.release(source, output, 'unknown', route='anonymised', boxes=[box]).json
        return output.read_bytes(), answer

    def picture(self, source, *options):
        """As the helper shows it, with nothing covered."""
        done = subprocess.run([os.environ['IMP_PICTURE'], source, *options], check=True,
                              capture_output=True)
        return done.stdout

    # JPEG: the block grid, byte for byte (leaks.md row 14).

    def compare(self, write, widened=True):
        sources = [write(noise(secret), f'source-{self.count}-{secret}') for secret in (1, 2)]
        self.assertNotEqual(*(source.read_bytes() for source in sources))
        for kind in ('png', 'jpg'):
            (one, answer), (two, _) = (self.export(source, kind, BOX) for source in sources)
            self.assertEqual(one, two, kind)
        box, = answer['boxes_as_filled']
        self.assertEqual(box != list(BOX), widened)
        self.assertLess(box[2], WIDTH)
        # Without the wider box they would differ.
        shown = [numpy.asarray(Image.open(io.BytesIO(self.picture(source)))).astype(int)
                 for source in sources]
        x, y, width, height = BOX
        for each in shown:
            each[y:y + height, x:x + width] = 0
        self.assertEqual((shown[0] != shown[1]).any(), widened)

    def cjpeg(self, *options, grey=False):
        def write(pixels, name):
            plain, path = self.folder / f'{name}.ppm', self.folder / f'{name}.jpg'
            Image.fromarray(pixels[:, :, 0] if grey else pixels).save(plain)
            subprocess.run(['cjpeg', '-quality', '75', *options, '-outfile', path, plain],
                           check=True)
            return path
        return write

    def test_leaks_row_14_progressive(self):
        self.compare(self.cjpeg('-progressive', '-sample', '2x2'))

    def test_leaks_row_14_411(self):
        self.compare(self.cjpeg('-sample', '4x1'))

    def test_leaks_row_14_440(self):
        self.compare(self.cjpeg('-sample', '1x2'))

    def test_leaks_row_14_grey(self):
        self.compare(self.cjpeg('-grayscale', grey=True))

    def test_leaks_row_14_cmyk(self):
        def write(pixels, name):
            path = self.folder / f'{name}.jpg'
            Image.fromarray(pixels).convert('CMYK').save(path, quality=75)
            return path
        self.compare(write)

    def tiff(self, *options):
        def write(pixels, name):
            plain, path = self.folder / f'{name}.plain.tif', self.folder / f'{name}.tif'
            Image.fromarray(pixels).save(plain)
            subprocess.run(['tiffcp', '-c', 'jpeg:75', *options, plain, path], check=True)
            return path
        return write

    def test_leaks_row_14_tiff_strips(self):
        self.compare(self.tiff('-s', '-r', '32'))

    def test_leaks_row_14_tiff_tiles(self):
        self.compare(self.tiff('-t', '-w', '64', '-l', '64'))

    def dicom(self, *options, bits=8):
        def write(pixels, name):
            pixels = pixels if bits == 8 else noise(1 if name.endswith('1') else 2, 4096)
            data = decode_dicom.dataset(pixels[:, :, 0], 8 if bits == 8 else 16, stored=bits)
            data.WindowCenter, data.WindowWidth = str(1 << bits - 1), str(1 << bits)
            plain, path = self.folder / f'{name}.plain', self.folder / f'{name}.dcm'
            data.save_as(plain, write_like_original=False)
            subprocess.run(['dcmcjpeg', *options, plain, path], check=True)
            return path
        return write

    def test_leaks_row_14_dicom_baseline(self):
        self.compare(self.dicom('+eb', '+q', '75'))

    def test_leaks_row_14_dicom_extended_12_bits(self):
        self.compare(self.dicom('+ee', '+q', '75', bits=12))

    def test_leaks_row_14_dicom_lossless(self):
        self.compare(self.dicom('+e1', bits=12), widened=False)

    # Codings without a grid: margins.

    def write(self, codec, text, name):
        """A file that the program reads: JPEG 2000 and JPEG XL inside DICOM."""
        coded = lossy.write(codec, THROUGH[codec], lossy.picture('flat', text), self.folder,
                            f'{codec}-{name}')
        if codec not in ('jpeg-2000', 'jpeg-xl'):
            return coded
        data = decode_dicom.dataset(lossy.picture('flat', text), 8)
        data.file_meta.TransferSyntaxUID = f'{UID}91'
        data.WindowCenter, data.WindowWidth = '128', '256'
        if codec == 'jpeg-xl':
            data.SamplesPerPixel, data.PhotometricInterpretation = 3, 'RGB'
            data.PlanarConfiguration = 0
        data.PixelData = encapsulate([coded.read_bytes()])
        data['PixelData'].is_undefined_length = True
        path = coded.with_suffix('.dcm')
        data.save_as(path, write_like_original=False)
        if codec == 'jpeg-xl':
            decode_codestreams.relabel(types.SimpleNamespace(path=str), path, f'{UID}112')
        return path

    def grey(self, data):
        return numpy.asarray(Image.open(io.BytesIO(data)).convert('L'))

    def check_margin(self, codec):
        margin = margins()[codec]
        x, y, width, height = lossy.BOX
        wide = [x - margin, y - margin, width + 2 * margin, height + 2 * margin]
        sources = [self.write(codec, text, name) for text, name in ((None, 'a'), ('', 'b'))]
        facts = dict(line.split(' ', 1) for line in
                     self.picture(sources[0], '--facts').decode().splitlines())
        self.assertEqual((facts['codec'], facts['margin']), (codec, str(margin)))
        shown = lossy.Deviation(*(self.grey(self.picture(source)) for source in sources))
        self.assertFalse(shown.holds(0), 'nothing to be seen without a margin')
        self.assertTrue(shown.holds(margin))
        exports = [self.export(source, 'png', lossy.BOX) for source in sources]
        for data, answer in exports:
            self.assertEqual(answer['boxes_as_filled'], [wide])
            self.assertIn('margin', answer['receipt']['proof'])
            self.assertEqual(int(self.grey(data)[wide[1]:wide[1] + wide[3],
                                                 wide[0]:wide[0] + wide[2]].max()), 0)
        left = lossy.Deviation(*(self.grey(data) for data, _ in exports))
        self.assertTrue(left.holds(0))


def add_margins():
    """A case for each codec whose encoder is installed."""
    for codec, tool in ENCODERS.items():
        if shutil.which(tool):
            setattr(Lossy, f'test_margin_{codec.replace("-", "_")}',
                    lambda self, codec=codec: self.check_margin(codec))


add_margins()
if __name__ == '__main__':
    tap.main()
