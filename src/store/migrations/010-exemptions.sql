-- How a reason to keep a record although its person asked for erasure comes to its end.

CREATE TABLE exemption_end (
  erasure_id INTEGER PRIMARY KEY REFERENCES erasure (id),
  at         TEXT NOT NULL
) STRICT;

CREATE TRIGGER exemption_end_not_changed BEFORE UPDATE ON exemption_end
BEGIN
  SELECT RAISE (ABORT, 'history is never changed');
END;

CREATE TRIGGER exemption_end_not_deleted BEFORE DELETE ON exemption_end
BEGIN
  SELECT RAISE (ABORT, 'history is never deleted');
END;

CREATE VIEW exemption AS
  SELECT id AS erasure_id, person_id, reason FROM erasure
  WHERE outcome = 'exempt' AND id NOT IN (SELECT erasure_id FROM exemption_end);

-- It ends only as the ledger's last row says so, by a keeper and by another keeper or an approver.
CREATE TRIGGER exemption_ended_by_two BEFORE INSERT ON exemption_end
WHEN NOT EXISTS
  (SELECT 1 FROM ledger WHERE seq = (SELECT max(seq) FROM ledger) AND kind = 'kept-ended'
    AND json_extract(body, '$.person')
      = (SELECT person_id FROM erasure WHERE id = new.erasure_id AND outcome = 'exempt')
    AND EXISTS (SELECT 1 FROM user_role JOIN user ON user.id = user_id
                WHERE user_id = imp_actor() AND role = 'keeper' AND active)
    AND EXISTS (SELECT 1 FROM user_role JOIN user ON user.id = user_id
                WHERE user_id = json_extract(body, '$.second') AND user_id <> imp_actor()
                  AND role IN ('keeper', 'approver') AND active))
BEGIN
  SELECT RAISE (ABORT, 'a reason of the law to keep a record is ended by two people');
END;

-- What the journal says was erased since, a restored backup erases again whatever it knew before.
CREATE TRIGGER erasure_of_what_is_kept BEFORE INSERT ON erasure
WHEN new.outcome <> 'exempt' AND EXISTS (SELECT 1 FROM exemption WHERE person_id = new.person_id)
  AND NOT EXISTS (SELECT 1 FROM journal_replaying)
BEGIN
  SELECT RAISE (ABORT, 'this record is kept for a reason of the law: two people end that first');
END;

DROP VIEW retention;

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
    EXISTS (SELECT 1 FROM exemption WHERE exemption.person_id = person.id) AS exempt,
    (SELECT count(*) FROM copy WHERE person_id = person.id AND state <> 'removed') AS n_copies,
    EXISTS (SELECT 1 FROM permission WHERE person_id = person.id
            AND state IN ('refused', 'withdrawn')) AS said_no
  FROM person;
