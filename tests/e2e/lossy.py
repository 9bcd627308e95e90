"""Pairs of pictures that differ under one box alone, coded with losses, and how far that shows."""
import io
import pathlib
import subprocess
import sys

import numpy
import pydicom
from PIL import Image, ImageDraw, ImageFont

import peers

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'fixtures'))
import decode_dicom  # noqa: E402

SIZE = 512
BOX = (189, 203, 134, 42)  # x, y, width, height: on no block boundary
RING = 8  # pixels: the deviation is looked at in rings of this width around the box
FAR = 160  # pixels: what differs farther off differs by the coder's decisions
SURROUNDINGS = ('flat', 'smooth', 'grain')
PAIRS = (('NAME 417', ''), ('NAME 417', 'AHEM 952'), (None, ''))
FONT = '/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf'

# Each codec's settings, as its own encoder takes them.
SETTINGS = {
    'jpeg-ls': (('+md', 1), ('+md', 3), ('+md', 10)),
    'jpeg-2000': ((), ('-r', 10), ('-r', 20), ('-r', 30), ('-q', 40)),
    'jpeg-xl': (('-d', 1), ('-d', 3), ('-q', 50)),
    'webp': (('-q', 95), ('-q', 75), ('-q', 30), ('-near_lossless', 60), ('-near_lossless', 40),
             ('-near_lossless', 20), ('-near_lossless', 0)),
    'heic': (('-q', 90), ('-q', 50), ('-q', 30)),
    'avif': (('-q', 90), ('-q', 50), ('-q', 30)),
    'unknown': (('jpeg', 90), ('jpeg', 50), ('jpeg-2000', 40)),
}

# As far as one coded block and the filters after it reach, whatever was measured.
BLOCKS = {
    'jpeg-ls': (0, 'none: it predicts along rows, and keeps every pixel within its maximum deviation'),
    'jpeg-2000': (0, 'none: its wavelets overlap'),
    'jpeg-xl': (72, 'transforms of up to 64 pixels, then filters of 8'),
    'webp': (24, 'blocks of 16 pixels, then a filter over their edges'),
    'heic': (40, 'transforms of up to 32 pixels, then filters over their edges'),
    'avif': (76, 'transforms of up to 64 pixels, then three filters of 6, 3 and 3'),
    'unknown': (0, 'not known'),
}
STEP = 16  # margins are multiples of this


def surroundings(kind):
    y, x = numpy.mgrid[0:SIZE, 0:SIZE]
    waves = 110 + 60 * numpy.sin(x / 37) + 50 * numpy.cos(y / 51)
    grain = numpy.random.default_rng(5).normal(0, 12, waves.shape)
    shown = {'flat': 0 * waves + 90, 'smooth': waves + 20 * numpy.sin((x + y) / 11),
             'grain': waves + grain}[kind]
    return numpy.clip(shown, 0, 255).astype('u1')


def covered(text):
    """White words on black; noise for None."""
    shape = (BOX[3], BOX[2])
    if text is None:
        return numpy.random.default_rng(9).integers(0, 256, shape, dtype='u1')
    image = Image.new('L', shape[::-1], 0)
    ImageDraw.Draw(image).text((3, 3), text, 255, font=ImageFont.truetype(FONT, 26))
    return numpy.asarray(image)


def picture(kind, text):
    pixels = surroundings(kind)
    x, y, width, height = BOX
    pixels[y:y + height, x:x + width] = covered(text)
    return pixels


def as_png(pixels, path):
    Image.fromarray(numpy.repeat(pixels[:, :, None], 3, axis=2)).save(path)
    return path


def write(codec, setting, pixels, folder, name):
    """Returns the coded file. Raises FileNotFoundError where the encoder is not installed."""
    run, path = peers.run, folder / name
    if codec == 'jpeg-ls':
        plain = decode_dicom.dataset(pixels, 8)
        plain.WindowCenter, plain.WindowWidth = '128', '256'
        plain.save_as(path.with_suffix('.plain'), write_like_original=False)
        run('dcmcjpls', '+en', *setting, path.with_suffix('.plain'), path.with_suffix('.dcm'))
        return path.with_suffix('.dcm')
    if codec == 'jpeg-2000':
        Image.fromarray(pixels).save(path.with_suffix('.pgm'))
        run('opj_compress', '-i', path.with_suffix('.pgm'), '-o', path.with_suffix('.j2k'), '-I',
            *setting)
        return path.with_suffix('.j2k')
    if codec == 'unknown':
        return resized(setting, pixels, path)
    png, out = as_png(pixels, path.with_suffix('.png')), path.with_suffix(
        {'jpeg-xl': '.jxl', 'webp': '.webp', 'heic': '.heic', 'avif': '.avif'}[codec])
    if codec == 'jpeg-xl':
        run('cjxl', png, out, *setting)
    elif codec == 'webp':
        run('cwebp', *setting, png, '-o', out)
    else:
        run('heif-enc', *(['--avif'] if codec == 'avif' else []), *setting, png, '-o', out)
    return out


def resized(setting, pixels, path):
    """Coded once at two thirds of its size, then enlarged to its own: native pixels that say so."""
    kind, quality = setting
    small = Image.fromarray(pixels).resize((SIZE * 2 // 3, SIZE * 2 // 3), Image.LANCZOS)
    if kind == 'jpeg':
        coded = io.BytesIO()
        small.convert('RGB').save(coded, 'jpeg', quality=quality, subsampling=2)
        small = Image.open(coded).convert('L')
    else:
        stream = write(kind, ('-q', quality), numpy.asarray(small), path.parent, path.name + '-s')
        small = Image.fromarray(decode(kind, stream).astype('u1'))
    data = decode_dicom.dataset(numpy.asarray(small.resize((SIZE, SIZE), Image.BICUBIC)), 8)
    data.WindowCenter, data.WindowWidth = '128', '256'
    data.LossyImageCompression = '01'
    data.save_as(path.with_suffix('.dcm'), write_like_original=False)
    return path.with_suffix('.dcm')


def decode(codec, path):
    """By the codec's own tools, not by the program: grey levels, rows × columns."""
    out = path.with_suffix('.out.png')
    if codec == 'jpeg-ls':
        plain = path.with_suffix('.out')
        peers.run('dcmdjpls', path, plain)
        return pydicom.dcmread(plain).pixel_array
    if codec == 'unknown':
        return pydicom.dcmread(path).pixel_array
    if codec == 'jpeg-2000':
        out = path.with_suffix('.out.pgm')
        peers.run('opj_decompress', '-i', path, '-o', out)
    elif codec == 'jpeg-xl':
        peers.run('djxl', path, out)
    elif codec == 'webp':
        peers.run('dwebp', path, '-o', out)
    else:
        peers.run('heif-convert', path, out)
    return numpy.asarray(Image.open(out).convert('L'))


def distance(box=BOX, size=(SIZE, SIZE)):
    """How far each pixel lies outside a box, 0 inside, as the margin counts."""
    x, y, width, height = box
    down, across = numpy.mgrid[0:size[1], 0:size[0]]
    return numpy.maximum(0, numpy.maximum(
        numpy.maximum(x - across, across - (x + width - 1)),
        numpy.maximum(y - down, down - (y + height - 1))))


class Deviation:
    """How two decoded pictures differ, by the distance from the box."""

    def __init__(self, one, two):
        self.off = abs(one.astype(int) - two.astype(int))
        self.away = distance(size=one.shape[::-1])
        self.floor = self.rms(FAR + 1, 10 ** 6)

    def of(self, first, last):
        return self.off[(self.away >= first) & (self.away <= last)]

    def rms(self, first, last):
        return float(numpy.sqrt((self.of(first, last).astype(float) ** 2).mean()))

    def largest(self, first):
        return int(self.of(first, 10 ** 6).max())

    def tainted(self, first):
        return int((self.of(first, 10 ** 6) > 1).sum())

    def excess(self, first):
        """By how many levels a ring from there on differs more than what lies far away."""
        return max(self.rms(at, at + RING - 1) - self.floor
                   for at in range(first, FAR + 1 - RING, RING))

    def holds(self, margin):
        """The rule: beyond the margin no ring differs by more than what lies far away does, but for
        one grey level or, if that is more, half of what lies far away differs by."""
        return self.excess(margin + 1) <= max(1, self.floor / 2)

    def margin(self):
        return next(m for m in range(0, FAR, STEP) if self.holds(m))


def margin(codec, deviations):
    """What the rule asks for: as measured, and never less than a block and its filters reach."""
    block = -(-BLOCKS[codec][0] // STEP) * STEP
    return max(block, *(each.margin() for each in deviations))


def pairs(codec, setting, folder):
    """All pairs of one setting: (surroundings, what is covered, two coded files)."""
    for kind in SURROUNDINGS:
        for texts in PAIRS:
            yield kind, texts, [write(codec, setting, picture(kind, text), folder, name)
                                for name, text in zip('ab', texts)]
