"""Writes the fields of one person onto one frame, in the few styles that one scanner has."""
import letters
import words
from letters import Style

TINTS = [None, None, None, (255, 255, 0), (0, 255, 255), (120, 255, 120), (255, 170, 60)]


class Scribe:
    """The person, the scanner's faces and contrasts, and the frame to write on."""

    def __init__(self, frame, fonts, rng, heights=(8, 32), coloured=False, turn=0, polarity='light'):
        self.frame, self.fonts, self.rng = frame, fonts, rng
        self.who = words.person(rng)
        faces = [font for font in fonts if not font.spare]
        self.faces = [faces[int(rng.integers(len(faces)))] for _ in range(2)]
        self.mood = str(rng.choice(['strong', 'middle', 'faint', 'mixed'], p=[0.44, 0.18, 0.23, 0.15]))
        self.usual = self._draw_contrast('strong' if self.mood == 'mixed' else self.mood)
        # Small type is what scanners mostly write, so heights are drawn from the lower end more often.
        self.body = int(heights[0] + (heights[1] - heights[0]) * rng.random() ** 2)
        self.smooth = bool(rng.random() < 0.7)
        self.tint = TINTS[int(rng.integers(len(TINTS)))] if coloured else None
        self.turn, self.polarity = turn, polarity

    def _draw_contrast(self, mood):
        low, high = {'strong': (140, 255), 'middle': (24, 140), 'faint': (2, 16)}[mood]
        return int(round(low * (high / low) ** self.rng.random()))

    def _contrast(self):
        if self.mood == 'mixed':
            return self._draw_contrast(str(self.rng.choice(['strong', 'middle', 'faint'])))
        return self._draw_contrast(self.mood) if self.rng.random() < 0.2 else self.usual

    def _face(self, string):
        face = self.faces[0 if self.rng.random() < 0.85 else 1]
        if letters.covers(face, string):
            return face
        able = [font for font in self.fonts if letters.covers(font, string)]
        return able[int(self.rng.integers(len(able)))] if able else None

    def write(self, x, y, which, anchor='left', **more):
        """One field; returns its line, or None where it found no room. A turned line goes down from y."""
        string, kind, script = words.field(self.rng, self.who, which)
        return self.say(x, y, string, kind, anchor, script=script, **more)

    def say(self, x, y, string, kind, anchor='left', script='latin', height=None, turn=None, polarity=None, contrast=None):
        face = self._face(string)
        if face is None:
            return None
        height = max(height or self.body, 11 if script == 'cjk' else 8)
        style = Style(face, min(80, int(height)), contrast or self._contrast(), polarity or self.polarity,
                      self.turn if turn is None else turn, self.smooth, self.tint, script)
        return self.frame.text(x, y, string, style, kind, anchor)

    def column(self, x, y, fields, anchor='left', lead=1.5, **more):
        """Fields below each other; returns where the next one would start."""
        for which in fields:
            height = more.get('height') or self.body
            self.write(x, y, which, anchor, **more)
            y += int(height * lead) + 2
        return y
