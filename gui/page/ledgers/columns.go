package ledgers

import (
	"slices"
	"strings"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
	builtin "xiangzhen/model/ledgers"
)

// shownFields lists the fields that people see of a ledger, the one that names a
// record first, what the program derives last.
func shownFields(l *model.Ledger) []*model.Field {
	var out []*model.Field
	for _, list := range [][]model.Field{l.Fields, l.Derived} {
		for i := range list {
			if f := &list[i]; !f.Internal {
				out = append(out, f)
			}
		}
	}
	if i := slices.IndexFunc(out, func(f *model.Field) bool { return f.Key == l.Title }); i > 0 {
		title := out[i]
		out = slices.Insert(slices.Delete(out, i, i+1), 0, title)
	}
	return out
}

// visible leaves out the columns that the clerk has hidden. The first stays: a
// grid without the names of its records helps nobody.
func visible(fields []*model.Field, hidden []string) []*model.Field {
	var out []*model.Field
	for i, f := range fields {
		if i == 0 || !slices.Contains(hidden, f.Key) {
			out = append(out, f)
		}
	}
	return out
}

// columnsOf turns fields into the grid's columns of the given widths.
func columnsOf(l *model.Ledger, fields []*model.Field, widths map[string]float32) []grid.Column {
	out := make([]grid.Column, len(fields))
	for i, f := range fields {
		out[i] = grid.Column{
			Key: f.Key, Title: f.Header(), Width: widths[f.Key], Pinned: i == 0,
			Sortable: !f.Sensitive, Filter: f.Kind != model.KindFiles,
			Editable: editable(l, f), Kind: f.Kind, Options: choices(f),
		}
		if f.Kind.Numeric() && f.Kind != model.KindBool {
			out[i].Align = grid.AlignRight
		}
	}
	return out
}

// editable reports whether a cell of the field takes typing. The state of an item
// goes by its flow's steps alone, and attachments are added one by one.
func editable(l *model.Ledger, f *model.Field) bool {
	flows := l.Flow != nil && f.Key == l.Flow.State
	return !l.IsDerived(f.Key) && !f.ReadOnly && !f.Internal && f.Kind != model.KindFiles && !flows
}

// choices are what a cell offers instead of typing.
func choices(f *model.Field) []string {
	switch f.Kind {
	case model.KindBool:
		return []string{"是", "否"}
	case model.KindEnum:
		return optionLabels(f)
	}
	return nil
}

func optionLabels(f *model.Field) []string {
	out := make([]string, len(f.Options))
	for i, o := range f.Options {
		out[i] = o.Label
	}
	return out
}

// Of a column that nobody has dragged.
const (
	leastWidth float32 = 64
	mostWidth  float32 = 250
	cellRoom   float32 = 24 // besides the words of a cell
	headRoom   float32 = 34 // besides those of a head: the sign of sorting as well
	markRoom   float32 = 20 // of a light's mark
	latinWidth float32 = 7.8
)

// fit finds the first widths of columns: what the first records need, and never
// less than the head.
func fit(l *model.Ledger, fields []*model.Field, records []*model.Record) map[string]float32 {
	out := make(map[string]float32, len(fields))
	for _, f := range fields {
		w := widthOf(f.Header()) + headRoom
		for _, rec := range records {
			c := cellOf(l, f, rec)
			need := widthOf(c.Text) + cellRoom
			if c.Mark != look.MarkNone {
				need += markRoom
			}
			w = max(w, need)
		}
		out[f.Key] = max(leastWidth, min(w, mostWidth))
	}
	return out
}

// widthOf estimates how wide words are in a table: Chinese characters are square,
// all else about half as wide.
func widthOf(words string) float32 {
	w := float32(0)
	for _, r := range words {
		if r < '\u2e80' {
			w += latinWidth
		} else {
			w += look.TextTable
		}
	}
	return w
}

// cellOf shows a value: on one line, sensitive ones masked, a light with its mark,
// what the program derives in the second ink.
func cellOf(l *model.Ledger, f *model.Field, rec *model.Record) grid.Cell {
	v := rec.Get(f.Key)
	c := grid.Cell{Text: oneLine(f.Show(app.Shown(false)(f, v)))}
	if !l.IsDerived(f.Key) {
		if f.Kind == model.KindLongText {
			c.Hint = c.Text
		}
		return c
	}
	c.Tone = look.ToneQuiet
	if mark := lightMark(f, v); mark != look.MarkNone {
		c.Mark, c.Tone = mark, mark.Tone()
	}
	return c
}

// lightMark is the mark of a derived light, look.MarkNone for any other field.
func lightMark(f *model.Field, v model.Value) look.Mark {
	if f.Kind != model.KindEnum || !slices.ContainsFunc(f.Options, func(o model.Option) bool { return o.Key == builtin.LightRed }) {
		return look.MarkNone
	}
	return lightMarks[v.Text]
}

var lightMarks = map[string]look.Mark{
	builtin.LightRed: look.MarkOverdue, builtin.LightYellow: look.MarkSoon, builtin.LightGreen: look.MarkFine,
	builtin.LightBelow: look.MarkBelow, builtin.LightDone: look.MarkDone,
}

// editWords is what the edit of a value starts with: in full, since whoever
// corrects a number must see it (CLERK 8).
func editWords(f *model.Field, v model.Value) string { return f.Show(v) }

// oneLine joins the lines of a long text.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
