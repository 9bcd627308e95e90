"""A frame that is being drawn, and the text burned into it: every line is known to the pixel."""
import dataclasses

import numpy as np

import letters

IDENTIFYING = {'person-name', 'person-id', 'birth-date', 'date-or-time', 'institution'}


@dataclasses.dataclass
class Line:
    """One burned-in line of text: what the figures are counted by."""
    x: int
    y: int
    w: int
    h: int
    text: str
    kind: str
    identifying: bool
    height: int      # of its letters from the top of "H" to the foot of "g", whichever way it is turned
    contrast: int    # grey levels between the letters and what lies around them
    turn: int
    polarity: str    # "light" or "dark" letters
    font: str
    script: str


class Frame:
    """Grey levels or colours from 0 to 255; `ink` has the number of the line in each pixel of its letters."""

    def __init__(self, pixels, rng):
        self.pixels = np.asarray(pixels, dtype=np.float32)
        if self.pixels.ndim == 2:
            self.pixels = np.repeat(self.pixels[:, :, None], 3, axis=2)
        self.pixels = np.rint(np.clip(self.pixels, 0, 255))
        self.rng = rng
        self.height, self.width = self.pixels.shape[:2]
        self.ink = np.zeros((self.height, self.width), dtype=np.uint16)
        self.taken = np.zeros((self.height, self.width), dtype=bool)
        self.lines = []
        self.faintest = 2  # levels; a frame that will be coded with losses needs more

    def _ground(self, x, y, w, h):
        """What lies under and around a line: its level, and how far most of it strays from that."""
        part = self.pixels[max(y - 2, 0):y + h + 2, max(x - 2, 0):x + w + 2].mean(axis=2)
        middle = float(np.median(part))
        return middle, float(np.percentile(np.abs(part - middle), 92))

    def _level(self, ground, contrast, polarity):
        up = ground + contrast <= 255
        down = ground - contrast >= 0
        if polarity == 'light' and up or not down:
            return min(ground + contrast, 255.0), 'light'
        return max(ground - contrast, 0.0), 'dark'

    def free(self, x, y, w, h, gap):
        """Whether a line may stand there: inside the frame, and apart from the others."""
        if x < 1 or y < 1 or x + w > self.width - 1 or y + h > self.height - 1:
            return False
        return not self.taken[max(y - gap, 0):y + h + gap, max(x - gap, 0):x + w + gap].any()

    def text(self, x, y, string, style, kind, anchor='left', identifying=None):
        """Burns in a line whose box starts, ends or is centred at x and starts at y; returns it, or
        None where it does not fit or could not be told from what lies below it."""
        glyphs = letters.draw(string, style, self.rng)
        if glyphs is None:
            return None
        alpha = np.rot90(glyphs, style.turn // 90)
        h, w = alpha.shape
        x = int(x - {'left': 0, 'centre': w // 2, 'right': w}[anchor])
        y = int(y)
        if not self.free(x, y, w, h, max(3, style.height // 3)):
            return None
        ground, stray = self._ground(x, y, w, h)
        contrast = max(style.contrast, self.faintest)
        if contrast < 2.2 * stray:
            contrast = int(2.2 * stray + 25)
        if contrast > 255 or (contrast > 190 and stray > 60):
            return None
        level, polarity = self._level(ground, contrast, style.polarity)
        contrast = int(round(abs(level - ground)))
        if contrast < max(self.faintest, 2.0 * stray):
            return None
        return self._burn(x, y, string, style, kind, identifying, alpha, level, ground, polarity, contrast)

    def _burn(self, x, y, string, style, kind, identifying, alpha, level, ground, polarity, contrast):
        h, w = alpha.shape
        if contrast < 8:  # a stroke of two levels has no room for half-tones
            alpha = np.minimum(alpha * 1.5, 1.0)
        old = self.pixels[y:y + h, x:x + w]
        tint = np.full(3, level, dtype=np.float32)
        if style.tint is not None and contrast > 90 and polarity == 'light':
            tint = np.asarray(style.tint, dtype=np.float32) * level / 255
        new = np.rint(old * (1 - alpha[:, :, None]) + tint * alpha[:, :, None])
        self.pixels[y:y + h, x:x + w] = new
        seen = alpha >= 0.5
        ys, xs = np.nonzero(seen)
        if len(ys) == 0:
            return None
        top, left = int(ys.min()), int(xs.min())
        line = Line(x + left, y + top, int(xs.max()) - left + 1, int(ys.max()) - top + 1, string, kind,
                    kind in IDENTIFYING if identifying is None else identifying, style.height, contrast,
                    style.turn, polarity, style.font, style.script)
        self.lines.append(line)
        self.ink[y:y + h, x:x + w][seen] = len(self.lines)
        self.taken[y:y + h, x:x + w] = True
        return line

    def plate(self, x, y, w, h, level):
        """A flat area that text is put on: a film's label, a bar of the scanner's."""
        x, y = max(int(x), 0), max(int(y), 0)
        self.pixels[y:y + int(h), x:x + int(w)] = level

    def rotate(self, turn):
        """Turns the whole frame, as one that was stored sideways: counter-clockwise, in degrees."""
        self.pixels, self.ink = (np.rot90(field, turn // 90).copy() for field in (self.pixels, self.ink))
        self.height, self.width = self.pixels.shape[:2]
        for number, line in enumerate(self.lines, 1):
            ys, xs = np.nonzero(self.ink == number)
            line.x, line.y = int(xs.min()), int(ys.min())
            line.w, line.h = int(xs.max()) - line.x + 1, int(ys.max()) - line.y + 1
            line.turn = (line.turn + turn) % 360
