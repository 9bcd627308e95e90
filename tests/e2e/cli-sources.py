#!/usr/bin/python3
"""A source is listed as pydicom reads it, names nobody unasked, and leaves no trace on the disc."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import pydicom
import tap

from cli import Desk

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / 'fixtures'
SAID = ('EXAMPLE', 'PERSON', 'H204417', 'H204418', '19700102', 'Study 1', 'Scanner', 'people')


def make_fixtures(folder):
    subprocess.run([sys.executable, '-W', 'ignore', FIXTURES / 'curate_make.py', folder],
                   check=True)


def flatten(answer):
    """{file: what its item, series, study and patient say}"""
    found = {}
    for patient in answer['patients']:
        for study in patient['studies']:
            for series in study['series']:
                for item in series['items']:
                    found[item['file']] = item | {
                        'number': patient['number'], 'name': patient['name'],
                        'date': study['date'], 'modality': series['modality'],
                        'model': series['model']}
    return found


def expect(path):
    """The same by pydicom, which stops before the pixels as well."""
    data = pydicom.dcmread(path, stop_before_pixels=True)
    return {'number': data.get('PatientID') or None, 'name': str(data.get('PatientName')) or None,
            'date': data.get('StudyDate') or None, 'modality': data.get('Modality') or None,
            'model': data.get('ManufacturerModelName') or None,
            'width': data.Columns, 'height': data.Rows,
            'frames': int(data.get('NumberOfFrames') or 1)}


class Sources(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix='imp-sources-'))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        make_fixtures(cls.folder / 'made')

    def setUp(self):
        self.desk = Desk()
        self.addCleanup(self.desk.close)

    def list(self, *names, status=0):
        paths = [self.folder / 'made' / name for name in names]
        return self.desk.call('session', 'sources', '--reveal', *paths, status=status)

    def test_as_pydicom_reads_it(self):
        for folder in ('people', 'disc', 'twins', 'numbers'):
            found = flatten(self.list(folder).json)
            pictures = [path for path in (self.folder / 'made' / folder).rglob('*')
                        if path.is_file() and not any(
                            part.startswith('.') for part in path.relative_to(self.folder).parts)]
            wanted = {}
            for path in pictures:
                try:
                    wanted[str(path.relative_to(self.folder / 'made' / folder))] = expect(path)
                except (pydicom.errors.InvalidDicomError, AttributeError, EOFError):
                    continue
            self.assertGreater(len(wanted), 2)
            for name, fields in wanted.items():
                self.assertEqual({key: found[name][key] for key in fields}, fields, name)

    def test_a_disc_is_what_its_index_names(self):
        folder = flatten(self.list('disc').json)
        disc = flatten(self.list('disc/DICOMDIR').json)
        self.assertEqual(len(disc), 3)
        self.assertEqual(sorted(disc), sorted(folder))

    def test_an_archive_is_the_disc_in_it(self):
        disc = flatten(self.list('disc/DICOMDIR').json)
        archive = flatten(self.list('zips/disc.zip').json)
        self.assertEqual(archive, disc)

    def test_an_archive_changes_under_the_list(self):
        """What is read when an archive was cut short is refused, and nothing hangs."""
        path = self.folder / 'made' / 'cut-later.zip'
        shutil.copy(self.folder / 'made' / 'zips' / 'stored.zip', path)
        os.truncate(path, path.stat().st_size - 30)
        answer = self.list('cut-later.zip').json
        self.assertEqual(answer['listed'], 0)
        self.assertIn('damaged', answer['problems'][0]['problem'])

    def test_problems_are_named(self):
        answer = self.list('liar/DICOMDIR', 'people').json
        problems = {each['file']: each['problem'] for each in answer['problems']}
        self.assertIn('outside', problems['../outside.dcm'])
        self.assertIn('empty', problems['empty.dcm'])
        self.assertEqual(answer['hidden'], 2)

    def test_nobody_is_named_unasked(self):
        answer = self.desk.call('session', 'sources', self.folder / 'made' / 'people')
        for word in SAID:
            self.assertNotIn(word, answer.text + answer.errors)

    def test_nothing_there(self):
        answer = self.desk.run('session', 'sources', self.folder / 'H204417')
        self.assertEqual(answer.status, 2)
        self.assertNotIn('H204417', answer.errors)
        self.assertEqual(self.desk.run('session', 'sources').status, 1)

    def test_nothing_is_written(self):
        log = self.desk.folder / 'trace'
        command = self.desk.command('session', 'sources', *sorted((self.folder / 'made').iterdir()),
                                    *sorted((self.folder / 'made' / 'zips').iterdir()))
        subprocess.run(['strace', '-f', '-qq', '-s', '4096', '-e', 'trace=file', '-o', log,
                        *command], env=self.desk.environment, check=True, capture_output=True)
        self.assertIn('disc.zip', log.read_text(errors='replace'))
        writes = [line for line in log.read_text(errors='replace').splitlines()
                  if re.search(r'O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE|mkdir|rename|unlink', line)
                  and '/dev/' not in line]
        self.assertEqual(writes, [])


if __name__ == '__main__':
    tap.main()
