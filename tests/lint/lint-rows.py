#!/usr/bin/python3
"""Each row of docs/rows.md has a test whose name carries its number, and each number that a test
carries is a row."""
import os
import re

import lintlib

PAGE = 'docs/rows.md'
ROW = re.compile(r'^\| ((?:article|policy)/row-|security/5-)(\d+) \|', re.M)
# In C a test's path; in Python the name of its function. policy-row-1 is policy/row-1 below a
# path of another module.
PATH = re.compile(r'"(/[^"\n]*)"')
FUNCTION = re.compile(r'^\s*def (test_\w+)', re.M)
CARRIED = re.compile(r'(?<![a-z])(?:(article|policy)[/_-]row[-_]|(security)[/_]5[-_])0*(\d+)(?!\d)')


def rows_of(text):
    """{row: line}; the leading zeros that some tests have do not count."""
    return {match.group(1) + match.group(2): lintlib.line_of(text, match.start())
            for match in ROW.finditer(text)}


def carried(path, text):
    """Each row that a test of the file carries, with its line."""
    if path.endswith('.py'):
        names = FUNCTION.finditer(text)
    else:
        names = PATH.finditer(lintlib.blank(text, keep_strings=True))
    for name in names:
        for match in CARRIED.finditer(name.group(1)):
            table = match.group(1)
            row = '%s/row-' % table if table else 'security/5-'
            yield row + match.group(3), lintlib.line_of(text, name.start(1))


def check(root, notes):
    rows = rows_of(lintlib.read(os.path.join(root, PAGE)))
    tested = {}
    findings = []
    for path in lintlib.files(root, ['tests'], ['.c', '.py']):
        if path.startswith('tests/lint/'):
            continue
        for row, line in carried(path, lintlib.read(os.path.join(root, path))):
            tested[row] = tested.get(row, 0) + 1
            if row not in rows:
                findings.append((path, line, '%s is no row of %s' % (row, PAGE)))
    for row, line in rows.items():
        if row not in tested:
            findings.append((PAGE, line, 'no test carries %s' % row))
    notes.append('%d rows, %d names' % (len(rows), sum(tested.values())))
    return sorted(set(findings))


if __name__ == '__main__':
    lintlib.main('rows', check)
