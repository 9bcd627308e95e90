#!/usr/bin/python3
"""Prints how long making and proving a PNG of a 24-megapixel photo takes, as a ratio to the whole
process of vips, and how large it is, as a ratio to what ImageMagick writes; all in one run.

Usage: release-proof.py BENCH-RELEASE-PROOF [ROUNDS]
"""

import importlib
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
make_photo = importlib.import_module("make-photo")


def seconds(command):
    began = time.monotonic()
    result = subprocess.run([str(part) for part in command], check=True, capture_output=True,
                            text=True)
    return time.monotonic() - began, result.stdout


def main():
    program = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        photo, ours, stripped = folder / "in.jpg", folder / "ours.png", folder / "convert.png"
        make_photo.main(photo)
        ratios, parts = [], {}
        for _ in range(rounds):
            mine, output = seconds([program, photo, ours])
            theirs, _ = seconds(["vips", "copy", photo,
                                 f"{folder / 'vips.png'}[strip,compression=6]"])
            ratios.append(mine / theirs)
            for line in output.splitlines():
                part, value = line.split()
                parts.setdefault(part, []).append(float(value))
        seconds(["convert", photo, "-strip", stripped])
        print("decode, flatten, encode, verify / vips, whole processes: "
              f"median {statistics.median(ratios):.2f}, best {min(ratios):.2f}")
        print("seconds: " + ", ".join(f"{part} {min(values):.2f}"
                                      for part, values in parts.items() if part != "bytes"))
        print(f"bytes / convert -strip: {ours.stat().st_size / stripped.stat().st_size:.2f}")


if __name__ == "__main__":
    main()
