-- The newest moment that the register knows of, which is what a clock that was set back is known by.

CREATE TABLE clock (
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  newest TEXT NOT NULL
) STRICT;

INSERT INTO clock SELECT 1, max(coalesce((SELECT max(at) FROM ledger), ''),
                                coalesce((SELECT max(at) FROM event), ''),
                                coalesce((SELECT max(at) FROM journal_entry), ''));

CREATE TRIGGER clock_sees_event AFTER INSERT ON event
WHEN new.at > (SELECT newest FROM clock)
BEGIN
  UPDATE clock SET newest = new.at;
END;

CREATE TRIGGER clock_sees_ledger AFTER INSERT ON ledger
WHEN new.at > (SELECT newest FROM clock)
BEGIN
  UPDATE clock SET newest = new.at;
END;

-- Also what a restored backup learns from the journal of withdrawals.
CREATE TRIGGER clock_sees_journal AFTER INSERT ON journal_entry
WHEN new.at > (SELECT newest FROM clock)
BEGIN
  UPDATE clock SET newest = new.at;
END;

-- It goes back only as the ledger's last row says that the clock of that moment was accepted, where
-- there are users by a keeper and by another keeper or an approver.
CREATE TRIGGER clock_goes_back BEFORE UPDATE ON clock
WHEN new.newest < old.newest AND NOT EXISTS
  (SELECT 1 FROM ledger WHERE seq = (SELECT max(seq) FROM ledger) AND kind = 'clock'
    AND at = new.newest
    AND (NOT EXISTS (SELECT 1 FROM user)
      OR (EXISTS (SELECT 1 FROM user_role JOIN user ON user.id = user_id
                  WHERE user_id = imp_actor() AND role = 'keeper' AND active)
        AND EXISTS (SELECT 1 FROM user_role JOIN user ON user.id = user_id
                    WHERE user_id = json_extract(body, '$.second') AND user_id <> imp_actor()
                      AND role IN ('keeper', 'approver') AND active))))
BEGIN
  SELECT RAISE (ABORT, 'the time that the register knows goes back only as two people accept it');
END;

CREATE TRIGGER clock_is_one BEFORE INSERT ON clock
BEGIN
  SELECT RAISE (ABORT, 'the register has one clock');
END;

CREATE TRIGGER clock_stays BEFORE DELETE ON clock
BEGIN
  SELECT RAISE (ABORT, 'the register has one clock');
END;

-- When a permission came to say what it says: yes or no, in the order of the records, which no clock
-- changes.
CREATE VIEW permission_order AS
  SELECT permission.id AS permission_id, permission.person_id, min(event.seq) AS seq
  FROM permission JOIN event ON event.subject_id = permission.id
  WHERE event.new = iif(permission.state IN ('refused', 'withdrawn'), permission.state, 'active')
  GROUP BY permission.id;

-- As before, but the order of the records says what followed a "no", not the times on them.
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
         AND (SELECT min(seq) FROM event WHERE subject_id = yes.id AND new = 'active')
           > (SELECT min(seq) FROM event WHERE subject_id = ended.id AND new = ended.state))))
BEGIN
  SELECT RAISE (ABORT, 'the person still says no: this task stays open');
END;
