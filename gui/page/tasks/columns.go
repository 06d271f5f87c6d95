package tasks

import (
	"fmt"
	"slices"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page/steps"
	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/text"
)

// Keys of the columns: mostly fields of a task. Those of a report of the period
// carry the mark of ofReport.
const (
	colTitle    = "title"
	colDocNo    = "doc_no"
	colUnit     = "unit"
	colPerson   = "person"
	colDue      = "due"
	colQuantity = "quantity"
	colState    = "state"
	colLight    = "light"
	colPercent  = "percent"
	colUpdated  = "updated_on"
	colProblem  = "problem"

	colReported = "report.percent"
	colAmount   = "report.done_qty"
	colBefore   = "before.percent"
)

// ofReport marks the columns that fields of this period's report stand in.
const ofReport = "report."

// shipped are the columns of CLERK 23; the rest can be switched on.
var shipped = []string{colTitle, colUnit, colPerson, colDue, colLight, colPercent, colQuantity, colState, colUpdated, colProblem, colDocNo}

// listColumns are all columns of the list, first the shipped ones.
func listColumns(l *model.Ledger) []grid.Column {
	edit := func(c grid.Column) grid.Column {
		c.Editable, c.Kind = true, l.Field(c.Key).Kind
		return c
	}
	return append([]grid.Column{
		edit(grid.Column{Key: colTitle, Title: "事项", Width: 280, Grow: true, Pinned: true, Sortable: true, Filter: true}),
		edit(grid.Column{Key: colUnit, Title: "责任单位", Width: 100, Sortable: true, Filter: true}),
		edit(grid.Column{Key: colPerson, Title: "责任人", Width: 76, Sortable: true, Filter: true}),
		edit(grid.Column{Key: colDue, Title: "完成时限", Width: 112, Sortable: true, Filter: true}),
		{Key: colLight, Title: "红黄绿", Width: 118, Sortable: true, Filter: true},
		{Key: colPercent, Title: "进度", Width: 134, Sortable: true},
		{Key: colQuantity, Title: "完成量/目标量", Width: 130, Filter: true},
		{Key: colState, Title: "办理状态", Width: 84, Sortable: true, Filter: true},
		{Key: colUpdated, Title: "最近更新", Width: 84, Sortable: true},
		{Key: colProblem, Title: "存在问题", Width: 170, Filter: true},
		edit(grid.Column{Key: colDocNo, Title: "来源文号", Width: 170, Filter: true}),
	}, moreColumns(l)...)
}

// moreColumns are the other fields of a task, off until they are switched on.
func moreColumns(l *model.Ledger) []grid.Column {
	var out []grid.Column
	for _, fields := range [][]model.Field{l.Fields, l.Derived} {
		for i := range fields {
			f := &fields[i]
			if f.Internal || slices.Contains(shipped, f.Key) || f.Kind == model.KindFiles || slices.Contains(shownOtherwise, f.Key) {
				continue
			}
			c := grid.Column{Key: f.Key, Title: f.Label, Width: 120, Sortable: true, Filter: true, Kind: f.Kind}
			c.Editable = !f.ReadOnly && !l.IsDerived(f.Key) && f.Key != l.Parent
			c.Options = optionLabels(f)
			out = append(out, c)
		}
	}
	return out
}

// shownOtherwise are fields that stand in a column of another name.
var shownOtherwise = []string{"due_first", "target_qty", "target_unit", "done_qty", "computed_qty", "owed", "light_reason", "late_below"}

// optionLabels are the choices of a field with fixed ones; text with words to offer
// takes others too and is typed.
func optionLabels(f *model.Field) []string {
	switch f.Kind {
	case model.KindBool:
		return []string{"是", "否"}
	case model.KindEnum:
		var out []string
		for _, o := range f.Options {
			out = append(out, o.Label)
		}
		return out
	}
	return nil
}

// fastColumns are those of 批量填进展: one row an item, the report typed into it.
func fastColumns(p *model.Ledger) []grid.Column {
	cols := []grid.Column{
		{Key: colUnit, Title: "责任单位", Width: 90, Pinned: true},
		{Key: colTitle, Title: "事项", Width: 190, Grow: true, Pinned: true},
		{Key: colQuantity, Title: "完成量/目标量", Width: 124},
		{Key: colBefore, Title: "上期", Width: 64, Align: grid.AlignRight},
	}
	widths := map[string]float32{"percent": 84, "done_qty": 84, "text": 240, "problem": 170, "next_step": 150}
	for _, key := range reportFields {
		f := p.Field(key)
		c := grid.Column{Key: ofReport + key, Title: f.Label, Width: widths[key], Editable: true, Kind: f.Kind}
		if f.Kind.Numeric() {
			c.Align = grid.AlignRight
		}
		cols = append(cols, c)
	}
	return cols
}

// reportFields are what is entered for a period.
var reportFields = []string{"percent", "done_qty", "text", "problem", "next_step"}

// chosenColumns are the columns switched on, the pinned ones first.
func chosenColumns(all []grid.Column, on []string) []grid.Column {
	if len(on) == 0 {
		on = shipped
	}
	var out []grid.Column
	for _, c := range all {
		if c.Pinned || slices.Contains(on, c.Key) {
			out = append(out, c)
		}
	}
	return out
}

// columnText are the words of a column, as they are shown and filtered by.
func columnText(d data, r *model.Record, key string) string {
	switch key {
	case colLight:
		_, words := steps.Light(r)
		return words
	case colPercent:
		_, words, _ := percent(r)
		return words
	case colQuantity:
		return quantity(d.ledger, r)
	case colReported, colAmount, ofReport + "text", ofReport + "problem", ofReport + "next_step", colBefore:
		return reportText(d, r, key)
	}
	f := d.ledger.Field(key)
	if f == nil {
		return ""
	}
	v := r.Get(key)
	if f.Kind == model.KindDate {
		return shortDay(f.Show(v), d.today)
	}
	return oneLine(f.Show(v))
}

// reportText is a value of the period's report, or of the month before.
func reportText(d data, r *model.Record, key string) string {
	if key == colBefore {
		return withPercent(showNumber(d.progress.Field("percent"), d.earlier[r.ID].Get("percent")))
	}
	f := d.progress.Field(key[len(ofReport):])
	words := showNumber(f, d.reports[r.ID].Get(f.Key))
	if f.Kind == model.KindPercent {
		words = withPercent(words)
	}
	return oneLine(words)
}

// editText is what an edit of a cell begins with: the whole words of the value.
func editText(d data, r *model.Record, key string) string {
	f, rec := target(d, r, key)
	if f == nil {
		return ""
	}
	return showNumber(f, rec.Get(f.Key))
}

// target is the field that a column edits, and the record that holds it: the report
// of the period may not exist yet.
func target(d data, r *model.Record, key string) (*model.Field, *model.Record) {
	if isReport(key) {
		return d.progress.Field(key[len(ofReport):]), d.reports[r.ID]
	}
	return d.ledger.Field(key), r
}

func isReport(key string) bool { return len(key) > len(ofReport) && key[:len(ofReport)] == ofReport }

// sortValue is a text by whose order a column is sorted.
func sortValue(d data, r *model.Record, key string) string {
	v := r.Get(key)
	switch key {
	case colUnit:
		return fmt.Sprintf("%09d", d.rankOf(r))
	case colPercent:
		share, _, known := percent(r)
		if !known {
			return ""
		}
		return fmt.Sprintf("%07.4f", share)
	case colLight:
		return lightOrder(d.ledger, r)
	}
	f := d.ledger.Field(key)
	switch {
	case f == nil || v.IsEmpty():
		return ""
	case f.Kind == model.KindDate:
		return string(v.End)
	case f.Kind == model.KindEnum:
		return fmt.Sprintf("%03d", slices.IndexFunc(f.Options, func(o model.Option) bool { return o.Key == v.Text }))
	case f.Kind.Numeric():
		return fmt.Sprintf("%020d", uint64(v.Num)^1<<63) // negative numbers before the others
	}
	return text.Full(columnText(d, r, key))
}

// lightOrder sorts by the light, then by the days that are left.
func lightOrder(l *model.Ledger, r *model.Record) string {
	for i, o := range l.Field(colLight).Options {
		if o.Key == r.Get(colLight).Text {
			return fmt.Sprintf("%02d%09d", i, 1_000_000+r.Get("days_left").Num)
		}
	}
	return ""
}

// source shows rows in the grid, with what is not written yet over them.
type source struct {
	data
	cols  []grid.Column
	rows  []row
	edits edits
	flat  bool // no tree: an item's own weight
}

// Len is the number of rows.
func (s *source) Len() int { return len(s.rows) }

// Columns lists the columns.
func (s *source) Columns() []grid.Column { return s.cols }

// Cell shows one value. What is of a level above is grey throughout.
func (s *source) Cell(at, col int) grid.Cell {
	r := s.rows[at]
	key := s.cols[col].Key
	c := s.cell(r, key)
	if r.foreign {
		c.Tone, c.Fill = look.ToneQuiet, grid.FillMuted
	}
	if e, ok := s.edits[cellKey{r.rec.ID, key}]; ok {
		return e.cell(c)
	}
	return c
}

func (s *source) cell(r row, key string) grid.Cell {
	c := grid.Cell{Text: columnText(s.data, r.rec, key)}
	switch key {
	case colTitle:
		s.titleCell(&c, r)
	case colLight:
		c.Mark, _ = steps.Light(r.rec)
		c.Tone = c.Mark.Tone()
	case colPercent:
		c.Bar, _, c.HasBar = percent(r.rec)
		if r.rec.Get(colLight).Text == ledgers.LightRed {
			c.Tone = look.ToneOverdue
		}
	case colDue:
		if first := r.rec.Get("due_first"); !first.IsEmpty() {
			c.Strike = shortDay(first.Text, s.today)
			c.Hint = "原时限 " + first.Text + "，已同意延期到 " + r.rec.Get("due").Text
		}
	case colBefore:
		c.Tone = look.ToneQuiet
	default:
		c.Hint = hint(s.data, r.rec, key)
	}
	return c
}

// hint shows long words whole, with their line breaks.
func hint(d data, r *model.Record, key string) string {
	f, rec := target(d, r, key)
	if f == nil || f.Kind != model.KindLongText {
		return ""
	}
	return rec.Get(f.Key).Text
}

// titleCell is the cell with the tree.
func (s *source) titleCell(c *grid.Cell, r row) {
	if !s.flat {
		c.Indent, c.Twist, c.Bold = r.depth, twist(r), r.depth == 0 && len(r.children) > 0
	}
	if words := owed(s.ledger, r.rec); words != "" {
		c.Text += " " + words
	}
	if length(c.Text)+2*c.Indent > mostTitle {
		c.Hint = c.Text
	}
}

// mostTitle is the length of a title, in Chinese characters, that its column shows
// for certain; a longer one is shown whole under the mouse.
const mostTitle = 17

// length counts Chinese characters, and what is narrow as half of one.
func length(words string) int {
	n := 0
	for _, r := range words {
		if n++; r >= 0x2E80 {
			n++
		}
	}
	return (n + 1) / 2
}

func twist(r row) grid.Twist {
	switch {
	case len(r.children) == 0:
		return grid.TwistNone
	case r.open:
		return grid.TwistOpen
	}
	return grid.TwistClosed
}
