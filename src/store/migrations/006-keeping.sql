-- Every "no" as it goes to the journal of withdrawals, what a restored backup must know, tombstones
-- and retention.

-- ---- the journal of withdrawals: a file beside this one, written before a "no" is acknowledged ----

-- Rows are made by triggers. The store writes those without a number to the journal before it
-- commits, and numbers them. detail: random ids and words, no free text.
CREATE TABLE journal_entry (
  id         INTEGER PRIMARY KEY,
  at         TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  kind       TEXT NOT NULL CHECK (kind IN ('withdrawn', 'refused', 'suspended', 'expired',
                                           'superseded', 'entered-in-error', 'objects', 'erased',
                                           'purged')),
  subject_id TEXT NOT NULL,
  detail     TEXT NOT NULL DEFAULT '',
  seq        INTEGER UNIQUE
) STRICT;

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

-- Not empty while entries are read back from the journal: what they change is in it already.
CREATE TABLE journal_replaying (one INTEGER PRIMARY KEY CHECK (one = 1)) STRICT;

CREATE TRIGGER permission_no AFTER UPDATE OF state ON permission
WHEN new.state <> old.state
  AND new.state IN ('withdrawn', 'refused', 'suspended', 'expired', 'superseded',
                    'entered-in-error')
  AND NOT EXISTS (SELECT 1 FROM journal_replaying)
BEGIN
  INSERT INTO journal_entry (kind, subject_id, detail)
    VALUES (new.state, new.id, new.person_id || ' ' || new.level);
END;

CREATE TRIGGER permission_begins_as_no AFTER INSERT ON permission
WHEN new.state = 'refused' AND NOT EXISTS (SELECT 1 FROM journal_replaying)
BEGIN
  INSERT INTO journal_entry (kind, subject_id, detail)
    VALUES (new.state, new.id, new.person_id || ' ' || new.level);
END;

CREATE TRIGGER person_begins_with_no AFTER INSERT ON person
WHEN new.objects AND NOT EXISTS (SELECT 1 FROM journal_replaying)
BEGIN
  INSERT INTO journal_entry (kind, subject_id) VALUES ('objects', new.id);
END;

CREATE TRIGGER person_no AFTER UPDATE OF objects ON person
WHEN new.objects AND NOT old.objects AND NOT EXISTS (SELECT 1 FROM journal_replaying)
BEGIN
  INSERT INTO journal_entry (kind, subject_id) VALUES ('objects', new.id);
END;

-- Every number that somebody is known by, as it is compared.
CREATE VIEW person_number AS
  SELECT id AS person_id, number_folded AS number FROM person WHERE number_folded NOT NULL
  UNION ALL SELECT id, nhs_number FROM person WHERE nhs_number NOT NULL
  UNION ALL SELECT person_id, value_folded FROM person_identifier;

-- A number that comes after the "no" goes after it, too: the "no" is written once more.
CREATE VIEW standing_no AS
  SELECT id AS person_id, 'objects' AS kind, id AS subject_id, '' AS detail FROM person
    WHERE objects
  UNION ALL SELECT person_id, state, id, person_id || ' ' || level FROM permission
    WHERE state IN ('refused', 'withdrawn');

CREATE TRIGGER person_number_after_no AFTER UPDATE OF number_folded, nhs_number ON person
WHEN (new.number_folded IS NOT old.number_folded OR new.nhs_number IS NOT old.nhs_number)
  AND NOT EXISTS (SELECT 1 FROM journal_replaying)
BEGIN
  INSERT INTO journal_entry (kind, subject_id, detail)
    SELECT kind, subject_id, detail FROM standing_no WHERE person_id = new.id LIMIT 1;
END;

CREATE TRIGGER person_identifier_after_no AFTER INSERT ON person_identifier
WHEN NOT EXISTS (SELECT 1 FROM journal_replaying)
BEGIN
  INSERT INTO journal_entry (kind, subject_id, detail)
    SELECT kind, subject_id, detail FROM standing_no WHERE person_id = new.person_id LIMIT 1;
END;

-- Numbers of a person whom no one may be asked about any more, or whom an older copy of the register
-- does not know, or not by this number: keyed digests (imp_store_digest_number()), so that exports stay blocked.
CREATE TABLE tombstone (
  digest    TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
  person_id TEXT NOT NULL,
  reason    TEXT NOT NULL CHECK (reason IN ('erased', 'objects', 'refused')),
  since     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX tombstone_by_person ON tombstone (person_id);

-- What the store writes next, oldest first. numbers: one to a line, folded; the journal gets their
-- keyed digests, so that a "no" still holds in a backup that does not know the person, or not by
-- this number. digests: those of the person's tombstones, one space between.
CREATE VIEW journal_due AS
  SELECT id, at, kind, subject_id, detail,
    coalesce((SELECT coalesce(number_folded || char(10), '') || coalesce(nhs_number, '')
              FROM person WHERE person.id = entry.person_id), '')
      || coalesce((SELECT char(10) || group_concat(value_folded, char(10)) FROM person_identifier
                   WHERE person_identifier.person_id = entry.person_id), '') AS numbers,
    coalesce((SELECT group_concat(digest, ' ') FROM tombstone
              WHERE tombstone.person_id = entry.person_id), '') AS digests
  FROM (SELECT id, at, kind, subject_id, detail,
          CASE WHEN kind IN ('objects', 'erased', 'purged') THEN subject_id
               WHEN kind IN ('refused', 'withdrawn')
                 THEN substr(detail, 1, instr(detail, ' ') - 1) END AS person_id
        FROM journal_entry WHERE seq IS NULL) AS entry
  ORDER BY id;

-- Takes an entry of the journal that this copy of the register does not have. Only a "no" is ever
-- applied; what was allowed again since has to be allowed again. digests: a JSON list, without
-- those of the numbers that this copy has of the person.
CREATE VIEW journal_replay AS
  SELECT at, kind, subject_id, detail, '[]' AS digests, seq FROM journal_entry;

CREATE TRIGGER journal_replayed INSTEAD OF INSERT ON journal_replay
BEGIN
  INSERT INTO journal_replaying VALUES (1);
  INSERT INTO journal_entry (at, kind, subject_id, detail, seq)
    VALUES (new.at, new.kind, new.subject_id, new.detail, new.seq);
  UPDATE permission SET state = 'withdrawn', withdrawn = new.at, withdrawn_channel = 'journal'
    WHERE id = new.subject_id AND new.kind = 'withdrawn'
      AND state IN (SELECT value FROM permission_state WHERE granted);
  UPDATE permission SET state = 'refused', given = max(given, date(new.at, 'localtime')),
      valid_from = NULL, expires = NULL, review = NULL
    WHERE id = new.subject_id AND new.kind IN ('withdrawn', 'refused') AND state = 'offered';
  UPDATE permission SET state = 'entered-in-error'
    WHERE id = new.subject_id AND (new.kind = 'entered-in-error'
      OR (state = 'draft' AND new.kind <> 'suspended')
      OR (state = 'offered' AND new.kind IN ('superseded', 'expired')))
      AND state NOT IN ('withdrawn', 'entered-in-error');
  UPDATE permission SET state = 'superseded'
    WHERE id = new.subject_id AND new.kind = 'superseded'
      AND state IN (SELECT value FROM permission_state WHERE granted);
  -- What is suspended here was active again before it ended.
  UPDATE permission SET state = 'active'
    WHERE id = new.subject_id AND new.kind = 'expired' AND state = 'suspended';
  UPDATE permission SET state = 'expired'
    WHERE id = new.subject_id AND new.kind = 'expired' AND state IN ('active', 'review-due');
  UPDATE permission SET state = 'suspended'
    WHERE id = new.subject_id AND new.kind = 'suspended' AND state IN ('active', 'review-due');
  -- A permission that this copy never had: its "no" still speaks against the anonymised route.
  INSERT INTO permission (id, person_id, level, identifiable, given_by, capacity, given, state,
                          created)
    SELECT new.subject_id, person.id, substr(new.detail, instr(new.detail, ' ') + 1), 0, 'none',
           'presumed', date(new.at, 'localtime'), 'refused', new.at
    FROM person WHERE new.kind IN ('withdrawn', 'refused')
      AND person.id = substr(new.detail, 1, instr(new.detail, ' ') - 1)
      AND NOT EXISTS (SELECT 1 FROM permission WHERE id = new.subject_id);
  UPDATE person SET objects = 1
    WHERE id = new.subject_id AND new.kind = 'objects' AND objects = 0;
  INSERT OR IGNORE INTO tombstone (digest, person_id, reason, since)
    SELECT value, iif(new.kind = 'objects', new.subject_id,
                      substr(new.detail, 1, instr(new.detail, ' ') - 1)),
           iif(new.kind = 'objects', 'objects', 'refused'), new.at
    FROM json_each(new.digests) WHERE new.kind IN ('objects', 'refused', 'withdrawn');
  INSERT OR IGNORE INTO tombstone (digest, person_id, reason, since)
    SELECT value, new.subject_id, coalesce(nullif(new.detail, ''), 'erased'), new.at
    FROM json_each(new.digests) WHERE new.kind IN ('erased', 'purged');
  INSERT INTO erasure (person_id, at, outcome, reason)
    SELECT id, new.at, new.kind, 'journal' FROM person
    WHERE id = new.subject_id AND new.kind IN ('erased', 'purged');
  DELETE FROM journal_replaying;
END;

-- ---- the journal is lost, or older than the register: nobody knows what was withdrawn ----

-- Permissions that wait to be confirmed one by one.
CREATE TABLE unconfirmed (
  permission_id TEXT NOT NULL PRIMARY KEY REFERENCES permission (id),
  since         TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW journal_loss AS SELECT '' AS at;

CREATE TRIGGER journal_lost INSTEAD OF INSERT ON journal_loss
BEGIN
  INSERT INTO journal_replaying VALUES (1);
  INSERT OR IGNORE INTO unconfirmed (permission_id, since)
    SELECT id, new.at FROM permission WHERE state IN ('active', 'review-due');
  UPDATE permission SET state = 'suspended' WHERE state IN ('active', 'review-due');
  DELETE FROM journal_replaying;
END;

CREATE TRIGGER permission_confirmed AFTER UPDATE OF state ON permission
WHEN old.state = 'suspended' AND new.state <> 'suspended'
BEGIN
  DELETE FROM unconfirmed WHERE permission_id = new.id;
END;

-- ---- erasure ----

-- Whatever is the ledger's of one person's exports is found by this.
CREATE INDEX ledger_by_person ON ledger (json_extract(body, '$.person'));

-- Who was erased on request, purged after the time of retention, or kept for a reason that the law
-- knows ('exempt'). No words but those of a list: nothing of the person stays here.
CREATE TABLE erasure (
  id        INTEGER PRIMARY KEY,
  person_id TEXT NOT NULL,
  at        TEXT NOT NULL,
  outcome   TEXT NOT NULL CHECK (outcome IN ('erased', 'purged', 'exempt')),
  reason    TEXT NOT NULL CHECK (reason IN ('asked-for', 'retention', 'journal', 'legal-claims',
                                            'legal-obligation', 'public-interest', 'archiving'))
) STRICT;

CREATE INDEX erasure_by_person ON erasure (person_id);

CREATE TRIGGER erasure_not_changed BEFORE UPDATE ON erasure
BEGIN
  SELECT RAISE (ABORT, 'history is never changed');
END;

CREATE TRIGGER erasure_not_deleted BEFORE DELETE ON erasure
BEGIN
  SELECT RAISE (ABORT, 'history is never deleted');
END;

-- The one place that says what belongs to a person. Rows of history and of the ledger stay, which
-- know random ids only; where a picture can still be seen, its address stays until it is gone.
CREATE TRIGGER erasure_done AFTER INSERT ON erasure WHEN new.outcome <> 'exempt'
BEGIN
  INSERT INTO journal_entry (at, kind, subject_id, detail)
    SELECT new.at, new.outcome, new.person_id,
           coalesce((SELECT min(reason) FROM tombstone WHERE person_id = new.person_id), '')
    WHERE NOT EXISTS (SELECT 1 FROM journal_replaying);
  INSERT INTO erasing VALUES (new.person_id);
  DELETE FROM event_text WHERE seq IN (SELECT seq FROM event WHERE subject_id = new.person_id
    OR subject_id IN (SELECT id FROM permission WHERE person_id = new.person_id));
  DELETE FROM attachment_bytes WHERE id IN (SELECT attachment.id FROM attachment
    JOIN permission ON permission.id = permission_id WHERE person_id = new.person_id);
  DELETE FROM attachment WHERE permission_id IN
    (SELECT id FROM permission WHERE person_id = new.person_id);
  DELETE FROM unconfirmed WHERE permission_id IN
    (SELECT id FROM permission WHERE person_id = new.person_id);
  DELETE FROM capacity_assessment WHERE person_id = new.person_id;
  DELETE FROM person_alias WHERE person_id = new.person_id;
  DELETE FROM person_identifier WHERE person_id = new.person_id;
  DELETE FROM permission WHERE person_id = new.person_id;
  DELETE FROM ledger_text WHERE row_id IN
      (SELECT id FROM ledger WHERE json_extract(body, '$.person') = new.person_id
       UNION SELECT id FROM ledger WHERE export_id IN
         (SELECT export_id FROM ledger WHERE json_extract(body, '$.person') = new.person_id))
    AND row_id NOT IN (SELECT place_id FROM copy WHERE person_id = new.person_id
                       AND state IN ('live', 'asked') AND place_id IS NOT NULL);
  UPDATE copy SET sha256 = NULL WHERE person_id = new.person_id AND sha256 IS NOT NULL;
  DELETE FROM person WHERE id = new.person_id;
  DELETE FROM erasing WHERE person_id = new.person_id;
END;

CREATE TRIGGER copy_of_erased_settled AFTER UPDATE OF state ON copy
WHEN new.state IN ('removed', 'cannot-be-removed') AND EXISTS
  (SELECT 1 FROM erasure WHERE person_id = new.person_id AND outcome <> 'exempt')
BEGIN
  DELETE FROM ledger_text WHERE row_id IS new.place_id OR row_id IN
    (SELECT id FROM ledger WHERE export_id = new.export_id AND kind IN ('placed', 'takedown'));
END;

CREATE TRIGGER tombstone_stays BEFORE UPDATE ON tombstone
BEGIN
  SELECT RAISE (ABORT, 'a tombstone is never changed');
END;

CREATE TRIGGER tombstone_lifted AFTER DELETE ON tombstone
BEGIN
  INSERT INTO event (subject, subject_id, kind, old)
    VALUES ('person', old.person_id, 'tombstone-lifted', old.reason);
END;

-- ---- retention ----

-- The day on which a person's record has been kept long enough, and the number of copies that hold
-- it nevertheless. What is in force, what can still be seen, and what the law wants kept, is kept.
CREATE VIEW retention AS
  SELECT person.id AS person_id, person.created, person.born, person.objects,
    max(date(person.created), coalesce(date(person.died), ''),
        coalesce((SELECT max(max(given, date(created), coalesce(date(withdrawn), ''),
                                 coalesce(iif(state IN ('active', 'review-due', 'suspended',
                                                        'expired'), expires, ''), '')))
                  FROM permission WHERE person_id = person.id), ''),
        coalesce((SELECT max(date(released)) FROM copy WHERE person_id = person.id), '')) AS last,
    EXISTS (SELECT 1 FROM permission WHERE person_id = person.id
            AND state IN ('active', 'review-due', 'suspended')
            AND (expires IS NULL OR expires >= date('now'))) AS in_force,
    EXISTS (SELECT 1 FROM erasure WHERE person_id = person.id AND outcome = 'exempt') AS exempt,
    (SELECT count(*) FROM copy WHERE person_id = person.id AND state <> 'removed') AS n_copies,
    EXISTS (SELECT 1 FROM permission WHERE person_id = person.id
            AND state IN ('refused', 'withdrawn')) AS said_no
  FROM person;

-- ---- what was said before this step ----

INSERT INTO journal_entry (at, kind, subject_id, detail)
  SELECT coalesce(withdrawn, created), state, id, person_id || ' ' || level FROM permission
  WHERE state IN ('withdrawn', 'refused', 'suspended', 'expired', 'superseded', 'entered-in-error')
  ORDER BY coalesce(withdrawn, created);
INSERT INTO journal_entry (at, kind, subject_id) SELECT created, 'objects', id FROM person
  WHERE objects ORDER BY created;
