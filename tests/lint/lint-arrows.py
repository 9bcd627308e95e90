#!/usr/bin/python3
"""Modules include each other only along the arrows of src/README.md, whose tables are read here:
"Modules" says who may include whom, "Libraries" who may use which library.

Run as: lint-arrows.py ROOT [BUILD]; with BUILD, each wrong include is also handed to the compiler
with the module's own options, and must not compile.
"""
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

import lintlib

INCLUDE = re.compile(r'^[ \t]*#[ \t]*(?:include|import)[ \t]*([<"])([^>"\n]+)[>"]', re.M)
# Headers that the build makes, and who may include them.
GENERATED = {
    'imp-config.h': None,
    'imp-resources.h': {'app'},
    'imp-policy-packs.h': {'gate'},
    'imp-word-lists.h': {'gate'},
    'imp-device-rules-data.h': {'screen'},
    'imp-schema.h': {'store'},
}
# The C library, POSIX and GLib are open to all, but for what a pure function has no use for.
PLAIN = re.compile(
    r'^(glib\.h|glib-object\.h|glib/gstdio\.h|glib-unix\.h|gio/[\w-]+\.h|[a-z0-9_]+\.h'
    r'|sys/\w+\.h|linux/\w+\.h|net/\w+\.h|netinet/\w+\.h|arpa/\w+\.h|[a-z]+)$')
NEVER = {
    'policy': re.compile(r'^(gio/.*|glib/gstdio\.h|stdio\.h|fcntl\.h|unistd\.h|time\.h|sys/.*)$'),
    'core': re.compile(r'^(fcntl\.h|glib/gstdio\.h)$'),
    'redact': re.compile(r'^(gio/.*|glib/gstdio\.h|stdio\.h|fcntl\.h|unistd\.h)$'),
    'encode': re.compile(r'^(glib/gstdio\.h|fcntl\.h|unistd\.h)$'),
}


def table(text, heading):
    """The rows of the first table below a heading, as lists of cells."""
    section = text.split('\n## %s\n' % heading, 1)[1].split('\n## ')[0]
    rows = [[cell.strip() for cell in line.strip().strip('|').split('|')]
            for line in section.split('\n') if line.startswith('|')]
    return rows[2:]


def names(cell):
    return re.findall(r'`([^`]+)`', cell)


class Map:
    def __init__(self, root):
        text = lintlib.read(os.path.join(root, 'src', 'README.md'))
        self.modules = {names(row[0])[0]: set(names(row[2])) for row in table(text, 'Modules')}
        self.libraries = [(names(row[1]), set(names(row[2]))) for row in table(text, 'Libraries')]
        self.headers = {}
        for path in lintlib.files(root, ['src'], ['.h']):
            self.headers.setdefault(os.path.basename(path), []).append(path)

    def owner(self, name):
        return [lintlib.module_of(p) for p in self.headers.get(os.path.basename(name), [])]


def check_own(the_map, module, name):
    """Why the module may not include the project's header, or None."""
    base = os.path.basename(name)
    if base in GENERATED:
        allowed = GENERATED[base]
        return None if allowed is None or module in allowed else 'a generated header of another'
    owners = the_map.owner(name)
    if not owners and library(the_map, name) is not None: # DCMTK quotes its own headers
        return check_library(the_map, module, name)
    if not owners:
        return 'no module has this header'
    if '/' in name:
        return 'a path: the folder of a module is not named in an include'
    if module in owners:
        return None
    if base.endswith('-private.h'):
        return 'a private header of ' + owners[0]
    if owners[0] not in the_map.modules.get(module, set()):
        return 'against the arrows: %s may not include %s' % (module, owners[0])
    return None


def library(the_map, name):
    """The modules that may use the library of this header, or None."""
    for prefixes, modules in the_map.libraries:
        if any(name == p or p.endswith('/') and name.startswith(p) for p in prefixes):
            return modules
    return None


def check_library(the_map, module, name):
    modules = library(the_map, name)
    if modules is not None:
        return None if module in modules else 'the map gives this library to %s' \
            % ', '.join(sorted(modules))
    if module in NEVER and NEVER[module].match(name):
        return '%s must never' % module
    if the_map.owner(name):
        return 'a header of the project between angle brackets'
    return None if PLAIN.match(name) else 'a library that the map does not name'


def check(root, notes):
    the_map = Map(root)
    findings = []
    for folder in sorted(os.listdir(os.path.join(root, 'src'))):
        if os.path.isdir(os.path.join(root, 'src', folder)) and folder not in the_map.modules:
            findings.append(('src/README.md', 1, 'the map lacks the module ' + folder))
    for path in lintlib.files(root, ['src'], lintlib.C_FILES):
        module = lintlib.module_of(path)
        code = lintlib.blank(lintlib.read(os.path.join(root, path)), keep_strings=True)
        for match in INCLUDE.finditer(code):
            look = check_own if match.group(1) == '"' else check_library
            why = look(the_map, module, match.group(2))
            if why is not None:
                findings.append((path, lintlib.line_of(code, match.start(1)),
                                 '%s: %s' % (match.group(2), why)))
    return sorted(findings)


# ---- the proof by the compiler ----

def commands(root, build):
    """module -> the compiler's options for one of its C files."""
    found = {}
    for entry in json.loads(lintlib.read(os.path.join(build, 'compile_commands.json'))):
        path = os.path.relpath(os.path.join(entry['directory'], entry['file']), root)
        module = lintlib.module_of(path)
        if module and path.endswith('.c'):
            found.setdefault(module, entry)
    return found


def run_compiler(entry, text, more):
    """Hands text to the compiler with the options of the file that entry is about."""
    words = shlex.split(entry['command'])
    options = [w for w in words[1:] if w.startswith(('-I', '-D', '-isystem', '-std'))]
    compiler = words[:2] if os.path.basename(words[0]) == 'ccache' else words[:1]
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, 'probe.c')
        with open(source, 'w', encoding='utf-8') as file:
            file.write(text)
        return subprocess.run(compiler + options + ['-w'] + more + [source],
                              cwd=entry['directory'], capture_output=True, text=True)


def compiles(entry, header):
    done = run_compiler(entry, '#include "%s"\nint an_object;\n' % header, ['-fsyntax-only'])
    return done.returncode == 0


def reached(entry, headers):
    """Which of the headers the preprocessor would find."""
    text = ''.join('#if __has_include("%s")\nREACHED %s\n#endif\n' % (h, h) for h in headers)
    done = run_compiler(entry, text, ['-E', '-P'])
    if done.returncode != 0:
        return ['the preprocessor failed: ' + done.stderr[:200]]
    return re.findall(r'REACHED (\S+)', done.stdout)


def prove_by_compiler(tap, root, build):
    the_map = Map(root)
    for module, entry in sorted(commands(root, build).items()):
        own, wrong = [], []
        for base, paths in sorted(the_map.headers.items()):
            owner = lintlib.module_of(paths[0])
            if len(paths) > 1 or owner is None:
                continue
            if owner == module:
                own.append(base)
            elif owner not in the_map.modules.get(module, ()) and not base.endswith('-private.h'):
                wrong.append(base)
        found = reached(entry, wrong)
        tap.ok(not found, '%s: none of %d wrong headers is in reach' % (module, len(wrong)),
               ['%s reaches %s' % (module, base) for base in found])
        tap.ok(not own or reached(entry, own) == own and any(compiles(entry, h) for h in own),
               '%s: its own headers are' % module)
        tap.ok(not wrong or not compiles(entry, wrong[0]),
               '%s: including %s does not compile' % (module, wrong[0] if wrong else 'nothing'))


def main():
    tap = lintlib.Tap()
    notes = []
    root = sys.argv[1]
    lintlib.prove(tap, 'arrows', check)
    findings = check(root, notes)
    tap.ok(not findings, 'the tree', ['%s:%d: %s' % finding for finding in findings])
    if len(sys.argv) > 2:
        prove_by_compiler(tap, root, sys.argv[2])
    tap.done()


if __name__ == '__main__':
    main()
