"""Glyphs as scanners burn them in: outlines with and without smoothing, bitmap and single-stroke fonts."""
import dataclasses
import functools
import gzip
import io
import os
import pathlib

import numpy as np
from PIL import Image, ImageDraw, ImageFont

ROOT = pathlib.Path(os.environ.get('IMP_BENCH_FONTS', '/'))


@dataclasses.dataclass(frozen=True)
class Font:
    """One face: where its package puts it, and the sizes of a bitmap face."""
    name: str
    path: str
    package: str
    sizes: tuple = ()        # of a bitmap face; other heights are whole multiples of these
    strokes: bool = False    # a single-stroke face, drawn with a pen
    spare: bool = False      # only for what no other face has


@dataclasses.dataclass
class Style:
    """How a line is burned in."""
    face: Font
    height: int
    contrast: int
    polarity: str = 'light'
    turn: int = 0
    smooth: bool = True
    tint: tuple = None
    script: str = 'latin'

    @property
    def font(self):
        return self.face.name


def locate(face):
    for root in (ROOT, pathlib.Path('/')):
        path = root / face.path
        if path.exists():
            return path
    raise FileNotFoundError(f'{face.path} is not here: scripts/bench-screening fetches {face.package}')


@functools.lru_cache(maxsize=None)
def _bytes(path):
    data = pathlib.Path(path).read_bytes()
    return gzip.decompress(data) if data[:2] == b'\x1f\x8b' else data


@functools.lru_cache(maxsize=512)
def _outline(path, size):
    return ImageFont.truetype(io.BytesIO(_bytes(path)), size, layout_engine=ImageFont.Layout.BASIC)


@functools.lru_cache(maxsize=512)
def _size_for(path, height):
    """The size at which "Hg" is that tall, from its top to its foot."""
    low, high = 4, height * 2 + 8
    while low < high:
        middle = (low + high) // 2
        box = _outline(path, middle).getbbox('Hg')
        if box[3] - box[1] < height:
            low = middle + 1
        else:
            high = middle
    return low


@functools.lru_cache(maxsize=None)
def _has(face, character):
    if face.strokes or character == ' ':
        return character.isascii()
    font = _outline(str(locate(face)), face.sizes[0] if face.sizes else 40)
    return bytes(font.getmask(character)) != bytes(font.getmask('\uffff'))


def covers(face, string):
    """Whether the face has every letter of the string."""
    return all(_has(face, character) for character in string)


def _mask(font, string, smooth):
    box = font.getbbox(string)
    if box[2] <= box[0] or box[3] <= box[1]:
        return None
    image = Image.new('L', (box[2] + 4, box[3] + 4))
    drawing = ImageDraw.Draw(image)
    drawing.fontmode = 'L' if smooth else '1'
    drawing.text((1, 1), string, fill=255, font=font)
    return np.asarray(image, dtype=np.float32) / 255


def _strokes(path, string, height):
    """A face of Hershey's: each character is a chain of pen moves about a point."""
    rows, shapes = _bytes(path).decode('ascii').splitlines(), []
    for row in rows:  # a long shape goes on in the next line
        if row[:5].strip().isdigit():
            shapes.append(row)
        elif shapes:
            shapes[-1] += row
    zoom, pen = height / 28, max(1, round(height / 14))
    image = Image.new('L', (int(len(string) * 32 * zoom) + 40, int(45 * zoom) + 12))
    drawing, x, y = ImageDraw.Draw(image), 4.0, 18 * zoom + 4
    for character in string:
        index = ord(character) - 32
        if not 0 <= index < len(shapes):
            return None
        points = shapes[index][8:]
        left, right = ord(shapes[index][8]) - 82, ord(shapes[index][9]) - 82
        chain = []
        for i in range(2, len(points) - 1, 2):
            pair = points[i:i + 2]
            if pair == ' R':
                drawing.line(chain, fill=255, width=pen)
                chain = []
            else:
                chain.append((x + (ord(pair[0]) - 82 - left) * zoom, y + (ord(pair[1]) - 82) * zoom))
        if len(chain) > 1:
            drawing.line(chain, fill=255, width=pen)
        x += (right - left) * zoom
    return np.asarray(image, dtype=np.float32) / 255


def draw(string, style, rng):
    """Opacity of each pixel, cut to the letters and one pixel more; None where nothing is drawn. It may
    lower the style's height to what a bitmap face has."""
    path = str(locate(style.face))
    if style.face.strokes:
        alpha = _strokes(path, string, style.height)
    elif style.face.sizes:
        fits = [(size * n, size, n) for size in style.face.sizes for n in (1, 2, 3, 4, 5)
                if size * n <= style.height]
        _, size, n = max(fits, default=(0, min(style.face.sizes), 1))
        alpha = _mask(_outline(path, size), string, False)
        if alpha is not None and n > 1:
            alpha = np.kron(alpha, np.ones((n, n), dtype=np.float32))
        tall = np.nonzero(_mask(_outline(path, size), 'Hg', False).any(axis=1))[0]
        style.height = (int(tall.max() - tall.min()) + 1) * n
    else:
        alpha = _mask(_outline(path, _size_for(path, style.height)), string, style.smooth)
    if alpha is None or not (alpha > 0.3).any():
        return None
    ys, xs = np.nonzero(alpha > 0.05)
    return np.pad(alpha[ys.min():ys.max() + 1, xs.min():xs.max() + 1], 1)
