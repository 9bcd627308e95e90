#!/usr/bin/python3
"""Makes a picture of 4096 × 4096 pixels of 16 bits and drags its window: wl-drag.py PROGRAM.

Runs under tests/xrun."""
import os
import subprocess
import sys
import tempfile

import numpy
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

SIDE = 4096


def main():
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.1.1"
    meta.MediaStorageSOPInstanceUID = generate_uid(entropy_srcs=["imprimatur", "wl-drag"])
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
    data.is_little_endian = True
    data.is_implicit_VR = False
    data.SOPClassUID = meta.MediaStorageSOPClassUID
    data.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    data.Modality = "DX"
    data.SamplesPerPixel = 1
    data.PhotometricInterpretation = "MONOCHROME2"
    data.Rows = data.Columns = SIDE
    data.BitsAllocated = data.BitsStored = 16
    data.HighBit = 15
    data.PixelRepresentation = 0
    data.WindowCenter, data.WindowWidth = "32768", "40000"
    noise = numpy.random.default_rng(4096).integers(0, 4096, (SIDE, SIDE))
    data.PixelData = (noise + numpy.arange(SIDE) * 15).astype("<u2").tobytes()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "large.dcm")
        data.save_as(path, write_like_original=False)
        return subprocess.run([sys.argv[1], path], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
