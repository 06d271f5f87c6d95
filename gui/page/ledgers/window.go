package ledgers

import (
	"cmp"
	"slices"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/model"
)

const (
	pageRows  = 100 // records read at once
	mostPages = 100 // kept; beyond that the oldest are dropped
	mostAsked = 4   // pages read in one go, after a long jump
)

// cellKey names a cell by what it is, not by where it stands.
type cellKey struct{ record, field string }

// note is what is said about a cell: what was typed and could not be kept, or what
// looks wrong about it.
type note struct {
	typed   string // shown in place of the value, where held
	held    bool
	words   string
	problem bool // an error; else only a doubt
}

// window is the grid's source over a ledger of any size: it holds the pages that
// came into sight and asks for those that are missing.
type window struct {
	ledger *model.Ledger
	fields []*model.Field
	cols   []grid.Column
	total  int
	pages  map[int]*sheaf
	notes  map[cellKey]note
	// ask is called when rows are wanted that are not there.
	ask func()
	// keep names a row that must not be dropped: the first one chosen.
	keep func() int

	asked  run // pages wanted
	coming run // pages being read
	age    int
}

// sheaf is one page of records.
type sheaf struct {
	records []*model.Record
	stale   bool // shown, but to be read anew
	age     int
}

// newWindow makes a window over a ledger of total records.
func newWindow(l *model.Ledger, fields []*model.Field, cols []grid.Column, total int) *window {
	return &window{ledger: l, fields: fields, cols: cols, total: total,
		pages: map[int]*sheaf{}, notes: map[cellKey]note{}, ask: func() {}, keep: func() int { return -1 }}
}

// Len is the number of rows.
func (w *window) Len() int { return w.total }

// Columns lists the columns.
func (w *window) Columns() []grid.Column { return w.cols }

// Cell shows one value, nothing while the row is on its way.
func (w *window) Cell(row, col int) grid.Cell {
	rec := w.record(row)
	if rec == nil {
		return grid.Cell{}
	}
	f := w.fields[col]
	c := cellOf(w.ledger, f, rec)
	n, ok := w.notes[cellKey{rec.ID, f.Key}]
	if !ok {
		return c
	}
	if n.held {
		c.Text = n.typed
	}
	c.Hint, c.Fill = n.words, grid.FillChanged
	if n.problem {
		c.Fill = grid.FillConflict
	}
	return c
}

// editText is what the edit of a cell starts with.
func (w *window) editText(row, col int) string {
	rec := w.record(row)
	if rec == nil {
		return ""
	}
	f := w.fields[col]
	if n := w.notes[cellKey{rec.ID, f.Key}]; n.held {
		return n.typed
	}
	return editWords(f, rec.Get(f.Key))
}

// record returns the record of a row, or nil while it is on its way; a page that is
// missing or stale is asked for.
func (w *window) record(row int) *model.Record {
	if row < 0 || row >= w.total {
		return nil
	}
	s := w.pages[row/pageRows]
	if s == nil || s.stale {
		w.want(row)
	}
	if s == nil || row%pageRows >= len(s.records) {
		return nil
	}
	return s.records[row%pageRows]
}

// want notes that the page of a row is to be read, unless it is noted or on its
// way already.
func (w *window) want(row int) {
	page := row / pageRows
	if w.asked.has(page) || w.coming.has(page) {
		return
	}
	w.asked = w.asked.with(page)
	w.ask()
}

// wanted returns the rows to read next and notes that they are coming, ok if there
// are any. After a long jump only the end of the way matters.
func (w *window) wanted() (offset, limit int, ok bool) {
	next := run{max(w.asked.low, w.asked.high-mostAsked), w.asked.high}
	w.asked = run{}
	if ok = next.high > next.low; ok {
		w.coming = next
	}
	return next.low * pageRows, (next.high - next.low) * pageRows, ok
}

// arrived notes that nothing is on its way any more.
func (w *window) arrived() { w.coming = run{} }

// run is some pages in a row, high excluded.
type run struct{ low, high int }

func (r run) has(page int) bool { return page >= r.low && page < r.high }

func (r run) with(page int) run {
	if r.low == r.high {
		return run{page, page + 1}
	}
	return run{min(r.low, page), max(r.high, page+1)}
}

// put takes in the answer to a request of limit records from offset on, both whole
// pages. A page that came back empty is kept as such, or it would be asked for
// without end.
func (w *window) put(offset, limit int, got model.Page) {
	if got.Total != w.total {
		w.total = got.Total
		for i, s := range w.pages {
			s.stale = true
			if i*pageRows >= w.total {
				delete(w.pages, i)
			}
		}
	}
	w.age++
	for at := 0; at < limit; at += pageRows {
		from, to := min(at, len(got.Records)), min(at+pageRows, len(got.Records))
		w.pages[(offset+at)/pageRows] = &sheaf{records: slices.Clone(got.Records[from:to]), age: w.age}
	}
	w.drop()
}

// drop lets the oldest pages go.
func (w *window) drop() {
	if len(w.pages) <= mostPages {
		return
	}
	kept := w.keep() / pageRows
	order := make([]int, 0, len(w.pages))
	for i := range w.pages {
		if i != kept {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(w.pages[a].age, w.pages[b].age) })
	for _, i := range order[:len(w.pages)-mostPages] {
		delete(w.pages, i)
	}
}

// stale has every page read anew when it is next seen, beginning with a row's.
func (w *window) stale(row int) {
	for _, s := range w.pages {
		s.stale = true
	}
	w.arrived() // what is on its way is stale as well
	w.want(max(0, row))
}

// replace puts a record that was just written in its old one's place.
func (w *window) replace(rec *model.Record) {
	for _, s := range w.pages {
		for i, old := range s.records {
			if old.ID == rec.ID {
				s.records[i] = written(old, rec)
			}
		}
	}
}

// written is a record as stored, with what was derived of it before until it is
// read anew.
func written(old, rec *model.Record) *model.Record {
	out := *rec
	if len(out.Derived) == 0 {
		out.Derived = old.Derived
	}
	return &out
}

// mark says something about a cell.
func (w *window) mark(record, field string, n note) { w.notes[cellKey{record, field}] = n }

// clear forgets what was said about a record.
func (w *window) clear(record string) {
	for k := range w.notes {
		if k.record == record {
			delete(w.notes, k)
		}
	}
}

// position finds a record among those that are there, -1 if it is not.
func (w *window) position(id string) int {
	for page, s := range w.pages {
		for i, r := range s.records {
			if r.ID == id {
				return page*pageRows + i
			}
		}
	}
	return -1
}

// missing reports whether a row between two, both included, is not there.
func (w *window) missing(first, last int) bool {
	for page := first / pageRows; page <= last/pageRows; page++ {
		if w.pages[page] == nil {
			return true
		}
	}
	return false
}

// peek returns the record of a row if it is there, asking for nothing.
func (w *window) peek(row int) *model.Record {
	s := w.pages[row/pageRows]
	if s == nil || row%pageRows >= len(s.records) {
		return nil
	}
	return s.records[row%pageRows]
}

// tsv writes rows of records, which begin with the row first, as the grid copies
// them: as they are shown.
func (w *window) tsv(records []*model.Record, first int, rows []int, from, to int) string {
	var out [][]string
	for _, row := range rows {
		if row-first >= len(records) {
			break
		}
		cells := make([]string, 0, to-from+1)
		for _, f := range w.fields[from : to+1] {
			cells = append(cells, cellOf(w.ledger, f, records[row-first]).Text)
		}
		out = append(out, cells)
	}
	return grid.FormatTSV(out)
}
