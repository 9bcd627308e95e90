#!/usr/bin/python3
"""A study that a permission and a refusal write differently is one study to the gate, which sets
capitals of every script and all white space aside; the trigger that asks copies back knew ASCII and
the plain space alone. So the refusal stopped releases, and nobody was told of the copy out there.
A refusal without a name, or at a level that names nothing, speaks of every copy of its level."""
import unittest

import tap
from cli import XRAY, Desk

STRIP = (0, 0, 512, 46)


class Case(unittest.TestCase):
    def count_tasks(self, level, destination, said, refused):
        """How many copies are asked back, where one left under a yes, and a no came later."""
        desk = Desk().init()
        self.addCleanup(desk.close)
        person = desk.add_person()
        desk.add_permission(person, level, *(('--scope', said) if said else ()))
        more = {'destination_name': said} if said else {}
        answers = desk.answers(destination, 'consent', **more)
        desk.release(XRAY, desk.out / 'a.png', person, destination=destination, answers=answers,
                     boxes=[STRIP])
        desk.call('permission', 'add', '--person', person, '--level', level, '--refused',
                  *(('--scope', refused) if refused else ()))
        return len(desk.call('takedown', 'list').json)

    def test_one_name_in_many_writings(self):
        for said, refused in (('Lung Study', 'lung study'), ('ÄRZTE Study', 'ärzte study'),
                              ('Lung Study', 'Lung\tStudy'), ('Lung Study', 'lung\u00a0study'),
                              ('Straße', 'STRASSE'), ('Lung Study', 'Lung\u00ad Study'),
                              ('Lung Study', 'Ｌｕｎｇ Study')):
            with self.subTest(said=said, refused=refused):
                self.assertEqual(self.count_tasks('research-study', 'research', said, refused), 1)

    def test_no_name_is_every_name(self):
        self.assertEqual(self.count_tasks('research-study', 'research', 'Lung Study', None), 1)
        self.assertEqual(self.count_tasks('teaching-closed', 'teaching-file', 'Grand round', 'Any'),
                         1)

    def test_another_name_is_another(self):
        self.assertEqual(self.count_tasks('research-study', 'research', 'Lung', 'Heart'), 0)


if __name__ == '__main__':
    tap.main()
