package store

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"xiangzhen/model"
)

// schema is the catalog with the tables that keep it. It is immutable.
type schema struct {
	catalog *model.Catalog
	tables  map[string]*table
}

// table is one ledger's table.
type table struct {
	*model.Ledger
	number  int64    // the ledger's number in the search index
	columns []column // all fields the table has, in its order
	derived []column
	byKey   map[string]*column // described fields, stored and derived
	// searched are the columns whose words are in the search index.
	searched []*column
	sql      statements
}

// rowColumns come before the fields in every ledger's table; all but n are in
// the record. The keys of fields may not repeat them.
var rowColumns = []string{"n", "id", "area", "revision", "created_at", "created_by", "changed_at", "changed_by"}

// derivedColumns come before the derived fields in the side table: the record's n,
// the day on which they change, and the day for which they were computed.
var derivedColumns = []string{"n", "next_change_on", "as_of"}

var validKey = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

// checkLedger refuses a description that has no table: a fault of the program,
// or of a user's ledger made by something else.
func checkLedger(l *model.Ledger) error {
	if !validKey.MatchString(l.Key) || strings.HasPrefix(l.Key, "sys_") || strings.HasPrefix(l.Key, "sqlite_") {
		return fault("ledger key %q", l.Key)
	}
	seen := map[string]bool{}
	for _, f := range slices.Concat(l.Fields, l.Derived) {
		if !validKey.MatchString(f.Key) || slices.Contains(rowColumns, f.Key) || seen[f.Key] || slices.Contains(derivedColumns, f.Key) {
			return fault("field key %s.%s", l.Key, f.Key)
		}
		seen[f.Key] = true
	}
	return nil
}

// physical is what the file has: the column names and types of every table.
type physical map[string][]physicalColumn

type physicalColumn struct{ name, sqlType string }

// shapes groups a table's columns into fields.
func (p physical) shapes(name string) []column {
	has := map[string]bool{}
	for _, c := range p[name] {
		has[c.name] = true
	}
	var out []column
	for _, c := range p[name] {
		if strings.Contains(c.name, "__") || slices.Contains(rowColumns, c.name) || c.name == "next_change_on" {
			continue
		}
		out = append(out, column{key: c.name, shape: guessShape(c, has)})
	}
	return out
}

func guessShape(c physicalColumn, has map[string]bool) shape {
	switch {
	case has[c.name+"__end"]:
		return shapeDate
	case has[c.name+"__id"]:
		return shapeRef
	case has[c.name+"__h15"]:
		return shapeIDHash
	case has[c.name+"__h"]:
		return shapeHashed
	case c.sqlType == "INTEGER":
		return shapeNumber
	}
	return shapeText
}

// columnsOf joins what a table has with what its description says: the file's
// columns in their order, then the new ones.
func columnsOf(have []column, fields []model.Field, shapeOf func(*model.Field) shape) ([]column, error) {
	out := slices.Clone(have)
	for i := range fields {
		f := &fields[i]
		want := shapeOf(f)
		at := slices.IndexFunc(out, func(c column) bool { return c.key == f.Key })
		if at < 0 {
			out = append(out, column{key: f.Key, shape: want, field: f})
			continue
		}
		if len(suffixes[out[at].shape]) != len(suffixes[want]) || out[at].sqlType() != (&column{shape: want}).sqlType() {
			return nil, model.Errorf(model.CodeInvalid,
				"项目“%s”原来是另一种类型，不能改变类型。请新建一个项目。", f.Label)
		}
		out[at].shape, out[at].field = want, f
	}
	return out, nil
}

func derivedShape(f *model.Field) shape { return plainShape(f.Kind) }

// newTable lays out a ledger over what the file has.
func newTable(l *model.Ledger, have physical) (*table, error) {
	if err := checkLedger(l); err != nil {
		return nil, err
	}
	columns, err := columnsOf(have.shapes(l.Key), l.Fields, shapeOf)
	if err != nil {
		return nil, err
	}
	derived, err := columnsOf(nil, l.Derived, derivedShape)
	if err != nil {
		return nil, err
	}
	t := &table{Ledger: l, columns: columns, derived: derived, byKey: map[string]*column{}}
	for _, list := range [][]column{t.columns, t.derived} {
		for i := range list {
			if list[i].field != nil {
				t.byKey[list[i].key] = &list[i]
			}
		}
	}
	t.searched = t.findSearched()
	t.sql = t.statements()
	return t, nil
}

// stored returns the column of a described, stored field.
func (t *table) stored(key string) (*column, error) {
	c := t.byKey[key]
	if c == nil || t.IsDerived(key) {
		return nil, errNoField(t.Ledger, key)
	}
	return c, nil
}

func (t *table) hasDerived() bool { return t.Derive != nil }

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func quoteAll(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = quote(n)
	}
	return out
}

func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// sqlName and derivedName are the table's names, quoted.
func (t *table) sqlName() string     { return quote(t.Key) }
func (t *table) derivedName() string { return quote(t.Key + "__derived") }

// ddl returns the statements that bring the file to this layout, none if it is
// there already.
func (t *table) ddl(have physical) []string {
	var out []string
	if have[t.Key] == nil {
		out = append(out, t.createTable())
	} else {
		out = append(out, addColumns(t.Key, t.columns, have[t.Key])...)
	}
	if t.hasDerived() {
		out = append(out, t.derivedDDL(have)...)
	}
	return append(out, t.indexDDL()...)
}

// createTable makes the table. AUTOINCREMENT keeps n from being used twice, so
// that an undo can put a deleted row back in its place.
func (t *table) createTable() string {
	defs := []string{
		"n INTEGER PRIMARY KEY AUTOINCREMENT", "id TEXT NOT NULL UNIQUE", "area TEXT",
		"revision INTEGER NOT NULL", "created_at INTEGER NOT NULL", "created_by TEXT NOT NULL",
		"changed_at INTEGER NOT NULL", "changed_by TEXT NOT NULL",
	}
	defs = append(defs, columnDefs(t.columns)...)
	return fmt.Sprintf("CREATE TABLE %s (%s) STRICT", t.sqlName(), strings.Join(defs, ", "))
}

func columnDefs(columns []column) []string {
	var out []string
	for i := range columns {
		for _, name := range columns[i].names() {
			out = append(out, quote(name)+" "+columns[i].sqlType())
		}
	}
	return out
}

func addColumns(tableName string, columns []column, have []physicalColumn) []string {
	var out []string
	for i := range columns {
		for _, name := range columns[i].names() {
			if !slices.ContainsFunc(have, func(c physicalColumn) bool { return c.name == name }) {
				out = append(out, fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s %s",
					quote(tableName), quote(name), columns[i].sqlType()))
			}
		}
	}
	return out
}

// derivedDDL makes the side table; it holds nothing that cannot be computed
// again, so a side table of another layout is thrown away.
func (t *table) derivedDDL(have physical) []string {
	want := t.derivedDefs()
	var got []string
	for _, c := range have[t.Key+"__derived"] {
		got = append(got, c.name)
	}
	same := len(got) == len(want)
	for i := 0; same && i < len(got); i++ {
		same = strings.HasPrefix(want[i], quote(got[i])+" ")
	}
	if same {
		return nil
	}
	return []string{
		"DROP TABLE IF EXISTS " + t.derivedName(),
		fmt.Sprintf("CREATE TABLE %s (%s) STRICT", t.derivedName(), strings.Join(want, ", ")),
	}
}

func (t *table) derivedDefs() []string {
	return append([]string{`"n" INTEGER PRIMARY KEY`, `"next_change_on" TEXT NOT NULL`, `"as_of" TEXT NOT NULL`}, columnDefs(t.derived)...)
}

// indexDDL makes the indexes: the area, every reference, hashes, and the fields
// marked Index or used to recognise rows. They leave empty values out.
func (t *table) indexDDL() []string {
	out := []string{indexSQL(t.Key, "area")}
	for i := range t.columns {
		if name := t.columns[i].indexed(t.Ledger); name != "" {
			out = append(out, indexSQL(t.Key, name))
		}
		if t.columns[i].shape == shapeIDHash {
			out = append(out, indexSQL(t.Key, t.columns[i].key+"__h15"))
		}
	}
	if !t.hasDerived() {
		return out
	}
	out = append(out, indexSQL(t.Key+"__derived", "next_change_on"))
	for i := range t.derived {
		if t.derived[i].field.Index {
			out = append(out, indexSQL(t.Key+"__derived", t.derived[i].comparable()))
		}
	}
	return out
}

func indexSQL(tableName, column string) string {
	return fmt.Sprintf("CREATE INDEX IF NOT EXISTS %s ON %s (%s) WHERE %s IS NOT NULL",
		quote(tableName+"__by__"+column), quote(tableName), quote(column), quote(column))
}

// comparable is the column by which a field is compared and sorted.
func (c *column) comparable() string {
	if c.shape == shapeDate {
		return c.key + "__end"
	}
	return c.key
}

// indexed names the column of the field that deserves an index, or "".
func (c *column) indexed(l *model.Ledger) string {
	switch c.shape {
	case shapeRef:
		return c.key + "__id"
	case shapeHashed, shapeIDHash:
		return c.key + "__h"
	case shapeSecret:
		return ""
	}
	if c.field == nil {
		return ""
	}
	matched := slices.ContainsFunc(l.Match, func(keys []string) bool { return slices.Contains(keys, c.key) })
	if c.field.Index || matched && c.shape == shapeText && c.field.Kind != model.KindEnum {
		return c.comparable()
	}
	return ""
}
