package form

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// Params say what a form is made of.
type Params struct {
	Fields []*model.Field
	Today  model.Day
	// Refs are the records that references may point at, by ledger.
	Refs Refs
	// Pairs puts two short entries beside each other.
	Pairs bool
	// OnChanged is called when something was entered; it may be nil.
	OnChanged func()
}

func (p Params) changed() {
	if p.OnChanged != nil {
		p.OnChanged()
	}
}

// Form is a column of entries.
type Form struct {
	Object fyne.CanvasObject
	inputs []*input
}

// New makes a form with empty entries. Fields that only the program sets, and
// attachments, are left out: Facts shows them.
func New(p Params) *Form {
	f := &Form{}
	box := container.NewVBox()
	paired := map[int]bool{} // entries that are the second on their line
	for _, field := range p.Fields {
		if !Enterable(field) {
			continue
		}
		in := newInput(field, p)
		f.inputs = append(f.inputs, in)
		if before := len(f.inputs) - 2; p.Pairs && before >= 0 && !paired[before] && short(field) && short(f.inputs[before].field) {
			box.Remove(f.inputs[before].object)
			box.Add(container.New(halves{}, f.inputs[before].object, in.object))
			paired[before+1] = true
			continue
		}
		box.Add(in.object)
	}
	f.Object = box
	return f
}

// halves places two entries beside each other.
type halves struct{}

// MinSize is that of both.
func (halves) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(a.Width+look.GapWide+b.Width, max(a.Height, b.Height))
}

// Layout gives each half of the width, and the height it asks for: a sentence under one
// does not stretch the other.
func (halves) Layout(o []fyne.CanvasObject, s fyne.Size) {
	half := (s.Width - look.GapWide) / 2
	for i, at := range []float32{0, half + look.GapWide} { // the first may have stood on a line of its own
		o[i].Move(fyne.NewPos(at, 0))
		o[i].Resize(fyne.NewSize(half, o[i].MinSize().Height))
	}
}

// short reports whether half a line is enough for an entry.
func short(f *model.Field) bool { return f.Kind != model.KindLongText }

// Enterable reports whether people type values of the field.
func Enterable(f *model.Field) bool {
	return !f.Internal && !f.ReadOnly && f.Kind != model.KindFiles
}

// Fields lists the fields of a ledger that a form of one record has: all that can
// be typed but the owner and those named.
func Fields(l *model.Ledger, without ...string) []*model.Field {
	var out []*model.Field
	for i := range l.Fields {
		f := &l.Fields[i]
		if !Enterable(f) || f.IsOwner() || contains(without, f.Key) {
			continue
		}
		out = append(out, f)
	}
	return out
}

func contains(keys []string, key string) bool {
	for _, k := range keys {
		if k == key {
			return true
		}
	}
	return false
}

// Show fills the entries from a record, sensitive values in full: who corrects a
// number must see it (CLERK 8). Nil empties them. What was entered before is
// dropped.
func (f *Form) Show(rec *model.Record) {
	for _, in := range f.inputs {
		v := rec.Get(in.field.Key)
		in.set(in.field.Show(v), v.ID)
		in.problem("")
		in.base = in.text()
	}
}

// Propose enters words in a field as if they were typed: they count as changed.
func (f *Form) Propose(key, words, id string) {
	for _, in := range f.inputs {
		if in.field.Key == key {
			in.set(words, id)
		}
	}
}

// Changes returns what differs from the record shown.
func (f *Form) Changes() []app.Assignment {
	var out []app.Assignment
	for _, in := range f.inputs {
		if words := in.text(); words != in.base {
			out = append(out, app.Assignment{Field: in.field.Key, Words: words})
		}
	}
	return out
}

// Problem shows an error under the field it concerns and puts the keyboard there;
// false means that it concerns none of the form.
func (f *Form) Problem(err error, c fyne.Canvas) bool {
	var e *model.Error
	if !errors.As(err, &e) || e.Field == "" {
		return false
	}
	for _, in := range f.inputs {
		if in.field.Key == e.Field {
			in.problem(e.Message)
			focus(c, in.focus)
			return true
		}
	}
	return false
}

// Focus puts the keyboard into the first entry.
func (f *Form) Focus(c fyne.Canvas) {
	if len(f.inputs) > 0 {
		focus(c, f.inputs[0].focus)
	}
}

func focus(c fyne.Canvas, o fyne.Focusable) {
	if c != nil {
		c.Focus(o)
	}
}

// Facts shows values that are not entered here, one line each: label, value. A
// value without words is left out.
func Facts(l *model.Ledger, rec *model.Record, keys ...string) fyne.CanvasObject {
	box := container.NewVBox()
	for _, key := range keys {
		f := l.Field(key)
		if f == nil || rec.Get(key).IsEmpty() {
			continue
		}
		box.Add(Fact(f.Label, f.Show(app.Shown(false)(f, rec.Get(key)))))
	}
	return box
}

// factLabel is the width of a fact's label, factDown how far its smaller words stand
// below the others.
const (
	factLabel float32 = 92
	factDown  float32 = 3
)

// Fact is one line: a label in the second ink, and words that wrap.
func Fact(label, words string) fyne.CanvasObject {
	l := kit.NewPara(label, look.TextSmall, look.Second, false, 2)
	return container.New(factLayout{}, l, kit.NewPara(words, look.TextBody, look.Ink, false, 0))
}

// factWords is the width at which the height of a fact is reckoned.
const factWords = look.DrawerWidth - 2*look.GapPage - factLabel

type factLayout struct{}

// MinSize reserves the lines the words take in a drawer.
func (factLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	label, words := objects[0].(*kit.Para), objects[1].(*kit.Para)
	return fyne.NewSize(factLabel+look.Gap, max(factDown+label.HeightFor(factLabel-look.Gap), words.HeightFor(factWords)))
}

// Layout places label and words.
func (factLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects[0].Move(fyne.NewPos(0, factDown))
	objects[0].Resize(fyne.NewSize(factLabel-look.Gap, s.Height-factDown))
	objects[1].Move(fyne.NewPos(factLabel, 0))
	objects[1].Resize(fyne.NewSize(s.Width-factLabel, s.Height))
}
