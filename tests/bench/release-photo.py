#!/usr/bin/python3
"""Releases a 24-megapixel photo to PNG through the gate, proof included, and prints ratios against
vips (whole process) and ImageMagick (bytes) in the same run.

Usage: IMP_CLI=…/imprimatur-cli IMP_SAMPLE=data/sample tests/bench/release-photo.py [ROUNDS]"""
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
from PIL import Image, ImageFilter

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'e2e'))
from cli import Desk  # noqa: E402  (needs the path above)

WIDTH, HEIGHT = 6000, 4000


def make_photo(path):
    """Smooth light, shapes with edges, texture and sensor noise, as a phone writes it."""
    random = numpy.random.default_rng(24)
    small = Image.fromarray(random.integers(0, 256, (40, 60, 3), dtype=numpy.uint8))
    base = numpy.asarray(small.resize((WIDTH, HEIGHT), Image.BICUBIC), dtype=numpy.int16)
    shapes = Image.fromarray(random.integers(0, 256, (250, 375), dtype=numpy.uint8))
    edges = numpy.asarray(shapes.resize((WIDTH, HEIGHT), Image.NEAREST).filter(
        ImageFilter.GaussianBlur(2)), dtype=numpy.int16)
    noise = random.normal(0, 4, (HEIGHT, WIDTH, 3))
    pixels = numpy.clip(base * 0.8 + (edges[:, :, None] - 128) * 0.15 + noise, 0, 255)
    Image.fromarray(pixels.astype(numpy.uint8)).save(path, quality=90, subsampling=2)


def made(folder):
    folder.mkdir()
    return folder


def timed(command, output, **options):
    output.unlink(missing_ok=True)
    began = time.monotonic()
    subprocess.run([str(part) for part in command], check=True, capture_output=True, **options)
    return time.monotonic() - began


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        photo, ours, theirs = folder / 'in.jpg', folder / 'ours.png', folder / 'vips.png'
        make_photo(photo)
        desk = Desk(made(folder / 'desk')).init()
        release = desk.command(*desk.release_arguments(photo, ours, 'unknown', route='anonymised',
                                                       boxes=[(100, 100, 900, 300)]))
        vips = ['vips', 'copy', photo, f'{theirs}[strip,compression=6]']
        ratios, seconds = [], []
        for _ in range(rounds):
            mine = timed(release, ours, env=desk.environment)
            other = timed(vips, theirs)
            ratios.append(mine / other)
            seconds.append((mine, other))
        stripped = folder / 'convert.png'
        subprocess.run(['convert', str(photo), '-strip', str(stripped)], check=True)
        print(f'release / vips copy, whole process: median {statistics.median(ratios):.2f} '
              f'(min {min(ratios):.2f}, max {max(ratios):.2f}, {rounds} rounds; '
              f'last {seconds[-1][0]:.2f} s / {seconds[-1][1]:.2f} s)')
        print(f'bytes / convert -strip: {ours.stat().st_size / stripped.stat().st_size:.2f} '
              f'({ours.stat().st_size} / {stripped.stat().st_size})')


if __name__ == '__main__':
    main()
