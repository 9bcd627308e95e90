#!/usr/bin/python3
"""What the compiler left in the objects: no module but gate-disk.c and store calls on the disk,
and none has GTK decode a picture.

The door lint reads the source; this one reads the undefined symbols (nm -u) of every module's
archive and of the programs' own objects, so that no macro hides a call. A planted call, compiled
here, proves that it looks.

Run as: lint-symbols.py ROOT BUILD CC
"""
import glob
import os
import re
import subprocess
import sys
import tempfile

import lintlib
import writers

OPEN_DOORS = {('gate', 'gate-disk.c.o')}
OPEN_MODULES = {'store'}

# Reading needs open() too; the door lint has seen that these spell out O_RDONLY. A waiver that no
# object needs any more is refused.
WAIVERS = {
    ('cli', 'cli-pin.c.o', 'open'): 'opens the file of a PIN, to read it only',
    ('decode', 'imp-plain-file.c.o', 'open'): 'opens the picture, to read it only',
    ('decode', 'imp-snapshot.c.o', 'open'): 'opens its copy once more, to read it only',
    ('papers', 'imp-sheet.c.o', 'cairo_pdf_surface_create_for_stream'): 'makes pages in memory',
}

SYMBOLS = writers.WRITERS + [
    r'_?_?f?open(64)?(_2|_chk)?', r'fdopen', r'__openat(64)?_2',
    r'_Z\w*(saveFile|basic_ofstream|basic_fstream|writePNG|writeBMP|writePPM|writeRawPPM)\w*',
]
WANTED = re.compile(r'^(%s)(@.*)?$' % '|'.join(SYMBOLS))


def undefined(path):
    """Yields (member, symbol) of each undefined symbol that writes."""
    out = subprocess.run(['nm', '-u', path], check=True, capture_output=True, text=True).stdout
    member = os.path.basename(path)
    for line in out.split('\n'):
        if line.endswith(':'):
            member = os.path.basename(line[:-1])
        fields = line.split()
        if len(fields) == 2 and fields[0] in 'UwvV' and WANTED.match(fields[1]):
            yield member, plain(fields[1].split('@')[0])


def plain(symbol):
    """open, however this machine's C library spells it: open64, __open_2, …"""
    return re.sub(r'^__(\w+?)(64)?_2$', r'\1', re.sub(r'^(f?open|openat|creat)64$', r'\1', symbol))


def source_name(member):
    """An object is named after its source; meson may put a path into the name."""
    return member.split('_')[-1] if '_' in member else member


def objects(build, module):
    folder = os.path.join(build, 'src', module)
    archives = glob.glob(os.path.join(folder, '*.a'))
    programs = glob.glob(os.path.join(folder, '*.p', '*.o'))
    inside = {os.path.basename(a)[:-2] for a in archives}
    return archives + [o for o in programs
                       if os.path.basename(os.path.dirname(o)).split('.')[0] not in inside]


def check_module(build, module, used):
    findings = []
    for path in objects(build, module):
        for member, symbol in undefined(path):
            key = (module, source_name(member))
            if key in OPEN_DOORS or module in OPEN_MODULES:
                continue
            if key + (symbol,) in WAIVERS:
                used.add(key + (symbol,))
                continue
            findings.append('%s: %s calls %s' % (os.path.relpath(path, build), member, symbol))
    return findings


PLANTED = {
    'fopen': '#include <stdio.h>\nvoid f (void) { fclose (fopen ("x", "w")); }\n',
    'open': '#include <fcntl.h>\nvoid f (int flags) { open ("x", flags, 0600); }\n',
    'macro': '#include <stdio.h>\n#define quietly(a, b) ren##ame (a, b)\n'
             'void f (void) { quietly ("a", "b"); }\n',
    'pointer': '#include <stdio.h>\nint (*f) (const char *, const char *) = rename;\n',
    'glib': '#include <glib.h>\nvoid f (void) { g_file_set_contents ("x", "y", 1, NULL); }\n',
    'decode': 'void *gdk_texture_new_from_bytes (void *, void **);\n'
              'void *f (void *bytes) { return gdk_texture_new_from_bytes (bytes, 0); }\n',
}
HARMLESS = '#include <string.h>\nsize_t f (const char *s) { return strlen (s); }\n'


def compile_to(folder, name, text, compiler, flags):
    source = os.path.join(folder, name + '.c')
    with open(source, 'w', encoding='utf-8') as file:
        file.write(text)
    target = source[:-2] + '.o'
    subprocess.run(compiler + ['-O2', '-D_FORTIFY_SOURCE=2', '-w', '-c', source, '-o', target] + flags,
                   check=True)
    archive = source[:-2] + '.a'
    subprocess.run(['ar', 'rcs', archive, target], check=True)
    return archive


def prove(tap, compiler):
    flags = subprocess.run(['pkg-config', '--cflags', 'glib-2.0'], check=True, capture_output=True,
                           text=True).stdout.split()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in PLANTED.items():
            archive = compile_to(folder, name, text, compiler, flags)
            tap.ok(len(list(undefined(archive))) > 0, 'a planted call is caught: ' + name)
        archive = compile_to(folder, 'harmless', HARMLESS, compiler, flags)
        tap.ok(not list(undefined(archive)), 'a harmless object passes')


def main():
    root, build, compiler = sys.argv[1], sys.argv[2], sys.argv[3:]
    tap = lintlib.Tap()
    used = set()
    prove(tap, compiler)
    for module in sorted(os.listdir(os.path.join(root, 'src'))):
        recipe = os.path.join(root, 'src', module, 'meson.build')
        if not os.path.exists(recipe):
            continue
        built = objects(build, module)
        # Without a desk (-Dgui=false) there is no such folder in the build.
        wanted = os.path.isdir(os.path.join(build, 'src', module)) \
            and 'static_library(' in lintlib.read(recipe)
        tap.ok(bool(built) or not wanted, '%s: %d archives and objects' % (module, len(built)))
        findings = check_module(build, module, used)
        tap.ok(not findings, '%s: no call on the disk' % module, findings)
    stale = ['%s %s %s' % key for key in WAIVERS if key not in used]
    tap.ok(not stale, 'every waiver is needed', stale)
    for key, reason in sorted(WAIVERS.items()):
        print('# waiver: %s %s %s: %s' % (key + (reason,)))
    tap.done()


if __name__ == '__main__':
    main()
