"""How programs that share nothing with the helper's own code draw a file."""
import io
import pathlib
import re
import struct
import subprocess

import numpy
import pydicom
from PIL import Image, ImageCms
from pydicom.pixel_data_handlers.util import apply_color_lut
from pydicom.encaps import generate_pixel_data_frame
from pydicom.uid import ExplicitVRLittleEndian

LINEAR, EXACT, SIGMOID = 0, 1, 2
UID = '1.2.840.10008.1.2.'
JPEG = {f'{UID}4.{end}' for end in (50, 51, 53, 55, 57, 70)}
JPEG_LS = {f'{UID}4.{end}' for end in (80, 81)}
JPEG_2000 = {f'{UID}4.{end}' for end in (90, 91, 201, 202, 203)}
JPEG_XL = {f'{UID}4.{end}' for end in (110, 111, 112)}

NO_TABLES = 0x0100  # lcms2's cmsFLAGS_NOOPTIMIZE: each pixel by itself, as for small pictures here


def run(*arguments, **options):
    return subprocess.run([str(each) for each in arguments], check=True, capture_output=True,
                          timeout=120, **options).stdout


def read_pgx(path):
    """One component as OpenJPEG writes it: PG, byte order, sign, precision, width, height."""
    data = path.read_bytes()
    head, _, body = data.partition(b'\n')
    words = head.replace(b'+', b'+ ').replace(b'-', b'- ').split()
    order, sign, bits, width, height = words[1], words[2], *map(int, words[3:])
    kind = {b'ML': '>', b'LM': '<'}[order] + ('i' if sign == b'-' else 'u')
    size = 1 if bits <= 8 else 2 if bits <= 16 else 4
    return numpy.frombuffer(body, kind + str(size))[:width * height].reshape(height, width)


def decode_jpeg_2000(data, folder):
    source = folder / ('in.jp2' if data[4:8] == b'jP  ' else 'in.j2k')
    source.write_bytes(data)
    run('opj_decompress', '-i', source, '-o', folder / 'out.pgx')
    parts = sorted(folder.glob('out*.pgx'))
    planes = [read_pgx(part) for part in parts]
    for part in parts:
        part.unlink()
    return planes[0] if len(planes) == 1 else numpy.stack(planes, axis=2)


def decode_jpeg_xl(data, folder):
    source, out = folder / 'in.jxl', folder / 'out.ppm'
    source.write_bytes(data)
    run('djxl', source, out)
    return numpy.asarray(Image.open(out))


class Dicom:
    """A DICOM file as dcm2pnm draws it."""

    def __init__(self, path, folder):
        self.folder, self.streams = pathlib.Path(folder), None
        self.path, self.data = pathlib.Path(path), pydicom.dcmread(path, force=True)
        meta = getattr(self.data, 'file_meta', None)
        self.syntax = str(getattr(meta, 'TransferSyntaxUID', ''))
        self.program = ('dcmj2pnm' if self.syntax in JPEG else
                        'dcml2pnm' if self.syntax in JPEG_LS else 'dcm2pnm')
        if self.syntax in JPEG_2000 | JPEG_XL:
            self.path = self.write_twin()

    def write_twin(self):
        """The same picture uncompressed, where DCMTK does not know the coding."""
        data = self.data
        decode = decode_jpeg_xl if self.syntax in JPEG_XL else decode_jpeg_2000
        count = int(data.get('NumberOfFrames', 1) or 1)
        pixels = numpy.stack([decode(frame, self.folder) for frame
                              in generate_pixel_data_frame(data.PixelData, count)])
        if data.PhotometricInterpretation in ('YBR_RCT', 'YBR_ICT') or pixels.ndim == 4:
            data.PhotometricInterpretation, data.PlanarConfiguration = 'RGB', 0
        data.BitsAllocated = 8 * pixels.dtype.itemsize
        data.PixelData = pixels.astype(pixels.dtype.newbyteorder('<')).tobytes()
        data['PixelData'].VR = 'OW'
        data['PixelData'].is_undefined_length = False
        data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        data.is_little_endian, data.is_implicit_VR = True, False
        path = self.folder / 'twin.dcm'
        data.save_as(path, write_like_original=False)
        return path

    def macro(self, frame, sequence):
        """An item of the functional groups that holds for one frame, else the data set."""
        groups = list(self.data.get('SharedFunctionalGroupsSequence', []))
        per_frame = self.data.get('PerFrameFunctionalGroupsSequence', [])
        groups += [per_frame[frame]] if len(per_frame) > frame else []
        for group in reversed(groups):
            if group.get(sequence):
                return group[sequence][0]
        return self.data

    def presentations(self, frame):
        """The file's own first, then the others: windows, then VOI LUTs; min to max if none."""
        item = self.macro(frame, 'FrameVOILUTSequence')
        centres, widths = (value if isinstance(value, pydicom.multival.MultiValue) else
                           [] if value in (None, '') else [value] for value in
                           (item.get('WindowCenter'), item.get('WindowWidth')))
        function = {'SIGMOID': SIGMOID, 'LINEAR_EXACT': EXACT}.get(
            item.get('VOILUTFunction'), LINEAR)
        found = [('window', float(c), float(w), function) for c, w in zip(centres, widths)
                 if float(w) >= (1 if function == LINEAR else 0)]
        found += [('table', n) for n in range(len(self.data.get('VOILUTSequence', []) or []))]
        return found or [self.unpadded(frame) or ('range',)]

    def unpadded(self, frame):
        """Minimum to maximum without Pixel Padding Value, which DCMTK does not leave out."""
        data = pydicom.dcmread(self.path, force=True)
        if 'PixelPaddingValue' not in data or self.syntax in JPEG | JPEG_LS:
            return None
        pixels = data.pixel_array
        pixels = (pixels[frame] if pixels.ndim == 3 else pixels).astype(int)
        padding = numpy.array(data.PixelPaddingValue).astype(
            'i2' if data.PixelRepresentation else 'u2')
        kept = pixels[pixels != padding] * float(data.get('RescaleSlope', 1)) + float(
            data.get('RescaleIntercept', 0))
        low, high = kept.min(), kept.max()
        return 'window', (low + high + 1) / 2, high - low + 1, LINEAR

    def options(self, presentation):
        kind, *values = presentation
        if kind == 'table':
            return ['+Wl', values[0] + 1]
        if kind == 'range':
            return ['+Wm']
        return ['+Ww', *values[:2], *(['+Wfs'] if values[2] == SIGMOID else ['+Wfl'])]

    def draw(self, frame, presentation, overlays=('-O',)):
        """Rows × columns (× 3); None where DCMTK cannot."""
        tile = self.tile(frame) if self.syntax in JPEG else None
        if tile is not None:
            return tile
        grey = str(self.data.get('PhotometricInterpretation', '')).startswith('MONOCHROME')
        done = subprocess.run([self.program, '-q', '-S', '+F', str(frame + 1), *overlays,
                               *(map(str, self.options(presentation)) if grey else ()),
                               str(self.path)], capture_output=True, timeout=120)
        if done.returncode != 0 or not done.stdout:
            return self.draw_palette(frame)
        picture = Image.open(io.BytesIO(done.stdout))
        return numpy.asarray(to_srgb(picture, None if grey else self.data.get('ICCProfile')))

    def tile(self, frame):
        """A JPEG frame that is smaller than the header says, which DCMTK scrambles: at the top left
        of black. None for others."""
        streams = self.streams = self.streams or list(generate_pixel_data_frame(
            self.data.PixelData, int(self.data.get('NumberOfFrames', 1) or 1)))
        size = re.search(rb'\xff[\xc0\xc1\xc2].{3}(.{4})', streams[frame][:4096], re.DOTALL)
        rows, columns = struct.unpack('>HH', size[1]) if size else (0, 0)
        if not size or (rows, columns) == (self.data.Rows, self.data.Columns):
            return None
        picture = numpy.asarray(Image.open(io.BytesIO(streams[frame])))
        whole = numpy.zeros((self.data.Rows, self.data.Columns) + picture.shape[2:], 'u1')
        whole[:rows, :columns] = picture
        return whole

    def draw_palette(self, frame):
        """DCMTK does not read segmented palettes: pydicom does."""
        if 'SegmentedRedPaletteColorLookupTableData' not in self.data:
            return None
        pixels = self.data.pixel_array
        pixels = pixels[frame] if pixels.ndim == 3 else pixels
        return (apply_color_lut(pixels, self.data) >> 8).astype('u1')

    def overlay(self, group, shape):
        """One plane, as wide and high as the picture."""
        rows, columns = self.data[group, 0x10].value, self.data[group, 0x11].value
        top, left = (self.data[group, 0x50].value if (group, 0x50) in self.data else (1, 1))
        if (group, 0x3000) in self.data:
            raw = numpy.frombuffer(self.data[group, 0x3000].value, numpy.uint8)
            bits = numpy.unpackbits(raw, bitorder='little')[:rows * columns]
        else:
            position = self.data[group, 0x102].value
            bits = (numpy.frombuffer(self.data.PixelData, '<u2')[:rows * columns] >> position) & 1
        plane = numpy.zeros(shape, bool)
        for y, row in enumerate(bits.reshape(rows, columns), top - 1):
            for x in numpy.flatnonzero(row) + left - 1:
                if 0 <= y < shape[0] and 0 <= x < shape[1]:
                    plane[y, x] = True
        return plane

    def draw_overlays(self, frame):
        """All planes in white."""
        presentation = self.presentations(frame)[0]
        picture = self.draw(frame, presentation)
        if picture is not None and picture.ndim == 2:
            return self.draw(frame, presentation, ('+O', '0', '+Omr', '+Osf', '1'))
        picture = picture.copy()
        for group in range(0x6000, 0x6020, 2):
            if (group, 0x10) in self.data:
                picture[self.overlay(group, picture.shape[:2])] = 255
        return picture


TURNS = {2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
         4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
         6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
         8: Image.Transpose.ROTATE_90}


def orientation(path):
    """EXIF or TIFF Orientation, as exiftool reads it of the main picture."""
    text = run('exiftool', '-n', '-s3', '-IFD0:Orientation', path).decode().strip()
    return int(text) if text.isdigit() else 1


def photograph(path, page):
    """As Pillow draws it in sRGB, upright, on white; where it fails, as ImageMagick does."""
    try:
        with Image.open(path) as picture:
            if page:
                picture.seek(page)
            picture.load()
            profile, gamma = (picture.info.get(key) for key in ('icc_profile', 'gamma'))
            turned = picture.format == 'TIFF'  # by Pillow itself
            picture = picture.copy()
    except (OSError, SyntaxError, ValueError, AttributeError):
        return by_imagemagick(path, page)
    turn = None if turned else TURNS.get(orientation(path))
    picture = picture.transpose(turn) if turn is not None else picture
    if profile is None and gamma and abs(gamma - 1 / 2.2) > 0.01:
        return from_gamma(picture, gamma)
    return numpy.asarray(to_srgb(on_white(to_eight_bits(picture)), profile))


def by_imagemagick(path, page):
    done = subprocess.run(['convert-im6', f'{path}[{page}]', '-auto-orient', '-background', 'white',
                           '-alpha', 'remove', '-colorspace', 'sRGB', '-depth', '8', 'ppm:-'],
                          capture_output=True, timeout=120)
    return numpy.asarray(Image.open(io.BytesIO(done.stdout))) if done.stdout else None


def from_gamma(picture, gamma):
    """PNG samples by their gAMA for a display exponent of 2.2 (PNG 1.2, 10.5); then on white."""
    picture = picture.convert('L') if picture.mode == '1' else picture
    samples = numpy.asarray(picture).astype(float)
    samples /= 65535 if picture.mode.startswith('I') else 255
    alpha = samples[:, :, 3:] if picture.mode == 'RGBA' else 1.0
    shown = (samples[:, :, :3] if samples.ndim == 3 else samples) ** (1 / (gamma * 2.2))
    return ((shown * alpha + 1 - alpha) * 255 + 0.5).astype('u1')


def to_eight_bits(picture):
    if picture.mode.startswith('I'):
        return Image.fromarray((numpy.asarray(picture).astype(float) / 257 + 0.5).astype('u1'))
    if picture.mode == '1':
        return picture.convert('L')
    if picture.mode == 'P':
        return picture.convert('RGBA')
    return picture


def on_white(picture):
    if picture.mode in ('RGBA', 'LA'):
        colours = picture.convert('RGBA')
        white = Image.new('RGBA', picture.size, 'white')
        return Image.alpha_composite(white, colours).convert('RGB')
    return picture


def to_srgb(picture, profile):
    plain = picture if picture.mode in ('L', 'RGB') else picture.convert('RGB')
    if profile is None:
        return plain
    try:
        return ImageCms.profileToProfile(picture, ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                                         ImageCms.createProfile('sRGB'), outputMode='RGB',
                                         renderingIntent=ImageCms.Intent.PERCEPTUAL,
                                         flags=NO_TABLES if picture.width * picture.height < 32768
                                         else 0)
    except ImageCms.PyCMSError:
        return plain
