"""What scanners write: invented people, and values in every usual form. No name here is anybody's: surnames
are put together from pieces."""
import dataclasses

MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()

# Per tongue: the script, beginnings and ends of surnames, given names.
TONGUES = {
    'english': ('latin', 'Exam Samp Speci Hollo Brack Thorn Under Wick', 'pleton leford menley way ridge by ton worth',
                'Person Alice John Mary Robert Grace Owen Hannah'),
    'irish': ('latin', "O'Exem O'Sam Mac Fitz", 'plane pleigh dara ronan', 'Siobhán Seán Aoife Pádraig'),
    'german': ('latin', 'Muster Bei Grün Köh Schü Wei', 'mann spielmann wälder ßler ßbach feld',
               'Erika Jürgen Björn Käthe'),
    'french': ('latin', 'Exem Lefè Châ Beau Dél', 'plaire vrier teauneuf çon îlon', 'Hélène François Zoë Benoît'),
    'spanish': ('latin', 'Ejem Mue Núñ Ibá', 'plares strañez ezar ñola', 'José María Íñigo Concepción'),
    'polish': ('latin', 'Przy Wzo Żół Świ', 'kładowska rowicz cińska ęcki', 'Łukasz Małgorzata Grażyna Wojciech'),
    'czech': ('latin', 'Příkla Vzor Řez Dvoř', 'dová níček áčková ník', 'Jiří Zdeňka Ondřej Věra'),
    'hungarian': ('latin', 'Péld Mint Szű', 'aházi aváry csőgi', 'Győző Ágnes Örs Zsófia'),
    'turkish': ('latin', 'Örnek Kılav Çağ', 'oğlu uzcu lıoğulları', 'Şükrü Gülşen İbrahim Ayşe'),
    'nordic': ('latin', 'Eksem Prø Ås Ør', 'pelsen vegård kjær strøm', 'Åse Bjørn Søren Maj-Britt'),
    'vietnamese': ('latin', 'Nguy Ph Tr', 'ễnmẫu ạmvũ ầnthử', 'Thị Đức Hồng Quỳnh'),
    'russian': ('cyrillic', 'Приме Образ Щу', 'ров цова кинский', 'Иван Ольга Юрий Жанна'),
    'ukrainian': ('cyrillic', 'Прикла Зраз', 'дченко юк', 'Олексій Ївга Ганна'),
    'greek': ('greek', 'Παραδειγ Δοκιμ', 'ματίδης άκης όπουλος', 'Γιώργος Ελένη Ξένια'),
    'japanese': ('cjk', '見本 例田 試山', '花子 太郎 健一', ''),
    'chinese': ('cjk', '样 例 范', '小明 本人 丽华', ''),
}
LATIN = [name for name, tongue in TONGUES.items() if tongue[0] == 'latin']

PLACES = ['EXAMPLE GENERAL HOSPITAL', 'St Sample Infirmary', 'Klinikum Musterstadt', 'Hôpital de l’Exemple',
          'SPECIMEN MEDICAL CENTRE', 'Szpital Wzorcowy', 'Royal Placeholder Trust', 'IMAGING DEPT WEST',
          'Centro Médico Ejemplar', 'MODEL WOMENS CLINIC', 'Ward 7B Exampleton']

DEVICE = ['Gain {a}', 'G {b}%', 'DR {b}', 'Frq {c} MHz', 'MI {d}', 'TIs {d}', 'FPS {b}', '{c}cm', 'Persist {a}',
          'Map E/0', 'THI', 'C5-1', 'Abd Gen', 'XRES 3', 'PRF {b}0Hz', 'WF Low', 'kV {k}', 'mA {k}', 'mAs {c}',
          'FOV {k} mm', 'Thk {c} mm', 'GT {d}', 'SW {d}', 'Frame {a}/{b}', '2D', 'AO 100%', 'Sector', 'W {k} L {a}',
          'WL: {a} WW: {k}', 'Zoom {k}%', 'Se: {s}', 'Im: {a}', 'Scan {s}.{s}', 'Pwr -{s}dB', 'HR {b} bpm',
          'Filter B30f', 'Lossy (1:{a})', 'Img {a} of {b}', 'Cine {a}', 'Angle {s}', 'SID {k} cm', 'EI {k}',
          'DAP {c} uGy*m2', 'LAO {a}', 'CRAN {s}', 'RAO {a} CAUD {s}']
MEASURE = ['Dist {c} cm', '+ Dist {c} mm', 'D1 {d} cm', 'Area {c} cm2', 'Vol {c} ml', 'RI {d}', 'PI {d}',
           'PS {b}.{s} cm/s', 'ED {c} cm/s', 'AC {b}.{s} mm', 'BPD {b} mm', 'HC {k} mm', 'FL {b}.{s} mm', 'EF {b} %',
           'x {c} cm', '1 L {d} cm', 'Mean {k}.{s} HU', 'SD {c}', '{c} mm', 'GA {a}w{s}d', 'EDD {a}w{s}d']
SCALE = ['0', '5', '10', '15', '5 cm', '10 cm', 'cm/s', '20', '-20', '10 mm', '100']
SIDE = ['R', 'L', 'RT', 'LT', 'AP', 'PA', 'LAT', 'SUPINE', 'ERECT', 'PORTABLE', 'Sag', 'Trans', 'RUQ', 'Semi-erect',
        'LONG AX', 'A', 'P', 'S', 'I', 'H', 'F', 'RLO', 'MLO', 'CC', 'Left kidney', 'PLAX']
OTHER = ['CHEST', 'Abdomen', 'Total DLP', 'Page 1', 'COMPARE', 'NOT FOR DIAGNOSIS', 'LOCALISER', 'Thyroid', 'Stored',
         'Contrast: yes', 'Protocol: head routine', 'Freeze', 'CTDIvol', 'Patient Position HFS', 'Dose Report']
LABELS = ['Name:', 'ID:', 'DOB:', 'Sex: F', 'Pat. name', 'Accession', 'Exam date', 'Age: 054Y', 'M', 'F 42 y', 'Ref.']


@dataclasses.dataclass
class Person:
    """Everything of one person and examination that a frame may show."""
    script: str
    given: str
    family: str
    number: str
    accession: str
    born: tuple
    seen: tuple
    clock: tuple
    place: str
    staff: str
    phone: str
    mail: str


def person(rng, share_latin=0.82):
    tongue = rng.choice(LATIN) if rng.random() < share_latin else rng.choice(
        [name for name in TONGUES if name not in LATIN])
    script, heads, tails, given = TONGUES[str(tongue)]
    family = str(rng.choice(heads.split())) + str(rng.choice(tails.split()))
    given = str(rng.choice(given.split())) if given else ''
    digits = ''.join(str(d) for d in rng.integers(0, 10, 12))
    number = str(rng.choice(['H' + digits[:6], digits[:7], digits[:10], f'{digits[:3]}-{digits[3:6]}-{digits[6:10]}',
                             f'{digits[:3]} {digits[3:6]} {digits[6:10]}', f'MRN{digits[:7]}', f'{digits[:2]}/{digits[2:7]}']))
    accession = str(rng.choice(['A' + digits[3:10], f'ACC{digits[2:9]}', f'{digits[4:6]}-US-{digits[6:11]}', digits[1:9]]))
    return Person(script, given, family, number, accession,
                  (int(rng.integers(1921, 2024)), int(rng.integers(1, 13)), int(rng.integers(1, 29))),
                  (int(rng.integers(1992, 2027)), int(rng.integers(1, 13)), int(rng.integers(1, 29))),
                  (int(rng.integers(0, 24)), int(rng.integers(0, 60)), int(rng.integers(0, 60))),
                  str(rng.choice(PLACES)),
                  str(rng.choice(['Dr Example', 'Op: ES', 'Sonographer KM', 'Ref: Dr Sample', 'Tech: JB', 'MD: SPECIMEN'])),
                  f'({digits[:3]}) 555-{digits[3:7]}', f'{"desk" if rng.random() < .5 else "us.room2"}@example.org')


def date(rng, day):
    year, month, d = day
    name = MONTHS[month - 1]
    return str(rng.choice([
        f'{d:02}/{month:02}/{year}', f'{month}/{d}/{year}', f'{d:02}.{month:02}.{year}', f'{year}-{month:02}-{d:02}',
        f'{d:02}-{name.upper()}-{year % 100:02}', f'{d} {name} {year}', f'{name} {d:02} {year}', f'{year}{month:02}{d:02}',
        f'{d:02}.{month:02}.{year % 100:02}', f'{year}/{month:02}/{d:02}', f'{name.upper()} {d}, {year}']))


def time(rng, clock):
    hour, minute, second = clock
    return str(rng.choice([f'{hour:02}:{minute:02}:{second:02}', f'{hour:02}:{minute:02}', f'{hour % 12 or 12}:{minute:02}:{second:02} '
                           + ('AM' if hour < 12 else 'PM'), f'{hour:02}.{minute:02}', f'{hour:02}{minute:02}{second:02}.000']))


def name(rng, who):
    if who.script == 'cjk':
        return who.family
    forms = [f'{who.family}, {who.given}', f'{who.family} {who.given}', f'{who.given} {who.family}', who.family,
             f'{who.family}^{who.given}', f'{who.given[0]}. {who.family}', f'{who.family}, {who.given} {who.given[0]}.']
    string = str(rng.choice(forms))
    return string.upper() if rng.random() < 0.45 else string


def _fill(rng, choices):
    return str(rng.choice(choices)).format(a=rng.integers(1, 60), b=rng.integers(10, 99), s=rng.integers(0, 9),
                                           c=f'{rng.uniform(1, 25):.1f}', d=f'{rng.uniform(0, 3):.2f}', k=rng.integers(80, 600))


# One word for each thing that a layout may ask for: how it is filled, and its class.
FIELDS = {
    'name': (lambda r, p: name(r, p), 'person-name'),
    'staff': (lambda r, p: p.staff, 'person-name'),
    'id': (lambda r, p: str(r.choice(['', 'ID ', 'ID: ', '#', 'MRN '])) + p.number, 'person-id'),
    'accession': (lambda r, p: str(r.choice(['', 'Acc: ', 'AN '])) + p.accession, 'person-id'),
    'phone': (lambda r, p: p.phone, 'person-id'),
    'mail': (lambda r, p: p.mail, 'person-id'),
    'born': (lambda r, p: str(r.choice(['', 'DOB: ', '*', 'Born ', 'geb. '])) + date(r, p.born), 'birth-date'),
    'date': (lambda r, p: date(r, p.seen), 'date-or-time'),
    'time': (lambda r, p: time(r, p.clock), 'date-or-time'),
    'when': (lambda r, p: date(r, p.seen) + ' ' + time(r, p.clock), 'date-or-time'),
    'place': (lambda r, p: p.place, 'institution'),
    'device': (lambda r, p: _fill(r, DEVICE), 'device-or-settings'),
    'measure': (lambda r, p: _fill(r, MEASURE), 'measurement-or-scale'),
    'scale': (lambda r, p: str(r.choice(SCALE)), 'measurement-or-scale'),
    'side': (lambda r, p: str(r.choice(SIDE)), 'laterality-or-view'),
    'label': (lambda r, p: str(r.choice(LABELS)), 'other-text'),
    'other': (lambda r, p: str(r.choice(OTHER)), 'other-text'),
}


def field(rng, who, which):
    """The string and the class of one field of a frame, and the script that it is written in."""
    fill, kind = FIELDS[which]
    return fill(rng, who), kind, who.script if which == 'name' else 'latin'
