-- Users, their roles, PINs and keys; decisions of a second person; parked cases.

CREATE TABLE role (value TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO role VALUES ('operator'), ('keeper'), ('approver'), ('auditor');

CREATE TABLE authority (value TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO authority VALUES ('consultant'), ('ig-lead'), ('guardian');

-- ---- users: as they are now. What two people signed stands in user_record, which vouches ----

-- key: the user's Ed25519 public key. locked_key: the private one, which the PIN alone unlocks; a
-- user who was removed has none.
CREATE TABLE user (
  id          TEXT NOT NULL PRIMARY KEY,
  name        TEXT NOT NULL CHECK (length(name) > 0),
  name_folded TEXT NOT NULL CHECK (length(name_folded) > 0),
  authority   TEXT REFERENCES authority (value),
  active      INTEGER NOT NULL CHECK (active IN (0, 1)),
  key         TEXT NOT NULL CHECK (length(key) = 64),
  locked_key  TEXT,
  created     TEXT NOT NULL,
  CHECK (active = (locked_key IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX user_by_name ON user (name_folded) WHERE active;

CREATE TABLE user_role (
  user_id TEXT NOT NULL REFERENCES user (id),
  role    TEXT NOT NULL REFERENCES role (value),
  PRIMARY KEY (user_id, role)
) STRICT, WITHOUT ROWID;

-- Every change of a user, signed by who made it and by a second person.
CREATE TABLE user_record (
  seq              INTEGER PRIMARY KEY,
  at               TEXT NOT NULL,
  act              TEXT NOT NULL CHECK (act IN ('add', 'change', 'remove', 'reset-pin')),
  user_id          TEXT NOT NULL REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED,
  name             TEXT NOT NULL,
  roles            TEXT NOT NULL,
  authority        TEXT REFERENCES authority (value),
  active           INTEGER NOT NULL CHECK (active IN (0, 1)),
  key              TEXT NOT NULL CHECK (length(key) = 64),
  by_id            TEXT NOT NULL REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED,
  by_signature     TEXT NOT NULL CHECK (length(by_signature) = 128),
  second_id        TEXT REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED,
  second_signature TEXT CHECK (length(second_signature) = 128),
  CHECK (active = (act <> 'remove')),
  CHECK ((second_id IS NULL) = (second_signature IS NULL)),
  CHECK (second_id <> by_id)
) STRICT;

CREATE TRIGGER user_record_in_order BEFORE INSERT ON user_record
WHEN new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM user_record)
BEGIN
  SELECT RAISE (ABORT, 'a change of a user follows the last one');
END;

-- The first user makes himself; as soon as there are users, a keeper changes them; as soon as there
-- are two, no one changes anything alone.
CREATE TRIGGER user_record_by_two BEFORE INSERT ON user_record
WHEN CASE (SELECT count(*) FROM user WHERE active)
  WHEN 0 THEN new.act <> 'add' OR new.by_id <> new.user_id
  WHEN 1 THEN new.second_id IS NULL AND new.act <> 'reset-pin'
  ELSE new.second_id IS NULL
    OR NOT EXISTS (SELECT 1 FROM user_role JOIN user ON user.id = user_id
                   WHERE user_id = new.by_id AND role = 'keeper' AND active) END
BEGIN
  SELECT RAISE (ABORT, 'users are made and changed by two people');
END;

CREATE TRIGGER user_record_not_changed BEFORE UPDATE ON user_record
BEGIN
  SELECT RAISE (ABORT, 'the record of users is never changed');
END;

CREATE TRIGGER user_record_not_deleted BEFORE DELETE ON user_record
BEGIN
  SELECT RAISE (ABORT, 'the record of users is never deleted from');
END;

-- Only the last record moves a user; a PIN changed by its owner changes locked_key alone.
CREATE TRIGGER user_added BEFORE INSERT ON user
WHEN NOT EXISTS (SELECT 1 FROM user_record WHERE seq = (SELECT max(seq) FROM user_record)
  AND act = 'add' AND user_id = new.id AND name = new.name AND authority IS new.authority
  AND active = new.active AND key = new.key)
BEGIN
  SELECT RAISE (ABORT, 'users are made and changed by two people');
END;

CREATE TRIGGER user_moved BEFORE UPDATE OF id, name, authority, active, key, created ON user
WHEN new.id IS NOT old.id OR new.created IS NOT old.created OR NOT EXISTS
  (SELECT 1 FROM user_record WHERE seq = (SELECT max(seq) FROM user_record)
   AND user_id = new.id AND name = new.name AND authority IS new.authority
   AND active = new.active AND key = new.key)
BEGIN
  SELECT RAISE (ABORT, 'users are made and changed by two people');
END;

CREATE TRIGGER user_stays BEFORE DELETE ON user
BEGIN
  SELECT RAISE (ABORT, 'a user is removed, never deleted');
END;

CREATE TRIGGER user_role_given BEFORE INSERT ON user_role
WHEN NOT EXISTS (SELECT 1 FROM user_record WHERE seq = (SELECT max(seq) FROM user_record)
  AND user_id = new.user_id AND instr(',' || roles || ',', ',' || new.role || ',') > 0)
BEGIN
  SELECT RAISE (ABORT, 'users are made and changed by two people');
END;

CREATE TRIGGER user_role_taken BEFORE DELETE ON user_role
WHEN old.user_id IS NOT
  (SELECT user_id FROM user_record WHERE seq = (SELECT max(seq) FROM user_record))
BEGIN
  SELECT RAISE (ABORT, 'users are made and changed by two people');
END;

CREATE TRIGGER user_role_stays BEFORE UPDATE ON user_role
BEGIN
  SELECT RAISE (ABORT, 'a role is given or taken, never changed');
END;

-- Wrong PINs, by a keyed digest of the name that was given, so that it makes no difference whether
-- somebody has that name. last: when the last one was given.
CREATE TABLE pin_try (
  who      TEXT NOT NULL PRIMARY KEY,
  failures INTEGER NOT NULL CHECK (failures >= 0),
  last     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ---- who did it ----

-- imp_actor() is the id of the user who is signed in on this connection, or nothing.
CREATE TABLE event_actor (
  seq     INTEGER PRIMARY KEY REFERENCES event (seq),
  user_id TEXT NOT NULL
) STRICT;

CREATE TRIGGER event_by AFTER INSERT ON event
WHEN imp_actor() IS NOT NULL
BEGIN
  INSERT INTO event_actor (seq, user_id) VALUES (new.seq, imp_actor());
END;

CREATE TRIGGER event_actor_not_changed BEFORE UPDATE ON event_actor
BEGIN
  SELECT RAISE (ABORT, 'history is never changed');
END;

CREATE TRIGGER event_actor_not_deleted BEFORE DELETE ON event_actor
BEGIN
  SELECT RAISE (ABORT, 'history is never deleted');
END;

CREATE TRIGGER user_record_added AFTER INSERT ON user_record
BEGIN
  INSERT INTO event (subject, subject_id, kind, new)
    VALUES ('user', new.user_id, new.act, new.roles);
END;

-- ---- what whose role allows: nothing is asked where there are no users ----

CREATE TRIGGER person_by_user BEFORE INSERT ON person
WHEN EXISTS (SELECT 1 FROM user) AND NOT EXISTS
  (SELECT 1 FROM user_role WHERE user_id = imp_actor() AND role IN ('operator', 'keeper'))
BEGIN
  SELECT RAISE (ABORT, 'sign in as an operator or keeper to record a person');
END;

-- A yes is the keeper's to record; a no, or taking one back, is everybody's who is signed in.
CREATE TRIGGER permission_by_keeper BEFORE INSERT ON permission
WHEN new.state <> 'refused' AND EXISTS (SELECT 1 FROM user) AND NOT EXISTS
  (SELECT 1 FROM user_role WHERE user_id = imp_actor() AND role = 'keeper')
BEGIN
  SELECT RAISE (ABORT, 'sign in as a keeper to record a permission');
END;

CREATE TRIGGER permission_granted_by_keeper BEFORE UPDATE OF state ON permission
WHEN new.state = 'active' AND old.state <> 'active' AND EXISTS (SELECT 1 FROM user) AND NOT EXISTS
  (SELECT 1 FROM user_role WHERE user_id = imp_actor() AND role = 'keeper')
BEGIN
  SELECT RAISE (ABORT, 'sign in as a keeper to record a permission');
END;

CREATE TRIGGER objection_lifted_by_keeper BEFORE UPDATE OF objects ON person
WHEN old.objects AND NOT new.objects AND EXISTS (SELECT 1 FROM user) AND NOT EXISTS
  (SELECT 1 FROM user_role WHERE user_id = imp_actor() AND role = 'keeper')
BEGIN
  SELECT RAISE (ABORT, 'sign in as a keeper to lift an objection');
END;

CREATE TRIGGER setting_by_keeper BEFORE INSERT ON setting
WHEN EXISTS (SELECT 1 FROM user) AND NOT EXISTS
  (SELECT 1 FROM user_role WHERE user_id = imp_actor() AND role = 'keeper')
BEGIN
  SELECT RAISE (ABORT, 'sign in as a keeper to change a setting');
END;

CREATE TRIGGER setting_changed_by_keeper BEFORE UPDATE ON setting
WHEN EXISTS (SELECT 1 FROM user) AND NOT EXISTS
  (SELECT 1 FROM user_role WHERE user_id = imp_actor() AND role = 'keeper')
BEGIN
  SELECT RAISE (ABORT, 'sign in as a keeper to change a setting');
END;

CREATE TRIGGER setting_removed_by_keeper BEFORE DELETE ON setting
WHEN EXISTS (SELECT 1 FROM user) AND NOT EXISTS
  (SELECT 1 FROM user_role WHERE user_id = imp_actor() AND role = 'keeper')
BEGIN
  SELECT RAISE (ABORT, 'sign in as a keeper to change a setting');
END;

-- ---- cases that wait for a second person ----

-- digest: of the release that is asked for; what an approval is bound to. request, reason and words
-- are free text and can be erased once a case is closed; the signed decision stands in the ledger.
CREATE TABLE parked_case (
  id            TEXT NOT NULL PRIMARY KEY,
  digest        TEXT NOT NULL CHECK (length(digest) = 64),
  source_sha256 TEXT NOT NULL CHECK (length(source_sha256) = 64),
  person_id     TEXT,
  request       TEXT,
  reason        TEXT,
  rules         TEXT NOT NULL,
  authority     TEXT REFERENCES authority (value),
  parked_by     TEXT NOT NULL REFERENCES user (id),
  parked        TEXT NOT NULL,
  state         TEXT NOT NULL DEFAULT 'waiting'
                CHECK (state IN ('waiting', 'approved', 'declined', 'taken-back')),
  decided_by    TEXT REFERENCES user (id),
  decided       TEXT,
  words         TEXT,
  CHECK ((state = 'waiting') = (decided_by IS NULL)),
  CHECK ((decided_by IS NULL) = (decided IS NULL)),
  CHECK (state NOT IN ('approved', 'declined') OR decided_by <> parked_by),
  CHECK (state <> 'waiting' OR (request IS NOT NULL AND reason IS NOT NULL))
) STRICT;

CREATE INDEX parked_case_by_state ON parked_case (state, parked);
CREATE INDEX parked_case_by_person ON parked_case (person_id);
CREATE UNIQUE INDEX parked_case_once ON parked_case (digest) WHERE state = 'waiting';

CREATE TRIGGER parked_case_begins BEFORE INSERT ON parked_case
WHEN new.state <> 'waiting'
BEGIN
  SELECT RAISE (ABORT, 'a parked case begins by waiting');
END;

CREATE TRIGGER parked_case_terms_stay BEFORE UPDATE ON parked_case
WHEN new.id IS NOT old.id OR new.digest IS NOT old.digest
  OR new.source_sha256 IS NOT old.source_sha256 OR new.person_id IS NOT old.person_id
  OR new.rules IS NOT old.rules
  OR new.authority IS NOT old.authority
  OR new.parked_by IS NOT old.parked_by OR new.parked IS NOT old.parked
  OR (new.request IS NOT old.request AND new.request IS NOT NULL)
  OR (new.reason IS NOT old.reason AND new.reason IS NOT NULL)
BEGIN
  SELECT RAISE (ABORT, 'what was asked of a second person never changes');
END;

CREATE TRIGGER parked_case_final BEFORE UPDATE ON parked_case
WHEN old.state <> 'waiting' AND NOT (old.state = 'approved' AND new.state = 'declined')
  AND (new.state IS NOT old.state OR new.decided_by IS NOT old.decided_by
       OR new.decided IS NOT old.decided OR (new.words IS NOT old.words AND new.words IS NOT NULL))
BEGIN
  SELECT RAISE (ABORT, 'a case that was decided stays decided, but a yes may be taken back');
END;

CREATE TRIGGER parked_case_stays BEFORE DELETE ON parked_case
BEGIN
  SELECT RAISE (ABORT, 'a parked case is never deleted');
END;

-- A person who is erased takes along what was asked about them; a decision stays, without its words.
CREATE TRIGGER parked_case_of_erased AFTER DELETE ON person
BEGIN
  UPDATE parked_case SET request = NULL, reason = NULL, words = NULL,
    decided_by = iif(state = 'waiting', parked_by, decided_by),
    decided = iif(state = 'waiting', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), decided),
    state = iif(state = 'waiting', 'taken-back', state)
  WHERE person_id = old.id;
END;

CREATE TRIGGER parked_case_added AFTER INSERT ON parked_case
BEGIN
  INSERT INTO event (subject, subject_id, kind, new) VALUES ('case', new.id, 'parked', 'waiting');
END;

CREATE TRIGGER parked_case_decided AFTER UPDATE OF state ON parked_case
WHEN new.state <> old.state
BEGIN
  INSERT INTO event (subject, subject_id, kind, old, new)
    VALUES ('case', new.id, 'decided', old.state, new.state);
END;
