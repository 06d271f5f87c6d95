package form

import (
	"strings"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// input is the entry of one field.
type input struct {
	field  *model.Field
	object fyne.CanvasObject
	focus  fyne.Focusable
	// text gives what is entered, in the words app takes; set shows words, for a
	// reference with the id they stand for.
	text    func() string
	set     func(words, id string)
	problem func(sentence string)
	base    string // what text gave when the record was shown
}

// longRows is how many lines an entry of long text shows.
const longRows = 3

// newInput makes the entry that goes with the field's kind.
func newInput(f *model.Field, p Params) *input {
	switch {
	case f.Kind == model.KindDate:
		return dateInput(f, p)
	case f.Kind == model.KindEnum:
		return choiceInput(f, p, optionChoices(f), false)
	case f.Kind == model.KindBool:
		return choiceInput(f, p, kit.TextChoices([]string{"是", "否"}), false)
	case f.Kind == model.KindRef:
		return choiceInput(f, p, p.Refs.For(f), true)
	case f.Kind == model.KindText && len(f.Options) > 0:
		return choiceInput(f, p, optionChoices(f), true)
	case f.Kind == model.KindLongText:
		return textInput(f, p, kit.NewLongEntry("", longRows))
	}
	e := kit.NewEntry(placeholder(f))
	e.Plain = kit.DigitsOnly(f.Kind)
	return textInput(f, p, e)
}

// placeholder says how a value is written where that is not plain.
func placeholder(f *model.Field) string {
	switch f.Kind {
	case model.KindMonth:
		return "如 2026-11"
	case model.KindMultiEnum:
		labels := make([]string, len(f.Options))
		for i, o := range f.Options {
			labels[i] = o.Label
		}
		return "可填多项，用、分开：" + strings.Join(labels, "、")
	}
	return ""
}

func textInput(f *model.Field, p Params, e *kit.Entry) *input {
	box := kit.NewField(f.Header(), f.Required, f.Help, e)
	e.OnChanged = func(string) {
		box.SetProblem("")
		p.changed()
	}
	return &input{
		field: f, object: box, focus: e, problem: box.SetProblem,
		text: func() string { return strings.TrimSpace(e.Text) },
		set:  func(words, _ string) { e.SetText(words) },
	}
}

func dateInput(f *model.Field, p Params) *input {
	d := kit.NewDateEntry(f.Header(), f.Required, func(words string) (string, error) { return meaning(f, words, p.Today) })
	d.OnChanged = func(string, bool) { p.changed() }
	return &input{
		field: f, object: d, focus: d.Focusable(), problem: dateProblem(d),
		text: func() string { return strings.TrimSpace(d.Text()) },
		set:  func(words, _ string) { d.SetText(words) },
	}
}

// dateProblem shows the sentence of an error; "" leaves what the entry itself says
// about its words.
func dateProblem(d *kit.DateEntry) func(string) {
	return func(sentence string) {
		if sentence != "" {
			d.SetProblem(sentence)
		}
	}
}

// meaning says how a date in words is understood.
func meaning(f *model.Field, words string, today model.Day) (string, error) {
	v, problems := rule.Parse(f, rule.Input{Text: words, Ref: today})
	for _, p := range problems {
		if p.Level == model.Fault {
			return "", model.Errorf(model.CodeInvalid, "%s%s", p.Message, p.Suggestion)
		}
	}
	switch v.When {
	case model.DatePeriodic:
		return "周期，最近一次 " + string(v.End), nil
	case model.DateLongTerm:
		return "长期", nil
	case model.DateAtOnce:
		return "立即办理", nil
	}
	if strings.TrimSpace(words) == string(v.End) {
		return "", nil // nothing to explain
	}
	return "到 " + string(v.End), nil
}

// choiceInput is a field chosen from a list; free lets other words through.
func choiceInput(f *model.Field, p Params, all []kit.Choice, free bool) *input {
	pick := kit.NewPicker("", Filter(all))
	pick.Free = free
	box := kit.NewField(f.Header(), f.Required, f.Help, pick)
	pick.OnChosen = func(kit.Choice) {
		box.SetProblem("")
		p.changed()
	}
	return &input{
		field: f, object: box, focus: pick, problem: box.SetProblem,
		text: func() string {
			c := pick.Choice()
			if f.Kind == model.KindRef && c.ID != "" {
				return c.ID
			}
			return c.Text
		},
		set: func(words, id string) { pick.SetChoice(kit.Choice{ID: id, Text: words}) },
	}
}

func optionChoices(f *model.Field) []kit.Choice {
	labels := make([]string, len(f.Options))
	for i, o := range f.Options {
		labels[i] = o.Label
	}
	return kit.TextChoices(labels)
}
