#!/usr/bin/python3
"""Measures the look for faces: faces.py --look TOOL [--corpus FOLDER] [--report FILE]

On drawn faces (tests/fixtures/faces_make.py), and on what of the corpus the program takes for photographs, where it is
also timed beside the look for text and codes. --report puts what is printed into FILE, between its marks."""
import argparse
import pathlib
import sys
import tempfile

from PIL import ImageOps

import bench
import own

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'fixtures'))
import faces_make  # noqa: E402

SIZES = (30, 40, 60, 100, 200, 400)  # pixels of the square, in a picture 1000 wide
PLACES = ((80, 60), (520, 310))
FOUND = 0.95                         # share of a face, from brows to mouth, that one suggestion covers
WAYS = [('from the front', 'front', 0), ('turned by 90°', 'front', 90), ('turned by 180°', 'front', 180),
        ('turned by 270°', 'front', 270), ('tilted by 10°', 'front', 10), ('tilted by 20°', 'front', 20),
        ('tilted by 30°', 'front', 30), ('from the side, looking left', 'left', 0),
        ('from the side, looking right', 'right', 0)]
# Every face of a person in the corpus, from brows to mouth, looked for by eye in all of its colour pictures.
PEOPLE = {'dicom/palette_headerless_OT-PAL-8-face.dcm': [(200, 110, 210, 230)],
          'jpeg/rgb_adobe0_rgb.jpg': [(308, 180, 22, 22), (292, 85, 23, 23)]}


def covers(box, face):
    width = min(box[0] + box[2], face[0] + face[2]) - max(box[0], face[0])
    height = min(box[1] + box[3], face[1] + face[3]) - max(box[1], face[1])
    return max(width, 0) * max(height, 0) >= FOUND * face[2] * face[3]


def middle(place, size):
    """What of a drawn face every turn and view of it has in common: the middle of its square."""
    return place[0] + size * 3 // 8, place[1] + size * 3 // 8, size // 4, size // 4


def made(tool, folder):
    faces = {'front': faces_make.front(), 'left': faces_make.side()}
    faces['right'] = ImageOps.mirror(faces['left'])
    pictures = {}
    for way, view, turn in WAYS:
        for size in SIZES:
            for number, place in enumerate(PLACES):
                path = folder / f'{view}-{turn}-{size}-{number}.png'
                faces_make.photograph(faces[view], size, turn, place).save(path)
                pictures[str(path)] = way, size, middle(place, size)
    bare = folder / 'bare.png'
    faces_make.cloth().save(bare)
    run = own.look(tool, [*pictures, str(bare)], 'faces')
    found, false = {}, len(run.boxes[str(bare)])
    for path, (way, size, face) in pictures.items():
        hit = [covers(box, face) for box in run.boxes[path]]
        found[way, size] = found.get((way, size), 0) + any(hit)
        false += hit.count(False)
    print(f'\n### Drawn faces\n\nFound of {len(PLACES)} each, by the width of the face\'s square in a picture 1000 wide; '
          f'{false} suggestions elsewhere.\n')
    print('| |' + ''.join(f' {size} |' for size in SIZES) + '\n|---|' + '---|' * len(SIZES))
    for way, _, _ in WAYS:
        print(f'| {way} |' + ''.join(f' {found[way, size]} |' for size in SIZES))


def corpus(tool, folder):
    files = [str(path) for path in sorted(folder.glob('*/*'))
             if path.is_file() and path.parent.name != 'malformed']
    first = own.look(tool, files, 'faces')
    looked = [path for path in files if first.answers[path].get('looked')]
    faces, text = own.look(tool, looked, 'faces'), own.look(tool, looked)
    people = {str(folder / name): boxes for name, boxes in PEOPLE.items()}
    n_found, n_false, n_pictures = 0, 0, 0
    for path in looked:
        boxes, there = faces.boxes[path], people.get(path, [])
        n_found += sum(any(covers(box, face) for box in boxes) for face in there)
        false = sum(not any(covers(box, face) for face in there) for box in boxes)
        n_false += false
        n_pictures += false > 0
    n_people = sum(len(boxes) for boxes in PEOPLE.values())
    print(f'\n### Faces in the corpus\n\nThe program takes {len(looked)} of its files for photographs. {n_found} of {n_people} faces of '
          f'people in them are found, and {n_false} suggestions in {n_pictures} pictures are none.\n')
    print(f'Looking for faces takes {faces.cpu / len(looked):.2f} s of CPU for each picture, {faces.cpu / text.cpu:.2f} times '
          f'what text and codes take, and {faces.memory / 2 ** 20:.0f} MiB at most.')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--look', required=True, help='the program that drives the screener')
    parser.add_argument('--corpus')
    parser.add_argument('--report')
    arguments = parser.parse_args()
    sys.stdout = bench.Both()
    with tempfile.TemporaryDirectory() as folder:
        made(arguments.look, pathlib.Path(folder))
    if arguments.corpus and pathlib.Path(arguments.corpus).is_dir():
        corpus(arguments.look, pathlib.Path(arguments.corpus))
    else:
        print('\n### Faces in the corpus\n\nNot run: the corpus is not here.')
    if arguments.report:
        bench.report(arguments.report, 'faces', sys.stdout.kept.getvalue())
    return 0


if __name__ == '__main__':
    sys.exit(main())
