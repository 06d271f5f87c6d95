package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
)

// pickerHeight is that of an entry.
const pickerHeight float32 = 33

// Picker is a field whose value is chosen from a list that is searched while
// typing: a village by 青山 or qsc, a person, an enum. A click, Enter, the down arrow
// or the first letter opens the list over it.
type Picker struct {
	widget.BaseWidget

	// OnChosen is called when another choice was made by the user.
	OnChosen func(Choice)
	// Free lets words through that no choice has; they come as a Choice without ID.
	Free bool

	query          func(string) []Choice
	placeholder    string
	choice         Choice
	hover, focused bool
	disabled       bool

	box  *canvas.Rectangle
	text *Line
	tail *canvas.Image
}

var (
	_ fyne.Focusable   = (*Picker)(nil)
	_ fyne.Tappable    = (*Picker)(nil)
	_ fyne.Disableable = (*Picker)(nil)
)

// NewPicker makes a field over a search: query gets what is typed, "" for all, and
// answers at once with at most some dozens of choices, best first.
func NewPicker(placeholder string, query func(string) []Choice) *Picker {
	p := &Picker{query: query, placeholder: placeholder, box: newBox(look.Paper, look.Line, look.ControlRadius),
		text: NewLine(placeholder, look.TextBody, look.Second, false), tail: canvas.NewImageFromResource(look.IconDown.Resource(look.Second))}
	p.ExtendBaseWidget(p)
	return p
}

// NewSelect makes a field over a short fixed list.
func NewSelect(placeholder string, choices []Choice) *Picker {
	return NewPicker(placeholder, FilterChoices(choices))
}

// SetQuery offers other choices.
func (p *Picker) SetQuery(query func(string) []Choice) { p.query = query }

// SetChoice shows a choice without calling OnChosen; the zero Choice empties the field.
func (p *Picker) SetChoice(c Choice) {
	p.choice = c
	if c.Text == "" {
		p.text.SetTone(look.ToneQuiet)
		p.text.SetText(p.placeholder)
		return
	}
	p.text.SetTone(look.TonePlain)
	p.text.SetText(c.Text)
}

// Choice returns what is chosen, the zero Choice if nothing is.
func (p *Picker) Choice() Choice { return p.choice }

// Open opens the list, searching what was typed already.
func (p *Picker) Open(typed string) {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(p)
	if c == nil || p.disabled {
		return
	}
	ShowChooser(c, Chooser{
		At: driver.AbsolutePositionForObject(p), Size: p.Size(), Query: p.query, Typed: typed,
		Current: p.choice.Text, Free: p.Free,
		Done:   func(chosen Choice, by fyne.KeyName) { p.done(c, chosen, by) },
		Cancel: func() { c.Focus(p) },
	})
}

// done takes a choice over; Enter and Tab go on to the next field.
func (p *Picker) done(c fyne.Canvas, chosen Choice, by fyne.KeyName) {
	changed := chosen != p.choice
	p.SetChoice(chosen)
	c.Focus(p)
	if by != "" {
		c.FocusNext()
	}
	if changed && p.OnChosen != nil {
		p.OnChosen(chosen)
	}
}

// Tapped opens the list.
func (p *Picker) Tapped(*fyne.PointEvent) { p.Open("") }

// TypedRune opens the list with the letter typed.
func (p *Picker) TypedRune(r rune) {
	if r > ' ' {
		p.Open(string(r))
	}
}

// TypedKey opens the list, or empties the field.
func (p *Picker) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown, fyne.KeySpace:
		p.Open("")
	case fyne.KeyDelete, fyne.KeyBackspace:
		p.empty()
	default:
		PassKey(p, e)
	}
}

// empty takes the choice away.
func (p *Picker) empty() {
	if p.disabled || p.choice == (Choice{}) {
		return
	}
	p.SetChoice(Choice{})
	if p.OnChosen != nil {
		p.OnChosen(Choice{})
	}
}

// FocusGained shows where the keyboard is.
func (p *Picker) FocusGained() { p.focused = true; p.Refresh() }

// FocusLost hides it.
func (p *Picker) FocusLost() { p.focused = false; p.Refresh() }

// MouseIn shows that the field can be opened.
func (p *Picker) MouseIn(*desktop.MouseEvent) { p.hover = true; p.Refresh() }

// MouseMoved has no effect.
func (p *Picker) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends MouseIn.
func (p *Picker) MouseOut() { p.hover = false; p.Refresh() }

// Enable lets the field be opened.
func (p *Picker) Enable() { p.disabled = false; p.Refresh() }

// Disable greys the field out.
func (p *Picker) Disable() { p.disabled = true; p.Refresh() }

// Disabled reports whether the field is greyed out.
func (p *Picker) Disabled() bool { return p.disabled }

// update brings the box up to date.
func (p *Picker) update() {
	p.box.FillColor, p.box.StrokeColor = look.Paper, look.Line
	switch {
	case p.disabled:
		p.box.FillColor = look.Page
	case p.focused:
		p.box.StrokeColor = look.Accent
	case p.hover:
		p.box.StrokeColor = look.Faint
	}
}

// CreateRenderer shows the field.
func (p *Picker) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{
		Objs: []fyne.CanvasObject{p.box, p.text, p.tail},
		Arrange: func(s fyne.Size) {
			const icon = 16
			place(p.box, 0, 0, s.Width, s.Height)
			place(p.tail, s.Width-icon-look.Gap, (s.Height-icon)/2, icon, icon)
			placeLine(p.text, look.Gap, 0, s.Width-icon-2*look.Gap-look.GapHair, s.Height)
		},
		Min:    func() fyne.Size { return fyne.NewSize(100, pickerHeight) },
		Update: p.update,
	}
}
