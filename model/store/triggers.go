package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// outside is the text of the refusal to write without an operation.
const outside = "xiangzhen: not in an operation"

// guard aborts the statement when no operation is in progress.
const guard = "SELECT RAISE(ABORT, '" + outside + "') WHERE NOT EXISTS (SELECT 1 FROM sys_now);"

// guards returns the triggers of the table in the file, by name: whoever opens it, not
// even a change of no consequence passes outside an operation.
func (t *table) guards() map[string]string {
	out := map[string]string{}
	for suffix, event := range map[string]string{"__added": "INSERT", "__changed": "UPDATE", "__deleted": "DELETE"} {
		name := t.Key + suffix
		out[name] = fmt.Sprintf("CREATE TRIGGER %s AFTER %s ON %s BEGIN\n%s\nEND", quote(name), event, t.sqlName(), guard)
	}
	return out
}

// journals returns the triggers that write the journal, by name. They belong to the
// writer's connection alone: every connection keeps what the file says of itself in
// memory, and these are nine tenths of it, 9 MB and 20 ms at every opening.
func (t *table) journals() map[string]string {
	return map[string]string{
		t.Key + "__journal_added":   t.addedTrigger(),
		t.Key + "__journal_changed": t.changedTrigger(),
		t.Key + "__journal_deleted": t.deletedTrigger(),
	}
}

// keepJournal makes the writer's connection journal what is written to the tables. It
// runs before every operation and after a change of the tables within one.
func (s *session) keepJournal(ctx context.Context, sch *schema) error {
	if s.journalled == sch {
		return nil
	}
	s.journalled = nil
	for _, t := range sch.all() {
		for name, text := range t.journals() {
			if err := s.replaceTrigger(ctx, name, text); err != nil {
				return err
			}
		}
	}
	s.journalled = sch
	return nil
}

// replaceTrigger makes a trigger anew, whether one of its name is there, was never
// there, or came back with a transaction that was rolled back.
func (s *session) replaceTrigger(ctx context.Context, name, text string) error {
	if s.journals[name] {
		if err := s.run(ctx, "DROP TRIGGER IF EXISTS temp."+quote(name)); err != nil {
			return err
		}
	}
	s.journals[name] = true
	return s.run(ctx, text)
}

// addedTrigger leaves the journal to who adds in bulk: see Tx.AddAll.
func (t *table) addedTrigger() string {
	return fmt.Sprintf(`CREATE TEMP TRIGGER %s AFTER INSERT ON main.%s BEGIN
INSERT INTO sys_change(op, ledger, record, area, kind, after)
SELECT op, %s, NEW.id, NEW.area, 'added', %s FROM sys_now WHERE op > 0;
END`, quote(t.Key+"__journal_added"), t.sqlName(), literal(t.Key), braces(t.wholeJSON("NEW")))
}

func (t *table) deletedTrigger() string {
	row := `',"#":' || json_array(OLD.n, OLD.revision, OLD.created_at, OLD.created_by, OLD.changed_at, OLD.changed_by)`
	return fmt.Sprintf(`CREATE TEMP TRIGGER %s AFTER DELETE ON main.%s BEGIN
INSERT INTO sys_change(op, ledger, record, area, kind, before)
SELECT op, %s, OLD.id, OLD.area, 'deleted', %s FROM sys_now;
END`, quote(t.Key+"__journal_deleted"), t.sqlName(), literal(t.Key), braces(row+" || "+t.wholeJSON("OLD")))
}

// changedTrigger journals only the fields that changed. LIMIT keeps SQLite from
// flattening the subquery, which would build the JSON twice.
func (t *table) changedTrigger() string {
	return fmt.Sprintf(`CREATE TEMP TRIGGER %s AFTER UPDATE ON main.%s BEGIN
SELECT RAISE(ABORT, 'xiangzhen: identity changed')
WHERE OLD.n IS NOT NEW.n OR OLD.id IS NOT NEW.id OR OLD.created_at IS NOT NEW.created_at OR OLD.created_by IS NOT NEW.created_by;
INSERT INTO sys_change(op, ledger, record, area, kind, before, after)
SELECT op, %s, NEW.id, NEW.area, 'changed', %s, %s
FROM (SELECT op, %s AS b, %s AS a FROM sys_now LIMIT 1) WHERE b <> '';
END`, quote(t.Key+"__journal_changed"), t.sqlName(), literal(t.Key), braces("b"), braces("a"),
		t.diffJSON("OLD"), t.diffJSON("NEW"))
}

func braces(members string) string { return "'{' || substr(" + members + ", 2) || '}'" }

// maxArgs keeps below SQLite's limit on the arguments of one function.
const maxArgs = 60

// concat joins SQL texts, taking NULL as empty.
func concat(parts []string) string {
	var groups []string
	for group := range slices.Chunk(parts, maxArgs) {
		groups = append(groups, "concat("+strings.Join(group, ", ")+")")
	}
	return strings.Join(groups, " || ")
}

// wholeJSON is the members of the row's JSON, each after a comma, empty values
// left out.
func (t *table) wholeJSON(row string) string {
	parts := []string{member("area", "json_quote("+row+".area)", row+".area IS NOT NULL")}
	for i := range t.columns {
		c := &t.columns[i]
		parts = append(parts, member(c.key, c.json(row), row+"."+quote(c.key)+" IS NOT NULL"))
	}
	return concat(parts)
}

// diffJSON is the same for the fields in which OLD and NEW differ, empty values
// as null.
func (t *table) diffJSON(row string) string {
	parts := []string{member("area", "json_quote("+row+".area)", "OLD.area IS NOT NEW.area")}
	for i := range t.columns {
		c := &t.columns[i]
		var differ []string
		for _, name := range quoteAll(c.names()) {
			differ = append(differ, "OLD."+name+" IS NOT NEW."+name)
		}
		parts = append(parts, member(c.key, c.json(row), strings.Join(differ, " OR ")))
	}
	return concat(parts)
}

func member(key, value, when string) string {
	return fmt.Sprintf(`CASE WHEN %s THEN ',"%s":' || %s END`, when, key, value)
}

// json is the SQL expression of a field's journal JSON.
func (c *column) json(row string) string {
	names := c.names()
	if len(names) == 1 {
		return "json_quote(" + row + "." + quote(names[0]) + ")"
	}
	var qualified []string
	for _, n := range names {
		qualified = append(qualified, row+"."+quote(n))
	}
	array := "json_array(" + strings.Join(qualified, ", ") + ")"
	return "iif(" + row + "." + quote(c.key) + " IS NULL, 'null', " + array + ")"
}
