#!/usr/bin/python3
"""What is read about people is read through imp_register_query(), which asks first who reads
(policy.md 5.9). In register and gate, imp_store_query() may only be given SQL that stands there and
reads what is not about people; a call that must have more says why on its line, as
/* reader: reason */. Such waivers are counted and listed, and one for no call is refused too."""
import os
import re

import lintlib

# What a site sets, who its users are, and what its files are about: nobody who is a patient.
OPEN_TABLES = {'clock', 'guidance', 'identifier_scheme', 'pin_try', 'policy_pack', 'setting', 'user',
               'user_record', 'user_role'}
CALL = re.compile(r'\bimp_store_query\s*\(')
PIECE = re.compile(r'"((?:\\.|[^"\\\n])*)"')
TABLES = re.compile(r'\b(?:FROM|JOIN)\s+(\w+(?:\s*,\s*\w+)*)', re.I)
WAIVER = re.compile(r'/\* reader: (.*?\S) \*/')


def wrong_with(statement):
    """Why a call may not be where it is, or None."""
    sql = ''.join(PIECE.findall(statement))
    if re.sub(r'\s', '', PIECE.sub('', statement)):
        return 'reads by SQL that does not stand there'
    tables = {name.strip() for names in TABLES.findall(sql) for name in names.split(',')}
    closed = sorted(tables - OPEN_TABLES)
    if closed or not tables:
        return 'reads %s past imp_register_query()' % (', '.join(closed) or 'nothing that is known')
    return None


def split_arguments(text):
    """At the commas that are in no string and no parentheses."""
    pieces, depth = [''], 0
    for token in re.findall(r'"(?:\\.|[^"\\\n])*"|.', text, re.S):
        depth += (token in '([{') - (token in ')]}')
        if token == ',' and depth == 0:
            pieces.append('')
        else:
            pieces[-1] += token
    return pieces


def check(root, notes):
    findings, waived = [], []
    for path in lintlib.files(root, ['src/register', 'src/gate'], lintlib.C_FILES):
        text = lintlib.read(os.path.join(root, path))
        code = lintlib.blank(text, keep_strings=True)
        lines = text.split('\n')
        used = set()
        for match in CALL.finditer(code):
            number = lintlib.line_of(code, match.start())
            arguments = split_arguments(lintlib.call_arguments(code, match.end() - 1))
            wrong = wrong_with(arguments[2] if len(arguments) > 2 else '')
            waiver = WAIVER.search(lines[number - 1])
            if wrong and waiver:
                used.add(number)
                waived.append('%s:%d: %s' % (path, number, waiver.group(1)))
            elif wrong:
                findings.append((path, number, wrong))
        for number, line in enumerate(lines, 1):
            if WAIVER.search(line) and number not in used:
                findings.append((path, number, 'a waiver for no call'))
    notes.append('%d waivers' % len(waived))
    notes.extend(waived)
    return sorted(findings)


if __name__ == '__main__':
    lintlib.main('readers', check)
