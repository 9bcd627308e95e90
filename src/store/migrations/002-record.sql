-- What a consent record holds besides: identifiers, aliases, capacity, who agreed and how it was
-- checked, what was explained and in which words, and evidence inside this very file.

-- ---- erasure: who is being erased, in the transaction that does it, and at no other time ----

-- What refuses to go or to change lets go for a person in this table, and for nobody else.
CREATE TABLE erasing (person_id TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;

-- ---- other identifiers ----

CREATE TABLE identifier_check (value TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO identifier_check VALUES ('mod-11'), ('luhn'), ('mod-97');

-- pattern: A is a letter, 9 a digit, * either; | separates patterns; NULL takes anything.
CREATE TABLE identifier_scheme (
  name       TEXT NOT NULL PRIMARY KEY,
  title      TEXT NOT NULL,
  pattern    TEXT,
  check_rule TEXT REFERENCES identifier_check (value)
) STRICT, WITHOUT ROWID;

CREATE TABLE person_identifier (
  scheme       TEXT NOT NULL REFERENCES identifier_scheme (name),
  value_folded TEXT NOT NULL CHECK (value_folded <> ''),
  person_id    TEXT NOT NULL REFERENCES person (id),
  value        TEXT NOT NULL,
  created      TEXT NOT NULL,
  PRIMARY KEY (scheme, value_folded)
) STRICT, WITHOUT ROWID;

CREATE INDEX person_identifier_by_value ON person_identifier (value_folded);
CREATE INDEX person_identifier_by_person ON person_identifier (person_id);

CREATE TRIGGER person_identifier_stays BEFORE UPDATE ON person_identifier
BEGIN
  SELECT RAISE (ABORT, 'an identifier is taken away and added, never changed');
END;

CREATE TRIGGER person_identifier_added AFTER INSERT ON person_identifier
BEGIN
  INSERT INTO event (subject, subject_id, kind, new)
    VALUES ('person', new.person_id, 'identifier-added', new.scheme);
END;

CREATE TRIGGER person_identifier_removed AFTER DELETE ON person_identifier
BEGIN
  INSERT INTO event (subject, subject_id, kind, old)
    VALUES ('person', old.person_id, 'identifier-removed', old.scheme);
END;

-- ---- other names ----

CREATE TABLE alias_kind (value TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO alias_kind VALUES ('also-known-as'), ('former'), ('preferred'), ('misspelt');

CREATE TABLE person_alias (
  id          TEXT NOT NULL PRIMARY KEY,
  person_id   TEXT NOT NULL REFERENCES person (id),
  name        TEXT NOT NULL,
  name_folded TEXT NOT NULL CHECK (name_folded <> ''),
  kind        TEXT NOT NULL REFERENCES alias_kind (value),
  created     TEXT NOT NULL,
  UNIQUE (person_id, name_folded)
) STRICT;

CREATE INDEX person_alias_by_name ON person_alias (name_folded);

CREATE TRIGGER person_alias_stays BEFORE UPDATE ON person_alias
BEGIN
  SELECT RAISE (ABORT, 'a name is taken away and added, never changed');
END;

CREATE TRIGGER person_alias_added AFTER INSERT ON person_alias
BEGIN
  INSERT INTO event (subject, subject_id, kind, new)
    VALUES ('person', new.person_id, 'alias-added', new.kind);
END;

CREATE TRIGGER person_alias_removed AFTER DELETE ON person_alias
BEGIN
  INSERT INTO event (subject, subject_id, kind, old)
    VALUES ('person', old.person_id, 'alias-removed', old.kind);
END;

-- ---- capacity of the person: who found out, when, about which decision ----

CREATE TABLE capacity_outcome (value TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO capacity_outcome VALUES ('has'), ('lacks'), ('fluctuating');

CREATE TABLE capacity_assessment (
  id        TEXT NOT NULL PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  outcome   TEXT NOT NULL REFERENCES capacity_outcome (value),
  decision  TEXT NOT NULL CHECK (decision <> ''),
  assessor  TEXT NOT NULL CHECK (assessor <> ''),
  assessed  TEXT NOT NULL CHECK (assessed IS date(assessed, '+0 days')),
  ask_again TEXT CHECK (ask_again IS date(ask_again, '+0 days')),
  created   TEXT NOT NULL,
  CHECK (ask_again >= assessed),
  CHECK (outcome <> 'fluctuating' OR ask_again IS NOT NULL)
) STRICT;

CREATE INDEX capacity_by_person ON capacity_assessment (person_id, assessed, created);

-- Each is about one decision, of which the newest counts; one typed in late is not made late.
CREATE VIEW capacity_lacking AS
  SELECT found.person_id FROM capacity_assessment AS found
  WHERE found.outcome = 'lacks' AND NOT EXISTS
    (SELECT 1 FROM capacity_assessment AS later WHERE later.person_id = found.person_id
      AND imp_fold(later.decision) = imp_fold(found.decision)
      AND (later.assessed, later.created, later.rowid)
        > (found.assessed, found.created, found.rowid));

-- Whoever lacks capacity for one decision is known by it until they are found able to make that one.
-- What somebody set by hand, without an assessment, goes by hand.
CREATE TRIGGER capacity_assessed AFTER INSERT ON capacity_assessment
BEGIN
  INSERT INTO event (subject, subject_id, kind, new)
    VALUES ('person', new.person_id, 'capacity-assessed', new.outcome);
  UPDATE person SET lacks_capacity = 1 WHERE id = new.person_id AND NOT lacks_capacity
    AND id IN (SELECT person_id FROM capacity_lacking WHERE person_id = new.person_id);
  UPDATE person SET lacks_capacity = 0 WHERE id = new.person_id AND lacks_capacity
    AND EXISTS (SELECT 1 FROM capacity_assessment WHERE person_id = new.person_id
                AND outcome = 'lacks' AND imp_fold(decision) = imp_fold(new.decision))
    AND id NOT IN (SELECT person_id FROM capacity_lacking WHERE person_id = new.person_id);
END;

CREATE TRIGGER capacity_not_changed BEFORE UPDATE ON capacity_assessment
BEGIN
  SELECT RAISE (ABORT, 'an assessment stays as it was made: record a newer one');
END;

CREATE TRIGGER capacity_not_deleted BEFORE DELETE ON capacity_assessment
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE person_id = old.person_id)
BEGIN
  SELECT RAISE (ABORT, 'an assessment goes with its person only');
END;

-- ---- permissions ----

CREATE TABLE permission_destination (value TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO permission_destination VALUES
  ('internal-meeting'), ('teaching-file'), ('publication'), ('research'), ('social-media-closed'),
  ('social-media-open');

CREATE TABLE permission_basis (value TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO permission_basis VALUES
  ('common-law-consent'), ('gdpr-explicit-consent'), ('both'), ('other');

ALTER TABLE permission ADD COLUMN destination TEXT REFERENCES permission_destination (value);
ALTER TABLE permission ADD COLUMN destination_url TEXT;
ALTER TABLE permission ADD COLUMN controller TEXT;
ALTER TABLE permission ADD COLUMN giver_name TEXT;
ALTER TABLE permission ADD COLUMN giver_relationship TEXT;
ALTER TABLE permission ADD COLUMN giver_check TEXT;
ALTER TABLE permission ADD COLUMN capacity_decision TEXT;
ALTER TABLE permission ADD COLUMN capacity_assessor TEXT;
ALTER TABLE permission ADD COLUMN capacity_assessed TEXT
  CHECK (capacity_assessed IS date(capacity_assessed, '+0 days'));
ALTER TABLE permission ADD COLUMN witness_name TEXT;
ALTER TABLE permission ADD COLUMN witness_role TEXT;
ALTER TABLE permission ADD COLUMN language TEXT;
ALTER TABLE permission ADD COLUMN interpreter TEXT;
ALTER TABLE permission ADD COLUMN image_version TEXT;
ALTER TABLE permission ADD COLUMN basis TEXT REFERENCES permission_basis (value);
ALTER TABLE permission ADD COLUMN basis_note TEXT;
ALTER TABLE permission ADD COLUMN withdrawn_partly INTEGER NOT NULL DEFAULT 0
  CHECK (withdrawn_partly IN (0, 1) AND (withdrawn_partly = 0 OR state = 'withdrawn'));
ALTER TABLE permission ADD COLUMN replaces TEXT REFERENCES permission (id);

CREATE UNIQUE INDEX permission_by_replaced ON permission (replaces) WHERE replaces IS NOT NULL;

CREATE TRIGGER permission_replaces_own BEFORE INSERT ON permission
WHEN new.replaces IS NOT NULL AND NOT EXISTS
  (SELECT 1 FROM permission WHERE id = new.replaces AND person_id = new.person_id)
BEGIN
  SELECT RAISE (ABORT, 'a permission replaces one of the same person');
END;

-- What a permission in force has to say, where it begins so and where it comes into force.
CREATE VIEW permission_gap AS
  SELECT id,
    CASE
      WHEN given_by = 'none' THEN 'nobody gave this permission'
      WHEN given_by = 'competent-under-16' AND capacity <> 'assessed-competent'
        THEN 'a child who decides is assessed as able to'
      WHEN capacity = 'lacks' AND (capacity_decision IS NULL OR capacity_assessor IS NULL
                                   OR capacity_assessed IS NULL)
        THEN 'lacking capacity needs the decision, the assessor and the day'
      WHEN capacity = 'fluctuating' AND review IS NULL
        THEN 'where capacity fluctuates, there is a day on which to ask again'
      WHEN given_by IN ('parental-responsibility', 'attorney-or-deputy', 'personal-representative',
                        'relative')
        AND giver_note IS NULL AND (giver_relationship IS NULL OR giver_check IS NULL)
        THEN 'who decides for another says why, and how that was checked'
      WHEN evidence = 'verbal-with-witness' AND (witness_name IS NULL OR witness_role IS NULL)
        THEN 'spoken consent has a witness with name and role'
    END AS gap
  FROM permission;

CREATE TRIGGER permission_given_is_whole AFTER INSERT ON permission
WHEN new.state = 'active' AND (SELECT gap FROM permission_gap WHERE id = new.id) IS NOT NULL
BEGIN
  SELECT RAISE (ABORT, 'a permission in force says who gave it, and how that is known');
END;

CREATE TRIGGER permission_activated_is_whole AFTER UPDATE OF state ON permission
WHEN new.state = 'active' AND old.state IN ('draft', 'offered')
  AND (SELECT gap FROM permission_gap WHERE id = new.id) IS NOT NULL
BEGIN
  SELECT RAISE (ABORT, 'a permission in force says who gave it, and how that is known');
END;

-- What was consented to never changes. A draft is still being written; what was offered gets its
-- answer, and with it who gave it, when and for how long.
DROP TRIGGER permission_terms_stay;
CREATE TRIGGER permission_terms_stay BEFORE UPDATE ON permission
WHEN (new.id IS NOT old.id OR new.person_id IS NOT old.person_id
      OR new.created IS NOT old.created OR new.replaces IS NOT old.replaces
  OR (old.state <> 'draft'
      AND (new.level IS NOT old.level OR new.scope IS NOT old.scope
           OR new.identifiable IS NOT old.identifiable
           OR new.destination IS NOT old.destination
           OR new.destination_url IS NOT old.destination_url
           OR new.controller IS NOT old.controller))
  OR (old.state NOT IN ('draft', 'offered')
      AND (new.given_by IS NOT old.given_by OR new.given IS NOT old.given
           OR new.capacity IS NOT old.capacity OR new.valid_from IS NOT old.valid_from
           OR new.expires IS NOT old.expires)))
  AND NOT EXISTS (SELECT 1 FROM erasing WHERE person_id = old.person_id)
BEGIN
  SELECT RAISE (ABORT, 'what was consented to never changes: record a new permission');
END;

-- Evidence and what was explained may come later. Once there, they stay.
CREATE TRIGGER permission_proof_stays BEFORE UPDATE ON permission
WHEN old.state NOT IN ('draft', 'offered')
  AND ((old.evidence IS NOT NULL AND new.evidence IS NOT old.evidence)
    OR (old.evidence_reference IS NOT NULL AND new.evidence_reference IS NOT old.evidence_reference)
    OR (old.witness_name IS NOT NULL AND new.witness_name IS NOT old.witness_name)
    OR (old.witness_role IS NOT NULL AND new.witness_role IS NOT old.witness_role)
    OR (old.wording_version IS NOT NULL AND new.wording_version IS NOT old.wording_version)
    OR (old.language IS NOT NULL AND new.language IS NOT old.language)
    OR (old.interpreter IS NOT NULL AND new.interpreter IS NOT old.interpreter)
    OR (old.image_version IS NOT NULL AND new.image_version IS NOT old.image_version)
    OR (old.giver_name IS NOT NULL AND new.giver_name IS NOT old.giver_name)
    OR (old.giver_relationship IS NOT NULL AND new.giver_relationship IS NOT old.giver_relationship)
    OR (old.giver_check IS NOT NULL AND new.giver_check IS NOT old.giver_check)
    OR (old.giver_note IS NOT NULL AND new.giver_note IS NOT old.giver_note)
    OR (old.capacity_decision IS NOT NULL AND new.capacity_decision IS NOT old.capacity_decision)
    OR (old.capacity_assessor IS NOT NULL AND new.capacity_assessor IS NOT old.capacity_assessor)
    OR (old.capacity_assessed IS NOT NULL AND new.capacity_assessed IS NOT old.capacity_assessed)
    OR (old.basis IS NOT NULL AND new.basis IS NOT old.basis)
    OR (old.basis_note IS NOT NULL AND new.basis_note IS NOT old.basis_note))
  AND NOT EXISTS (SELECT 1 FROM erasing WHERE person_id = old.person_id)
BEGIN
  SELECT RAISE (ABORT, 'evidence is added, never replaced');
END;

DROP TRIGGER permission_final;
CREATE TRIGGER permission_final BEFORE UPDATE ON permission
WHEN old.state IN ('withdrawn', 'entered-in-error')
  AND (new.state IS NOT old.state
       OR NOT EXISTS (SELECT 1 FROM erasing WHERE person_id = old.person_id))
BEGIN
  SELECT RAISE (ABORT, 'a withdrawn or mistaken permission stays as it is');
END;

DROP TRIGGER permission_stays;
CREATE TRIGGER permission_stays BEFORE DELETE ON permission
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE person_id = old.person_id)
BEGIN
  SELECT RAISE (ABORT, 'a permission is never deleted');
END;

-- Children who come of age: by birthday first, then their permissions.
CREATE INDEX permission_by_parents ON permission (person_id)
  WHERE given_by = 'parental-responsibility';

-- ---- evidence inside the file ----

CREATE TABLE attachment_type (value TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO attachment_type VALUES
  ('application/pdf'), ('image/png'), ('image/jpeg'), ('application/x-imprimatur-strokes');

CREATE TABLE attachment (
  id            TEXT NOT NULL PRIMARY KEY,
  permission_id TEXT NOT NULL REFERENCES permission (id),
  kind          TEXT NOT NULL REFERENCES permission_evidence (value),
  media_type    TEXT NOT NULL REFERENCES attachment_type (value),
  sha256        TEXT NOT NULL CHECK (length (sha256) = 64),
  size          INTEGER NOT NULL CHECK (size BETWEEN 1 AND 16777216),
  title         TEXT,
  created       TEXT NOT NULL,
  UNIQUE (permission_id, sha256),
  CHECK (media_type <> 'application/x-imprimatur-strokes' OR kind = 'on-screen-signature')
) STRICT;

-- The bytes lie apart, so that a list of what there is reads none of them.
CREATE TABLE attachment_bytes (
  id    TEXT NOT NULL PRIMARY KEY REFERENCES attachment (id),
  bytes BLOB NOT NULL
) STRICT;

CREATE TRIGGER attachment_for_standing BEFORE INSERT ON attachment
WHEN (SELECT state FROM permission WHERE id = new.permission_id)
  IN ('withdrawn', 'entered-in-error')
BEGIN
  SELECT RAISE (ABORT, 'a withdrawn or mistaken permission stays as it is');
END;

CREATE TRIGGER attachment_has_its_bytes BEFORE INSERT ON attachment_bytes
WHEN length (new.bytes) IS NOT (SELECT size FROM attachment WHERE id = new.id)
BEGIN
  SELECT RAISE (ABORT, 'the bytes of an attachment are as many as it says');
END;

CREATE TRIGGER attachment_added AFTER INSERT ON attachment
BEGIN
  INSERT INTO event (subject, subject_id, kind, new)
    VALUES ('permission', new.permission_id, 'evidence-added', new.id);
END;

CREATE TRIGGER attachment_not_changed BEFORE UPDATE ON attachment
BEGIN
  SELECT RAISE (ABORT, 'evidence is added, never replaced');
END;

CREATE TRIGGER attachment_bytes_not_changed BEFORE UPDATE ON attachment_bytes
BEGIN
  SELECT RAISE (ABORT, 'evidence is added, never replaced');
END;

CREATE TRIGGER attachment_not_deleted BEFORE DELETE ON attachment
WHEN NOT EXISTS (SELECT 1 FROM erasing JOIN permission USING (person_id)
                 WHERE permission.id = old.permission_id)
BEGIN
  SELECT RAISE (ABORT, 'evidence goes with its person only');
END;

CREATE TRIGGER attachment_bytes_not_deleted BEFORE DELETE ON attachment_bytes
WHEN NOT EXISTS (SELECT 1 FROM attachment JOIN permission ON permission.id = permission_id
                 JOIN erasing USING (person_id) WHERE attachment.id = old.id)
BEGIN
  SELECT RAISE (ABORT, 'evidence goes with its person only');
END;
