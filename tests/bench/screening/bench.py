#!/usr/bin/python3
"""Measures screening on a made set or on the corpus, beside plain Tesseract in the same run.

bench.py --look TOOL [--cli TOOL] [--set tuning|held-back] [--count N] [--corpus FOLDER] [--work FOLDER] [--missed FILE]
         [--report FILE]

Prints one table for all, and one each by class, contrast, height, turn and kind of picture. --missed writes every
line that was not found, the barest first; for the held-back set it is refused, as nobody looks there. --report puts
what is printed into FILE, between its marks for this set or for the corpus."""
import argparse
import csv
import datetime
import io
import json
import pathlib
import re
import sys
import tempfile

import numpy as np
from PIL import Image

import corpus
import generate
import own
import peers
import score

GROUPS = [('class', lambda line: line['kind']),
          ('contrast', lambda line: step(line.get('contrast'), (2, 4, 8, 16, 32, 64, 128))),
          ('height', lambda line: step(line['height'], (8, 10, 12, 16, 24, 32, 48))),
          ('turn', lambda line: line.get('turn')), ('script', lambda line: line.get('script')),
          ('face', lambda line: line.get('font'))]


def step(value, edges):
    """The stretch between two edges that a value is in, such as "16-31"."""
    if value is None:
        return None
    low = max((edge for edge in edges if edge <= value), default=0)
    high = min((edge for edge in edges if edge > value), default=None)
    return f'{low:3}-{high - 1}' if high else f'{low:3} and more'


class Picture:
    """One picture to be screened, with what is known about it, and the file that it is of."""

    def __init__(self, path, label, kind, lines, ink, file=None):
        self.path, self.label, self.kind, self.lines, self.ink = path, label, kind, lines, ink
        self.file = file or path


def made(which, count, folder):
    """The pictures of a made set, made anew."""
    if generate.main([which, str(folder), str(count)]) != 0:
        raise SystemExit('the pictures could not be made')
    lines = {}
    with open(folder / 'boxes.tsv', encoding='utf-8', newline='') as file:
        for row in csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE):
            for key in ('x', 'y', 'w', 'h', 'height', 'contrast', 'turn'):
                row[key] = int(row[key])
            lines.setdefault(row['picture'], []).append(row)
    return [Picture(str(folder / f'{name}.png'), name, name.rsplit('-', 1)[0], lines[name],
                    np.asarray(Image.open(folder / f'{name}.ink.png')).astype(np.uint16)) for name in sorted(lines)]


def rendered(tool, files, folder):
    """The pictures of the corpus, each as the program itself renders it."""
    pictures = []
    for number, (name, lines) in enumerate(corpus.rows(files).items()):
        path = folder / f'{number:02}.png'
        own.render(tool, pathlib.Path(files, name), 1, path)
        pictures.append(Picture(str(path), name, name, lines, corpus.ink(path, lines), str(pathlib.Path(files, name))))
    return pictures


def tallies(pictures, run):
    """(the tally of all, {picture: tally}, [(picture, line, share covered)])."""
    whole, each, lines = score.Tally(), {}, []
    for picture in pictures:
        tally, shares = score.score(picture.lines, picture.ink, run.boxes[picture.path])
        whole += tally
        each[picture.label] = tally
        lines += [(picture, line, share) for line, share in zip(picture.lines, shares)]
    return whole, each, lines


def per_file(each):
    """The mean over all pictures that have identifying lines, each counting as much: (recall, leak)."""
    tallies_ = [tally for tally in each.values() if tally.named]
    return np.mean([tally.recall() for tally in tallies_]), np.mean([tally.leak() for tally in tallies_])


def percent(value):
    return f'{100 * value:6.2f} %' if value == value else '       –'


def print_whole(runs, megapixels):
    print('| | Identifying lines found | mean of pictures | All lines found | Leak | mean of pictures | Precision by area '
          '| CPU s/MP | Wall s/MP | Memory |')
    print('|---|---|---|---|---|---|---|---|---|---|')
    for run, (tally, each, _) in runs:
        recall, leak = per_file(each)
        print(f'| {run.name} | {percent(tally.recall())} ({tally.named_found} of {tally.named}) | {percent(recall)} '
              f'| {percent(tally.recall_all())} | {percent(tally.leak())} | {percent(leak)} | {percent(tally.precision())} '
              + (f'| {run.cpu / megapixels:.3f} | {run.wall / megapixels:.3f} | {run.memory / 2 ** 20:.0f} MiB |' if run.memory
                 else '| – | – | – |'))


def print_groups(runs):
    for title, key in GROUPS:
        groups = sorted({str(key(line)) for _, line, _ in runs[0][1][2] if key(line) is not None})
        if not groups:
            continue
        print(f'\n| Identifying lines by {title} | lines | ' + ' | '.join(run.name for run, _ in runs) + ' |')
        print('|---|---|' + '---|' * len(runs))
        for group in groups:
            cells = []
            for _, (_, _, lines) in runs:
                shares = [share for _, line, share in lines if line['identifying'] == 'yes' and str(key(line)) == group]
                cells.append(percent(np.mean([share >= score.FOUND for share in shares]) if shares else float('nan')))
            if shares:
                print(f'| {group} | {len(shares)} | ' + ' | '.join(cells) + ' |')


def print_pictures(pictures, runs, title):
    kinds = {}
    for picture in pictures:
        kinds.setdefault(picture.kind, []).append(picture.label)
    print(f'\n| {title} | lines | ' + ' | '.join(f'{run.name}: found, leak, precision' for run, _ in runs) + ' |')
    print('|---|---|' + '---|' * len(runs))
    for kind, labels in kinds.items():
        cells = []
        for _, (_, each, _) in runs:
            tally = score.Tally()
            for label in labels:
                tally += each[label]
            cells.append(f'{percent(tally.recall())} {percent(tally.leak())} {percent(tally.precision())}')
        print(f'| {kind} | {tally.named} of {tally.lines} | ' + ' | '.join(cells) + ' |')


class Both:
    """Prints, and keeps what was printed."""

    def __init__(self):
        self.kept = io.StringIO()

    def write(self, text):
        sys.__stdout__.write(text)
        return self.kept.write(text)

    def flush(self):
        sys.__stdout__.flush()


def report(path, name, text):
    """Puts text between the marks of that name."""
    page = pathlib.Path(path)
    begin, end = f'<!-- {name}: written by scripts/bench-screening -->', f'<!-- end of {name} -->'
    before = page.read_text(encoding='utf-8')
    if begin not in before or end not in before:
        raise SystemExit(f'{path} has no marks for {name}')
    today = datetime.date.today().isoformat()
    text = re.sub(r' +\n', '\n', text).strip()
    page.write_text(before[:before.index(begin)] + f'{begin}\nMeasured on {today}.\n\n{text}\n' + before[before.index(end):],
                    encoding='utf-8')


def write_missed(path, runs):
    run, (_, _, lines) = runs[0]
    with open(path, 'w', encoding='utf-8') as out:
        out.write(f'Lines not found by {run.name}\n')
        for picture, line, share in sorted(lines, key=lambda entry: entry[2]):
            if share < score.FOUND and line['identifying'] == 'yes':
                out.write(json.dumps({'picture': picture.label, 'covered': round(share, 3)} | line, ensure_ascii=False) + '\n')


def measure(pictures, arguments, title):
    megapixels = sum(picture.ink.size for picture in pictures) / 1e6
    paths = [picture.path for picture in pictures]
    runs = [own.look(arguments.look, paths)]
    if not arguments.alone:
        runs += [peers.tesseract(paths, psm) for psm in (3, 11)]
    if arguments.cli:
        runs.append(own.offer(arguments.cli, [(picture.path, picture.file, 1) for picture in pictures]))
    runs = [(run, tallies(pictures, run)) for run in runs]
    print(f'\n### {title}\n\n{len(pictures)} pictures, {megapixels:.1f} megapixels, '
          f'{sum(len(picture.lines) for picture in pictures)} lines\n')
    print_whole(runs, megapixels)
    print_groups(runs)
    print_pictures(pictures, runs, 'Kind of picture' if pictures[0].label != pictures[0].kind else 'File')
    for run, _ in runs:
        for failed in run.failed:
            print(f'\n{run.name}: not screened: {failed}')
    return runs


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--look', required=True, help='the program that drives the screener')
    parser.add_argument('--cli', help='the command line, for what a person is offered')
    parser.add_argument('--set', choices=['tuning', 'held-back'])
    parser.add_argument('--count', type=int, default=150)
    parser.add_argument('--corpus')
    parser.add_argument('--alone', action='store_true', help='without Tesseract')
    parser.add_argument('--work', help='keep the pictures there')
    parser.add_argument('--missed')
    parser.add_argument('--report')
    arguments = parser.parse_args()
    if arguments.missed and arguments.set == 'held-back':
        parser.error('nobody looks at what is held back')
    sys.stdout = Both()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(arguments.work or folder)
        work.mkdir(parents=True, exist_ok=True)
        runs = None
        if arguments.set:
            runs = measure(made(arguments.set, arguments.count, work), arguments, f'Made pictures, {arguments.set}')
        if arguments.corpus and pathlib.Path(arguments.corpus, 'BOXES.tsv').exists():
            runs = measure(rendered(arguments.look, arguments.corpus, work), arguments, 'Corpus')
        elif arguments.corpus:
            print('\n### Corpus\n\nNot run: the corpus is not here.')
        if arguments.missed:
            write_missed(arguments.missed, runs)
    if arguments.report:
        report(arguments.report, arguments.set or 'corpus', sys.stdout.kept.getvalue())
    return 0


if __name__ == '__main__':
    sys.exit(main())
