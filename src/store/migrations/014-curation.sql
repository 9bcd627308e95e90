-- Teaching-file curation: sessions, what was covered, answered and set aside in them, what is remembered
-- of a scanner, and cases. Geometry, words and references by hash: no pixels.

-- ---- sessions ----

CREATE TABLE curation (
  id          TEXT NOT NULL PRIMARY KEY,
  title       TEXT NOT NULL CHECK (trim(title) <> ''),
  destination TEXT NOT NULL DEFAULT 'teaching-file',
  created     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  created_by  TEXT DEFAULT (imp_actor ())
) STRICT, WITHOUT ROWID;

CREATE INDEX curation_by_creation ON curation (created);

-- What a session was made of, as the person named it.
CREATE TABLE curation_source (
  id          INTEGER PRIMARY KEY,
  curation_id TEXT NOT NULL REFERENCES curation (id) ON DELETE CASCADE,
  path        TEXT NOT NULL CHECK (path <> ''),
  UNIQUE (curation_id, path)
) STRICT;

-- Whose pictures there are. mark: a keyed digest of all that tells one patient of the files from
-- another, as two may have one number. number: as the files have it; folded and digits: as it is
-- compared, with the register's numbers and those of tombstones. person_id: whom somebody named.
CREATE TABLE curation_patient (
  id          INTEGER PRIMARY KEY,
  curation_id TEXT NOT NULL REFERENCES curation (id) ON DELETE CASCADE,
  mark        TEXT NOT NULL CHECK (length(mark) = 64),
  number      TEXT,
  folded      TEXT CHECK (folded <> ''),
  digits      TEXT,
  person_id   TEXT,
  UNIQUE (curation_id, mark),
  CHECK ((number IS NULL) = (folded IS NULL))
) STRICT;

CREATE INDEX curation_patient_by_folded ON curation_patient (folded) WHERE folded IS NOT NULL;
CREATE INDEX curation_patient_by_digits ON curation_patient (digits) WHERE digits IS NOT NULL;
CREATE INDEX curation_patient_by_person ON curation_patient (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE curation_state (value TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO curation_state VALUES
  ('new'), ('looked-at'), ('covered'), ('cleared'), ('exported'), ('set-aside');

-- One picture of a session. sha256: of the file's bytes, once they were read. entry: within a ZIP.
-- seen: how much of what would leave was on screen at full size, in percent.
-- What stands here of the file is what its header said when it was listed. export_id: the ledger's, which
-- the gate alone makes: nothing else is exported.
CREATE TABLE curation_item (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  curation_id  TEXT NOT NULL REFERENCES curation (id) ON DELETE CASCADE,
  position     INTEGER NOT NULL CHECK (position >= 0),
  source_id    INTEGER REFERENCES curation_source (id) ON DELETE SET NULL,
  patient_id   INTEGER REFERENCES curation_patient (id) ON DELETE CASCADE,
  path         TEXT NOT NULL CHECK (path <> ''),
  entry        TEXT CHECK (entry <> ''),
  sha256       TEXT CHECK (length(sha256) = 64),
  sop_uid      TEXT,
  study_uid    TEXT,
  series_uid   TEXT,
  modality     TEXT,
  manufacturer TEXT,
  model        TEXT,
  station      TEXT,
  "rows"       INTEGER NOT NULL DEFAULT 0 CHECK ("rows" >= 0),
  "columns"    INTEGER NOT NULL DEFAULT 0 CHECK ("columns" >= 0),
  n_frames     INTEGER NOT NULL DEFAULT 1 CHECK (n_frames >= 1),
  page         INTEGER NOT NULL DEFAULT 0 CHECK (page >= 0),
  frame        INTEGER NOT NULL DEFAULT 0 CHECK (frame >= 0 AND frame < n_frames),
  state        TEXT NOT NULL DEFAULT 'new' REFERENCES curation_state (value),
  reason       TEXT CHECK (trim(reason) <> ''),
  crop         TEXT,
  voi          TEXT,
  seen         INTEGER NOT NULL DEFAULT 0 CHECK (seen BETWEEN 0 AND 100),
  export_id    TEXT REFERENCES copy (export_id),
  changed      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  CHECK ((state = 'set-aside') = (reason IS NOT NULL)),
  CHECK ((state = 'exported') = (export_id IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX curation_item_in_order ON curation_item (curation_id, position);
CREATE INDEX curation_item_by_state ON curation_item (curation_id, state, position);
CREATE INDEX curation_item_by_patient ON curation_item (patient_id, state);
CREATE INDEX curation_item_by_source ON curation_item (source_id);
CREATE INDEX curation_item_by_hash ON curation_item (sha256) WHERE sha256 IS NOT NULL;

-- frame: the one that it is for; -1 for all of them.
CREATE TABLE curation_box (
  id      INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES curation_item (id) ON DELETE CASCADE,
  frame   INTEGER NOT NULL CHECK (frame >= -1),
  x       INTEGER NOT NULL CHECK (x >= 0),
  y       INTEGER NOT NULL CHECK (y >= 0),
  width   INTEGER NOT NULL CHECK (width > 0),
  height  INTEGER NOT NULL CHECK (height > 0)
) STRICT;

CREATE INDEX curation_box_by_item ON curation_box (item_id);

-- ---- cases ----

-- number: "TF-0001", allotted once; what a case is called where nobody may know whose it is.
CREATE TABLE teaching_case (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  curation_id     TEXT REFERENCES curation (id) ON DELETE SET NULL,
  title           TEXT NOT NULL CHECK (trim(title) <> ''),
  modality        TEXT,
  body_part       TEXT,
  diagnosis       TEXT NOT NULL DEFAULT '',
  findings        TEXT NOT NULL DEFAULT '',
  teaching_points TEXT NOT NULL DEFAULT '',
  question        TEXT NOT NULL DEFAULT '',
  answer          TEXT NOT NULL DEFAULT '',
  tags            TEXT NOT NULL DEFAULT '',
  sources         TEXT NOT NULL DEFAULT '',
  retired         TEXT,
  created         TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  created_by      TEXT DEFAULT (imp_actor ()),
  changed         TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  number          TEXT GENERATED ALWAYS AS (printf('TF-%04d', id)) VIRTUAL
) STRICT;

CREATE INDEX teaching_case_by_session ON teaching_case (curation_id);
CREATE INDEX teaching_case_by_modality ON teaching_case (modality, body_part);

-- A case's pictures in their order. person_id and permission_id: what the last export rested on.
CREATE TABLE teaching_image (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  case_id       INTEGER NOT NULL REFERENCES teaching_case (id) ON DELETE CASCADE,
  position      INTEGER NOT NULL CHECK (position >= 0),
  item_id       INTEGER UNIQUE REFERENCES curation_item (id) ON DELETE SET NULL,
  sha256        TEXT CHECK (length(sha256) = 64),
  caption       TEXT NOT NULL DEFAULT '',
  alt           TEXT NOT NULL DEFAULT '',
  person_id     TEXT,
  permission_id TEXT,
  export_id     TEXT REFERENCES copy (export_id),
  UNIQUE (case_id, position)
) STRICT;

CREATE INDEX teaching_image_by_person ON teaching_image (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX teaching_image_by_permission ON teaching_image (permission_id)
  WHERE permission_id IS NOT NULL;

-- What is drawn above what is covered, in the pixels of the frame. An arrow points at x2, y2; a
-- circle fills the rectangle of both points; a label begins at the first.
CREATE TABLE teaching_annotation (
  id       INTEGER PRIMARY KEY,
  image_id INTEGER NOT NULL REFERENCES teaching_image (id) ON DELETE CASCADE,
  kind     TEXT NOT NULL CHECK (kind IN ('arrow', 'circle', 'label')),
  x1       INTEGER NOT NULL,
  y1       INTEGER NOT NULL,
  x2       INTEGER NOT NULL,
  y2       INTEGER NOT NULL,
  text     TEXT CHECK (trim(text) <> ''),
  CHECK ((kind = 'label') = (text IS NOT NULL))
) STRICT;

CREATE TRIGGER teaching_image_exported AFTER UPDATE OF export_id ON teaching_image
WHEN new.export_id IS NOT NULL AND new.export_id IS NOT old.export_id
BEGIN
  UPDATE teaching_image
    SET (person_id, permission_id) =
      (SELECT person_id, permission_id FROM copy WHERE export_id = new.export_id)
    WHERE id = new.id;
END;

CREATE INDEX teaching_annotation_by_image ON teaching_annotation (image_id);

-- Batches that left. name: the neutral one of the file. Nothing in here says whose it is.
CREATE TABLE teaching_release (
  id          TEXT NOT NULL PRIMARY KEY,
  curation_id TEXT,
  at          TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  released_by TEXT DEFAULT (imp_actor ())
) STRICT, WITHOUT ROWID;

CREATE TABLE teaching_release_image (
  id          INTEGER PRIMARY KEY,
  release_id  TEXT NOT NULL REFERENCES teaching_release (id),
  image_id    INTEGER REFERENCES teaching_image (id) ON DELETE SET NULL,
  case_number TEXT,
  name        TEXT NOT NULL,
  export_id   TEXT REFERENCES copy (export_id),
  problem     TEXT,
  CHECK ((export_id IS NULL) = (problem IS NOT NULL))
) STRICT;

CREATE INDEX teaching_release_image_by_release ON teaching_release_image (release_id);
CREATE INDEX teaching_release_image_by_image ON teaching_release_image (image_id);

CREATE VIRTUAL TABLE teaching_search USING fts5 (
  title, diagnosis, findings, teaching_points, question, answer, tags, sources,
  content='teaching_case', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);

CREATE TRIGGER teaching_case_added AFTER INSERT ON teaching_case
BEGIN
  INSERT INTO teaching_search (rowid, title, diagnosis, findings, teaching_points, question, answer,
                               tags, sources)
    VALUES (new.id, new.title, new.diagnosis, new.findings, new.teaching_points, new.question,
            new.answer, new.tags, new.sources);
END;

CREATE TRIGGER teaching_case_changed AFTER UPDATE OF title, diagnosis, findings, teaching_points,
  question, answer, tags, sources ON teaching_case
BEGIN
  INSERT INTO teaching_search (teaching_search, rowid, title, diagnosis, findings, teaching_points,
                               question, answer, tags, sources)
    VALUES ('delete', old.id, old.title, old.diagnosis, old.findings, old.teaching_points,
            old.question, old.answer, old.tags, old.sources);
  INSERT INTO teaching_search (rowid, title, diagnosis, findings, teaching_points, question, answer,
                               tags, sources)
    VALUES (new.id, new.title, new.diagnosis, new.findings, new.teaching_points, new.question,
            new.answer, new.tags, new.sources);
END;

-- The index is written anew without the words that went: else it keeps them until it is merged.
CREATE TRIGGER teaching_case_removed AFTER DELETE ON teaching_case
BEGIN
  INSERT INTO teaching_search (teaching_search, rowid, title, diagnosis, findings, teaching_points,
                               question, answer, tags, sources)
    VALUES ('delete', old.id, old.title, old.diagnosis, old.findings, old.teaching_points,
            old.question, old.answer, old.tags, old.sources);
  INSERT INTO teaching_search (teaching_search) VALUES ('optimize');
END;

CREATE TRIGGER teaching_case_id_stays BEFORE UPDATE OF id ON teaching_case
BEGIN
  SELECT RAISE (ABORT, 'the number of a case is allotted once');
END;

-- ---- answers ----

-- What one user said: of the whole session, of a patient, of a case or of one picture, as far as
-- each question allows. What another said is never theirs. pixels: what was asked is what is to be
-- seen, and goes once something else is.
CREATE TABLE curation_answer (
  id          INTEGER PRIMARY KEY,
  curation_id TEXT NOT NULL REFERENCES curation (id) ON DELETE CASCADE,
  patient_id  INTEGER REFERENCES curation_patient (id) ON DELETE CASCADE,
  case_id     INTEGER REFERENCES teaching_case (id) ON DELETE CASCADE,
  item_id     INTEGER REFERENCES curation_item (id) ON DELETE CASCADE,
  answered_by TEXT NOT NULL DEFAULT (coalesce(imp_actor (), '')),
  key         TEXT NOT NULL CHECK (key <> ''),
  value       TEXT NOT NULL,
  pixels      INTEGER NOT NULL DEFAULT 0 CHECK (pixels IN (0, 1)),
  CHECK (pixels = 0 OR item_id IS NOT NULL),
  CHECK ((patient_id IS NOT NULL) + (case_id IS NOT NULL) + (item_id IS NOT NULL) <= 1)
) STRICT;

CREATE UNIQUE INDEX curation_answer_once ON curation_answer
  (curation_id, coalesce(patient_id, 0), coalesce(case_id, 0), coalesce(item_id, 0), answered_by, key);
CREATE INDEX curation_answer_by_patient ON curation_answer (patient_id);
CREATE INDEX curation_answer_by_case ON curation_answer (case_id);
CREATE INDEX curation_answer_by_item ON curation_answer (item_id);

-- ---- what is remembered of a scanner ----

-- '' where the files say nothing.
CREATE TABLE scanner_template (
  id           TEXT NOT NULL PRIMARY KEY,
  name         TEXT NOT NULL DEFAULT '',
  manufacturer TEXT NOT NULL,
  model        TEXT NOT NULL,
  station      TEXT NOT NULL,
  "rows"       INTEGER NOT NULL CHECK ("rows" > 0),
  "columns"    INTEGER NOT NULL CHECK ("columns" > 0),
  created      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  changed      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  changed_by   TEXT DEFAULT (imp_actor ()),
  UNIQUE (manufacturer, model, station, "rows", "columns")
) STRICT, WITHOUT ROWID;

CREATE TABLE scanner_template_box (
  id          INTEGER PRIMARY KEY,
  template_id TEXT NOT NULL REFERENCES scanner_template (id) ON DELETE CASCADE,
  x           INTEGER NOT NULL CHECK (x >= 0),
  y           INTEGER NOT NULL CHECK (y >= 0),
  width       INTEGER NOT NULL CHECK (width > 0),
  height      INTEGER NOT NULL CHECK (height > 0)
) STRICT;

CREATE INDEX scanner_template_box_by_template ON scanner_template_box (template_id);

-- ---- what was cleared is cleared no longer once it is something else ----

-- Where a picture falls back to.
CREATE VIEW curation_fallback AS SELECT 0 AS item_id;

CREATE TRIGGER curation_falls_back INSTEAD OF INSERT ON curation_fallback
BEGIN
  UPDATE curation_item
    SET state = iif(EXISTS (SELECT 1 FROM curation_box WHERE item_id = new.item_id),
                    'covered', 'looked-at'),
        export_id = NULL
    WHERE id = new.item_id AND state IN ('cleared', 'exported');
END;

-- What is to be seen of a picture is something else.
CREATE VIEW curation_edit AS SELECT 0 AS item_id;

CREATE TRIGGER curation_edited INSTEAD OF INSERT ON curation_edit
BEGIN
  DELETE FROM curation_answer WHERE item_id = new.item_id AND pixels;
  INSERT INTO curation_fallback VALUES (new.item_id);
END;

CREATE TRIGGER curation_box_added AFTER INSERT ON curation_box
BEGIN
  INSERT INTO curation_edit VALUES (new.item_id);
END;

CREATE TRIGGER curation_box_removed AFTER DELETE ON curation_box
BEGIN
  INSERT INTO curation_edit VALUES (old.item_id);
  UPDATE curation_item SET state = 'looked-at' WHERE id = old.item_id AND state = 'covered'
    AND NOT EXISTS (SELECT 1 FROM curation_box WHERE item_id = old.item_id);
END;

CREATE TRIGGER curation_box_stays BEFORE UPDATE ON curation_box
BEGIN
  SELECT RAISE (ABORT, 'a box is drawn anew');
END;

CREATE TRIGGER curation_item_shown_otherwise
AFTER UPDATE OF crop, voi, page, frame, sha256 ON curation_item
WHEN new.crop IS NOT old.crop OR new.voi IS NOT old.voi OR new.page <> old.page
  OR new.frame <> old.frame OR (old.sha256 IS NOT NULL AND new.sha256 IS NOT old.sha256)
BEGIN
  INSERT INTO curation_edit VALUES (new.id);
  UPDATE curation_item SET seen = 0 WHERE id = new.id;
END;

CREATE TRIGGER curation_item_of_another AFTER UPDATE OF patient_id ON curation_item
WHEN new.patient_id IS NOT old.patient_id
BEGIN
  INSERT INTO curation_fallback VALUES (new.id);
END;

-- Every picture of which an answer speaks.
CREATE VIEW curation_answer_reaches AS
  SELECT answer.id AS answer_id, item.id AS item_id FROM curation_answer AS answer
  JOIN curation_item AS item ON item.curation_id = answer.curation_id
  WHERE (answer.patient_id IS NULL OR answer.patient_id = item.patient_id)
    AND (answer.item_id IS NULL OR answer.item_id = item.id)
    AND (answer.case_id IS NULL OR EXISTS (SELECT 1 FROM teaching_image AS image
      WHERE image.case_id = answer.case_id AND image.item_id = item.id));

CREATE TRIGGER curation_answer_given AFTER INSERT ON curation_answer
BEGIN
  INSERT INTO curation_fallback
    SELECT item_id FROM curation_answer_reaches WHERE answer_id = new.id;
END;

CREATE TRIGGER curation_answer_changed AFTER UPDATE OF value ON curation_answer
WHEN new.value <> old.value
BEGIN
  INSERT INTO curation_fallback
    SELECT item_id FROM curation_answer_reaches WHERE answer_id = new.id;
END;

CREATE TRIGGER curation_answer_taken_back BEFORE DELETE ON curation_answer
BEGIN
  INSERT INTO curation_fallback
    SELECT item_id FROM curation_answer_reaches WHERE answer_id = old.id;
END;

CREATE TRIGGER curation_patient_named AFTER UPDATE OF person_id ON curation_patient
WHEN new.person_id IS NOT old.person_id
BEGIN
  INSERT INTO curation_fallback SELECT id FROM curation_item WHERE patient_id = new.id;
END;

-- Whose pictures they are, by name or by number. An item that left stays what it is: what is out there
-- is asked back by its own task.
CREATE VIEW curation_person AS
  SELECT id AS patient_id, person_id FROM curation_patient WHERE person_id IS NOT NULL
  UNION SELECT patient.id, number.person_id FROM curation_patient AS patient
    JOIN person_number AS number ON number.number IN (patient.folded, patient.digits);

-- Every "no" is an entry of the journal, also one that is read back from it.
CREATE TRIGGER curation_relocked AFTER INSERT ON journal_entry
BEGIN
  UPDATE curation_item
    SET state = iif(EXISTS (SELECT 1 FROM curation_box WHERE item_id = curation_item.id),
                    'covered', 'looked-at')
    WHERE state = 'cleared' AND patient_id IN (SELECT patient_id FROM curation_person
      WHERE person_id = new.subject_id
        OR person_id = (SELECT person_id FROM permission WHERE id = new.subject_id));
END;

-- ---- what a front end cannot say ----

CREATE TRIGGER curation_item_begins BEFORE INSERT ON curation_item
WHEN new.state NOT IN ('new', 'set-aside') OR new.export_id IS NOT NULL
BEGIN
  SELECT RAISE (ABORT, 'a picture of a session is new, or set aside');
END;

CREATE TRIGGER curation_item_belongs BEFORE UPDATE OF id, curation_id ON curation_item
WHEN new.id <> old.id OR new.curation_id <> old.curation_id
BEGIN
  SELECT RAISE (ABORT, 'a picture stays in its session');
END;

CREATE TRIGGER curation_by_recorder BEFORE INSERT ON curation
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to curate');
END;

CREATE TRIGGER curation_removed_by_recorder BEFORE DELETE ON curation
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to curate');
END;

CREATE TRIGGER curation_source_by_recorder BEFORE INSERT ON curation_source
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to curate');
END;

CREATE TRIGGER curation_patient_by_recorder BEFORE INSERT ON curation_patient
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to curate');
END;

CREATE TRIGGER curation_item_by_recorder BEFORE INSERT ON curation_item
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to curate');
END;

CREATE TRIGGER curation_item_changed_by_recorder BEFORE UPDATE ON curation_item
WHEN NOT (old.state = 'cleared' AND new.state IN ('covered', 'looked-at'))
  AND NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to curate');
END;

CREATE TRIGGER curation_box_by_recorder BEFORE INSERT ON curation_box
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to curate');
END;

CREATE TRIGGER curation_answer_by_recorder BEFORE INSERT ON curation_answer
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to curate');
END;

CREATE TRIGGER curation_patient_named_by_recorder BEFORE UPDATE ON curation_patient
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to curate');
END;

CREATE TRIGGER teaching_case_by_recorder BEFORE INSERT ON teaching_case
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to curate');
END;

CREATE TRIGGER teaching_case_changed_by_recorder BEFORE UPDATE ON teaching_case
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to curate');
END;

CREATE TRIGGER teaching_case_removed_by_recorder BEFORE DELETE ON teaching_case
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to curate');
END;

CREATE TRIGGER scanner_template_by_recorder BEFORE INSERT ON scanner_template
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to curate');
END;

CREATE TRIGGER scanner_template_changed_by_recorder BEFORE UPDATE ON scanner_template
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to curate');
END;

CREATE TRIGGER scanner_template_removed_by_recorder BEFORE DELETE ON scanner_template
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to curate');
END;

-- ---- erasure ----

-- A person who is erased takes along their pictures in every session, by name and by number, what was
-- said of them, and the sessions and cases that no picture of anybody else is in. It runs while the
-- person's numbers are still there.
CREATE VIEW teaching_person AS
  SELECT id AS image_id, case_id, person_id FROM teaching_image WHERE person_id IS NOT NULL
  UNION SELECT image.id, image.case_id, person.person_id FROM teaching_image AS image
    JOIN curation_item AS item ON item.id = image.item_id
    JOIN curation_person AS person ON person.patient_id = item.patient_id;

CREATE TRIGGER curation_of_erased AFTER INSERT ON erasing
BEGIN
  DELETE FROM teaching_case WHERE id IN
      (SELECT case_id FROM teaching_person WHERE person_id = new.person_id)
    AND NOT EXISTS (SELECT 1 FROM teaching_image WHERE case_id = teaching_case.id AND id NOT IN
      (SELECT image_id FROM teaching_person WHERE person_id = new.person_id));
  DELETE FROM teaching_image WHERE id IN
    (SELECT image_id FROM teaching_person WHERE person_id = new.person_id);
  DELETE FROM curation WHERE id IN
      (SELECT curation_id FROM curation_patient JOIN curation_person ON patient_id = id
       WHERE curation_person.person_id = new.person_id)
    AND NOT EXISTS (SELECT 1 FROM curation_item WHERE curation_id = curation.id
      AND (patient_id IS NULL OR patient_id NOT IN
        (SELECT patient_id FROM curation_person WHERE person_id = new.person_id)));
  DELETE FROM curation_patient WHERE id IN
    (SELECT patient_id FROM curation_person WHERE person_id = new.person_id);
END;

-- A folder's name may say who was in it.
CREATE TRIGGER curation_item_of_erased AFTER DELETE ON curation_item
WHEN EXISTS (SELECT 1 FROM erasing)
BEGIN
  DELETE FROM curation_source WHERE id = old.source_id
    AND NOT EXISTS (SELECT 1 FROM curation_item WHERE source_id = old.source_id);
END;

-- A session that goes leaves of its cases what left.
CREATE TRIGGER curation_item_leaves_case BEFORE DELETE ON curation_item
BEGIN
  DELETE FROM teaching_image WHERE item_id = old.id AND export_id IS NULL;
END;
