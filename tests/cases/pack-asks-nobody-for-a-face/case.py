#!/usr/bin/python3
"""A site's pack lifted the floor of the consent route. It waited for the answer "yes" there, so that
a pack which did not ask whether there is a face, or took another word for "not-sure", let out a
photograph on a permission by which nobody may be recognised."""
import json
import os
import pathlib
import unittest

import tap
from cli import PHOTO, Desk

PACK = pathlib.Path(os.environ['IMP_SAMPLE']).parent / 'policy' / 'uk-strict.json'
WHO = ('face-or-mark', 'other-people', 'would-be-recognised')
PERSON = ('child', 'deceased', 'lacks-capacity')


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.pack = json.loads(PACK.read_text()) | {'id': 'site'}

    def use(self, status=1):
        file = self.desk.folder / 'pack.json'
        file.write_text(json.dumps(self.pack, indent=1))
        return self.desk.call('policy', 'use', file, status=status).errors

    def need_not(self, keys):
        for question in self.pack['questions']:
            if question['key'] in keys:
                question |= {'required': False, 'needed_when': 'where nobody agreed',
                             'needed': {'not': {'fact': 'consented-in-life'}}}

    def test_nobody_asks_who_is_seen(self):
        self.need_not(WHO)
        errors = self.use()
        self.assertIn('though nobody was asked', errors)
        self.assertIn('who would recognise it', errors)

    def test_nobody_asks_about_the_person(self):
        self.need_not(PERSON)
        errors = self.use()
        for words in ('of a child', 'has died', 'can decide'):
            self.assertIn(words, errors)

    def test_another_word_for_not_sure(self):
        for question in self.pack['questions']:
            if question['key'] == 'face-or-mark':
                question['allowed'] = ['yes', 'no', 'unsure']
        self.assertIn('face-or-mark', self.use())

    def test_other_words_altogether(self):
        for question in self.pack['questions']:
            if question['key'] == 'child':
                question['allowed'], question['clears'] = ['under-18', 'adult'], 'adult'
        self.assertIn('child', self.use())


if __name__ == '__main__':
    tap.main()
