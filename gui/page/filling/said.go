package filling

import (
	"maps"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
	"xiangzhen/model/fill"
)

// said is a table on its way with what the clerk said of it.
type said struct {
	opened *app.FillDraft // as the program read it
	draft  *app.FillDraft // with the places that were put right
	tables map[int]app.FillChoice
	table  int // that is looked at
	// register and registerFor are the registered table, and the period of it, that the
	// file is kept for, as FillRequest has them.
	register    string
	registerFor model.Period
}

// with returns what is said if one table's choice is changed; s stays as it is.
func (s said) with(table int, say func(*app.FillChoice)) said {
	tables := maps.Clone(s.tables)
	if tables == nil {
		tables = map[int]app.FillChoice{}
	}
	c := tables[table]
	c.Map, c.Typed, c.Where = copied(c.Map), copied(c.Typed), slices.Clone(c.Where)
	say(&c)
	tables[table] = c
	s.tables = tables
	return s
}

func copied(m map[string]string) map[string]string {
	if m = maps.Clone(m); m == nil {
		m = map[string]string{}
	}
	return m
}

// drafted returns what is said if a table is read in another way: what was said of its
// columns and cells is about other ones now.
func (s said) drafted(d *app.FillDraft) said {
	s.draft = d
	return s.with(s.table, func(c *app.FillChoice) { c.Map, c.Typed = nil, nil })
}

// proposed are the sources of the columns that wait for the clerk's word, as she would
// confirm them.
func proposed(cols []fill.Column) map[string]string {
	out := map[string]string{}
	for i := range cols {
		if c := &cols[i]; c.Proposed != "" {
			out[c.Name] = string(c.Proposed)
		}
	}
	return out
}

// nextOpen is the next column behind one that the program does not fill, going round;
// -1 if there is none.
func nextOpen(cols []fill.Column, after int) int {
	for n := range cols {
		if i := (after + 1 + n) % len(cols); cols[i].Status != fill.Filled {
			return i
		}
	}
	return -1
}

// columnAt is the column of a table that a place on its sheet belongs to; -1 for none.
func columnAt(t *app.FillTable, col int, address string) int {
	return slices.IndexFunc(t.Columns, func(c fill.Column) bool {
		if c.Place != "" {
			return c.Name == address
		}
		return c.Col == col
	})
}

// backTo is the field of a record into which the words of a cell can be written back:
// one of the record itself that people enter, in the unit that the table has it in.
func backTo(t *app.FillTable, col int, address string, cell *app.FillCell) (field string, ok bool) {
	i := columnAt(t, col, address)
	if i < 0 || cell == nil || cell.Record == "" {
		return "", false
	}
	c := &t.Columns[i]
	tg := c.Target
	if c.Source.Kind != fill.OfPath || tg.Field == nil || tg.Through != nil || tg.Child != nil || tg.Field.ReadOnly || c.Source.Path == exchange.PathArea {
		return "", false
	}
	if tg.Ledger == nil || tg.Ledger.Key != cell.Ledger || tg.Ledger.IsDerived(tg.Field.Key) || c.Style.Unit != "" && c.Style.Unit != tg.Field.Unit {
		return "", false
	}
	return tg.Field.Key, true
}
