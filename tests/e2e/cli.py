"""A throw-away register, and imprimatur-cli run on it."""
import hashlib
import json
import os
import pathlib
import shutil
import stat
import subprocess
import tempfile

from PIL import Image, ImageOps

CLI = pathlib.Path(os.environ['IMP_CLI'])
SAMPLE = pathlib.Path(os.environ['IMP_SAMPLE'])
XRAY, PHOTO = SAMPLE / 'chest.dcm', SAMPLE / 'phone-photo.jpg'
NAME, NUMBER = 'EXAMPLE^PERSON A', 'H204417'
STRIP = (0, 0, 512, 46)       # the burned-in text of the X-ray
LABEL = (690, 680, 450, 180)  # the name label of the photograph
COVERED = {XRAY: [STRIP], PHOTO: [LABEL]}
# What is done about a place of the finished picture (docs/cli.md).
ACTS = {'floor:output-text': 'acknowledge', 'floor:burned-in': 'acknowledge',
        'floor:output-shows': 'box'}
# Whatever of the sample must never be found in what leaves, nor in a message.
SENTINELS = ('EXAMPLE', 'PERSON', 'H204417', '204417', 'Greenwich', '19571122', 'EX2044171')

# A form of one page as PDF, the least that a viewer opens.
FORM = ('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n'
        '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n'
        '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj\n'
        'trailer<</Root 1 0 R>>\n%%EOF\n')

WORDS = {
    'why-share': 'Shows trainees how a rounded shadow looks on a chest X-ray',
    'image-kind': 'x-ray',
}


def acts_of(refused):
    """What somebody at the desk would do about the places that refused a release, and whether
    anything else refused it, too."""
    acts = [f'--{ACTS[each["rule"]]}={each["region"]}' for each in refused if each['rule'] in ACTS]
    others = len(acts) < len(refused)
    return acts + sorted({f'--acknowledged-in={each["output"]}' for each in refused if 'output' in each}), others


class Failed(AssertionError):
    """imprimatur-cli ended otherwise than expected."""


class Answer:
    """What one call returned."""

    def __init__(self, done):
        self.status = done.returncode
        self.text, self.errors = done.stdout, done.stderr

    @property
    def json(self):
        return json.loads(self.text)

    @property
    def about_the_picture(self):
        """acts_of(), where a release was refused."""
        return acts_of(self.json) if self.status == 3 and '"region"' in self.text else ([], False)


class Desk:
    """A folder with a register, its key, a home and a place for pictures."""

    def __init__(self, folder=None):
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix='imp-e2e-'))
        self.key, self.register = self.folder / 'key', self.folder / 'register.db'
        self.home, self.out = self.folder / 'home', self.folder / 'out'
        for each in (self.home, self.out):
            each.mkdir()
        self.key.touch(0o600)
        self.key.write_bytes(os.urandom(32))

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def environment(self):
        keep = {name: value for name, value in os.environ.items()
                if not name.startswith(('XDG_', 'DBUS_', 'DISPLAY', 'WAYLAND', 'IMPRIMATUR_REG'))}
        return keep | {'HOME': str(self.home), 'LC_ALL': 'C.UTF-8',
                       'IMPRIMATUR_REGISTER': str(self.register),
                       'IMPRIMATUR_KEY_FILE': str(self.key)}

    def command(self, *arguments):
        return [str(CLI), *(str(each) for each in arguments), '--json']

    def run(self, *arguments, wrap=(), environment=None, **options):
        """Runs a verb, however that ends."""
        return Answer(subprocess.run(
            [*wrap, *self.command(*arguments)], capture_output=True, text=True,
            env=self.environment | (environment or {}), timeout=120,
            stdin=None if 'input' in options else subprocess.DEVNULL, **options))

    def call(self, *arguments, status=0, acknowledges=True, **options):
        """Runs a verb, and insists on its exit status. With acknowledges, somebody has looked at
        the finished picture, place by place: what tells whose it is was covered."""
        answer = self.run(*arguments, **options)
        for _ in range(4 if acknowledges else 0):
            acts, others = answer.about_the_picture
            if not acts or (status == 3 and not others):
                break
            arguments = (*arguments, *acts)
            answer = self.run(*arguments, **options)
        if answer.status != status:
            raise Failed(f'{" ".join(map(str, arguments))}: exit {answer.status}, not {status}\n'
                         f'{answer.errors}{answer.text}')
        return answer

    def init(self, policy='Sample policy 1'):
        self.call('register', 'init')
        if policy:
            self.call('register', 'set', 'local-policy-reference', policy)
        return self

    def add_person(self, **fields):
        fields = {'number': NUMBER, 'name': NAME, 'born': '1957-11-22'} | fields
        return self.call('person', 'add', '--from', '-', input=json.dumps(fields)).json['id']

    def add_permission(self, person, level='teaching-closed', *more):
        return self.call('permission', 'add', '--person', person, '--level', level,
                         '--evidence', 'signed-paper', '--given-by', 'patient',
                         '--given', '2026-01-05', *more).json['id']

    def answers(self, destination, route, **changed):
        """The answers that raise no flag, with words that fit; and what the caller changes."""
        found = {}
        for question in self.call('questions', '--destination', destination, '--route', route).json:
            key, allowed = question['key'], question['allowed'] or []
            if question['clears'] is not None:
                found[key] = question['clears']
            elif key in WORDS:
                found[key] = WORDS[key]
            else:
                found[key] = allowed[0] if allowed else 'Nobody real is concerned here'
        return found | {key.replace('_', '-'): value for key, value in changed.items()}

    def decided(self, *arguments):
        """The arguments of a release, with what somebody at the desk has said of each place that its
        picture shows: found by a release to another file."""
        at = arguments.index('--output') + 1
        scratch = self.folder / 'scratch.png'
        answer = self.run(*arguments[:at], scratch, *arguments[at + 1:])
        scratch.unlink(missing_ok=True)
        acts, others = answer.about_the_picture
        if others or (answer.status and not acts):
            raise Failed(f'refused not for its picture alone: {answer.errors}{answer.text}')
        return [*arguments, *acts]

    def release_arguments(self, source, target, person, destination='teaching-file',
                          route='consent', boxes=None, answers=None, more=()):
        """What the sample shows of its person is covered, unless boxes say otherwise."""
        boxes = COVERED.get(source, ()) if boxes is None else boxes
        answers = self.answers(destination, route) if answers is None else answers
        file = self.folder / 'answers.json'
        file.write_text(json.dumps(answers))
        return ['release', source, '--output', target, '--destination', destination,
                '--route', route, '--person', person, '--answers', file,
                *(f'--box={",".join(map(str, box))}' for box in boxes), *more]

    def release(self, source, target, person, status=0, options=None, acknowledges=True, **use):
        return self.call(*self.release_arguments(source, target, person, **use), status=status,
                         acknowledges=acknowledges, **(options or {}))

    def ledger(self):
        return self.call('ledger', 'show', '--limit', 10000).json


def pixels(path):
    """The picture as Pillow reads it."""
    with Image.open(path) as picture:
        picture.load()
        return picture.copy()


def upright(path):
    """A photograph as a viewer would show it."""
    with Image.open(path) as picture:
        return ImageOps.exif_transpose(picture).convert('RGB')


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


def metadata(path):
    """Every tag that exiftool finds, but for those that describe the file and the bare format."""
    done = subprocess.run(['exiftool', '-j', '-a', '-G1', '-u', '-ee', path], check=True,
                          capture_output=True, text=True)
    found = json.loads(done.stdout)[0]
    plain = ('System:', 'File:', 'ExifTool:', 'Composite:ImageSize', 'Composite:Megapixels')
    picture = {'PNG:ImageWidth', 'PNG:ImageHeight', 'PNG:BitDepth', 'PNG:ColorType',
               'PNG:Compression', 'PNG:Filter', 'PNG:Interlace', 'PNG:SRGBRendering',
               'JFIF:JFIFVersion', 'JFIF:ResolutionUnit', 'JFIF:XResolution', 'JFIF:YResolution'}
    return {tag: value for tag, value in found.items()
            if tag != 'SourceFile' and not tag.startswith(plain) and tag not in picture}


def told(*texts):
    """The sentinels that occur in any of the texts."""
    return [word for word in SENTINELS if any(word in text for text in texts)]
