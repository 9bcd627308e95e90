"""Pieces that backgrounds are made of. Every one takes its randomness from the frame's own generator."""
import numpy as np
from PIL import Image, ImageDraw, ImageFilter


def blur(field, radius):
    """A Gaussian blur of a field of any range."""
    low, high = float(field.min()), float(field.max())
    if high - low < 1e-6 or radius <= 0:
        return field
    image = Image.fromarray(((field - low) / (high - low) * 255).astype(np.float32), 'F')
    size = max(1, int(radius))
    shrink = max(1, size // 4)
    if shrink > 1:
        image = image.resize((max(2, image.width // shrink), max(2, image.height // shrink)), Image.BILINEAR)
    data = np.asarray(image, dtype=np.float32)
    data = _box3(data, max(1, round(radius / shrink)))
    if shrink > 1:
        data = np.asarray(Image.fromarray(data, 'F').resize((field.shape[1], field.shape[0]), Image.BICUBIC))
    return data / 255 * (high - low) + low


def _box3(data, radius):
    for _ in range(3):
        for axis in (0, 1):
            size = 2 * radius + 1
            padded = np.pad(data, [(radius + 1, radius) if a == axis else (0, 0) for a in (0, 1)], mode='edge')
            total = np.cumsum(padded, axis=axis, dtype=np.float64)
            ends = np.take(total, range(size, padded.shape[axis]), axis=axis)
            starts = np.take(total, range(0, padded.shape[axis] - size), axis=axis)
            data = ((ends - starts) / size).astype(np.float32)
    return data


def smooth(rng, height, width, scale):
    """Hills and valleys from 0 to 1, about `scale` pixels wide."""
    small = rng.random((max(3, height // scale + 3), max(3, width // scale + 3))).astype(np.float32)
    image = Image.fromarray(small, 'F').resize((width, height), Image.BICUBIC)
    field = np.asarray(image)
    return (field - field.min()) / max(float(np.ptp(field)), 1e-6)


def grain(rng, height, width, strength, size=0):
    """Noise of that strength; of a size above 0 it comes in clots."""
    field = rng.standard_normal((height, width)).astype(np.float32)
    if size > 0:
        field = _box3(field, size)
        field /= max(float(field.std()), 1e-6)
    return field * strength


def shapes(height, width, draw):
    """What `draw` paints with a pencil of Pillow's, as a field from 0 to 1 with smooth edges."""
    image = Image.new('L', (width * 2, height * 2))
    draw(ImageDraw.Draw(image))
    return np.asarray(image.resize((width, height), Image.BOX), dtype=np.float32) / 255


def paint(frame, draw):
    """Draws straight onto a frame, edges unsmoothed, as scanners draw their lines."""
    image = Image.fromarray(frame.pixels.astype(np.uint8), 'RGB')
    draw(ImageDraw.Draw(image))
    frame.pixels = np.asarray(image, dtype=np.float32).copy()


def coded(pixels, rng):
    """The frame after a lossy coding, as archives hold many."""
    import io  # noqa: PLC0415
    data = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8), 'RGB').save(data, 'JPEG', quality=int(rng.integers(72, 95)))
    return np.asarray(Image.open(data), dtype=np.float32).copy()


def filmed(pixels, rng):
    """The frame as a video grabber brings it: soft along the rows, with a little noise."""
    image = Image.fromarray(pixels.astype(np.uint8), 'RGB').filter(ImageFilter.GaussianBlur(float(rng.uniform(0.3, 0.7))))
    data = np.asarray(image, dtype=np.float32)
    return np.rint(np.clip(data + rng.standard_normal(data.shape[:2])[:, :, None] * rng.uniform(0.5, 2.0), 0, 255))
