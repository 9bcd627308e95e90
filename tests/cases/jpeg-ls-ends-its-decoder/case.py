#!/usr/bin/python3
"""A JPEG-LS frame of noise with some bits changed stops DCMTK's decoder by an assertion of CharLS. That
ends the child which reads the file, and no more: the file is refused, and the next one opens."""
import subprocess
import sys
import unittest

import numpy
import tap
from pydicom.encaps import encapsulate
from cli import XRAY, Desk

sys.path.insert(0, __file__.rsplit('/', 3)[0] + '/fixtures')
import decode_dicom  # noqa: E402

STREAM = bytes.fromhex(
    'ffd8fff7000b100008001001011100fff8000d01ffff0012004301140040ffda0008010100000000000007280000'
    '00000001d91a4dfe60dbf612267f9e770f005f8c687c7ed13d6bc474b63d52ec92cc3800001a76a4003060000000'
    '000000007ca3a0a866998772ee20a8406215c3a64d597dc70800b75c000000000007602c40e10000000000b4fd43'
    '5ea064095d6bc3592de855108d3564ec66620ccefd50215dcfce5558ddd2d24a673702b8d1c55809a42feaa0d685'
    '04a45a13f5999fe5f3f5fa545ee71a270f24c287f9aa5cfafd33a8c332afbab8ce28c81258572c878de37029ceb0'
    '000000f4b2506fe764ae95a701dc30b0d0c7255da03f2c33c1736e08470104000000000000bf47f17ca999e4d999'
    '7bc3609662805f686bb574948ef3af93d64265e0a5d1593df8723ca446f86045dbc507306b2b4e2aa87721f0e1a9'
    '2f1627a25007f791b790136780ffffd9')


class Case(unittest.TestCase):
    def test_contained(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        data = decode_dicom.dataset(numpy.zeros((8, 16), 'u2'), 16)
        data.file_meta.TransferSyntaxUID = '1.2.840.10008.1.2.4.80'
        data.PixelData = encapsulate([STREAM])
        data['PixelData'].is_undefined_length = True
        path = desk.folder / 'picture.dcm'
        data.save_as(path, write_like_original=False)
        peer = subprocess.run(['dcmdjpls', path, desk.folder / 'raw.dcm'], check=False,
                              capture_output=True, text=True)
        self.assertNotEqual(peer.returncode, 0)
        self.assertIn('made to do harm', desk.call('inspect', path, status=2).errors)
        desk.call('inspect', XRAY)


if __name__ == '__main__':
    tap.main()
