#!/usr/bin/python3
"""Releases a 24-megapixel photo to PNG through the gate, proof included, and prints ratios against
vips (whole process) and ImageMagick (bytes) in the same run.

Usage: IMP_CLI=…/imprimatur-cli IMP_SAMPLE=data/sample tests/bench/release.py [ROUNDS]"""
import importlib
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'e2e')]
make_photo = importlib.import_module('make-photo')
Desk = importlib.import_module('cli').Desk


def made(folder):
    folder.mkdir()
    return folder


def timed(command, output, **options):
    output.unlink(missing_ok=True)
    began = time.monotonic()
    subprocess.run([str(part) for part in command], check=True, capture_output=True, **options)
    return time.monotonic() - began


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        photo, ours, theirs = folder / 'in.jpg', folder / 'ours.png', folder / 'vips.png'
        make_photo.main(photo)
        desk = Desk(made(folder / 'desk')).init()
        release = desk.command(*desk.release_arguments(photo, ours, 'unknown', route='anonymised',
                                                       boxes=[(100, 100, 900, 300)]))
        vips = ['vips', 'copy', photo, f'{theirs}[strip,compression=6]']
        ratios, seconds = [], []
        for _ in range(rounds):
            mine = timed(release, ours, env=desk.environment)
            other = timed(vips, theirs)
            ratios.append(mine / other)
            seconds.append((mine, other))
        stripped = folder / 'convert.png'
        subprocess.run(['convert', str(photo), '-strip', str(stripped)], check=True)
        print(f'release / vips copy, whole process: median {statistics.median(ratios):.2f} '
              f'(min {min(ratios):.2f}, max {max(ratios):.2f}, {rounds} rounds; '
              f'last {seconds[-1][0]:.2f} s / {seconds[-1][1]:.2f} s)')
        print(f'bytes / convert -strip: {ours.stat().st_size / stripped.stat().st_size:.2f} '
              f'({ours.stat().st_size} / {stripped.stat().st_size})')


if __name__ == '__main__':
    main()
