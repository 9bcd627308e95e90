#!/usr/bin/python3
"""What in a picture may identify is said with its reason, and what is left of it does not leave."""
import os
import pathlib
import os
import pathlib
import signal
import subprocess
import sys
import time
import unittest

import numpy as np
import pydicom
import tap
from PIL import Image, ImageDraw, ImageFont
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian

from cli import NAME, NUMBER, Desk, pixels, told

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'fixtures'))
import faces_make  # noqa: E402

FONT = '/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf'
WIDTH, HEIGHT = 640, 480
US, SECONDARY = '1.2.840.10008.5.1.4.1.1.6.1', '1.2.840.10008.5.1.4.1.1.7'
NAME_AT, NUMBER_AT, MEASURE_AT, WORD_AT = (30, 150), (30, 220), (360, 300), (330, 400)


def frame(*texts):
    """A grey frame with texts: (x, y), text, size."""
    picture = Image.new('L', (WIDTH, HEIGHT), 40)
    for place, text, size in texts:
        ImageDraw.Draw(picture).text(place, text, 230, font=ImageFont.truetype(FONT, size))
    return np.asarray(picture)


def dicom(path, frames, sop=SECONDARY, **fields):
    data = Dataset()
    data.file_meta = FileMetaDataset()
    data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data.file_meta.MediaStorageSOPClassUID = data.SOPClassUID = sop
    data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID = '2.25.204417'
    data.is_little_endian, data.is_implicit_VR = True, False
    data.PatientName, data.PatientID, data.PatientBirthDate = NAME, NUMBER, '19571122'
    data.Modality = 'US' if sop == US else 'OT'
    data.Rows, data.Columns = HEIGHT, WIDTH
    data.BitsAllocated = data.BitsStored = 8
    data.HighBit, data.PixelRepresentation, data.SamplesPerPixel = 7, 0, 1
    data.PhotometricInterpretation = 'MONOCHROME2'
    data.WindowCenter, data.WindowWidth = 128, 256
    data.NumberOfFrames = len(frames)
    data.PixelData = b''.join(each.tobytes() for each in frames)
    for key, value in fields.items():
        setattr(data, key, value)
    data.save_as(path, write_like_original=False)
    return path


def reasons(region):
    return {each.split(':')[0] for each in region['reasons']}


def over(regions, place, size=10):
    """The regions that cover a spot a little inside of a text that begins at place."""
    x, y = place[0] + size, place[1] + size
    return [each for each in regions
            if each['x'] <= x < each['x'] + each['w'] and each['y'] <= y < each['y'] + each['h']]


class Screen(unittest.TestCase):
    def setUp(self):
        self.desk = Desk()
        self.addCleanup(self.desk.close)

    def screen(self, path, *more):
        return self.desk.call('screen', path, *more)

    def test_says_where_and_why(self):
        path = dicom(self.desk.folder / 'one.dcm',
                     [frame((NAME_AT, 'PERSON EXAMPLE', 32), (NUMBER_AT, 'H204417', 32),
                            (MEASURE_AT, '12.3 mm', 28))])
        answer = self.screen(path)
        self.assertEqual(told(answer.text, answer.errors), [], 'masked')
        regions = answer.json['regions']
        for region in regions:
            self.assertEqual(set(region), {'frame', 'x', 'y', 'w', 'h', 'reasons', 'text',
                                           'confidence', 'keep'})
            self.assertEqual(region['frame'], 1)
        names = over(regions, NAME_AT)
        self.assertTrue(any('header-value:PatientName' in each['reasons'] for each in names), regions)
        numbers = over(regions, NUMBER_AT)
        self.assertTrue(any('header-value:PatientID' in each['reasons'] for each in numbers), regions)
        self.assertTrue(all(each['keep'] is None for each in names + numbers))
        measured = over(regions, MEASURE_AT)
        self.assertEqual([each['keep'] for each in measured], ['measurement'], regions)
        revealed = over(self.screen(path, '--reveal').json['regions'], NUMBER_AT)
        self.assertTrue(any('204417' in (each['text'] or '') for each in revealed), revealed)
        people = subprocess.run(self.desk.command('screen', path)[:-1], capture_output=True, text=True,
                                env=self.desk.environment, check=True)
        self.assertIn('header-value:PatientID', people.stdout)
        self.assertIn('kept because: measurement', people.stdout)
        self.assertEqual(told(people.stdout, people.stderr), [])

    def test_colours_of_equal_brightness(self):
        """In grey both are the same: 77, 150 and 29 parts of red, green and blue in 256."""
        for ground, ink in (((200, 60, 60), (40, 145, 40)), ((40, 60, 220), (200, 16, 20)),
                            ((40, 145, 40), (200, 60, 60))):
            picture = Image.new('RGB', (WIDTH, HEIGHT), ground)
            draw = ImageDraw.Draw(picture)
            draw.fontmode = '1'
            draw.text(NUMBER_AT, 'H204417', ink, font=ImageFont.truetype(FONT, 32))
            brightness = {(77 * r + 150 * g + 29 * b + 128) >> 8 for r, g, b in (ground, ink)}
            self.assertEqual(len(brightness), 1)
            path = self.desk.folder / 'colours.png'
            picture.save(path)
            regions = over(self.screen(path).json['regions'], NUMBER_AT)
            self.assertTrue(any('number' in reasons(each) for each in regions), (ground, regions))

    def test_every_frame(self):
        blank, named = frame(), frame((NUMBER_AT, 'H204417', 32))
        path = dicom(self.desk.folder / 'film.dcm', [blank, named, blank, named])
        regions = self.screen(path).json['regions']
        self.assertEqual({each['frame'] for each in regions}, {2, 4})
        self.assertEqual(self.screen(path, '--frame', 'all').json['regions'], regions)
        second = self.screen(path, '--frame', 2).json['regions']
        self.assertEqual(second, [each for each in regions if each['frame'] == 2])
        self.desk.call('screen', path, '--frame', 5, status=1)
        self.desk.call('screen', path, '--frame', 'many', status=1)

    def test_ultrasound_without_looking(self):
        region = Dataset()
        region.RegionSpatialFormat = 1
        for key, value in zip((0x00186018, 0x0018601A, 0x0018601C, 0x0018601E), (40, 60, 600, 460)):
            region.add_new(key, 'UL', value)
        path = dicom(self.desk.folder / 'us.dcm', [frame()], US,
                     SequenceOfUltrasoundRegions=Sequence([region]))
        regions = self.screen(path).json['regions']
        outside = [each for each in regions if 'outside-ultrasound-region' in reasons(each)]
        covered = np.zeros((HEIGHT, WIDTH), int)
        for each in outside:
            covered[each['y']:each['y'] + each['h'], each['x']:each['x'] + each['w']] += 1
        wanted = np.ones((HEIGHT, WIDTH), int)
        wanted[60:460, 40:600] = 0
        self.assertTrue((covered == wanted).all())
        strip = [each for each in regions if 'top-strip' in reasons(each)]
        self.assertEqual([(each['x'], each['y'], each['w'], each['h']) for each in strip],
                         [(0, 0, WIDTH, 48)])

    def test_scanner_that_is_known(self):
        path = dicom(self.desk.folder / 'iu22.dcm', [np.full((600, 800), 40, np.uint8)], US,
                     Rows=600, Columns=800, Manufacturer='Philips Medical Systems',
                     ManufacturerModelName='iU22')
        regions = self.screen(path).json['regions']
        self.assertEqual([(each['x'], each['y'], each['w'], each['h'], each['reasons'])
                          for each in regions], [(0, 0, 800, 59, ['device-rule:philips-iu22-600'])])

    def test_faces(self):
        """In a photograph, where the program knows faces; said where it does not; never in grey DICOM."""
        size, known = 320, os.environ['IMP_FACES'] == 'yes'
        photo, bare = self.desk.folder / 'photo.png', self.desk.folder / 'bare.png'
        face = faces_make.photograph(faces_make.front(), size)
        face.save(photo)
        faces_make.cloth().save(bare)
        answer, none = self.screen(photo).json, self.screen(bare).json
        self.assertEqual([answer['faces'], none['faces']], ['looked-for' if known else 'not-looked-for'] * 2)
        left, top, right, bottom = (each * size / faces_make.SIDE for each in faces_make.FEATURES)
        x, y = faces_make.PLACE
        found = [each for each in answer['regions'] if each['reasons'] == ['face']]
        self.assertEqual([each['x'] <= x + left and each['y'] <= y + top and each['x'] + each['w'] >= x + right
                          and each['y'] + each['h'] >= y + bottom for each in found], [True] * known, found)
        self.assertTrue(all(each['text'] is None and each['keep'] is None for each in found))
        self.assertEqual([each for each in none['regions'] if 'face' in each['reasons']], [])
        grey = np.asarray(face.convert('L'))
        skull = dicom(self.desk.folder / 'skull.dcm', [grey], Rows=grey.shape[0], Columns=grey.shape[1])
        answer = self.screen(skull).json
        self.assertEqual(answer['faces'], 'not-a-photograph')
        self.assertEqual([each for each in answer['regions'] if 'face' in each['reasons']], [])

    def test_faces_that_nobody_knows(self):
        photo = self.desk.folder / 'photo.png'
        faces_make.photograph(faces_make.front(), 320).save(photo)
        with_out = {'IMPRIMATUR_SCREENER': os.environ['IMP_FACELESS_SCREENER']}
        answer = self.desk.call('screen', photo, environment=with_out)
        self.assertEqual(answer.json['faces'], 'not-looked-for')
        people = subprocess.run(self.desk.command('screen', photo)[:-1], capture_output=True, text=True,
                                env=self.desk.environment | with_out, check=True)
        self.assertIn('Nobody has looked for faces', people.stdout)

    def test_not_screened_is_said(self):
        path = dicom(self.desk.folder / 'one.dcm', [frame()])
        answer = self.desk.call('screen', path, status=2,
                                environment={'IMPRIMATUR_SCREENER': '/nonexistent/screener'})
        self.assertEqual(answer.text.strip(), '')

    def test_stopped(self):
        path = dicom(self.desk.folder / 'long.dcm',
                     [frame((NUMBER_AT, f'A{n:06d}', 32)) for n in range(120)])
        process = subprocess.Popen(self.desk.command('screen', path), stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, env=self.desk.environment, text=True)
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        text, errors = process.communicate(timeout=20)
        self.assertEqual((process.returncode, text.strip()), (6, ''), errors)

    def test_person_of_the_register(self):
        path = dicom(self.desk.folder / 'other.dcm', [frame((NUMBER_AT, 'K551208', 32))])
        self.desk.init()
        self.desk.add_person(number='K551208', name='SAMPLE^WITNESS C', born='1960-02-03')
        before = over(self.screen(path).json['regions'], NUMBER_AT)
        self.assertEqual([each['reasons'] for each in before], [['number']])
        answer = self.screen(path, '--person', 'K551208')
        after = over(answer.json['regions'], NUMBER_AT)
        self.assertEqual([each['reasons'] for each in after], [['person:number', 'number']])
        self.assertEqual([each for each in (answer.text, answer.errors) if '551208' in each], [])
        self.desk.call('screen', path, '--person', 'K000000', status=1)


def descendants(pid):
    """The processes below one, the deepest last."""
    found = []
    for each in pathlib.Path('/proc').glob('[0-9]*/stat'):
        try:
            fields = each.read_text().rsplit(')', 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found += [int(each.parent.name), *descendants(int(each.parent.name))]
    return found


class BadInput(unittest.TestCase):
    """Whatever the picture: an honest answer, in bounded time (Desk.run waits for two minutes)."""

    def setUp(self):
        self.desk = Desk()
        self.addCleanup(self.desk.close)

    def picture(self, name, pixels):
        path = self.desk.folder / name
        Image.fromarray(pixels).save(path, compress_level=1)
        return path

    def screen(self, path, *more, **options):
        return self.desk.call('screen', path, *more, **options).json['regions']

    def test_blank(self):
        for value in (0, 128, 255):
            path = self.picture(f'blank-{value}.png', np.full((600, 800), value, np.uint8))
            self.assertEqual(self.screen(path), [])

    def test_tiny(self):
        noise = np.random.default_rng(1895).integers(0, 256, (16, 16), np.uint8)
        for name, pixels in (('tiny.png', noise), ('one.png', noise[:1, :1]), ('row.png', noise[:1])):
            for region in self.screen(self.picture(name, pixels)):
                self.assertLessEqual(region['x'] + region['w'], pixels.shape[1])
                self.assertLessEqual(region['y'] + region['h'], pixels.shape[0])

    def test_noise(self):
        """What is written within it is found all the same."""
        pixels = np.random.default_rng(1895).integers(0, 120, (900, 1200), np.uint8)
        mask = np.asarray(frame((NAME_AT, 'PERSON EXAMPLE', 40))) > 128
        pixels[:HEIGHT, :WIDTH][mask] = 255
        self.assertTrue(over(self.screen(self.picture('noise.png', pixels)), NAME_AT))

    def test_huge(self):
        pixels = np.zeros((10000, 10000), np.uint8)
        pixels[-HEIGHT:, -WIDTH:] = frame((NUMBER_AT, 'H204417', 32))
        regions = self.screen(self.picture('huge.png', pixels))
        there = (NUMBER_AT[0] + 10000 - WIDTH, NUMBER_AT[1] + 10000 - HEIGHT)
        self.assertTrue(any('number' in reasons(each) for each in over(regions, there)), regions)

    def test_all_text(self):
        """Every line of a page is told, read or not."""
        page = Image.new('L', (1240, 1754), 255)
        lines = [(60, y) for y in range(60, 1700, 26)]
        for n, place in enumerate(lines):
            ImageDraw.Draw(page).text(place, f'Line {n} of a letter about EXAMPLE PERSON A, H{204400 + n}, and more',
                                      0, font=ImageFont.truetype(FONT, 18))
        regions = self.screen(self.picture('page.png', np.asarray(page)))
        missed = [place for place in lines if not over(regions, place, 8)]
        self.assertEqual(missed, [])

    def test_crash(self):
        """The screener's child ends in the middle: nobody knows, which is not "nothing found"."""
        page = np.zeros((6000, 6000), np.uint8)
        page[:HEIGHT, :WIDTH] = frame((NUMBER_AT, 'H204417', 32))
        path = self.picture('large.png', page)
        process = subprocess.Popen(self.desk.command('screen', path), stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, env=self.desk.environment, text=True)
        killed = False
        end = time.monotonic() + 60
        while not killed and process.poll() is None and time.monotonic() < end:
            time.sleep(0.02)
            for each in descendants(process.pid):
                # Of the screener's own children, which it makes once it is asked.
                if screener(each) and screener(parent(each)):
                    os.kill(each, signal.SIGSEGV)
                    killed = True
        text, errors = process.communicate(timeout=60)
        self.assertTrue(killed)
        self.assertEqual((process.returncode, text.strip()), (2, ''), errors)
        self.assertIn('was not screened', errors)


def parent(pid):
    return int(pathlib.Path(f'/proc/{pid}/stat').read_text().rsplit(')', 1)[1].split()[1])


def screener(pid):
    return pathlib.Path(f'/proc/{pid}/comm').read_text().startswith('imprimatur-scre')


def acknowledged(found):
    """What a script says of places that a refusal told it of."""
    return [*(f'--acknowledge={each["region"]}' for each in found), f'--acknowledged-in={found[0]["output"]}']


class SecondLook(unittest.TestCase):
    """leaks.md row 28: the finished picture is looked at again."""

    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()
        self.desk.add_permission(self.person)
        self.count = 0

    def release(self, source, status=0, boxes=(), more=(), ending='png', **use):
        self.count += 1
        target = self.desk.out / f'{self.count}.{ending}'
        answer = self.desk.release(source, target, self.person, status=status, boxes=boxes, more=more,
                                   acknowledges=False, **use)
        self.assertEqual(target.exists(), status == 0)
        return answer, target

    def refused_by(self, source, rule, **use):
        answer, _ = self.release(source, status=3, **use)
        found = answer.json
        self.assertEqual({each['rule'] for each in found}, {rule}, found)
        self.assertEqual(told(answer.text, answer.errors), [], 'a place, never a value')
        for each in found:
            self.assertTrue(each['source'])
            self.assertTrue(each['lift'])
        return found

    def test_leaks_row_28_name_left(self):
        source = dicom(self.desk.folder / 'one.dcm', [frame((NAME_AT, 'PERSON EXAMPLE', 32),
                                                            (WORD_AT, 'ROTATED', 28))])
        found = self.desk.release(source, self.desk.out / 'x.png', self.person, status=3).json
        shows = [each for each in found if each['rule'] == 'floor:output-shows']
        self.assertTrue(shows, found)
        x, y, w, h = map(int, shows[0]['region'].split(','))
        self.assertLess(abs(y + h / 2 - (NAME_AT[1] + 18)), 20, shows)
        # Nobody can acknowledge it, by whatever route and destination.
        for each in ('anonymised', 'consent'):
            self.assertIn('floor:output-shows', {one['rule'] for one in self.release(
                source, status=3, route=each,
                more=acknowledged(shows[:1]))[0].json})
        self.assertIn('refused', {row['kind'] for row in self.desk.ledger()})

    def test_leaks_row_28_name_among_much_writing(self):
        """As much as on a scanner's screen: the name is read all the same, and refused as such."""
        screen = Image.fromarray(np.full((768, 1024), 20, np.uint8))
        draw = ImageDraw.Draw(screen)
        for n in range(60):
            draw.text((10 + 260 * (n % 4), 60 + 24 * (n // 4)), 'Bladder Kidney', 230,
                      font=ImageFont.truetype(FONT, 16))
        draw.text((12, 20), 'EXAMPLE PERSON A  H204417', 200, font=ImageFont.truetype(FONT, 18))
        source = dicom(self.desk.folder / 'one.dcm', [np.asarray(screen)], Rows=768, Columns=1024)
        found, _ = self.release(source, status=3)
        regions = [list(map(int, each['region'].split(','))) for each in found.json
                   if each['rule'] == 'floor:output-shows']
        self.assertTrue(any(y <= 30 < y + h for _, y, _, h in regions), found.json)

    def test_leaks_row_28_turned(self):
        """A number that reads as a word the other way round."""
        for turn in (90, 180, 270):
            for size in (16, 24):
                line = Image.new('L', (size * 6, size + 8), 40)
                ImageDraw.Draw(line).text((2, 2), 'H204417', 230, font=ImageFont.truetype(FONT, size))
                page = Image.fromarray(frame())
                page.paste(line.rotate(turn, expand=True), (100, 60))
                source = dicom(self.desk.folder / 'one.dcm', [np.asarray(page)])
                found, _ = self.release(source, status=3)
                self.assertIn('floor:output-shows', {each['rule'] for each in found.json}, (turn, size))

    def test_leaks_row_28_jpeg_too(self):
        source = dicom(self.desk.folder / 'one.dcm', [frame((NUMBER_AT, 'H204417', 32))])
        self.refused_by(source, 'floor:output-shows', ending='jpg')

    def test_person_of_the_register_alone(self):
        """The file says nothing; the register knows whose picture it is."""
        source = self.desk.folder / 'plain.png'
        Image.fromarray(frame((NUMBER_AT, 'H204417', 32))).save(source)
        self.refused_by(source, 'floor:output-shows')
        answer, _ = self.release(source, boxes=[(0, 200, WIDTH, 80)])
        self.assertEqual(answer.json['receipt']['left_in_view'], [])

    def test_other_writing_is_acknowledged_place_by_place(self):
        source = dicom(self.desk.folder / 'one.dcm', [frame((NAME_AT, 'ROTATED', 32),
                                                            (WORD_AT, 'Bladder', 28))])
        found = self.refused_by(source, 'floor:output-text')
        regions = [each['region'] for each in found]
        self.assertEqual(len(set(regions)), len(regions))
        self.assertGreaterEqual(len(regions), 2)
        one = self.refused_by(source, 'floor:output-text', more=acknowledged(found[:1]))
        self.assertEqual([each['region'] for each in one], regions[1:])
        self.refused_by(source, 'floor:output-text',
                        more=acknowledged([found[0] | {'region': f'0,0,{WIDTH},{HEIGHT}'}]))
        answer, _ = self.release(source, more=acknowledged(found))
        left = answer.json['receipt']['left_in_view']
        self.assertEqual([','.join(map(str, each['region'])) for each in left], regions)
        self.assertEqual({each['stays_as'] for each in left}, {'acknowledged'})
        rows = {row['kind']: row for row in self.desk.ledger()}
        self.assertEqual(rows['intent']['body']['left_in_view'], left)

    def test_what_readers_need_stays(self):
        source = dicom(self.desk.folder / 'one.dcm', [frame((MEASURE_AT, '12.3 mm', 28))])
        answer, _ = self.release(source)
        self.assertEqual([each['stays_as'] for each in answer.json['receipt']['left_in_view']],
                         ['measurement'])

    def test_where_it_is_after_a_crop(self):
        source = dicom(self.desk.folder / 'one.dcm', [frame((WORD_AT, 'Bladder', 28))])
        whole = self.refused_by(source, 'floor:output-text')[0]['region']
        cut = self.refused_by(source, 'floor:output-text', more=['--crop=200,300,440,180'])
        for a, b in zip(map(int, whole.split(',')), map(int, cut[0]['region'].split(','))):
            self.assertLess(abs(a - b), 8, 'in the full frame')
        self.release(source, more=['--crop=200,300,440,180', *acknowledged(cut)])

    def test_suggestions_accepted_by_a_script(self):
        source = dicom(self.desk.folder / 'one.dcm',
                       [frame((NAME_AT, 'PERSON EXAMPLE', 32), (NUMBER_AT, 'H204417', 32),
                              (MEASURE_AT, '12.3 mm', 28))])
        answer, target = self.release(source, more=['--accept-suggestions'])
        receipt = answer.json['receipt']
        self.assertEqual(receipt['suggestions_accepted_by'], 'a script')
        self.assertTrue(receipt['boxes_suggested'])
        shown = np.asarray(pixels(target))
        self.assertLess(shown[NAME_AT[1]:NUMBER_AT[1] + 60, :330].max(), 60, 'nothing but the ground')
        self.assertGreater(shown[MEASURE_AT[1]:MEASURE_AT[1] + 36, 360:460].max(), 200, 'kept')
        intent = next(row for row in self.desk.ledger() if row['kind'] == 'intent')
        self.assertEqual(intent['body']['suggestions_accepted_by'], 'a script')
        self.assertEqual(intent['body']['boxes_suggested'], receipt['boxes_suggested'])
        none, _ = self.release(source, boxes=[(0, 130, WIDTH, 150)])
        self.assertIsNone(none.json['receipt']['suggestions_accepted_by'])
        self.assertEqual(none.json['receipt']['boxes_suggested'], [])

    def test_not_screened_waits_on_both_routes(self):
        source = dicom(self.desk.folder / 'one.dcm', [frame()])
        broken = {'environment': {'IMPRIMATUR_SCREENER': '/nonexistent/screener'}}
        for route in ('consent', 'anonymised'):
            self.refused_by(source, 'floor:not-screened', route=route, options=broken)
        crashes = self.desk.folder / 'crashes'
        crashes.write_text('#!/bin/sh\nkill -SEGV $$\n')
        crashes.chmod(0o755)
        self.refused_by(source, 'floor:not-screened',
                        options={'environment': {'IMPRIMATUR_SCREENER': str(crashes)}})
        self.release(source)

    def test_leaks_row_18_burned_in_and_nothing_covered(self):
        """Whoever looked at all of it has not covered what the file itself says is there."""
        source = dicom(self.desk.folder / 'one.dcm', [frame()], BurnedInAnnotation='YES')
        found = self.refused_by(source, 'floor:burned-in')
        self.assertEqual(found[0]['region'], f'0,0,{WIDTH},{HEIGHT}')
        self.assertEqual(found[0]['source'], 'DICOM (0028,0301)')
        answer, _ = self.release(source, more=acknowledged(found))
        self.assertEqual([each['reason'] for each in answer.json['receipt']['left_in_view']],
                         ['burned-in-annotation'])
        self.release(source, boxes=[(0, 0, WIDTH, 40)])
        self.release(source, more=['--crop=0,40,640,440'])

    def test_acknowledgement_is_of_one_picture(self):
        """What was seen in one says nothing of another that shows something at the same place."""
        word = (WORD_AT, 'Bladder', 28)
        one = dicom(self.desk.folder / 'one.dcm', [frame(word)])
        found = self.refused_by(one, 'floor:output-text')
        pixels_of_other = frame(word).copy()
        pixels_of_other[:40, :40] = 90
        other = dicom(self.desk.folder / 'other.dcm', [pixels_of_other])
        again = self.refused_by(other, 'floor:output-text', more=acknowledged(found))
        self.assertEqual([each['region'] for each in again], [each['region'] for each in found])
        self.release(other, status=1, more=[f'--acknowledge={again[0]["region"]}'])
        self.release(one, more=acknowledged(found))

    def test_acknowledgement_is_part_of_what_is_approved(self):
        source = dicom(self.desk.folder / 'one.dcm', [frame()], BurnedInAnnotation='YES')
        plain, _ = self.release(source, boxes=[(0, 0, 8, 8)])
        more, _ = self.release(source, boxes=[(0, 0, 8, 8)], more=['--acknowledge=1,2,3,4', '--acknowledged-in=none'])
        self.assertNotEqual(plain.json['receipt']['digest'], more.json['receipt']['digest'])


if __name__ == '__main__':
    tap.main()
