package store

import (
	"context"
	"database/sql/driver"
	"slices"
	"strings"

	"modernc.org/sqlite"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

// searchBits is the room for the rows of one ledger among the row numbers of the
// search index: ledger number in the high bits, n in the low ones.
const searchBits = 36

// searchSpan is the range of a ledger in the index; the row of record n is low+n.
func searchSpan(number int64) (low, high int64) {
	low = number << searchBits
	return low, low + 1<<searchBits - 1
}

// partSep stands between the texts of a record when they are checked together.
const partSep = "\x1e"

func init() {
	// xz_contains(texts, words) is the last word on a search hit: the index knows
	// pairs of characters, not whether they follow each other.
	sqlite.MustRegisterDeterministicScalarFunction("xz_contains", 2, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		return text.Contains(asString(args[1]), strings.Split(asString(args[0]), partSep)...), nil
	})
}

// searched reports whether the field's words can be searched.
func searched(f *model.Field) bool {
	if f.Sensitive || f.Internal {
		return false
	}
	switch f.Kind {
	case model.KindInteger, model.KindDecimal, model.KindPercent, model.KindBool, model.KindFiles:
		return false
	}
	return true
}

// findSearched finds the columns whose words are indexed: none for ledgers that
// the program keeps for itself.
func (t *table) findSearched() []*column {
	if t.System {
		return nil
	}
	var out []*column
	for i := range t.columns {
		if f := t.columns[i].field; f != nil && searched(f) {
			out = append(out, &t.columns[i])
		}
	}
	return out
}

// searchTexts are the words of a record as people see them.
func (t *table) searchTexts(r *model.Record) []string {
	out := make([]string, 0, len(t.searched))
	for _, c := range t.searched {
		if v := r.Get(c.key); v.Set {
			out = append(out, c.field.Show(v))
		}
	}
	return out
}

// containsSQL is the condition that a record really contains the words, which
// are its one argument.
func (t *table) containsSQL() string {
	var parts []string
	for _, c := range t.searched {
		parts = append(parts, shownSQL(c))
	}
	if len(parts) == 0 {
		return "xz_contains('', ?)"
	}
	return "xz_contains(concat_ws(char(30), " + strings.Join(parts, ", ") + "), ?)"
}

// shownSQL is what Field.Show gives, in SQL: labels for options.
func shownSQL(c *column) string {
	name := "t." + quote(c.key)
	if c.field.Kind != model.KindEnum && c.field.Kind != model.KindMultiEnum {
		return name
	}
	if c.field.Kind == model.KindMultiEnum {
		name = "char(31) || " + name + " || char(31)"
		for _, o := range c.field.Options {
			if o.Key != o.Label {
				name = "replace(" + name + ", char(31) || " + literal(o.Key) + " || char(31), char(31) || " + literal(o.Label) + " || char(31))"
			}
		}
		return "replace(trim(" + name + ", char(31)), char(31), '、')"
	}
	var whens strings.Builder
	for _, o := range c.field.Options {
		if o.Key != o.Label {
			whens.WriteString(" WHEN " + literal(o.Key) + " THEN " + literal(o.Label))
		}
	}
	if whens.Len() == 0 {
		return name
	}
	return "CASE " + name + whens.String() + " ELSE " + name + " END"
}

func (t *table) unindex(ctx context.Context, ses *session, n int64) error {
	if t.System {
		return nil
	}
	low, _ := searchSpan(t.number)
	_, err := ses.exec(ctx, "DELETE FROM sys_search WHERE rowid = ?", low+n)
	return err
}

// searchSignature is what the words of a ledger's index depend on: its fields and
// the labels of their options, one a line.
type searchSignature string

func (t *table) searchSignature() searchSignature {
	var lines []string
	for _, c := range t.searched {
		lines = append(lines, "field "+c.key)
		for _, o := range c.field.Options {
			lines = append(lines, "option "+c.key+" "+o.Key+" "+o.Label)
		}
	}
	slices.Sort(lines)
	return searchSignature(strings.Join(lines, "\n"))
}

// searchStep returns the statement that notes a changed signature, "" if it has
// not changed. The index is stale if a field or a label has gone, or a field is
// back whose column was there all along: their words must leave or enter it.
func (t *table) searchStep(old searchSignature, have physical) string {
	now := t.searchSignature()
	if now == old {
		return ""
	}
	stale := 0
	if old != "" && t.isStale(old, now, have) {
		stale = 1
	}
	return "UPDATE sys_ledger SET search = " + literal(string(now)) + ", stale = max(stale, " + itoa(stale) + ") WHERE key = " + literal(t.Key)
}

func (t *table) isStale(old, now searchSignature, have physical) bool {
	before, after := strings.Split(string(old), "\n"), strings.Split(string(now), "\n")
	for _, line := range before {
		if !slices.Contains(after, line) {
			return true
		}
	}
	for _, line := range after {
		key, isField := strings.CutPrefix(line, "field ")
		if isField && !slices.Contains(before, line) &&
			slices.ContainsFunc(have[t.Key], func(c physicalColumn) bool { return c.name == key }) {
			return true
		}
	}
	return false
}

// reindex rebuilds the search index of the ledgers that are stale, and returns how
// many those are.
func (v *view) reindex(ctx context.Context) (int, error) {
	keys, err := v.ses.strings(ctx, "SELECT key FROM sys_ledger WHERE stale <> 0")
	if err != nil {
		return 0, err
	}
	for _, key := range keys {
		if t := v.schema.tables[key]; t != nil {
			if err := v.reindexTable(ctx, t); err != nil {
				return 0, err
			}
		}
		if _, err := v.ses.exec(ctx, "UPDATE sys_ledger SET stale = 0 WHERE key = ?", key); err != nil {
			return 0, err
		}
	}
	return len(keys), nil
}

func (v *view) reindexTable(ctx context.Context, t *table) error {
	low, high := searchSpan(t.number)
	if _, err := v.ses.exec(ctx, "DELETE FROM sys_search WHERE rowid BETWEEN ? AND ?", low, high); err != nil {
		return err
	}
	ns, err := v.ses.numbers(ctx, "SELECT n FROM "+t.sqlName()+" ORDER BY n")
	if err != nil {
		return err
	}
	return v.index(ctx, t, ns, nil)
}

// index writes the words of the records with these n, ascending as FTS5 wants
// them, into the search index, where they must not be yet. Records at hand are
// given in kept. While SQLite takes in the words of some records, a goroutine
// takes those of the next apart; there is one at a time, and none afterwards.
func (v *view) index(ctx context.Context, t *table, ns []int64, kept map[int64]*model.Record) error {
	w := wordWriter{table: t}
	defer w.wait()
	for chunk := range slices.Chunk(ns, chunkRows) {
		records, err := v.at(ctx, t, chunk, kept)
		if err != nil {
			return err
		}
		ready := w.wait()
		w.takeApart(chunk, records)
		if err := w.write(ctx, v.ses, ready); err != nil {
			return err
		}
	}
	return w.write(ctx, v.ses, w.wait())
}

// at returns the records with these n, those at hand without loading them.
func (v *view) at(ctx context.Context, t *table, ns []int64, kept map[int64]*model.Record) ([]*model.Record, error) {
	missing := slices.DeleteFunc(slices.Clone(ns), func(n int64) bool { return kept[n] != nil })
	loaded, err := v.byNumber(ctx, t, missing)
	if err != nil {
		return nil, err
	}
	out := make([]*model.Record, len(ns))
	for i, n := range ns {
		if out[i] = kept[n]; out[i] == nil {
			out[i] = loaded[n]
		}
	}
	return out, nil
}

// wordWriter writes the words of a table's records into the search index.
type wordWriter struct {
	table   *table
	indexer text.Indexer
	busy    chan []indexed // holds what is being taken apart; nil if nothing is
}

// indexed are the words of the record n as the index gets them.
type indexed struct {
	n     int64
	words string
}

// takeApart begins to take the words of the records apart. The goroutine alone
// uses the indexer until wait.
func (w *wordWriter) takeApart(ns []int64, records []*model.Record) {
	busy := make(chan []indexed, 1)
	w.busy = busy
	go func() {
		out := make([]indexed, len(ns))
		for i, n := range ns {
			out[i] = indexed{n, w.indexer.Tokens(w.table.searchTexts(records[i])...)}
		}
		busy <- out
	}()
}

// wait returns what the goroutine has taken apart, once it has ended.
func (w *wordWriter) wait() []indexed {
	if w.busy == nil {
		return nil
	}
	out := <-w.busy
	w.busy = nil
	return out
}

// write gives the words to FTS5 one record at a time: a statement of several rows
// would make it write out what it has gathered.
func (w *wordWriter) write(ctx context.Context, ses *session, ready []indexed) error {
	low, _ := searchSpan(w.table.number)
	for _, r := range ready {
		if r.words == "" {
			continue
		}
		if _, err := ses.exec(ctx, "INSERT INTO sys_search(rowid, words) VALUES (?, ?)", low+r.n, r.words); err != nil {
			return err
		}
	}
	return nil
}
