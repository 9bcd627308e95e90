#!/usr/bin/python3
"""Measures how far each lossy coding carries what is covered, and writes docs/margins.md:
margins.py FILE. The codecs' own tools do the coding and the decoding."""
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '../e2e'))

import lossy  # noqa: E402

DISTANCES = (0, 16, 32, 48, 64, 80, 96)
NAMES = {'jpeg-ls': 'JPEG-LS near-lossless', 'jpeg-2000': 'JPEG 2000, HTJ2K', 'webp': 'WebP',
         'jpeg-xl': 'JPEG XL', 'heic': 'HEIC', 'avif': 'AVIF',
         'unknown': 'lossy once, in a way not known'}
ENCODERS = {'jpeg-ls': 'dcmcjpls', 'jpeg-2000': 'opj_compress -I', 'webp': 'cwebp',
            'jpeg-xl': 'cjxl', 'heic': 'heif-enc', 'avif': 'heif-enc --avif',
            'unknown': 'at 2/3 of its size, then enlarged:'}

HEAD = """# Margins: how far a lossy coding carries what is covered

A box that is filled tightly leaves traces of what it covers in the pixels around it, where the source was coded with
losses. For JPEG the blocks are known: boxes reach out to the edges of its blocks and one pixel more, and nothing is
left (leaks.md row 14; the master test proves it byte for byte). The other codings have no such grid, so a box, and what
a crop cuts off, is widened by a margin; the receipt says "margin", and not "proof". HTJ2K has the wavelets of JPEG
2000 and differs in its entropy coder alone, so that the margin of JPEG 2000 holds for it, too; no HTJ2K encoder was at
hand to measure it apart.

JPEG 2000 that its file calls lossless takes no margin: a stream with the reversible 5/3 wavelet under a lossless
transfer syntax. It can still have left out coding passes, and nothing but the file's word speaks against that, so the
receipt says "claim" where something is covered, and not "proof": where the claim is untrue, traces may stay outside the
boxes.

WebP takes its margin in the lossless form as well: an encoder may round the pixels before it codes them, as `cwebp
-near_lossless` does, by looking at those beside them, and no header says so.

JPEG XL's modular coding has palettes that lose something (`cjxl -m 1 -d 0 --modular_lossy_palette`). Which colours are
chosen goes on along the rows, so that a covered part moves the whole picture: a grainy one of 192 × 192 pixels in colour
differs by up to 48 levels, a grey one by up to 10, as much far away as beside the box (root mean square 7.0 to 7.5, and
0.8 to 0.9, in every ring). That is within the rule, and shows in no margin. Its encoder takes minutes for the pictures
that are measured here, so that it has no row below.

This page is written by `tests/bench/margins.py`; `src/image/imp-margin.c` holds the margins, and the master test holds
both against each other, and the rule against the program with every codec whose encoder is installed.

## The rule

Two pictures that are the same but for {width} × {height} pixels are coded and decoded: words against nothing, words
against other words, noise against nothing; on flat, smooth and grainy ground. In rings of {ring} pixels around the box,
the difference of the two is measured (root mean square, in grey levels of 255). The margin is the smallest multiple of
{step} beyond which no ring differs by more than the picture differs far away (over {far} pixels off), but for one grey
level or, if that is more, half of what it differs by far away. It is never less than one block of the coding and the
filters after it reach.

Why not "nothing differs beyond it": a coder that shares out a number of bits, or predicts from what it has coded, takes
other decisions in the whole picture when a part of it changes. That moves pixels everywhere, by no more than the coding
changes them anyway, and it does not show what was covered; but it is a difference, so no margin is a proof.

| Coding | Margin | As measured | One block and its filters |
|---|---|---|---|
"""

MIDDLE = """
## What was measured

For each setting the worst of all pairs: the largest difference of any pixel that lies farther off than so many pixels,
how many pixels differ by more than one level beyond the margin, and what the picture differs by far away (root mean
square).

| Coding | Setting | {heads} | Over 1 beyond the margin | Far away |
|---|---|{lines}---|---|
"""

TAIL = """
## What a margin costs

A crop has edges, and what lies beyond them was cut off to be destroyed: a strip of the margin's width is filled inside
each edge at which something was cut off. Of a picture of 1024 × 768 pixels cropped by 100 pixels on each side, this
remains to be seen:

| Coding | Strip | Seen of the crop |
|---|---|---|
{strips}
That is much, and it is deliberate: a strip of 1 pixel would be prettier, and would leave the traces of a name in the
rows next to the edge. Cropping from a source without losses, or from JPEG, costs nothing or a block.
"""


def measure(codec, setting):
    with tempfile.TemporaryDirectory() as folder:
        return [lossy.Deviation(*(lossy.decode(codec, file) for file in files))
                for _, _, files in lossy.pairs(codec, setting, pathlib.Path(folder))]


def main():
    found = {codec: {setting: measure(codec, setting) for setting in settings}
             for codec, settings in lossy.SETTINGS.items()}
    out = [HEAD.format(width=lossy.BOX[2], height=lossy.BOX[3], ring=lossy.RING, step=lossy.STEP,
                       far=lossy.FAR)]
    margins = {}
    for codec, settings in found.items():
        every = [each for deviations in settings.values() for each in deviations]
        margins[codec] = lossy.margin(codec, every)
        block, why = lossy.BLOCKS[codec]
        out.append(f'| {NAMES[codec]} (`{codec}`) | {margins[codec]} | '
                   f'{max(each.margin() for each in every)} | {block or ""}{" " if block else ""}'
                   f'({why}) |\n')
    heads = ' | '.join(f'> {each}' for each in DISTANCES)
    out.append(MIDDLE.format(heads=heads, lines='---|' * len(DISTANCES)))
    for codec, settings in found.items():
        for setting, deviations in settings.items():
            words = ' '.join(map(str, (ENCODERS[codec], *setting)))
            far = ' | '.join(str(max(d.largest(each + 1) for d in deviations)) for each in DISTANCES)
            tainted = max(each.tainted(margins[codec] + 1) for each in deviations)
            floor = max(each.floor for each in deviations)
            out.append(f'| {codec} | `{words}` | {far} | {tainted} | {floor:.1f} |\n')
    strips = ''.join(
        f'| {codec} | {margin} | '
        f'{(824 - 2 * margin) * (568 - 2 * margin) / (824 * 568):.0%} |\n'
        for codec, margin in margins.items())
    out.append(TAIL.format(strips=strips))
    pathlib.Path(sys.argv[1]).write_text(''.join(out), encoding='utf-8')


main()
