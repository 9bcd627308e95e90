#!/usr/bin/python3
"""Answers that were bound to one picture released another: a rendering_sha256 that was no text, or
stood beside the answers, bound nothing, and keys that no question has were accepted."""
import json
import os
import unittest

import tap
from cli import XRAY, Desk


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.person = self.desk.add_person()
        self.desk.add_permission(self.person)
        self.answers = self.desk.answers('teaching-file', 'consent')
        self.target = self.desk.out / 'picture.png'

    def release(self, content, status, more=()):
        arguments = self.desk.release_arguments(XRAY, self.target, self.person, more=more)
        text = content if isinstance(content, str) else json.dumps(content)
        (self.desk.folder / 'answers.json').write_text(text)
        answer = self.desk.call(*arguments, status=status)
        self.assertEqual(self.target.exists(), status == 0)
        return answer

    def test_a_binding_that_is_none(self):
        other = '0' * 64
        for content in ({'rendering_sha256': 123, 'answers': self.answers},
                        {'rendering_sha256': None, 'answers': self.answers},
                        {'rendering_sha256': [other], 'answers': self.answers},
                        {'rendering_sha256': other, **self.answers},
                        {'answers': self.answers},
                        {'rendering_sha256': other},
                        {'rendering_sha256': other, 'answers': self.answers, 'frame': '1'},
                        {'rendering_sha256': other, 'answers': [self.answers]}):
            self.release(content, 1)
        whole = self.desk.call('inspect', XRAY).json['rendering_sha256'][0]
        text = json.dumps({'rendering_sha256': other, 'answers': self.answers})
        self.release(f'{text[:-1]}, "rendering_sha256": "{whole}"}}', 1)

    def test_a_binding_holds(self):
        whole = self.desk.call('inspect', XRAY).json['rendering_sha256'][0]
        self.release({'rendering_sha256': '0' * 64, 'answers': self.answers}, 3)
        self.release({'rendering_sha256': whole, 'answers': self.answers}, 0)

    def test_keys_that_no_question_has(self):
        answer = self.release(self.answers | {'faces': 'no'}, 1)
        self.assertIn('faces', answer.errors)
        self.release('\n'.join(f'{key}={value}' for key, value in self.answers.items())
                     + '\nfaces=no', 1)
        answer = self.release(self.answers, 1, more=['--answer=H204417=no'])
        self.assertNotIn('204417', answer.errors)
        self.assertEqual(os.listdir(self.desk.out), [])

    def test_keys_of_another_use_are_known(self):
        known = self.desk.answers('social-media', 'anonymised')
        self.assertTrue(set(known) - set(self.answers), 'the other use asks more')
        self.release(known | self.answers, 0)


if __name__ == '__main__':
    tap.main()
