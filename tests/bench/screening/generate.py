#!/usr/bin/python3
"""Makes a set of frames with burned-in text and the truth about it: generate.py tuning|held-back FOLDER [COUNT];
generate.py packages names what Debian has the faces in.

FOLDER gets NAME.png, NAME.ink.png (in each pixel of a letter the number of its line, from 1) and boxes.tsv.
The same set has the same pixels wherever the same fonts are; nothing is taken from the clock."""
import csv
import dataclasses
import pathlib
import sys

import numpy as np
from PIL import Image

import noise
from frame import Frame

COLUMNS = ['picture', 'line', 'x', 'y', 'w', 'h', 'text', 'kind', 'identifying', 'height', 'contrast', 'turn', 'polarity',
           'font', 'script', 'modality']


def load(which):
    """The set of that name. The other one is not even read, so that nothing of it can slip in."""
    if which == 'tuning':
        import tuning_set as chosen  # noqa: PLC0415
    elif which == 'held-back':
        import held_set as chosen  # noqa: PLC0415
    else:
        raise SystemExit(f'generate.py: "{which}" is neither tuning nor held-back')
    return chosen


def kind(chosen, seed, rng=None):
    """What the seed brings up: modality, background, layout and its weight."""
    if seed not in chosen.SEEDS:
        raise SystemExit(f'generate.py: seed {seed} is not of this set')
    weights = np.array([entry[3] for entry in chosen.KINDS], dtype=float)
    rng = rng or np.random.default_rng(seed)
    return chosen.KINDS[int(rng.choice(len(chosen.KINDS), p=weights / weights.sum()))]


def make(chosen, seed):
    """The frame of one seed, with the kind that the seed brings up."""
    rng = np.random.default_rng(seed)
    modality, background, layout, _ = kind(chosen, seed, rng)
    frame = Frame(background(rng), rng)
    end = str(rng.choice(['plain', 'coded', 'filmed'], p=[0.66, 0.22, 0.12]))
    if end != 'plain':
        frame.faintest = 40  # what fainter would be left of is decided by the coding, not by the eye
    layout(frame, chosen.FONTS, rng)
    if end == 'coded':
        frame.pixels = noise.coded(frame.pixels, rng)
    elif end == 'filmed':
        frame.pixels = noise.filmed(frame.pixels, rng)
    if rng.random() < 0.12:
        frame.rotate(int(rng.choice([90, 180, 270])))
    return frame, modality


def save(frame, folder, name):
    pixels = np.clip(np.rint(frame.pixels), 0, 255).astype(np.uint8)
    grey = bool((pixels[:, :, 0] == pixels[:, :, 1]).all() and (pixels[:, :, 1] == pixels[:, :, 2]).all())
    Image.fromarray(pixels[:, :, 0] if grey else pixels).save(folder / f'{name}.png')
    Image.fromarray(frame.ink.astype(np.uint16)).save(folder / f'{name}.ink.png')


def main(arguments):
    if arguments[:1] == ['packages']:  # where the faces of both sets come from
        print('\n'.join(sorted({font.package for which in ('tuning', 'held-back') for font in load(which).FONTS})))
        return 0
    chosen, folder = load(arguments[0]), pathlib.Path(arguments[1])
    count = int(arguments[2]) if len(arguments) > 2 else 100
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / 'boxes.tsv', 'w', encoding='utf-8', newline='') as out:
        writer = csv.writer(out, delimiter='\t', lineterminator='\n', quoting=csv.QUOTE_NONE, quotechar=None)
        writer.writerow(COLUMNS)
        for seed in list(chosen.SEEDS)[:count]:
            frame, modality = make(chosen, seed)
            name = f'{modality}-{seed}'
            save(frame, folder, name)
            for number, line in enumerate(frame.lines, 1):
                row = dataclasses.asdict(line) | {'picture': name, 'line': number, 'modality': modality,
                                                  'identifying': 'yes' if line.identifying else 'no'}
                writer.writerow([row[column] for column in COLUMNS])
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
