-- +goose Up
CREATE TABLE sys_meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sys_ledger (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  key    TEXT NOT NULL UNIQUE,
  search TEXT NOT NULL DEFAULT '',
  stale  INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE sys_op (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  kind    TEXT NOT NULL,
  label   TEXT NOT NULL,
  person  TEXT NOT NULL,
  name    TEXT NOT NULL,
  unit    TEXT NOT NULL,
  level   TEXT NOT NULL,
  at      INTEGER NOT NULL,
  origin  TEXT NOT NULL,
  undoes  INTEGER NOT NULL,
  undone  INTEGER NOT NULL DEFAULT 0,
  records INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The operation in progress: one row inside a transaction of Do, none outside.
CREATE TABLE sys_now (op INTEGER NOT NULL) STRICT;

CREATE TABLE sys_change (
  n      INTEGER PRIMARY KEY,
  op     INTEGER NOT NULL,
  ledger TEXT NOT NULL,
  record TEXT NOT NULL,
  area   TEXT,
  kind   TEXT NOT NULL,
  before TEXT,
  after  TEXT
) STRICT;
CREATE INDEX sys_change_by_op ON sys_change (op);
CREATE INDEX sys_change_by_record ON sys_change (record);

CREATE TABLE sys_alias (
  loser  TEXT NOT NULL,
  ledger TEXT NOT NULL,
  winner TEXT NOT NULL,
  PRIMARY KEY (loser, ledger)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE sys_search USING fts5 (
  words, content = '', contentless_delete = 1, detail = none, tokenize = "unicode61 remove_diacritics 0"
);
-- Gather 8 MB before writing a segment: an import of 20,000 rows leaves one.
INSERT INTO sys_search (sys_search, rank) VALUES ('hashsize', 8388608);

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

-- +goose StatementBegin
CREATE TRIGGER sys_op_kept BEFORE DELETE ON sys_op BEGIN
  SELECT RAISE(ABORT, 'xiangzhen: the journal is never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER sys_alias_added AFTER INSERT ON sys_alias BEGIN
  SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
  INSERT INTO sys_change(op, ledger, record, kind, after)
  SELECT op, 'sys_alias', NEW.loser, 'added', json_object('ledger', NEW.ledger, 'winner', NEW.winner) FROM sys_now;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER sys_alias_deleted AFTER DELETE ON sys_alias BEGIN
  SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
  INSERT INTO sys_change(op, ledger, record, kind, before)
  SELECT op, 'sys_alias', OLD.loser, 'deleted', json_object('ledger', OLD.ledger, 'winner', OLD.winner) FROM sys_now;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER sys_alias_final BEFORE UPDATE ON sys_alias BEGIN
  SELECT RAISE(ABORT, 'xiangzhen: an alias is never changed');
END;
-- +goose StatementEnd

-- "XZTZ": 乡振台账.
PRAGMA application_id = 0x585A545A;
PRAGMA user_version = 1;
