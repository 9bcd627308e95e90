"""What the lints share: reading C without its comments and strings, and a TAP run that proves each
lint on a bad and a good fixture before it is believed about the tree.

A lint is check(root, notes) -> findings; a finding is (path, line, message). Its fixtures are
trees of their own: fixtures/NAME/bad/ with EXPECTED (one "path:line" a line, each found exactly
once) and fixtures/NAME/good/, in which nothing may be found.
"""
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
C_FILES = ('.c', '.h', '.cpp')

TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def blank(text, keep_strings=False):
    """C text with comments (and strings) turned to blanks; lines and columns stay."""
    def blanked(match):
        token = match.group(0)
        if token[0] in '"\'' and keep_strings:
            return token
        if token[0] in '"\'':
            return token[0] + ' ' * (len(token) - 2) + token[0]
        return re.sub(r'[^\n]', ' ', token)
    return TOKEN.sub(blanked, text)


def line_of(text, position):
    return text.count('\n', 0, position) + 1


def files(root, folders, endings):
    """Paths below root, sorted; what a build leaves in the tree is not ours."""
    for folder in folders:
        for parent, names, members in os.walk(os.path.join(root, folder)):
            names[:] = sorted(n for n in names if n != '__pycache__' and not n.startswith('build'))
            for member in sorted(members):
                if member.endswith(tuple(endings)):
                    yield os.path.relpath(os.path.join(parent, member), root)


def module_of(path):
    parts = path.split('/')
    return parts[1] if parts[0] == 'src' and len(parts) > 2 else None


def call_arguments(text, opening):
    """The text between the parenthesis at opening and its closing one."""
    depth = 0
    for at in range(opening, len(text)):
        if text[at] == '(':
            depth += 1
        elif text[at] == ')':
            depth -= 1
            if depth == 0:
                return text[opening + 1:at]
    return text[opening + 1:]


class Tap:
    def __init__(self):
        self.count = 0
        self.failed = False

    def ok(self, passed, name, details=()):
        self.count += 1
        self.failed = self.failed or not passed
        print('%s %d - %s' % ('ok' if passed else 'not ok', self.count, name))
        for detail in details:
            print('# ' + detail)

    def done(self):
        print('1..%d' % self.count)
        sys.stdout.flush()
        sys.exit(1 if self.failed else 0)


def fixture_names(name):
    """The fixture pairs of a lint: fixtures/NAME, or each folder fixtures/NAME-*."""
    folder = os.path.join(HERE, 'fixtures')
    return sorted(n for n in os.listdir(folder) if n == name or n.startswith(name + '-'))


def prove(tap, name, check):
    """The lint finds exactly what its bad fixtures hold, and nothing in the good ones."""
    names = fixture_names(name)
    tap.ok(bool(names), 'has fixtures')
    for fixture in names:
        bad = os.path.join(HERE, 'fixtures', fixture, 'bad')
        good = os.path.join(HERE, 'fixtures', fixture, 'good')
        expected = sorted(read(os.path.join(bad, 'EXPECTED')).split())
        found = sorted('%s:%d' % finding[:2] for finding in check(bad, []))
        tap.ok(found == expected and bool(expected), '%s: the bad one is caught' % fixture,
               ['missed ' + e for e in expected if e not in found]
               + ['surplus ' + f for f in found if f not in expected])
        spurious = check(good, [])
        tap.ok(not spurious, '%s: the good one passes' % fixture,
               ['%s:%d: %s' % finding for finding in spurious])


def main(name, check):
    """Run as: lint-NAME.py ROOT."""
    tap = Tap()
    notes = []
    prove(tap, name, check)
    findings = check(sys.argv[1], notes)
    tap.ok(not findings, 'the tree', ['%s:%d: %s' % finding for finding in findings])
    for note in notes:
        print('# ' + note)
    tap.done()
