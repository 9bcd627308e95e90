#!/usr/bin/python3
"""Only src/gate/gate-disk.c and src/store write to the disk (architecture.md, the one door, 4).

Every other call that can make, change or move a file, carry a picture out by a side door, or let
GTK decode one in the desk's own process, is refused. A line that must have one says why on the same line, as /* door: reason */; such waivers
are counted and listed, and one without a call is refused too.
"""
import os
import re

import lintlib
import writers

OPEN_DOORS = ('src/gate/gate-disk.c', 'src/store/')

CALLS = writers.WRITERS + [r'saveFile', r'write(PNG|BMP|PPM|RawPPM)File', r'ofstream', r'fstream']
CALL = re.compile(r'\b(%s)\s*\(' % '|'.join(CALLS))
OPEN = re.compile(r'\b(open(?:64)?)\s*\(')
WRITES = re.compile(r'\bO_(CREAT|WRONLY|RDWR|TRUNC|APPEND|TMPFILE)\b')
STREAM = re.compile(r'\bstd::[io]?fstream\b')
WAIVER = re.compile(r'/\* door: (.*?\S) \*/')
BARE_WAIVER = re.compile(r'/\*\s*door:\s*\*/')


def find_calls(text):
    """Yields (line, name) of each call that writes."""
    code = lintlib.blank(text)
    for match in CALL.finditer(code):
        yield lintlib.line_of(code, match.start()), match.group(1)
    for match in STREAM.finditer(code):
        yield lintlib.line_of(code, match.start()), match.group(0)
    for match in OPEN.finditer(code):
        if code[:match.start()].endswith(('->', '.')):
            continue
        arguments = lintlib.call_arguments(code, match.end() - 1)
        # Flags that are not spelled out here cannot be judged here.
        if WRITES.search(arguments) or 'O_RDONLY' not in arguments and 'O_PATH' not in arguments:
            yield lintlib.line_of(code, match.start()), match.group(1)


def wrong_with(name):
    if re.fullmatch('|'.join(writers.DECODERS), name):
        return 'decodes a picture outside the helper'
    return 'writes outside the one door'


def check(root, notes):
    findings = []
    waived = []
    for path in lintlib.files(root, ['src'], lintlib.C_FILES):
        if path.startswith(OPEN_DOORS):
            continue
        text = lintlib.read(os.path.join(root, path))
        lines = text.split('\n')
        used = set()
        for number, name in find_calls(text):
            waiver = WAIVER.search(lines[number - 1])
            if waiver is None:
                findings.append((path, number, '%s() %s' % (name, wrong_with(name))))
            else:
                used.add(number)
                waived.append('%s:%d: %s: %s' % (path, number, name, waiver.group(1)))
        for number, line in enumerate(lines, 1):
            if BARE_WAIVER.search(line):
                findings.append((path, number, 'a waiver without a reason'))
            elif WAIVER.search(line) and number not in used:
                findings.append((path, number, 'a waiver for no call'))
    notes.append('%d waivers' % len(waived))
    notes.extend(waived)
    return sorted(findings)


if __name__ == '__main__':
    lintlib.main('door', check)
