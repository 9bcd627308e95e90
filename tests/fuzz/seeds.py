#!/usr/bin/python3
"""Sorts files into seeds for the fuzz targets, and cuts out of them what smaller targets read.

    seeds.py FOLDER FILE|FOLDER…

Makes FOLDER/TARGET/ for every target. What no file holds is made by hand (handmade.py), as is what
once broke a target. The same files always give the same seeds.
"""
import hashlib
import os
import re
import sys

import handmade

LARGEST = 64 * 1024  # bytes: beyond that a fuzzer does not get far
ROOT = b'1.2.840.10008.1.2'
SYNTAXES = {'dicom-native': ('', '.1', '.2', '.1.99'), 'dicom-rle': ('.5',),
            'dicom-jpeg': ('.4.50', '.4.51', '.4.57', '.4.70'),
            'dicom-jpeg-ls': ('.4.80', '.4.81'), 'dicom-j2k': ('.4.90', '.4.91'),
            'dicom-htj2k': ('.4.201', '.4.202', '.4.203'),
            'dicom-jxl': ('.4.110', '.4.111', '.4.112')}
TARGETS = ['bridge', 'list', 'archive', 'grey', 'charset', 'photo-facts', 'containers', 'walk', 'facts', 'wire',
           'spots', 'csv', 'fhir',
           'jpeg', 'png', 'tiff', 'webp', 'heif', 'bmp', *SYNTAXES]
TRANSFER_SYNTAX = re.compile(rb'\x02\x00\x10\x00UI(..)([0-9.]*)', re.S)


def jpeg_segments(data):
    """Yields (marker, body) of each segment before the first scan."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xff and data[at + 1] not in (0xda, 0xd9):
        length = int.from_bytes(data[at + 2:at + 4], 'big')
        yield data[at + 1], data[at + 4:at + 2 + length]
        at += 2 + length


def parts_of_jpeg(data):
    for marker, body in jpeg_segments(data):
        if body.startswith(b'Exif\0\0'):
            yield 'photo-facts', b'\4' + body[6:]
        elif body.startswith(b'http://ns.adobe.com/xap/1.0/\0'):
            yield 'photo-facts', b'\0' + body[29:]
        elif body.startswith(b'Photoshop 3.0\0'):
            yield 'photo-facts', b'\2' + body[14:]
            yield 'photo-facts', b'\1' + body[26:]
        elif body.startswith(b'ICC_PROFILE\0'):
            yield 'photo-facts', b'\3' + body[14:]


def parts(data):
    """Yields (target, seed) of one file."""
    yield 'list', data
    if data[128:132] == b'DICM':
        yield 'bridge', data
        found = TRANSFER_SYNTAX.search(data[:4096])
        uid = found.group(2) if found else b''
        for target, endings in SYNTAXES.items():
            if uid in [ROOT + ending.encode() for ending in endings]:
                yield target, data
    elif data[:3] == b'\xff\xd8\xff':
        for target in ('jpeg', 'containers', 'walk'):
            yield target, data
        yield from parts_of_jpeg(data)
    elif data[:8] == b'\x89PNG\r\n\x1a\n':
        for target in ('png', 'containers', 'walk'):
            yield target, data
        yield 'containers', data + b'\0' * (len(data) % 2)
    elif data[:4] in (b'II*\0', b'MM\0*', b'II+\0', b'MM\0+'):
        yield 'tiff', data
        yield 'containers', data
        yield 'photo-facts', b'\4' + data
    elif data[8:12] == b'WEBP':
        yield 'webp', data
    elif data[4:8] == b'ftyp':
        yield 'heif', data
    elif data[:2] == b'BM':
        yield 'bmp', data


def members(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
        for parent, folders, names in os.walk(path):
            folders.sort()
            for name in sorted(names):
                yield os.path.join(parent, name)


def put(folder, target, seed):
    name = hashlib.sha256(seed).hexdigest()[:16]
    with open(os.path.join(folder, target, name), 'wb') as out:
        out.write(seed)


def main():
    folder = sys.argv[1]
    for target in TARGETS:
        os.makedirs(os.path.join(folder, target), exist_ok=True)
    for target, seed in handmade.seeds():
        put(folder, target, seed)
    for path in members(sys.argv[2:]):
        if not 0 < os.path.getsize(path) <= LARGEST:
            continue
        with open(path, 'rb') as file:
            data = file.read()
        for target, seed in parts(data):
            put(folder, target, seed)


if __name__ == '__main__':
    main()
