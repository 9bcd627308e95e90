#!/usr/bin/python3
"""How much a person is still asked about: second.py --corpus FOLDER [--report FILE]

Releases each picture of the corpus that has burned-in text through the command line, with all suggestions accepted and
nothing else covered, and counts the places that the gate then still asks about (floor:output-text) and those that it
refuses because they match what the file says of its patient (floor:output-shows). --report puts what is printed into
FILE, between its marks."""
import argparse
import pathlib
import statistics
import sys
import time

import bench
import corpus

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'e2e'))
from cli import Desk  # noqa: E402

ASKED, SHOWN = 'floor:output-text', 'floor:output-shows'


def ask(desk, person, source, more, answers):
    """({rule: places}, seconds) of one release, or None where the file is refused for what it is."""
    target = desk.out / f'{source.stem}.png'
    begin = time.monotonic()
    answer = desk.run(*desk.release_arguments(source, target, person, boxes=(), answers=answers, more=more))
    seconds = time.monotonic() - begin
    target.unlink(missing_ok=True)
    if answer.status not in (0, 3):
        return None
    places = {ASKED: 0, SHOWN: 0}
    for each in answer.json if answer.status == 3 else ():
        if each['rule'] in places:
            places[each['rule']] += 1
    return places, seconds


def row_of(name, values):
    return f'| {name} | {statistics.median(values):g} | {max(values)} | {sum(value == 0 for value in values)} of {len(values)} |'


def measure(folder):
    desk = Desk().init()
    try:
        person = desk.add_person()
        desk.add_permission(person)
        answers = {**desk.answers('teaching-file', 'consent'), 'same-person': 'yes'}
        asked, shown, bare, seconds, left_out = [], [], [], [], 0
        for path in corpus.rows(folder):
            source = pathlib.Path(folder, path)
            accepted = ask(desk, person, source, ['--accept-suggestions'], answers)
            plain = ask(desk, person, source, [], answers)
            if accepted is None or plain is None:
                left_out += 1
                continue
            asked.append(accepted[0][ASKED])
            shown.append(accepted[0][SHOWN])
            bare.append(sum(plain[0].values()))
            seconds.append(plain[1])
        return '\n'.join([
            f'{len(asked)} pictures; {left_out} more are refused for what they are. A release of one takes '
            f'{statistics.median(seconds):.1f} s at the median, from the start of the program.', '',
            '| Places of one picture | median | most | none at all |', '|---|---|---|---|',
            row_of('asked about, nothing covered', bare),
            row_of('asked about, suggestions accepted', asked),
            row_of('refused as the patient\'s, suggestions accepted', shown)])
    finally:
        desk.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--corpus', required=True)
    parser.add_argument('--report')
    options = parser.parse_args()
    text = measure(options.corpus)
    print(text)
    if options.report:
        bench.report(options.report, 'second look', text)


if __name__ == '__main__':
    main()
