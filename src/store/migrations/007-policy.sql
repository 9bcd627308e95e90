-- The policy packs that were ever in force here: the site's own, and those that came with the
-- program. Receipts and the ledger name them by hash, so none ever changes or goes.

CREATE TABLE policy_pack (
  hash    TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
  id      TEXT NOT NULL CHECK (id <> ''),
  version TEXT NOT NULL CHECK (version <> ''),
  json    BLOB NOT NULL CHECK (length(json) > 0),
  added   TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE INDEX policy_pack_by_id ON policy_pack (id, added);

CREATE TRIGGER policy_pack_not_changed BEFORE UPDATE ON policy_pack
BEGIN
  SELECT RAISE (ABORT, 'a policy pack is never changed: add another version');
END;

CREATE TRIGGER policy_pack_not_deleted BEFORE DELETE ON policy_pack
BEGIN
  SELECT RAISE (ABORT, 'a policy pack is never deleted: receipts name it');
END;

CREATE TRIGGER policy_pack_added AFTER INSERT ON policy_pack
BEGIN
  INSERT INTO event (subject, subject_id, kind, new)
    VALUES ('policy-pack', new.hash, 'added', new.id || ' ' || new.version);
END;
