// Package trail says in words what the journal holds: who changed what, when, from
// which value to which. Sensitive values are masked.
package trail

import (
	"image/color"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

// Change is one field's change in words; Before or After is "" where there was or
// is no value.
type Change struct{ Label, Before, After string }

// String is the change as one line: 完成时限：11月底前 → 12月底前.
func (c Change) String() string {
	switch {
	case c.Before == "":
		return c.Label + "：" + c.After
	case c.After == "":
		return c.Label + "：清空（原为 " + c.Before + "）"
	}
	return c.Label + "：" + c.Before + " → " + c.After
}

// Changes returns the changes of an entry in the order of the ledger's fields.
// What only the program uses is left out.
func Changes(l *model.Ledger, e model.Entry) []Change {
	var out []Change
	if l == nil {
		return nil
	}
	for i := range l.Fields {
		f := &l.Fields[i]
		before, after := e.Before[f.Key], e.After[f.Key]
		if f.Internal || before.IsEmpty() && after.IsEmpty() {
			continue
		}
		c := Change{Label: f.Label, Before: words(l, e, f, before), After: words(l, e, f, after)}
		if c.Before != c.After {
			out = append(out, c)
		}
	}
	return out
}

// words are those of a value on one line, masked where it is sensitive. A parameter
// goes by its words, never by its key; the id of a place or a person says nothing.
func words(l *model.Ledger, e model.Entry, f *model.Field, v model.Value) string {
	if l.Key == ledgers.Parameter && !v.IsEmpty() {
		key := e.After["key"].Text
		switch {
		case f.Key == "key":
			return rule.ParameterLabel(v.Text)
		case f.Key == "value" && (key == rule.UnitHome || key == rule.UnitOwner):
			return "已选定"
		}
	}
	return strings.Join(strings.Fields(f.Show(app.Shown(false)(f, v))), " ")
}

// Kind says what happened to the record.
func Kind(k model.EntryKind) string {
	switch k {
	case model.Added:
		return "新增"
	case model.Deleted:
		return "删除"
	}
	return "修改"
}

// Title names the record of an entry by what the entry itself holds; "" if it does
// not hold the field that names it.
func Title(l *model.Ledger, e model.Entry) string {
	if l == nil {
		return ""
	}
	f := l.Field(l.Title)
	if f == nil {
		return ""
	}
	for _, side := range []map[string]model.Value{e.After, e.Before} {
		if v := side[f.Key]; !v.IsEmpty() {
			return words(l, e, f, v)
		}
	}
	return ""
}

// Ledgers counts the entries of an operation by the label of their ledger, in
// words: 任务 3、任务进展 12.
func Ledgers(c *model.Catalog, entries []model.Entry) string {
	counts := map[string]int{}
	for _, e := range entries {
		label := e.Ledger
		if l := c.Ledger(e.Ledger); l != nil {
			label = l.Label
		}
		counts[label]++
	}
	parts := make([]string, 0, len(counts))
	for _, label := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, label+" "+strconv.Itoa(counts[label]))
	}
	return strings.Join(parts, "、")
}

// When writes the time of an operation as the clerks do: 11-22 16:05.
func When(op model.Operation) string { return op.At.Local().Format("01-02 15:04") }

// List shows entries, newest first as they come: when and who and by which
// operation, and below it what changed.
func List(l *model.Ledger, entries []model.Entry) fyne.CanvasObject {
	box := container.NewVBox()
	for _, e := range entries {
		who := e.Op.Actor.Name
		if who == "" {
			who = "本机"
		}
		box.Add(kit.NewNote(When(e.Op) + "　" + who + "　" + e.Op.Label))
		for _, line := range lines(l, e) {
			box.Add(Para(line, look.Ink))
		}
		box.Add(kit.NewNote(""))
	}
	if len(entries) == 0 {
		box.Add(Para("还没有改动记录。", look.Second))
	}
	return box
}

// lines says what an entry did.
func lines(l *model.Ledger, e model.Entry) []string {
	if e.Kind != model.Changed {
		return []string{Kind(e.Kind)}
	}
	changes := Changes(l, e)
	out := make([]string, len(changes))
	for i, c := range changes {
		out[i] = c.String()
	}
	return out
}

// Para is a wrapped text that asks for the height it takes in a drawer.
func Para(words string, c color.Color) fyne.CanvasObject {
	p := kit.NewPara(words, look.TextBody, c, false, 0)
	return container.New(tall{look.DrawerWidth - 2*look.GapPage}, p)
}

// tall gives a wrapped text the height it needs at a width.
type tall struct{ width float32 }

// MinSize is the height at that width.
func (t tall) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, objects[0].(*kit.Para).HeightFor(t.width))
}

// Layout fills the room.
func (t tall) Layout(objects []fyne.CanvasObject, s fyne.Size) { objects[0].Resize(s) }
