#!/usr/bin/python3
"""Of 32-bit pixels with more than 65,536 different values some share one, and which ones depends on
those that are covered, too: the receipt spoke of a proof all the same."""
import unittest

import numpy
import pydicom
import tap
from cli import XRAY, Desk, pixels

BOX = [0, 0, 40, 40]


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)

    def write(self, values, stored=32):
        data = pydicom.dcmread(XRAY)
        data.Rows, data.Columns = values.shape
        data.SamplesPerPixel, data.PhotometricInterpretation = 1, 'MONOCHROME2'
        data.BitsAllocated, data.BitsStored, data.HighBit = 32, stored, stored - 1
        data.PixelRepresentation = 0
        data.WindowCenter, data.WindowWidth = '131072', '400'
        data.PixelData = values.astype('<u4').tobytes()
        data['PixelData'].VR, data['PixelData'].is_undefined_length = 'OW', False
        data.file_meta.TransferSyntaxUID = '1.2.840.10008.1.2.1'
        path = self.desk.folder / 'deep.dcm'
        data.save_as(path)
        return path

    def export(self, path, boxes):
        target = self.desk.out / 'picture.png'
        target.unlink(missing_ok=True)
        receipt = self.desk.release(path, target, 'unknown', route='anonymised',
                                    boxes=boxes).json['receipt']
        return numpy.asarray(pixels(target)), receipt

    def test_receipt(self):
        values = numpy.arange(512 * 512).reshape(512, 512)
        covered = values.copy()
        covered[:40, :40] = numpy.linspace(0, 2 ** 32 - 1, 1600).astype('u8').reshape(40, 40)
        values[:40, :40] = 0
        (one, receipt), (two, _) = (self.export(self.write(each), [BOX])
                                    for each in (values, covered))
        self.assertTrue((one != two).any())
        self.assertEqual(receipt['assurance'], 'claim')
        self.assertIn('more shades than are told apart', receipt['proof'])
        self.assertEqual(self.export(self.write(values), [])[1]['assurance'], 'proof')

    def test_few(self):
        """No more pixels than indices, or no more values: each has its own."""
        values = numpy.arange(256 * 256).reshape(256, 256)
        receipt = self.export(self.write(values), [BOX])[1]
        self.assertEqual(receipt['assurance'], 'proof')
        receipt = self.export(self.write(numpy.tile(values, (2, 2)), stored=16), [BOX])[1]
        self.assertEqual(receipt['assurance'], 'proof')


if __name__ == '__main__':
    tap.main()
