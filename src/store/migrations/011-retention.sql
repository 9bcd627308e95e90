-- Since when nothing has happened to a person's record: what the list of records that were kept long
-- enough is read from, in its order. The view retention says whether a record is due; this only
-- says who is to be looked at first.

-- since: the day of retention.last; NULL while a permission without an end is in force, or where the
-- law wants the record kept.
CREATE TABLE person_quiet (
  person_id TEXT NOT NULL PRIMARY KEY,
  since     TEXT,
  born      TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX person_quiet_by_day ON person_quiet (since, person_id, born) WHERE since NOT NULL;

CREATE VIEW person_quiet_now AS
  SELECT person_id, born,
    iif(exempt OR EXISTS (SELECT 1 FROM permission WHERE permission.person_id = retention.person_id
                          AND state IN ('active', 'review-due', 'suspended') AND expires IS NULL),
        NULL, last) AS since
  FROM retention;

-- A row here is made anew whenever anything that the view reads has changed.
CREATE VIEW person_quiet_changed AS SELECT '' AS person_id;

CREATE TRIGGER person_quiet_renewed INSTEAD OF INSERT ON person_quiet_changed
BEGIN
  INSERT INTO person_quiet (person_id, since, born)
    SELECT person_id, since, born FROM person_quiet_now WHERE person_id = new.person_id
    ON CONFLICT (person_id) DO UPDATE SET since = excluded.since, born = excluded.born
      WHERE since IS NOT excluded.since OR born IS NOT excluded.born;
END;

CREATE TRIGGER person_added_is_quiet AFTER INSERT ON person
BEGIN
  INSERT INTO person_quiet_changed VALUES (new.id);
END;

CREATE TRIGGER person_changed_is_quiet AFTER UPDATE OF born, died ON person
BEGIN
  INSERT INTO person_quiet_changed VALUES (new.id);
END;

CREATE TRIGGER person_gone_is_quiet AFTER DELETE ON person
BEGIN
  DELETE FROM person_quiet WHERE person_id = old.id;
END;

CREATE TRIGGER permission_added_is_quiet AFTER INSERT ON permission
BEGIN
  INSERT INTO person_quiet_changed VALUES (new.person_id);
END;

CREATE TRIGGER permission_changed_is_quiet
AFTER UPDATE OF given, created, withdrawn, expires, state ON permission
BEGIN
  INSERT INTO person_quiet_changed VALUES (new.person_id);
END;

CREATE TRIGGER permission_gone_is_quiet AFTER DELETE ON permission
BEGIN
  INSERT INTO person_quiet_changed VALUES (old.person_id);
END;

CREATE TRIGGER copy_added_is_quiet AFTER INSERT ON copy WHEN new.person_id NOT NULL
BEGIN
  INSERT INTO person_quiet_changed VALUES (new.person_id);
END;

CREATE TRIGGER exempt_is_quiet AFTER INSERT ON erasure WHEN new.outcome = 'exempt'
BEGIN
  INSERT INTO person_quiet_changed VALUES (new.person_id);
END;

CREATE TRIGGER exemption_ended_is_quiet AFTER INSERT ON exemption_end
BEGIN
  INSERT INTO person_quiet_changed SELECT person_id FROM erasure WHERE id = new.erasure_id;
END;

INSERT INTO person_quiet (person_id, since, born) SELECT person_id, since, born FROM person_quiet_now;

-- Those that wait longest are confirmed first.
CREATE INDEX unconfirmed_by_day ON unconfirmed (since, permission_id);
