"""Seeds that no file holds: numbers, texts and answers, packed as the targets take them apart."""
import io
import json
import math
import struct
import zipfile
import zlib

import gi

gi.require_version('GLib', '2.0')
from gi.repository import GLib  # noqa: E402

TYPES = {'format': 's', 'width': 'i', 'height': 'i', 'frames': 'u', 'pages': 'u', 'page': 'u',
         'overlays': 'u', 'orientation': 'i', 'grid': '(ii)', 'shape': '(ii)', 'codec': 's',
         'transfer-syntax': 's', 'photometric': 's', 'burned-in': 's', 'modality': 's',
         'image-kind': 's', 'consent-flag': 's', 'patient-ids': 'as', 'windows': 'a(ddims)',
         'tables': 'ams', 'overlay-planes': 'a(ubms)', 'giveaways': 'a(ssmsb)', 'warnings': 'as', 'properties': 'a{ss}',
         'ultrasound-regions': 'a(uuuuu)',
         'lossless-claimed': 'b'}
PLAIN = {'format': 'png', 'width': 4, 'height': 4, 'frames': 1, 'pages': 1, 'page': 0,
         'overlays': 0, 'orientation': 1, 'grid': (0, 0), 'shape': (1, 1), 'windows': [],
         'tables': [], 'overlay-planes': [], 'properties': {}, 'ultrasound-regions': []}
FULL = dict(PLAIN, format='dicom', frames=7, pages=3, page=2, overlays=1, grid=(8, 8),
            shape=(3, 4), codec='jpeg-2000', modality='CR', photometric='MONOCHROME2',
            windows=[(40.0, 400.0, 0, 'SOFT'), (1.0, 2.5, 2, None)], tables=['LUT', None],
            **{'transfer-syntax': '1.2.840.10008.1.2.4.50', 'burned-in': 'YES',
               'image-kind': 'x-ray', 'consent-flag': 'NO', 'patient-ids': ['H204417', 'X1'],
               'overlay-planes': [(0x6000, True, 'marks')],
               'giveaways': [('(0010,0010)', 'name', 'EXAMPLE^PERSON A', True),
                             ('(0008,0070)', 'maker', None, False)],
               'properties': {'bits_allocated': '16', 'pixel_padding': '-2000'},
               'ultrasound-regions': [(1, 1, 1, 3, 3), (9, 0, 0, 4294967295, 2)],
               'lossless-claimed': True,
               'warnings': ['The tags hold %s\x1fsomething', 'A warning']})

# Slot for slot as fuzz-grey.c takes them.
GREY = struct.Struct('<Bbb')


def variant(values):
    packed = {name: GLib.Variant(TYPES[name], value) for name, value in values.items()}
    return GLib.Variant('a{sv}', packed).get_data_as_bytes().get_data()


def answer(flags, kind, width, height, channels, n_values, n_tables, body, count=None):
    """As fuzz-wire.c takes an answer apart."""
    return (struct.pack('<BHBBhhbHBBB', flags, len(body) if count is None else count, kind, 0,
                        width, height, channels, n_values - 1, n_tables, 0, 0) + body)


def grey(flags, stored, high, width, height, slope, intercept, window, luts, pixels):
    head = GREY.pack(flags, stored, high) + bytes((width - 1, height - 1))
    if flags % 4 == 0:
        head += b'\0'
    head += struct.pack('<ddddBhh', slope, intercept, *window, 0, -3, 5)
    for lut in luts:
        head += bytes([len(lut)]) + struct.pack(f'<{len(lut)}H', *lut)
        if lut:
            head += struct.pack('<hB', 0, 7)
    return head + pixels


def charset(term, text):
    return bytes([len(term)]) + term + text


def png(*chunks):
    head = (b'IHDR', struct.pack('>IIBBBBB', 1, 1, 8, 0, 0, 0, 0))
    rows = (b'IDAT', zlib.compress(b'\0\0'))
    data = b'\x89PNG\r\n\x1a\n'
    for kind, body in (head, *chunks, rows, (b'IEND', b'')):
        data += struct.pack('>I', len(body)) + kind + body
        data += struct.pack('>I', zlib.crc32(kind + body))
    return data


def jpeg_app(marker, body):
    return b'\xff\xd8\xff' + bytes([marker]) + struct.pack('>H', len(body) + 2) + body + b'\xff\xd9'


def element(group, number, vr, value):
    value += b' ' * (len(value) % 2) if vr in (b'CS', b'UI', b'LO') else b''
    return struct.pack('<HH2sH', group, number, vr, len(value)) + value


def dicom_rle(frame):
    """A picture of 4 by 4 pixels of 16 bits, whose only frame is these bytes."""
    syntax = element(2, 0x10, b'UI', b'1.2.840.10008.1.2.5\0')
    data = bytes(128) + b'DICM' + element(2, 0, b'UL', struct.pack('<I', len(syntax))) + syntax
    data += element(0x28, 2, b'US', b'\1\0') + element(0x28, 4, b'CS', b'MONOCHROME2')
    for number, value in ((0x10, 4), (0x11, 4), (0x100, 16), (0x101, 12), (0x102, 11), (0x103, 0)):
        data += element(0x28, number, b'US', struct.pack('<H', value))
    data += struct.pack('<HH2sHI', 0x7fe0, 0x10, b'OB', 0, 0xffffffff)
    data += struct.pack('<HHI', 0xfffe, 0xe000, 0)
    data += struct.pack('<HHI', 0xfffe, 0xe000, len(frame)) + frame
    return data + struct.pack('<HHI', 0xfffe, 0xe0dd, 0)


def once_broken():
    """Yields (target, seed) of what broke a target once: why stands beside it."""
    # Metadata without a byte in them: steps from no address.
    for keyword in (b'Raw profile type exif', b'Raw profile type xmp', b'XML:com.adobe.xmp'):
        yield 'containers', png((b'zTXt', keyword + b'\0\0' + zlib.compress(b'')))
    yield 'containers', png((b'tEXt', b'Raw profile type xmp\0\n\n\n'))
    # An RLE segment behind the end of its frame: DCMTK read on to there.
    yield 'bridge', dicom_rle(struct.pack('<16I', 2, 64, 0x418e, *[0] * 13) + bytes(36))
    yield 'bridge', dicom_rle(struct.pack('<16I', 2, 0x7fffffff, 70, *[0] * 13) + bytes(36))
    # A multi-picture index near 4 GiB: the sum with its size wrapped.
    for place in (0xfffffffe, 0xfffffff0):
        yield 'containers', jpeg_app(0xe2, b'MPF\0II*\0' + struct.pack('<I', place) + bytes(24))
    # A pixel shape near 2 GiB to 1: sixteen times the shorter side left its type.
    yield 'facts', variant(dict(PLAIN, shape=(1701314563, 1701314563)))
    # No number for a slope, or values that leave all numbers: a place in a VOI LUT was made of them.
    one_lut = b'\1\3' + struct.pack('<3HhB', 0, 90, 127, -3, 7) + b'\0'
    for slope, intercept in ((math.nan, 0.0), (math.inf, 0.0), (1e308, -1e308), (1e308, 1e308)):
        yield 'grey', grey(2, 16, 15, 4, 4, slope, intercept, (0, 0), ([],), one_lut + bytes(32))
    # A chunk that says it has 1.9 GB: they were taken before it was missed.
    yield 'walk', png()[:33] + struct.pack('>I', 1 << 31) + b'tEXt' + bytes(8)
    yield 'walk', png()[:33] + struct.pack('>I', 1912602698) + b'tEXt' + bytes(8)


# What an answer is, as in src/decode/imp-wire.h.
FACTS, FINISHED, GREY_PIXELS, MASK = range(1, 5)


def wires():
    facts = variant(PLAIN)
    picture = answer(0, FINISHED, 4, 4, 1, 1, 1, bytes(16))
    values = struct.pack('<4d', 0, 1, 2, 3)
    levels = answer(0, GREY_PIXELS, 4, 2, 1, 4, 2, bytes(range(4)) * 4 + values + bytes(8) + bytes(4))
    mask = answer(4, MASK, 4, 4, 1, 1, 1, b'\1')
    yield answer(0, FACTS, 0, 0, 0, 1, 1, facts) + picture + mask
    yield answer(0, FACTS, 0, 0, 0, 1, 1, variant(FULL)) + levels + mask
    yield answer(0, FACTS, 0, 0, 0, 1, 1, facts) + answer(4, GREY_PIXELS, 9, 9, 1, 256, 2, b'') + mask
    for flags in (1, 2, 8, 16, 32, 64, 128):
        yield answer(0, FACTS, 0, 0, 0, 1, 1, facts) + answer(flags, FINISHED, 4, 4, 1, 1, 1, bytes(16)) + mask


def spot(text, x=3, y=4, width=40, height=9, kind=0, confidence=90, turn=0):
    """As fuzz-spots.c takes one apart."""
    return bytes((0, x, y, width, height, kind, confidence, turn, len(text))) + text


def screenings():
    """What the screener says of a picture of 97 × 61 pixels."""
    told = (spot(b'EXAMPLE', width=30), spot('PERSON Å'.encode(), x=36, width=30),
            spot(b'H2O44I7', y=20), spot(b'22 Nov 1957', y=30), spot(b'L', y=40, width=8),
            spot(b'12.3 mm', x=50, y=40), spot(b'', y=50, kind=0, confidence=0, turn=3),
            spot(b'https://example.org', x=60, y=10, width=30, height=30, kind=1),
            spot(b'\xff\xc3', x=60, kind=0), spot(b'', x=1, y=1, width=9, kind=2))
    yield bytes((0, len(told))) + b''.join(told)
    yield bytes((0, 0))
    for each in told:
        yield bytes((0, 1)) + each
    for flags in (1, 2, 4):
        yield bytes((flags, 1)) + struct.pack('<I', 20000) + told[0]
    for flags in (1, 2, 4, 8, 128):
        yield bytes((0, 1, flags)) + bytes(40)
    yield bytes((0, 1)) + spot(b'EXAMPLE', width=97)
    yield bytes((0, 1, 16, 0, 0, 9, 9, 0, 200, 0, ord('A'), 0))


def tables():
    """CSV, with the size of the pieces before it."""
    yield b'\x07hospital_number,name,born,level,given\r\nH1,"A ""B""\n",1961-05-03,record-only,2026-01-05\r\n'
    yield b'\x01\xef\xbb\xbfformat,hospital_number,note,objects\nimprimatur-1,H1,\'=1+1,yes\n\nimprimatur-1,"H2\n'
    yield b'\xffnhs_number,level,state,given,withdrawn,identifiable\n9434765919,social-media,withdrawn,2026-01-05,x,no'
    yield b'\x03name\rname\n"a"b,\x00,\xff\n'


def consents():
    """R4, of ours and of others."""
    own = {'resourceType': 'Consent', 'status': 'inactive', 'scope': {},
           'category': [{'coding': [{'system': 'https://imprimatur.github.io/fhir/CodeSystem/'
                                     'permission-level', 'code': 'social-media'}]}],
           'contained': [{'resourceType': 'Patient', 'id': 'p', 'name': [{'family': 'A', 'given': ['B']}],
                          'identifier': [{'system': 'https://fhir.nhs.uk/Id/nhs-number', 'value': '1'}],
                          'deceasedBoolean': True}],
           'patient': {'reference': '#p'}, 'policy': [{'uri': 'x'}], 'extension': [
               {'url': 'https://imprimatur.github.io/fhir/StructureDefinition/permission', 'extension': [
                   {'url': 'level', 'valueString': 'social-media'},
                   {'url': 'given_by', 'valueString': 'patient'},
                   {'url': 'given', 'valueDate': '2026-01-05'},
                   {'url': 'identifiable', 'valueBoolean': True},
                   {'url': 'state', 'valueCode': 'withdrawn'}]}]}
    other = {'resourceType': 'Consent', 'status': 'active', 'scope': {}, 'category': [{}],
             'patient': {'reference': 'Patient/1'}, 'performer': [{'reference': 'Patient/1'}],
             'policyRule': {}, 'dateTime': '2026-01-05T10:00:00Z', 'provision': {
                 'period': {'start': '2026-01-05', 'end': '2027-01-05'}, 'purpose': [{
                     'system': 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
                     'code': 'TRAIN'}]}}
    patient = {'resourceType': 'Patient', 'id': '1', 'birthDate': '1961-05-03', 'identifier': [{
        'type': {'coding': [{'system': 'http://terminology.hl7.org/CodeSystem/v2-0203',
                             'code': 'MR'}]}, 'value': 'H1'}]}
    yield json.dumps(own).encode()
    yield json.dumps({'resourceType': 'Bundle', 'entry': [
        {'resource': each} for each in (own, other, patient)]}).encode()
    yield b'[' * 100


def archives():
    """ZIP archives of a few files, packed and plain, with a folder and one file twice."""
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        out = io.BytesIO()
        with zipfile.ZipFile(out, 'w', method) as archive:
            for name, data in (('IMAGES/', b''), ('IMAGES/A1', bytes(300)), ('Ä', b'other bytes'),
                               ('../up', b'x'), ('IMAGES/A1 ', bytes(range(256)) * 4)):
                archive.writestr(zipfile.ZipInfo(name), data, method)
        yield out.getvalue()


def seeds():
    """Yields (target, seed)."""
    for archive in archives():
        yield 'archive', archive
        yield 'list', archive
    for table in tables():
        yield 'csv', table
    for consent in consents():
        yield 'fhir', consent
    for values in (PLAIN, FULL, {}):
        yield 'facts', variant(values)
    for packed in wires():
        yield 'wire', packed
    for told in screenings():
        yield 'spots', told
    luts = ([], [])
    yield 'grey', grey(2 | 16, 12, 11, 4, 4, 1.0, -1024.0, (40, 400), luts, bytes(range(32)))
    yield 'grey', grey(1, 8, 7, 4, 4, 1.0, 0.0, (0, 0), ([5, 6, 7], []), bytes(range(16)))
    yield 'grey', grey(1 | 4 | 32, 8, 7, 5, 3, 1.0, 0.0, (0, 0), ([], [0, 90, 127]), bytes(15))
    yield 'grey', grey(3 | 4, 32, 31, 4, 4, 0.5, 7.0, (0, 0), luts, bytes(range(64)))
    yield 'grey', grey(0 | 8, 1, 0, 9, 3, 1.0, 0.0, (0, 0), luts, bytes(range(5)))
    for term, text in ((b'', b'EXAMPLE^PERSON A'), (b'ISO_IR 100', b'M\xfcller^\xc4rzt'),
                       (b'ISO_IR 192', 'Ω'.encode()), (b'GB18030', '王^小东'.encode('gb18030')),
                       (b'ISO 2022 IR 13\\ISO 2022 IR 87',
                        b'\xd4\xcf\xc0\xde^\x1b$B;3ED\x1b(J=\x1b$B$d\x1b(J'),
                       (b'\\ISO 2022 IR 149', b'Hong^\x1b$)C\xfb\xf3=\x1b$)C\xc8\xab'),
                       (b'\\ISO 2022 IR 58', b'\x1b$)A\xcd\xf5^\x1b$)A\xb6\xab'),
                       (b'ISO_IR 144', b'\xbb\xee\xda'), (b'ISO_IR 166', b'\xb9\xd2\xc2')):
        yield 'charset', charset(term, text)
    yield from once_broken()
