#!/usr/bin/python3
"""The sources lie as clang-format 14 and .clang-format lay them out.

Run as: lint-format.py ROOT CLANG-FORMAT
"""
import os
import re
import subprocess
import sys

import lintlib

FINDING = re.compile(r'^(.*?):(\d+):\d+: error: code should be clang-formatted', re.M)


def check(root, notes):
    paths = list(lintlib.files(root, ['src', 'tests/unit', 'tests/ui', 'tests/bench', 'tests/fuzz'],
                               lintlib.C_FILES))
    findings = set()
    for at in range(0, len(paths), 50):
        done = subprocess.run([sys.argv[2], '--dry-run', '-Werror', '--style=file'] + paths[at:at + 50],
                              cwd=root, capture_output=True, text=True)
        found = {(path, int(line)) for path, line in FINDING.findall(done.stderr)}
        if done.returncode != 0 and not found:
            findings.add(('.clang-format', 1, done.stderr.strip()[:500]))
        findings |= {(path, line, 'clang-format -i would change this') for path, line in found}
    notes.append('%d files' % len(paths))
    return sorted(findings)


if __name__ == '__main__':
    lintlib.main('format', check)
