#!/usr/bin/python3
"""The master test of non-interference: inputs that differ only under the boxes, and in their
metadata, names and times, export byte-identical files."""
import io
import os
import subprocess
import unittest

import numpy
import pydicom
from PIL import Image
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage, generate_uid

import tap
from cli import Desk, metadata

BOX = (37, 21, 90, 18)  # x, y, width, height: on no block boundary
SIZE = (200, 160)  # width, height


def picture(secret, channels=3):
    """Noise that is the same every time, with other noise under the box."""
    random = numpy.random.default_rng(7)
    low = random.integers(0, 256, (SIZE[1] // 8, SIZE[0] // 8, channels), dtype=numpy.uint8)
    pixels = numpy.kron(low, numpy.ones((8, 8, 1), dtype=numpy.uint8))
    pixels = (pixels // 2 + random.integers(0, 64, pixels.shape)).astype(numpy.uint8)
    x, y, width, height = BOX
    hidden = numpy.random.default_rng(secret).integers(0, 256, (height, width, channels))
    pixels[y:y + height, x:x + width] = hidden
    return pixels if channels == 3 else pixels[:, :, 0]


def tag(path, name):
    """Other metadata in each: what a camera and an archive write."""
    subprocess.run(['exiftool', '-q', '-overwrite_original', f'-Artist={name}',
                    f'-ImageDescription={name}', '-GPSLatitude=51.5', '-GPSLatitudeRef=N',
                    f'-XMP-dc:Creator={name}', f'-Comment={name}', path], check=True)


class Master(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = Desk().init()
        cls.folder = cls.desk.folder
        cls.count = 0

    @classmethod
    def tearDownClass(cls):
        cls.desk.close()

    def export(self, source, kind='png', boxes=(BOX,), more=()):
        type(self).count += 1
        output = self.desk.out / f'img-{self.count}.{kind}'
        answer = self.desk.release(source, output, 'unknown', route='anonymised', boxes=boxes,
                                   more=more).json
        self.assertEqual(metadata(output), {})
        return output.read_bytes(), answer

    def compare(self, first, second):
        """Two sources, exported as PNG and as JPEG: the same bytes, whatever was under the box."""
        self.assertNotEqual(first.read_bytes(), second.read_bytes())
        os.utime(second, (1_000_000_000, 1_000_000_000))
        for kind in ('png', 'jpg'):
            one, answer = self.export(first, kind)
            two, _ = self.export(second, kind)
            self.assertEqual(one, two, f'{first.suffix} to {kind}')
            if kind == 'png':
                self.check_pixels(one, answer['boxes_as_filled'])
        return answer['boxes_as_filled']

    def check_pixels(self, png, boxes):
        """PIL, which shares nothing with the program, sees black boxes and something else."""
        pixels = numpy.asarray(Image.open(io.BytesIO(png)))
        for x, y, width, height in boxes:
            self.assertEqual(int(pixels[y:y + height, x:x + width].max()), 0)
        self.assertGreater(int(pixels.max()), 0)

    def test_png(self):
        sources = []
        for secret, name in ((1, 'EXAMPLE PERSON A'), (2, 'EXAMPLE PERSON B')):
            path = self.folder / f'{name} H20441{secret}.png'
            Image.fromarray(picture(secret)).save(path)
            tag(path, name)
            sources.append(path)
        self.assertEqual(self.compare(*sources), [list(BOX)])

    def jpeg_pair(self, subsampling, orientation):
        sources = []
        for secret, name in ((1, 'EXAMPLE PERSON A'), (2, 'EXAMPLE PERSON B')):
            path = self.folder / f'{name} {subsampling} {orientation}.jpg'
            Image.fromarray(picture(secret)).save(path, quality=80, subsampling=subsampling)
            tag(path, name)
            subprocess.run(['exiftool', '-q', '-n', '-overwrite_original',
                            f'-Orientation={orientation}', path], check=True)
            sources.append(path)
        return sources

    def check_jpeg(self, subsampling, block):
        """The box as filled reaches whole blocks and one pixel more on each side."""
        box, = self.compare(*self.jpeg_pair(subsampling, 1))
        x, y, width, height = BOX
        across, down = block
        left, top = x // across * across - 1, y // down * down - 1
        right = -(-(x + width) // across) * across + 1
        bottom = -(-(y + height) // down) * down + 1
        self.assertEqual(box, [left, top, right - left, bottom - top])

    def test_leaks_row_14_jpeg_444(self):
        self.check_jpeg(0, (8, 8))

    def test_leaks_row_14_jpeg_422(self):
        self.check_jpeg(1, (16, 8))

    def test_leaks_row_14_jpeg_420(self):
        self.check_jpeg(2, (16, 16))

    def test_leaks_row_10_and_14_jpeg_turned(self):
        """A photo that is shown turned: the box covers the same stored pixels."""
        x, y, width, height = BOX
        shown = (SIZE[1] - y - height, x, height, width)  # orientation 6: a quarter turn
        one, two = (self.export(path, boxes=[shown])[0] for path in self.jpeg_pair(2, 6))
        self.assertEqual(one, two)

    def dicom(self, secret, name, channels):
        meta = FileMetaDataset()
        meta.MediaStorageSOPClassUID = SecondaryCaptureImageStorage
        meta.MediaStorageSOPInstanceUID = generate_uid()
        meta.TransferSyntaxUID = ExplicitVRLittleEndian
        path = self.folder / f'{name}-{channels}.dcm'
        data = FileDataset(str(path), {}, file_meta=meta, preamble=b'\0' * 128)
        data.SOPClassUID, data.SOPInstanceUID = meta.MediaStorageSOPClassUID, generate_uid()
        data.PatientName, data.PatientID = f'EXAMPLE^{name}', f'H90000{secret}'
        data.Modality = 'OT'
        pixels = picture(secret, channels)
        data.Rows, data.Columns, data.SamplesPerPixel = SIZE[1], SIZE[0], channels
        data.PhotometricInterpretation = 'RGB' if channels == 3 else 'MONOCHROME2'
        if channels == 3:
            data.PlanarConfiguration = 0
        else:  # a fixed window: min to max would make what is covered steer the contrast
            pixels = pixels.astype(numpy.uint16) * 16
            data.WindowCenter, data.WindowWidth = '2048', '4096'
        data.BitsAllocated = data.BitsStored = 8 if channels == 3 else 16
        data.HighBit, data.PixelRepresentation = data.BitsStored - 1, 0
        data.PixelData = pixels.tobytes()
        data.is_little_endian, data.is_implicit_VR = True, False
        data.save_as(path, write_like_original=False)
        return path

    def test_dicom_grey(self):
        box = self.compare(self.dicom(1, 'PERSONA', 1), self.dicom(2, 'PERSONB', 1))
        self.assertEqual(box, [list(BOX)])

    def test_dicom_colour(self):
        self.compare(self.dicom(1, 'PERSONA', 3), self.dicom(2, 'PERSONB', 3))

    def test_leaks_row_11_crop(self):
        """A crop destroys what it cuts off: sources that differ outside it export the same."""
        sources = []
        for secret in (1, 2):
            path = self.folder / f'crop-{secret}.png'
            Image.fromarray(picture(secret)).save(path)
            sources.append(path)
        x, y, width, height = BOX
        crop = f'0,{y + height},{SIZE[0]},{SIZE[1] - y - height}'
        one, two = (self.export(path, boxes=(), more=['--crop', crop])[0] for path in sources)
        self.assertEqual(one, two)
        kept = numpy.asarray(Image.open(io.BytesIO(one)))
        self.assertTrue((kept == picture(1)[y + height:]).all())


    def test_leaks_row_11_and_14_crop_of_a_jpeg(self):
        """The crop's edge runs through blocks that carry what was cut off."""
        x, y, width, height = BOX
        for subsampling in (0, 2):
            crop = f'0,{y + height},{SIZE[0]},{SIZE[1] - y - height}'
            exports = [self.export(path, boxes=(), more=['--crop', crop])
                       for path in self.jpeg_pair(subsampling, 1)]
            self.assertEqual(exports[0][0], exports[1][0])
            kept = numpy.asarray(Image.open(io.BytesIO(exports[0][0])))
            self.assertEqual(kept.shape[:2], (SIZE[1] - y - height, SIZE[0]))
            (left, top, across, down), = exports[0][1]['boxes_as_filled']
            block = 16 if subsampling else 8
            edge = -(-(y + height) // block) * block + 1
            self.assertEqual((left, top, across, down), (0, y + height, SIZE[0], edge - y - height))

    def test_dicom_lossy_without_a_grid_has_a_margin(self):
        path = self.dicom(1, 'PERSONC', 1)
        data = pydicom.dcmread(path)
        data.LossyImageCompression = '01'
        data.save_as(path)
        _, answer = self.export(path)
        x, y, width, height = BOX
        self.assertEqual(answer['boxes_as_filled'],
                         [[x - 32, max(y - 32, 0), width + 64, y + height + 32]])
        self.assertIn('margin', answer['receipt']['proof'])


if __name__ == '__main__':
    tap.main()
