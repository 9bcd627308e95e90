#!/usr/bin/python3
"""inspect printed text of the file without a mask: a PNG keyword as the place where a text stands,
and whatever a DICOM file had written into its code strings."""
import subprocess
import unittest

import pydicom
import tap
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from cli import XRAY, Desk, told


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk()
        self.addCleanup(self.desk.close)

    def test_a_png_keyword(self):
        path = self.desk.folder / 'words.png'
        words = PngInfo()
        words.add_text('EXAMPLE PERSON H204417', 'something')
        words.add_text('Raw profile type H204417', '\nexif\n       4\n00000000\n')
        words.add_itxt('Greenwich', 'something else')
        words.add_text('Author', 'EXAMPLE^PERSON A', zip=True)
        Image.new('L', (8, 8)).save(path, pnginfo=words)
        masked = self.desk.call('inspect', path)
        self.assertEqual(told(masked.text, masked.errors), [])
        wheres = {each['where'] for each in masked.json['gives_away']}
        self.assertIn('PNG zTXt Author', wheres, 'the words of the standard stay')
        self.assertIn('PNG tEXt', wheres)
        self.assertIn('PNG iTXt', wheres)
        values = [each['value'] for each in self.desk.call('inspect', path, '--reveal').json['gives_away']]
        self.assertIn('EXAMPLE PERSON H204417', values, 'a keyword is a value of the file')

    def test_code_strings_of_dicom(self):
        plain = self.desk.folder / 'plain.dcm'
        subprocess.run(['dcmdjpls', XRAY, plain], check=True)
        for value in ('EXAMPLE PERSON', 'H204417', 'example', 'Greenwich'):
            data = pydicom.dcmread(plain)
            data['Modality']._value = value
            data.BurnedInAnnotation = value
            path = self.desk.folder / 'changed.dcm'
            data.save_as(path)
            answer = self.desk.call('inspect', path)
            self.assertEqual(told(answer.text, answer.errors), [], value)
            self.assertEqual(answer.json['burned_in_annotation'], '••••••')
            self.assertEqual(answer.json['modality'], '••••••')
            self.assertEqual(self.desk.call('inspect', path, '--reveal').json['modality'], value)
            people = subprocess.run([*self.desk.command('inspect', path)[:-1]], capture_output=True,
                                    text=True, env=self.desk.environment, check=True)
            self.assertEqual(told(people.stdout, people.stderr), [])

    def test_codes_of_the_standard_stay(self):
        found = self.desk.call('inspect', XRAY).json
        self.assertEqual((found['modality'], found['burned_in_annotation'], found['photometric']),
                         ('DX', 'YES', 'MONOCHROME2'))


if __name__ == '__main__':
    tap.main()
