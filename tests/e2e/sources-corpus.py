#!/usr/bin/python3
"""Every file of a corpus is listed as pydicom reads its header, or named with its reason."""
import pathlib
import sys
import unittest

import pydicom
import tap

from cli import Desk

CORPUS = pathlib.Path(sys.argv.pop(1))
TEXTS = {'number': 'PatientID', 'date': 'StudyDate', 'modality': 'Modality'}


def flatten(answer):
    return {item['file']: item | {key: value for part in (patient, study, series)
                                  for key, value in part.items() if key in TEXTS}
            for patient in answer['patients'] for study in patient['studies']
            for series in study['series'] for item in series['items']}


class Corpus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        desk = Desk()
        cls.addClassCleanup(desk.close)
        cls.answer = desk.call('session', 'sources', '--reveal', CORPUS).json
        cls.found = flatten(cls.answer)

    def test_every_file_is_accounted_for(self):
        files = {str(path.relative_to(CORPUS)) for path in CORPUS.rglob('*')
                 if path.is_file() and not path.name.startswith('.')
                 and path.name != 'DICOMDIR'}  # what it names lies beside it
        named = set(self.found) | {each['file'] for each in self.answer['problems']}
        self.assertEqual(files - named, set())
        self.assertEqual(self.answer['listed'], len(self.found))

    def test_as_pydicom_reads_it(self):
        compared = 0
        for name, item in self.found.items():
            if item['format'] != 'dicom':
                continue
            try:
                data = pydicom.dcmread(CORPUS / name, stop_before_pixels=True, force=True)
                said = {key: str(data.get(tag) or '').strip() for key, tag in TEXTS.items()}
                size = data.Columns, data.Rows, int(data.get('NumberOfFrames') or 1)
            except Exception:  # what pydicom does not read says nothing
                continue
            self.assertEqual((item['width'], item['height'], item['frames']), size, name)
            self.assertEqual({key: (item[key] or '') for key in TEXTS}, said, name)
            compared += 1
        self.assertGreater(compared, 50)

    def test_reasons(self):
        for each in self.answer['problems']:
            self.assertTrue(each['problem'], each['file'])


if __name__ == '__main__':
    tap.main()
