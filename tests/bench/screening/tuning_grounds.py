"""More backgrounds of the tuning set: what pictures hold that may be taken for writing."""
import math

import numpy as np
from PIL import Image

import noise


def _speckle(rng, h, w):
    """Speckle as scanners make it: of one size down and another across, compressed, perhaps scaled up."""
    zoom = float(rng.choice([1, 1, 1.5, 2, 3]))
    rows, columns = max(8, int(h / zoom)), max(8, int(w / zoom))
    down, across = float(rng.uniform(0.5, 2)), float(rng.uniform(0.5, 5))
    parts = []
    for _ in range(2):
        field = rng.standard_normal((max(4, int(rows / down)), max(4, int(columns / across)))).astype(np.float32)
        image = Image.fromarray(field, 'F').resize((columns, rows), Image.BICUBIC)
        parts.append(np.asarray(image))
    field = np.hypot(*parts)
    law = rng.integers(3)
    field = np.log1p(field * rng.uniform(1, 12)) if law == 0 else np.sqrt(field) if law == 1 else field
    field = field / max(float(np.percentile(field, 99)), 1e-6)
    if zoom > 1:
        how = Image.NEAREST if rng.random() < 0.3 else Image.BILINEAR
        field = np.asarray(Image.fromarray(field, 'F').resize((w, h), how))
    return field


def _tissue(rng, h, w):
    """Layers, cysts, bright walls and shadows below them, from 0 to about 1.5."""
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    field = 0.25 + 0.75 * noise.smooth(rng, h, w, int(rng.integers(30, 150)))
    for _ in range(int(rng.integers(0, 5))):
        depth = h * rng.uniform(0.05, 0.95) + 30 * noise.smooth(rng, h, w, 200)
        field += rng.uniform(0.2, 0.9) * np.exp(-((y - depth) / rng.uniform(1.5, 6)) ** 2)
    for _ in range(int(rng.integers(0, 4))):
        cx, cy, r = w * rng.random(), h * rng.random(), h * rng.uniform(0.03, 0.2)
        inside = np.hypot(x - cx, (y - cy) * rng.uniform(0.7, 1.4)) < r
        field = np.where(inside, field * rng.uniform(0, 0.3), field)
        if rng.random() < 0.5:
            shadow = (np.abs(x - cx) < r * 0.7) & (y > cy + r)
            field = np.where(shadow, field * rng.uniform(0.2, 0.6), field)
    return field


def _fan(field, rows, columns, inside):
    """What lies in a field at those places, between its pixels; nothing elsewhere."""
    rows, columns = np.clip(rows, 0, field.shape[0] - 1.01), np.clip(columns, 0, field.shape[1] - 1.01)
    a, b = rows.astype(int), columns.astype(int)
    fa, fb = rows - a, columns - b
    return inside * ((field[a, b] * (1 - fb) + field[a, b + 1] * fb) * (1 - fa)
                     + (field[a + 1, b] * (1 - fb) + field[a + 1, b + 1] * fb) * fa)


def round_probe(rng):
    """Ultrasound from within a vessel or an organ: speckle all around a dark middle."""
    n = [480, 512, 768][int(rng.integers(3))]
    w = n + int(rng.choice([0, 0, 160, 240]))
    y, x = np.mgrid[0:n, 0:w].astype(np.float32)
    x, y = x - w / 2, y - n / 2
    r, angle = np.hypot(x, y), np.arctan2(y, x)
    beams, samples, reach = int(rng.integers(180, 600)), int(rng.integers(150, 500)), n * rng.uniform(0.44, 0.56)
    polar = _speckle(rng, samples, beams) * _tissue(rng, samples, beams)
    polar[:int(samples * rng.uniform(0.05, 0.25))] *= rng.uniform(0, 0.3)
    field = _fan(polar, r / reach * (samples - 1), (angle / math.pi + 1) / 2 * (beams - 1), r < reach)
    return np.maximum(np.maximum(field * rng.uniform(80, 240) - rng.uniform(0, 30), 0), rng.choice([0, 0, 0, 16]))


def curved_probe(rng):
    """Ultrasound: a sector whose speckle widens with depth, or one that was scaled up."""
    w, h = [(640, 480), (800, 600), (1024, 768), (1280, 960)][int(rng.integers(4))]
    head, middle = h * rng.uniform(0.1, 0.5), w * rng.uniform(0.42, 0.58)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    y = y - h * rng.uniform(0.05, 0.12) + head
    r, angle = np.hypot(x - middle, y), np.arctan2(x - middle, y)
    half, reach = rng.uniform(0.35, 0.7), head + h * rng.uniform(0.65, 0.85)
    beams, samples = int(rng.integers(96, 400)), int(rng.integers(200, 800))
    polar = _speckle(rng, samples, beams) * _tissue(rng, samples, beams)
    rows = (r - head) / (reach - head) * (samples - 1)
    columns = (angle / half + 1) / 2 * (beams - 1)
    inside = (rows > 0) & (rows < samples - 1) & (columns > 0) & (columns < beams - 1)
    field = _fan(polar, rows, columns, inside)
    field = np.maximum(field * rng.uniform(80, 230) - rng.uniform(0, 30), 0)
    return np.maximum(field, rng.choice([0, 0, 0, 8, 24]))


def doppler(rng):
    """Ultrasound: colours over the grey, and a trace of velocities or of one beam below it."""
    w, h = [(800, 600), (1024, 768)][int(rng.integers(2))]
    grey = np.zeros((h, w), dtype=np.float32)
    top, split = int(h * 0.1), int(h * rng.uniform(0.45, 0.6))
    left, right = int(w * 0.2), int(w * rng.uniform(0.7, 0.9))
    sector = Image.fromarray(np.asarray(curved_probe(rng), dtype=np.float32), 'F')
    grey[top:split, left:right] = np.asarray(sector.resize((right - left, split - top), Image.BILINEAR))
    pixels = np.repeat(np.clip(grey, 0, 255)[:, :, None], 3, axis=2)
    flow = noise.smooth(rng, split - top, right - left, int(rng.integers(8, 30)))
    shown = (flow > 0.62) | (flow < 0.36)
    hot, cold = np.array([255, 120, 0]), np.array([0, 90, 255])
    tint = np.where((flow > 0.5)[:, :, None], hot, cold) * (0.4 + 1.2 * np.abs(flow - 0.5))[:, :, None]
    box = np.zeros_like(shown)
    box[shown.shape[0] // 5:-shown.shape[0] // 5, shown.shape[1] // 4:-shown.shape[1] // 4] = True
    part = pixels[top:split, left:right]
    pixels[top:split, left:right] = np.where((shown & box)[:, :, None], tint, part)
    lower, upper = split + 20, int(h * 0.93)
    tall, wide = upper - lower, int(w * 0.8)
    x, y = np.arange(wide), np.arange(tall)[:, None]
    if rng.random() < 0.6:  # a trace: clotted columns under an outline that beats
        beat = (x / rng.uniform(60, 150)) % 1
        outline = tall * (0.25 + 0.6 * np.exp(-((beat - 0.25) / 0.12) ** 2) * (0.8 + 0.4 * rng.random(wide)))
        body = _speckle(rng, tall, wide) * ((tall * 0.95 - y) < outline[None, :]) * rng.uniform(60, 200)
    else:                   # one beam over time
        body = _tissue(rng, tall, 1)[:, :1] * _speckle(rng, tall, wide) * rng.uniform(60, 200)
    start = int(w * 0.08)
    pixels[lower:upper, start:start + wide] = np.clip(body, 0, 255)[:, :, None]
    return pixels


def spine(rng):
    """An X-ray of a back: bodies and discs between them, noise, ribs or a screw or two."""
    w = int(rng.integers(700, 1200))
    h = int(w * rng.uniform(1, 1.4))
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    field = rng.uniform(60, 130) + 50 * noise.smooth(rng, h, w, 220)
    axis = w * 0.5 + w * 0.08 * np.sin(y / h * math.pi * rng.uniform(0.6, 1.6))
    pitch, tall = h / rng.uniform(6, 11), rng.uniform(0.62, 0.85)
    phase = (y / pitch) % 1
    body = np.clip((tall / 2 - np.abs(phase - 0.5)) * 14, 0, 1) * np.clip((w * 0.09 - np.abs(x - axis)) / 6, 0, 1)
    rim = np.exp(-((np.abs(phase - 0.5) - tall / 2) / 0.03) ** 2) * (np.abs(x - axis) < w * 0.09)
    field += 45 * body + rng.uniform(10, 50) * rim
    for side in (-1, 1):   # the round ends of the arches
        ring = np.hypot(x - axis - side * w * 0.05, (phase - 0.4) * pitch)
        field += 25 * np.exp(-((ring - w * 0.016) / 3) ** 2)
    field += noise.grain(rng, h, w, rng.uniform(1, 5), int(rng.integers(0, 2)))
    metal = noise.shapes(h, w, lambda pencil: [
        pencil.line([(2 * (w * 0.5 + a), 2 * b), (2 * (w * 0.5 + a + c), 2 * (b + d))], fill=255, width=int(rng.integers(6, 26)))
        for a, b, c, d in zip(rng.uniform(-90, 90, 6), rng.uniform(0, h, 6), rng.uniform(-80, 80, 6),
                              rng.uniform(-20, 20, 6))]) if rng.random() < 0.4 else 0
    return 255 - np.maximum(field, 235 * metal) if rng.random() < 0.3 else np.maximum(field, 235 * metal)


def bones(rng):
    """An X-ray of a limb: shafts with bright rims, fine bars inside, small bones, soft tissue."""
    w = int(rng.integers(600, 1200))
    h = int(w * rng.uniform(0.8, 1.3))
    field = rng.uniform(5, 40) + 40 * noise.smooth(rng, h, w, 300)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    for _ in range(int(rng.integers(2, 9))):
        cx, cy, lean = w * rng.random(), h * rng.random(), rng.uniform(-0.5, 0.5)
        across = (x - cx) * math.cos(lean) - (y - cy) * math.sin(lean)
        along = (x - cx) * math.sin(lean) + (y - cy) * math.cos(lean)
        wide, long = w * rng.uniform(0.02, 0.08), h * rng.uniform(0.05, 0.5)
        wide = wide * (1 + 0.5 * np.clip(np.abs(along) / long - 0.7, 0, 0.3))
        inside = (np.abs(across) < wide) & (np.abs(along) < long)
        rim = np.clip(1 - (wide - np.abs(across)) / (wide * 0.4), 0, 1)
        bars = np.abs(noise.grain(rng, h, w, 1, int(rng.integers(1, 3))))
        field += np.where(inside, 50 + 90 * rim + rng.uniform(4, 16) * bars, 0)
    field += noise.grain(rng, h, w, rng.uniform(0.5, 3))
    return 255 - field if rng.random() < 0.3 else field


def abdomen(rng):
    """CT or MR of a trunk: organs, bowel with gas, vessels, a spine, the table, noise in clots."""
    n = int(rng.choice([512, 512, 768]))
    y, x = np.mgrid[0:n, 0:n].astype(np.float32) / n - 0.5
    egg = np.hypot(x / rng.uniform(0.4, 0.47), y / rng.uniform(0.28, 0.36))
    field = np.where(egg < 1, 60.0, 0)
    field = np.where(egg < 0.92, 110 + 30 * noise.smooth(rng, n, n, n // 6), field)
    for _ in range(int(rng.integers(6, 26))):
        cx, cy, r = rng.uniform(-0.3, 0.3), rng.uniform(-0.2, 0.2), rng.uniform(0.008, 0.08)
        blob = np.hypot((x - cx) / rng.uniform(0.6, 1.6), y - cy) < r
        field = np.where(blob & (egg < 0.9), float(rng.choice([0, 20, 150, 190, 230])), field)
    field = np.where(np.hypot(x, y - 0.16) < 0.05, 225, field)
    field += noise.grain(rng, n, n, rng.uniform(2, 14), int(rng.integers(0, 3))) * (egg < 1.02)
    if rng.random() < 0.5:
        field += np.where(np.abs(y - 0.4 - 0.15 * x ** 2) < 0.004, 140, 0)
    return field


def skin(rng):
    """A photograph, through a scope or not: colour, highlights, hairs, vessels, a round edge."""
    w, h = [(720, 576), (800, 600), (1280, 720)][int(rng.integers(3))]
    field = 120 + 90 * noise.smooth(rng, h, w, int(rng.integers(60, 250))) + noise.grain(rng, h, w, rng.uniform(1, 6), 1)
    for _ in range(int(rng.integers(0, 50))):
        cx, cy, r = int(rng.integers(w)), int(rng.integers(h)), int(rng.integers(2, 14))
        field[max(cy - r // 2, 0):cy + r // 2 + 1, max(cx - r, 0):cx + r] = 250
    hairs = noise.shapes(h, w, lambda pencil: [
        pencil.line([(2 * (cx + k * dx), 2 * (cy + k * dy + bend * k * k)) for k in range(12)], fill=255,
                    width=int(rng.integers(2, 6)))
        for cx, cy, dx, dy, bend in zip(rng.uniform(0, w, 30), rng.uniform(0, h, 30), rng.normal(0, 7, 30),
                                        rng.normal(0, 7, 30), rng.normal(0, 0.6, 30))][:int(rng.integers(0, 31))])
    field = field * (1 - 0.6 * hairs)
    pixels = np.repeat(field[:, :, None], 3, axis=2) * np.array([1.0, rng.uniform(0.45, 0.85), rng.uniform(0.4, 0.8)])
    if rng.random() < 0.5:
        y, x = np.mgrid[0:h, 0:w]
        pixels[np.hypot(x - w * 0.58, y - h / 2) > h * 0.52] = 0
    return pixels


def curves(rng):
    """A graph: axes, ticks, traces and bars, on light or on dark."""
    w, h = [(800, 600), (1024, 700)][int(rng.integers(2))]
    back, ink = (rng.uniform(225, 255), rng.uniform(0, 120)) if rng.random() < 0.5 else (0.0, rng.uniform(120, 255))

    def draw(pencil):
        for _ in range(int(rng.integers(2, 7))):
            t = np.arange(0, 2 * w, 3)
            y = 2 * h * rng.uniform(0.2, 0.8) + 2 * h * 0.2 * np.sin(t / rng.uniform(8, 90)) * rng.random(len(t)) ** rng.integers(0, 2)
            pencil.line(list(zip(t.tolist(), y.tolist())), fill=255, width=int(rng.integers(2, 5)))
        for x in range(80, 2 * w, int(rng.integers(16, 90))):
            pencil.line((x, 2 * h - 100, x, 2 * h - 100 + int(rng.integers(6, 30))), fill=255, width=2)
        for i in range(int(rng.integers(0, 20))):
            pencil.rectangle((400 + 30 * i, 2 * h - 100 - int(rng.integers(0, 400)), 420 + 30 * i, 2 * h - 100), fill=255)
        for x in range(0, 2 * w, int(rng.integers(40, 200))):
            pencil.line((x, 0, x, 2 * h), fill=60)

    field = noise.shapes(h, w, draw)
    return back + (ink - back) * field + noise.grain(rng, h, w, rng.choice([0, 0, 1.0]))


def sheet(rng):
    """A film: pictures in rows and columns, light gaps or dark ones between them."""
    across, down = int(rng.integers(2, 5)), int(rng.integers(2, 5))
    n = int(rng.integers(180, 320))
    field = np.full((down * n + 20, across * n + 20), float(rng.choice([0, 0, 40, 255])), dtype=np.float32)
    for row in range(down):
        for column in range(across):
            part = abdomen(rng)
            part = np.asarray(Image.fromarray(np.asarray(part, dtype=np.float32), 'F').resize((n - 16, n - 16), Image.BILINEAR))
            field[row * n + 18:row * n + 2 + n, column * n + 18:column * n + 2 + n] = part
    return field
