#!/usr/bin/python3
"""Cines of 500 frames, made in a folder of their own: the time to their first, third and 400th
frame against a file of one such frame, and the memory that going through all frames takes."""
import io
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy
import pydicom
from PIL import Image
from pydicom.encaps import encapsulate

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '../fixtures'))

import decode_dicom  # noqa: E402

FRAMES = 500
MOST_MEMORY = 300  # megabytes, and two frames


def picture(number, shape, top):
    """Bands that move from frame to frame, with noise that compresses badly."""
    random = numpy.random.default_rng(number)
    y, x = numpy.mgrid[0:shape[0], 0:shape[1]]
    pixels = (x * 3 + y * 2 + number * 16) % top
    if len(shape) == 3:
        pixels = numpy.stack([pixels, pixels[::-1], pixels[:, ::-1]], axis=2)
    return (pixels * 31 // 32 + random.integers(0, top // 32, pixels.shape)).astype(
        '<u2' if top > 256 else 'u1')


def jpeg(pixels):
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, 'jpeg', quality=85)
    return out.getvalue()


def write(path, kind, frames):
    """Twenty pictures again and again: only their number and size matter here."""
    shape, top = ((512, 512), 65536) if kind == '16-bit' else ((480, 640, 3), 256)
    pictures = [picture(n, shape, top) for n in range(min(frames, 20))]
    data = decode_dicom.dataset(pictures[0], 16 if kind == '16-bit' else 8,
                                photometric='MONOCHROME2' if kind == '16-bit' else 'RGB')
    data.NumberOfFrames = frames
    if kind == 'jpeg':
        data.file_meta.TransferSyntaxUID = pydicom.uid.JPEGBaseline8Bit
        data.PhotometricInterpretation = 'YBR_FULL_422'
        streams = [jpeg(each) for each in pictures]
        data.PixelData = encapsulate([streams[n % len(streams)] for n in range(frames)])
        data['PixelData'].is_undefined_length = True
    else:
        data.WindowCenter, data.WindowWidth = '32768', '65536'
        data.PixelData = b''.join(pictures[n % len(pictures)].tobytes() for n in range(frames))
    data.save_as(path, write_like_original=False)
    return pictures[0].nbytes


def main():
    failed = False
    for kind in ('rgb', 'jpeg', '16-bit'):
        with tempfile.TemporaryDirectory() as folder:
            one, cine = (pathlib.Path(folder) / f'{frames}.dcm' for frames in (1, FRAMES))
            write(one, kind, 1)
            frame = write(cine, kind, FRAMES)
            done = subprocess.run([sys.argv[1], one, cine], check=True, capture_output=True,
                                  text=True)
            found = {key: float(value) for key, value in map(str.split, done.stdout.splitlines())}
            size = cine.stat().st_size
        print(f'{kind}: {FRAMES} frames, {size / 1e6:.0f} MB; a file of one: {found["one"]:.1f} ms')
        for name in ('frame-1', 'frame-3', 'frame-400'):
            ratio = found[name] / found['one']
            print(f'  {name}: {found[name]:.1f} ms, ratio {ratio:.2f} (at most 2 for the first)')
        limit = MOST_MEMORY + 2 * frame / 1e6
        used = (found['client'] + found['child']) * 1024 / 1e6
        print(f'  memory at its peak: program {found["client"] * 1024 / 1e6:.0f} MB, helper '
              f'{found["child"] * 1024 / 1e6:.0f} MB (its own: '
              f'{found["child-own"] * 1024 / 1e6:.0f} MB); together {used:.0f} of {limit:.0f} MB; '
              f'the sealed copy of the file: {size / 1e6:.0f} MB', flush=True)
        failed |= used > limit
    sys.exit(failed)


main()
