#!/usr/bin/python3
"""A DICOM file with more JPEG streams than frames was opened: DCMTK decoded another stream than the
one whose size had been noted, and what it left of the frame's memory was shown: another frame."""
import io
import struct
import unittest

import numpy
import pydicom
import tap
from PIL import Image
from cli import XRAY, Desk

JPEG_BASELINE = '1.2.840.10008.1.2.4.50'
SIDE = 64


def stream(side, level, mode='L'):
    packed = io.BytesIO()
    grey = (level + numpy.arange(side * side).reshape(side, side) % side).clip(0, 255)
    Image.fromarray(grey.astype('u1')).convert(mode).save(packed, 'JPEG', quality=95)
    data = packed.getvalue()
    return data + b'\0' * (len(data) % 2)


def item(data):
    return b'\xfe\xff\x00\xe0' + struct.pack('<I', len(data)) + data


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)

    def inspected(self, fragments, frames, table=(), status=2):
        """table: the numbers of the fragments that it points at."""
        begins = [sum(8 + len(each) for each in fragments[:i]) for i in range(len(fragments))]
        data = pydicom.dcmread(XRAY)
        data.file_meta.TransferSyntaxUID = JPEG_BASELINE
        data.Rows = data.Columns = SIDE
        data.SamplesPerPixel, data.PhotometricInterpretation = 1, 'MONOCHROME2'
        data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = 8, 8, 7, 0
        data.WindowCenter, data.WindowWidth, data.NumberOfFrames = '128', '256', frames
        data.PixelData = item(b''.join(struct.pack('<I', begins[i]) for i in table)) + b''.join(
            item(each) for each in fragments)
        data['PixelData'].is_undefined_length = True
        path = self.desk.folder / 'streams.dcm'
        data.save_as(path)
        return self.desk.call('inspect', path, status=status)

    def test_other_stream_than_the_frame(self):
        full, other, small = stream(SIDE, 20), stream(SIDE, 90), stream(8, 150)
        for fragments, frames, table in (([full, other, small], 2, (0, 2)),
                                         ([full, small, other], 2, (0, 2)),
                                         ([full, other, small], 2, (0, 1)),
                                         ([full, other, small], 2, ()),
                                         ([full, other], 1, (0, 1)), ([full, other], 1, ()),
                                         ([full, full[40:]], 2, (0, 1))):
            self.assertIn('frames', self.inspected(fragments, frames, table).errors, table)

    def test_other_channels_than_the_header(self):
        answer = self.inspected([stream(SIDE, 20, 'RGB')], 1)
        self.assertIn('another size', answer.errors)

    def test_every_frame_is_its_own(self):
        streams = [stream(SIDE, level) for level in (20, 60, 100)]
        parts = [part for each in streams for part in (each[:200], each[200:])]
        wanted = [self.inspected([each], 1, status=0).json['rendering_sha256'][0] for each in streams]
        for fragments, table in ((streams, ()), (streams, (0, 1, 2)), (parts, (0, 2, 4))):
            found = self.inspected(fragments, 3, table, status=0).json['rendering_sha256']
            self.assertEqual(found, wanted)


if __name__ == '__main__':
    tap.main()
