#!/usr/bin/python3
"""Where the DICOM header calls a JPEG's colours RGB and its stream calls them YCbCr, or the other way
round, wrong colours were shown without a word."""
import io
import struct
import sys
import unittest

import numpy
import tap
from PIL import Image
from pydicom.encaps import encapsulate
from cli import Desk

sys.path.insert(0, __file__.rsplit('/', 3)[0] + '/fixtures')
import decode_dicom  # noqa: E402


def stream(says):
    """A JPEG as Pillow writes it, with what it says of its colours replaced."""
    pixels = numpy.random.default_rng(3).integers(0, 256, (16, 16, 3), dtype='u1')
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, 'jpeg', subsampling=0)
    whole = out.getvalue()
    tables = whole[whole.index(b'\xff\xdb'):]
    adobe = b'\xff\xee' + struct.pack('>H', 14) + b'Adobe\0\x64\0\0\0\0'
    head = {'jfif': whole[2:whole.index(b'\xff\xdb')], 'nothing': b'',
            'adobe-ycc': adobe + b'\1', 'adobe-rgb': adobe + b'\0'}[says]
    return pixels, whole[:2] + head + tables


class Case(unittest.TestCase):
    def test_warned(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        for says, called, differs in (
                ('jfif', 'YBR_FULL_422', False), ('jfif', 'RGB', True),
                ('adobe-ycc', 'YBR_FULL', False), ('adobe-ycc', 'RGB', True),
                ('adobe-rgb', 'RGB', False), ('adobe-rgb', 'YBR_FULL', True),
                ('nothing', 'RGB', False), ('nothing', 'YBR_FULL', False)):
            pixels, coded = stream(says)
            data = decode_dicom.dataset(pixels, 8, photometric=called)
            data.file_meta.TransferSyntaxUID = '1.2.840.10008.1.2.4.50'
            data.PixelData = encapsulate([coded, coded])
            data.NumberOfFrames = 2
            data['PixelData'].is_undefined_length = True
            path = desk.folder / 'picture.dcm'
            data.save_as(path, write_like_original=False)
            warnings = [text for text in desk.call('inspect', path).json['warnings']
                        if 'colours differently' in text]
            self.assertEqual(len(warnings), differs, (says, called))


if __name__ == '__main__':
    tap.main()
