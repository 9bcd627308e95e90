#!/usr/bin/python3
"""Holds the tuning set and the held-back set apart, the scoring to sums that were done by hand, and the judge's weights
to what docs/screening.md says that they are."""
import ast
import contextlib
import io
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import numpy as np  # noqa: E402

import generate  # noqa: E402
import held_set  # noqa: E402
import score  # noqa: E402
import tuning_set  # noqa: E402
import weights  # noqa: E402

ROOT = os.path.join(HERE, '..', '..', '..')


def family(font):
    """The first word of a face's name: faces of one family count as one."""
    return font.name.split()[0]


def shapes(module):
    """What each function of a set does, whatever it is called."""
    with open(module.__file__, encoding='utf-8') as source:
        tree = ast.parse(source.read())
    return {ast.dump(ast.Module(node.body[ast.get_docstring(node) is not None:], [])): node.name
            for node in tree.body if isinstance(node, ast.FunctionDef)}


def shared(one, other):
    """What two sets have in common, in words; nothing where they are apart."""
    found = []
    if set(one.SEEDS) & set(other.SEEDS):
        found.append('seeds')
    for what, key in (('face', family), ('file', lambda font: font.path.rsplit('/', 1)[1]),
                      ('folder', lambda font: font.path.rsplit('/', 1)[0])):
        common = {key(font) for font in one.FONTS} & {key(font) for font in other.FONTS}
        found += [f'{what} {name}' for name in sorted(common)]
    for place, what in ((1, 'background'), (2, 'layout')):
        common = {kind[place].__name__ for kind in one.KINDS} & {kind[place].__name__ for kind in other.KINDS}
        found += [f'{what} {name}' for name in sorted(common)]
    first, second = shapes(one), shapes(other)
    found += [f'function {first[body]}' for body in sorted(set(first) & set(second))]
    return found


class Planted:
    """A held-back set with things of the tuning set in it, which must be noticed."""
    __file__ = tuning_set.__file__
    SEEDS = range(2999, 3100)
    FONTS = held_set.FONTS + tuning_set.FONTS[:1]
    KINDS = held_set.KINDS + tuning_set.KINDS[:1]


def planted_is_noticed():
    found = shared(tuning_set, Planted)
    for what in ('seeds', 'face DejaVu', 'background sector', 'layout header_strip', 'function sector'):
        assert any(part.startswith(what) for part in found), (what, found)


def sets_are_apart():
    found = shared(tuning_set, held_set)
    assert not found, found


def tuning_reads_nothing_held_back():
    code = ('import sys; import generate; generate.load("tuning"); '
            'sys.exit("held_set" in sys.modules)')
    assert subprocess.run(['/usr/bin/python3', '-B', '-c', code], cwd=HERE, check=False).returncode == 0
    for seed in (held_set.SEEDS[0], held_set.SEEDS[-1]):
        with contextlib.redirect_stderr(io.StringIO()):
            try:
                generate.make(tuning_set, seed)
            except SystemExit:
                continue
        raise AssertionError(f'tuning made the held-back frame {seed}')


def scores_are_right():
    ink = np.zeros((40, 100), dtype=np.uint16)
    ink[10:20, 10:30] = 1                       # 200 pixels, identifying
    ink[30:35, 10:30] = 2                       # 100 pixels, not identifying
    lines = [{'x': 10, 'y': 10, 'w': 20, 'h': 10, 'height': 10, 'identifying': 'yes'},
             {'x': 10, 'y': 30, 'w': 20, 'h': 5, 'height': 5, 'identifying': 'no'}]
    tally, shares = score.score(lines, ink, [(10, 10, 19, 10)])      # one column of twenty is left: 95 %
    assert shares == [0.95, 0.0] and tally.recall() == 1.0 and tally.recall_all() == 0.5, shares
    assert tally.leak() == 10 / 200 and tally.precision() == 1.0
    tally, _ = score.score(lines, ink, [(10, 10, 18, 10), (60, 0, 18, 10)])
    assert tally.recall() == 0.0 and tally.leak() == 20 / 200 and tally.precision() == 0.5
    tally, _ = score.score(lines, ink, [(0, 10, 10, 10)])            # half the letters' height to the left: 5 of 10
    assert tally.precision() == 0.5 and tally.leak() == 1.0
    tally, _ = score.score(lines, ink, [(-50, -50, 300, 300)])
    assert tally.leak() == 0.0 and tally.area == 4000
    # Line 1 grown by 5 is 30 x 20, line 2 grown by 4 is 28 x 13; one ends where the other has not begun.
    assert tally.area_true == 600 + 364, tally.area_true
    grey = np.full((40, 100), 20, dtype=np.uint8)
    grey[12:18, 12:20] = 200
    assert int((score.ink_of(grey, lines[:1]) == 1).sum()) == 48


def weights_are_documented():
    header = os.path.join(ROOT, 'src', 'screener', 'imp-judge-weights-private.h')
    with open(os.path.join(ROOT, 'src', 'screener', 'imp-judge.h'), encoding='utf-8') as file:
        assert f'#define IMP_JUDGE_FEATURES {weights.FEATURES}\n' in file.read(), 'weights.py counts other measurements'
    with open(os.path.join(ROOT, 'docs', 'screening.md'), encoding='utf-8') as file:
        page = file.read()
    found = weights.fingerprint(header)
    assert f'`{found}`' in page, f'docs/screening.md does not name the weights {found}: see tests/bench/screening/train.py'
    with tempfile.TemporaryDirectory() as folder:  # what is written is what is read
        copy = os.path.join(folder, 'weights.h')
        judge = weights.read(header)
        weights.write(judge, copy, 'a copy')
        assert weights.fingerprint(copy) == found
        judge.bias += 0.001
        weights.write(judge, copy, 'another one')
        assert weights.fingerprint(copy) != found


CHECKS = [planted_is_noticed, sets_are_apart, tuning_reads_nothing_held_back, scores_are_right, weights_are_documented]

if __name__ == '__main__':
    print(f'1..{len(CHECKS)}')
    failed = 0
    for number, check in enumerate(CHECKS, 1):
        try:
            check()
            print(f'ok {number} - {check.__name__}')
        except AssertionError as error:
            failed += 1
            print(f'not ok {number} - {check.__name__}: {error}')
    sys.exit(1 if failed else 0)
