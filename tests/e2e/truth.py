#!/usr/bin/python3
"""Truth against peers: every file of the shared corpus that opens is drawn by the helper and by an
independent program (DCMTK for DICOM, after OpenJPEG, libjxl or pydicom where DCMTK cannot decode;
Pillow for photographs). Stored pixels are compared, so nothing is scaled. Two pictures are equal
where no pixel differs by more than one grey level. Whatever differs stands in EXCEPTIONS below with
its reason and how far; one that is not there fails, and so does one that differs no longer."""
import csv
import functools
import io
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import numpy
from PIL import Image

import peers
import tap

CORPUS = pathlib.Path(sys.argv.pop(1)).resolve()
PICTURE = os.environ['IMP_PICTURE']
MOST_FRAMES = 8
MOST_PAGES = 8
LEVELS = 1

# (file, presentation or '*'): (how far it may differ, why). None: of another size, or not at all.
EXCEPTIONS = {
    ('burned-in/ct_burnedin-yes_GH1728.dcm', 'overlays'): (None, """
        The plane's data are half a byte shorter than its rows and columns say. It stays hidden and
        the picture leaves without it; asked for, it is refused as damaged, where DCMTK draws what
        there is."""),
}


def ours(path, *options):
    """A picture by the helper, rows × columns (× 3); None where the file is refused."""
    done = subprocess.run([PICTURE, path, *map(str, options)], capture_output=True, timeout=120)
    if done.returncode == 2:
        return None
    if done.returncode != 0:
        raise AssertionError(done.stderr.decode())
    return numpy.asarray(Image.open(io.BytesIO(done.stdout)))


@functools.lru_cache(maxsize=1)
def facts(path):
    done = subprocess.run([PICTURE, path, '--facts'], capture_output=True, text=True, timeout=120)
    if done.returncode == 2:
        return None
    found = {'window': [], 'overlay': []}
    for line in done.stdout.splitlines():
        key, *values = line.split()
        if key in ('window', 'overlay'):
            found[key].append(values)
        else:
            found[key] = values[0] if len(values) == 1 else values
    return found


def spread(count, most):
    """Up to so many of them, the first and the last always."""
    if count <= most:
        return list(range(count))
    return sorted({round(i * (count - 1) / (most - 1)) for i in range(most)})


def difference(one, two):
    """The largest difference of any sample; None where the pictures are of another size."""
    if one is None or two is None or one.shape[:2] != two.shape[:2]:
        return None
    if one.ndim != two.ndim:  # grey, and the same grey as colours
        one, two = (p if p.ndim == 3 else numpy.repeat(p[:, :, None], 3, axis=2) for p in (one, two))
    return int(abs(one.astype(int) - two.astype(int)).max())


class Truth(unittest.TestCase):
    compared = 0
    unused = set(EXCEPTIONS)

    def setUp(self):
        self.problems = []

    def judge(self, name, presentation, one, two):
        type(self).compared += 1
        far = difference(one, two)
        key = next((k for k in ((name, presentation), (name, '*')) if k in EXCEPTIONS), None)
        if far is not None and far <= LEVELS:
            return
        if key is None:
            shapes = [getattr(p, 'shape', None) for p in (one, two)]
            self.problems.append(f'{presentation}: differs by {far}, {shapes}')
            return
        most, _why = EXCEPTIONS[key]
        self.unused.discard(key)
        if (far is None) != (most is None) or (most is not None and far > most):
            self.problems.append(f'{presentation}: differs by {far}, and {most} was explained')

    def check_dicom(self, name):
        path = CORPUS / name
        found = facts(path)
        if found is None:  # refused: corpus.py judges whether that is right
            return
        with tempfile.TemporaryDirectory() as folder:
            peer = peers.Dicom(path, folder)
            for frame in spread(int(found['frames']), MOST_FRAMES):
                self.check_frame(name, path, peer, frame)
            if found['overlay']:
                self.check_overlays(name, path, peer, found['overlay'])

    def check_frame(self, name, path, peer, frame):
        default, *others = peer.presentations(frame)
        picture = ours(path, '--frame', frame)
        if picture is None:
            return
        self.judge(name, f'frame {frame}', picture, peer.draw(frame, default))
        for number, other in enumerate(others, 2):
            kind, *values = other
            if kind == 'window':
                options = ['--window', ','.join(map(str, values))]
            else:
                options = ['--table', values[0]]
            self.judge(name, f'frame {frame}, {kind} {number}',
                       ours(path, '--frame', frame, *options), peer.draw(frame, other))

    def check_overlays(self, name, path, peer, overlays):
        """With every plane drawn; DCMTK sees none on colour pictures, so numpy draws them there."""
        planes = 0
        for group, _embedded in overlays:
            planes |= 1 << ((int(group, 16) - 0x6000) // 2)
        self.judge(name, 'overlays', ours(path, '--planes', planes), peer.draw_overlays(0))

    def check_photograph(self, name):
        path = CORPUS / name
        found = facts(path)
        if found is None:
            return
        pages = int(found['pages']) if found['format'] == 'tiff' else 1
        for page in spread(pages, MOST_PAGES):
            picture = ours(path, '--page', page)
            if picture is not None or page > 0:
                self.judge(name, f'page {page}', picture, peers.photograph(path, page))

    def check(self, name):
        suffix = pathlib.PurePath(name).suffix
        dicom = name.startswith(('dicom/', 'malformed/dicom')) or suffix == '.dcm'
        (self.check_dicom if dicom else self.check_photograph)(name)
        self.assertEqual(self.problems, [])

    def test_zz_every_exception_is_needed(self):
        """What is explained differs still; and enough was compared for all of this to mean it."""
        self.assertEqual(self.unused, set())
        self.assertGreater(self.compared, 150)


def add_cases():
    with open(CORPUS / 'MANIFEST.tsv', newline='', encoding='utf-8') as manifest:
        rows = list(csv.DictReader(manifest, delimiter='\t', quoting=csv.QUOTE_NONE))
    for number, row in enumerate(rows):
        label = row['path'].replace('/', '_').replace('.', '_')
        setattr(Truth, f'test_{number:03}_{label}',
                lambda self, name=row['path']: self.check(name))


add_cases()
if __name__ == '__main__':
    tap.main()
