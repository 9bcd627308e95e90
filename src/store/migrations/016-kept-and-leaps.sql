-- What a restored backup must know of records that are kept for a reason of the law; what one person
-- alone may make of a clock; and clocks that leap ahead.

-- ---- reasons of the law to keep a record go into the journal, as a "no" does ----

-- The same table with two kinds more. What names it, views and triggers of other tables, stays as it
-- is; what belongs to it is made again below.
PRAGMA legacy_alter_table = ON;

CREATE TABLE journal_entry_of_more_kinds (
  id         INTEGER PRIMARY KEY,
  at         TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  kind       TEXT NOT NULL CHECK (kind IN ('withdrawn', 'refused', 'suspended', 'expired',
                                           'superseded', 'entered-in-error', 'objects', 'erased',
                                           'purged', 'kept', 'kept-ended')),
  subject_id TEXT NOT NULL,
  detail     TEXT NOT NULL DEFAULT '',
  seq        INTEGER UNIQUE
) STRICT;

INSERT INTO journal_entry_of_more_kinds SELECT id, at, kind, subject_id, detail, seq
  FROM journal_entry;
DROP TABLE journal_entry;
ALTER TABLE journal_entry_of_more_kinds RENAME TO journal_entry;
PRAGMA legacy_alter_table = OFF;

CREATE INDEX journal_entry_due ON journal_entry (id) WHERE seq IS NULL;

CREATE TRIGGER journal_entry_stays BEFORE UPDATE ON journal_entry
WHEN new.id IS NOT old.id OR new.at IS NOT old.at OR new.kind IS NOT old.kind
  OR new.subject_id IS NOT old.subject_id OR new.detail IS NOT old.detail
BEGIN
  SELECT RAISE (ABORT, 'history is never changed');
END;

CREATE TRIGGER journal_entry_not_deleted BEFORE DELETE ON journal_entry
BEGIN
  SELECT RAISE (ABORT, 'history is never deleted');
END;

CREATE TRIGGER clock_sees_journal AFTER INSERT ON journal_entry
WHEN new.at > (SELECT newest FROM clock)
BEGIN
  UPDATE clock SET newest = new.at;
END;

CREATE TRIGGER curation_relocked AFTER INSERT ON journal_entry
BEGIN
  UPDATE curation_item
    SET state = iif(EXISTS (SELECT 1 FROM curation_box WHERE item_id = curation_item.id),
                    'covered', 'looked-at')
    WHERE state = 'cleared' AND patient_id IN (SELECT patient_id FROM curation_person
      WHERE person_id = new.subject_id
        OR person_id = (SELECT person_id FROM permission WHERE id = new.subject_id));
END;

CREATE TRIGGER kept_for_the_journal AFTER INSERT ON erasure
WHEN new.outcome = 'exempt' AND NOT EXISTS (SELECT 1 FROM journal_replaying)
BEGIN
  INSERT INTO journal_entry (at, kind, subject_id, detail)
    VALUES (new.at, 'kept', new.person_id, new.reason);
END;

-- detail: the moment of the entry that it ends.
CREATE TRIGGER kept_ended_for_the_journal AFTER INSERT ON exemption_end
WHEN NOT EXISTS (SELECT 1 FROM journal_replaying)
BEGIN
  INSERT INTO journal_entry (at, kind, subject_id, detail)
    SELECT new.at, 'kept-ended', person_id, at FROM erasure WHERE id = new.erasure_id;
END;

INSERT INTO journal_entry (at, kind, subject_id, detail)
  SELECT erasure.at, 'kept', erasure.person_id, erasure.reason
  FROM exemption JOIN erasure ON erasure.id = exemption.erasure_id ORDER BY erasure.id;

-- As before, or as the journal says.
DROP TRIGGER exemption_ended_by_two;

CREATE VIEW two_agreed AS
  SELECT kind, body FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)
    AND EXISTS (SELECT 1 FROM user_role JOIN user ON user.id = user_id
                WHERE user_id = imp_actor() AND role = 'keeper' AND active)
    AND EXISTS (SELECT 1 FROM user_role JOIN user ON user.id = user_id
                WHERE user_id = json_extract(body, '$.second') AND user_id <> imp_actor()
                  AND role IN ('keeper', 'approver') AND active);

CREATE TRIGGER exemption_ended_by_two BEFORE INSERT ON exemption_end
WHEN NOT EXISTS (SELECT 1 FROM journal_replaying) AND NOT EXISTS
  (SELECT 1 FROM two_agreed WHERE kind = 'kept-ended' AND json_extract(body, '$.person')
     = (SELECT person_id FROM erasure WHERE id = new.erasure_id AND outcome = 'exempt'))
BEGIN
  SELECT RAISE (ABORT, 'a reason of the law to keep a record is ended by two people');
END;

-- Each entry is known by its person and moment, so that one that is read twice is taken once.
CREATE TRIGGER journal_replayed_kept INSTEAD OF INSERT ON journal_replay
WHEN new.kind IN ('kept', 'kept-ended')
BEGIN
  INSERT INTO journal_replaying VALUES (1);
  INSERT INTO erasure (person_id, at, outcome, reason)
    SELECT id, new.at, 'exempt', new.detail FROM person
    WHERE id = new.subject_id AND new.kind = 'kept' AND NOT EXISTS
      (SELECT 1 FROM erasure WHERE person_id = new.subject_id AND outcome = 'exempt'
         AND at = new.at);
  INSERT OR IGNORE INTO exemption_end (erasure_id, at)
    SELECT id, new.at FROM erasure
    WHERE person_id = new.subject_id AND new.kind = 'kept-ended' AND outcome = 'exempt'
      AND at = new.detail;
  DELETE FROM journal_replaying;
END;

-- Whose record is perhaps kept: it was there when the journal was lost, and nobody knows what that
-- said of it. Two people erase it; what comes later is not among them.
CREATE TABLE perhaps_kept (
  person_id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TRIGGER journal_lost_perhaps_kept INSTEAD OF INSERT ON journal_loss
BEGIN
  INSERT OR IGNORE INTO perhaps_kept SELECT id FROM person;
END;

CREATE TRIGGER perhaps_kept_settled_by_two BEFORE DELETE ON perhaps_kept
WHEN EXISTS (SELECT 1 FROM person WHERE id = old.person_id) AND NOT EXISTS
  (SELECT 1 FROM two_agreed
   WHERE kind = 'kept-ended' AND json_extract(body, '$.person') = old.person_id)
BEGIN
  SELECT RAISE (ABORT, 'a record that is perhaps kept for a reason of the law is settled by two people');
END;

CREATE TRIGGER person_gone_is_not_kept AFTER DELETE ON person
BEGIN
  DELETE FROM perhaps_kept WHERE person_id = old.id;
END;

-- A purge takes two people anyway.
CREATE TRIGGER erasure_of_what_is_perhaps_kept BEFORE INSERT ON erasure
WHEN new.outcome = 'erased' AND EXISTS
    (SELECT 1 FROM perhaps_kept WHERE person_id = new.person_id)
  AND NOT EXISTS (SELECT 1 FROM journal_replaying)
BEGIN
  SELECT RAISE (ABORT, 'this record is perhaps kept for a reason of the law: two people settle that first');
END;

-- ---- a clock that one person alone accepts revives nothing that had ended ----

CREATE TRIGGER clock_accepted_by_one AFTER UPDATE ON clock
WHEN new.newest < old.newest
  AND (SELECT json_extract(body, '$.second') FROM ledger ORDER BY seq DESC LIMIT 1) IS NULL
BEGIN
  -- What is suspended comes into force for as long as it takes to end.
  UPDATE permission SET state = 'active'
    WHERE state = 'suspended' AND expires < date(old.newest, 'localtime');
  UPDATE permission SET state = 'expired'
    WHERE state IN ('active', 'review-due') AND expires < date(old.newest, 'localtime');
END;

-- ---- a clock that leaps ahead purges nothing ----

-- From one moment that was written to the next, by more than a register in use is quiet.
CREATE TABLE clock_leap (
  id      INTEGER PRIMARY KEY,
  since   TEXT NOT NULL,
  until   TEXT NOT NULL,
  settled TEXT
) STRICT;

CREATE INDEX clock_leap_open ON clock_leap (since) WHERE settled IS NULL;

CREATE TRIGGER clock_leaps AFTER UPDATE ON clock
WHEN old.newest <> '' AND new.newest > strftime('%Y-%m-%dT%H:%M:%S', old.newest, '+92 days')
BEGIN
  INSERT INTO clock_leap (since, until) VALUES (old.newest, new.newest);
END;

-- Where the clock went back below where it leapt to, that leap was the error.
CREATE TRIGGER clock_leap_taken_back AFTER UPDATE ON clock WHEN new.newest < old.newest
BEGIN
  UPDATE clock_leap SET settled = new.newest WHERE settled IS NULL AND until > new.newest;
END;

CREATE TRIGGER clock_leap_settled BEFORE UPDATE ON clock_leap
WHEN new.id IS NOT old.id OR new.since IS NOT old.since OR new.until IS NOT old.until
  OR old.settled IS NOT NULL
  OR NOT (old.until > (SELECT newest FROM clock)
    OR EXISTS (SELECT 1 FROM two_agreed WHERE kind = 'clock'))
BEGIN
  SELECT RAISE (ABORT, 'that so much time has passed is said by two people');
END;

CREATE TRIGGER clock_leap_not_deleted BEFORE DELETE ON clock_leap
BEGIN
  SELECT RAISE (ABORT, 'history is never deleted');
END;

-- From when on the clock's word counts no more for what goes for good; NULL: it counts.
CREATE VIEW clock_trusted AS
  SELECT min(since) AS since, max(until) AS until FROM clock_leap WHERE settled IS NULL;
