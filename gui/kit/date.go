package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/model"
)

// DateEntry takes a date in the clerks' words, 6月底前 as well as 2026-6-30, and
// shows below how it was understood. The words are kept as they were typed.
type DateEntry struct {
	widget.BaseWidget

	// OnChanged is called with the words and whether they were understood.
	OnChanged func(words string, ok bool)

	parse func(words string) (meaning string, err error)
	entry *Entry
	field *Field
	ok    bool
}

// NewDateEntry makes the entry of a form. Parse says what words mean: 定时，
// 2026-06-30 止; its error is the sentence shown instead. Empty words are not parsed.
func NewDateEntry(label string, required bool, parse func(words string) (meaning string, err error)) *DateEntry {
	d := &DateEntry{parse: parse, entry: NewEntry("如 2026-6-30、6月底前、长期坚持"), ok: true}
	d.field = NewField(label, required, "", d.entry)
	d.entry.OnChanged = d.changed
	d.ExtendBaseWidget(d)
	return d
}

// SetText shows words.
func (d *DateEntry) SetText(words string) { d.entry.SetText(words) }

// Text returns the words as typed.
func (d *DateEntry) Text() string { return d.entry.Text }

// OK reports whether the words are empty or were understood.
func (d *DateEntry) OK() bool { return d.ok }

// Focusable returns what takes the keyboard.
func (d *DateEntry) Focusable() fyne.Focusable { return d.entry }

// Note returns the meaning or the error shown.
func (d *DateEntry) Note() string { return d.field.Note() }

// SetProblem shows the sentence of an error found elsewhere, until something else
// is typed.
func (d *DateEntry) SetProblem(sentence string) { d.field.SetProblem(sentence) }

// changed parses what is there now.
func (d *DateEntry) changed(words string) {
	d.ok = true
	d.field.SetMeaning("")
	if words != "" {
		meaning, err := d.parse(words)
		if d.ok = err == nil; d.ok {
			d.field.SetMeaning(meaning)
		} else {
			d.field.SetProblem(model.Sentence(err))
		}
	}
	if d.OnChanged != nil {
		d.OnChanged(words, d.ok)
	}
}

// CreateRenderer shows the entry.
func (d *DateEntry) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(d.field) }
