#!/usr/bin/python3
"""Every file of the shared corpus: what opens is exported, walked and read by exiftool; what must
be refused is refused; nothing is silently wrong."""
import concurrent.futures
import csv
import json
import pathlib
import subprocess
import sys
import unittest

import numpy
import pydicom
from PIL import Image

import tap
from cli import Desk, acts_of, metadata

CORPUS = pathlib.Path(sys.argv.pop(1))


class Corpus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = Desk().init()
        cls.answers = cls.desk.folder / 'answers.json'
        cls.answers.write_text(json.dumps(cls.desk.answers('teaching-file', 'anonymised')))

    @classmethod
    def tearDownClass(cls):
        cls.desk.close()

    def call(self, *arguments):
        """Returns (exit status, JSON or None, standard error)."""
        done = subprocess.run(self.desk.command(*arguments), env=self.desk.environment,
                              capture_output=True, text=True, timeout=300)
        return done.returncode, json.loads(done.stdout) if done.stdout else None, done.stderr

    def check(self, row, number):
        path = CORPUS / row['path']
        status, facts, problem = self.call('inspect', path)
        if row['expected'] == 'opens':
            self.assertEqual(status, 0, problem)
        elif row['expected'] == 'must be refused':
            self.assertEqual(status, 2, facts)
        else:
            self.assertIn(status, (0, 2), problem)
        if status == 0:
            for kind in ('png', 'jpg'):
                self.released(path, number, kind, facts)
        else:
            self.assertIsNone(facts)
            self.assertTrue(problem.strip())
            self.assertEqual(self.release(path, number, 'png')[1][0], 2)

    def release(self, path, number, kind, *more):
        output = self.desk.out / f'img-{number}.{kind}'
        acts = []
        for _ in range(4):
            answer = self.call('release', path, '--output', output, '--destination',
                               'teaching-file', '--route', 'anonymised', '--person', 'unknown',
                               '--answers', self.answers, *more, *acts)
            found = acts_of(answer[1])[0] if answer[0] == 3 else []
            if not found:
                break
            acts += found
        self.assertEqual(output.exists(), answer[0] == 0)
        return output, answer

    def released(self, path, number, kind, facts):
        width, height = facts['width'], facts['height']
        across, down = facts['pixel_shape']
        squared = (max(width, (2 * width * across + down) // (2 * down)),
                   max(height, (2 * height * down + across) // (2 * across)))
        box = f'0,0,{max(width // 2, 1)},{max(height // 3, 1)}'
        output, (status, answer, problem) = self.release(path, number, kind, '--box', box)
        self.assertEqual(status, 0, f'{problem} {answer}')
        status, report, problem = self.call('verify', output)
        self.assertEqual(status, 0, f'{problem} {report}')
        self.assertEqual((report['width'], report['height']), squared)
        self.assertEqual(metadata(output), {})
        output.unlink()

    def test_dicom_row_20_not_square(self):
        """A real picture of 3 by 4 pixels, enlarged by numpy."""
        path = CORPUS / 'dicom/rgb-planar1_nonsquare_color-pl.dcm'
        output, (status, answer, problem) = self.release(path, 'square', 'png')
        self.assertEqual(status, 0, f'{problem} {answer}')
        stored = pydicom.dcmread(path).pixel_array.astype(float)
        rows, new = stored.shape[0], round(stored.shape[0] * 4 / 3)
        at = numpy.clip((numpy.arange(new) + 0.5) * rows / new - 0.5, 0, rows - 1)
        first = numpy.minimum(at.astype(int), rows - 2)
        part = (at - first)[:, None, None]
        expected = stored[first] * (1 - part) + stored[first + 1] * part
        with Image.open(output) as picture:
            shown = numpy.asarray(picture).astype(float)
        self.assertEqual(shown.shape, expected.shape)
        self.assertLessEqual(abs(shown - expected).max(), 0.51)


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
