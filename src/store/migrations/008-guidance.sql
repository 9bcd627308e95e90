-- The site's own guidance: policies and leaflets as PDF, beside the program's short help. They name
-- nobody. One that is out of date is removed; history says that it was there.

CREATE TABLE guidance (
  id      TEXT NOT NULL PRIMARY KEY,
  title   TEXT NOT NULL CHECK (title <> ''),
  sha256  TEXT NOT NULL UNIQUE CHECK (length (sha256) = 64),
  size    INTEGER NOT NULL CHECK (size BETWEEN 1 AND 16777216),
  created TEXT NOT NULL,
  bytes   BLOB NOT NULL,
  CHECK (length (bytes) = size)
) STRICT;

CREATE TRIGGER guidance_by_keeper BEFORE INSERT ON guidance
WHEN EXISTS (SELECT 1 FROM user) AND NOT EXISTS
  (SELECT 1 FROM user_role WHERE user_id = imp_actor() AND role = 'keeper')
BEGIN
  SELECT RAISE (ABORT, 'sign in as a keeper to change the guidance');
END;

CREATE TRIGGER guidance_removed_by_keeper BEFORE DELETE ON guidance
WHEN EXISTS (SELECT 1 FROM user) AND NOT EXISTS
  (SELECT 1 FROM user_role WHERE user_id = imp_actor() AND role = 'keeper')
BEGIN
  SELECT RAISE (ABORT, 'sign in as a keeper to change the guidance');
END;

CREATE TRIGGER guidance_not_changed BEFORE UPDATE ON guidance
BEGIN
  SELECT RAISE (ABORT, 'guidance is added and removed, never changed');
END;

CREATE TRIGGER guidance_added AFTER INSERT ON guidance
BEGIN
  INSERT INTO event (subject, subject_id, kind, new) VALUES ('guidance', new.id, 'added', new.title);
END;

CREATE TRIGGER guidance_removed AFTER DELETE ON guidance
BEGIN
  INSERT INTO event (subject, subject_id, kind, old)
    VALUES ('guidance', old.id, 'removed', old.title);
END;
