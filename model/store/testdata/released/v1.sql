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
) STRICT;
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
CREATE TABLE sys_alias (
  loser  TEXT NOT NULL,
  ledger TEXT NOT NULL,
  winner TEXT NOT NULL,
  PRIMARY KEY (loser, ledger)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE sys_search USING fts5 (
  words, content = '', contentless_delete = 1, detail = none, tokenize = "unicode61 remove_diacritics 0"
);
CREATE TABLE "area" (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, area TEXT, revision INTEGER NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL, "name" TEXT, "code" TEXT, "parent" TEXT, "parent__id" TEXT) STRICT;
CREATE TABLE "task" (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, area TEXT, revision INTEGER NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL, "parent" TEXT, "parent__id" TEXT, "title" TEXT, "content" TEXT, "target" TEXT, "state" TEXT, "domain" TEXT, "tags" TEXT, "unit" TEXT, "unit__id" TEXT, "lead" TEXT, "lead__id" TEXT, "due" TEXT, "due__start" TEXT, "due__end" TEXT, "due__kind" TEXT, "assigned" TEXT, "assigned__start" TEXT, "assigned__end" TEXT, "assigned__kind" TEXT, "month" TEXT, "households" INTEGER, "money" INTEGER, "share" INTEGER, "urgent" INTEGER, "office_phone" TEXT, "doc_no" TEXT, "source" TEXT, "files" TEXT, "secret_note" TEXT, "remark" TEXT, "u_len" INTEGER) STRICT;
CREATE TABLE "task__derived" (n INTEGER PRIMARY KEY, next_change_on TEXT NOT NULL, "light" TEXT, "days_left" INTEGER, "below" INTEGER, "latest" TEXT, "previous" TEXT, "above" TEXT, "ends" TEXT, "ends__start" TEXT, "ends__end" TEXT, "ends__kind" TEXT, "at" TEXT, "at__id" TEXT) STRICT;
CREATE TABLE "progress" (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, area TEXT, revision INTEGER NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL, "task" TEXT, "task__id" TEXT, "period" TEXT, "text" TEXT) STRICT;
CREATE TABLE "person" (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, area TEXT, revision INTEGER NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL, "name" TEXT, "id_number" TEXT, "id_number__h" TEXT, "id_number__h15" TEXT, "phone" TEXT, "phone__h" TEXT, "card" TEXT, "card__h" TEXT, "health" TEXT, "income" TEXT, "born" TEXT, "kin" TEXT) STRICT;
CREATE TABLE "order" (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, area TEXT, revision INTEGER NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL, "select" TEXT, "group" TEXT, "group__id" TEXT) STRICT;
CREATE TABLE "parameter" (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, area TEXT, revision INTEGER NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL, "key" TEXT, "value" TEXT) STRICT;
CREATE TABLE "user_ledger" (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, area TEXT, revision INTEGER NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL, "key" TEXT, "label" TEXT, "match" TEXT) STRICT;
CREATE TABLE "user_field" (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, area TEXT, revision INTEGER NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL, "ledger" TEXT, "key" TEXT, "label" TEXT, "kind" TEXT, "options" TEXT, "unit" TEXT, "scale" INTEGER, "required" INTEGER, "sensitive" INTEGER, "ref" TEXT, "hidden" INTEGER) STRICT;
INSERT INTO "area" VALUES (1, 'a1', NULL, 1, 1795167000000, 'p-1', 1795167000000, 'p-1', '东坪村', NULL, NULL, NULL);
INSERT INTO "person" VALUES (1, 'p1', NULL, 1, 1795167000000, 'p-1', 1795167000000, 'p-1', '张示例一', '990101198503150025', '5359ea6ca9a88bc4f36f17135a15f1d1', 'f7dfe88799fbc8e27ac4b0a518fcab47', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "sys_alias" VALUES ('a2', 'area', 'a1');
INSERT INTO "sys_change" VALUES (1, 1, 'area', 'a1', NULL, 'added', NULL, '{"name":"东坪村"}');
INSERT INTO "sys_change" VALUES (2, 2, 'area', 'a2', NULL, 'added', NULL, '{"name":"东坪村委会"}');
INSERT INTO "sys_change" VALUES (3, 3, 'area', 'a2', NULL, 'deleted', '{"#":[2,1,1795167000000,"p-1",1795167000000,"p-1"],"name":"东坪村委会"}', NULL);
INSERT INTO "sys_change" VALUES (4, 3, 'sys_alias', 'a2', NULL, 'added', NULL, '{"ledger":"area","winner":"a1"}');
INSERT INTO "sys_change" VALUES (5, 4, 'user_field', '01a20601-4aa5-76b3-9b60-51aa2ef537c8', NULL, 'added', NULL, '{"ledger":"task","key":"u_len","label":"里程","kind":"小数","scale":2}');
INSERT INTO "sys_change" VALUES (6, 5, 'person', 'p1', NULL, 'added', NULL, '{"name":"张示例一","id_number":["990101198503150025","5359ea6ca9a88bc4f36f17135a15f1d1","f7dfe88799fbc8e27ac4b0a518fcab47"]}');
INSERT INTO "sys_change" VALUES (7, 6, 'task', 't2', NULL, 'added', NULL, '{"title":"修路","unit":["词a1","a1"],"due":["2026-12-01","2026-12-01","2026-12-01","fixed"],"u_len":350}');
INSERT INTO "sys_change" VALUES (8, 7, 'task', 't3', NULL, 'added', NULL, '{"parent":["词t2","t2"],"title":"修桥"}');
INSERT INTO "sys_change" VALUES (9, 8, 'task', 't2', NULL, 'changed', '{"title":"修路"}', '{"title":"修通村路"}');
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
INSERT INTO "sys_meta" VALUES ('hash_key', '386ee9d23d41ec22f8ecbe2196bbc5e0becf974839f4c0d8290ea495bf529d9d');
INSERT INTO "sys_meta" VALUES ('id', '01a20601-4a96-7af1-aca6-2b77e8c2ecc3');
INSERT INTO "sys_migration" VALUES (1, 0, 1, '2026-11-23 01:24:37');
INSERT INTO "sys_migration" VALUES (2, 1, 1, '2026-11-23 01:24:37');
INSERT INTO "sys_op" VALUES (1, 'test', '新增area', 'p-1', '张示例一', 'u-1', 'town', 1795167000000, 'test', 0, 0, 1);
INSERT INTO "sys_op" VALUES (2, 'test', '新增area', 'p-1', '张示例一', 'u-1', 'town', 1795167000000, 'test', 0, 0, 1);
INSERT INTO "sys_op" VALUES (3, 'test', '合并', 'p-1', '张示例一', 'u-1', 'town', 1795167000000, 'test', 0, 0, 1);
INSERT INTO "sys_op" VALUES (4, 'test', '加项目', 'p-1', '张示例一', 'u-1', 'town', 1795167000000, 'test', 0, 0, 1);
INSERT INTO "sys_op" VALUES (5, 'test', '新增person', 'p-1', '张示例一', 'u-1', 'town', 1795167000000, 'test', 0, 0, 1);
INSERT INTO "sys_op" VALUES (6, 'test', '新增task', 'p-1', '张示例一', 'u-1', 'town', 1795167000000, 'test', 0, 0, 1);
INSERT INTO "sys_op" VALUES (7, 'test', '新增task', 'p-1', '张示例一', 'u-1', 'town', 1795167000000, 'test', 0, 0, 1);
INSERT INTO "sys_op" VALUES (8, 'test', '修改task', 'p-1', '张示例一', 'u-1', 'town', 1795167000000, 'test', 0, 0, 1);
INSERT INTO "task" VALUES (1, 't2', NULL, 2, 1795167000000, 'p-1', 1795167000000, 'p-1', NULL, NULL, '修通村路', NULL, NULL, NULL, NULL, NULL, '词a1', 'a1', NULL, NULL, '2026-12-01', '2026-12-01', '2026-12-01', 'fixed', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 350);
INSERT INTO "task" VALUES (2, 't3', NULL, 1, 1795167000000, 'p-1', 1795167000000, 'p-1', '词t2', 't2', '修桥', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "task__derived" VALUES (1, '2026-11-21', 'green', 11, 1, NULL, NULL, NULL, '2026-12-01', '2026-12-01', '2026-12-01', 'fixed', '词a1', 'a1');
INSERT INTO "task__derived" VALUES (2, '', NULL, NULL, 0, NULL, NULL, '修通村路', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "user_field" VALUES (1, '01a20601-4aa5-76b3-9b60-51aa2ef537c8', NULL, 1, 1795167000000, 'p-1', 1795167000000, 'p-1', 'task', 'u_len', '里程', '小数', NULL, NULL, 2, NULL, NULL, NULL, NULL);
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
CREATE TRIGGER "area__added" AFTER INSERT ON "area" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
INSERT INTO sys_change(op, ledger, record, area, kind, after)
SELECT op, 'area', NEW.id, NEW.area, 'added', '{' || substr(concat(CASE WHEN NEW.area IS NOT NULL THEN ',"area":' || json_quote(NEW.area) END, CASE WHEN NEW."name" IS NOT NULL THEN ',"name":' || json_quote(NEW."name") END, CASE WHEN NEW."code" IS NOT NULL THEN ',"code":' || json_quote(NEW."code") END, CASE WHEN NEW."parent" IS NOT NULL THEN ',"parent":' || iif(NEW."parent" IS NULL, 'null', json_array(NEW."parent", NEW."parent__id")) END), 2) || '}' FROM sys_now;
END;
CREATE TRIGGER "area__changed" AFTER UPDATE ON "area" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
SELECT RAISE(ABORT, 'xiangzhen: identity changed')
WHERE OLD.n IS NOT NEW.n OR OLD.id IS NOT NEW.id OR OLD.created_at IS NOT NEW.created_at OR OLD.created_by IS NOT NEW.created_by;
INSERT INTO sys_change(op, ledger, record, area, kind, before, after)
SELECT op, 'area', NEW.id, NEW.area, 'changed', '{' || substr(b, 2) || '}', '{' || substr(a, 2) || '}'
FROM (SELECT op, concat(CASE WHEN OLD.area IS NOT NEW.area THEN ',"area":' || json_quote(OLD.area) END, CASE WHEN OLD."name" IS NOT NEW."name" THEN ',"name":' || json_quote(OLD."name") END, CASE WHEN OLD."code" IS NOT NEW."code" THEN ',"code":' || json_quote(OLD."code") END, CASE WHEN OLD."parent" IS NOT NEW."parent" OR OLD."parent__id" IS NOT NEW."parent__id" THEN ',"parent":' || iif(OLD."parent" IS NULL, 'null', json_array(OLD."parent", OLD."parent__id")) END) AS b, concat(CASE WHEN OLD.area IS NOT NEW.area THEN ',"area":' || json_quote(NEW.area) END, CASE WHEN OLD."name" IS NOT NEW."name" THEN ',"name":' || json_quote(NEW."name") END, CASE WHEN OLD."code" IS NOT NEW."code" THEN ',"code":' || json_quote(NEW."code") END, CASE WHEN OLD."parent" IS NOT NEW."parent" OR OLD."parent__id" IS NOT NEW."parent__id" THEN ',"parent":' || iif(NEW."parent" IS NULL, 'null', json_array(NEW."parent", NEW."parent__id")) END) AS a FROM sys_now LIMIT 1) WHERE b <> '';
END;
CREATE TRIGGER "area__deleted" AFTER DELETE ON "area" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
INSERT INTO sys_change(op, ledger, record, area, kind, before)
SELECT op, 'area', OLD.id, OLD.area, 'deleted', '{' || substr(',"#":' || json_array(OLD.n, OLD.revision, OLD.created_at, OLD.created_by, OLD.changed_at, OLD.changed_by) || concat(CASE WHEN OLD.area IS NOT NULL THEN ',"area":' || json_quote(OLD.area) END, CASE WHEN OLD."name" IS NOT NULL THEN ',"name":' || json_quote(OLD."name") END, CASE WHEN OLD."code" IS NOT NULL THEN ',"code":' || json_quote(OLD."code") END, CASE WHEN OLD."parent" IS NOT NULL THEN ',"parent":' || iif(OLD."parent" IS NULL, 'null', json_array(OLD."parent", OLD."parent__id")) END), 2) || '}' FROM sys_now;
END;
CREATE TRIGGER "order__added" AFTER INSERT ON "order" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
INSERT INTO sys_change(op, ledger, record, area, kind, after)
SELECT op, 'order', NEW.id, NEW.area, 'added', '{' || substr(concat(CASE WHEN NEW.area IS NOT NULL THEN ',"area":' || json_quote(NEW.area) END, CASE WHEN NEW."select" IS NOT NULL THEN ',"select":' || json_quote(NEW."select") END, CASE WHEN NEW."group" IS NOT NULL THEN ',"group":' || iif(NEW."group" IS NULL, 'null', json_array(NEW."group", NEW."group__id")) END), 2) || '}' FROM sys_now;
END;
CREATE TRIGGER "order__changed" AFTER UPDATE ON "order" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
SELECT RAISE(ABORT, 'xiangzhen: identity changed')
WHERE OLD.n IS NOT NEW.n OR OLD.id IS NOT NEW.id OR OLD.created_at IS NOT NEW.created_at OR OLD.created_by IS NOT NEW.created_by;
INSERT INTO sys_change(op, ledger, record, area, kind, before, after)
SELECT op, 'order', NEW.id, NEW.area, 'changed', '{' || substr(b, 2) || '}', '{' || substr(a, 2) || '}'
FROM (SELECT op, concat(CASE WHEN OLD.area IS NOT NEW.area THEN ',"area":' || json_quote(OLD.area) END, CASE WHEN OLD."select" IS NOT NEW."select" THEN ',"select":' || json_quote(OLD."select") END, CASE WHEN OLD."group" IS NOT NEW."group" OR OLD."group__id" IS NOT NEW."group__id" THEN ',"group":' || iif(OLD."group" IS NULL, 'null', json_array(OLD."group", OLD."group__id")) END) AS b, concat(CASE WHEN OLD.area IS NOT NEW.area THEN ',"area":' || json_quote(NEW.area) END, CASE WHEN OLD."select" IS NOT NEW."select" THEN ',"select":' || json_quote(NEW."select") END, CASE WHEN OLD."group" IS NOT NEW."group" OR OLD."group__id" IS NOT NEW."group__id" THEN ',"group":' || iif(NEW."group" IS NULL, 'null', json_array(NEW."group", NEW."group__id")) END) AS a FROM sys_now LIMIT 1) WHERE b <> '';
END;
CREATE TRIGGER "order__deleted" AFTER DELETE ON "order" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
INSERT INTO sys_change(op, ledger, record, area, kind, before)
SELECT op, 'order', OLD.id, OLD.area, 'deleted', '{' || substr(',"#":' || json_array(OLD.n, OLD.revision, OLD.created_at, OLD.created_by, OLD.changed_at, OLD.changed_by) || concat(CASE WHEN OLD.area IS NOT NULL THEN ',"area":' || json_quote(OLD.area) END, CASE WHEN OLD."select" IS NOT NULL THEN ',"select":' || json_quote(OLD."select") END, CASE WHEN OLD."group" IS NOT NULL THEN ',"group":' || iif(OLD."group" IS NULL, 'null', json_array(OLD."group", OLD."group__id")) END), 2) || '}' FROM sys_now;
END;
CREATE TRIGGER "parameter__added" AFTER INSERT ON "parameter" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
INSERT INTO sys_change(op, ledger, record, area, kind, after)
SELECT op, 'parameter', NEW.id, NEW.area, 'added', '{' || substr(concat(CASE WHEN NEW.area IS NOT NULL THEN ',"area":' || json_quote(NEW.area) END, CASE WHEN NEW."key" IS NOT NULL THEN ',"key":' || json_quote(NEW."key") END, CASE WHEN NEW."value" IS NOT NULL THEN ',"value":' || json_quote(NEW."value") END), 2) || '}' FROM sys_now;
END;
CREATE TRIGGER "parameter__changed" AFTER UPDATE ON "parameter" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
SELECT RAISE(ABORT, 'xiangzhen: identity changed')
WHERE OLD.n IS NOT NEW.n OR OLD.id IS NOT NEW.id OR OLD.created_at IS NOT NEW.created_at OR OLD.created_by IS NOT NEW.created_by;
INSERT INTO sys_change(op, ledger, record, area, kind, before, after)
SELECT op, 'parameter', NEW.id, NEW.area, 'changed', '{' || substr(b, 2) || '}', '{' || substr(a, 2) || '}'
FROM (SELECT op, concat(CASE WHEN OLD.area IS NOT NEW.area THEN ',"area":' || json_quote(OLD.area) END, CASE WHEN OLD."key" IS NOT NEW."key" THEN ',"key":' || json_quote(OLD."key") END, CASE WHEN OLD."value" IS NOT NEW."value" THEN ',"value":' || json_quote(OLD."value") END) AS b, concat(CASE WHEN OLD.area IS NOT NEW.area THEN ',"area":' || json_quote(NEW.area) END, CASE WHEN OLD."key" IS NOT NEW."key" THEN ',"key":' || json_quote(NEW."key") END, CASE WHEN OLD."value" IS NOT NEW."value" THEN ',"value":' || json_quote(NEW."value") END) AS a FROM sys_now LIMIT 1) WHERE b <> '';
END;
CREATE TRIGGER "parameter__deleted" AFTER DELETE ON "parameter" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
INSERT INTO sys_change(op, ledger, record, area, kind, before)
SELECT op, 'parameter', OLD.id, OLD.area, 'deleted', '{' || substr(',"#":' || json_array(OLD.n, OLD.revision, OLD.created_at, OLD.created_by, OLD.changed_at, OLD.changed_by) || concat(CASE WHEN OLD.area IS NOT NULL THEN ',"area":' || json_quote(OLD.area) END, CASE WHEN OLD."key" IS NOT NULL THEN ',"key":' || json_quote(OLD."key") END, CASE WHEN OLD."value" IS NOT NULL THEN ',"value":' || json_quote(OLD."value") END), 2) || '}' FROM sys_now;
END;
CREATE TRIGGER "person__added" AFTER INSERT ON "person" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
INSERT INTO sys_change(op, ledger, record, area, kind, after)
SELECT op, 'person', NEW.id, NEW.area, 'added', '{' || substr(concat(CASE WHEN NEW.area IS NOT NULL THEN ',"area":' || json_quote(NEW.area) END, CASE WHEN NEW."name" IS NOT NULL THEN ',"name":' || json_quote(NEW."name") END, CASE WHEN NEW."id_number" IS NOT NULL THEN ',"id_number":' || iif(NEW."id_number" IS NULL, 'null', json_array(NEW."id_number", NEW."id_number__h", NEW."id_number__h15")) END, CASE WHEN NEW."phone" IS NOT NULL THEN ',"phone":' || iif(NEW."phone" IS NULL, 'null', json_array(NEW."phone", NEW."phone__h")) END, CASE WHEN NEW."card" IS NOT NULL THEN ',"card":' || iif(NEW."card" IS NULL, 'null', json_array(NEW."card", NEW."card__h")) END, CASE WHEN NEW."health" IS NOT NULL THEN ',"health":' || json_quote(NEW."health") END, CASE WHEN NEW."income" IS NOT NULL THEN ',"income":' || json_quote(NEW."income") END, CASE WHEN NEW."born" IS NOT NULL THEN ',"born":' || json_quote(NEW."born") END, CASE WHEN NEW."kin" IS NOT NULL THEN ',"kin":' || json_quote(NEW."kin") END), 2) || '}' FROM sys_now;
END;
CREATE TRIGGER "person__changed" AFTER UPDATE ON "person" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
SELECT RAISE(ABORT, 'xiangzhen: identity changed')
WHERE OLD.n IS NOT NEW.n OR OLD.id IS NOT NEW.id OR OLD.created_at IS NOT NEW.created_at OR OLD.created_by IS NOT NEW.created_by;
INSERT INTO sys_change(op, ledger, record, area, kind, before, after)
SELECT op, 'person', NEW.id, NEW.area, 'changed', '{' || substr(b, 2) || '}', '{' || substr(a, 2) || '}'
FROM (SELECT op, concat(CASE WHEN OLD.area IS NOT NEW.area THEN ',"area":' || json_quote(OLD.area) END, CASE WHEN OLD."name" IS NOT NEW."name" THEN ',"name":' || json_quote(OLD."name") END, CASE WHEN OLD."id_number" IS NOT NEW."id_number" OR OLD."id_number__h" IS NOT NEW."id_number__h" OR OLD."id_number__h15" IS NOT NEW."id_number__h15" THEN ',"id_number":' || iif(OLD."id_number" IS NULL, 'null', json_array(OLD."id_number", OLD."id_number__h", OLD."id_number__h15")) END, CASE WHEN OLD."phone" IS NOT NEW."phone" OR OLD."phone__h" IS NOT NEW."phone__h" THEN ',"phone":' || iif(OLD."phone" IS NULL, 'null', json_array(OLD."phone", OLD."phone__h")) END, CASE WHEN OLD."card" IS NOT NEW."card" OR OLD."card__h" IS NOT NEW."card__h" THEN ',"card":' || iif(OLD."card" IS NULL, 'null', json_array(OLD."card", OLD."card__h")) END, CASE WHEN OLD."health" IS NOT NEW."health" THEN ',"health":' || json_quote(OLD."health") END, CASE WHEN OLD."income" IS NOT NEW."income" THEN ',"income":' || json_quote(OLD."income") END, CASE WHEN OLD."born" IS NOT NEW."born" THEN ',"born":' || json_quote(OLD."born") END, CASE WHEN OLD."kin" IS NOT NEW."kin" THEN ',"kin":' || json_quote(OLD."kin") END) AS b, concat(CASE WHEN OLD.area IS NOT NEW.area THEN ',"area":' || json_quote(NEW.area) END, CASE WHEN OLD."name" IS NOT NEW."name" THEN ',"name":' || json_quote(NEW."name") END, CASE WHEN OLD."id_number" IS NOT NEW."id_number" OR OLD."id_number__h" IS NOT NEW."id_number__h" OR OLD."id_number__h15" IS NOT NEW."id_number__h15" THEN ',"id_number":' || iif(NEW."id_number" IS NULL, 'null', json_array(NEW."id_number", NEW."id_number__h", NEW."id_number__h15")) END, CASE WHEN OLD."phone" IS NOT NEW."phone" OR OLD."phone__h" IS NOT NEW."phone__h" THEN ',"phone":' || iif(NEW."phone" IS NULL, 'null', json_array(NEW."phone", NEW."phone__h")) END, CASE WHEN OLD."card" IS NOT NEW."card" OR OLD."card__h" IS NOT NEW."card__h" THEN ',"card":' || iif(NEW."card" IS NULL, 'null', json_array(NEW."card", NEW."card__h")) END, CASE WHEN OLD."health" IS NOT NEW."health" THEN ',"health":' || json_quote(NEW."health") END, CASE WHEN OLD."income" IS NOT NEW."income" THEN ',"income":' || json_quote(NEW."income") END, CASE WHEN OLD."born" IS NOT NEW."born" THEN ',"born":' || json_quote(NEW."born") END, CASE WHEN OLD."kin" IS NOT NEW."kin" THEN ',"kin":' || json_quote(NEW."kin") END) AS a FROM sys_now LIMIT 1) WHERE b <> '';
END;
CREATE TRIGGER "person__deleted" AFTER DELETE ON "person" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
INSERT INTO sys_change(op, ledger, record, area, kind, before)
SELECT op, 'person', OLD.id, OLD.area, 'deleted', '{' || substr(',"#":' || json_array(OLD.n, OLD.revision, OLD.created_at, OLD.created_by, OLD.changed_at, OLD.changed_by) || concat(CASE WHEN OLD.area IS NOT NULL THEN ',"area":' || json_quote(OLD.area) END, CASE WHEN OLD."name" IS NOT NULL THEN ',"name":' || json_quote(OLD."name") END, CASE WHEN OLD."id_number" IS NOT NULL THEN ',"id_number":' || iif(OLD."id_number" IS NULL, 'null', json_array(OLD."id_number", OLD."id_number__h", OLD."id_number__h15")) END, CASE WHEN OLD."phone" IS NOT NULL THEN ',"phone":' || iif(OLD."phone" IS NULL, 'null', json_array(OLD."phone", OLD."phone__h")) END, CASE WHEN OLD."card" IS NOT NULL THEN ',"card":' || iif(OLD."card" IS NULL, 'null', json_array(OLD."card", OLD."card__h")) END, CASE WHEN OLD."health" IS NOT NULL THEN ',"health":' || json_quote(OLD."health") END, CASE WHEN OLD."income" IS NOT NULL THEN ',"income":' || json_quote(OLD."income") END, CASE WHEN OLD."born" IS NOT NULL THEN ',"born":' || json_quote(OLD."born") END, CASE WHEN OLD."kin" IS NOT NULL THEN ',"kin":' || json_quote(OLD."kin") END), 2) || '}' FROM sys_now;
END;
CREATE TRIGGER "progress__added" AFTER INSERT ON "progress" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
INSERT INTO sys_change(op, ledger, record, area, kind, after)
SELECT op, 'progress', NEW.id, NEW.area, 'added', '{' || substr(concat(CASE WHEN NEW.area IS NOT NULL THEN ',"area":' || json_quote(NEW.area) END, CASE WHEN NEW."task" IS NOT NULL THEN ',"task":' || iif(NEW."task" IS NULL, 'null', json_array(NEW."task", NEW."task__id")) END, CASE WHEN NEW."period" IS NOT NULL THEN ',"period":' || json_quote(NEW."period") END, CASE WHEN NEW."text" IS NOT NULL THEN ',"text":' || json_quote(NEW."text") END), 2) || '}' FROM sys_now;
END;
CREATE TRIGGER "progress__changed" AFTER UPDATE ON "progress" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
SELECT RAISE(ABORT, 'xiangzhen: identity changed')
WHERE OLD.n IS NOT NEW.n OR OLD.id IS NOT NEW.id OR OLD.created_at IS NOT NEW.created_at OR OLD.created_by IS NOT NEW.created_by;
INSERT INTO sys_change(op, ledger, record, area, kind, before, after)
SELECT op, 'progress', NEW.id, NEW.area, 'changed', '{' || substr(b, 2) || '}', '{' || substr(a, 2) || '}'
FROM (SELECT op, concat(CASE WHEN OLD.area IS NOT NEW.area THEN ',"area":' || json_quote(OLD.area) END, CASE WHEN OLD."task" IS NOT NEW."task" OR OLD."task__id" IS NOT NEW."task__id" THEN ',"task":' || iif(OLD."task" IS NULL, 'null', json_array(OLD."task", OLD."task__id")) END, CASE WHEN OLD."period" IS NOT NEW."period" THEN ',"period":' || json_quote(OLD."period") END, CASE WHEN OLD."text" IS NOT NEW."text" THEN ',"text":' || json_quote(OLD."text") END) AS b, concat(CASE WHEN OLD.area IS NOT NEW.area THEN ',"area":' || json_quote(NEW.area) END, CASE WHEN OLD."task" IS NOT NEW."task" OR OLD."task__id" IS NOT NEW."task__id" THEN ',"task":' || iif(NEW."task" IS NULL, 'null', json_array(NEW."task", NEW."task__id")) END, CASE WHEN OLD."period" IS NOT NEW."period" THEN ',"period":' || json_quote(NEW."period") END, CASE WHEN OLD."text" IS NOT NEW."text" THEN ',"text":' || json_quote(NEW."text") END) AS a FROM sys_now LIMIT 1) WHERE b <> '';
END;
CREATE TRIGGER "progress__deleted" AFTER DELETE ON "progress" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
INSERT INTO sys_change(op, ledger, record, area, kind, before)
SELECT op, 'progress', OLD.id, OLD.area, 'deleted', '{' || substr(',"#":' || json_array(OLD.n, OLD.revision, OLD.created_at, OLD.created_by, OLD.changed_at, OLD.changed_by) || concat(CASE WHEN OLD.area IS NOT NULL THEN ',"area":' || json_quote(OLD.area) END, CASE WHEN OLD."task" IS NOT NULL THEN ',"task":' || iif(OLD."task" IS NULL, 'null', json_array(OLD."task", OLD."task__id")) END, CASE WHEN OLD."period" IS NOT NULL THEN ',"period":' || json_quote(OLD."period") END, CASE WHEN OLD."text" IS NOT NULL THEN ',"text":' || json_quote(OLD."text") END), 2) || '}' FROM sys_now;
END;
CREATE TRIGGER "task__added" AFTER INSERT ON "task" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
INSERT INTO sys_change(op, ledger, record, area, kind, after)
SELECT op, 'task', NEW.id, NEW.area, 'added', '{' || substr(concat(CASE WHEN NEW.area IS NOT NULL THEN ',"area":' || json_quote(NEW.area) END, CASE WHEN NEW."parent" IS NOT NULL THEN ',"parent":' || iif(NEW."parent" IS NULL, 'null', json_array(NEW."parent", NEW."parent__id")) END, CASE WHEN NEW."title" IS NOT NULL THEN ',"title":' || json_quote(NEW."title") END, CASE WHEN NEW."content" IS NOT NULL THEN ',"content":' || json_quote(NEW."content") END, CASE WHEN NEW."target" IS NOT NULL THEN ',"target":' || json_quote(NEW."target") END, CASE WHEN NEW."state" IS NOT NULL THEN ',"state":' || json_quote(NEW."state") END, CASE WHEN NEW."domain" IS NOT NULL THEN ',"domain":' || json_quote(NEW."domain") END, CASE WHEN NEW."tags" IS NOT NULL THEN ',"tags":' || json_quote(NEW."tags") END, CASE WHEN NEW."unit" IS NOT NULL THEN ',"unit":' || iif(NEW."unit" IS NULL, 'null', json_array(NEW."unit", NEW."unit__id")) END, CASE WHEN NEW."lead" IS NOT NULL THEN ',"lead":' || iif(NEW."lead" IS NULL, 'null', json_array(NEW."lead", NEW."lead__id")) END, CASE WHEN NEW."due" IS NOT NULL THEN ',"due":' || iif(NEW."due" IS NULL, 'null', json_array(NEW."due", NEW."due__start", NEW."due__end", NEW."due__kind")) END, CASE WHEN NEW."assigned" IS NOT NULL THEN ',"assigned":' || iif(NEW."assigned" IS NULL, 'null', json_array(NEW."assigned", NEW."assigned__start", NEW."assigned__end", NEW."assigned__kind")) END, CASE WHEN NEW."month" IS NOT NULL THEN ',"month":' || json_quote(NEW."month") END, CASE WHEN NEW."households" IS NOT NULL THEN ',"households":' || json_quote(NEW."households") END, CASE WHEN NEW."money" IS NOT NULL THEN ',"money":' || json_quote(NEW."money") END, CASE WHEN NEW."share" IS NOT NULL THEN ',"share":' || json_quote(NEW."share") END, CASE WHEN NEW."urgent" IS NOT NULL THEN ',"urgent":' || json_quote(NEW."urgent") END, CASE WHEN NEW."office_phone" IS NOT NULL THEN ',"office_phone":' || json_quote(NEW."office_phone") END, CASE WHEN NEW."doc_no" IS NOT NULL THEN ',"doc_no":' || json_quote(NEW."doc_no") END, CASE WHEN NEW."source" IS NOT NULL THEN ',"source":' || json_quote(NEW."source") END, CASE WHEN NEW."files" IS NOT NULL THEN ',"files":' || json_quote(NEW."files") END, CASE WHEN NEW."secret_note" IS NOT NULL THEN ',"secret_note":' || json_quote(NEW."secret_note") END, CASE WHEN NEW."remark" IS NOT NULL THEN ',"remark":' || json_quote(NEW."remark") END, CASE WHEN NEW."u_len" IS NOT NULL THEN ',"u_len":' || json_quote(NEW."u_len") END), 2) || '}' FROM sys_now;
END;
CREATE TRIGGER "task__changed" AFTER UPDATE ON "task" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
SELECT RAISE(ABORT, 'xiangzhen: identity changed')
WHERE OLD.n IS NOT NEW.n OR OLD.id IS NOT NEW.id OR OLD.created_at IS NOT NEW.created_at OR OLD.created_by IS NOT NEW.created_by;
INSERT INTO sys_change(op, ledger, record, area, kind, before, after)
SELECT op, 'task', NEW.id, NEW.area, 'changed', '{' || substr(b, 2) || '}', '{' || substr(a, 2) || '}'
FROM (SELECT op, concat(CASE WHEN OLD.area IS NOT NEW.area THEN ',"area":' || json_quote(OLD.area) END, CASE WHEN OLD."parent" IS NOT NEW."parent" OR OLD."parent__id" IS NOT NEW."parent__id" THEN ',"parent":' || iif(OLD."parent" IS NULL, 'null', json_array(OLD."parent", OLD."parent__id")) END, CASE WHEN OLD."title" IS NOT NEW."title" THEN ',"title":' || json_quote(OLD."title") END, CASE WHEN OLD."content" IS NOT NEW."content" THEN ',"content":' || json_quote(OLD."content") END, CASE WHEN OLD."target" IS NOT NEW."target" THEN ',"target":' || json_quote(OLD."target") END, CASE WHEN OLD."state" IS NOT NEW."state" THEN ',"state":' || json_quote(OLD."state") END, CASE WHEN OLD."domain" IS NOT NEW."domain" THEN ',"domain":' || json_quote(OLD."domain") END, CASE WHEN OLD."tags" IS NOT NEW."tags" THEN ',"tags":' || json_quote(OLD."tags") END, CASE WHEN OLD."unit" IS NOT NEW."unit" OR OLD."unit__id" IS NOT NEW."unit__id" THEN ',"unit":' || iif(OLD."unit" IS NULL, 'null', json_array(OLD."unit", OLD."unit__id")) END, CASE WHEN OLD."lead" IS NOT NEW."lead" OR OLD."lead__id" IS NOT NEW."lead__id" THEN ',"lead":' || iif(OLD."lead" IS NULL, 'null', json_array(OLD."lead", OLD."lead__id")) END, CASE WHEN OLD."due" IS NOT NEW."due" OR OLD."due__start" IS NOT NEW."due__start" OR OLD."due__end" IS NOT NEW."due__end" OR OLD."due__kind" IS NOT NEW."due__kind" THEN ',"due":' || iif(OLD."due" IS NULL, 'null', json_array(OLD."due", OLD."due__start", OLD."due__end", OLD."due__kind")) END, CASE WHEN OLD."assigned" IS NOT NEW."assigned" OR OLD."assigned__start" IS NOT NEW."assigned__start" OR OLD."assigned__end" IS NOT NEW."assigned__end" OR OLD."assigned__kind" IS NOT NEW."assigned__kind" THEN ',"assigned":' || iif(OLD."assigned" IS NULL, 'null', json_array(OLD."assigned", OLD."assigned__start", OLD."assigned__end", OLD."assigned__kind")) END, CASE WHEN OLD."month" IS NOT NEW."month" THEN ',"month":' || json_quote(OLD."month") END, CASE WHEN OLD."households" IS NOT NEW."households" THEN ',"households":' || json_quote(OLD."households") END, CASE WHEN OLD."money" IS NOT NEW."money" THEN ',"money":' || json_quote(OLD."money") END, CASE WHEN OLD."share" IS NOT NEW."share" THEN ',"share":' || json_quote(OLD."share") END, CASE WHEN OLD."urgent" IS NOT NEW."urgent" THEN ',"urgent":' || json_quote(OLD."urgent") END, CASE WHEN OLD."office_phone" IS NOT NEW."office_phone" THEN ',"office_phone":' || json_quote(OLD."office_phone") END, CASE WHEN OLD."doc_no" IS NOT NEW."doc_no" THEN ',"doc_no":' || json_quote(OLD."doc_no") END, CASE WHEN OLD."source" IS NOT NEW."source" THEN ',"source":' || json_quote(OLD."source") END, CASE WHEN OLD."files" IS NOT NEW."files" THEN ',"files":' || json_quote(OLD."files") END, CASE WHEN OLD."secret_note" IS NOT NEW."secret_note" THEN ',"secret_note":' || json_quote(OLD."secret_note") END, CASE WHEN OLD."remark" IS NOT NEW."remark" THEN ',"remark":' || json_quote(OLD."remark") END, CASE WHEN OLD."u_len" IS NOT NEW."u_len" THEN ',"u_len":' || json_quote(OLD."u_len") END) AS b, concat(CASE WHEN OLD.area IS NOT NEW.area THEN ',"area":' || json_quote(NEW.area) END, CASE WHEN OLD."parent" IS NOT NEW."parent" OR OLD."parent__id" IS NOT NEW."parent__id" THEN ',"parent":' || iif(NEW."parent" IS NULL, 'null', json_array(NEW."parent", NEW."parent__id")) END, CASE WHEN OLD."title" IS NOT NEW."title" THEN ',"title":' || json_quote(NEW."title") END, CASE WHEN OLD."content" IS NOT NEW."content" THEN ',"content":' || json_quote(NEW."content") END, CASE WHEN OLD."target" IS NOT NEW."target" THEN ',"target":' || json_quote(NEW."target") END, CASE WHEN OLD."state" IS NOT NEW."state" THEN ',"state":' || json_quote(NEW."state") END, CASE WHEN OLD."domain" IS NOT NEW."domain" THEN ',"domain":' || json_quote(NEW."domain") END, CASE WHEN OLD."tags" IS NOT NEW."tags" THEN ',"tags":' || json_quote(NEW."tags") END, CASE WHEN OLD."unit" IS NOT NEW."unit" OR OLD."unit__id" IS NOT NEW."unit__id" THEN ',"unit":' || iif(NEW."unit" IS NULL, 'null', json_array(NEW."unit", NEW."unit__id")) END, CASE WHEN OLD."lead" IS NOT NEW."lead" OR OLD."lead__id" IS NOT NEW."lead__id" THEN ',"lead":' || iif(NEW."lead" IS NULL, 'null', json_array(NEW."lead", NEW."lead__id")) END, CASE WHEN OLD."due" IS NOT NEW."due" OR OLD."due__start" IS NOT NEW."due__start" OR OLD."due__end" IS NOT NEW."due__end" OR OLD."due__kind" IS NOT NEW."due__kind" THEN ',"due":' || iif(NEW."due" IS NULL, 'null', json_array(NEW."due", NEW."due__start", NEW."due__end", NEW."due__kind")) END, CASE WHEN OLD."assigned" IS NOT NEW."assigned" OR OLD."assigned__start" IS NOT NEW."assigned__start" OR OLD."assigned__end" IS NOT NEW."assigned__end" OR OLD."assigned__kind" IS NOT NEW."assigned__kind" THEN ',"assigned":' || iif(NEW."assigned" IS NULL, 'null', json_array(NEW."assigned", NEW."assigned__start", NEW."assigned__end", NEW."assigned__kind")) END, CASE WHEN OLD."month" IS NOT NEW."month" THEN ',"month":' || json_quote(NEW."month") END, CASE WHEN OLD."households" IS NOT NEW."households" THEN ',"households":' || json_quote(NEW."households") END, CASE WHEN OLD."money" IS NOT NEW."money" THEN ',"money":' || json_quote(NEW."money") END, CASE WHEN OLD."share" IS NOT NEW."share" THEN ',"share":' || json_quote(NEW."share") END, CASE WHEN OLD."urgent" IS NOT NEW."urgent" THEN ',"urgent":' || json_quote(NEW."urgent") END, CASE WHEN OLD."office_phone" IS NOT NEW."office_phone" THEN ',"office_phone":' || json_quote(NEW."office_phone") END, CASE WHEN OLD."doc_no" IS NOT NEW."doc_no" THEN ',"doc_no":' || json_quote(NEW."doc_no") END, CASE WHEN OLD."source" IS NOT NEW."source" THEN ',"source":' || json_quote(NEW."source") END, CASE WHEN OLD."files" IS NOT NEW."files" THEN ',"files":' || json_quote(NEW."files") END, CASE WHEN OLD."secret_note" IS NOT NEW."secret_note" THEN ',"secret_note":' || json_quote(NEW."secret_note") END, CASE WHEN OLD."remark" IS NOT NEW."remark" THEN ',"remark":' || json_quote(NEW."remark") END, CASE WHEN OLD."u_len" IS NOT NEW."u_len" THEN ',"u_len":' || json_quote(NEW."u_len") END) AS a FROM sys_now LIMIT 1) WHERE b <> '';
END;
CREATE TRIGGER "task__deleted" AFTER DELETE ON "task" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
INSERT INTO sys_change(op, ledger, record, area, kind, before)
SELECT op, 'task', OLD.id, OLD.area, 'deleted', '{' || substr(',"#":' || json_array(OLD.n, OLD.revision, OLD.created_at, OLD.created_by, OLD.changed_at, OLD.changed_by) || concat(CASE WHEN OLD.area IS NOT NULL THEN ',"area":' || json_quote(OLD.area) END, CASE WHEN OLD."parent" IS NOT NULL THEN ',"parent":' || iif(OLD."parent" IS NULL, 'null', json_array(OLD."parent", OLD."parent__id")) END, CASE WHEN OLD."title" IS NOT NULL THEN ',"title":' || json_quote(OLD."title") END, CASE WHEN OLD."content" IS NOT NULL THEN ',"content":' || json_quote(OLD."content") END, CASE WHEN OLD."target" IS NOT NULL THEN ',"target":' || json_quote(OLD."target") END, CASE WHEN OLD."state" IS NOT NULL THEN ',"state":' || json_quote(OLD."state") END, CASE WHEN OLD."domain" IS NOT NULL THEN ',"domain":' || json_quote(OLD."domain") END, CASE WHEN OLD."tags" IS NOT NULL THEN ',"tags":' || json_quote(OLD."tags") END, CASE WHEN OLD."unit" IS NOT NULL THEN ',"unit":' || iif(OLD."unit" IS NULL, 'null', json_array(OLD."unit", OLD."unit__id")) END, CASE WHEN OLD."lead" IS NOT NULL THEN ',"lead":' || iif(OLD."lead" IS NULL, 'null', json_array(OLD."lead", OLD."lead__id")) END, CASE WHEN OLD."due" IS NOT NULL THEN ',"due":' || iif(OLD."due" IS NULL, 'null', json_array(OLD."due", OLD."due__start", OLD."due__end", OLD."due__kind")) END, CASE WHEN OLD."assigned" IS NOT NULL THEN ',"assigned":' || iif(OLD."assigned" IS NULL, 'null', json_array(OLD."assigned", OLD."assigned__start", OLD."assigned__end", OLD."assigned__kind")) END, CASE WHEN OLD."month" IS NOT NULL THEN ',"month":' || json_quote(OLD."month") END, CASE WHEN OLD."households" IS NOT NULL THEN ',"households":' || json_quote(OLD."households") END, CASE WHEN OLD."money" IS NOT NULL THEN ',"money":' || json_quote(OLD."money") END, CASE WHEN OLD."share" IS NOT NULL THEN ',"share":' || json_quote(OLD."share") END, CASE WHEN OLD."urgent" IS NOT NULL THEN ',"urgent":' || json_quote(OLD."urgent") END, CASE WHEN OLD."office_phone" IS NOT NULL THEN ',"office_phone":' || json_quote(OLD."office_phone") END, CASE WHEN OLD."doc_no" IS NOT NULL THEN ',"doc_no":' || json_quote(OLD."doc_no") END, CASE WHEN OLD."source" IS NOT NULL THEN ',"source":' || json_quote(OLD."source") END, CASE WHEN OLD."files" IS NOT NULL THEN ',"files":' || json_quote(OLD."files") END, CASE WHEN OLD."secret_note" IS NOT NULL THEN ',"secret_note":' || json_quote(OLD."secret_note") END, CASE WHEN OLD."remark" IS NOT NULL THEN ',"remark":' || json_quote(OLD."remark") END, CASE WHEN OLD."u_len" IS NOT NULL THEN ',"u_len":' || json_quote(OLD."u_len") END), 2) || '}' FROM sys_now;
END;
CREATE TRIGGER "user_field__added" AFTER INSERT ON "user_field" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
INSERT INTO sys_change(op, ledger, record, area, kind, after)
SELECT op, 'user_field', NEW.id, NEW.area, 'added', '{' || substr(concat(CASE WHEN NEW.area IS NOT NULL THEN ',"area":' || json_quote(NEW.area) END, CASE WHEN NEW."ledger" IS NOT NULL THEN ',"ledger":' || json_quote(NEW."ledger") END, CASE WHEN NEW."key" IS NOT NULL THEN ',"key":' || json_quote(NEW."key") END, CASE WHEN NEW."label" IS NOT NULL THEN ',"label":' || json_quote(NEW."label") END, CASE WHEN NEW."kind" IS NOT NULL THEN ',"kind":' || json_quote(NEW."kind") END, CASE WHEN NEW."options" IS NOT NULL THEN ',"options":' || json_quote(NEW."options") END, CASE WHEN NEW."unit" IS NOT NULL THEN ',"unit":' || json_quote(NEW."unit") END, CASE WHEN NEW."scale" IS NOT NULL THEN ',"scale":' || json_quote(NEW."scale") END, CASE WHEN NEW."required" IS NOT NULL THEN ',"required":' || json_quote(NEW."required") END, CASE WHEN NEW."sensitive" IS NOT NULL THEN ',"sensitive":' || json_quote(NEW."sensitive") END, CASE WHEN NEW."ref" IS NOT NULL THEN ',"ref":' || json_quote(NEW."ref") END, CASE WHEN NEW."hidden" IS NOT NULL THEN ',"hidden":' || json_quote(NEW."hidden") END), 2) || '}' FROM sys_now;
END;
CREATE TRIGGER "user_field__changed" AFTER UPDATE ON "user_field" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
SELECT RAISE(ABORT, 'xiangzhen: identity changed')
WHERE OLD.n IS NOT NEW.n OR OLD.id IS NOT NEW.id OR OLD.created_at IS NOT NEW.created_at OR OLD.created_by IS NOT NEW.created_by;
INSERT INTO sys_change(op, ledger, record, area, kind, before, after)
SELECT op, 'user_field', NEW.id, NEW.area, 'changed', '{' || substr(b, 2) || '}', '{' || substr(a, 2) || '}'
FROM (SELECT op, concat(CASE WHEN OLD.area IS NOT NEW.area THEN ',"area":' || json_quote(OLD.area) END, CASE WHEN OLD."ledger" IS NOT NEW."ledger" THEN ',"ledger":' || json_quote(OLD."ledger") END, CASE WHEN OLD."key" IS NOT NEW."key" THEN ',"key":' || json_quote(OLD."key") END, CASE WHEN OLD."label" IS NOT NEW."label" THEN ',"label":' || json_quote(OLD."label") END, CASE WHEN OLD."kind" IS NOT NEW."kind" THEN ',"kind":' || json_quote(OLD."kind") END, CASE WHEN OLD."options" IS NOT NEW."options" THEN ',"options":' || json_quote(OLD."options") END, CASE WHEN OLD."unit" IS NOT NEW."unit" THEN ',"unit":' || json_quote(OLD."unit") END, CASE WHEN OLD."scale" IS NOT NEW."scale" THEN ',"scale":' || json_quote(OLD."scale") END, CASE WHEN OLD."required" IS NOT NEW."required" THEN ',"required":' || json_quote(OLD."required") END, CASE WHEN OLD."sensitive" IS NOT NEW."sensitive" THEN ',"sensitive":' || json_quote(OLD."sensitive") END, CASE WHEN OLD."ref" IS NOT NEW."ref" THEN ',"ref":' || json_quote(OLD."ref") END, CASE WHEN OLD."hidden" IS NOT NEW."hidden" THEN ',"hidden":' || json_quote(OLD."hidden") END) AS b, concat(CASE WHEN OLD.area IS NOT NEW.area THEN ',"area":' || json_quote(NEW.area) END, CASE WHEN OLD."ledger" IS NOT NEW."ledger" THEN ',"ledger":' || json_quote(NEW."ledger") END, CASE WHEN OLD."key" IS NOT NEW."key" THEN ',"key":' || json_quote(NEW."key") END, CASE WHEN OLD."label" IS NOT NEW."label" THEN ',"label":' || json_quote(NEW."label") END, CASE WHEN OLD."kind" IS NOT NEW."kind" THEN ',"kind":' || json_quote(NEW."kind") END, CASE WHEN OLD."options" IS NOT NEW."options" THEN ',"options":' || json_quote(NEW."options") END, CASE WHEN OLD."unit" IS NOT NEW."unit" THEN ',"unit":' || json_quote(NEW."unit") END, CASE WHEN OLD."scale" IS NOT NEW."scale" THEN ',"scale":' || json_quote(NEW."scale") END, CASE WHEN OLD."required" IS NOT NEW."required" THEN ',"required":' || json_quote(NEW."required") END, CASE WHEN OLD."sensitive" IS NOT NEW."sensitive" THEN ',"sensitive":' || json_quote(NEW."sensitive") END, CASE WHEN OLD."ref" IS NOT NEW."ref" THEN ',"ref":' || json_quote(NEW."ref") END, CASE WHEN OLD."hidden" IS NOT NEW."hidden" THEN ',"hidden":' || json_quote(NEW."hidden") END) AS a FROM sys_now LIMIT 1) WHERE b <> '';
END;
CREATE TRIGGER "user_field__deleted" AFTER DELETE ON "user_field" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
INSERT INTO sys_change(op, ledger, record, area, kind, before)
SELECT op, 'user_field', OLD.id, OLD.area, 'deleted', '{' || substr(',"#":' || json_array(OLD.n, OLD.revision, OLD.created_at, OLD.created_by, OLD.changed_at, OLD.changed_by) || concat(CASE WHEN OLD.area IS NOT NULL THEN ',"area":' || json_quote(OLD.area) END, CASE WHEN OLD."ledger" IS NOT NULL THEN ',"ledger":' || json_quote(OLD."ledger") END, CASE WHEN OLD."key" IS NOT NULL THEN ',"key":' || json_quote(OLD."key") END, CASE WHEN OLD."label" IS NOT NULL THEN ',"label":' || json_quote(OLD."label") END, CASE WHEN OLD."kind" IS NOT NULL THEN ',"kind":' || json_quote(OLD."kind") END, CASE WHEN OLD."options" IS NOT NULL THEN ',"options":' || json_quote(OLD."options") END, CASE WHEN OLD."unit" IS NOT NULL THEN ',"unit":' || json_quote(OLD."unit") END, CASE WHEN OLD."scale" IS NOT NULL THEN ',"scale":' || json_quote(OLD."scale") END, CASE WHEN OLD."required" IS NOT NULL THEN ',"required":' || json_quote(OLD."required") END, CASE WHEN OLD."sensitive" IS NOT NULL THEN ',"sensitive":' || json_quote(OLD."sensitive") END, CASE WHEN OLD."ref" IS NOT NULL THEN ',"ref":' || json_quote(OLD."ref") END, CASE WHEN OLD."hidden" IS NOT NULL THEN ',"hidden":' || json_quote(OLD."hidden") END), 2) || '}' FROM sys_now;
END;
CREATE TRIGGER "user_ledger__added" AFTER INSERT ON "user_ledger" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
INSERT INTO sys_change(op, ledger, record, area, kind, after)
SELECT op, 'user_ledger', NEW.id, NEW.area, 'added', '{' || substr(concat(CASE WHEN NEW.area IS NOT NULL THEN ',"area":' || json_quote(NEW.area) END, CASE WHEN NEW."key" IS NOT NULL THEN ',"key":' || json_quote(NEW."key") END, CASE WHEN NEW."label" IS NOT NULL THEN ',"label":' || json_quote(NEW."label") END, CASE WHEN NEW."match" IS NOT NULL THEN ',"match":' || json_quote(NEW."match") END), 2) || '}' FROM sys_now;
END;
CREATE TRIGGER "user_ledger__changed" AFTER UPDATE ON "user_ledger" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
SELECT RAISE(ABORT, 'xiangzhen: identity changed')
WHERE OLD.n IS NOT NEW.n OR OLD.id IS NOT NEW.id OR OLD.created_at IS NOT NEW.created_at OR OLD.created_by IS NOT NEW.created_by;
INSERT INTO sys_change(op, ledger, record, area, kind, before, after)
SELECT op, 'user_ledger', NEW.id, NEW.area, 'changed', '{' || substr(b, 2) || '}', '{' || substr(a, 2) || '}'
FROM (SELECT op, concat(CASE WHEN OLD.area IS NOT NEW.area THEN ',"area":' || json_quote(OLD.area) END, CASE WHEN OLD."key" IS NOT NEW."key" THEN ',"key":' || json_quote(OLD."key") END, CASE WHEN OLD."label" IS NOT NEW."label" THEN ',"label":' || json_quote(OLD."label") END, CASE WHEN OLD."match" IS NOT NEW."match" THEN ',"match":' || json_quote(OLD."match") END) AS b, concat(CASE WHEN OLD.area IS NOT NEW.area THEN ',"area":' || json_quote(NEW.area) END, CASE WHEN OLD."key" IS NOT NEW."key" THEN ',"key":' || json_quote(NEW."key") END, CASE WHEN OLD."label" IS NOT NEW."label" THEN ',"label":' || json_quote(NEW."label") END, CASE WHEN OLD."match" IS NOT NEW."match" THEN ',"match":' || json_quote(NEW."match") END) AS a FROM sys_now LIMIT 1) WHERE b <> '';
END;
CREATE TRIGGER "user_ledger__deleted" AFTER DELETE ON "user_ledger" BEGIN
SELECT RAISE(ABORT, 'xiangzhen: not in an operation') WHERE NOT EXISTS (SELECT 1 FROM sys_now);
INSERT INTO sys_change(op, ledger, record, area, kind, before)
SELECT op, 'user_ledger', OLD.id, OLD.area, 'deleted', '{' || substr(',"#":' || json_array(OLD.n, OLD.revision, OLD.created_at, OLD.created_by, OLD.changed_at, OLD.changed_by) || concat(CASE WHEN OLD.area IS NOT NULL THEN ',"area":' || json_quote(OLD.area) END, CASE WHEN OLD."key" IS NOT NULL THEN ',"key":' || json_quote(OLD."key") END, CASE WHEN OLD."label" IS NOT NULL THEN ',"label":' || json_quote(OLD."label") END, CASE WHEN OLD."match" IS NOT NULL THEN ',"match":' || json_quote(OLD."match") END), 2) || '}' FROM sys_now;
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
PRAGMA user_version = 1;
COMMIT;
