package fill

import (
	"cmp"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// Status is what becomes of a column.
type Status string

// The statuses of a column.
const (
	Filled  Status = "filled"  // by the program, or by the template's own formula
	Person  Status = "person"  // something is known, a person must decide or add
	Unknown Status = "unknown" // nothing is known of it
)

// Column is a column of a template, or a place of a form for one record.
type Column struct {
	exchange.TableColumn
	Name     string // C, or the address in a form for one record
	Source   Source
	Status   Status
	How      exchange.How
	Reason   string          // Chinese: why this source, or why none
	Proposed exchange.Path   // a suggestion that waits for a person's word
	Target   exchange.Target // of a path
	Style    Style
}

// Said are the sources a person gave, by the column's name, and those remembered, by
// header key. Words are read by ParseSource.
type Said struct {
	Chosen     map[string]string
	Remembered map[string]string
}

// Columns maps the columns of a table over a ledger, which may be nil. Only what is
// beyond doubt, remembered or chosen gets a source.
func Columns(t *sheet.Template, f *Frame, c *model.Catalog, l *model.Ledger, said Said) ([]Column, error) {
	var targets []exchange.Target
	if l != nil {
		targets = exchange.FillTargets(c, l)
	}
	matches := exchange.MapColumns(f.Table, targets)
	twice := repeated(f)
	var out []Column
	for _, tc := range f.Named() {
		col := Column{TableColumn: tc, Name: cmp.Or(tc.Place, sheet.ColName(tc.Col)), Status: Unknown, Reason: "台账里没有名称相同的项目。"}
		if i := slices.IndexFunc(matches, func(m exchange.Match) bool { return m.Col == tc.Col }); i >= 0 {
			col.match(matches[i])
		}
		if err := col.said(c, l, said, twice); err != nil {
			return nil, err
		}
		col.Style = style(t, f, tc)
		col.guard(t, f, c, l)
		out = append(out, col)
	}
	return out, nil
}

// repeated are the headers that stand over more than one column.
func repeated(f *Frame) map[string]bool {
	seen, out := map[string]bool{}, map[string]bool{}
	for _, c := range f.Named() {
		key := text.HeaderKey(c.Path)
		out[key] = seen[key]
		seen[key] = true
	}
	return out
}

// match takes what the headers say.
func (col *Column) match(m exchange.Match) {
	if !m.Sure() {
		col.Status, col.Proposed, col.How = Person, m.Path, m.How
		col.Reason = "名称相近，请核对后确认。"
		return
	}
	col.Source, col.How = Source{Kind: OfPath, Path: m.Path}, m.How
	col.Reason = map[exchange.How]string{exchange.HowExact: "与台账项目同名。", exchange.HowSynonym: "与台账项目是同一个意思。"}[m.How]
	if m.Path == exchange.PathSeq {
		col.Source = Source{Kind: Seq}
	}
}

// said puts a person's word over what the headers say: for this table, or for one with
// the same headers before.
func (col *Column) said(c *model.Catalog, l *model.Ledger, said Said, twice map[string]bool) error {
	key := text.HeaderKey(col.Path)
	words, how, reason := said.Chosen[col.Name], exchange.HowChosen, "您指定的。"
	chosen := false
	if _, chosen = said.Chosen[col.Name]; !chosen && !twice[key] {
		if words, chosen = said.Remembered[key]; chosen {
			how, reason = exchange.HowRemembered, "上次这样填的。"
		}
	}
	if !chosen {
		return nil
	}
	src, err := ParseSource(words, c, l)
	if err != nil {
		if how == exchange.HowRemembered { // the field is gone since
			return nil
		}
		return err
	}
	col.Source, col.How, col.Reason, col.Proposed = src, how, reason, ""
	if src.Kind == None {
		col.Status, col.Reason = Person, "说过由人工填。"
	}
	return nil
}

func style(t *sheet.Template, f *Frame, c exchange.TableColumn) Style {
	row, col := f.First, c.Col
	if c.Place != "" {
		row, col, _ = sheet.ParseCellName(c.Place)
	}
	return Style{Look: t.Look(f.Sheet, row, col), Header: c.Path + c.Unit, Date1904: t.Date1904}
}

// guard takes a source away where the column cannot take it.
func (col *Column) guard(t *sheet.Template, f *Frame, c *model.Catalog, l *model.Ledger) {
	look := col.Style.Look
	if look.Formula {
		col.Source, col.Status, col.Reason = Source{Kind: Formula}, Filled, "表里有公式，自动算。"
		return
	}
	if col.Source.Kind == None {
		return
	}
	col.Status = Filled
	hold := func(reason string) { col.Status, col.Reason, col.Source = Person, reason, Source{} }
	switch {
	case t.Protected(f.Sheet) && look.Locked:
		hold("这一列受保护，上级不让填。")
	case col.Source.Kind == OfPath:
		tg, err := exchange.ResolvePath(c, l, col.Source.Path)
		if err != nil || tg.Field == nil {
			hold("台账里没有这一项。")
			return
		}
		col.Target = tg
		unit, ok := exchange.ColumnUnit(f.Table, col.TableColumn, tg.Field)
		if !ok {
			hold("单位与台账的“" + tg.Field.Unit + "”不能换算。")
			return
		}
		col.Style.Unit = unit
	case col.Source.Kind == OfCalc && col.Source.Calc.Field != nil:
		unit, ok := exchange.ColumnUnit(f.Table, col.TableColumn, col.Source.Calc.Field)
		if !ok && col.Source.Calc.How != Count {
			hold("单位与台账的“" + col.Source.Calc.Field.Unit + "”不能换算。")
			return
		}
		col.Style.Unit = unit
	}
}

// Coverage counts what becomes of columns: 52 列已填 41，3 列需人工，8 列未知.
type Coverage struct{ Columns, Filled, Person, Unknown int }

// Add counts a table's columns.
func (c *Coverage) Add(cols []Column) {
	for _, col := range cols {
		c.Columns++
		switch col.Status {
		case Filled:
			c.Filled++
		case Person:
			c.Person++
		default:
			c.Unknown++
		}
	}
}

// Remember is what is kept of a table's mapping for the next one with such headers:
// sources by header key. Headers that stand over several columns are left out.
func Remember(f *Frame, cols []Column) map[string]string {
	twice := repeated(f)
	out := map[string]string{}
	for _, col := range cols {
		if key := text.HeaderKey(col.Path); !twice[key] && col.Source.Kind != Formula && (col.Source.Kind != None || col.How == exchange.HowChosen || col.How == exchange.HowRemembered) {
			out[key] = col.Source.String()
		}
	}
	return out
}

// Difference is how a template differs from the one filled before.
type Difference struct {
	Added, Removed []string
	Renamed        [][2]string // before, now
	Moved          []string
}

// None reports whether the headers are the same in the same order.
func (d Difference) None() bool {
	return len(d.Added)+len(d.Removed)+len(d.Renamed)+len(d.Moved) == 0
}

// Compare compares the headers of a template with those of the one filled before. A
// column between the same neighbours whose words are alike has been renamed.
func Compare(before, now []string) Difference {
	var d Difference
	keyed := func(list []string) []string {
		out := make([]string, len(list))
		for i, h := range list {
			out[i] = text.HeaderKey(h)
		}
		return out
	}
	was, is := keyed(before), keyed(now)
	gone := map[int]bool{}
	for i, k := range was {
		gone[i] = !slices.Contains(is, k)
	}
	for i, k := range is {
		if slices.Contains(was, k) {
			continue
		}
		if j := renamedFrom(was, is, gone, i); j >= 0 {
			gone[j] = false
			d.Renamed = append(d.Renamed, [2]string{before[j], now[i]})
			continue
		}
		d.Added = append(d.Added, now[i])
	}
	for i := range was {
		if gone[i] {
			d.Removed = append(d.Removed, before[i])
		}
	}
	d.Moved = moved(was, is, now)
	return d
}

// alike is how much two headers must have in common for one to be the other renamed.
const alike = 0.5

func renamedFrom(was, is []string, gone map[int]bool, i int) int {
	for j := range was {
		if !gone[j] || text.Similarity(was[j], is[i]) < alike {
			continue
		}
		left := i > 0 && j > 0 && was[j-1] == is[i-1] || i == 0 && j == 0
		right := i+1 < len(is) && j+1 < len(was) && was[j+1] == is[i+1] || i+1 == len(is) && j+1 == len(was)
		if left || right {
			return j
		}
	}
	return -1
}

// moved are the headers of both that stand in another order: all but those of the
// longest run that kept its order.
func moved(was, is, words []string) []string {
	var at []int // of the common headers of is, where they were
	var names []string
	for i, k := range is {
		if j := slices.Index(was, k); j >= 0 {
			at, names = append(at, j), append(names, words[i])
		}
	}
	best, from := make([]int, len(at)), make([]int, len(at))
	end := -1
	for i := range at {
		best[i], from[i] = 1, -1
		for j := range i {
			if at[j] < at[i] && best[j]+1 > best[i] {
				best[i], from[i] = best[j]+1, j
			}
		}
		if end < 0 || best[i] > best[end] {
			end = i
		}
	}
	kept := map[int]bool{}
	for i := end; i >= 0; i = from[i] {
		kept[i] = true
	}
	var out []string
	for i, n := range names {
		if !kept[i] {
			out = append(out, n)
		}
	}
	return out
}
