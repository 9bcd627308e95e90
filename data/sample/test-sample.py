#!/usr/bin/python3
"""The committed sample is what make-sample.py makes, and gives away what it should.

    test-sample.py SAMPLE_FOLDER
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import numpy as np
import pydicom
from PIL import Image, ImageOps

SAMPLE = pathlib.Path(sys.argv.pop(1)).resolve()


def dicom_pixels(path, folder):
    plain = pathlib.Path(folder, path.stem + '-plain.dcm')
    subprocess.run(['dcmdjpls', path, plain], check=True)
    return pydicom.dcmread(plain).pixel_array.astype(int)


class Sample(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.made = pathlib.Path(cls.scratch.name)
        subprocess.run([sys.executable, SAMPLE / 'make-sample.py', cls.made], check=True)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def test_x_ray_is_what_the_script_makes(self):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
            committed = dicom_pixels(SAMPLE / 'chest.dcm', one)
            made = dicom_pixels(self.made / 'chest.dcm', two)
        self.assertEqual(committed.shape, (640, 512))
        # Another machine's cosine may round one grey level of 4096 differently.
        self.assertLessEqual(np.abs(committed - made).max(), 1)

    def test_photograph_is_what_the_script_makes(self):
        committed = np.asarray(Image.open(SAMPLE / 'phone-photo.jpg').convert('RGB'), int)
        made = np.asarray(Image.open(self.made / 'phone-photo.jpg').convert('RGB'), int)
        self.assertEqual(committed.shape, (1200, 900, 3))
        self.assertLessEqual(np.abs(committed - made).max(), 3)

    def test_x_ray_gives_away_a_person(self):
        data = pydicom.dcmread(SAMPLE / 'chest.dcm')
        self.assertEqual(str(data.PatientName), 'EXAMPLE^PERSON A')
        self.assertEqual(data.PatientID, 'H204417')
        self.assertEqual(data.BurnedInAnnotation, 'YES')
        with tempfile.TemporaryDirectory() as folder:
            pixels = dicom_pixels(SAMPLE / 'chest.dcm', folder)
        self.assertGreater((pixels[:44] > 3000).sum(), 1000, 'burned-in text in the top strip')

    def test_photograph_gives_away_a_place_and_a_person(self):
        found = json.loads(subprocess.run(['exiftool', '-j', '-n', SAMPLE / 'phone-photo.jpg'],
                                          check=True, capture_output=True).stdout)[0]
        self.assertAlmostEqual(found['GPSLatitude'], 51.4778, 3)
        self.assertEqual(found['Orientation'], 6)
        self.assertIn('H204417', found['Description'])
        self.assertGreater(found['ThumbnailLength'], 500)
        upright = ImageOps.exif_transpose(Image.open(SAMPLE / 'phone-photo.jpg'))
        self.assertEqual(upright.size, (1200, 900))

    def test_small_enough_to_live_here(self):
        for name in ('chest.dcm', 'phone-photo.jpg'):
            self.assertLess((SAMPLE / name).stat().st_size, 400_000)


if __name__ == '__main__':
    unittest.main()
