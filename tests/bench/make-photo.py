#!/usr/bin/python3
"""Writes a synthetic 24-megapixel photograph as JPEG (quality 90, 4:2:0).

Smooth shading, edges, texture in several octaves and sensor noise, so that it compresses about as
a real photograph does. The same bytes every time.
"""

import sys

import numpy as np
from PIL import Image

WIDTH, HEIGHT = 6000, 4000


def octave(rng, cells_x, cells_y):
    """One layer of smooth noise from a small random grid."""
    grid = Image.fromarray((rng.random((cells_y, cells_x)) * 255).astype(np.uint8))
    return np.asarray(grid.resize((WIDTH, HEIGHT), Image.BICUBIC), dtype=np.float32) / 255 - 0.5


def main(path):
    rng = np.random.default_rng(20260101)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    shade = 120 + 60 * (x / WIDTH) - 50 * (y / HEIGHT)
    for cells, weight in ((6, 90), (24, 45), (96, 25), (384, 14), (1500, 9)):
        shade += weight * octave(rng, cells * 3 // 2, cells)
    shade += rng.normal(0, 4.5, shade.shape).astype(np.float32)  # the sensor's luminance noise
    mask = octave(rng, 18, 12) > 0.08  # hard edges
    planes = []
    for tint in ((1.0, 14, 30), (0.86, 4, -22), (0.72, -12, -8)):
        plane = shade * tint[0] + tint[1] + mask * tint[2] + 25 * octave(rng, 12, 8)
        planes.append(plane + rng.normal(0, 2.2, plane.shape).astype(np.float32))
    pixels = np.clip(np.stack(planes, axis=-1), 0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(path, quality=90, subsampling=2)


if __name__ == "__main__":
    main(sys.argv[1])
