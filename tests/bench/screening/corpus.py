"""The real files with burned-in text, and the boxes that were drawn round it by hand."""
import csv
import pathlib

import numpy as np
from PIL import Image

import score


def rows(folder):
    """{path below the folder: its lines}, in the order of the list."""
    files = {}
    with open(pathlib.Path(folder, 'BOXES.tsv'), encoding='utf-8', newline='') as file:
        for row in csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE):
            lines = files.setdefault(row['path'], [])
            if not row['x']:  # looked at, and without text
                continue
            line = {key: int(row[key]) for key in 'xywh'}
            line |= {'text': row['text'], 'kind': row['class'], 'identifying': row['identifying'],
                     'height': min(line['w'], line['h']), 'frame': int(row['frame']), 'sure': row['confidence'] == 'sure'}
            lines.append(line)
    return files


def ink(picture, lines):
    """Letters' pixels of a rendered file: see score.ink_of()."""
    return score.ink_of(np.asarray(Image.open(picture).convert('L')), lines)
