"""What a set of suggestions is worth, counted from the truth alone: no code of the program is used here.

found      a line is found where at least FOUND of its letters' pixels lie within the suggestions
leak       letters' pixels of identifying lines that no suggestion covers, as a share of all of them
precision  area of all suggestions together that lies on a line, or no further from one than half its letters'
           height (and never less than 4 pixels), as a share of their area
"""
import dataclasses

import numpy as np

FOUND = 0.95


@dataclasses.dataclass
class Tally:
    """Counts that can be added up over pictures."""
    lines: int = 0
    found: int = 0
    named: int = 0           # lines that identify
    named_found: int = 0
    named_ink: int = 0
    named_bare: int = 0      # their pixels that stay uncovered
    area: int = 0
    area_true: int = 0

    def __iadd__(self, other):
        for part in dataclasses.fields(self):
            setattr(self, part.name, getattr(self, part.name) + getattr(other, part.name))
        return self

    @staticmethod
    def _share(part, whole):
        return part / whole if whole else float('nan')

    def recall(self):
        return self._share(self.named_found, self.named)

    def recall_all(self):
        return self._share(self.found, self.lines)

    def leak(self):
        return self._share(self.named_bare, self.named_ink)

    def precision(self):
        return self._share(self.area_true, self.area)


def paint(shape, rectangles):
    """The rectangles (x, y, w, h) as a field of True, cut to the picture."""
    field = np.zeros(shape, dtype=bool)
    for x, y, w, h in rectangles:
        field[max(y, 0):max(y + h, 0), max(x, 0):max(x + w, 0)] = True
    return field


def near(line):
    margin = max(4, int(line['height']) // 2)
    return line['x'] - margin, line['y'] - margin, line['w'] + 2 * margin, line['h'] + 2 * margin


def score(lines, ink, rectangles):
    """The tally of one picture, and for each line the share of its letters' pixels that is covered. A line is
    a mapping with x, y, w, h, height, identifying; `ink` has the number of each letter's line, from 1."""
    cover = paint(ink.shape, rectangles)
    whole = np.bincount(ink.ravel(), minlength=len(lines) + 1)
    covered = np.bincount(ink[cover], minlength=len(lines) + 1)
    tally, shares = Tally(), []
    for number, line in enumerate(lines, 1):
        share = covered[number] / whole[number] if whole[number] else 1.0
        shares.append(float(share))
        tally.lines += 1
        tally.found += share >= FOUND
        if line['identifying'] == 'yes':
            tally.named += 1
            tally.named_found += share >= FOUND
            tally.named_ink += int(whole[number])
            tally.named_bare += int(whole[number] - covered[number])
    tally.area = int(cover.sum())
    tally.area_true = int((cover & paint(ink.shape, [near(line) for line in lines])).sum())
    return tally, shares


def threshold(values):
    """Otsu's: the level that parts light from dark best."""
    counts = np.bincount(values.ravel().astype(np.uint8), minlength=256).astype(float)
    below, levels = np.cumsum(counts), np.arange(256)
    mean_below, mean = np.cumsum(counts * levels), float((counts * levels).sum())
    above = counts.sum() - below
    with np.errstate(divide='ignore', invalid='ignore'):
        apart = below * above * (mean_below / below - (mean - mean_below) / above) ** 2
    return int(np.nanargmax(np.where(np.isfinite(apart), apart, -1)))


def ink_of(grey, lines):
    """Letters' pixels for boxes that were drawn by hand: within each box what lies on the rarer side of the
    level that parts its light from its dark."""
    ink = np.zeros(grey.shape, dtype=np.uint16)
    for number, line in enumerate(lines, 1):
        x, y = max(line['x'], 0), max(line['y'], 0)
        part = grey[y:line['y'] + line['h'], x:line['x'] + line['w']]
        if part.size == 0:
            continue
        light = part > threshold(part)
        letters = light if light.mean() <= 0.5 else ~light
        here = ink[y:y + part.shape[0], x:x + part.shape[1]]
        here[letters] = number
    return ink
