"""Plain Tesseract as anybody runs it: word boxes of a page, one process for the whole list of pictures, so that
it starts up once, as the program's own helper does."""
import csv
import os
import pathlib
import subprocess
import tempfile
import time


class Run:
    """What one tool suggested for each picture, and what that took."""

    def __init__(self, name):
        self.name = name
        self.boxes = {}      # picture's path: list of (x, y, w, h)
        self.wall = 0.0      # seconds
        self.cpu = 0.0
        self.memory = 0      # most of it that was resident at once, in bytes
        self.failed = []     # pictures that it gave up on


def measured(arguments, **more):
    """Runs one process to its end: (status, wall seconds, CPU seconds, peak bytes)."""
    begin = time.monotonic()
    process = subprocess.Popen(arguments, **more)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def tesseract(pictures, psm):
    """All words that `tesseract --psm N` finds, whatever it reads there."""
    run = Run(f'tesseract --psm {psm}')
    with tempfile.TemporaryDirectory() as folder:
        listed = pathlib.Path(folder, 'list.txt')
        listed.write_text(''.join(f'{picture}\n' for picture in pictures), encoding='utf-8')
        status, run.wall, run.cpu, run.memory = measured(
            ['tesseract', listed, pathlib.Path(folder, 'out'), '--psm', str(psm), 'tsv'],
            env=dict(os.environ, OMP_THREAD_LIMIT='1'), stderr=subprocess.DEVNULL)
        if status != 0:
            raise SystemExit(f'{run.name} ended with status {status}')
        run.boxes = {str(picture): [] for picture in pictures}
        with open(pathlib.Path(folder, 'out.tsv'), encoding='utf-8', newline='') as file:
            for row in csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE):
                if row['level'] == '5' and row['text'].strip():
                    run.boxes[str(pictures[int(row['page_num']) - 1])].append(
                        tuple(int(row[key]) for key in ('left', 'top', 'width', 'height')))
    return run
