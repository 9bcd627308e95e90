-- People, objections, permissions with their life-cycle, history, settings, and the ledger.
-- Vocabularies are tables, so that a later step can add a word without rebuilding what uses it.

CREATE TABLE meta (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  key     TEXT NOT NULL PRIMARY KEY,
  value   TEXT NOT NULL,
  changed TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT, WITHOUT ROWID;

-- ---- people ----

-- number_folded and name_folded are what is searched: made by the register module from
-- hospital_number and name.
CREATE TABLE person (
  id                TEXT NOT NULL PRIMARY KEY,
  hospital_number   TEXT,
  number_folded     TEXT UNIQUE,
  nhs_number        TEXT UNIQUE CHECK (nhs_number GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
  name              TEXT,
  name_folded       TEXT NOT NULL DEFAULT '',
  born              TEXT CHECK (born IS date(born, '+0 days')),
  died              TEXT CHECK (died = 'unknown' OR died IS date(died, '+0 days')),
  objects           INTEGER NOT NULL DEFAULT 0 CHECK (objects IN (0, 1)),
  lacks_capacity    INTEGER NOT NULL DEFAULT 0 CHECK (lacks_capacity IN (0, 1)),
  known_to_audience INTEGER NOT NULL DEFAULT 0 CHECK (known_to_audience IN (0, 1)),
  note              TEXT,
  created           TEXT NOT NULL,
  CHECK ((hospital_number IS NULL) = (number_folded IS NULL))
) STRICT;

CREATE INDEX person_by_birth ON person (born);
CREATE INDEX person_by_name ON person (name_folded, id);
CREATE INDEX person_by_creation ON person (created);

CREATE TRIGGER person_id_stays BEFORE UPDATE OF id, created ON person
WHEN new.id IS NOT old.id OR new.created IS NOT old.created
BEGIN
  SELECT RAISE (ABORT, 'the id of a person never changes');
END;

-- ---- permissions ----

CREATE TABLE permission_level (
  value        TEXT NOT NULL PRIMARY KEY,
  needs_scope  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO permission_level VALUES
  ('record-only', 0), ('teaching-closed', 0), ('publication-named', 1),
  ('publication-open-web', 0), ('social-media', 1), ('research-study', 1), ('research-area', 1);

CREATE TABLE permission_giver (value TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO permission_giver VALUES
  ('patient'), ('competent-under-16'), ('parental-responsibility'), ('attorney-or-deputy'),
  ('personal-representative'), ('relative'), ('none');

CREATE TABLE permission_capacity (value TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO permission_capacity VALUES
  ('presumed'), ('assessed-competent'), ('lacks'), ('fluctuating');

CREATE TABLE permission_evidence (value TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO permission_evidence VALUES
  ('signed-paper'), ('on-screen-signature'), ('verbal-with-witness'), ('letter'), ('journal-form');

-- granted: consent was once given, so that it can be withdrawn. first: a permission may begin so.
CREATE TABLE permission_state (
  value   TEXT NOT NULL PRIMARY KEY,
  granted INTEGER NOT NULL,
  first   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO permission_state VALUES
  ('draft', 0, 1), ('offered', 0, 1), ('active', 1, 1), ('review-due', 1, 0), ('suspended', 1, 0),
  ('refused', 0, 1), ('expired', 1, 0), ('withdrawn', 0, 0), ('superseded', 0, 0),
  ('entered-in-error', 0, 0);

-- The life-cycle. Withdrawn and entered-in-error are final: nothing leads out of them.
CREATE TABLE permission_step (
  before TEXT NOT NULL REFERENCES permission_state (value),
  after  TEXT NOT NULL REFERENCES permission_state (value),
  PRIMARY KEY (before, after)
) STRICT, WITHOUT ROWID;
INSERT INTO permission_step VALUES
  ('draft', 'offered'), ('offered', 'active'), ('offered', 'refused'),
  ('active', 'review-due'), ('review-due', 'active'), ('review-due', 'expired'),
  ('active', 'expired'),
  ('active', 'suspended'), ('review-due', 'suspended'), ('suspended', 'active');
INSERT INTO permission_step SELECT value, 'withdrawn' FROM permission_state WHERE granted;
INSERT INTO permission_step SELECT value, 'superseded' FROM permission_state WHERE granted;
INSERT INTO permission_step SELECT value, 'entered-in-error' FROM permission_state
  WHERE value NOT IN ('withdrawn', 'entered-in-error');

CREATE TABLE permission (
  id                 TEXT NOT NULL PRIMARY KEY,
  person_id          TEXT NOT NULL REFERENCES person (id),
  level              TEXT NOT NULL REFERENCES permission_level (value),
  scope              TEXT,
  identifiable       INTEGER NOT NULL CHECK (identifiable IN (0, 1)),
  given_by           TEXT NOT NULL REFERENCES permission_giver (value),
  giver_note         TEXT,
  capacity           TEXT NOT NULL REFERENCES permission_capacity (value),
  evidence           TEXT REFERENCES permission_evidence (value),
  evidence_reference TEXT,
  wording_version    TEXT,
  given              TEXT NOT NULL CHECK (given IS date(given, '+0 days')),
  valid_from         TEXT CHECK (valid_from IS date(valid_from, '+0 days')),
  expires            TEXT CHECK (expires IS date(expires, '+0 days')),
  review             TEXT CHECK (review IS date(review, '+0 days')),
  state              TEXT NOT NULL REFERENCES permission_state (value),
  withdrawn          TEXT,
  withdrawn_by       TEXT,
  withdrawn_channel  TEXT,
  created            TEXT NOT NULL,
  CHECK ((state = 'withdrawn') = (withdrawn IS NOT NULL)),
  CHECK (valid_from >= given),
  CHECK (expires >= coalesce(valid_from, given)),
  CHECK (review >= coalesce(valid_from, given)),
  CHECK (review <= expires)
) STRICT;

CREATE INDEX permission_by_person ON permission (person_id, created);
CREATE INDEX permission_by_state ON permission (state, expires);

CREATE TRIGGER permission_begins BEFORE INSERT ON permission
WHEN new.state NOT IN (SELECT value FROM permission_state WHERE first)
BEGIN
  SELECT RAISE (ABORT, 'a permission cannot begin in this state');
END;

CREATE TRIGGER permission_needs_scope BEFORE INSERT ON permission
WHEN new.state <> 'refused' AND coalesce(new.scope, '') = ''
  AND new.level IN (SELECT value FROM permission_level WHERE needs_scope)
BEGIN
  SELECT RAISE (ABORT, 'this level needs the name of the work, platform, study or area');
END;

CREATE TRIGGER permission_steps BEFORE UPDATE OF state ON permission
WHEN new.state <> old.state AND NOT EXISTS
  (SELECT 1 FROM permission_step WHERE before = old.state AND after = new.state)
BEGIN
  SELECT RAISE (ABORT, 'the life-cycle of a permission has no such step');
END;

CREATE TRIGGER permission_final BEFORE UPDATE ON permission
WHEN old.state IN ('withdrawn', 'entered-in-error')
BEGIN
  SELECT RAISE (ABORT, 'a withdrawn or mistaken permission stays as it is');
END;

CREATE TRIGGER permission_terms_stay BEFORE UPDATE ON permission
WHEN new.id IS NOT old.id OR new.person_id IS NOT old.person_id OR new.level IS NOT old.level
  OR new.scope IS NOT old.scope OR new.identifiable IS NOT old.identifiable
  OR new.given_by IS NOT old.given_by OR new.given IS NOT old.given
  OR new.created IS NOT old.created
BEGIN
  SELECT RAISE (ABORT, 'what was consented to never changes: record a new permission');
END;

CREATE TRIGGER permission_stays BEFORE DELETE ON permission
BEGIN
  SELECT RAISE (ABORT, 'a permission is never deleted');
END;

-- ---- history: rows without identifiers, which stay; their words, which may be erased ----

CREATE TABLE event (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  at         TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  subject    TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  kind       TEXT NOT NULL,
  old        TEXT,
  new        TEXT
) STRICT;

CREATE INDEX event_by_subject ON event (subject_id, seq);

CREATE TABLE event_text (
  seq  INTEGER PRIMARY KEY REFERENCES event (seq),
  text TEXT NOT NULL
) STRICT;

CREATE TRIGGER event_not_changed BEFORE UPDATE ON event
BEGIN
  SELECT RAISE (ABORT, 'history is never changed');
END;

CREATE TRIGGER event_not_deleted BEFORE DELETE ON event
BEGIN
  SELECT RAISE (ABORT, 'history is never deleted');
END;

CREATE TRIGGER event_text_not_changed BEFORE UPDATE ON event_text
BEGIN
  SELECT RAISE (ABORT, 'history is never changed');
END;

CREATE TRIGGER person_added AFTER INSERT ON person
BEGIN
  INSERT INTO event (subject, subject_id, kind) VALUES ('person', new.id, 'added');
  INSERT INTO event (subject, subject_id, kind, old, new)
    SELECT 'person', new.id, 'objection', '0', '1' WHERE new.objects;
END;

CREATE TRIGGER person_objection AFTER UPDATE OF objects ON person
WHEN new.objects <> old.objects
BEGIN
  INSERT INTO event (subject, subject_id, kind, old, new)
    VALUES ('person', new.id, 'objection', old.objects, new.objects);
END;

CREATE TRIGGER person_changed AFTER UPDATE ON person
WHEN new.hospital_number IS NOT old.hospital_number OR new.nhs_number IS NOT old.nhs_number
  OR new.name IS NOT old.name OR new.born IS NOT old.born OR new.died IS NOT old.died
  OR new.lacks_capacity IS NOT old.lacks_capacity
  OR new.known_to_audience IS NOT old.known_to_audience OR new.note IS NOT old.note
BEGIN
  INSERT INTO event (subject, subject_id, kind) VALUES ('person', new.id, 'changed');
END;

CREATE TRIGGER person_removed AFTER DELETE ON person
BEGIN
  INSERT INTO event (subject, subject_id, kind) VALUES ('person', old.id, 'removed');
END;

CREATE TRIGGER permission_added AFTER INSERT ON permission
BEGIN
  INSERT INTO event (subject, subject_id, kind, new)
    VALUES ('permission', new.id, 'added', new.state);
END;

CREATE TRIGGER permission_moved AFTER UPDATE ON permission
BEGIN
  INSERT INTO event (subject, subject_id, kind, old, new)
    VALUES ('permission', new.id, iif(new.state = old.state, 'changed', 'state'), old.state,
            new.state);
END;

CREATE TRIGGER setting_added AFTER INSERT ON setting
BEGIN
  INSERT INTO event (subject, subject_id, kind, new)
    VALUES ('setting', new.key, 'changed', new.value);
END;

CREATE TRIGGER setting_changed AFTER UPDATE ON setting
BEGIN
  INSERT INTO event (subject, subject_id, kind, old, new)
    VALUES ('setting', new.key, 'changed', old.value, new.value);
END;

CREATE TRIGGER setting_removed AFTER DELETE ON setting
BEGIN
  INSERT INTO event (subject, subject_id, kind, old)
    VALUES ('setting', old.key, 'changed', old.value);
END;

-- ---- the ledger ----

CREATE TABLE ledger (
  seq       INTEGER PRIMARY KEY,
  id        TEXT NOT NULL UNIQUE,
  export_id TEXT,
  at        TEXT NOT NULL,
  kind      TEXT NOT NULL,
  body      TEXT NOT NULL,
  previous  TEXT NOT NULL,
  hash      TEXT NOT NULL UNIQUE
) STRICT;

CREATE INDEX ledger_by_export ON ledger (export_id, kind);

CREATE TABLE ledger_text (
  row_id TEXT NOT NULL REFERENCES ledger (id),
  key    TEXT NOT NULL,
  value  TEXT NOT NULL,
  PRIMARY KEY (row_id, key)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER ledger_in_order BEFORE INSERT ON ledger
WHEN new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM ledger)
  OR new.previous IS NOT coalesce((SELECT hash FROM ledger ORDER BY seq DESC LIMIT 1),
     '0000000000000000000000000000000000000000000000000000000000000000')
BEGIN
  SELECT RAISE (ABORT, 'a row of the ledger follows the last one');
END;

CREATE TRIGGER ledger_not_changed BEFORE UPDATE ON ledger
BEGIN
  SELECT RAISE (ABORT, 'the ledger is never changed');
END;

CREATE TRIGGER ledger_not_deleted BEFORE DELETE ON ledger
BEGIN
  SELECT RAISE (ABORT, 'the ledger is never deleted from');
END;

CREATE TRIGGER ledger_text_not_changed BEFORE UPDATE ON ledger_text
BEGIN
  SELECT RAISE (ABORT, 'a text of the ledger may be erased, never changed');
END;
