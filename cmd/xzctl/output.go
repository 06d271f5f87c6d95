package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"xiangzhen/model"
)

// output collects what a command has to say: lines for people, or one JSON
// document for programs.
type output struct {
	json     bool
	w        io.Writer
	doc      any
	lines    []string
	problems bool // something was held back: exit 12
}

// line adds a line for people.
func (o *output) line(format string, args ...any) {
	o.lines = append(o.lines, fmt.Sprintf(format, args...))
}

// result sets the JSON document.
func (o *output) result(doc any) { o.doc = doc }

func (o *output) flush() error {
	if !o.json {
		_, err := io.WriteString(o.w, joinLines(o.lines))
		return err
	}
	if o.doc == nil {
		o.doc = object{}
	}
	enc := json.NewEncoder(o.w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(o.doc)
}

func joinLines(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n") + "\n"
}

// object is a JSON object.
type object = map[string]any

// table adds rows as aligned columns; a Chinese character is two columns wide.
func (o *output) table(header []string, rows [][]string) {
	widths := make([]int, len(header))
	all := append([][]string{header}, rows...)
	for _, row := range all {
		for i, cell := range row {
			widths[i] = max(widths[i], min(displayWidth(cell), maxCellWidth))
		}
	}
	for _, row := range all {
		o.line("%s", tableLine(row, widths))
	}
}

// maxCellWidth keeps one long text from pushing the other columns away.
const maxCellWidth = 40

func tableLine(row []string, widths []int) string {
	var b strings.Builder
	for i, cell := range row {
		cell = cutToWidth(strings.ReplaceAll(cell, "\n", " "), maxCellWidth)
		b.WriteString(cell)
		if i < len(row)-1 {
			b.WriteString(strings.Repeat(" ", widths[i]-displayWidth(cell)+2))
		}
	}
	return strings.TrimRight(b.String(), " ")
}

func displayWidth(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

func runeWidth(r rune) int {
	if r >= 0x2E80 {
		return 2
	}
	return 1
}

func cutToWidth(s string, width int) string {
	if displayWidth(s) <= width {
		return s
	}
	n := 0
	for i, r := range s {
		if n += runeWidth(r); n > width-1 {
			return s[:i] + "…"
		}
	}
	return s
}

// recordJSON is a record in the words of the contract.
func recordJSON(l *model.Ledger, r *model.Record, show func(*model.Field, model.Value) model.Value) object {
	out := object{
		"id": r.ID, "area": r.Area, "revision": r.Revision,
		"created_at": r.CreatedAt, "created_by": r.CreatedBy,
		"changed_at": r.ChangedAt, "changed_by": r.ChangedBy,
	}
	putFields(out, l.Fields, r.Values, show)
	if len(l.Derived) > 0 {
		derived := object{}
		putFields(derived, l.Derived, r.Derived, show)
		out["derived"] = derived
	}
	return out
}

func putFields(out object, fields []model.Field, values map[string]model.Value, show func(*model.Field, model.Value) model.Value) {
	for i := range fields {
		f := &fields[i]
		v, ok := values[f.Key]
		if !ok || v.IsEmpty() {
			continue
		}
		v = show(f, v)
		out[f.Key] = valueJSON(f, v)
		switch {
		case f.Kind == model.KindDate && v.End != "":
			out[f.Key+"__end"] = v.End
		case f.Kind == model.KindRef && v.ID != "":
			out[f.Key+"__id"] = v.ID
		}
	}
}

// valueJSON is one value: numbers for integers and percents, strings for
// decimals with all their digits, labels for enums, lists for lists.
func valueJSON(f *model.Field, v model.Value) any {
	switch f.Kind {
	case model.KindInteger:
		return v.Num
	case model.KindDecimal:
		return model.FormatScaled(v.Num, f.Scale, true)
	case model.KindPercent:
		return json.Number(model.FormatScaled(v.Num, f.Scale, false))
	case model.KindBool:
		return v.Bool()
	case model.KindMultiEnum:
		labels := v.Entries()
		for i, e := range labels {
			labels[i] = f.OptionLabel(e)
		}
		return labels
	case model.KindFiles:
		names := []string{}
		for _, a := range v.Attachments() {
			names = append(names, a.Name)
		}
		return names
	}
	return f.Show(v)
}

// problemJSON is a problem in the words of the contract.
func problemJSON(p model.Problem) object {
	return object{
		"rule": p.Rule, "code": p.Rule, "level": p.Level, "message": p.Message, "suggestion": p.Suggestion,
		"ledger": p.Ledger, "record": p.Record, "field": p.Field, "file": p.File, "sheet": p.Sheet, "cell": p.Cell,
	}
}

func problemsJSON(problems []model.Problem) []object {
	out := make([]object, len(problems))
	for i, p := range problems {
		out[i] = problemJSON(p)
	}
	return out
}

// problemLine tells a problem to a person: where, what, what to do.
func problemLine(p model.Problem) string {
	where := strings.TrimSpace(strings.Join([]string{p.File, p.Sheet, p.Cell}, " "))
	return strings.TrimSpace(fmt.Sprintf("  %s %s %s %s", p.Level, where, p.Message, p.Suggestion))
}
