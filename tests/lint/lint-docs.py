#!/usr/bin/python3
"""docs/cli.md and src/cli say the same: every verb, option and member of an answer that the command
line has stands in its contract, and no option stands there that it does not have."""
import os
import re

import lintlib

VERB = re.compile(r'\{\s*(?:NULL|"(\w+)"),\s*"([\w-]+)",\s*"', re.S)
OPTION = re.compile(r'\{\s*"([a-z][a-z-]*)",\s*(?:0|\'\w\'),\s*0,\s*G_OPTION_ARG')
FIELD = re.compile(r'\{\s*"([a-z][a-z-]*)",\s*"(\w+)",\s*&?[\w>.-]+,', re.S)
MEMBER = re.compile(r'\b(?:imp_cli_add_\w+|add_strv|json_builder_set_member_name)\s*\(\s*'
                    r'(?:cli|cli->out),\s*"(\w+)"')
SAID = re.compile(r'(?<![\w-])--([a-z][a-z-]*)')
ALWAYS = {'help', 'version'}


def line_at(text, match):
    return lintlib.line_of(text, match.start(1))


def check(root, notes):
    page = 'docs/cli.md'
    doc = lintlib.read(os.path.join(root, page))
    said = set(SAID.findall(doc))
    has = set(ALWAYS)
    findings = []
    for path in lintlib.files(root, ['src/cli'], ['.c']):
        text = lintlib.read(os.path.join(root, path))
        for match in OPTION.finditer(text):
            has.add(match.group(1))
            if match.group(1) not in said:
                findings.append((path, line_at(text, match),
                                 '--%s is not in %s' % (match.group(1), page)))
        for match in FIELD.finditer(text):
            has.add(match.group(1))
            for word, missing in (('--' + match.group(1), match.group(1) not in said),
                                  (match.group(2), not re.search(r'\b%s\b' % match.group(2), doc))):
                if missing:
                    findings.append((path, line_at(text, match), '%s is not in %s' % (word, page)))
        for match in MEMBER.finditer(text):
            if not re.search(r'\b%s\b' % match.group(1), doc):
                findings.append((path, line_at(text, match),
                                 'the member "%s" is not in %s' % (match.group(1), page)))
        if os.path.basename(path) == 'main.c':
            for match in VERB.finditer(text):
                verb = ' '.join(word for word in match.groups() if word)
                if not re.search(r'\b%s\b' % verb, doc):
                    findings.append((path, lintlib.line_of(text, match.start(2)),
                                     'the verb "%s" is not in %s' % (verb, page)))
    for number, line in enumerate(doc.split('\n'), 1):
        for option in SAID.findall(line):
            if option not in has:
                findings.append((page, number, '--%s is no option' % option))
    notes.append('%d options' % len(has))
    return sorted(findings)


if __name__ == '__main__':
    lintlib.main('docs', check)
