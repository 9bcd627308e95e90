#!/usr/bin/python3
"""Trains the judge: what the screener's measurements of a line weigh.

train.py --lines TOOL [--count N] [--work FOLDER] [--weights FILE]

TOOL is bench-screening-lines: it says what is measured of each line in a picture. The pictures are the tuning set's,
N of them from its first seed on; nothing else is read. First it prints what weights are worth on backgrounds that
they have not seen: the backgrounds are dealt into FOLDS parts, and each part is judged by weights that were trained
on the others alone. Then it trains on all of them and writes FILE, the header with the weights that the screener is
built with. The same pictures and the same version of NumPy give the same weights again."""
import argparse
import csv
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from PIL import Image

import generate
import score
import tuning_set
import weights

PLACE, UNITS, FOLDS, STEPS, BATCH = 6, 32, 4, 4000, 4096
EARLY = 500       # seeds: see train_both()
LINE = 0.75       # share of a line's box on or near text from which it counts as writing
NOTHING = 0.3     # share up to which it counts as none; what lies between is not trained on, if it is small
LEAST = -0.4      # odds from which a line is suggested: LEAST_SCORE of src/screener/imp-look.c


class Picture:
    """One picture's lines as they are measured, and which of them are writing."""

    def __init__(self, path, lines, measured):
        self.path, self.lines = path, lines
        self.seed = int(path.stem.rsplit('-', 1)[1])
        self.background = generate.kind(tuning_set, self.seed)[1].__name__
        self.boxes, self.features = measured[:, :4].astype(int), measured[:, PLACE:]
        ink = self.ink()
        height, width = ink.shape
        near = score.paint(ink.shape, [score.near(line) for line in lines])
        x0, x1 = (np.clip(self.boxes[:, i], 0, width) for i in (0, 2))
        y0, y1 = (np.clip(self.boxes[:, i], 0, height) for i in (1, 3))

        def count(field):
            sums = np.zeros((height + 1, width + 1), dtype=np.int64)
            sums[1:, 1:] = field.cumsum(0, dtype=np.int64).cumsum(1)
            return sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]

        self.area = np.maximum((x1 - x0) * (y1 - y0), 1)
        share, letters = count(near) / self.area, count(ink > 0)
        self.writing = (share > LINE) & (letters >= 3)
        self.clear = self.writing | (share < NOTHING) | ((share < LINE) & (self.area > 400))

    def ink(self):
        return np.asarray(Image.open(self.path.with_name(f'{self.path.stem}.ink.png'))).astype(np.uint16)


def grey(path):
    """The picture as the helper sees it."""
    pixels = np.asarray(Image.open(path).convert('RGB')).astype(np.uint32)
    return ((77 * pixels[:, :, 0] + 150 * pixels[:, :, 1] + 29 * pixels[:, :, 2] + 128) >> 8).astype(np.uint8)


def measure(tool, folder):
    rows = {}
    with open(folder / 'boxes.tsv', encoding='utf-8', newline='') as file:
        for row in csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE):
            for key in ('x', 'y', 'w', 'h', 'height'):
                row[key] = int(row[key])
            rows.setdefault(row['picture'], []).append(row)
    pictures = []
    with subprocess.Popen([tool], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for name, lines in sorted(rows.items()):
            path = folder / f'{name}.png'
            plane = grey(path)
            process.stdin.write(f'{plane.shape[1]} {plane.shape[0]}\n'.encode() + plane.tobytes())
            process.stdin.flush()
            count = int(np.frombuffer(process.stdout.read(4), dtype=np.int32)[0])
            width = PLACE + weights.FEATURES
            data = np.frombuffer(process.stdout.read(4 * width * count), dtype=np.float32)
            pictures.append(Picture(path, lines, data.reshape(count, width)))
        process.stdin.close()
    return pictures


def gather(pictures):
    """(measurements, whether it is writing, how much that counts): a large box wrongly suggested, or missed, costs more."""
    features = np.concatenate([picture.features[picture.clear] for picture in pictures]).astype(np.float64)
    writing = np.concatenate([picture.writing[picture.clear] for picture in pictures]).astype(np.float64)
    area = np.concatenate([picture.area[picture.clear] for picture in pictures])
    counts = np.minimum(np.sqrt(area) / 40, 6)
    return features, writing, np.where(writing > 0, np.maximum(counts, 0.7), counts)


def train(pictures, seed=0):
    """Adam on the weighted logarithmic loss of UNITS units of tanh."""
    features, writing, counts = gather(pictures)
    mean, spread = features.mean(0), features.std(0) + 1e-6
    features = ((features - mean) / spread).astype(np.float32)
    writing, counts = writing.astype(np.float32), counts.astype(np.float32)
    rng = np.random.default_rng(seed)
    n, wide = features.shape
    parts = [rng.normal(0, 1 / np.sqrt(wide), (wide, UNITS)), np.zeros(UNITS), rng.normal(0, 0.3, UNITS), np.zeros(1)]
    parts = [part.astype(np.float32) for part in parts]
    means, squares = ([np.zeros_like(part) for part in parts] for _ in range(2))
    for step in range(1, STEPS + 1):
        some = rng.integers(0, n, BATCH)
        inputs, wanted, worth = features[some], writing[some], counts[some]
        hidden = np.tanh(inputs @ parts[0] + parts[1])
        odds = hidden @ parts[2] + parts[3][0]
        error = worth * (1 / (1 + np.exp(-np.clip(odds, -30, 30))) - wanted) / worth.sum()
        back = np.outer(error, parts[2]) * (1 - hidden * hidden)
        slopes = [inputs.T @ back, back.sum(0), hidden.T @ error, np.array([error.sum()], dtype=np.float32)]
        pace = 0.02 * (1 if step < STEPS * 0.6 else 0.3 if step < STEPS * 0.85 else 0.1)
        for i, slope in enumerate(slopes):
            means[i] = 0.9 * means[i] + 0.1 * slope
            squares[i] = 0.999 * squares[i] + 0.001 * slope ** 2
            parts[i] = parts[i] - pace * (means[i] / (1 - 0.9 ** step)) / (np.sqrt(squares[i] / (1 - 0.999 ** step)) + 1e-8)
            if i in (0, 2):
                parts[i] = parts[i] * (1 - pace * 1e-3)
    # What the screener measures is not brought to one range: the weights see to that.
    return weights.Weights((parts[0] / spread[:, None]).T, parts[1] - (mean / spread) @ parts[0], parts[2], float(parts[3][0]))


def train_both(pictures):
    """The mean of two: one that has seen all, and one that has seen the first EARLY seeds alone."""
    early = [picture for picture in pictures if picture.seed < tuning_set.SEEDS[0] + EARLY]
    return weights.mean([train(early), train(pictures)])


def tally(pictures, judge):
    """What is suggested with these weights, line by line; what surrounds a line does not speak for it here."""
    whole = score.Tally()
    for picture in pictures:
        kept = picture.boxes[judge(picture.features) >= LEAST]
        whole += score.score(picture.lines, picture.ink(), [(x0, y0, x1 - x0, y1 - y0) for x0, y0, x1, y1 in kept])[0]
    return whole


def cross(pictures):
    """Prints what weights are worth on backgrounds that they were not trained on."""
    names = sorted({picture.background for picture in pictures})
    print('\n| Background, judged by weights that never saw it | pictures | Identifying lines found | Leak | Precision by area |')
    print('|---|---|---|---|---|')
    whole, done = score.Tally(), 0
    for fold in range(FOLDS):
        out = names[fold::FOLDS]
        judge = train_both([picture for picture in pictures if picture.background not in out])
        for name in out:
            those = [picture for picture in pictures if picture.background == name]
            part = tally(those, judge)
            whole += part
            done += len(those)
            print_row(name, len(those), part)
    print_row('all', done, whole)


def print_row(name, count, part):
    print(f'| {name} | {count} | {100 * part.recall():.2f} % ({part.named_found} of {part.named}) '
          f'| {100 * part.leak():.2f} % | {100 * part.precision():.1f} % |', flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--lines', required=True, help='bench-screening-lines')
    parser.add_argument('--count', type=int, default=900)
    parser.add_argument('--work', help='the pictures, if they have been made, or where to make them')
    parser.add_argument('--weights', help='the header to write')
    parser.add_argument('--quick', action='store_true', help='without judging backgrounds that were left out')
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(arguments.work or scratch)
        if not (folder / 'boxes.tsv').exists():
            generate.main(['tuning', str(folder), str(arguments.count)])
        pictures = measure(arguments.lines, folder)
        print(f'{len(pictures)} pictures, {sum(len(picture.boxes) for picture in pictures)} lines measured, '
              f'{sum(int(picture.writing.sum()) for picture in pictures)} of them writing', flush=True)
        if not arguments.quick:
            cross(pictures)
        judge = train_both(pictures)
        if arguments.weights:
            weights.write(judge, arguments.weights, f'{len(pictures)} pictures of the tuning set, from seed {tuning_set.SEEDS[0]} on')
            print(f'\nFingerprint of the weights: {weights.fingerprint(arguments.weights)}')
    return 0


if __name__ == '__main__':
    sys.exit(main())
