package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
)

// Field is one entry of a form: the label above, the control, and below it what
// the value means, what is wrong with it, or a word of help. The room of that line
// is always kept, so that nothing moves while typing.
type Field struct {
	widget.BaseWidget
	label, note *Line
	control     fyne.CanvasObject
	help        string
}

// NewField makes an entry of a form; the label of a required one carries a star.
func NewField(label string, required bool, help string, control fyne.CanvasObject) *Field {
	if required {
		label += " *"
	}
	f := &Field{label: NewNote(label), note: NewNote(help), control: control, help: help}
	f.ExtendBaseWidget(f)
	return f
}

// SetProblem shows the sentence of an error; "" goes back to the help.
func (f *Field) SetProblem(sentence string) {
	f.say(sentence, look.ToneOverdue)
}

// SetMeaning shows how the value was understood; "" goes back to the help.
func (f *Field) SetMeaning(words string) {
	f.say(words, look.ToneQuiet)
}

func (f *Field) say(words string, tone look.Tone) {
	if words == "" {
		words, tone = f.help, look.ToneQuiet
	}
	f.note.SetTone(tone)
	f.note.SetText(words)
}

// Note returns the line under the control.
func (f *Field) Note() string { return f.note.Text() }

// noteHeight is the room of the line under the control.
const noteHeight float32 = 18

// CreateRenderer shows the entry.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{
		Objs: []fyne.CanvasObject{f.label, f.control, f.note},
		Arrange: func(s fyne.Size) {
			top := f.label.MinSize().Height + 2
			place(f.label, 0, 0, s.Width, top)
			place(f.control, 0, top, s.Width, s.Height-top-noteHeight)
			placeLine(f.note, 2, s.Height-noteHeight, s.Width-2, noteHeight)
		},
		Min: func() fyne.Size {
			m := f.control.MinSize()
			return fyne.NewSize(max(m.Width, 80), f.label.MinSize().Height+2+m.Height+noteHeight)
		},
	}
}
