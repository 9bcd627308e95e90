#!/usr/bin/python3
"""The journal of withdrawals had the numbers of the moment of the "no", and an older backup took
them only for people whom it did not know at all. So pictures left of somebody whom the backup knew
by name alone, or whose number was recorded after the "no"."""
import json
import unittest

import tap
from cli import NAME, NUMBER, XRAY, Desk


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk().init()
        self.addCleanup(self.desk.close)
        self.backup = self.desk.folder / 'backup.db'
        self.rules = []

    def add(self):
        fields = json.dumps({'name': NAME, 'born': '1957-11-22'})
        return self.desk.call('person', 'add', '--from', '-', input=fields).json['id']

    def add_number(self, person):
        self.desk.call('person', 'update', person, '--from', '-',
                       input=json.dumps({'number': NUMBER}))

    def add_other_number(self, person):
        self.desk.call('scheme', 'set', 'old', '--title', 'Number of a closed hospital')
        self.desk.call('person', 'identifier', 'add', person, 'old', NUMBER)

    def release(self, name, person='unknown', status=3, **use):
        answer = self.desk.release(XRAY, self.desk.out / name, person, status=status,
                                   boxes=[(0, 0, 512, 46)], **({'route': 'anonymised'} | use))
        return answer.json

    def restore(self):
        self.desk.call('register', 'restore', self.backup)

    def object(self, person):
        self.desk.call('person', 'object', person)

    def withdraw(self, person):
        permission = self.desk.add_permission(person)
        self.desk.call('permission', 'withdraw', permission)

    def refuse(self, person):
        self.desk.call('permission', 'add', '--person', person, '--level', 'teaching-closed',
                       '--refused')

    def check_blocked(self):
        self.release('before.png')
        self.restore()
        self.assertEqual([each['rule'] for each in self.release('after.png')], ['floor:tombstone'])

    def test_known_to_the_backup_by_name(self):
        person = self.add()
        self.desk.call('register', 'backup', self.backup)
        self.add_number(person)
        self.object(person)
        self.check_blocked()
        # Where it is the person's number again, what the person said is all that counts.
        self.add_number(person)
        self.assertEqual({each['rule'] for each in self.release('named.png', person)}, {'row-1'})
        self.desk.call('person', 'object', person, '--lift')
        self.release('lifted.png', person, status=0)

    def test_of_somebody_else_it_stays(self):
        person = self.add()
        self.desk.call('register', 'backup', self.backup)
        self.add_number(person)
        self.object(person)
        self.restore()
        other = self.add()
        self.add_number(other)
        self.desk.add_permission(other)
        self.release('other.png', other, route='consent')

    def test_number_after_the_no(self):
        self.desk.call('register', 'backup', self.backup)
        person = self.add()
        self.object(person)
        self.add_number(person)
        self.check_blocked()

    def test_other_number_after_a_withdrawal(self):
        self.desk.call('register', 'backup', self.backup)
        person = self.add()
        self.withdraw(person)
        self.add_other_number(person)
        self.check_blocked()

    def test_number_after_a_refusal(self):
        person = self.add()
        self.desk.call('register', 'backup', self.backup)
        self.refuse(person)
        self.add_number(person)
        self.check_blocked()

    def test_who_kept_the_number_goes_on(self):
        """A withdrawal of one permission blocks nobody whose number the backup has."""
        person = self.desk.add_person()
        self.desk.call('register', 'backup', self.backup)
        self.withdraw(person)
        self.desk.add_permission(person, 'research-study', '--scope', 'Lung study')
        self.restore()
        self.desk.add_permission(person, 'research-study', '--scope', 'Lung study')
        answers = self.desk.answers('research', 'consent', destination_name='Lung study')
        self.release('research.png', person, status=0, route='consent', destination='research',
                     answers=answers)


if __name__ == '__main__':
    tap.main()
