"""The held-back set: run to report, never to look at or to tune on. No face, background or layout of the tuning
set is here, and no seed."""
import math

import numpy as np

import noise
from letters import Font
from scribe import Scribe

SEEDS = range(900000, 902000)
TT, OT, DPI75 = 'usr/share/fonts/truetype', 'usr/share/fonts/opentype', 'usr/share/fonts/X11/75dpi'

FONTS = [
    Font('Noto Sans', f'{TT}/noto/NotoSans-Regular.ttf', 'fonts-noto-core'),
    Font('Noto Serif Bold', f'{TT}/noto/NotoSerif-Bold.ttf', 'fonts-noto-core'),
    Font('Open Sans', f'{TT}/open-sans/OpenSans-Semibold.ttf', 'fonts-open-sans'),
    Font('Roboto', f'{TT}/roboto/unhinted/RobotoTTF/Roboto-Regular.ttf', 'fonts-roboto-unhinted'),
    Font('Roboto Light', f'{TT}/roboto/unhinted/RobotoTTF/Roboto-Light.ttf', 'fonts-roboto-unhinted'),
    Font('Roboto Condensed', f'{TT}/roboto/unhinted/RobotoCondensed-Bold.ttf', 'fonts-roboto-unhinted'),
    Font('Lato', f'{TT}/lato/Lato-Regular.ttf', 'fonts-lato'),
    Font('Lato Italic', f'{TT}/lato/Lato-MediumItalic.ttf', 'fonts-lato'),
    Font('Inconsolata', f'{TT}/inconsolata/Inconsolata.otf', 'fonts-inconsolata'),
    Font('VT220', f'{TT}/glasstty/Glass_TTY_VT220.ttf', 'fonts-glasstty'),
    Font('Terminus', f'{OT}/terminus/terminus-normal.otb', 'fonts-terminus-otb', sizes=(12, 14, 16, 18, 20, 24, 32)),
    Font('Terminus Bold', f'{OT}/terminus/terminus-bold.otb', 'fonts-terminus-otb', sizes=(12, 14, 16, 20, 24)),
    Font('Helvetica 8', f'{DPI75}/helvR08.pcf.gz', 'xfonts-75dpi', sizes=(8,)),
    Font('Helvetica 12', f'{DPI75}/helvB12.pcf.gz', 'xfonts-75dpi', sizes=(12,)),
    Font('Courier 14', f'{DPI75}/courB14.pcf.gz', 'xfonts-75dpi', sizes=(14,)),
    Font('Hershey', 'usr/share/hershey-fonts/futural.jhf', 'hershey-fonts-data', strokes=True),
    Font('Hershey Duplex', 'usr/share/hershey-fonts/rowmand.jhf', 'hershey-fonts-data', strokes=True),
    Font('WenQuanYi', f'{TT}/wqy/wqy-microhei.ttc', 'fonts-wqy-microhei', spare=True),
]


def linear_probe(rng):
    """Ultrasound of a linear probe: layers in an upright or slanted rectangle, colour flow over some of them."""
    w, h = [(720, 576), (960, 720), (1280, 800)][int(rng.integers(3))]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    layers = noise.smooth(rng, h, 1, 18)[:, :1] * noise.smooth(rng, h, w, 90)
    speckle = np.abs(noise.grain(rng, h, w, 1, 1)) * np.abs(noise.grain(rng, h, w, 1, 2))
    field = (30 + 190 * layers) * np.clip(speckle, 0, 2) * 0.55
    top, bottom, left, right = h * 0.12, h * rng.uniform(0.7, 0.9), w * rng.uniform(0.12, 0.25), w * rng.uniform(0.75, 0.88)
    slant = rng.choice([0, 0, 0.15, -0.2])
    inside = (y > top) & (y < bottom) & (x > left + slant * (y - top)) & (x < right + slant * (y - top))
    field = np.where(inside, np.clip(field, 0, 255), rng.choice([0, 0, 0, 8, 24, 45]))
    colours = np.repeat(field[:, :, None], 3, axis=2)
    if rng.random() < 0.4:
        flow = noise.smooth(rng, h, w, 60)
        box = inside & (y > h * 0.3) & (y < h * 0.6) & (x > w * 0.35) & (x < w * 0.6) & (flow > 0.6)
        colours[box] = np.stack([255 * flow, 90 * flow, 20 + 0 * flow], axis=2)[box]
    return colours


def trace(rng):
    """Spectral Doppler: a small picture above, a baseline and beats of grain below it."""
    w, h = [(800, 600), (1024, 768)][int(rng.integers(2))]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    base, beats = h * 0.8, rng.uniform(5, 9)
    envelope = h * 0.22 * np.abs(np.sin(x / w * math.pi * beats)) ** rng.uniform(1, 4) + 6
    below = (y < base) & (y > base - envelope)
    field = np.where(below, 60 + np.abs(noise.grain(rng, h, w, 55, 1)), 0)
    field = np.where(np.abs(y - base) < 1, 160, field)
    picture = (y < h * 0.5) & (y > h * 0.08) & (np.abs(x - w * 0.5) < w * 0.2)
    return np.where(picture, noise.smooth(rng, h, w, 30) * 120 * np.abs(noise.grain(rng, h, w, 0.8, 1)), field)


def hand(rng):
    """An X-ray of a hand: finger bones with their inner grain, soft tissue, a screw, an uneven ground."""
    w = int(rng.integers(800, 1300))
    h = int(w * rng.uniform(1.1, 1.4))
    bones, flesh = [], []
    for finger in range(5):
        angle = -1.1 + 0.42 * finger + rng.normal(0, 0.04)
        x, y, length = w / 2 + (finger - 2) * w * 0.06, h * 0.62, h * (0.16 if finger else 0.11)
        for part in range(4 if finger else 3):
            nx, ny = x + math.sin(angle) * length, y - math.cos(angle) * length
            bones.append((x, y, nx, ny, w * 0.035 * 0.88 ** part))
            flesh.append((x, y, nx, ny, w * 0.085))
            x, y, length = nx + math.sin(angle) * 6, ny - math.cos(angle) * 6, length * 0.66

    def strokes(parts):
        return noise.shapes(h, w, lambda d: [
            d.line((2 * a, 2 * b, 2 * c, 2 * e), fill=255, width=int(2 * s)) for a, b, c, e, s in parts])
    field = 18 + 20 * noise.smooth(rng, h, w, 400) + 60 * noise.blur(strokes(flesh), 9)
    grain = np.abs(noise.grain(rng, h, w, 26, 1))
    field += noise.blur(strokes(bones), 2) * (95 + grain)
    field += noise.grain(rng, h, w, rng.uniform(0.5, 2.5))
    if rng.random() < 0.4:
        field += 110 * noise.shapes(h, w, lambda d: [
            d.line((w + 8 * i, h, w + 8 * i + 14, h + 30), fill=255, width=4) for i in range(12)])
    return 255 - field if rng.random() < 0.5 else field


def belly(rng):
    """CT of a trunk: organs, spine, the table, streaks from metal; the air is often not quite black."""
    n = int(rng.choice([512, 512, 640, 1024]))
    y, x = np.mgrid[0:n, 0:n].astype(np.float32) / n - 0.5
    body = np.hypot(x / 0.42, y / 0.3) < 1
    field = np.where(body, 110 + 50 * noise.smooth(rng, n, n, n // 8), float(rng.choice([0, 0, 0, 4, 15])))
    field = np.where(np.hypot(x, (y - 0.14) * 1.2) < 0.06, 235, field)
    for _ in range(5):
        cx, cy, size = rng.uniform(-0.28, 0.28), rng.uniform(-0.18, 0.12), rng.uniform(0.03, 0.09)
        field = np.where(np.hypot(x - cx, (y - cy) * 1.3) < size, rng.uniform(20, 190), field)
    field = np.where((np.abs(y - 0.335 - 0.2 * x * x) < 0.006) & (np.abs(x) < 0.45), 120, field)
    field = np.where(body, field + noise.grain(rng, n, n, rng.uniform(5, 16), 1), field)
    if rng.random() < 0.3:
        angle = np.arctan2(y - 0.05, x - 0.1)
        field = field + 25 * np.sin(angle * 23) * body
    return field


def film(rng):
    """A film sheet: a grid of small slices on black, a margin round it, a little dust."""
    w, h = [(1200, 1400), (1600, 1200)][int(rng.integers(2))]
    across, down = int(rng.integers(2, 4)), int(rng.integers(2, 4))
    field = np.full((h, w), float(rng.choice([0, 10, 30])), dtype=np.float32)
    pw, ph = w // across, h // down
    for row in range(down):
        for column in range(across):
            y, x = np.mgrid[0:ph, 0:pw].astype(np.float32)
            ring = np.hypot((x - pw / 2) / (pw * 0.3), (y - ph / 2) / (ph * 0.36))
            slice_ = np.where(ring < 1, 70 + 90 * noise.smooth(rng, ph, pw, 40), 0) + np.where(np.abs(ring - 1) < .06, 120, 0)
            slice_ += noise.grain(rng, ph, pw, 5) * (ring < 1)
            part = field[row * ph:(row + 1) * ph, column * pw:(column + 1) * pw]
            np.maximum(part, slice_, out=part)
    dust = rng.random((h, w)) > 0.99995
    return np.where(dust, 200, field)


def dark_page(rng):
    """A dose page of a dark screen: rows of two greys, a bar of shades."""
    w, h = [(1024, 768), (640, 640), (900, 1200)][int(rng.integers(3))]
    low, step = int(rng.integers(10, 60)), int(rng.integers(18, 40))
    field = np.full((h, w), float(low), dtype=np.float32)
    for row in range(h // 5, h - step, step * 2):
        field[row:row + step] = low + int(rng.integers(3, 14))
    field[h - 16:h - 6, 40:w - 40] = np.linspace(0, 255, w - 80)
    return field


def form(rng):
    """A scanned request form: grey paper with fibres, boxes to fill in, a dark edge of the scanner's lid."""
    w, h = [(900, 1200), (1100, 800)][int(rng.integers(2))]
    field = 205 + 30 * noise.smooth(rng, h, w, 500) + noise.grain(rng, h, w, 2.2, 1)
    field[:, :int(rng.integers(4, 30))] = 35
    for y in range(int(h * 0.2), int(h * 0.85), int(h * 0.11)):
        field[y:y + 2, 60:w - 60] = 90
    return field


def subtraction(rng):
    """Subtracted angiography: a light flat ground, dark vessels, shadows of bones that moved; eight-cornered edge."""
    n = int(rng.choice([512, 768, 1024]))
    field = 165 + 18 * noise.smooth(rng, n, n, n // 6) + noise.grain(rng, n, n, rng.uniform(2, 6))
    field += 30 * np.diff(noise.smooth(rng, n, n + 1, 26), axis=1) * 8
    chains = []
    for _ in range(int(rng.integers(3, 8))):
        x, y, angle = rng.uniform(0.2, 0.8) * n, n * 0.95, -math.pi / 2 + rng.normal(0, 0.4)
        for _ in range(50):
            nx, ny = x + n / 55 * math.cos(angle), y + n / 55 * math.sin(angle)
            chains.append((x, y, nx, ny))
            x, y, angle = nx, ny, angle + rng.normal(0, 0.3)
    field -= 120 * noise.blur(noise.shapes(n, n, lambda d: [
        d.line((2 * a, 2 * b, 2 * c, 2 * e), fill=255, width=max(3, n // 80)) for a, b, c, e in chains]), 1)
    y, x = np.mgrid[0:n, 0:n]
    return np.where(x + y < n * 0.12, 0, np.where((n - x) + y < n * 0.12, 0, field))


def scope(rng):
    """Endoscopy: a coloured round picture with highlights on black."""
    w, h = [(720, 576), (1280, 1024)][int(rng.integers(2))]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    folds = noise.smooth(rng, h, w, 70)
    red = 120 + 110 * folds + noise.grain(rng, h, w, 4)
    colours = np.stack([red, red * 0.55, red * 0.42], axis=2)
    shine = noise.smooth(rng, h, w, 24) > 0.93
    colours[shine] = 250
    outside = np.hypot(x - w * 0.6, y - h / 2) > h * 0.46
    colours[outside] = 0
    return colours


def _dial(frame, rng, colour):
    x, y, r = frame.width - 60, frame.height // 2, 24
    noise.paint(frame, lambda p: [p.ellipse((x - r, y - r, x + r, y + r), outline=colour)]
                + [p.line((x, y, x + r * math.cos(a), y + r * math.sin(a)), fill=colour) for a in (0.3, 2.2)])


def foot_strip(frame, fonts, rng):
    """Who it is stands at the foot, in a bar; settings run along the top in one line; beats along the middle."""
    scribe = Scribe(frame, fonts, rng, (8, 26), coloured=True)
    w, h, step = frame.width, frame.height, int(scribe.body * 1.45) + 3
    if rng.random() < 0.5:
        frame.plate(0, h - step * 2 - 8, w, step * 2 + 8, float(rng.choice([25, 55, 90, 190, 225])))
    _dial(frame, rng, (190, 190, 190))
    points = [(i, int(h * 0.66 + (-(i % 90 == 30) * 26 + (i % 90 == 34) * 12))) for i in range(0, w, 2)]
    noise.paint(frame, lambda p: p.line(points, fill=(90, 230, 90)))
    noise.paint(frame, lambda p: [p.rectangle((w - 20, 60 + 3 * i, w - 8, 63 + 3 * i), fill=(4 * i, 60, 255 - 4 * i))
                                  for i in range(60)])
    x = 10
    for _ in range(int(rng.integers(2, 7))):
        line = scribe.write(x, 8, 'device')
        x += (line.w if line else 60) + scribe.body * 3
    y = h - step * 2 - 4
    scribe.write(w // 2, y, 'name', 'centre')
    scribe.write(w // 2, y + step, str(rng.choice(['id', 'born'])), 'centre')
    scribe.write(12, y, 'place')
    scribe.write(12, y + step, 'when')
    scribe.write(w - 12, y, 'accession', 'right')
    scribe.write(w - 12, y + step, 'staff', 'right')
    for i in range(int(rng.integers(0, 4))):
        scribe.write(int(w * 0.1), int(h * (0.3 + 0.09 * i)), 'measure')
    scribe.write(int(w * 0.5), int(h * 0.16), 'side', 'centre', height=scribe.body + int(rng.integers(0, 30)))


def left_block(frame, fonts, rng):
    """A block down the left: label and value below each other; settings at the right foot."""
    scribe = Scribe(frame, fonts, rng, (9, 22), coloured=True)
    w, h, step = frame.width, frame.height, int(scribe.body * 1.5) + 2
    y = int(h * rng.uniform(0.08, 0.25))
    for which in ('name', 'id', 'born', 'when', 'staff')[:int(rng.integers(3, 6))]:
        scribe.write(8, y, 'label', height=max(8, scribe.body - 3))
        y = scribe.column(8, y + step, [which]) + step // 2
    scribe.write(8, 8, 'place')
    scribe.column(w - 8, h - step * 4, ['device', 'measure', 'device'], 'right')
    scribe.write(w - 12, 10, 'side', 'right', height=scribe.body + 8)

    def keys(pencil):  # rows of small squares, as a scanner's soft keys
        for i in range(int(rng.integers(0, 8))):
            pencil.rectangle((w - 30 - 22 * i, 44, w - 14 - 22 * i, 58), outline=(130, 130, 130))
    noise.paint(frame, keys)


def sticker(frame, fonts, rng):
    """X-ray: a label that was stuck on sideways, large letters for the side, a line along the foot."""
    scribe = Scribe(frame, fonts, rng, (12, 40))
    w, h, size = frame.width, frame.height, int(rng.integers(14, 28))
    x0, turn = int(rng.choice([14, w - 14 - size * 8])), int(rng.choice([90, 270]))
    frame.plate(x0, int(h * 0.3), size * 7.5, int(h * 0.42), float(rng.integers(215, 254)))
    for i, which in enumerate(('name', 'id', 'born', 'place')[:int(rng.integers(2, 5))]):
        scribe.write(x0 + 10 + int(size * 1.7) * i, int(h * 0.32), which, turn=turn, height=size, polarity='dark')
    scribe.write(int(w * rng.choice([0.3, 0.7])), int(h * 0.08), 'side', height=int(rng.integers(30, 81)), contrast=120)
    scribe.write(w // 2, h - int(scribe.body * 1.8), 'when', 'centre')
    scribe.write(w // 2, 14, 'place', 'centre')
    if rng.random() < 0.35:
        scribe.write(w // 2, int(h * 0.86), str(rng.choice(['name', 'id'])), 'centre', height=int(rng.integers(40, 81)))
    scribe.column(w - 14, h - 120, ['device', 'device'], 'right', height=14)
    noise.paint(frame, lambda p: [p.ellipse((40 + 17 * i, 30, 48 + 17 * i, 38), fill=(235,) * 3) for i in range(4)])


def panels(frame, fonts, rng):
    """A film sheet: the same lines, small, in each of its panels; one heading for all."""
    scribe = Scribe(frame, fonts, rng, (8, 16))
    across, down = int(rng.integers(2, 4)), int(rng.integers(2, 4))
    w, h, step = frame.width // across, frame.height // down, int(scribe.body * 1.4) + 2
    scribe.write(frame.width // 2, 4, 'place', 'centre', height=scribe.body + 6)
    for row in range(down):
        for column in range(across):
            x, y = column * w, row * h
            scribe.column(x + 8, y + 30, ['device', 'device', 'accession'])
            scribe.column(x + w - 10, y + 30, ['name', 'id', 'when', 'born'][:int(rng.integers(2, 5))], 'right')
            scribe.write(x + 8, y + h // 2, 'side', height=scribe.body + 6)
            scribe.column(x + 8, y + h - step * 3, ['device', 'time'])
            scribe.write(x + w - 10, y + h - step * 2, 'measure', 'right')


def cards(frame, fonts, rng):
    """A page of groups with headings, two to a row; the values right of their labels."""
    dark = float(np.median(frame.pixels)) > 127
    scribe = Scribe(frame, fonts, rng, (9, 22), polarity='dark' if dark else 'light')
    w, h, step = frame.width, frame.height, int(scribe.body * 1.7) + 4
    bars = [(int(w * 0.72), int(h * (0.6 + 0.04 * i)), int(rng.integers(10, 80))) for i in range(5)]
    noise.paint(frame, lambda p: [p.rectangle((x, b, x + length, b + 8), fill=(120,) * 3) for x, b, length in bars])
    scribe.write(30, 14, 'other', height=scribe.body + 10)
    scribe.write(w - 20, 14, 'when', 'right')
    y, rows = 30 + step * 2, ['name', 'id', 'born', 'accession', 'place', 'phone', 'mail', 'staff']
    while rows and y < h * 0.55:
        for x in (40, w // 2 + 20):
            if rows:
                label = scribe.write(x, y, 'label')
                scribe.write(x + (label.w if label else 60) + scribe.body, y, rows.pop(0))
        y += step
    while y < h - step * 2:
        scribe.write(40, y, 'other')
        scribe.write(int(w * 0.45), y, 'device')
        scribe.write(w - 40, y, 'scale', 'right')
        y += step


def one_line(frame, fonts, rng):
    """One long line at the top, one at the foot, and a note on the picture itself."""
    scribe = Scribe(frame, fonts, rng, (9, 28), polarity=str(rng.choice(['light', 'dark'])))
    w, h = frame.width, frame.height
    for y, fields in ((6, ('name', 'id', 'born')), (h - int(scribe.body * 1.6) - 4, ('when', 'place', 'device'))):
        x = 10
        for which in fields:
            line = scribe.write(x, y, which)
            x += (line.w if line else 40) + scribe.body * 2
    scribe.write(int(w * 0.25), int(h * 0.4), str(rng.choice(['name', 'measure', 'id'])))
    scribe.write(int(w * 0.6), int(h * 0.7), 'side')
    scribe.column(w - 12, int(h * 0.3), ['device', 'staff'], 'right')
    noise.paint(frame, lambda p: [p.rectangle((w * 0.3, h * 0.5, w * 0.3 + 60, h * 0.5 + 44), outline=(255, 255, 255))])


KINDS = [('ultrasound', linear_probe, foot_strip, 2), ('ultrasound', trace, foot_strip, 1),
         ('ultrasound', linear_probe, left_block, 1), ('x-ray', hand, sticker, 2), ('ct', belly, one_line, 1),
         ('ct', belly, left_block, 1), ('ct', film, panels, 0.7), ('dose-report', dark_page, cards, 1.2),
         ('dose-report', form, cards, 0.8), ('angiography', subtraction, one_line, 1.5),
         ('angiography', subtraction, left_block, 0.7), ('ultrasound', scope, left_block, 0.6)]
