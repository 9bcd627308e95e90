"""What FHIR R4 (4.0.1) says of the resources that we write, as facts of its structure definitions:
hl7.org/fhir/R4/consent.html, patient.html, relatedperson.html, bundle.html, datatypes.html,
extensibility.html. Written down from there, not from our own output.

check(resource) gives a list of what is wrong; an empty one is what R4 requires.
"""
import re

# Primitive types, as regular expressions of datatypes.html.
DATE = r'([0-9]{4})(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?'
PRIMITIVES = {
    'id': r'[A-Za-z0-9\-\.]{1,64}', 'code': r'[^\s]+(\s[^\s]+)*', 'uri': r'\S+', 'string': r'(?s).*\S.*',
    'date': DATE, 'dateTime': DATE + r'(T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?'
    r'(Z|(\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00)))?', 'base64Binary': r'(\s*([0-9a-zA-Z\+/=]){4}\s*)+',
    'xhtml': r'(?s)<div xmlns="http://www.w3.org/1999/xhtml">.*\S.*</div>',
}
# element -> (min, max, types); max None is *.
ELEMENT = {'id': (0, 1, 'string'), 'extension': (0, None, 'Extension')}
RESOURCE = {'resourceType': (1, 1, 'code'), 'id': (0, 1, 'id'), 'meta': (0, 1, 'Meta'),
            'language': (0, 1, 'code')}
DOMAIN = RESOURCE | {'text': (0, 1, 'Narrative'), 'contained': (0, None, 'Resource'),
                     'extension': (0, None, 'Extension')}
TYPES = {
    'Consent': DOMAIN | {
        'identifier': (0, None, 'Identifier'), 'status': (1, 1, 'code'),
        'scope': (1, 1, 'CodeableConcept'), 'category': (1, None, 'CodeableConcept'),
        'patient': (0, 1, 'Reference'), 'dateTime': (0, 1, 'dateTime'),
        'performer': (0, None, 'Reference'), 'organization': (0, None, 'Reference'),
        'sourceAttachment': (0, 1, 'Attachment'), 'sourceReference': (0, 1, 'Reference'),
        'policy': (0, None, 'Consent.policy'), 'policyRule': (0, 1, 'CodeableConcept'),
        'verification': (0, None, 'Consent.verification'),
        'provision': (0, 1, 'Consent.provision')},
    'Consent.policy': ELEMENT | {'authority': (0, 1, 'uri'), 'uri': (0, 1, 'uri')},
    'Consent.verification': ELEMENT | {
        'verified': (1, 1, 'boolean'), 'verifiedWith': (0, 1, 'Reference'),
        'verificationDate': (0, 1, 'dateTime')},
    # "type" is not permitted in the root rule.
    'Consent.provision': ELEMENT | {'period': (0, 1, 'Period'), 'purpose': (0, None, 'Coding')},
    'Patient': DOMAIN | {
        'identifier': (0, None, 'Identifier'), 'active': (0, 1, 'boolean'),
        'name': (0, None, 'HumanName'), 'birthDate': (0, 1, 'date'),
        'deceasedBoolean': (0, 1, 'boolean'), 'deceasedDateTime': (0, 1, 'dateTime')},
    'RelatedPerson': DOMAIN | {
        'identifier': (0, None, 'Identifier'), 'patient': (1, 1, 'Reference'),
        'relationship': (0, None, 'CodeableConcept'), 'name': (0, None, 'HumanName')},
    'Bundle': RESOURCE | {'type': (1, 1, 'code'), 'entry': (0, None, 'Bundle.entry')},
    'Bundle.entry': ELEMENT | {'fullUrl': (0, 1, 'uri'), 'resource': (0, 1, 'Resource')},
    'Narrative': ELEMENT | {'status': (1, 1, 'code'), 'div': (1, 1, 'xhtml')},
    'Identifier': ELEMENT | {'system': (0, 1, 'uri'), 'value': (0, 1, 'string')},
    'CodeableConcept': ELEMENT | {'coding': (0, None, 'Coding'), 'text': (0, 1, 'string')},
    'Coding': ELEMENT | {'system': (0, 1, 'uri'), 'code': (0, 1, 'code'), 'display': (0, 1, 'string')},
    'Reference': ELEMENT | {'reference': (0, 1, 'string'), 'type': (0, 1, 'uri'),
                            'identifier': (0, 1, 'Identifier'), 'display': (0, 1, 'string')},
    'Attachment': ELEMENT | {'contentType': (0, 1, 'code'), 'size': (0, 1, 'unsignedInt'),
                             'hash': (0, 1, 'base64Binary'), 'title': (0, 1, 'string')},
    'Period': ELEMENT | {'start': (0, 1, 'dateTime'), 'end': (0, 1, 'dateTime')},
    'HumanName': ELEMENT | {'text': (0, 1, 'string'), 'family': (0, 1, 'string'),
                            'given': (0, None, 'string')},
    'Extension': {'id': (0, 1, 'string'), 'extension': (0, None, 'Extension'), 'url': (1, 1, 'uri'),
                  'valueBoolean': (0, 1, 'boolean'), 'valueCode': (0, 1, 'code'),
                  'valueDate': (0, 1, 'date'), 'valueString': (0, 1, 'string')},
}
# Bindings of strength "required".
REQUIRED = {
    ('Consent', 'status'): {'draft', 'proposed', 'active', 'rejected', 'inactive', 'entered-in-error'},
    ('Narrative', 'status'): {'generated', 'extensions', 'additional', 'empty'},
    ('Bundle', 'type'): {'document', 'message', 'transaction', 'transaction-response', 'batch',
                         'batch-response', 'history', 'searchset', 'collection'},
}
# Code systems of extensible bindings, with the codes of theirs that a consent may have.
SYSTEMS = {
    'http://terminology.hl7.org/CodeSystem/consentscope': {
        'adr': 'Advanced Care Directive', 'research': 'Research',
        'patient-privacy': 'Privacy Consent', 'treatment': 'Treatment'},
    'http://terminology.hl7.org/CodeSystem/consentcategorycodes': {
        'research': 'Research Information Access', 'npp': 'Notice of Privacy Practices',
        'rsdid': 'De-identified Information Access', 'rsreid': 'Re-identifiable Information Access'},
    'http://loinc.org': {'59284-0': 'Patient Consent'},
    'http://terminology.hl7.org/CodeSystem/v3-ActReason': {
        'TREAT': 'treatment', 'TRAIN': 'training', 'HRESCH': 'healthcare research'},
    'http://terminology.hl7.org/CodeSystem/v3-ActCode': {'OPTIN': 'opt-in'},
}


def check_value(kind, value, path, found):
    if kind in TYPES or kind == 'Resource':
        if not isinstance(value, dict):
            found.append(f'{path}: no object')
            return
        name = value.get('resourceType') if kind == 'Resource' else kind
        if name not in TYPES:
            found.append(f'{path}: no such resource')
            return
        check_members(name, value, path, found)
    elif kind == 'boolean':
        if not isinstance(value, bool):
            found.append(f'{path}: not true or false')
    elif kind == 'unsignedInt':
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1 << 31:
            found.append(f'{path}: no unsigned number')
    elif not isinstance(value, str) or not re.fullmatch(PRIMITIVES[kind], value):
        found.append(f'{path}: no {kind}')


def check_members(kind, value, path, found):
    for name in value:
        if name not in TYPES[kind]:
            found.append(f'{path}.{name}: R4 has no such element')
    if not [name for name in value if name != 'resourceType']:
        found.append(f'{path}: ele-1: an element has a value or children')
    for name, (least, most, of) in TYPES[kind].items():
        if name not in value:
            if least:
                found.append(f'{path}.{name}: required')
            continue
        items = value[name]
        if (most is None) != isinstance(items, list):
            found.append(f'{path}.{name}: a list where it repeats, and nowhere else')
            continue
        if items == []:
            found.append(f'{path}.{name}: a list is never empty')
        for item in items if most is None else [items]:
            check_value(of, item, f'{path}.{name}', found)
            if (kind, name) in REQUIRED and item not in REQUIRED[kind, name]:
                found.append(f'{path}.{name}: not of the value set')
    INVARIANTS.get(kind, lambda *_: None)(value, path, found)


def check_coding(coding, path, found):
    codes = SYSTEMS.get(coding.get('system'))
    if codes is not None and coding.get('display') != codes.get(coding.get('code')):
        found.append(f'{path}: the code system has another code or display')
    if 'hl7.org' in coding.get('system', '') and codes is None:
        found.append(f'{path}: no code system that a consent uses')


def check_extension(extension, path, found):
    if ('extension' in extension) == any(name.startswith('value') for name in extension):
        found.append(f'{path}: ext-1: a value or extensions, not both')


def references(value):
    if isinstance(value, dict):
        for name, item in value.items():
            if name == 'reference' and isinstance(item, str):
                yield item
            else:
                yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def check_consent(consent, path, found):
    if not consent.get('policy') and not consent.get('policyRule'):
        found.append(f'{path}: ppc-1: either a policy or a policy rule')
    if 'patient' not in consent: # ppc-2 to ppc-5, for every scope
        found.append(f'{path}: ppc-2: a patient')
    if 'sourceAttachment' in consent and 'sourceReference' in consent:
        found.append(f'{path}.source[x]: one of them')
    contained = consent.get('contained', [])
    named = set(references(consent))
    for resource in contained:
        if 'contained' in resource:
            found.append(f'{path}: dom-2: contained within contained')
        if f"#{resource.get('id')}" not in named:
            found.append(f'{path}: dom-3: a contained resource that nothing names')
        if 'meta' in resource or 'security' in resource:
            found.append(f'{path}: dom-4, dom-5')
    for reference in named:
        if reference.startswith('#') and reference[1:] not in {r.get('id') for r in contained}:
            found.append(f'{path}: ref-1: {reference} is not contained')


def check_bundle(bundle, path, found):
    urls = [entry.get('fullUrl') for entry in bundle.get('entry', [])]
    if len(set(urls)) != len(urls):
        found.append(f'{path}: bdl-7: fullUrl is unique')
    for entry in bundle.get('entry', []):
        if 'resource' not in entry:
            found.append(f'{path}: bdl-5: an entry has a resource')
        elif entry['resource'].get('id') != entry.get('fullUrl', '').rsplit('/', 1)[-1]:
            found.append(f'{path}: fullUrl ends with the id')


def check_period(period, path, found):
    if period.get('end') and period.get('start', '') > period['end']:
        found.append(f'{path}: per-1: start before end')


INVARIANTS = {'Consent': check_consent, 'Extension': check_extension, 'Coding': check_coding,
              'Bundle': check_bundle, 'Period': check_period}


def check(resource):
    found = []
    check_value('Resource', resource, resource.get('resourceType', '?'), found)
    return found
