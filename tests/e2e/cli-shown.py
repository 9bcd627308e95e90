#!/usr/bin/python3
"""Pages, frames, overlays and grey levels: what a script asks for is what leaves, and what does not
exist is a usage error."""
import json
import pathlib
import sys
import unittest

import numpy
import pydicom
from PIL import Image, ImageDraw, TiffImagePlugin

import tap
from cli import Desk, pixels

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'fixtures'))
import decode_dicom  # noqa: E402

ROWS, COLUMNS = 96, 160
WORDS_AT = (20, 30, 110, 20)  # x, y, width, height of the words


def words(text='Drawn by someone'):
    """Burned-in text, as a mask."""
    image = Image.new('1', (COLUMNS, ROWS))
    ImageDraw.Draw(image).text((WORDS_AT[0] + 4, WORDS_AT[1] + 4), text, fill=1)
    return numpy.asarray(image).astype(numpy.uint8)


def plain(frames=0):
    """A calm picture well below white."""
    picture = decode_dicom.ramp(400, 2000, ROWS, COLUMNS)
    return numpy.stack([picture + 10 * i for i in range(frames)]) if frames else picture


class Shown(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = Desk().init()
        cls.count = 0

    @classmethod
    def tearDownClass(cls):
        cls.desk.close()

    def save(self, data, name):
        path = self.desk.folder / name
        pydicom.dcmwrite(path, data, write_like_original=False)
        return path

    def windowed(self, values, stored=12):
        data = decode_dicom.dataset(values, stored=stored)
        data.WindowCenter, data.WindowWidth = '2048', '4096'
        return data

    def export(self, source, *more, boxes=(), status=0, answers=None):
        type(self).count += 1
        output = self.desk.out / f'img-{self.count}.png'
        answer = self.desk.release(source, output, 'unknown', status=status, route='anonymised',
                                   boxes=boxes, answers=answers, more=more)
        self.assertEqual(output.exists(), status == 0)
        return (numpy.asarray(pixels(output)) if status == 0 else None), answer

    def inspect(self, source, *more, status=0):
        answer = self.desk.call('inspect', source, *more, status=status)
        return answer.json if status == 0 else answer.errors

    # -- frames

    def cine(self):
        """Three frames; the second one alone has words in it."""
        frames = plain(3)
        frames[1][words() == 1] = 4000
        data = self.windowed(frames)
        data.NumberOfFrames = 3
        return self.save(data, 'cine.dcm')

    def test_dicom_row_17_words_on_one_frame(self):
        """Each frame leaves as itself, and answers for one do not hold for another."""
        cine, mask = self.cine(), words() == 1
        for frame in (1, 2, 3):
            shown, answer = self.export(cine, '--frame', frame)
            self.assertEqual(bool((shown[mask] > 240).all()), frame == 2)
            self.assertEqual(answer.json['receipt']['frame'], frame)
        hashes = self.inspect(cine)['rendering_sha256']
        self.assertEqual(len(set(hashes)), 3)
        answers = self.desk.answers('teaching-file', 'anonymised')
        bound = {'rendering_sha256': hashes[0], 'answers': answers}
        self.export(cine, '--frame', 1, answers=bound)
        _, answer = self.export(cine, '--frame', 2, answers=bound, status=3)
        self.assertEqual([each['rule'] for each in answer.json], ['floor:answers'])
        _, answer = self.export(cine, '--frame', 2, status=3,
                                answers=answers | {'looked-at-all': 'no'})
        self.assertIn('floor:looked-at-all', [each['rule'] for each in answer.json])
        shown, _ = self.export(cine, '--frame', 2, boxes=[WORDS_AT])
        x, y, width, height = WORDS_AT
        self.assertEqual(int(shown[y:y + height, x:x + width].max()), 0)
        self.assertLess(int(shown.max()), 200)

    def test_one_frame_of_many(self):
        cine = self.cine()
        every = self.inspect(cine)['rendering_sha256']
        self.assertEqual(self.inspect(cine, '--frame', 3)['rendering_sha256'], every[2:])
        for frame in (0, 4, -1):
            self.assertIn('frames 1 to 3', self.inspect(cine, '--frame', frame, status=1))
            self.export(cine, '--frame', frame, status=1)
        self.export(cine, '--frame', -2 ** 31, status=1)

    # -- overlays

    def overlaid(self, channels=1):
        if channels == 1:
            data = self.windowed(plain())
        else:
            picture = numpy.full((ROWS, COLUMNS, 3), 90, dtype=numpy.uint8)
            data = decode_dicom.dataset(picture, bits=8, photometric='RGB')
        decode_dicom.overlay(data, 0x6000, words())
        decode_dicom.overlay(data, 0x6002, words('A mark')[::-1])
        data.add_new((0x6002, 0x1500), 'LO', 'EXAMPLE OVERLAY')
        return self.save(data, f'overlaid-{channels}.dcm')

    def test_leaks_row_19_overlay_off_and_on(self):
        one, two = words() == 1, words('A mark')[::-1] == 1
        for channels in (1, 3):
            source = self.overlaid(channels)
            for option, drawn in ((None, ()), ('none', ()), ('6000', (one,)), ('6002', (two,)),
                                  ('all', (one, two)), ('6002,6000', (one, two))):
                more = ['--overlays', option] if option else []
                shown, answer = self.export(source, *more)
                receipt = answer.json['receipt']
                for mask, group in ((one, '6000'), (two, '6002')):
                    is_drawn = any(mask is each for each in drawn)
                    self.assertEqual(bool((shown[mask] == 255).all()), is_drawn, (option, group))
                    self.assertEqual(group in receipt['overlays_drawn'], is_drawn)
                    self.assertEqual(group in receipt['overlays_hidden'], not is_drawn)
                self.assertLess(int(shown[~(one | two)].max()), 200)
            shown, _ = self.export(source, '--overlays', 'all', boxes=[WORDS_AT])
            x, y, width, height = WORDS_AT
            self.assertEqual(int(shown[y:y + height, x:x + width].max()), 0)
            self.assertTrue((shown[two] == 255).all())

    def test_leaks_row_19_overlays_accounted_for(self):
        source = self.overlaid()
        answers = self.desk.answers('teaching-file', 'anonymised')
        self.assertEqual(answers.pop('overlays-accounted'), 'yes')
        _, answer = self.export(source, answers=answers, status=3)
        self.assertEqual([each['rule'] for each in answer.json], ['question:overlays-accounted'])
        for said in ('no', 'not-sure'):
            _, answer = self.export(source, answers=answers | {'overlays-accounted': said}, status=3)
            refusal, = [each for each in answer.json if each['rule'] == 'floor:overlays-accounted']
            self.assertIn('2 overlays', refusal['reason'])
            self.assertTrue(refusal['lift'])
        self.export(self.save(self.windowed(plain()), 'none.dcm'), answers=answers)

    def test_questions_show_it(self):
        for route in ('consent', 'anonymised'):
            found = self.desk.call('questions', '--destination', 'teaching-file', '--route',
                                   route).json
            question, = [each for each in found if each['key'] == 'overlays-accounted']
            self.assertFalse(question['required'])
            self.assertTrue(question['needed_when'])
            self.assertEqual((question['scope'], question['clears']), ('pixels', 'yes'))

    def test_leaks_row_27_answers_of_another_set_of_overlays(self):
        source = self.overlaid()
        answers = self.desk.answers('teaching-file', 'anonymised')
        for option, other in (('none', 'all'), ('all', '6000')):
            digest, = self.inspect(source, '--overlays', option)['rendering_sha256']
            bound = {'rendering_sha256': digest, 'answers': answers}
            self.export(source, '--overlays', option, answers=bound)
            self.export(source, '--overlays', other, answers=bound, status=3)

    def test_overlays_told(self):
        told = self.inspect(self.overlaid(), '--overlays', '6002')
        self.assertEqual(told['overlays'], 2)
        self.assertEqual(told['overlay_planes'],
                         [{'group': '6000', 'embedded': False, 'label': None, 'drawn': False},
                          {'group': '6002', 'embedded': False, 'label': '••••••', 'drawn': True}])
        told = self.inspect(self.overlaid(), '--reveal')
        self.assertEqual(told['overlay_planes'][1]['label'], 'EXAMPLE OVERLAY')

    def test_overlays_that_are_not_there(self):
        source, bare = self.overlaid(), self.save(self.windowed(plain()), 'bare.dcm')
        for wrong in ('6004', '6000,6004', '6001', '600', '60000', 'some', '', '6000,', '6020'):
            self.inspect(source, '--overlays', wrong, status=1)
            self.export(source, '--overlays', wrong, status=1)
        self.assertIn('6000, 6002', self.inspect(source, '--overlays', '6004', status=1))
        self.assertIn('no overlay', self.inspect(bare, '--overlays', '6000', status=1))
        self.inspect(bare, '--overlays', 'all')

    # -- grey levels

    def test_dicom_row_10_voi_luts(self):
        """By number, and in the receipt; against PS3.3 C.11.2 by hand: a table of squares."""
        values = plain()
        data = decode_dicom.dataset(values, stored=12)
        entries = numpy.arange(4096)
        tables = [entries * 16, (entries.astype(float) ** 2 / 4095).round().astype(int) * 16]
        data.VOILUTSequence = pydicom.Sequence(
            [decode_dicom.table_item(0, 16, table) for table in tables])
        data.VOILUTSequence[1].LUTExplanation = 'EXAMPLE TABLE'
        source = self.save(data, 'luts.dcm')
        told = self.inspect(source)
        self.assertEqual(told['voi_luts'], [{'explanation': None}, {'explanation': '••••••'}])
        self.assertEqual(told['windows'], [])
        self.assertFalse(told['ranged'])
        for number, table in enumerate(tables, 1):
            shown, answer = self.export(source, '--voi-lut', number)
            self.assertLessEqual(abs(shown - table[values] / 65535 * 255).max(), 1)
            self.assertEqual(answer.json['receipt']['voi'], f'voi-lut {number}')
        first, answer = self.export(source)
        self.assertLessEqual(abs(first - tables[0][values] / 65535 * 255).max(), 1)
        self.assertEqual(answer.json['receipt']['voi'], 'default')
        for number in (0, 3, -1):
            self.assertIn('1 to 2', self.inspect(source, '--voi-lut', number, status=1))
        self.inspect(source, '--voi-lut', 1, '--window', '1,2', status=1)

    def test_window(self):
        values = plain()
        source = self.save(self.windowed(values), 'window.dcm')
        shown, answer = self.export(source, '--window', '1000,501')
        expected = numpy.clip((values - 999.5) / 500 + 0.5, 0, 1) * 255
        self.assertLessEqual(abs(shown - expected).max(), 1)
        self.assertEqual(answer.json['receipt']['voi'], 'window 1000,501 linear')
        digest, = self.inspect(source, '--window', '1000,501')['rendering_sha256']
        other, = self.inspect(source)['rendering_sha256']
        self.assertNotEqual(digest, other)
        answers = self.desk.answers('teaching-file', 'anonymised')
        for each, status in ((digest, 0), (other, 3)):
            bound = {'rendering_sha256': each, 'answers': answers}
            self.export(source, '--window', '1000,501', answers=bound, status=status)
        self.export(source, '--window', '1000,502',
                    answers={'rendering_sha256': digest, 'answers': answers}, status=3)
        for wrong in ('1000', '1000,', ',3', 'a,b', '1,0', '1,-5', '1,2,3'):
            self.inspect(source, '--window', wrong, status=1)

    def test_colour_takes_no_window(self):
        for option in (('--window', '40,400'), ('--voi-lut', '1')):
            self.assertIn('takes no window',
                          self.inspect(self.overlaid(3), *option, status=1))
            self.export(self.overlaid(3), *option, status=1)

    def test_facts(self):
        data = self.windowed(plain())
        data.WindowCenter, data.WindowWidth = ['2048', '40'], ['4096', '400.5']
        data.WindowCenterWidthExplanation = ['EXAMPLE ONE', 'EXAMPLE TWO']
        data.VOILUTFunction = 'SIGMOID'
        data.PixelAspectRatio = [4, 3]
        told = self.inspect(self.save(data, 'facts.dcm'))
        self.assertEqual([(each['centre'], each['width'], each['function'], each['explanation'])
                          for each in told['windows']],
                         [(2048, 4096, 'sigmoid', '••••••'), (40, 400.5, 'sigmoid', '••••••')])
        self.assertEqual(told['pixel_shape'], [3, 4])
        self.assertEqual((told['grid'], told['codec'], told['margin']), ([0, 0], None, 0))
        self.assertNotIn('EXAMPLE', json.dumps(told))
        del data.WindowCenter, data.WindowWidth
        self.assertTrue(self.inspect(self.save(data, 'ranged.dcm'))['ranged'])
        photo = self.desk.folder / 'photo.jpg'
        Image.new('RGB', (40, 30), (9, 90, 190)).save(photo, subsampling=2)
        self.assertEqual(self.inspect(photo)['grid'], [16, 16])

    def test_facts_of_every_row(self):
        """dicom.md 4: what the rows speak of is told, in numbers and codes."""
        data = self.windowed(plain(2))
        data.NumberOfFrames = 2
        data.RescaleSlope, data.RescaleIntercept = '2', '-1024'
        data.add_new((0x0028, 0x0120), 'US', 7)
        data.PresentationLUTShape = 'INVERSE'
        data.ShutterShape = 'CIRCULAR'
        data.LossyImageCompression = '01'
        data.FrameTime = '40'
        decode_dicom.overlay(data, 0x6000, words())
        data.add_new((0x0029, 0x0010), 'LO', 'EXAMPLE')
        told = self.inspect(self.save(data, 'rows.dcm'))
        for member in ('format', 'transfer_syntax', 'photometric', 'width', 'height', 'frames', 'pages',
                       'page', 'overlays', 'burned_in_annotation', 'modality', 'image_kind',
                       'source_sha256', 'pixel_shape', 'orientation', 'grid', 'codec', 'margin',
                       'windows', 'voi_luts', 'overlay_planes', 'properties', 'gives_away',
                       'warnings', 'rendering_sha256', 'ranged'):
            self.assertIn(member, told)
        self.assertEqual(told['transfer_syntax'], '1.2.840.10008.1.2.1')
        self.assertEqual((told['frames'], len(told['rendering_sha256'])), (2, 2))
        self.assertEqual((told['codec'], told['margin'] > 0), ('unknown', True))
        expected = {'bits_allocated': '16', 'bits_stored': '12', 'high_bit': '11',
                    'pixel_representation': 'unsigned', 'samples_per_pixel': '1',
                    'pixel_padding': '7', 'rescale_slope': '2', 'rescale_intercept': '-1024',
                    'presentation_lut': 'inverse', 'shutter': 'CIRCULAR', 'lossy': '01',
                    'frame_time': '40'}
        self.assertEqual(expected | told['properties'], told['properties'])
        self.assertNotIn('EXAMPLE', json.dumps(told))

    # -- pages

    def pages(self):
        path = self.desk.folder / 'pages.tiff'
        colours = [(200, 10, 10), (10, 200, 10), (10, 10, 200)]
        sizes = [(64, 48), (80, 40), (30, 90)]
        first, *rest = [Image.new('RGB', size, colour) for size, colour in zip(sizes, colours)]
        first.save(path, save_all=True, append_images=rest, compression='tiff_lzw')
        with TiffImagePlugin.TiffImageFile(path) as written:
            self.assertEqual(written.n_frames, 3)
        return path, sizes, colours

    def test_leaks_row_06_pages(self):
        path, sizes, colours = self.pages()
        hashes = set()
        for page, (size, colour) in enumerate(zip(sizes, colours), 1):
            told = self.inspect(path, '--page', page)
            self.assertEqual((told['page'], told['pages']), (page, 3))
            self.assertEqual((told['width'], told['height']), size)
            hashes.update(told['rendering_sha256'])
            shown, answer = self.export(path, '--page', page)
            self.assertEqual(shown.shape[1::-1], size)
            self.assertTrue((shown == colour).all())
            self.assertEqual(answer.json['receipt']['page'], page)
        self.assertEqual(len(hashes), 3)
        self.assertEqual(self.inspect(path)['page'], 1)
        for page in (0, 4, -2):
            self.assertIn('pages 1 to 3', self.inspect(path, '--page', page, status=1))
            self.export(path, '--page', page, status=1)


if __name__ == '__main__':
    tap.main()
