#!/usr/bin/python3
"""A consent flag in lower case, in other words or at the top level was passed over, and the picture
was let go."""
import subprocess
import unittest

import pydicom
import tap
from cli import XRAY, Desk


class Case(unittest.TestCase):
    def test_only_yes_is_a_yes(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        plain = desk.folder / 'plain.dcm'
        subprocess.run(['dcmdjpls', XRAY, plain], check=True)
        for number, (value, nested, status) in enumerate((
                ('no', True, 3), ('Withdrawn ', True, 3), ('MAYBE', True, 3), ('NO', False, 3),
                ('YES', True, 0))):
            data, flag = pydicom.dcmread(plain), pydicom.Dataset()
            flag.add_new(0x00120085, 'CS', value)
            if nested:
                data.add_new(0x00120083, 'SQ', pydicom.Sequence([flag]))
            else:
                data.update(flag)
            path = desk.folder / 'flag.dcm'
            data.save_as(path)
            target = desk.out / f'{number}.png'
            desk.release(path, target, 'unknown', route='anonymised', status=status)
            self.assertEqual(target.exists(), status == 0, value)


if __name__ == '__main__':
    tap.main()
