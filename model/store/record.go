package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"xiangzhen/model"
)

// statements are the SQL texts of a table, made once.
type statements struct {
	selectAll string // SELECT every visible column FROM the table, aliased t, and its derived fields, d
	insert    string
	put       many // writes derived rows
	from      string
}

func (t *table) statements() statements {
	selected := []string{"t.n", "t.id", "t.area", "t.revision", "t.created_at", "t.created_by", "t.changed_at", "t.changed_by"}
	insert := append([]string{}, quoteAll(rowColumns)...)
	for i := range t.columns {
		c := &t.columns[i]
		if c.field == nil {
			continue
		}
		for _, name := range quoteAll(c.names()[:c.visible()]) {
			selected = append(selected, "t."+name)
		}
		insert = append(insert, quoteAll(c.names())...)
	}
	from := t.sqlName() + " t"
	put := quoteAll(derivedColumns)
	if t.hasDerived() {
		from += " LEFT JOIN " + t.derivedName() + " d ON d.n = t.n"
		selected = append(selected, "d.next_change_on", "d.as_of")
	}
	for i := range t.derived {
		for _, name := range quoteAll(t.derived[i].names()) {
			put = append(put, name)
			if t.hasDerived() {
				selected = append(selected, "d."+name)
			}
		}
	}
	return statements{
		selectAll: "SELECT " + strings.Join(selected, ", ") + " FROM " + from + " WHERE ",
		insert:    insertSQL("INSERT INTO "+t.sqlName(), insert),
		put:       newMany("INSERT OR REPLACE INTO "+t.derivedName(), put),
		from:      from,
	}
}

func insertSQL(head string, columns []string) string {
	return head + " (" + strings.Join(columns, ", ") + ") VALUES (?" + strings.Repeat(", ?", len(columns)-1) + ")"
}

// row is a record as loaded, with its place in the table and the day on which
// its derived fields change.
type row struct {
	*model.Record
	n    int64
	next model.Day
	asOf model.Day // for which they were computed, or counted down to since
	// derivedKnown is false for a record whose derived fields were never computed.
	derivedKnown bool
}

// rowScanner reads the rows of selectAll.
type rowScanner struct {
	t       *table
	secrets secrets
	src     []any
	dst     []any
}

func newRowScanner(t *table, s secrets) *rowScanner {
	width := len(rowColumns)
	for i := range t.columns {
		if t.columns[i].field != nil {
			width += t.columns[i].visible()
		}
	}
	if t.hasDerived() {
		width += len(derivedColumns) - 1
		for i := range t.derived {
			width += len(t.derived[i].names())
		}
	}
	sc := &rowScanner{t: t, secrets: s, src: make([]any, width), dst: make([]any, width)}
	for i := range sc.src {
		sc.dst[i] = &sc.src[i]
	}
	return sc
}

func (sc *rowScanner) scan(r *sql.Rows) (row, error) {
	if err := r.Scan(sc.dst...); err != nil {
		return row{}, err
	}
	src := sc.src
	out := row{n: asInt(src[0]), Record: &model.Record{
		ID: asString(src[1]), Ledger: sc.t.Key, Area: asString(src[2]), Revision: asInt(src[3]),
		CreatedAt: asTime(src[4]), CreatedBy: asString(src[5]), ChangedAt: asTime(src[6]), ChangedBy: asString(src[7]),
	}}
	var err error
	out.Values, src, err = scanColumns(sc.t.columns, src[len(rowColumns):], sc.secrets.of(sc.t.Key, out.ID))
	if err != nil || !sc.t.hasDerived() {
		return out, err
	}
	out.derivedKnown = src[0] != nil
	out.next, out.asOf = model.Day(asString(src[0])), model.Day(asString(src[1]))
	out.Derived, _, err = scanColumns(sc.t.derived, src[2:], sc.secrets)
	return out, err
}

// scanColumns reads the described columns and returns what is left of src.
func scanColumns(columns []column, src []any, s secrets) (map[string]model.Value, []any, error) {
	values := make(map[string]model.Value, given(columns, src))
	for i := range columns {
		c := &columns[i]
		if c.field == nil {
			continue
		}
		width := c.visible()
		if src[0] != nil {
			v, err := c.scan(src[:width], s)
			if err != nil {
				return nil, nil, err
			}
			values[c.key] = v
		}
		src = src[width:]
	}
	return values, src, nil
}

// given counts the fields that have a value; a map of the right size is made at
// half the cost of one that grows.
func given(columns []column, src []any) int {
	n := 0
	for i := range columns {
		if columns[i].field == nil {
			continue
		}
		if src[0] != nil {
			n++
		}
		src = src[columns[i].visible():]
	}
	return n
}

// asTime reads milliseconds since 1970.
func asTime(v any) time.Time { return time.UnixMilli(asInt(v)) }

// eachRow loads the rows that fit the SQL condition.
func eachRow(ctx context.Context, ses *session, t *table, s secrets, fn func(row) error, where string, args ...any) error {
	sc := newRowScanner(t, s)
	return ses.each(ctx, func(r *sql.Rows) error {
		loaded, err := sc.scan(r)
		if err != nil {
			return err
		}
		return fn(loaded)
	}, t.sql.selectAll+where, args...)
}

// loadRows is eachRow into a slice.
func loadRows(ctx context.Context, ses *session, t *table, s secrets, where string, args ...any) ([]row, error) {
	var out []row
	err := eachRow(ctx, ses, t, s, func(r row) error {
		out = append(out, r)
		return nil
	}, where, args...)
	return out, err
}

// loadWhere is loadRows for who needs only the records.
func loadWhere(ctx context.Context, ses *session, t *table, s secrets, where string, args ...any) ([]*model.Record, error) {
	var out []*model.Record
	err := eachRow(ctx, ses, t, s, func(r row) error {
		out = append(out, r.Record)
		return nil
	}, where, args...)
	return out, err
}

// jsonList passes a list as one argument, for json_each.
func jsonList[T string | int64](list []T) (string, error) {
	b, err := json.Marshal(list)
	return string(b), err
}
