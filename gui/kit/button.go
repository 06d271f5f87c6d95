package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
)

// ButtonKind says how much a button asks to be pressed.
type ButtonKind int

// The kinds of button; a page has one ButtonMain, at the upper right.
const (
	ButtonPlain ButtonKind = iota // white with a border
	ButtonMain                    // deep red
	ButtonFirst                   // white, red border and words: first choice of a drawer
	ButtonLink                    // words only
	ButtonIcon                    // an icon only, no border until the mouse is over it
	ButtonQuiet                   // icon and words in ink, no border: the top bar
)

// Button is a button of the program: 32 high, an icon, words, and the key that
// does the same, shown lighter behind them.
type Button struct {
	widget.BaseWidget

	Label string
	Key   string // "Ctrl+N"; shown, not listened to
	Icon  look.Icon
	Kind  ButtonKind
	OnTap func()

	disabled, hovered, focused bool

	box       *canvas.Rectangle
	icon      *canvas.Image
	text, key *canvas.Text
}

var (
	_ fyne.Tappable      = (*Button)(nil)
	_ fyne.Focusable     = (*Button)(nil)
	_ fyne.Disableable   = (*Button)(nil)
	_ desktop.Hoverable  = (*Button)(nil)
	_ desktop.Cursorable = (*Button)(nil)
)

// NewButton makes a button of a kind.
func NewButton(label string, kind ButtonKind, onTap func()) *Button {
	b := &Button{Label: label, Kind: kind, OnTap: onTap}
	b.ExtendBaseWidget(b)
	return b
}

// NewIconButton makes a button that shows only an icon.
func NewIconButton(icon look.Icon, onTap func()) *Button {
	b := NewButton("", ButtonIcon, onTap)
	b.Icon = icon
	return b
}

// SetLabel changes the words.
func (b *Button) SetLabel(label string) {
	if label != b.Label {
		b.Label = label
		b.Refresh()
	}
}

// Tapped presses the button.
func (b *Button) Tapped(*fyne.PointEvent) {
	if !b.disabled && b.OnTap != nil {
		b.OnTap()
	}
}

// TypedKey presses the focused button by Enter or the space bar; other keys go on
// to the window.
func (b *Button) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.Tapped(nil)
	default:
		PassKey(b, e)
	}
}

// TypedRune ignores typing.
func (b *Button) TypedRune(rune) {}

// FocusGained shows where the keyboard is.
func (b *Button) FocusGained() { b.focused = true; b.Refresh() }

// FocusLost hides it.
func (b *Button) FocusLost() { b.focused = false; b.Refresh() }

// MouseIn shows that the button can be pressed.
func (b *Button) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved has no effect.
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends MouseIn.
func (b *Button) MouseOut() { b.hovered = false; b.Refresh() }

// Cursor is a hand over a button that can be pressed.
func (b *Button) Cursor() desktop.Cursor {
	if b.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// Enable lets the button be pressed.
func (b *Button) Enable() { b.disabled = false; b.Refresh() }

// Disable greys the button out.
func (b *Button) Disable() { b.disabled = true; b.Refresh() }

// Disabled reports whether the button is greyed out.
func (b *Button) Disabled() bool { return b.disabled }

// colours returns fill, border and ink for the present state.
func (b *Button) colours() (fill, border, ink color.NRGBA) {
	fill, border, ink = look.Paper, look.Line, look.Ink
	over := look.Head
	switch b.Kind {
	case ButtonMain:
		fill, border, ink, over = look.Accent, look.Accent, look.Paper, look.AccentHover
	case ButtonFirst:
		border, ink, over = look.Accent, look.Accent, look.AccentWash
	case ButtonLink:
		fill, border, ink, over = look.Clear, look.Clear, look.Accent, look.AccentWash
	case ButtonIcon:
		fill, border, ink, over = look.Clear, look.Clear, look.Second, look.SoftLine
	case ButtonQuiet:
		fill, border, over = look.Clear, look.Clear, look.SoftLine
	}
	switch {
	case b.disabled && fill == look.Clear:
		return look.Clear, look.Clear, look.Faint
	case b.disabled:
		return look.Page, look.Line, look.Faint
	case b.hovered:
		fill = over
	}
	if b.focused {
		border = look.Ink
	}
	return fill, border, ink
}

// CreateRenderer builds the button.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	b.box = newBox(look.Paper, look.Line, look.ControlRadius)
	b.icon = canvas.NewImageFromResource(nil)
	b.text = newText("", look.TextBody, look.Ink, false)
	b.key = newText("", look.TextBody, look.Ink, false)
	b.update()
	return &Renderer{
		Objs:    []fyne.CanvasObject{b.box, b.icon, b.text, b.key},
		Arrange: b.arrange, Min: b.minSize, Update: func() { b.update(); b.arrange(b.Size()) },
	}
}

// update brings the objects up to date with the fields.
func (b *Button) update() {
	fill, border, ink := b.colours()
	b.box.FillColor, b.box.StrokeColor = fill, border
	b.text.Text, b.text.Color = b.Label, ink
	b.key.Text, b.key.Color = b.Key, ink
	b.icon.Hidden = b.Icon == ""
	if b.Icon != "" {
		b.icon.Resource = b.Icon.Resource(ink)
	}
}

// parts returns what stands side by side in the button, with the gap before each.
func (b *Button) parts() (objs []fyne.CanvasObject, width float32) {
	b.icon.SetMinSize(fyne.NewSquareSize(look.IconSize - 2))
	add := func(o fyne.CanvasObject, gap float32) {
		if len(objs) > 0 {
			width += gap
		}
		objs, width = append(objs, o), width+o.MinSize().Width
	}
	if b.Icon != "" {
		add(b.icon, 0)
	}
	if b.Label != "" {
		add(b.text, look.GapHair+2)
	}
	if b.Key != "" {
		add(b.key, look.GapWide)
	}
	return objs, width
}

func (b *Button) minSize() fyne.Size {
	_, width := b.parts()
	switch b.Kind {
	case ButtonIcon:
		return fyne.NewSquareSize(look.ButtonHeight - 4)
	case ButtonLink:
		return fyne.NewSize(width+look.Gap, look.ButtonHeight-4)
	case ButtonQuiet:
		return fyne.NewSize(width+2*look.Gap, look.ButtonHeight)
	}
	return fyne.NewSize(width+2*(look.GapWide+2), look.ButtonHeight)
}

func (b *Button) arrange(s fyne.Size) {
	b.box.Resize(s)
	objs, width := b.parts()
	x := (s.Width - width) / 2
	for i, o := range objs {
		if i > 0 && o == fyne.CanvasObject(b.key) {
			x += look.GapWide
		} else if i > 0 {
			x += look.GapHair + 2
		}
		x = placeMid(o, x, 0, s.Height)
	}
}
