#!/usr/bin/python3
"""Makes a folder of 10,000 files of forty patients and times its list and its first screenful."""
import os
import subprocess
import sys
import tempfile

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../fixtures"))

import curate_make  # noqa: E402

FILES, PATIENTS, SIDE = 10000, 40, 256

with tempfile.TemporaryDirectory() as folder:
    # One picture for each patient, whose numbers are changed in its bytes: pydicom is slow.
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    for who in range(PATIENTS):
        patient = {"PatientName": f"EXAMPLE^PERSON {who:04d}", "PatientID": f"H{who:06d}",
                   "PatientBirthDate": "19700102"}
        base = curate_make.image(patient, 100 + who, 1, 100000, Rows=SIDE, Columns=SIDE,
                                 pixels=(x * 9 + y * 5 + (x * y) % 97 + who) % 4096)
        os.mkdir(os.path.join(folder, f"{who:02d}"))
        for number in range(FILES // PATIENTS):
            data = base.replace(b"100000", b"%06d" % (100000 + number))
            with open(os.path.join(folder, f"{who:02d}", f"{number:05d}.dcm"), "wb") as out:
                out.write(data)
    sys.exit(subprocess.run([sys.argv[1], folder], check=False).returncode)
