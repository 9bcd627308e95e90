#!/usr/bin/python3
"""The habits of the house that a machine can see (CONTRIBUTING.md):

- every g_auto* is initialised where it is declared;
- a header that declares an object type is named after it, and declares one;
- a file has at most 800 lines, a function at most 80;
- errors belong to IMP_ERROR;
- nothing is logged and carried on from, and no value is printed, outside the command line's own
  answers (a program's main.c may say on standard error why it cannot begin);
- no rule is enforced by an assertion that a build can leave out;
- every function that others can call has a docstring above its definition, which says what it
  returns and who owns it;
- nothing is left to do later.

A line that must differ says why, as /* style: reason */.
"""
import os
import re

import lintlib

AUTO = re.compile(
    r'^[ \t]*(?:static[ \t]+)?(g_auto(?:ptr|free|slist|list|queue)?)\b[ \t]*(?:\([^()]*\))?[^;={}()]*;', re.M)
DECLARE = re.compile(r'^G_DECLARE_\w+[ \t]*\(\s*(\w+)\s*,', re.M)
DOMAIN_CALLS = {  # call -> which argument is the domain
    'g_set_error': 1, 'g_set_error_literal': 1, 'g_error_new': 0, 'g_error_new_literal': 0,
    'g_task_return_new_error': 1,
}
DOMAIN_CALL = re.compile(r'\b(%s)\s*\(' % '|'.join(DOMAIN_CALLS))
NOISE = re.compile(
    r'\b(g_warning|g_warning_once|g_message|g_critical|g_debug|g_info|g_log|g_log_structured'
    r'|g_print|g_printerr|printf|fprintf|vprintf|vfprintf|dprintf|puts|fputs|putchar|perror'
    r'|syslog)\s*\(')
CONSOLE = re.compile(r'\bstd::(cout|cerr|clog)\b')
ASSERTED = re.compile(r'\b(g_assert\w*|g_return_(?:val_)?if_fail|assert)\s*\(')
UNSAFE = re.compile(r'\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|alloca|g_alloca|g_newa0?)\s*\(')
LATER = re.compile(r'\b(TODO|FIXME|XXX|HACK)\b')
WAIVER = re.compile(r'/\* style: .*?\S \*/')
MAY_PRINT = {'cli'}
DECIDES = {'policy', 'gate', 'store', 'register', 'ledger', 'encode', 'verify'}
MOST_LINES = 800
LONGEST = 80
DEFINITION = re.compile(r'^([a-z_]\w*) \(', re.M)


def type_name(path):
    """src/x/imp-main-window.h -> ImpMainWindow; gate.h -> ImpGate."""
    words = os.path.basename(path)[:-2].replace('-private', '').split('-')
    if words[0] != 'imp':
        words.insert(0, 'imp')
    return ''.join(word.capitalize() for word in words)


def split_arguments(text):
    depth = 0
    part = ''
    for char in text:
        if char == ',' and depth == 0:
            yield part.strip()
            part = ''
            continue
        depth += (char in '([{') - (char in ')]}')
        part += char
    yield part.strip()


def function_definitions(code):
    """Yields (position of the return type, name, return type, first line, last line)."""
    for match in DEFINITION.finditer(code):
        inside = lintlib.call_arguments(code, match.end() - 1)
        after = match.end() + len(inside) + 1
        rest = code[after:after + 200].lstrip()
        if not rest.startswith('{'):
            continue
        begin = code.index('{', after)
        end_of_body = code.find('\n}', begin)
        head_start = max([0] + [code.rfind(end, 0, match.start()) + 2
                                for end in ('\n\n', '}\n', ';\n')
                                if end in code[:match.start()]])
        head = code[head_start:match.start()].strip()
        head = head.split('\n\n')[-1]
        # Blanked comments leave white space: the type is the last lines of code before the name.
        kind = ' '.join(line.strip() for line in head.split('\n') if line.strip())
        yield match.start(), match.group(1), kind, lintlib.line_of(code, match.start()), \
            lintlib.line_of(code, end_of_body + 1)


def docstring_before(text, position, kind):
    """The comment that ends right above the return type, or an empty one."""
    above = text[:position].rstrip()
    first = kind.split()[0] if kind else ''
    # Walk up over the lines of the return type.
    while above and not above.endswith('*/'):
        above = above[:above.rfind('\n')].rstrip() if '\n' in above else ''
        if first == '' or len(text[:position]) - len(above) > 300:
            break
    if not above.endswith('*/'):
        return ''
    return above[above.rfind('/*'):]


def check_function(path, text, found):
    start, name, kind, first, last = found
    if last - first + 1 > LONGEST:
        yield path, first, '%s() has %d lines, more than %d' % (name, last - first + 1, LONGEST)
    if 'static' in kind.split() or name == 'main':
        return
    doc = docstring_before(text, start, kind)
    if not re.match(r'/\*\*\n \* %s:\s' % re.escape(name), doc):
        yield path, first, '%s() has no docstring above its definition' % name
        return
    if not re.search(r'\bvoid$', kind.strip()) and 'Returns:' not in doc:
        yield path, first, 'the docstring of %s() does not say what it returns' % name
    elif '*' in kind and '(transfer' not in doc.split('Returns:')[-1]:
        yield path, first, 'the docstring of %s() does not say who owns what it returns' % name


def check_file(path, text):
    code = lintlib.blank(text)
    module = lintlib.module_of(path)
    n_lines = text.count('\n')

    if n_lines > MOST_LINES:
        yield path, MOST_LINES + 1, '%d lines, more than %d' % (n_lines, MOST_LINES)
    for match in AUTO.finditer(code):
        yield path, lintlib.line_of(code, match.start(1)), \
            match.group(1) + ' is not initialised where it is declared'
    for match in DOMAIN_CALL.finditer(code):
        arguments = list(split_arguments(lintlib.call_arguments(code, match.end() - 1)))
        place = DOMAIN_CALLS[match.group(1)]
        if len(arguments) > place and arguments[place] != 'IMP_ERROR':
            yield path, lintlib.line_of(code, match.start()), \
                '%s: an error of %s, not of IMP_ERROR' % (match.group(1), arguments[place])
    for pattern, applies, why in (
            (NOISE, module not in MAY_PRINT, 'is logged or printed'),
            (CONSOLE, True, 'prints past every rule'),
            (ASSERTED, module in DECIDES, 'can be left out of a build: refuse instead'),
            (UNSAFE, True, 'knows no bounds'),):
        for match in pattern.finditer(code) if applies else ():
            if re.fullmatch(r'main(-\w+)?\.c', os.path.basename(path)) and (
                    match.group(1) == 'g_printerr'
                    or 'stderr' in lintlib.call_arguments(code, match.end() - 1)):
                continue
            yield path, lintlib.line_of(code, match.start()), '%s %s' % (match.group(1), why)
    for match in LATER.finditer(text):
        yield path, lintlib.line_of(text, match.start()), match.group(1) + ': do it now'
    if path.endswith('.h'):
        types = DECLARE.findall(code)
        for kind in types:
            if kind != type_name(path) or len(types) > 1:
                yield path, lintlib.line_of(code, code.index(kind)), \
                    '%s has a header of its own: its file is named after it' % kind
    if path.endswith('.c'):
        for found in function_definitions(code):
            yield from check_function(path, text, found)


def check(root, notes):
    findings = []
    n_waived = 0
    for path in lintlib.files(root, ['src'], lintlib.C_FILES):
        text = lintlib.read(os.path.join(root, path))
        lines = text.split('\n')
        for finding in check_file(path, text):
            if finding[1] <= len(lines) and WAIVER.search(lines[finding[1] - 1]):
                n_waived += 1
                notes.append('waived: %s:%d: %s' % finding)
            else:
                findings.append(finding)
    notes.append('%d waivers' % n_waived)
    return sorted(findings)


if __name__ == '__main__':
    lintlib.main('style', check)
