-- What look-ups need, and the record of them.

-- ---- names, word by word: what finds somebody however the name is spelt ----

-- Every word of anybody's name, once. sound: what it has in common with words that sound alike
-- (imp_sound()). uses: by how many names, other names included; a word that nobody uses goes.
CREATE TABLE name_word (
  id    INTEGER PRIMARY KEY,
  word  TEXT NOT NULL UNIQUE,
  sound TEXT NOT NULL,
  uses  INTEGER NOT NULL DEFAULT 0 CHECK (uses >= 0)
) STRICT;

CREATE INDEX name_word_by_sound ON name_word (sound);

CREATE TABLE name_place (n INTEGER PRIMARY KEY) STRICT;
INSERT INTO name_place
  WITH RECURSIVE place (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM place WHERE n < 64)
  SELECT n FROM place;

-- By which pieces a word is found that was spelt differently: three letters that follow each other,
-- ends marked; for a short word, where one wrong letter spoils nearly all of these, itself and what
-- is left of it without one of its letters.
CREATE VIEW name_piece_of AS
  SELECT id AS word_id, substr('^' || word || '$', n, 3) AS piece
    FROM name_word JOIN name_place ON n <= length(word)
  UNION
  SELECT id, '*' || substr(word, 1, n - 1) || substr(word, n + 1)
    FROM name_word JOIN name_place ON n <= length(word) WHERE length(word) BETWEEN 3 AND 8
  UNION
  SELECT id, '*' || word FROM name_word WHERE length(word) BETWEEN 2 AND 7;

CREATE TABLE name_piece (
  piece   TEXT NOT NULL,
  word_id INTEGER NOT NULL,
  PRIMARY KEY (piece, word_id)
) STRICT, WITHOUT ROWID;

-- source: '' for the name itself, else the id of another name.
CREATE TABLE person_word (
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  source    TEXT NOT NULL,
  word_id   INTEGER NOT NULL,
  PRIMARY KEY (person_id, source, word_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX person_word_by_word ON person_word (word_id, person_id);

CREATE TRIGGER name_word_added AFTER INSERT ON name_word
BEGIN
  INSERT INTO name_piece (piece, word_id)
    SELECT piece, word_id FROM name_piece_of WHERE word_id = new.id;
END;

CREATE TRIGGER name_word_stays BEFORE UPDATE OF id, word, sound ON name_word
BEGIN
  SELECT RAISE (ABORT, 'a word is added and goes, it never changes');
END;

CREATE TRIGGER name_word_removed BEFORE DELETE ON name_word
BEGIN
  DELETE FROM name_piece WHERE word_id = old.id
    AND piece IN (SELECT piece FROM name_piece_of WHERE word_id = old.id);
END;

CREATE TRIGGER person_word_added AFTER INSERT ON person_word
BEGIN
  UPDATE name_word SET uses = uses + 1 WHERE id = new.word_id;
END;

CREATE TRIGGER person_word_removed AFTER DELETE ON person_word
BEGIN
  UPDATE name_word SET uses = uses - 1 WHERE id = old.word_id;
  DELETE FROM name_word WHERE id = old.word_id AND uses = 0;
END;

-- Takes a name apart: folded names have one space between their words.
CREATE VIEW person_naming AS SELECT '' AS person_id, '' AS source, '' AS name_folded;

CREATE TRIGGER person_named INSTEAD OF INSERT ON person_naming
BEGIN
  INSERT INTO name_word (word, sound)
    SELECT DISTINCT value, imp_sound(value)
    FROM json_each('[' || replace(json_quote(new.name_folded), ' ', '","') || ']')
    WHERE value <> '' AND NOT EXISTS (SELECT 1 FROM name_word WHERE word = value);
  INSERT INTO person_word (person_id, source, word_id)
    SELECT DISTINCT new.person_id, new.source, name_word.id
    FROM json_each('[' || replace(json_quote(new.name_folded), ' ', '","') || ']')
    CROSS JOIN name_word ON word = value;
END;

CREATE TRIGGER person_added_is_found AFTER INSERT ON person WHEN new.name_folded <> ''
BEGIN
  INSERT INTO person_naming VALUES (new.id, '', new.name_folded);
END;

CREATE TRIGGER person_renamed_is_found AFTER UPDATE OF name_folded ON person
WHEN new.name_folded <> old.name_folded
BEGIN
  DELETE FROM person_word WHERE person_id = new.id AND source = '';
  INSERT INTO person_naming VALUES (new.id, '', new.name_folded);
END;

CREATE TRIGGER person_alias_is_found AFTER INSERT ON person_alias
BEGIN
  INSERT INTO person_naming VALUES (new.person_id, new.id, new.name_folded);
END;

CREATE TRIGGER person_alias_is_lost AFTER DELETE ON person_alias
BEGIN
  DELETE FROM person_word WHERE person_id = old.person_id AND source = old.id;
END;

-- ---- the record of look-ups ----

-- user_id: who was signed in; login: who was logged in to the computer. kind: what was looked for, or
-- that a person's record was opened. view: which list was opened. search: the look-up that led to
-- the person. No row says what was typed: its keyed digest lies apart, and can be erased.
CREATE TABLE look_up (
  seq       INTEGER PRIMARY KEY AUTOINCREMENT,
  at        TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  user_id   TEXT,
  login     TEXT NOT NULL,
  kind      TEXT NOT NULL CHECK (kind IN ('number', 'born', 'name', 'recent', 'view', 'opened')),
  view      TEXT,
  n_found   INTEGER,
  search    INTEGER REFERENCES look_up (seq),
  person_id TEXT,
  CHECK ((kind = 'opened') = (person_id IS NOT NULL)),
  CHECK ((kind = 'view') = (view IS NOT NULL)),
  CHECK (search IS NULL OR kind = 'opened')
) STRICT;

CREATE INDEX look_up_by_person ON look_up (person_id, seq) WHERE person_id IS NOT NULL;

CREATE TABLE look_up_text (
  seq    INTEGER PRIMARY KEY REFERENCES look_up (seq),
  digest TEXT NOT NULL CHECK (length(digest) = 64)
) STRICT;

CREATE INDEX look_up_text_by_digest ON look_up_text (digest);

CREATE TRIGGER look_up_not_changed BEFORE UPDATE ON look_up
BEGIN
  SELECT RAISE (ABORT, 'the record of look-ups is never changed');
END;

CREATE TRIGGER look_up_not_deleted BEFORE DELETE ON look_up
BEGIN
  SELECT RAISE (ABORT, 'the record of look-ups is never deleted from');
END;

CREATE TRIGGER look_up_text_not_changed BEFORE UPDATE ON look_up_text
BEGIN
  SELECT RAISE (ABORT, 'what was looked for may be erased, never changed');
END;

-- Who is erased takes along what was typed to find them; that somebody looked stays.
CREATE TRIGGER look_up_of_erased AFTER DELETE ON person
BEGIN
  DELETE FROM look_up_text WHERE seq IN
    (SELECT search FROM look_up WHERE person_id = old.id AND search IS NOT NULL);
END;

-- ---- saved views ----

CREATE INDEX permission_expiring ON permission (expires, id)
  WHERE state IN ('active', 'review-due', 'suspended') AND expires IS NOT NULL;

CREATE INDEX permission_consented ON permission (given, id)
  WHERE state IN ('active', 'review-due', 'suspended', 'expired', 'withdrawn', 'superseded');

-- Permissions in force with nothing to show for them: spoken consent has its witness, the rest a
-- file in the register, or a place where the paper is.
CREATE TABLE evidence_missing (
  permission_id TEXT NOT NULL PRIMARY KEY REFERENCES permission (id) ON DELETE CASCADE,
  given         TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX evidence_missing_by_day ON evidence_missing (given, permission_id);

CREATE VIEW evidence_missing_of AS
  SELECT id AS permission_id, given FROM permission
  WHERE state IN ('active', 'review-due') AND coalesce(evidence, '') <> 'verbal-with-witness'
    AND (evidence IS NULL OR evidence_reference IS NULL)
    AND NOT EXISTS (SELECT 1 FROM attachment WHERE attachment.permission_id = permission.id);

CREATE TRIGGER permission_added_proof AFTER INSERT ON permission
BEGIN
  INSERT INTO evidence_missing SELECT permission_id, given FROM evidence_missing_of
    WHERE permission_id = new.id;
END;

CREATE TRIGGER permission_moved_proof AFTER UPDATE ON permission
BEGIN
  DELETE FROM evidence_missing WHERE permission_id = new.id;
  INSERT INTO evidence_missing SELECT permission_id, given FROM evidence_missing_of
    WHERE permission_id = new.id;
END;

CREATE TRIGGER attachment_is_proof AFTER INSERT ON attachment
BEGIN
  DELETE FROM evidence_missing WHERE permission_id = new.permission_id;
END;

-- ---- what was there before this step ----

INSERT INTO person_naming SELECT id, '', name_folded FROM person WHERE name_folded <> '';
INSERT INTO person_naming SELECT person_id, id, name_folded FROM person_alias;
INSERT INTO evidence_missing SELECT permission_id, given FROM evidence_missing_of;
