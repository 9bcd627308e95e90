#!/usr/bin/python3
"""Make the sample study: an X-ray and a phone photograph of somebody who does not exist.

    make-sample.py FOLDER

Writes FOLDER/chest.dcm and FOLDER/phone-photo.jpg. Both give away what such files give away in
real life, so that a newcomer sees it found and removed: the X-ray has a name and a number in its
header and burned into its top strip; the photograph has GPS, a device, an embedded thumbnail, XMP
and a name label in the picture. Every value is invented.

Needs python3-numpy, python3-pil, python3-pydicom, dcmtk (dcmcjpls) and exiftool. The same pixels
come out wherever it is run: no fonts, no clock, no random numbers but a seeded generator.
"""
import io
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import pydicom
from PIL import Image
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

NAME, NUMBER = 'EXAMPLE^PERSON A', 'H204417'
UID_ROOT = '2.25.2044171122026'

# Five by seven dots, top row first, most significant bit left.
GLYPHS = {
    'A': '0e11111f111111', 'B': '1e11111e11111e', 'C': '0e11101010110e', 'D': '1e11111111111e',
    'E': '1f10101e10101f', 'H': '1111111f111111', 'L': '1010101010101f', 'M': '111b1515111111',
    'N': '11191513111111', 'O': '0e11111111110e', 'P': '1e11111e101010', 'R': '1e11111e141211',
    'S': '0f10100e01011e', 'T': '1f040404040404', 'W': '1111111515150a', 'X': '11110a040a1111',
    'V': '11111111110a04', 'Y': '1111110a040404', '0': '0e11131519110e', '1': '040c040404040e', '2': '0e11010204081f',
    '4': '02060a121f0202', '5': '1f101e0101110e', '6': '0608101e11110e', '7': '1f010204080808', '9': '0e11110f01020c',
    '^': '040a1100000000', ' ': '00000000000000', '-': '0000001f000000', '.': '00000000000c0c',
    ':': '000c0c000c0c00', 'I': '0e04040404040e', 'G': '0e11101711110f', 'U': '1111111111110e',
}


def text_mask(text, scale):
    """Boolean array of the text, 7*scale high and 6*scale wide a letter."""
    mask = np.zeros((7, 6 * len(text)), bool)
    for index, letter in enumerate(text):
        code = bytes.fromhex(GLYPHS[letter])
        for row in range(7):
            for column in range(5):
                mask[row, 6 * index + column] = bool(code[row] >> (4 - column) & 1)
    return mask.repeat(scale, 0).repeat(scale, 1)


def write(picture, text, x, y, scale, value):
    mask = text_mask(text, scale)
    height, width = mask.shape
    picture[y:y + height, x:x + width][mask] = value


def noise(shape, seed, amount):
    """Integers around nought, roughly normal: four seeded dice, no logarithms."""
    dice = np.random.RandomState(seed).randint(0, 256, (4,) + shape)
    return (dice.sum(0) - 510) * amount // 150


def ellipse(shape, cx, cy, rx, ry, softness):
    """1 inside, 0 outside, with an edge as soft as asked."""
    y, x = np.mgrid[0:shape[0], 0:shape[1]]
    distance = np.sqrt(((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2)
    return np.clip((1.0 + softness - distance) / (2 * softness), 0.0, 1.0)


def chest(height=640, width=512):
    """12-bit radiograph-like picture: bright is dense."""
    shape = (height, width)
    y, x = np.mgrid[0:height, 0:width].astype(float)
    body = ellipse(shape, 256, 400, 245, 370, 0.06)
    density = 1500 * body
    for side in (-1, 1):
        lung = ellipse(shape, 256 + side * 108, 330, 82, 205, 0.10)
        lung *= 1 - ellipse(shape, 256 + side * 110, 590, 135, 120, 0.10)
        density -= 980 * lung
        for rib in range(9):
            top = 150 + 44 * rib
            inner = np.abs(x - 256)
            curve = top + 0.0022 * (inner - 60) ** 2 - 18
            band = np.clip(1 - np.abs(y - curve) / 9.0, 0, 1) * (np.sign(x - 256) == side)
            density += 330 * band * (inner > 26) * body
        clavicle = 128 + 0.28 * np.abs(x - 256) * -1 + 40
        band = np.clip(1 - np.abs(y - clavicle) / 10.0, 0, 1) * (np.abs(x - 256) > 24)
        density += 260 * band * body * (np.sign(x - 256) == side)
    density += 900 * np.clip(1 - np.abs(x - 256) / 30.0, 0, 1) * body
    for vertebra in range(14):
        density -= 160 * np.clip(1 - np.abs(y - 60 - 42 * vertebra) / 4.0, 0, 1) \
            * (np.abs(x - 256) < 22) * body
    density += 620 * ellipse(shape, 292, 425, 88, 92, 0.18) * body
    density += 420 * ellipse(shape, 268, 250, 42, 60, 0.3) * body
    density += 520 * ellipse(shape, 346, 290, 13, 12, 0.25)
    density += 480 * np.clip((y - 500) / 160, 0, 1) * body
    pixels = np.rint(density).astype(np.int64) + 260 + noise(shape, 1895, 18)
    pixels[:44] = 40
    write(pixels, f'{NAME}  {NUMBER}', 10, 8, 2, 3900)
    write(pixels, '1957-11-22  EXAMPLE HOSPITAL', 10, 26, 2, 3900)
    write(pixels, 'L', 440, 76, 5, 3700)
    return np.clip(pixels, 0, 4095).astype(np.uint16)


def make_dicom(path):
    pixels = chest()
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = '1.2.840.10008.5.1.4.1.1.1.1'  # Digital X-Ray, presentation
    meta.MediaStorageSOPInstanceUID = UID_ROOT + '.3'
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = UID_ROOT
    data = FileDataset(None, {}, file_meta=meta, preamble=bytes(128))
    data.is_little_endian, data.is_implicit_VR = True, False
    data.SOPClassUID, data.SOPInstanceUID = meta.MediaStorageSOPClassUID, UID_ROOT + '.3'
    data.StudyInstanceUID, data.SeriesInstanceUID = UID_ROOT + '.1', UID_ROOT + '.2'
    data.PatientName, data.PatientID = NAME, NUMBER
    data.PatientBirthDate, data.PatientSex = '19571122', 'O'
    data.InstitutionName, data.StationName = 'EXAMPLE HOSPITAL', 'EXAMPLE-DX1'
    data.ReferringPhysicianName = 'EXAMPLE^DOCTOR B'
    data.AccessionNumber, data.StudyID = 'EX2044171', '1'
    data.StudyDate, data.StudyTime = '20250610', '101500'
    data.StudyDescription = 'Chest, frontal'
    data.Modality, data.BodyPartExamined, data.ViewPosition = 'DX', 'CHEST', 'PA'
    data.Manufacturer = 'Imprimatur sample'
    data.SeriesNumber, data.InstanceNumber = 1, 1
    data.PatientOrientation = ['L', 'F']
    data.BurnedInAnnotation = 'YES'
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, 'MONOCHROME2'
    data.Rows, data.Columns = pixels.shape
    data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = 16, 12, 11, 0
    data.ImagerPixelSpacing = [0.7, 0.7]
    data.WindowCenter, data.WindowWidth = 1500, 2800
    data.PresentationIntentType, data.PresentationLUTShape = 'FOR PRESENTATION', 'IDENTITY'
    data.PixelIntensityRelationship, data.PixelIntensityRelationshipSign = 'LOG', -1
    data.LossyImageCompression = '00'
    data.PixelData = pixels.tobytes()
    data['PixelData'].VR = 'OW'
    with tempfile.TemporaryDirectory() as folder:
        plain = pathlib.Path(folder, 'plain.dcm')
        pydicom.dcmwrite(plain, data, write_like_original=False)
        subprocess.run(['dcmcjpls', '--encode-lossless', '--uid-never', plain, path], check=True)


def arm(height=900, width=1200):
    """Photograph-like: a forearm on a blue sheet, a mole, and a label with a name on it."""
    shape = (height, width)
    y, x = np.mgrid[0:height, 0:width].astype(float)
    picture = np.empty(shape + (3,))
    weave = 8 * ((x.astype(int) // 6 + y.astype(int) // 6) % 2)
    for channel, value in enumerate((86, 128, 164)):
        picture[..., channel] = value + weave - 0.02 * y
    edge = 270 - 0.08 * x + 0.00009 * (x - 500) ** 2
    inside = np.clip((y - edge) / 6, 0, 1) * np.clip((900 - 0.06 * x - 130 - y) / 6, 0, 1)
    light = 1 - ((y - 500) / 520) ** 2
    for channel, value in enumerate((214, 170, 146)):
        picture[..., channel] = picture[..., channel] * (1 - inside) + inside * value * (
            0.72 + 0.28 * light)
    mole = ellipse(shape, 520, 470, 46, 36, 0.16) + 0.6 * ellipse(shape, 548, 492, 30, 22, 0.3)
    for channel, value in enumerate((92, 60, 52)):
        blend = np.clip(mole, 0, 1) * 0.85
        picture[..., channel] = picture[..., channel] * (1 - blend) + value * blend
    pixels = np.rint(picture).astype(np.int64) + noise(shape, 1876, 5)[..., None]
    pixels[690:850, 700:1130] = 244
    write(pixels, NAME, 724, 716, 4, 30)
    write(pixels, NUMBER, 724, 764, 4, 30)
    write(pixels, 'WARD 7', 724, 810, 3, 60)
    return np.clip(pixels, 0, 255).astype(np.uint8)


def jpeg(picture, quality):
    stream = io.BytesIO()
    picture.save(stream, 'JPEG', quality=quality, subsampling='4:2:0')
    return stream.getvalue()


def make_photo(path):
    # The phone was held upright: stored on its side, turned by its orientation tag.
    upright = Image.fromarray(arm())
    stored = upright.transpose(Image.Transpose.ROTATE_90)
    small = upright.copy()
    small.thumbnail((160, 160))
    with tempfile.TemporaryDirectory() as folder:
        thumbnail = pathlib.Path(folder, 'thumbnail.jpg')
        thumbnail.write_bytes(jpeg(small.transpose(Image.Transpose.ROTATE_90), 80))
        path.write_bytes(jpeg(stored, 85))
        subprocess.run(['exiftool', '-q', '-n', '-overwrite_original',
                        '-Make=Example', '-Model=Example Phone 1', '-Software=Example Camera 4.2',
                        '-Orientation=6', '-DateTimeOriginal=2025:06:10 10:15:00',
                        '-Artist=EXAMPLE^DOCTOR B', '-SerialNumber=EX-204417-77',
                        '-GPSLatitude=51.4778', '-GPSLatitudeRef=N', '-GPSLongitude=0.0015',
                        '-GPSLongitudeRef=W', '-GPSAltitude=46', f'-ThumbnailImage<={thumbnail}',
                        f'-XMP-dc:Description={NAME} {NUMBER}', '-XMP-dc:Creator=EXAMPLE^DOCTOR B',
                        '-XMP-photoshop:City=Greenwich', path], check=True)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    make_dicom(folder / 'chest.dcm')
    make_photo(folder / 'phone-photo.jpg')


if __name__ == '__main__':
    main()
