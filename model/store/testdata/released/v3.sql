BEGIN;
CREATE TABLE sys_migration (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
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
, hash TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE sys_now (op INTEGER NOT NULL) STRICT;
CREATE TABLE sys_alias (
  loser  TEXT NOT NULL,
  ledger TEXT NOT NULL,
  winner TEXT NOT NULL,
  PRIMARY KEY (loser, ledger)
) STRICT, WITHOUT ROWID;
CREATE TABLE "sys_change" (
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
CREATE TABLE sys_destroyed (
  n    INTEGER PRIMARY KEY,
  op   INTEGER NOT NULL,
  was  TEXT NOT NULL,
  now  TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE sys_search USING fts5 (
  words, content = '', contentless_delete = 1, detail = none, tokenize = "ascii"
);
CREATE TABLE "area" (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, area TEXT, revision INTEGER NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL, "name" TEXT, "code" TEXT, "parent" TEXT, "parent__id" TEXT) STRICT;
CREATE TABLE "task" (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, area TEXT, revision INTEGER NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL, "parent" TEXT, "parent__id" TEXT, "title" TEXT, "content" TEXT, "target" TEXT, "state" TEXT, "domain" TEXT, "tags" TEXT, "unit" TEXT, "unit__id" TEXT, "lead" TEXT, "lead__id" TEXT, "due" TEXT, "due__start" TEXT, "due__end" TEXT, "due__kind" TEXT, "assigned" TEXT, "assigned__start" TEXT, "assigned__end" TEXT, "assigned__kind" TEXT, "month" TEXT, "households" INTEGER, "money" INTEGER, "share" INTEGER, "urgent" INTEGER, "office_phone" TEXT, "doc_no" TEXT, "source" TEXT, "files" TEXT, "secret_note" TEXT, "remark" TEXT, "u_len" INTEGER) STRICT;
CREATE TABLE "task__derived" ("n" INTEGER PRIMARY KEY, "next_change_on" TEXT NOT NULL, "as_of" TEXT NOT NULL, "light" TEXT, "days_left" INTEGER, "below" INTEGER, "latest" TEXT, "previous" TEXT, "above" TEXT, "ends" TEXT, "ends__start" TEXT, "ends__end" TEXT, "ends__kind" TEXT, "at" TEXT, "at__id" TEXT) STRICT;
CREATE TABLE "progress" (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, area TEXT, revision INTEGER NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL, "task" TEXT, "task__id" TEXT, "period" TEXT, "text" TEXT) STRICT;
CREATE TABLE "person" (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, area TEXT, revision INTEGER NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL, "name" TEXT, "id_number" TEXT, "id_number__h" TEXT, "id_number__h15" TEXT, "phone" TEXT, "phone__h" TEXT, "card" TEXT, "card__h" TEXT, "health" TEXT, "income" TEXT, "born" TEXT, "kin" TEXT) STRICT;
CREATE TABLE "order" (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, area TEXT, revision INTEGER NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL, "select" TEXT, "group" TEXT, "group__id" TEXT) STRICT;
CREATE TABLE "parameter" (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, area TEXT, revision INTEGER NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL, "key" TEXT, "value" TEXT) STRICT;
CREATE TABLE "user_ledger" (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, area TEXT, revision INTEGER NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL, "key" TEXT, "label" TEXT, "match" TEXT) STRICT;
CREATE TABLE "user_field" (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, area TEXT, revision INTEGER NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL, "ledger" TEXT, "key" TEXT, "label" TEXT, "kind" TEXT, "options" TEXT, "unit" TEXT, "scale" INTEGER, "required" INTEGER, "sensitive" INTEGER, "ref" TEXT, "hidden" INTEGER) STRICT;
INSERT INTO "area" VALUES (1, 'a1', NULL, 1, 1795167000000, 'p-1', 1795167000000, 'p-1', '东坪村', NULL, NULL, NULL);
INSERT INTO "person" VALUES (1, 'p1', NULL, 1, 1795167000000, 'p-1', 1795167000000, 'p-1', '张示例一', '990101198503150025', '57b09f10862b8013b4c37fadd0d2ae48', 'f44d34a645fed17f1f20071300faf71b', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "sys_alias" VALUES ('a2', 'area', 'a1');
INSERT INTO "sys_change" VALUES (1, 1, 'area', 'a1', NULL, 'added', NULL, '{"name":"东坪村"}', X'10E31B4DA49F5EB21B8B4D75068EF026');
INSERT INTO "sys_change" VALUES (2, 2, 'area', 'a2', NULL, 'added', NULL, '{"name":"东坪村委会"}', X'79D8CFE036E0C639E00F7B9CAE640CB3');
INSERT INTO "sys_change" VALUES (3, 3, 'area', 'a2', NULL, 'deleted', '{"#":[2,1,1795167000000,"p-1",1795167000000,"p-1"],"name":"东坪村委会"}', NULL, X'78F5EAF14CA447AD74DC71B9138C12C4');
INSERT INTO "sys_change" VALUES (4, 3, 'sys_alias', 'a2', NULL, 'added', NULL, '{"ledger":"area","winner":"a1"}', X'CAFD1B6EB5114325A76262B53714454F');
INSERT INTO "sys_change" VALUES (5, 4, 'user_field', '01a2074f-ce8f-7cc3-9df3-40b9c702b999', NULL, 'added', NULL, '{"ledger":"task","key":"u_len","label":"里程","kind":"小数","scale":2}', X'81A76DD1CE7834F99B5FD49D9C9DDC78');
INSERT INTO "sys_change" VALUES (6, 5, 'person', 'p1', NULL, 'added', NULL, '{"name":"张示例一","id_number":["990101198503150025","57b09f10862b8013b4c37fadd0d2ae48","f44d34a645fed17f1f20071300faf71b"]}', X'3B14162BB2848C44D6A9EF4254C5FEE5');
INSERT INTO "sys_change" VALUES (7, 6, 'task', 't2', NULL, 'added', NULL, '{"title":"修路","unit":["词a1","a1"],"due":["2026-12-01","2026-12-01","2026-12-01","fixed"],"u_len":350}', X'0E633E8BBAAEDB1FD1B1A2A2A46EB7A1');
INSERT INTO "sys_change" VALUES (8, 7, 'task', 't3', NULL, 'added', NULL, '{"parent":["词t2","t2"],"title":"修桥"}', X'D398D2E4B3AC6F9A3F646FB3486566B5');
INSERT INTO "sys_change" VALUES (9, 8, 'task', 't2', NULL, 'changed', '{"title":"修路"}', '{"title":"修通村路"}', X'2D93D652FA52390F5EFBAD7CB940BCEB');
INSERT INTO "sys_ledger" VALUES (1, 'area', 'field code
field name
field parent', 0);
INSERT INTO "sys_ledger" VALUES (2, 'task', 'field assigned
field content
field doc_no
field domain
field due
field lead
field month
field office_phone
field parent
field remark
field source
field state
field tags
field target
field title
field unit
option domain 乡村振兴 乡村振兴
option domain 党建 党建
option domain 其他 其他
option state doing 办理中
option state done 已办结
option state todo 待交办
option tags key 重点
option tags keys 要害
option tags 民生 民生', 0);
INSERT INTO "sys_ledger" VALUES (3, 'progress', 'field period
field task
field text', 0);
INSERT INTO "sys_ledger" VALUES (4, 'person', 'field name', 0);
INSERT INTO "sys_ledger" VALUES (5, 'order', 'field group
field select', 0);
INSERT INTO "sys_ledger" VALUES (6, 'parameter', '', 0);
INSERT INTO "sys_ledger" VALUES (7, 'user_ledger', '', 0);
INSERT INTO "sys_ledger" VALUES (8, 'user_field', '', 0);
INSERT INTO "sys_meta" VALUES ('derived_params', 'af439f47c094a83c4d82feb66609ac26');
INSERT INTO "sys_meta" VALUES ('hash_key', '3def90d19071d6ad6a9190c7cca9eb88efac8f33474ea1ff93a344924c7bc953');
INSERT INTO "sys_meta" VALUES ('id', '01a2074f-ce61-7bf3-87ce-914d0ea2efb5');
INSERT INTO "sys_migration" VALUES (1, 0, 1, '2026-11-23 07:30:00');
INSERT INTO "sys_migration" VALUES (2, 1, 1, '2026-11-23 07:30:00');
INSERT INTO "sys_migration" VALUES (3, 2, 1, '2026-11-23 07:30:00');
INSERT INTO "sys_migration" VALUES (4, 3, 1, '2026-11-23 07:30:00');
INSERT INTO "sys_op" VALUES (1, 'test', '新增area', 'p-1', '张示例一', 'u-1', 'town', 1795167000000, 'test', 0, 0, 1, '83cefbb0576a2c0885825f17234f624b');
INSERT INTO "sys_op" VALUES (2, 'test', '新增area', 'p-1', '张示例一', 'u-1', 'town', 1795167000000, 'test', 0, 0, 1, 'e10c48a1131cee3fbad131fdbcd19554');
INSERT INTO "sys_op" VALUES (3, 'test', '合并', 'p-1', '张示例一', 'u-1', 'town', 1795167000000, 'test', 0, 0, 1, '268bed2a7360b661ee3b267834cfbc4a');
INSERT INTO "sys_op" VALUES (4, 'test', '加项目', 'p-1', '张示例一', 'u-1', 'town', 1795167000000, 'test', 0, 0, 1, '798cb8c01fbeedae8806059883a8b19d');
INSERT INTO "sys_op" VALUES (5, 'test', '新增person', 'p-1', '张示例一', 'u-1', 'town', 1795167000000, 'test', 0, 0, 1, '72504eed09ed94ff34b0b441fdfc1083');
INSERT INTO "sys_op" VALUES (6, 'test', '新增task', 'p-1', '张示例一', 'u-1', 'town', 1795167000000, 'test', 0, 0, 1, 'df80584270ee4ff78e85784a4394bf7d');
INSERT INTO "sys_op" VALUES (7, 'test', '新增task', 'p-1', '张示例一', 'u-1', 'town', 1795167000000, 'test', 0, 0, 1, 'b925b1497a4d04ece1b519f598279541');
INSERT INTO "sys_op" VALUES (8, 'test', '修改task', 'p-1', '张示例一', 'u-1', 'town', 1795167000000, 'test', 0, 0, 1, '54f41d5979e88743dff024e17af65d19');
INSERT INTO "task" VALUES (1, 't2', NULL, 2, 1795167000000, 'p-1', 1795167000000, 'p-1', NULL, NULL, '修通村路', NULL, NULL, NULL, NULL, NULL, '词a1', 'a1', NULL, NULL, '2026-12-01', '2026-12-01', '2026-12-01', 'fixed', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 350);
INSERT INTO "task" VALUES (2, 't3', NULL, 1, 1795167000000, 'p-1', 1795167000000, 'p-1', '词t2', 't2', '修桥', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "task__derived" VALUES (1, '2026-11-28', '2026-11-20', 'green', 11, 1, NULL, NULL, NULL, '2026-12-01', '2026-12-01', '2026-12-01', 'fixed', '词a1', 'a1');
INSERT INTO "task__derived" VALUES (2, '', '2026-11-20', NULL, NULL, 0, NULL, NULL, '修通村路', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "user_field" VALUES (1, '01a2074f-ce8f-7cc3-9df3-40b9c702b999', NULL, 1, 1795167000000, 'p-1', 1795167000000, 'p-1', 'task', 'u_len', '里程', '小数', NULL, NULL, 2, NULL, NULL, NULL, NULL);
UPDATE sys_ledger SET stale = 1;
CREATE INDEX "area__by__area" ON "area" ("area") WHERE "area" IS NOT NULL;
CREATE INDEX "area__by__code" ON "area" ("code") WHERE "code" IS NOT NULL;
CREATE INDEX "area__by__name" ON "area" ("name") WHERE "name" IS NOT NULL;
CREATE INDEX "area__by__parent__id" ON "area" ("parent__id") WHERE "parent__id" IS NOT NULL;
CREATE INDEX "order__by__area" ON "order" ("area") WHERE "area" IS NOT NULL;
CREATE INDEX "order__by__group__id" ON "order" ("group__id") WHERE "group__id" IS NOT NULL;
CREATE INDEX "parameter__by__area" ON "parameter" ("area") WHERE "area" IS NOT NULL;
CREATE INDEX "parameter__by__key" ON "parameter" ("key") WHERE "key" IS NOT NULL;
CREATE INDEX "person__by__area" ON "person" ("area") WHERE "area" IS NOT NULL;
CREATE INDEX "person__by__card__h" ON "person" ("card__h") WHERE "card__h" IS NOT NULL;
CREATE INDEX "person__by__id_number__h" ON "person" ("id_number__h") WHERE "id_number__h" IS NOT NULL;
CREATE INDEX "person__by__id_number__h15" ON "person" ("id_number__h15") WHERE "id_number__h15" IS NOT NULL;
CREATE INDEX "person__by__name" ON "person" ("name") WHERE "name" IS NOT NULL;
CREATE INDEX "person__by__phone__h" ON "person" ("phone__h") WHERE "phone__h" IS NOT NULL;
CREATE INDEX "progress__by__area" ON "progress" ("area") WHERE "area" IS NOT NULL;
CREATE INDEX "progress__by__period" ON "progress" ("period") WHERE "period" IS NOT NULL;
CREATE INDEX "progress__by__task__id" ON "progress" ("task__id") WHERE "task__id" IS NOT NULL;
CREATE INDEX "task__by__area" ON "task" ("area") WHERE "area" IS NOT NULL;
CREATE INDEX "task__by__due__end" ON "task" ("due__end") WHERE "due__end" IS NOT NULL;
CREATE INDEX "task__by__lead__id" ON "task" ("lead__id") WHERE "lead__id" IS NOT NULL;
CREATE INDEX "task__by__parent__id" ON "task" ("parent__id") WHERE "parent__id" IS NOT NULL;
CREATE INDEX "task__by__state" ON "task" ("state") WHERE "state" IS NOT NULL;
CREATE INDEX "task__by__title" ON "task" ("title") WHERE "title" IS NOT NULL;
CREATE INDEX "task__by__unit__id" ON "task" ("unit__id") WHERE "unit__id" IS NOT NULL;
CREATE INDEX "task__derived__by__light" ON "task__derived" ("light") WHERE "light" IS NOT NULL;
CREATE INDEX "task__derived__by__next_change_on" ON "task__derived" ("next_change_on") WHERE "next_change_on" IS NOT NULL;
CREATE INDEX "user_field__by__area" ON "user_field" ("area") WHERE "area" IS NOT NULL;
CREATE INDEX "user_ledger__by__area" ON "user_ledger" ("area") WHERE "area" IS NOT NULL;
CREATE INDEX sys_change_by_op ON sys_change (op);
CREATE INDEX sys_change_by_record ON sys_change (record);
CREATE INDEX sys_destroyed_by_op ON sys_destroyed (op);
CREATE TRIGGER "area__added" AFTER INSERT ON "area" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "area__changed" AFTER UPDATE ON "area" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "area__deleted" AFTER DELETE ON "area" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "order__added" AFTER INSERT ON "order" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "order__changed" AFTER UPDATE ON "order" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "order__deleted" AFTER DELETE ON "order" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "parameter__added" AFTER INSERT ON "parameter" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "parameter__changed" AFTER UPDATE ON "parameter" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "parameter__deleted" AFTER DELETE ON "parameter" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "person__added" AFTER INSERT ON "person" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "person__changed" AFTER UPDATE ON "person" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "person__deleted" AFTER DELETE ON "person" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "progress__added" AFTER INSERT ON "progress" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "progress__changed" AFTER UPDATE ON "progress" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "progress__deleted" AFTER DELETE ON "progress" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "task__added" AFTER INSERT ON "task" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "task__changed" AFTER UPDATE ON "task" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "task__deleted" AFTER DELETE ON "task" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "user_field__added" AFTER INSERT ON "user_field" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "user_field__changed" AFTER UPDATE ON "user_field" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "user_field__deleted" AFTER DELETE ON "user_field" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "user_ledger__added" AFTER INSERT ON "user_ledger" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "user_ledger__changed" AFTER UPDATE ON "user_ledger" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER "user_ledger__deleted" AFTER DELETE ON "user_ledger" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
END;
CREATE TRIGGER sys_alias_added AFTER INSERT ON sys_alias BEGIN
  SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
  INSERT INTO sys_change(op, ledger, record, kind, after)
  SELECT op, 'sys_alias', NEW.loser, 'added', json_object('ledger', NEW.ledger, 'winner', NEW.winner) FROM sys_now;
END;
CREATE TRIGGER sys_alias_deleted AFTER DELETE ON sys_alias BEGIN
  SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
  INSERT INTO sys_change(op, ledger, record, kind, before)
  SELECT op, 'sys_alias', OLD.loser, 'deleted', json_object('ledger', OLD.ledger, 'winner', OLD.winner) FROM sys_now;
END;
CREATE TRIGGER sys_alias_final BEFORE UPDATE ON sys_alias BEGIN
  SELECT RAISE(ABORT, 'xiangzhen: an alias is never changed');
END;
CREATE TRIGGER sys_change_final BEFORE UPDATE ON sys_change BEGIN
  SELECT RAISE(ABORT, 'xiangzhen: the journal is never changed');
END;
CREATE TRIGGER sys_change_kept BEFORE DELETE ON sys_change BEGIN
  SELECT RAISE(ABORT, 'xiangzhen: the journal is never deleted');
END;
CREATE TRIGGER sys_op_kept BEFORE DELETE ON sys_op BEGIN
  SELECT RAISE(ABORT, 'xiangzhen: the journal is never deleted');
END;
PRAGMA application_id = 1482314842;
PRAGMA user_version = 3;
COMMIT;
