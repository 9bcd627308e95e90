#!/usr/bin/python3
"""What is said in two places is the same in both: the version in meson.build and in the newest
release of the metainfo; the files with words for the user and po/POTFILES."""
import glob
import os
import re

import lintlib

WORDS = re.compile(r'\b(_|N_|C_|Q_|NC_|ngettext|g_dngettext|g_dpgettext2?)\s*\(\s*"')
TRANSLATABLE = re.compile(r'translatable="(yes|true)"')
VERSION = re.compile(r"^\s*version: '([^']+)'", re.M)
RELEASE = re.compile(r'<release\b[^>]*\bversion="([^"]+)"')


def first_line_with(text, pattern):
    match = pattern.search(text)
    return None if match is None else lintlib.line_of(text, match.start())


def check_version(root):
    recipe = lintlib.read(os.path.join(root, 'meson.build'))
    version = VERSION.search(recipe).group(1)
    for path in sorted(glob.glob(os.path.join(root, 'data', '*.metainfo.xml.in'))):
        text = lintlib.read(path)
        release = RELEASE.search(text)
        if release is None or release.group(1) != version:
            line = 1 if release is None else lintlib.line_of(text, release.start())
            yield os.path.relpath(path, root), line, \
                'the newest release is not version %s of meson.build' % version


def check_potfiles(root):
    listing = lintlib.read(os.path.join(root, 'po', 'POTFILES')).split('\n')
    listed = {name.strip(): number for number, name in enumerate(listing, 1)
              if name.strip() and not name.startswith('#')}
    for name, number in listed.items():
        if not os.path.exists(os.path.join(root, name)):
            yield 'po/POTFILES', number, name + ' is not there'
    for path in lintlib.files(root, ['src', 'ui'], ['.c', '.h', '.ui']):
        text = lintlib.read(os.path.join(root, path))
        if path.endswith('.ui'):
            line = first_line_with(text, TRANSLATABLE)
        else:
            line = first_line_with(lintlib.blank(text, keep_strings=True), WORDS)
        if line is not None and path not in listed:
            yield path, line, 'has words for the user, but is not in po/POTFILES'


def check(root, notes):
    return sorted(list(check_version(root)) + list(check_potfiles(root)))


if __name__ == '__main__':
    lintlib.main('release', check)
