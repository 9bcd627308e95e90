#!/usr/bin/python3
"""The whole way at the desk: open, cover by keyboard, refused, consent recorded, export, bytes.

Runs inside tests/xrun; the home folder there is what the disk-trace part looks at.
"""
import os
import pathlib
import re
import time
import unittest
from xml.sax.saxutils import escape

import numpy as np

import cli
import desktop
import tap

APP = os.environ['IMP_APP']
HOME = pathlib.Path(os.environ['HOME'])
PASSPHRASE = 'correct horse battery staple'
OUT = HOME / 'Pictures'
PICTURE = OUT / 'for-the-teaching-file.png'
SOURCE = HOME / 'Incoming' / 'chest.dcm'
STRIP_HEIGHT = 46


def plant():
    """What a desktop already has, and must still have afterwards, byte for byte."""
    recent = HOME / '.local' / 'share' / 'recently-used.xbel'
    recent.parent.mkdir(parents=True)
    # Of today, and of a file that is there: GTK itself drops others whenever it writes.
    now = time.strftime('%Y-%m-%dT%H:%M:%S.000000Z', time.gmtime())
    (HOME / 'letter.txt').write_text('Dear somebody')
    recent.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<xbel version="1.0"\n'
        '      xmlns:bookmark="http://www.freedesktop.org/standards/desktop-bookmarks"\n'
        '      xmlns:mime="http://www.freedesktop.org/standards/shared-mime-info"\n>\n'
        f'  <bookmark href="{escape((HOME / "letter.txt").as_uri())}" '
        f'added="{now}" modified="{now}" '
        f'visited="{now}">\n    <info>\n'
        '      <metadata owner="http://freedesktop.org">\n'
        '        <mime:mime-type type="text/plain"/>\n        <bookmark:applications>\n'
        '          <bookmark:application name="editor" exec="&apos;editor %u&apos;" '
        f'modified="{now}" count="1"/>\n'
        '        </bookmark:applications>\n      </metadata>\n    </info>\n  </bookmark>\n</xbel>')
    thumbnail = HOME / '.cache' / 'thumbnails' / 'normal' / f'{"a" * 32}.png'
    thumbnail.parent.mkdir(parents=True)
    thumbnail.write_bytes(b'somebody else\'s thumbnail')
    SOURCE.parent.mkdir()
    SOURCE.write_bytes(cli.XRAY.read_bytes())
    OUT.mkdir()
    return {path: path.read_bytes() for path in (recent, thumbnail, SOURCE)}


class Journey(unittest.TestCase):
    """Steps in order; each builds on the one before."""

    broken = None
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.planted = plant()
        cls.before = {path for path in HOME.rglob('*')}
        cls.program = desktop.Program(APP, SOURCE)
        cls.program.find('image', '^Picture')
        cls.program.resize(1360, 1500)

    @classmethod
    def tearDownClass(cls):
        cls.program.close()

    def setUp(self):
        if Journey.broken:
            self.fail(f'not reached: {Journey.broken} failed')

    def run(self, result=None):
        failed = len(result.failures) + len(result.errors)
        super().run(result)
        if len(result.failures) + len(result.errors) > failed and not Journey.broken:
            Journey.broken = self._testMethodName
            self.program.screenshot('failure')
            folder = os.environ.get('IMP_SHOTS')
            if folder:
                pathlib.Path(folder, 'failure.txt').write_text(self.program.outline())
        elif not Journey.broken:
            self.program.screenshot(self._testMethodName)

    @property
    def wizard(self):
        return self.program.find('panel', '^Steps of the export')

    def next(self):
        self.program.click('^_?Next', within=self.wizard)

    def answer(self, question, word):
        panel = self.program.find('panel', question, within=self.wizard)
        self.program.act(self.program.find(('push button', 'toggle button'), f'^{word}$',
                                           within=panel))

    def read(self, pattern):
        self.program.wait_to_read(pattern)

    def test_01_the_title_names_nobody_and_values_are_masked(self):
        self.assertEqual(cli.told(self.program.say()), [])
        self.read('gives away')

    def test_02_a_box_is_drawn_and_placed_by_keyboard(self):
        self.program.find('image', '0 redaction boxes|^Picture')
        self.program.keys('b')
        self.program.find(None, r'^Box 1')
        # A quarter of the picture, in its middle: to the top left corner, full width, 50 high.
        self.program.keys('alt+Up', repeat=26)
        self.program.keys('alt+Left', repeat=22)
        self.program.keys('alt+shift+Right', repeat=42)
        self.program.keys('alt+shift+Up', repeat=11)
        desktop.wait_for('the box in its place', lambda: re.search(
            r'512\s*[×x]\s*50', self.program.outline()))

    def test_03_the_register_is_made(self):
        self.program.click('^Set up')
        self.program.type_into('^Passphrase', PASSPHRASE)
        self.program.type_into('same passphrase', PASSPHRASE)
        self.program.type_into('Local policy', 'Sample policy 1')
        self.program.click('^Make the register')
        self.read('The register is empty')

    def test_04_the_person_is_registered(self):
        self.program.click('^Desk$', role='page tab')
        self.program.click('Export…')
        self.program.type_into('^Hospital number', cli.NUMBER, within=self.wizard)
        self.program.click('^Register…', role='push button', within=self.wizard)
        form = self.program.find('panel', '^Details of the person', within=self.wizard)
        self.program.type_into('^Hospital number', cli.NUMBER, within=form)
        self.program.type_into('^Name', cli.NAME, within=form)
        self.program.click('^Save person', within=form)
        self.program.find('push button', '^Change the person', within=self.wizard)
        self.next()

    def test_05_the_use_is_named(self):
        self.program.press('^Teaching file', role='check box', within=self.wizard)
        self.program.type_into('Why share', 'Shows trainees how a rounded shadow looks')
        self.next()

    def test_06_the_case_is_described(self):
        for question in ('under 18', 'died', 'rare', 'face', 'anyone else'):
            self.answer(question, 'No')
        self.next()

    def test_07_without_consent_it_is_refused_and_says_why(self):
        self.program.press('^The patient agreed', role='check box', within=self.wizard)
        self.answer('unable to decide', 'No')
        self.answer('recognise it', 'No')
        self.read('There is no permission for this use')
        self.read('Locked: There is no permission')
        self.program.click('^Why', within=self.wizard)
        self.read('GMC')
        self.read('record the permission')
        self.assertEqual(list(OUT.iterdir()), [])

    def test_08_consent_is_recorded_with_its_evidence(self):
        self.program.click('^Record consent', within=self.wizard)
        form = self.program.find('panel', '^Details of the permission', within=self.wizard)
        self.program.click('^They agreed', within=form)
        self.program.choose('^Who agreed', '^The patient The patient$|^The patient$', within=form)
        self.program.choose('^Evidence', 'signed', within=form)
        self.program.click('^Record it', within=form)
        self.read('Used')
        self.next()

    def test_09_cover_and_words(self):
        self.program.find('label', '^Cover it up', within=self.wizard)
        self.answer('full size', 'Yes')
        self.next()
        self.program.find('label', '^Words that travel', within=self.wizard)
        self.answer('caption', 'Yes')
        self.next()

    def test_10_the_true_output_is_shown_and_exported(self):
        self.program.find('label', 'cannot be taken back', within=self.wizard)
        self.read('Exactly these pixels leave')
        self.program.read_looking('May be exported', self.wizard)
        self.program.click('^_?Export', role='push button', within=self.wizard)
        dialog = self.program.find(None, '^Export to a new file')
        self.program.type_into('^Name', str(PICTURE), within=dialog)
        self.program.click('^_?(Save|Export)', within=dialog)
        desktop.wait_for('the picture', PICTURE.exists)
        self.read('SHA-256|receipt')

    def test_11_its_bytes_are_flat_and_what_was_covered_is_black(self):
        desk = cli.Desk()
        self.addCleanup(desk.close)
        self.assertTrue(desk.call('verify', PICTURE).json['flat'])
        self.assertEqual(cli.metadata(PICTURE), {})
        self.assertEqual(cli.mode(PICTURE), 0o600)
        self.assertEqual(cli.told(PICTURE.read_bytes().decode('latin-1')), [])
        picture = np.asarray(cli.pixels(PICTURE))
        self.assertEqual(picture.shape[:2], (640, 512))
        self.assertFalse(picture[:STRIP_HEIGHT].any())
        self.assertGreater(picture[60:].std(), 20)

    def test_12_what_is_left_on_disk_is_on_the_list(self):
        self.program.keys('ctrl+q')
        # Boxes and answers are kept nowhere, so it asks.
        dialog = self.program.find('dialog', 'lose the work')
        self.program.click('^_?Close', within=dialog)
        self.assertEqual(self.program.process.wait(desktop.PATIENCE), 0)
        made = {path for path in HOME.rglob('*') if not path.is_dir()} - self.before
        # The caches are the graphics driver's and the fonts' own; they hold no picture.
        allowed = re.compile(
            r'\.cache/(mesa_shader_cache\w*|fontconfig)/.*'
            r'|\.local/share/imprimatur/[\w.-]+\.db(-wal|-shm|\.lock|\.key|\.withdrawals)?'
            r'|Pictures/for-the-teaching-file\.png(\.receipt\.json)?')
        found = {str(path.relative_to(HOME)) for path in made}
        self.assertEqual([name for name in sorted(found) if not allowed.fullmatch(name)], [])
        self.assertIn('Pictures/for-the-teaching-file.png', found)
        self.assertTrue(any(name.endswith('.db') for name in found), found)
        for path in made:
            self.assertEqual(cli.told(path.name, path.read_bytes().decode('latin-1')), [], path)
        for path, content in self.planted.items():
            if path.name != 'recently-used.xbel':
                self.assertEqual(path.read_bytes(), content, path.name)
        # GTK may have written it anew: the entry of before is there, and ours are not.
        recent = (HOME / '.local' / 'share' / 'recently-used.xbel').read_text()
        self.assertEqual(re.findall(r'<bookmark href="([^"]*)"', recent),
                         [(HOME / 'letter.txt').as_uri()])

    def test_13_nothing_was_said_to_the_log(self):
        self.assertEqual(cli.told(self.program.log.read_text()), [])
        self.assertEqual(self.program.log.read_text().splitlines(), [])


if __name__ == '__main__':
    tap.main()
