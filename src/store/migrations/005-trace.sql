-- Where pictures went, what was asked back, and by what they are known again. All of it follows
-- from the ledger and may be made from it again; words and look-up hashes are erasable texts
-- of the ledger's rows.

-- ---- live copies: one row for each export that was completed ----

CREATE TABLE copy_state (value TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO copy_state VALUES ('live'), ('asked'), ('removed'), ('cannot-be-removed');

-- What was removed may turn up again, and is then asked for again.
CREATE TABLE copy_step (
  before TEXT NOT NULL REFERENCES copy_state (value),
  after  TEXT NOT NULL REFERENCES copy_state (value),
  PRIMARY KEY (before, after)
) STRICT, WITHOUT ROWID;
INSERT INTO copy_step VALUES
  ('live', 'asked'), ('live', 'removed'), ('live', 'cannot-be-removed'),
  ('asked', 'removed'), ('asked', 'cannot-be-removed'), ('asked', 'live'),
  ('removed', 'asked'), ('cannot-be-removed', 'asked'), ('cannot-be-removed', 'removed');

-- person_id is NULL where nobody knows whose picture it is; permission_id where it left
-- anonymised; sha256 (of the file) after erasure. place_id is the row of the ledger whose texts say
-- where it went. decided is the moment of the last look into the register, released that of the
-- finished file.
CREATE TABLE copy (
  export_id     TEXT NOT NULL PRIMARY KEY,
  intent_id     TEXT NOT NULL REFERENCES ledger (id),
  person_id     TEXT,
  permission_id TEXT,
  route         TEXT NOT NULL,
  destination   TEXT NOT NULL,
  decided       TEXT NOT NULL,
  released      TEXT NOT NULL,
  sha256        TEXT,
  state         TEXT NOT NULL DEFAULT 'live' REFERENCES copy_state (value),
  place_id      TEXT REFERENCES ledger (id)
) STRICT;

CREATE INDEX copy_by_person ON copy (person_id, released);
CREATE INDEX copy_by_permission ON copy (permission_id, released);
CREATE INDEX copy_by_release ON copy (released);
CREATE INDEX copy_by_sha256 ON copy (sha256);
CREATE INDEX copy_by_state ON copy (state, released);
-- What others can see has an address: who must still say which.
CREATE INDEX copy_unplaced ON copy (released, export_id)
  WHERE place_id IS NULL AND destination IN ('publication', 'social-media') AND state <> 'removed';
CREATE INDEX copy_without_place ON copy (released) WHERE place_id IS NULL;
CREATE INDEX copy_without_place_of ON copy (destination, released) WHERE place_id IS NULL;

CREATE TRIGGER copy_begins BEFORE INSERT ON copy WHEN new.state <> 'live'
BEGIN
  SELECT RAISE (ABORT, 'a copy begins as live');
END;

CREATE TRIGGER copy_steps BEFORE UPDATE OF state ON copy
WHEN new.state <> old.state AND NOT EXISTS
  (SELECT 1 FROM copy_step WHERE before = old.state AND after = new.state)
BEGIN
  SELECT RAISE (ABORT, 'the state of a copy has no such step');
END;

CREATE TRIGGER copy_facts_stay BEFORE UPDATE ON copy
WHEN new.export_id IS NOT old.export_id OR new.intent_id IS NOT old.intent_id
  OR new.person_id IS NOT old.person_id OR new.permission_id IS NOT old.permission_id
  OR new.route IS NOT old.route OR new.destination IS NOT old.destination
  OR new.decided IS NOT old.decided OR new.released IS NOT old.released
  OR (new.sha256 IS NOT NULL AND new.sha256 IS NOT old.sha256)
BEGIN
  SELECT RAISE (ABORT, 'what left never changes');
END;

CREATE TRIGGER copy_stays BEFORE DELETE ON copy
BEGIN
  SELECT RAISE (ABORT, 'the record of a copy is never deleted');
END;

CREATE TRIGGER copy_moved AFTER UPDATE OF state ON copy WHEN new.state <> old.state
BEGIN
  INSERT INTO event (subject, subject_id, kind, old, new)
    VALUES ('copy', new.export_id, 'state', old.state, new.state);
END;

-- Every export that the ledger calls finished, as a row of copy.
CREATE VIEW copy_of_ledger AS
  SELECT intent.export_id, intent.id AS intent_id,
         nullif(json_extract(intent.body, '$.person'), 'unknown') AS person_id,
         json_extract(intent.body, '$.permission') AS permission_id,
         coalesce(json_extract(intent.body, '$.route'), '') AS route,
         json_extract(intent.body, '$.destination') AS destination,
         intent.at AS decided, finish.at AS released,
         json_extract(intent.body, '$.sha256') AS sha256
  FROM ledger AS finish JOIN ledger AS intent
    ON intent.export_id = finish.export_id AND intent.kind = 'intent'
  WHERE finish.kind IN ('done', 'recovered')
    AND json_type(intent.body, '$.destination') = 'text';

CREATE TRIGGER ledger_makes_copy AFTER INSERT ON ledger WHEN new.kind IN ('done', 'recovered')
BEGIN
  INSERT OR IGNORE INTO copy (export_id, intent_id, person_id, permission_id, route, destination,
                              decided, released, sha256)
    SELECT export_id, intent_id, person_id, permission_id, route, destination, decided, released,
           sha256
    FROM copy_of_ledger WHERE export_id = new.export_id;
END;

-- ---- what pictures are known again by: the text image-hash of an intent ----

CREATE INDEX ledger_text_image ON ledger_text (row_id) WHERE key = 'image-hash';

-- What never left is not looked for.
CREATE TRIGGER ledger_drops_image AFTER INSERT ON ledger WHEN new.kind IN ('failed', 'abandoned')
BEGIN
  DELETE FROM ledger_text WHERE key = 'image-hash' AND row_id IN
    (SELECT id FROM ledger WHERE export_id = new.export_id AND kind = 'intent');
END;

-- ---- takedown tasks ----

CREATE TABLE takedown_reason (value TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO takedown_reason VALUES
  ('withdrawn'), ('refused'), ('objection'), ('entered-in-error'), ('erasure'), ('other');

-- chased is the day of the last time that somebody was asked.
CREATE TABLE takedown (
  seq       INTEGER PRIMARY KEY AUTOINCREMENT,
  export_id TEXT NOT NULL REFERENCES copy (export_id),
  reason    TEXT NOT NULL REFERENCES takedown_reason (value),
  opened    TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  n_chased  INTEGER NOT NULL DEFAULT 0 CHECK (n_chased >= 0),
  chased    TEXT CHECK (chased IS date(chased, '+0 days')),
  closed    TEXT,
  outcome   TEXT CHECK (outcome IN ('removed', 'cannot-be-removed', 'not-wanted')),
  CHECK ((closed IS NULL) = (outcome IS NULL)),
  CHECK ((n_chased = 0) = (chased IS NULL))
) STRICT;

CREATE UNIQUE INDEX takedown_open ON takedown (export_id) WHERE closed IS NULL;
CREATE INDEX takedown_by_export ON takedown (export_id, seq);
CREATE INDEX takedown_waiting ON takedown (opened, seq) WHERE closed IS NULL;
CREATE INDEX takedown_to_chase ON takedown (coalesce(chased, opened)) WHERE closed IS NULL;

CREATE TRIGGER takedown_opened AFTER INSERT ON takedown
BEGIN
  INSERT INTO event (subject, subject_id, kind, new)
    VALUES ('copy', new.export_id, 'takedown', new.reason);
END;

CREATE TRIGGER takedown_facts_stay BEFORE UPDATE ON takedown
WHEN old.closed IS NOT NULL OR new.export_id IS NOT old.export_id
  OR new.reason IS NOT old.reason OR new.opened IS NOT old.opened OR new.n_chased < old.n_chased
BEGIN
  SELECT RAISE (ABORT, 'a closed task stays as it is');
END;

-- A task is dropped only where nobody says no any more: no objection stands, and whatever ended or
-- was refused and speaks against the copy was followed by a permission of the same level and name.
CREATE TRIGGER takedown_dropped BEFORE UPDATE OF outcome ON takedown
WHEN new.outcome = 'not-wanted' AND (EXISTS
  (SELECT 1 FROM copy LEFT JOIN person ON person.id = copy.person_id
   WHERE copy.export_id = new.export_id AND copy.person_id IS NOT NULL
     AND (person.id IS NULL OR person.objects))
  OR EXISTS
  (SELECT 1 FROM copy JOIN permission AS ended ON ended.person_id = copy.person_id
   LEFT JOIN permission AS rested ON rested.id = copy.permission_id
   WHERE copy.export_id = new.export_id
     AND ((ended.id = copy.permission_id AND ended.state IN ('withdrawn', 'entered-in-error'))
       OR ended.id IN (SELECT refusal_id FROM copy_against WHERE export_id = new.export_id))
     AND NOT EXISTS
       (SELECT 1 FROM permission AS yes WHERE yes.person_id = copy.person_id
         AND yes.level = ended.level AND yes.state IN ('active', 'review-due')
         AND (imp_fold(yes.scope) = imp_fold(coalesce(nullif(ended.scope, ''), rested.scope))
           OR NOT (SELECT needs_scope FROM permission_level WHERE value = yes.level))
         AND yes.created > coalesce(ended.withdrawn, ended.created))))
BEGIN
  SELECT RAISE (ABORT, 'the person still says no: this task stays open');
END;

CREATE TRIGGER takedown_dropped_stays_live AFTER UPDATE OF outcome ON takedown
WHEN new.outcome = 'not-wanted'
BEGIN
  UPDATE copy SET state = 'live' WHERE export_id = new.export_id AND state = 'asked';
END;

CREATE TRIGGER takedown_stays BEFORE DELETE ON takedown
BEGIN
  SELECT RAISE (ABORT, 'a task is never deleted');
END;

-- Whatever is asked back has a task, for the reason of the one before, and a task ends with its
-- copy.
CREATE TRIGGER copy_asked AFTER UPDATE OF state ON copy WHEN new.state = 'asked'
BEGIN
  INSERT INTO takedown (export_id, reason)
    SELECT new.export_id,
           coalesce((SELECT reason FROM takedown WHERE export_id = new.export_id
                     ORDER BY seq DESC LIMIT 1), 'other')
    WHERE NOT EXISTS
      (SELECT 1 FROM takedown WHERE export_id = new.export_id AND closed IS NULL);
END;

CREATE TRIGGER copy_settled AFTER UPDATE OF state ON copy
WHEN new.state IN ('removed', 'cannot-be-removed') AND new.state <> old.state
BEGIN
  UPDATE takedown SET closed = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), outcome = new.state
    WHERE export_id = new.export_id AND closed IS NULL;
END;

-- What a "no" at a level speaks against where a picture left without a permission (policy.md 2.4,
-- row 1): the policy packs say the same of releases.
CREATE TABLE copy_reach (
  level       TEXT NOT NULL REFERENCES permission_level (value),
  destination TEXT NOT NULL,
  PRIMARY KEY (level, destination)
) STRICT, WITHOUT ROWID;
INSERT INTO copy_reach VALUES
  ('record-only', 'internal-meeting'), ('record-only', 'teaching-file'),
  ('record-only', 'publication'), ('record-only', 'research'), ('record-only', 'social-media'),
  ('teaching-closed', 'internal-meeting'), ('teaching-closed', 'teaching-file'),
  ('publication-named', 'publication'),
  ('publication-open-web', 'publication'), ('publication-open-web', 'social-media'),
  ('social-media', 'social-media'), ('research-study', 'research'), ('research-area', 'research');

-- Which copies a permission that is refused or withdrawn speaks against: those that rest on it,
-- those that rest on another of the same level and name, and those that rest on none. A refusal
-- without a name speaks of every name, whatever the level of the permission that names one, and at a
-- level that names nothing names are not compared.
CREATE VIEW copy_against AS
  SELECT copy.export_id, copy.state, copy.decided, refusal.id AS refusal_id,
         refusal.state AS refusal_state,
         coalesce(refusal.withdrawn, refusal.created) AS said,
         copy.permission_id IS refusal.id AS rests_on_it
  FROM permission AS refusal JOIN copy ON copy.person_id = refusal.person_id
  WHERE refusal.state IN ('refused', 'withdrawn')
    AND (copy.permission_id = refusal.id
      OR ((copy.permission_id IS NULL
           OR (imp_fold(refusal.scope) = ''
             AND (SELECT needs_scope FROM permission_level WHERE value = refusal.level))) AND EXISTS
        (SELECT 1 FROM copy_reach WHERE copy_reach.level = refusal.level
          AND copy_reach.destination = copy.destination))
      OR EXISTS
        (SELECT 1 FROM permission AS yes WHERE yes.id = copy.permission_id
          AND yes.level = refusal.level
          AND (imp_fold(refusal.scope) IN ('', imp_fold(yes.scope))
            OR NOT (SELECT needs_scope FROM permission_level WHERE value = refusal.level))));

CREATE TRIGGER permission_refused_asks_back AFTER INSERT ON permission WHEN new.state = 'refused'
BEGIN
  INSERT OR IGNORE INTO takedown (export_id, reason)
    SELECT export_id, 'refused' FROM copy_against
    WHERE refusal_id = new.id AND state = 'live';
END;

CREATE TRIGGER permission_asks_back AFTER UPDATE OF state ON permission
WHEN new.state IN ('refused', 'withdrawn') AND new.state <> old.state
BEGIN
  INSERT OR IGNORE INTO takedown (export_id, reason)
    SELECT export_id, new.state FROM copy_against
    WHERE refusal_id = new.id AND state = 'live';
END;

CREATE TRIGGER permission_mistake_asks_back AFTER UPDATE OF state ON permission
WHEN new.state = 'entered-in-error' AND old.state <> 'entered-in-error'
BEGIN
  INSERT OR IGNORE INTO takedown (export_id, reason)
    SELECT export_id, 'entered-in-error' FROM copy
    WHERE permission_id = new.id AND state = 'live';
END;

CREATE TRIGGER person_objection_asks_back AFTER UPDATE OF objects ON person
WHEN new.objects AND NOT old.objects
BEGIN
  INSERT OR IGNORE INTO takedown (export_id, reason)
    SELECT export_id, 'objection' FROM copy WHERE person_id = new.id AND state = 'live';
END;

CREATE TRIGGER person_removal_asks_back AFTER DELETE ON person
BEGIN
  INSERT OR IGNORE INTO takedown (export_id, reason)
    SELECT export_id, 'erasure' FROM copy WHERE person_id = old.id AND state = 'live';
END;

-- A "no" that came between the last look into the register and the finished file.
CREATE TRIGGER copy_asked_at_once AFTER INSERT ON copy
BEGIN
  INSERT OR IGNORE INTO takedown (export_id, reason)
    SELECT export_id, refusal_state FROM copy_against
    WHERE export_id = new.export_id AND (rests_on_it OR said >= decided);
  INSERT OR IGNORE INTO takedown (export_id, reason)
    SELECT new.export_id, 'entered-in-error' FROM permission
    WHERE id = new.permission_id AND state = 'entered-in-error';
  INSERT OR IGNORE INTO takedown (export_id, reason)
    SELECT new.export_id, 'objection' FROM person WHERE id = new.person_id AND objects;
END;

-- ---- what left before this step ----

INSERT OR IGNORE INTO copy (export_id, intent_id, person_id, permission_id, route, destination,
                            decided, released, sha256)
  SELECT export_id, intent_id, person_id, permission_id, route, destination, decided, released,
         sha256
  FROM copy_of_ledger ORDER BY released;
