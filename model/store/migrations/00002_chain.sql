-- +goose Up
-- The hash of each operation, with the one before it: see chain.go.
ALTER TABLE sys_op ADD COLUMN hash TEXT NOT NULL DEFAULT '';

-- Each entry of the journal gets a salt, so that what was destroyed in it cannot
-- be found again by trying. A table is made anew for a default that is computed;
-- the triggers of the ledgers name it and are not to be looked at in between.
DROP TRIGGER sys_change_kept;
DROP TRIGGER sys_change_final;
DROP INDEX sys_change_by_op;
DROP INDEX sys_change_by_record;
PRAGMA legacy_alter_table = ON;
CREATE TABLE sys_change_salted (
  n      INTEGER PRIMARY KEY,
  op     INTEGER NOT NULL,
  ledger TEXT NOT NULL,
  record TEXT NOT NULL,
  area   TEXT,
  kind   TEXT NOT NULL,
  before TEXT,
  after  TEXT,
  salt   BLOB NOT NULL DEFAULT (randomblob(16))
) STRICT;
INSERT INTO sys_change_salted SELECT n, op, ledger, record, area, kind, before, after, randomblob(16) FROM sys_change;
DROP TABLE sys_change;
ALTER TABLE sys_change_salted RENAME TO sys_change;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX sys_change_by_op ON sys_change (op);
CREATE INDEX sys_change_by_record ON sys_change (record);

-- +goose StatementBegin
CREATE TRIGGER sys_change_kept BEFORE DELETE ON sys_change BEGIN
  SELECT RAISE(ABORT, 'xiangzhen: the journal is never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER sys_change_final BEFORE UPDATE ON sys_change BEGIN
  SELECT RAISE(ABORT, 'xiangzhen: the journal is never changed');
END;
-- +goose StatementEnd

-- What was destroyed in the journal (期满销毁): the digest that the entry had, by
-- which the chain goes on to hold, and the one it has since.
CREATE TABLE sys_destroyed (
  n    INTEGER PRIMARY KEY,
  op   INTEGER NOT NULL,
  was  TEXT NOT NULL,
  now  TEXT NOT NULL
) STRICT;
CREATE INDEX sys_destroyed_by_op ON sys_destroyed (op);

PRAGMA user_version = 2;
