#!/usr/bin/python3
"""Two people and one picture: an operator asks, an approver decides, the operator exports.

Runs inside tests/xrun. What is asserted after each step stands in the register, as
imprimatur-cli reads it from beside the running window.
"""
import os
import pathlib
import re
import unittest

import cli
import desktop
import tap

APP = os.environ['IMP_APP']
HOME = pathlib.Path(os.environ['HOME'])
SOURCE, PICTURE = HOME / 'chest.dcm', HOME / 'for-the-meeting.png'
KAY, OLGA, ARI = 'Kay Keeper', 'Olga Operator', 'Ari Approver'
PINS = {KAY: '481516', OLGA: '162342', ARI: 'a longer one 9'}
WHY = 'A colleague of the patient is in the meeting'
WORDS = 'She knows, and agreed to it herself'


class Department(cli.Desk):
    """A register with three users, which the window finds by the site's configuration."""

    def __init__(self):
        super().__init__()
        self.init()
        self.add(None, KAY, 'keeper,auditor')
        self.add(KAY, OLGA, 'operator')
        self.add(KAY, ARI, 'approver', OLGA)
        site = HOME / '.config' / 'imprimatur' / 'site.conf'
        site.parent.mkdir(parents=True)
        site.write_text(f'[register]\npath={self.register}\n')

    def pin(self, name):
        path = self.folder / f'pin-{name.split()[0]}'
        path.touch(0o600)
        path.write_text(PINS[name] + '\n')
        return path

    def by(self, user, *arguments, **options):
        who = ['--user', user, '--pin-file', self.pin(user)] if user else []
        return self.call(*arguments, *who, **options).json

    def add(self, user, name, roles, second=None):
        with_second = ['--second', second, '--second-pin-file', self.pin(second)] if second else []
        self.by(user, 'user', 'add', '--name', name, '--roles', roles, '--new-pin-file',
                self.pin(name), *with_second)

    def rows(self, kind):
        """Of the ledger, the newest first."""
        return [row for row in self.by(KAY, 'ledger', 'show') if row['kind'] == kind]

    def id_of(self, name):
        return next(each['id'] for each in self.by(KAY, 'user', 'list') if each['name'] == name)


class Journey(unittest.TestCase):
    """Steps in order; each builds on the one before."""

    broken = None
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        SOURCE.write_bytes(cli.XRAY.read_bytes())
        cls.desk = Department()
        cls.program = desktop.Program(APP, SOURCE,
                                      environment={'IMPRIMATUR_KEY_FILE': str(cls.desk.key)})
        cls.program.find('image', '^Picture')
        cls.program.resize(1360, 1500)

    @classmethod
    def tearDownClass(cls):
        cls.program.close()
        cls.desk.close()

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

    def sign_in(self, name):
        self.program.click('^Register$', role='page tab')
        self.program.wait_to_read('Who is at the desk')
        self.program.choose('^Name', f'^{name}')
        self.program.type_into('^PIN', PINS[name])
        self.program.click('^Sign in$', role='push button')
        self.program.find(None, f'^Signed in: {name}')

    def sign_out(self):
        self.program.window_action('win.sign-out')
        self.program.wait_to_read('Who is at the desk')

    def test_01_a_box_covers_the_strip(self):
        self.program.find('image', '0 redaction boxes|^Picture')
        self.program.keys('b')
        self.program.find(None, r'^Box 1')
        self.program.keys('alt+Up', repeat=26)
        self.program.keys('alt+Left', repeat=22)
        self.program.keys('alt+shift+Right', repeat=42)
        self.program.keys('alt+shift+Up', repeat=11)
        desktop.wait_for('the box in its place', lambda: re.search(
            r'512\s*[×x]\s*50', self.program.outline()))

    def test_02_an_operator_signs_in(self):
        self.sign_in(OLGA)

    def test_03_a_use_that_takes_a_second_person(self):
        self.program.click('^Desk$', role='page tab')
        self.program.click('Export…')
        self.program.press('^It is not known whose', role='check box', within=self.wizard)
        self.next()
        self.program.press('^Internal meeting', role='check box', within=self.wizard)
        self.program.type_into('Why share', 'Shows trainees how a rounded shadow looks')
        self.next()
        for question in ('under 18', 'died', 'show a face', 'anyone else'):
            self.answer(question, 'No')
        self.answer('see this know the person', 'Yes')
        self.next()
        self.program.press('^Nobody could be identified', role='check box', within=self.wizard)
        for question in ('face be rebuilt', 'pick this person out', 'matched with', 'something new',
                         'workmate'):
            self.answer(question, 'No')
        self.next()
        self.answer('full size', 'Yes')
        self.next()
        self.answer('caption', 'Yes')
        self.next()
        self.program.read_looking('Needs a second person', self.wizard)
        self.assertEqual(self.desk.rows('intent'), [])

    def test_04_it_is_parked(self):
        self.next()
        self.program.press('^Ask later', role='check box', within=self.wizard)
        self.program.type_into('^Why you ask', WHY, within=self.wizard)
        self.program.click('^Ask, and let it wait', within=self.wizard)
        self.program.wait_to_read('It waits under')
        case, = self.desk.by(ARI, 'case', 'list', '--state', 'waiting', '--reveal')
        self.assertEqual((case['parked_by'], case['reason'], case['refused_by']),
                         (OLGA, WHY, 'row-8'))
        self.assertEqual(case['request']['boxes_as_filled'], [[0, 0, 512, 50]])
        self.assertEqual(case['request']['file'], 'chest.dcm')
        self.assertEqual(case['source_sha256'], cli.sha256(SOURCE))
        self.assertEqual(self.desk.rows('second'), [])

    def test_05_the_approver_finds_it_in_the_register(self):
        self.sign_out()
        self.assertNotIn(WHY, self.program.say())
        self.sign_in(ARI)
        self.program.find('list item', '^Waiting for a second person, 1')
        self.program.focus()
        self.program.keys('ctrl+5')  # as the keyboard is in the register after signing in
        self.program.wait_to_read(WHY)
        self.program.wait_to_read('Its file\nchest.dcm')
        self.assertEqual(cli.told(self.program.window_title()), [])

    def test_06_and_looks_at_the_picture(self):
        self.program.wait_to_read('The file of this picture is open on the desk')
        self.program.click('^Look at it$', role='push button')
        self.program.find('image', '^Picture')
        self.program.wait_to_read('Whose picture is this')  # nothing of what the operator said
        self.program.click('^Register$', role='page tab')

    def test_07_and_decides_there(self):
        self.program.type_into('^In your words', WORDS)
        self.program.click('^Approve$', role='push button')
        self.program.wait_to_read('Approved and signed')
        self.program.wait_to_read('Nothing waits')
        case, = self.desk.by(ARI, 'case', 'list', '--reveal')
        self.assertEqual((case['state'], case['decided_by'], case['words']),
                         ('approved', ARI, WORDS))
        row, = self.desk.rows('second')
        self.assertEqual((row['body']['decision'], row['body']['approver'],
                          row['body']['operator'], row['body']['case']),
                         ('approve', self.desk.id_of(ARI), self.desk.id_of(OLGA), case['id']))

    def test_08_the_operator_exports_exactly_that(self):
        self.sign_out()
        self.sign_in(OLGA)
        self.program.click('^Desk$', role='page tab')
        self.program.click('Export…')
        for step in range(1, 7):  # what she had answered is there again
            self.program.wait_to_read(f'step {step} of')
            self.next()
        self.program.wait_to_read('This cannot be taken back')
        self.program.wait_to_read('May be exported')
        self.program.click('^_?Export', role='push button', within=self.wizard)
        dialog = self.program.find(None, '^Export to a new file')
        self.program.type_into('^Name', str(PICTURE), within=dialog)
        self.program.click('^_?(Save|Export)', within=dialog)
        desktop.wait_for('the picture', PICTURE.exists)
        self.program.wait_to_read('SHA-256|receipt')

    def test_09_the_ledger_says_who_asked_and_who_decided(self):
        second, = self.desk.rows('second')
        intent, = self.desk.rows('intent')
        self.assertEqual(len(self.desk.rows('done')), 1)
        self.assertEqual(intent['body']['user'], self.desk.id_of(OLGA))
        self.assertEqual(intent['body']['second_person'], second['id'])
        self.assertEqual(intent['body']['sha256'], cli.sha256(PICTURE))
        self.desk.by(KAY, 'ledger', 'verify')

    def test_10_the_bytes_are_flat_and_covered(self):
        self.assertTrue(self.desk.call('verify', PICTURE).json['flat'])
        self.assertEqual(cli.metadata(PICTURE), {})
        self.assertEqual(cli.told(PICTURE.read_bytes().decode('latin-1')), [])
        self.assertIsNone(cli.pixels(PICTURE).crop((0, 0, 512, 46)).convert('L').getbbox())

    def test_11_nothing_was_said_to_the_log(self):
        self.assertEqual(self.program.log.read_text().splitlines(), [])


if __name__ == '__main__':
    tap.main()
