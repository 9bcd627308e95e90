#!/usr/bin/python3
"""What cannot be opened is refused with a way out: each sentence with which the decoder, or its
client, refuses a file ends in what to do, such as "...: save it as PNG". Warnings about a picture
that is shown need none, nor do errors of the disk and of callers."""
import os
import re

import lintlib

SENTENCE = re.compile(r'\b(?:N_|_)\s*\(\s*((?:"(?:\\.|[^"\\\n])*"\s*)+)\)')
PIECE = re.compile(r'"((?:\\.|[^"\\\n])*)"')
WAY = re.compile(r'[:.] (?:ask|copy|export|fetch|install|leave|open|save|split|take|try)\b', re.I)
WARNING = re.compile(r'\bimp_notes_(?:add|warn)\w*\s*\(')
REFUSAL = re.compile(r'\bIMP_ERROR_(?:DAMAGED|UNSUPPORTED)\b')
# Answers to a caller that asked for what is not there, or came to the wrong helper.
CALLERS = ('The file has no such ', 'The picture is for another decoder')


def check_file(path, text):
    code = lintlib.blank(text, keep_strings=True)
    bare = lintlib.blank(text)
    client = lintlib.module_of(path) == 'decode'
    for match in SENTENCE.finditer(code):
        sentence = ''.join(PIECE.findall(match.group(1)))
        begin = max(bare.rfind(mark, 0, match.start()) for mark in ';{}')
        statement = bare[begin + 1:match.start()]
        if WARNING.search(statement) or sentence.startswith(CALLERS):
            continue
        if client and not REFUSAL.search(statement):
            continue
        if not WAY.search(sentence):
            yield path, lintlib.line_of(code, match.start()), 'no way out: ' + sentence


def check(root, notes):
    return sorted(finding for path in lintlib.files(root, ['src/decode', 'src/decoder'], ['.c', '.cpp'])
                  if not path.endswith('-names.c')
                  for finding in check_file(path, lintlib.read(os.path.join(root, path))))


if __name__ == '__main__':
    lintlib.main('refusals', check)
