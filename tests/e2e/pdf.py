"""A PDF as other programs see it: poppler's tools, and the eye of an image library."""
import subprocess
import tempfile

import numpy
from PIL import Image


def run(*command):
    return subprocess.run([str(each) for each in command], check=True, capture_output=True,
                          text=True).stdout


def text(path):
    """All words, white space made one blank."""
    return ' '.join(run('pdftotext', '-enc', 'UTF-8', path, '-').split())


def info(path):
    return {line.split(':', 1)[0]: line.split(':', 1)[1].strip()
            for line in run('pdfinfo', path).splitlines() if ':' in line}


def fonts(path):
    """(name, embedded) of each font."""
    lines = run('pdffonts', path).splitlines()[2:]
    return [(line.split()[0], line.split()[-5]) for line in lines]


def pages(path, dots=100):
    """The pages in grey, as they are printed."""
    with tempfile.TemporaryDirectory() as folder:
        run('pdftoppm', '-gray', '-r', dots, path, folder + '/p')
        names = sorted(run('ls', folder).split())
        return [numpy.array(Image.open(f'{folder}/{name}').convert('L')) for name in names]


def boxes(page, dots=100, side=4.2):
    """How many empty squares of side millimetres stand on the page: four dark edges around white.
    Each is counted at its upper left corner."""
    ink = page < 140
    size = round(side / 25.4 * dots)
    height, width = ink.shape
    found = []
    ys, xs = numpy.nonzero(ink[:height - size - 3, :width - size - 3])
    for y, x in zip(ys, xs):
        for edge in (size - 1, size, size + 1):
            if (ink[y, x:x + edge].all() and ink[y:y + edge, x].all()
                    and ink[y + edge - 1:y + edge + 2, x + 2:x + edge - 2].any(axis=0).all()
                    and ink[y + 2:y + edge - 2, x + edge - 1:x + edge + 2].any(axis=1).all()
                    and not ink[y + 4:y + edge - 4, x + 4:x + edge - 4].any()):
                if all(abs(y - v) > 4 or abs(x - u) > 4 for v, u in found):
                    found.append((y, x))
    return len(found)


def margin_is_white(page, dots=100, millimetres=5):
    edge = round(millimetres / 25.4 * dots)
    inner = page.copy()
    inner[edge:-edge, edge:-edge] = 255
    return bool((inner > 200).all())
