-- What was said while the clock was behind: no time on it can be believed, only that it came after
-- whatever the register knew of.

-- newest: the newest moment that the register knew of then.
CREATE TABLE said_behind (
  seq    INTEGER PRIMARY KEY REFERENCES event (seq),
  newest TEXT NOT NULL
) STRICT;

CREATE TRIGGER said_behind_not_changed BEFORE UPDATE ON said_behind
BEGIN
  SELECT RAISE (ABORT, 'history is never changed');
END;

CREATE TRIGGER said_behind_not_deleted BEFORE DELETE ON said_behind
BEGIN
  SELECT RAISE (ABORT, 'history is never deleted');
END;

-- As in imp_register_check_clock(): what clocks may differ by.
CREATE TRIGGER event_said_behind AFTER INSERT ON event
WHEN new.at < (SELECT strftime('%Y-%m-%dT%H:%M:%S', newest, '-10 minutes') FROM clock)
BEGIN
  INSERT INTO said_behind SELECT new.seq, newest FROM clock;
END;

INSERT INTO said_behind
  SELECT seq, newest
  FROM (SELECT seq, at, max(at) OVER (ORDER BY seq ROWS UNBOUNDED PRECEDING) AS newest FROM event)
  WHERE at < strftime('%Y-%m-%dT%H:%M:%S', newest, '-10 minutes');

-- The journal of withdrawals is dated by what was known, too: a restored backup goes by its times.
DROP TRIGGER permission_no;
DROP TRIGGER permission_begins_as_no;

CREATE TRIGGER permission_no AFTER UPDATE OF state ON permission
WHEN new.state <> old.state
  AND new.state IN ('withdrawn', 'refused', 'suspended', 'expired', 'superseded',
                    'entered-in-error')
  AND NOT EXISTS (SELECT 1 FROM journal_replaying)
BEGIN
  INSERT INTO journal_entry (at, kind, subject_id, detail)
    SELECT max(newest, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')), new.state, new.id,
           new.person_id || ' ' || new.level FROM clock;
END;

CREATE TRIGGER permission_begins_as_no AFTER INSERT ON permission
WHEN new.state = 'refused' AND NOT EXISTS (SELECT 1 FROM journal_replaying)
BEGIN
  INSERT INTO journal_entry (at, kind, subject_id, detail)
    SELECT max(newest, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')), new.state, new.id,
           new.person_id || ' ' || new.level FROM clock;
END;

-- Grouped by the person first, so that one person's are found by the index on them.
DROP VIEW permission_order;

CREATE VIEW permission_order AS
  SELECT permission.id AS permission_id, permission.person_id, min(event.seq) AS seq,
    said_behind.newest
  FROM permission JOIN event ON event.subject_id = permission.id
    LEFT JOIN said_behind ON said_behind.seq = event.seq
  WHERE event.new = iif(permission.state IN ('refused', 'withdrawn'), permission.state, 'active')
  GROUP BY permission.person_id, permission.id;

-- A yes ends a task as it lets a picture leave (imp_case_no_stands()): it was said on the day of the
-- "no" or later, by the person or whoever said "no", and a picture could rest on it. Who took a
-- mistake for a permission has said no "no".
DROP TRIGGER takedown_dropped;

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
         AND coalesce(yes.evidence, '') <> ''
         AND coalesce(yes.valid_from, '') <= date('now', 'localtime')
         AND coalesce(yes.expires, '9') >= date('now', 'localtime')
         AND (ended.state = 'entered-in-error'
           OR (yes.given >= max(iif(ended.withdrawn NOT NULL, date(ended.withdrawn, 'localtime'),
                                    ended.given),
                                coalesce((SELECT date(newest, 'localtime') FROM said_behind
                                          WHERE seq = (SELECT min(seq) FROM event
                                                       WHERE subject_id = ended.id
                                                         AND new = ended.state)), ''))
             AND (yes.given_by IN ('patient', 'competent-under-16')
               OR yes.given_by = ended.given_by)))
         AND (SELECT min(seq) FROM event WHERE subject_id = yes.id AND new = 'active')
           > (SELECT min(seq) FROM event WHERE subject_id = ended.id AND new = ended.state))))
BEGIN
  SELECT RAISE (ABORT, 'the person still says no: this task stays open');
END;
