package exchange

import (
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// Tables that this program exported come back with marks of their own: a
// workbook with the hidden path row, a csv file, which can hide nothing, with a
// first column of record ids under a header that nobody else writes.

// idHeader heads the column of record ids in a csv file.
const idHeader = "编号（程序用，请勿改）"

// ownMark is where an exported table says that it is one.
type ownMark struct {
	header  int     // row of the visible header
	idCol   int     // column of the record ids
	matches []Match // by the path row; nil where only the header tells
}

// findOwnMark looks for the marks of an export on a sheet.
func findOwnMark(s *sheet.Sheet) (ownMark, bool) {
	if row, idCol, matches := findPaths(s); row > 0 {
		at := slices.IndexFunc(s.Rows, func(r sheet.Row) bool { return r.Index > row && len(r.Cells) > 0 })
		if at < 0 {
			return ownMark{}, false
		}
		return ownMark{s.Rows[at].Index, idCol, matches}, true
	}
	const depth = 20
	for i := 0; i < len(s.Rows) && s.Rows[i].Index <= depth; i++ {
		for _, c := range s.Rows[i].Cells {
			if c.Kind == sheet.Text && text.HeaderKey(c.Text) == text.HeaderKey(idHeader) {
				return ownMark{header: s.Rows[i].Index, idCol: c.Col}, true
			}
		}
	}
	return ownMark{}, false
}

// ownTable returns the one table of a sheet that this program exported: its
// header is known, and a row with an id counts wherever it stands.
func (g *grid) ownTable() (Table, bool) {
	own, ok := findOwnMark(g.s)
	if !ok {
		return Table{}, false
	}
	last, width := g.s.Extent()
	h := header{block: block{1, width}, first: own.header, last: own.header}
	for i := 0; i < len(g.s.Rows) && g.s.Rows[i].Index <= own.header; i++ {
		l := g.lineAt(i, h.block)
		switch {
		case l.row == own.header:
			h.lines = []line{l}
		case len(l.spots) > 0 && !isPathLine(l):
			h.preamble = append(h.preamble, l)
		}
	}
	t, _ := g.readTable(h)
	t.end = last
	return t, true
}

// OwnColumns returns the matches of a table of the ledger that this program
// exported: its hidden path row says what each column is, whatever its header
// has become; without one the headers are read as the exact labels they were
// written as. ok is false for any other table.
func OwnColumns(s *sheet.Sheet, t *Table, c *model.Catalog, l *model.Ledger) (matches []Match, ok bool) {
	own, found := findOwnMark(s)
	if !found || own.header > t.HeaderFirst {
		return nil, false
	}
	if own.matches == nil {
		own.matches = labelMatches(t, c, l)
	}
	for _, m := range own.matches {
		if m.Col != own.idCol {
			matches = append(matches, m)
		}
	}
	if len(matches) == 0 {
		return nil, false
	}
	return append(matches, Match{Col: own.idCol, Path: PathID, How: HowExact, Score: scoreExact}), true
}

// labelMatches matches columns by the headers that ExportRows writes.
func labelMatches(t *Table, c *model.Catalog, l *model.Ledger) []Match {
	paths := map[string]Path{}
	for _, p := range ExportColumns(l) {
		if tg, err := ResolvePath(c, l, p); err == nil {
			paths[bare(tg.header())] = p
		}
	}
	for _, tg := range Targets(c, l) {
		paths[bare(tg.header())] = tg.Path
	}
	var out []Match
	for _, col := range t.Named() {
		if p, ok := paths[col.Path]; ok {
			out = append(out, Match{Col: col.Col, Path: p, How: HowExact, Score: scoreExact})
			delete(paths, col.Path)
		}
	}
	return out
}

// header is the target's header where nothing but the header tells what a column
// is: a field of another record is told from one of the row's own.
func (tg Target) header() string {
	switch {
	case tg.Through != nil:
		return tg.Through.Label + "/" + tg.Field.Header()
	case tg.Child != nil:
		return tg.Child.Label + "/" + tg.Field.Header()
	}
	return tg.Field.Header()
}

// OwnLedger returns the ledger of a table that this program exported: the one
// that the title or the sheet names, else the only one that has all its columns.
// nil for any other table.
func OwnLedger(s *sheet.Sheet, t *Table, c *model.Catalog) *model.Ledger {
	var fits []*model.Ledger
	for _, l := range c.All() {
		if matches, ok := OwnColumns(s, t, c, l); ok && !l.System && ownsAll(c, l, t, matches) {
			fits = append(fits, l)
		}
	}
	named := slices.DeleteFunc(slices.Clone(fits), func(l *model.Ledger) bool {
		return t.Sheet != l.Label && !strings.HasSuffix(t.Title, l.Label)
	})
	switch {
	case len(named) == 1:
		return named[0]
	case len(fits) == 1:
		return fits[0]
	}
	return nil
}

// ownsAll reports whether every column of an export is one of the ledger's.
func ownsAll(c *model.Catalog, l *model.Ledger, t *Table, matches []Match) bool {
	for _, m := range matches {
		if _, err := ResolvePath(c, l, m.Path); err != nil {
			return false
		}
	}
	return !slices.ContainsFunc(Unmapped(t, matches), func(u TableColumn) bool { return !isNumbering(u.Path) })
}

// importable reports whether a table may state a value of the target: derived
// fields follow from others, read-only ones are the program's, and fields of
// another record seen through a reference belong to that record.
func (tg Target) importable(ledgerOfRow string) bool {
	if tg.Field == nil || tg.Through != nil || tg.Field.ReadOnly {
		return false
	}
	return tg.Child != nil || tg.Ledger.Key != ledgerOfRow || !tg.Ledger.IsDerived(tg.Field.Key)
}
