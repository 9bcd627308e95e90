#!/usr/bin/python3
"""Every DICOM file of the shared corpus, from its name to rendered pixels, against dcm2pnm in the
same run, turn by turn: median of five. Where DCMTK does not decode, the peer is OpenJPEG's, libjxl's
or GDCM's own tool on the same stream. Usage: open-corpus.py BENCH-OPEN CORPUS"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import pydicom
from pydicom.encaps import generate_pixel_data_frame

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '../e2e'))

import peers  # noqa: E402

LIMIT = 1.25


def peer_of(path, folder):
    """The peer's command; it decodes the first frame, as ours does."""
    data = pydicom.dcmread(path, force=True, stop_before_pixels=True)
    meta = getattr(data, 'file_meta', None)
    syntax = str(getattr(meta, 'TransferSyntaxUID', ''))
    if syntax in peers.JPEG_2000 | peers.JPEG_XL:
        whole = pydicom.dcmread(path, force=True)
        count = int(whole.get('NumberOfFrames', 1) or 1)
        stream = next(iter(generate_pixel_data_frame(whole.PixelData, count)))
        if syntax in peers.JPEG_XL:
            (folder / 'in.jxl').write_bytes(stream)
            return ['djxl', folder / 'in.jxl', folder / 'out.ppm']
        source = folder / ('in.jp2' if stream[4:8] == b'jP  ' else 'in.j2k')
        source.write_bytes(stream)
        return ['opj_decompress', '-i', source, '-o', folder / 'out.ppm']
    program = ('dcmj2pnm' if syntax in peers.JPEG else
               'dcml2pnm' if syntax in peers.JPEG_LS else 'dcm2pnm')
    window = ['+Wi', '1'] if data.get('WindowWidth') else ['+Wm']
    grey = str(data.get('PhotometricInterpretation', '')).startswith('MONOCHROME')
    return [program, '-q', *(window if grey else []), path, folder / 'out.pnm']


def main():
    bench, corpus = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    rows, refused = [], 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for path in sorted(corpus.rglob('*.dcm')):
            if 'malformed' in path.parts or 'not-image' in path.parts:
                continue
            near = pathlib.Path(shutil.copy(path, folder / 'file.dcm'))
            command = [str(each) for each in peer_of(near, folder)]
            done = subprocess.run([bench, near, *command], capture_output=True, text=True,
                                  check=False)
            if done.returncode != 0:
                refused += 1
                continue
            theirs, cold, warm = map(float, done.stdout.split())
            rows.append((warm / theirs, cold / theirs, theirs, cold, warm, command[0],
                         path.relative_to(corpus)))
    rows.sort(reverse=True)
    print('  warm  cold   peer ms  cold ms  warm ms  peer, file')
    for warm_ratio, cold_ratio, theirs, cold, warm, program, name in rows:
        print(f'{warm_ratio:6.2f}{cold_ratio:6.2f}{theirs:10.1f}{cold:9.1f}{warm:9.1f}  '
              f'{program}, {name}')
    print(f'{len(rows)} files compared, {refused} refused by either')
    dcmtk = [row for row in rows if row[5].endswith('2pnm')]
    for whose, group in (('that DCMTK decodes, against it', dcmtk),
                         ('others, against a tool that is given the bare stream',
                          [row for row in rows if row not in dcmtk])):
        print(f'{len(group)} files {whose}:')
        for label, place in (('warm helper, a second file', 0),
                             ('from the start of both programs', 1)):
            ratios = sorted(row[place] for row in group)
            print(f'  {label}: median {ratios[len(ratios) // 2]:.2f}, worst {ratios[-1]:.2f}, '
                  f'over {LIMIT}: {sum(ratio > LIMIT for ratio in ratios)}')
        print(f'  second file slower than a cold peer: {sum(row[0] > 1 for row in group)}')


main()
