package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
)

// Field is one entry of a form: the label above, the control, and below it what
// the value means, what is wrong with it, or a word of help. The room of one line is
// always kept, so that little moves while typing; a longer sentence gets a second one.
type Field struct {
	widget.BaseWidget
	label   *Line
	note    *Para
	control fyne.CanvasObject
	help    string
}

// NewField makes an entry of a form; the label of a required one carries a star.
func NewField(label string, required bool, help string, control fyne.CanvasObject) *Field {
	if required {
		label += " *"
	}
	f := &Field{label: NewNote(label), note: NewPara(help, look.TextSmall, look.Second, false, 2), control: control, help: help}
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
	f.Refresh() // its height may be another
}

// Note returns the line under the control.
func (f *Field) Note() string { return f.note.Text() }

// noteHeight is the room of one line under the control, noteInset how far it stands in.
const (
	noteHeight float32 = 18
	noteInset  float32 = 2
)

// noteRoom is the room of what stands under the control in a field of a width; before
// there is one, of a line.
func (f *Field) noteRoom(width float32) float32 {
	if width <= 0 {
		return noteHeight
	}
	return max(noteHeight, f.note.HeightFor(width-noteInset))
}

// CreateRenderer shows the entry.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{
		Objs: []fyne.CanvasObject{f.label, f.control, f.note},
		Arrange: func(s fyne.Size) {
			top := f.label.MinSize().Height + 2
			place(f.label, 0, 0, s.Width, top)
			room := f.noteRoom(s.Width)
			place(f.control, 0, top, s.Width, s.Height-top-room)
			place(f.note, noteInset, s.Height-room, s.Width-noteInset, room)
		},
		Min: func() fyne.Size {
			m := f.control.MinSize()
			return fyne.NewSize(max(m.Width, 80), f.label.MinSize().Height+2+m.Height+f.noteRoom(f.Size().Width))
		},
	}
}
