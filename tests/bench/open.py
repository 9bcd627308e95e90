#!/usr/bin/python3
"""Makes a 3000 x 4000 16-bit DICOM file in a folder of its own and times its opening on it."""
import os
import subprocess
import sys
import tempfile

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../fixtures"))

import decode_dicom  # noqa: E402

with tempfile.TemporaryDirectory() as folder:
    y, x = np.mgrid[0:4000, 0:3000]
    ds = decode_dicom.dataset((x * 17 + y * 13 + (x * y) % 251) % 65536)
    ds.WindowCenter, ds.WindowWidth = "32768", "40000"
    path = os.path.join(folder, "big.dcm")
    ds.save_as(path, write_like_original=False)
    sys.exit(subprocess.run([sys.argv[1], path], check=False).returncode)
