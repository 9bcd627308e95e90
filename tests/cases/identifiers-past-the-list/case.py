#!/usr/bin/python3
"""Past five thousand details, identifiers fell out of what an export's name is searched for."""
import subprocess
import unittest

import pydicom
import tap
from cli import XRAY, Desk


class Case(unittest.TestCase):
    def test_the_name_is_searched_for_all(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        path = desk.folder / 'long.dcm'
        subprocess.run(['dcmdjpls', XRAY, path], check=True)
        data, items = pydicom.dcmread(path), []
        for number in range(5100):
            items.append(pydicom.Dataset())
            items[-1].ManufacturerModelName = f'Model {number}'
        data.add_new(0x00081111, 'SQ', pydicom.Sequence(items))
        data.PatientID = 'K730021'
        data.save_as(path)
        target = desk.out / 'K730021.png'
        desk.release(path, target, 'unknown', route='anonymised', status=5)
        self.assertFalse(target.exists())


if __name__ == '__main__':
    tap.main()
