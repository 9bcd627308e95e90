"""The tuning set: the detector may be looked at, and mended, on these. The held-back set shares nothing with it."""
import math

import numpy as np

import noise
import tuning_grounds as more
from letters import Font
from scribe import Scribe

SEEDS = range(1000, 3000)
TT, X11 = 'usr/share/fonts/truetype', 'usr/share/fonts/X11/misc'

FONTS = [
    Font('DejaVu Sans', f'{TT}/dejavu/DejaVuSans.ttf', 'fonts-dejavu-core'),
    Font('DejaVu Sans Bold', f'{TT}/dejavu/DejaVuSans-Bold.ttf', 'fonts-dejavu-core'),
    Font('DejaVu Sans Mono', f'{TT}/dejavu/DejaVuSansMono.ttf', 'fonts-dejavu-core'),
    Font('DejaVu Serif', f'{TT}/dejavu/DejaVuSerif.ttf', 'fonts-dejavu-core'),
    Font('Liberation Sans', f'{TT}/liberation2/LiberationSans-Regular.ttf', 'fonts-liberation2'),
    Font('Liberation Sans Bold', f'{TT}/liberation2/LiberationSans-Bold.ttf', 'fonts-liberation2'),
    Font('Liberation Mono', f'{TT}/liberation2/LiberationMono-Regular.ttf', 'fonts-liberation2'),
    Font('Liberation Serif', f'{TT}/liberation2/LiberationSerif-Regular.ttf', 'fonts-liberation2'),
    Font('FreeMono Bold', f'{TT}/freefont/FreeMonoBold.ttf', 'fonts-freefont-ttf'),
    Font('FreeSans Oblique', f'{TT}/freefont/FreeSansOblique.ttf', 'fonts-freefont-ttf'),
    Font('Hack', f'{TT}/hack/Hack-Regular.ttf', 'fonts-hack'),
    Font('Fixed', f'{X11}/6x13.pcf.gz', 'xfonts-base', sizes=(13,)),
    Font('Fixed Bold', f'{X11}/7x13B.pcf.gz', 'xfonts-base', sizes=(13,)),
    Font('Fixed 9x15', f'{X11}/9x15.pcf.gz', 'xfonts-base', sizes=(15,)),
    Font('Fixed 10x20', f'{X11}/10x20.pcf.gz', 'xfonts-base', sizes=(20,)),
    Font('Fixed 5x8', f'{X11}/5x8.pcf.gz', 'xfonts-base', sizes=(8,)),
    Font('VL Gothic', f'{TT}/vlgothic/VL-Gothic-Regular.ttf', 'fonts-vlgothic', spare=True),
]


def sector(rng):
    """Ultrasound: a fan of speckle on black, with structures, a bright wall and shadows."""
    w, h = [(640, 480), (800, 600), (1024, 768)][int(rng.integers(3))]
    top, middle = int(h * rng.uniform(0.05, 0.16)), w * rng.uniform(0.4, 0.6)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    r, angle = np.hypot(x - middle, y - top), np.arctan2(x - middle, y - top + 1e-3)
    reach, half = h * rng.uniform(0.72, 0.86), rng.uniform(0.45, 0.8)
    polar = np.hypot(noise.grain(rng, 256, 192, 1, 1), noise.grain(rng, 256, 192, 1, 1))
    rows = np.clip(r / reach * 255, 0, 255).astype(int)
    columns = np.clip((angle / half + 1) * 95.5, 0, 191).astype(int)
    body = noise.smooth(rng, h, w, int(rng.integers(40, 120)))
    field = polar[rows, columns] * (25 + 80 * body) * (1 - 0.5 * r / reach)
    field += 150 * np.exp(-((r - reach * rng.uniform(0.4, 0.9)) / 4) ** 2) * (body > 0.4)
    field *= ((r < reach) & (r > reach * 0.06) & (np.abs(angle) < half))
    return np.maximum(field, rng.choice([0, 0, 0, 12, 32]))


def chest(rng):
    """A chest X-ray: lungs, ribs, spine and the edge of the collimator; half of them inverted."""
    w = int(rng.integers(900, 1400))
    h = int(w * rng.uniform(0.95, 1.2))
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    field = 175 - 40 * ((x - w / 2) / w) ** 2
    for side in (-1, 1):
        lung = ((x - w / 2 - side * w * 0.2) / (w * 0.15)) ** 2 + ((y - h * 0.45) / (h * 0.32)) ** 2
        field -= 110 / (1 + np.exp(np.clip((lung - 1) * 6, -30, 30)))
        for rib in range(9):
            middle = h * (0.16 + 0.08 * rib) + ((x - w / 2) / w) ** 2 * h * 0.5
            band = np.exp(-((y - middle) / (h * 0.012)) ** 2)
            field += 26 * band * (side * (x - w / 2) > 0) * (np.abs(x - w / 2) < w * 0.38)
    field += 50 * np.exp(-((x - w / 2) / (w * 0.04)) ** 2) + 12 * noise.smooth(rng, h, w, 160)
    field += noise.grain(rng, h, w, rng.uniform(1, 4))
    edge = int(w * rng.uniform(0.02, 0.12))
    inside = (x > edge) & (x < w - edge) & (y > edge) & (y < h - edge)
    field = np.where(inside, field, rng.choice([0, 0, 6, 255]))
    return 255 - field if rng.random() < 0.4 else field


def head(rng):
    """CT of a head: skull, brain, the head rest, air around it."""
    n = int(rng.choice([512, 512, 768, 1024]))
    y, x = np.mgrid[0:n, 0:n].astype(np.float32) / n - 0.5
    egg = np.hypot(x / rng.uniform(0.3, 0.36), (y + 0.02) / rng.uniform(0.36, 0.41))
    field = np.where(egg < 1, 255, 0).astype(np.float32)
    brain = 95 + 40 * noise.smooth(rng, n, n, n // 10) + noise.grain(rng, n, n, rng.uniform(4, 14), 1)
    field = np.where(egg < 0.9, brain, field)
    field = np.where((egg > 1) & (egg < 1.06), 70, field)
    rest = np.abs(np.hypot(x, y - 0.05) - 0.44) < 0.008
    field = np.where(rest & (y > 0.1), 140, field)
    if rng.random() < 0.5:
        field = field + np.where(egg > 1.06, np.abs(noise.grain(rng, n, n, 3)), 0)
    return field


def report(rng):
    """A dose report: a light page with a table's lines, or one that was scanned."""
    w, h = [(512, 512), (800, 1000), (1000, 720)][int(rng.integers(3))]
    field = np.full((h, w), float(rng.choice([255, 255, 240, 228])), dtype=np.float32)
    if rng.random() < 0.4:
        field = field - 14 * noise.smooth(rng, h, w, 300) + noise.grain(rng, h, w, 1.2)
    return field


def vessels(rng):
    """Angiography: a mottled grey ground, a dark tree of vessels, a catheter, a round collimator."""
    n = int(rng.choice([512, 512, 1024]))
    field = 120 + 60 * noise.smooth(rng, n, n, n // 4) + noise.grain(rng, n, n, rng.uniform(4, 9), 1)
    tree = []

    def grow(x, y, angle, width, depth):
        for _ in range(int(rng.integers(12, 30))):
            step = n / 60
            nx, ny = x + step * math.cos(angle), y + step * math.sin(angle)
            tree.append((x, y, nx, ny, width))
            x, y, angle, width = nx, ny, angle + float(rng.normal(0, 0.22)), max(1.0, width * 0.985)
        if depth:
            for turn in (-0.5, 0.5):
                grow(x, y, angle + turn * rng.uniform(0.6, 1.4), width * 0.7, depth - 1)

    grow(n * rng.uniform(0.3, 0.6), n * 0.1, 1.3, n / 45, 3)
    field -= 75 * noise.shapes(n, n, lambda d: [
        d.line((2 * a, 2 * b, 2 * c, 2 * e), fill=255, width=max(2, int(2 * s))) for a, b, c, e, s in tree])
    y, x = np.mgrid[0:n, 0:n]
    if rng.random() < 0.6:
        field = np.where(np.hypot(x - n / 2, y - n / 2) < n * rng.uniform(0.46, 0.56), field, rng.choice([0, 0, 20]))
    return field


def _calipers(frame, rng, count):
    def draw(pencil):
        for _ in range(count):
            x, y = int(rng.integers(60, frame.width - 60)), int(rng.integers(60, frame.height - 60))
            arm, level = int(rng.integers(4, 9)), (255, 255, 255)
            pencil.line((x - arm, y, x + arm, y), fill=level)
            pencil.line((x, y - arm, x, y + arm), fill=level)
            if rng.random() < 0.5:
                fx, fy = x + int(rng.integers(30, 160)), y + int(rng.integers(-60, 60))
                for t in range(0, 20):
                    pencil.point((x + (fx - x) * t / 20, y + (fy - y) * t / 20), fill=level)
    noise.paint(frame, draw)


def _ruler(frame, x, y0, y1, step, long_every, level):
    def draw(pencil):
        for i, y in enumerate(range(y0, y1, step)):
            pencil.line((x, y, x + (10 if i % long_every == 0 else 5), y), fill=(level,) * 3)
    noise.paint(frame, draw)


def header_strip(frame, fonts, rng):
    """Ultrasound: who at the top left, where in the middle, when at the right; settings down one side."""
    scribe = Scribe(frame, fonts, rng, (8, 24), coloured=True)
    w, h, step = frame.width, frame.height, int(scribe.body * 1.5) + 2
    if rng.random() < 0.4:
        frame.plate(0, 0, w, step * 2 + 6, float(rng.choice([16, 40, 70, 160])))
    noise.paint(frame, lambda pencil: [  # a bar of grey levels, which no scanner is without
        pencil.line((w - 26, int(h * 0.3) + i, w - 14, int(h * 0.3) + i), fill=(255 - i * 2,) * 3) for i in range(128)])
    _ruler(frame, w - 50, int(h * 0.12), int(h * 0.9), int(rng.integers(10, 30)), 5, 200)
    _calipers(frame, rng, int(rng.integers(0, 5)))
    scribe.column(8, 6, ['name', 'id'] if rng.random() < 0.5 else ['id', 'name'], lead=1.4)
    scribe.column(w // 2, 6, ['place', 'born'][:int(rng.integers(1, 3))], 'centre', lead=1.4)
    scribe.column(w - 8, 6, ['date', 'time'], 'right', lead=1.4)
    side = ['device'] * int(rng.integers(2, 8))
    scribe.column(8, int(h * 0.25), side)
    for i in range(int(rng.integers(1, 5))):
        scribe.write(w - 34, int(h * (0.2 + 0.16 * i)), 'scale', 'right')
    scribe.column(10, int(h - step * 3), ['measure'] * int(rng.integers(0, 3)))
    scribe.write(w // 2, h - int(step * 1.6), 'side', height=scribe.body + int(rng.integers(0, 14)))
    if rng.random() < 0.4:
        scribe.write(w - 10, h - step, 'staff', 'right')
    if rng.random() < 0.25:
        scribe.write(w - 10 - scribe.body * 2, int(h * 0.3), 'name', turn=90)


def corners(frame, fonts, rng):
    """CT: four blocks in the corners, letters of direction in the middle of the sides, a ruler."""
    scribe = Scribe(frame, fonts, rng, (8, 20))
    w, h, step = frame.width, frame.height, int(scribe.body * 1.5) + 2
    scribe.column(6, 5, ['name', 'born', 'id', 'accession'][:int(rng.integers(2, 5))])
    scribe.column(w - 6, 5, ['place', 'when', 'device', 'staff'][:int(rng.integers(2, 5))], 'right')
    count = int(rng.integers(2, 5))
    scribe.column(6, h - step * count - 4, ['device'] * count)
    scribe.column(w - 6, h - step * count - 4, ['device', 'date', 'time', 'device'][:count], 'right')
    for x, y, string in ((w // 2, 6, 'A'), (w // 2, h - step, 'P'), (8, h // 2, 'R'), (w - 24, h // 2, 'L')):
        scribe.say(x, y, string, 'laterality-or-view', height=int(scribe.body * 1.3))
    _ruler(frame, w - 14, h // 4, h * 3 // 4, max(6, h // 40), 5, 180)


def plate_and_marker(frame, fonts, rng):
    """X-ray: a flashed name plate, a lead letter for the side, a line of text up the edge."""
    scribe = Scribe(frame, fonts, rng, (12, 48))
    w, h = frame.width, frame.height
    px, py = (w - 380 if rng.random() < 0.5 else 20), (20 if rng.random() < 0.5 else h - 190)
    light = rng.random() < 0.6
    frame.plate(px, py, 360, 170, float(rng.integers(205, 250) if light else rng.integers(0, 40)))
    size = int(rng.integers(12, 26))
    y = py + 10
    for which in ('place', 'name', 'born', 'id', 'date')[:int(rng.integers(3, 6))]:
        scribe.write(px + 12, y, which, height=size, polarity='dark' if light else 'light')
        y += int(size * 1.4) + 2
    scribe.write(int(w * rng.choice([0.12, 0.82])), int(h * rng.uniform(0.25, 0.5)), 'side',
                 height=int(rng.integers(36, 80)), contrast=140)
    turn = int(rng.choice([90, 270]))
    scribe.write(int(w * rng.choice([0.03, 0.94])), int(h * 0.55), 'when', turn=turn, height=int(rng.integers(14, 30)))
    scribe.write(30, h - 60 if py < h / 2 else 30, 'accession')
    scribe.write(w // 2, 40 if py > h / 2 else h - 70, 'device', 'centre')
    if rng.random() < 0.3:
        scribe.write(w // 2, h // 2, 'name', 'centre', turn=180)
    if rng.random() < 0.3:
        scribe.write(int(w * 0.3), int(h * 0.75), str(rng.choice(['name', 'id', 'born'])), height=int(rng.integers(40, 81)))

    def clips(pencil):  # surgical clips and wires, which are not letters
        for _ in range(int(rng.integers(0, 12))):
            x, y = int(rng.integers(w // 3, w * 2 // 3)), int(rng.integers(h // 3, h * 2 // 3))
            pencil.line((x, y, x + int(rng.integers(3, 16)), y + int(rng.integers(-8, 8))), fill=(250,) * 3, width=3)
    noise.paint(frame, clips)


def table(frame, fonts, rng):
    """A dose report: headings, who and when, then rows of figures between lines."""
    scribe = Scribe(frame, fonts, rng, (9, 20), polarity='dark')
    w, h, step = frame.width, frame.height, int(scribe.body * 1.6) + 3
    scribe.write(w // 2, 12, 'other', 'centre', height=scribe.body + 6)
    y = 30 + step
    for pair in (('name', 'id'), ('born', 'accession'), ('place', 'when'), ('staff', 'device')):
        scribe.write(16, y, pair[0])
        scribe.write(w // 2 + 10, y, pair[1])
        y += step
    top, bottom = y + 6, min(h - step * 2, y + 6 + step * int(rng.integers(4, 12)))
    columns = [16 + (w - 32) * i // 5 for i in range(6)]

    def grid(pencil):
        for row in range(top, bottom + 1, step):
            pencil.line((columns[0], row, columns[-1], row), fill=(int(rng.integers(0, 170)),) * 3)
        for x in columns:
            pencil.line((x, top, x, bottom), fill=(90, 90, 90))
    noise.paint(frame, grid)
    for row in range(top, bottom - step + 1, step):
        for x, which in zip(columns, ('other', 'scale', 'device', 'device', 'scale')):
            if rng.random() < 0.8:
                scribe.write(x + 5, row + 4, which)
    scribe.write(w - 16, h - step, 'when', 'right')


def run_line(frame, fonts, rng):
    """Angiography: few lines, small, on the picture itself; an arrow and a stored-run counter."""
    scribe = Scribe(frame, fonts, rng, (9, 26), polarity=str(rng.choice(['light', 'light', 'dark'])))
    w, h, step = frame.width, frame.height, int(scribe.body * 1.5) + 2
    scribe.column(int(w * 0.04), int(h * 0.03), ['name', 'id', 'born'])
    scribe.column(int(w * 0.96), int(h * 0.03), ['when', 'place'], 'right')
    scribe.column(int(w * 0.04), h - step * 3, ['device', 'device'])
    scribe.column(int(w * 0.96), h - step * 3, ['device', 'staff'], 'right')
    noise.paint(frame, lambda pencil: pencil.polygon(
        [(w * 0.6, h * 0.6), (w * 0.6 + 30, h * 0.6 + 8), (w * 0.6 + 14, h * 0.6 + 22)], fill=(255, 255, 255)))


def scattered(frame, fonts, rng):
    """Text anywhere, across whatever is there: what was typed in by hand, small, large, or one word."""
    scribe = Scribe(frame, fonts, rng, (9, 34), coloured=True, polarity=str(rng.choice(['light', 'light', 'dark'])))
    w, h = frame.width, frame.height
    fields = ['name', 'id', 'born', 'when', 'place', 'staff', 'device', 'measure', 'side', 'scale']
    for _ in range(int(rng.integers(3, 11))):
        tall = int(rng.integers(40, 81)) if rng.random() < 0.12 else None
        scribe.write(int(w * rng.uniform(0.02, 0.8)), int(h * rng.uniform(0.02, 0.95)), str(rng.choice(fields)), height=tall,
                     turn=int(rng.choice([0, 0, 0, 0, 90, 180, 270])))


def banner(frame, fonts, rng):
    """A few large lines: a title, who it is, and small print below."""
    scribe = Scribe(frame, fonts, rng, (10, 22), coloured=True)
    w, y = frame.width, int(frame.height * 0.02)
    if rng.random() < 0.5:
        frame.plate(0, 0, w, 150, float(rng.choice([0, 0, 30, 120, 240])))
    for which in ('name', 'id', 'born')[:int(rng.integers(1, 4))]:
        tall = int(rng.integers(26, 81))
        scribe.write(w // 2 if rng.random() < 0.5 else 12, y, which, height=tall)
        y += int(tall * 1.3) + 3
    scribe.column(10, frame.height - int(scribe.body * 5), ['device', 'when', 'place'])
    _ruler(frame, w - 30, frame.height // 3, frame.height * 4 // 5, int(rng.integers(8, 24)), 5, 190)
    _calipers(frame, rng, int(rng.integers(0, 4)))


KINDS = [('ultrasound', sector, header_strip, 1.5), ('x-ray', chest, plate_and_marker, 1), ('ct', head, corners, 1),
         ('dose-report', report, table, 2), ('angiography', vessels, run_line, 1), ('ct', head, run_line, 0.5),
         ('angiography', vessels, corners, 1), ('ultrasound', sector, corners, 0.5), ('x-ray', chest, corners, 0.5),
         ('ultrasound', more.round_probe, header_strip, 1.5), ('ultrasound', more.round_probe, scattered, 0.5),
         ('ultrasound', more.curved_probe, header_strip, 1.5), ('ultrasound', more.curved_probe, corners, 0.5),
         ('ultrasound', more.doppler, header_strip, 1), ('ultrasound', more.doppler, scattered, 0.5),
         ('x-ray', more.spine, plate_and_marker, 1), ('x-ray', more.bones, scattered, 0.8), ('x-ray', more.bones, banner, 0.5),
         ('ct', more.abdomen, corners, 1), ('ct', more.abdomen, banner, 0.4), ('photo', more.skin, scattered, 0.7),
         ('photo', more.skin, banner, 0.4), ('graph', more.curves, scattered, 0.8), ('graph', more.curves, banner, 0.4),
         ('film', more.sheet, scattered, 0.8), ('ultrasound', more.curved_probe, banner, 0.5)]
