-- What whose role allows, from here on: operators record what was said, as keepers do; whoever only
-- decides or looks records no more than a "no". What the journal of withdrawals brings back nobody
-- is asked for. Nothing is asked where there are no users.

CREATE VIEW actor_records AS
  SELECT NOT EXISTS (SELECT 1 FROM user) OR EXISTS (SELECT 1 FROM journal_replaying) OR EXISTS
    (SELECT 1 FROM user_role WHERE user_id = imp_actor() AND role IN ('operator', 'keeper')) AS may;

CREATE VIEW actor_keeps AS
  SELECT NOT EXISTS (SELECT 1 FROM user) OR EXISTS (SELECT 1 FROM journal_replaying) OR EXISTS
    (SELECT 1 FROM user_role WHERE user_id = imp_actor() AND role = 'keeper') AS may;

DROP TRIGGER permission_by_keeper;
DROP TRIGGER permission_granted_by_keeper;

CREATE TRIGGER permission_by_recorder BEFORE INSERT ON permission
WHEN new.state <> 'refused'
  AND NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to record a permission');
END;

CREATE TRIGGER permission_granted_by_recorder BEFORE UPDATE OF state ON permission
WHEN new.state IN ('active', 'offered') AND new.state <> old.state
  AND NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to record a permission');
END;

-- Ending it is everybody's; its terms, its proof and its review are not.
CREATE TRIGGER permission_amended_by_recorder BEFORE UPDATE ON permission
WHEN new.state = old.state
  AND NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to record a permission');
END;

-- To call a refusal a mistake is to take it back.
CREATE TRIGGER refusal_taken_back_by_keeper BEFORE UPDATE OF state ON permission
WHEN old.state = 'refused' AND new.state <> old.state
  AND NOT (SELECT may FROM actor_keeps)
BEGIN
  SELECT RAISE (ABORT, 'sign in as a keeper to take a refusal back');
END;

CREATE TRIGGER person_changed_by_recorder BEFORE UPDATE ON person
WHEN (new.hospital_number IS NOT old.hospital_number OR new.nhs_number IS NOT old.nhs_number
    OR new.name IS NOT old.name OR new.born IS NOT old.born OR new.died IS NOT old.died
    OR new.lacks_capacity IS NOT old.lacks_capacity
    OR new.known_to_audience IS NOT old.known_to_audience OR new.note IS NOT old.note)
  AND NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to record a person');
END;

CREATE TRIGGER person_alias_by_recorder BEFORE INSERT ON person_alias
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to record a person');
END;

CREATE TRIGGER person_alias_removed_by_recorder BEFORE DELETE ON person_alias
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to record a person');
END;

CREATE TRIGGER person_identifier_by_recorder BEFORE INSERT ON person_identifier
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to record a person');
END;

CREATE TRIGGER person_identifier_removed_by_recorder BEFORE DELETE ON person_identifier
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to record a person');
END;

CREATE TRIGGER capacity_assessment_by_recorder BEFORE INSERT ON capacity_assessment
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to record an assessment');
END;

CREATE TRIGGER capacity_assessment_removed_by_recorder BEFORE DELETE ON capacity_assessment
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to record an assessment');
END;

CREATE TRIGGER attachment_by_recorder BEFORE INSERT ON attachment
WHEN NOT (SELECT may FROM actor_records)
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to record evidence');
END;

CREATE TRIGGER scheme_by_keeper BEFORE INSERT ON identifier_scheme
WHEN NOT (SELECT may FROM actor_keeps)
BEGIN
  SELECT RAISE (ABORT, 'sign in as a keeper to change a setting');
END;

CREATE TRIGGER scheme_changed_by_keeper BEFORE UPDATE ON identifier_scheme
WHEN NOT (SELECT may FROM actor_keeps)
BEGIN
  SELECT RAISE (ABORT, 'sign in as a keeper to change a setting');
END;

CREATE TRIGGER scheme_removed_by_keeper BEFORE DELETE ON identifier_scheme
WHEN NOT (SELECT may FROM actor_keeps)
BEGIN
  SELECT RAISE (ABORT, 'sign in as a keeper to change a setting');
END;
