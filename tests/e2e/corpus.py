"""Every file of the shared corpus: what opens is exported, walked and read by exiftool; what must
be refused is refused; nothing is silently wrong."""
import concurrent.futures
import csv
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import tap
from gatekeeper import Gatekeeper, run

CORPUS = pathlib.Path(sys.argv.pop(1))

# Formats of the next issue: refused by name until then.
LATER = {
    '1.2.840.10008.1.2.4.90': 'JPEG 2000', '1.2.840.10008.1.2.4.91': 'JPEG 2000',
    '1.2.840.10008.1.2.4.201': 'HTJ2K', '1.2.840.10008.1.2.4.202': 'HTJ2K',
    '1.2.840.10008.1.2.4.203': 'HTJ2K', '1.2.840.10008.1.2.4.110': 'JPEG XL',
    '1.2.840.10008.1.2.4.111': 'JPEG XL', '1.2.840.10008.1.2.4.112': 'JPEG XL',
}
LATER_SUFFIXES = {'.webp': 'WebP'}

# What exiftool reads in any PNG or JPEG, whatever is in it: the file itself and its pixels.
ALLOWED = {'SourceFile', 'ExifTool', 'File', 'Composite'}
ALLOWED_PNG = {'ImageWidth', 'ImageHeight', 'BitDepth', 'ColorType', 'Compression', 'Filter',
               'Interlace'}
ALLOWED_JFIF = {'JFIFVersion', 'ResolutionUnit', 'XResolution', 'YResolution'}


def exif_problems(path):
    """What exiftool, an independent reader, finds besides pixels."""
    done = subprocess.run(['exiftool', '-j', '-G1', '-a', '-u', path], capture_output=True,
                          text=True, check=True)
    problems = []
    for name in json.loads(done.stdout)[0]:
        group, _, tag = name.rpartition(':')
        if group in ALLOWED or name in ALLOWED or (group == 'System'):
            continue
        if group.startswith('PNG') and tag in ALLOWED_PNG:
            continue
        if group == 'JFIF' and tag in ALLOWED_JFIF:
            continue
        problems.append(name)
    return problems


class Corpus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.gate = Gatekeeper(cls.folder)
        cls.answers = cls.gate.clear_answers('teaching-file', 'anonymised')

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def check(self, row, number):
        path = CORPUS / row['path']
        status, facts, problem = run('inspect', path)
        later = LATER.get(row['transfer syntax UID']) or LATER_SUFFIXES.get(path.suffix)
        if later:
            self.assertEqual(status, 2, f'{later} is for later, and must be refused')
            self.assertIn(later, problem)
            return 'later'
        if row['expected'].startswith('opens'):
            self.assertEqual(status, 0, problem)
        elif row['expected'].startswith('must be refused'):
            self.assertEqual(status, 2, facts)
        else:
            self.assertIn(status, (0, 2), problem)
        if status != 0:
            self.assertIsNone(facts)
            self.assertTrue(problem.strip())
            self.refused_release(path, number)
            return 'refused'
        for kind in ('png', 'jpg'):
            self.released(path, number, kind, facts)
        return 'opened'

    def refused_release(self, path, number):
        output = self.folder / f'img-{number}.png'
        status, _, problem = self.gate.release(path, output, answers=self.answers)
        self.assertEqual(status, 2, problem)
        self.assertFalse(output.exists())

    def released(self, path, number, kind, facts):
        output = self.folder / f'img-{number}.{kind}'
        width, height = facts['width'], facts['height']
        box = f'0,0,{max(width // 2, 1)},{max(height // 3, 1)}'
        status, answer, problem = self.gate.release(path, output, '--box', box,
                                                    answers=self.answers)
        self.assertEqual(status, 0, f'{problem} {answer}')
        status, report, problem = run('verify', output)
        self.assertEqual(status, 0, f'{problem} {report}')
        self.assertEqual((report['width'], report['height']), (width, height))
        self.assertEqual(exif_problems(output), [])
        output.unlink()


def add_cases():
    with open(CORPUS / 'MANIFEST.tsv', newline='', encoding='utf-8') as manifest:
        rows = list(csv.DictReader(manifest, delimiter='\t', quoting=csv.QUOTE_NONE))
    pool = concurrent.futures.ThreadPoolExecutor(2)
    waiting = {}

    def case(row, number):
        def test(self):
            # Two files are under way at once; each is judged in its own case.
            if not waiting:
                for n, r in enumerate(rows):
                    waiting[n] = pool.submit(self.check, r, n)
            waiting[number].result()
        return test

    for number, row in enumerate(rows):
        name = 'test_%03d_%s' % (number, row['path'].replace('/', '_').replace('.', '_'))
        setattr(Corpus, name, case(row, number))


add_cases()
if __name__ == '__main__':
    tap.main()
