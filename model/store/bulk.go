package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"xiangzhen/model"
)

// Many records are added by statements of several rows, and journalled by the
// program: SQLite takes as long to write one row's journal JSON as to write the
// row. While sys_now holds the operation's number negated, the triggers leave
// additions to the program.

// rowsAtOnce is the number of rows in one INSERT: what SQLite does once a
// statement costs little beyond it, and arguments stay far below its limit.
const rowsAtOnce = 16

// AddAll adds records in their order and does to each what Add does, in a third
// of the time. The records are the store's from now on. When it fails, the
// operation can only be given up: part of the records may be written.
func (tx *Tx) AddAll(records []*model.Record) error {
	if len(records) < rowsAtOnce || slices.ContainsFunc(records, tx.standsAlone) {
		for _, r := range records {
			if err := tx.Add(r); err != nil {
				return err
			}
		}
		return nil
	}
	err := tx.addMany(records)
	if err != nil {
		tx.torn = err
	}
	return err
}

// standsAlone reports whether a record must be added by itself: it changes the
// tables, or has a place of its own.
func (tx *Tx) standsAlone(r *model.Record) bool {
	t := tx.schema.tables[r.Ledger]
	return t != nil && (t.describes() || tx.place(t, r.ID) != nil)
}

// turn hands the journal of additions to the program, or back to the triggers.
func (tx *Tx) turn() error {
	_, err := tx.ses.exec(tx.quiet, "UPDATE sys_now SET op = -op")
	return err
}

func (tx *Tx) addMany(records []*model.Record) error {
	if err := tx.turn(); err != nil {
		return err
	}
	tx.expect(len(records))
	b := newBulk(tx, records)
	for _, r := range records {
		if err := b.add(r); err != nil {
			return err
		}
	}
	if err := b.flush(); err != nil {
		return err
	}
	return tx.turn()
}

// expect makes room for so many records: maps that grow are made many times over.
func (tx *Tx) expect(n int) {
	if len(tx.touched) == 0 {
		tx.touched = make(map[recordKey]*touch, n)
	}
	if len(tx.kept) == 0 {
		tx.kept = make(map[recordKey]row, min(n, maxKept))
	}
}

// bulk gathers records until there are enough for a statement.
type bulk struct {
	tx      *Tx
	tables  []*table
	queues  map[*table]*queue
	above   map[recordKey]bool // parents of records that wait
	journal many
	text    []byte // room for one entry
}

// queue holds the records of one table that wait to be written.
type queue struct {
	columns []*column // those that any of the records has a value for
	records []*model.Record
	rows    many
}

func newBulk(tx *Tx, records []*model.Record) *bulk {
	given := map[string]map[string]bool{}
	for _, r := range records {
		if given[r.Ledger] == nil {
			given[r.Ledger] = map[string]bool{}
		}
		for key := range r.Values {
			given[r.Ledger][key] = true
		}
	}
	b := &bulk{tx: tx, queues: map[*table]*queue{}, above: map[recordKey]bool{},
		journal: newMany("INSERT INTO sys_change", []string{"ledger", "record", "area", "after"}, "op", "kind")}
	b.journal.shared = []any{tx.op.ID, string(model.Added)}
	for _, ledger := range sortedKeys(given) {
		if t := tx.schema.tables[ledger]; t != nil {
			b.tables = append(b.tables, t)
			b.queues[t] = newQueue(t, given[ledger], tx.beginnings())
		}
	}
	return b
}

// beginnings are the columns that are the same in all rows an operation adds, in
// the order of bornColumns: as admit gives them to the record.
func (tx *Tx) beginnings() []any {
	at := tx.op.At.UnixMilli()
	return []any{firstRevision, at, tx.by, at, tx.by}
}

var bornColumns = []string{"revision", "created_at", "created_by", "changed_at", "changed_by"}

func newQueue(t *table, given map[string]bool, beginnings []any) *queue {
	q := &queue{}
	names := []string{"id", model.AreaKey}
	for i := range t.columns {
		if c := &t.columns[i]; c.field != nil && given[c.key] {
			q.columns = append(q.columns, c)
			names = append(names, c.names()...)
		}
	}
	q.rows = newMany("INSERT INTO "+t.sqlName(), quoteAll(names), bornColumns...)
	q.rows.shared = beginnings
	return q
}

// add checks a record and has it wait. Where the check must see what waits, that
// is written first.
func (b *bulk) add(r *model.Record) error {
	t, err := b.tx.writable(r.Ledger)
	if err != nil {
		return err
	}
	if b.above[recordKey{t.Key, r.ID}] {
		if err := b.flush(); err != nil {
			return err
		}
	}
	if err := b.tx.admit(t, r); err != nil {
		return err
	}
	if up := r.Get(t.Parent).ID; up != "" {
		b.above[recordKey{t.Key, up}] = true
	}
	return b.put(t, r)
}

// put lays a record's row and its journal entry with those that wait.
func (b *bulk) put(t *table, r *model.Record) error {
	q := b.queues[t]
	q.rows.args = append(q.rows.args, r.ID, nullable(r.Area))
	b.text = append(b.text[:0], '{')
	if r.Area != "" {
		b.text = appendMember(b.text, jsonArea, []any{r.Area})
	}
	for _, c := range q.columns {
		start := len(q.rows.args)
		var err error
		if q.rows.args, err = c.bind(q.rows.args, r.Values[c.key], b.tx.secrets.of(t.Key, r.ID)); err != nil {
			return err
		}
		if stored := q.rows.args[start:]; stored[0] != nil {
			b.text = appendMember(b.text, c.key, stored)
		}
	}
	b.text = append(b.text, '}')
	q.records = append(q.records, r)
	b.journal.args = append(b.journal.args, t.Key, r.ID, nullable(r.Area), string(b.text))
	return b.write(t, false)
}

// write writes the records of a table that wait, as far as they fill statements, or
// all, and the entries likewise. AUTOINCREMENT numbers the rows of one statement
// one after another.
func (b *bulk) write(t *table, all bool) error {
	q := b.queues[t]
	err := q.rows.write(b.tx.ses, all, func(rows int, last int64) {
		for i, r := range q.records[:rows] {
			n := last - int64(rows-1-i)
			b.tx.touch(t, n, nil, r)
			b.tx.keep(t, row{Record: r, n: n})
		}
		q.records = append(q.records[:0], q.records[rows:]...)
	})
	if isUnique(err) {
		return b.explainTaken(t, err)
	}
	if err != nil {
		return err
	}
	return b.journal.write(b.tx.ses, all, nil)
}

// explainTaken names the record whose id is taken.
func (b *bulk) explainTaken(t *table, cause error) error {
	seen := map[string]bool{}
	for _, r := range b.queues[t].records {
		there, err := b.tx.ses.number(b.tx.quiet, "SELECT count(*) FROM "+t.sqlName()+" WHERE id = ?", r.ID)
		if err != nil {
			return err
		}
		if there > 0 || seen[r.ID] {
			return errTaken(t, r.ID, cause)
		}
		seen[r.ID] = true
	}
	return cause
}

// flush writes everything that waits.
func (b *bulk) flush() error {
	for _, t := range b.tables {
		if err := b.write(t, true); err != nil {
			return err
		}
	}
	clear(b.above)
	return nil
}

// many is an INSERT of several rows in the making.
type many struct {
	one, several string // the statements for one row and for rowsAtOnce
	width        int
	shared       []any // the values that are the same in all rows
	args         []any // the others, row by row
	call         []any // room for the arguments of one statement
}

// newMany prepares an INSERT. The shared columns have the same value in all rows
// and are given to SQLite once a statement.
func newMany(head string, columns []string, shared ...string) many {
	var numbered strings.Builder
	for i := range shared {
		numbered.WriteString("?" + strconv.Itoa(i+1) + ", ")
	}
	row := "(" + numbered.String() + "?" + strings.Repeat(", ?", len(columns)-1) + ")"
	one := head + " (" + strings.Join(slices.Concat(shared, columns), ", ") + ") VALUES " + row
	return many{one: one, several: one + strings.Repeat(", "+row, rowsAtOnce-1), width: len(columns)}
}

// write writes the rows that wait, as far as they fill statements, or all.
// wrote, if not nil, is told of each statement's rows and the number of the last.
func (m *many) write(ses *session, all bool, wrote func(rows int, last int64)) error {
	args := m.args
	for len(args) > 0 {
		query, rows := m.several, rowsAtOnce
		if len(args) < rowsAtOnce*m.width {
			if query, rows = m.one, 1; !all {
				break
			}
		}
		// Single statements are short: who writes many looks at the context between.
		m.call = append(append(m.call[:0], m.shared...), args[:rows*m.width]...)
		res, err := ses.exec(context.Background(), query, m.call...)
		if err != nil {
			return err
		}
		last, err := res.LastInsertId()
		if err != nil {
			return err
		}
		if wrote != nil {
			wrote(rows, last)
		}
		args = args[rows*m.width:]
	}
	m.args = append(m.args[:0], args...)
	return nil
}

// appendMember appends a field of journal JSON as the triggers write it: the value
// of its one column, or an array of all.
func appendMember(dst []byte, key string, stored []any) []byte {
	if dst[len(dst)-1] != '{' {
		dst = append(dst, ',')
	}
	dst = append(append(append(dst, '"'), key...), '"', ':')
	if len(stored) == 1 {
		return appendJSON(dst, stored[0])
	}
	for i, v := range stored {
		dst = append(dst, "[,"[min(i, 1)])
		dst = appendJSON(dst, v)
	}
	return append(dst, ']')
}

// appendJSON is SQLite's json_quote.
func appendJSON(dst []byte, v any) []byte {
	if n, ok := v.(int64); ok {
		return strconv.AppendInt(dst, n, 10)
	}
	dst = append(dst, '"')
	for _, c := range []byte(asString(v)) {
		dst = appendEscaped(dst, c)
	}
	return append(dst, '"')
}

func appendEscaped(dst []byte, c byte) []byte {
	const hex = "0123456789abcdef"
	switch {
	case c == '"' || c == '\\':
		return append(dst, '\\', c)
	case c >= ' ':
		return append(dst, c)
	}
	if i := strings.IndexByte("\b\t\n\f\r", c); i >= 0 {
		return append(dst, '\\', "btnfr"[i])
	}
	return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
}
