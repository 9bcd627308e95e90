#!/usr/bin/python3
"""A consent as FHIR that was written here carries all of a permission in an extension. Somebody on
the way who knows R4's own elements alone turned it into a "deny", ended it, narrowed its purpose or
said that another person gave it: it was taken in as the extension had it, in force without end."""
import copy
import json
import unittest

import tap
from cli import NUMBER, Desk

CHANGES = {
    'Consent.provision.type': [
        lambda c: c['provision'].update(type='deny')],
    'Consent.provision.period': [
        lambda c: c['provision']['period'].update(end='2026-01-06'),
        lambda c: c['provision']['period'].pop('end'),
        lambda c: c['provision']['period'].update(start='2030-01-01'),
        lambda c: c['provision'].pop('period')],
    'Consent.provision.purpose': [
        lambda c: c['provision']['purpose'][0].update(code='TREAT'),
        lambda c: c['provision']['purpose'].append({'code': 'HRESCH'})],
    'Consent.dateTime': [
        lambda c: c.update(dateTime='2026-01-04'),
        lambda c: c.pop('dateTime')],
    'Consent.performer': [
        lambda c: c.update(performer=[{'type': 'RelatedPerson', 'reference': 'RelatedPerson/2'}]),
        lambda c: c['performer'].append({'reference': '#patient'}),
        lambda c: c.pop('performer')],
    'Consent.scope': [
        lambda c: c['scope']['coding'][0].update(code='treatment')],
    'Consent.verification': [
        lambda c: c['verification'][0].update(verified=False)],
    'Consent.status': [
        lambda c: c.update(status='inactive'),
        lambda c: c['extension'].append({
            'url': 'https://imprimatur.github.io/fhir/StructureDefinition/inactive-reason',
            'valueCode': 'withdrawn'})],
}


class Case(unittest.TestCase):
    def new_desk(self):
        desk = Desk().init()
        self.addCleanup(desk.close)
        return desk

    def test_what_was_changed_is_a_problem(self):
        desk, other = self.new_desk(), self.new_desk()
        permission = desk.add_permission(desk.add_person(), 'teaching-closed', '--expires',
                                         '2036-01-05')
        file = desk.out / 'consent.json'
        desk.call('permission', 'fhir', permission, '--output', file)
        written = json.loads(file.read_text())
        for column, changes in CHANGES.items():
            for number, change in enumerate(changes):
                changed = copy.deepcopy(written)
                change(changed)
                file = desk.folder / 'changed.json'
                file.write_text(json.dumps(changed))
                answer = other.call('fhir', 'import', file, status=2)
                self.assertEqual([each['column'] for each in answer.json['problems']], [column],
                                 number)
        self.assertEqual(other.call('person', 'find', NUMBER).json, [])
        file.write_text(json.dumps(written))
        self.assertEqual(other.call('fhir', 'import', file).json['permissions'], 1)


if __name__ == '__main__':
    tap.main()
