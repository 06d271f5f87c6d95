package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

// nav is the list of sections at the left.
type nav struct {
	object fyne.CanvasObject
	items  []*navItem
}

func newNav(entries []entry, onOpen func(key string)) *nav {
	n, box := &nav{}, container.NewVBox()
	for _, e := range entries {
		it := newNavItem(e, func() { onOpen(e.key) })
		n.items = append(n.items, it)
		box.Add(it)
	}
	n.object = container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Gap, look.Gap), box)
	return n
}

// choose shows which section is open.
func (n *nav) choose(key string) {
	for _, it := range n.items {
		if it.chosen != (it.key == key) {
			it.chosen = it.key == key
			it.Refresh()
		}
	}
}

// navItem is one line of the list.
type navItem struct {
	widget.BaseWidget
	key                      string
	onTap                    func()
	chosen, hovered, focused bool
	wash                     *canvas.Rectangle
	text                     *canvas.Text
}

var (
	_ fyne.Tappable      = (*navItem)(nil)
	_ fyne.Focusable     = (*navItem)(nil)
	_ desktop.Hoverable  = (*navItem)(nil)
	_ desktop.Cursorable = (*navItem)(nil)
)

func newNavItem(e entry, onTap func()) *navItem {
	it := &navItem{key: e.key, onTap: onTap, wash: canvas.NewRectangle(look.Clear), text: canvas.NewText(e.label, look.Ink)}
	it.wash.CornerRadius, it.text.TextSize = look.ControlRadius, look.TextBody
	it.ExtendBaseWidget(it)
	return it
}

// Tapped opens the section.
func (it *navItem) Tapped(*fyne.PointEvent) { it.onTap() }

// TypedKey opens the section by Enter or the space bar; other keys go on.
func (it *navItem) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		it.onTap()
	default:
		kit.PassKey(it, e)
	}
}

// TypedRune ignores typing.
func (it *navItem) TypedRune(rune) {}

// FocusGained shows where the keyboard is.
func (it *navItem) FocusGained() { it.focused = true; it.Refresh() }

// FocusLost hides it.
func (it *navItem) FocusLost() { it.focused = false; it.Refresh() }

// Cursor is a hand.
func (it *navItem) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn shows that the line can be pressed.
func (it *navItem) MouseIn(*desktop.MouseEvent) { it.hovered = true; it.Refresh() }

// MouseMoved has no effect.
func (it *navItem) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends MouseIn.
func (it *navItem) MouseOut() { it.hovered = false; it.Refresh() }

// CreateRenderer shows the line.
func (it *navItem) CreateRenderer() fyne.WidgetRenderer {
	it.update()
	return &kit.Renderer{
		Objs: []fyne.CanvasObject{it.wash, it.text},
		Arrange: func(s fyne.Size) {
			it.wash.Resize(s)
			h := it.text.MinSize().Height
			it.text.Move(fyne.NewPos(look.GapWide, (s.Height-h)/2))
		},
		Min:    func() fyne.Size { return fyne.NewSize(it.text.MinSize().Width+2*look.GapWide, look.ButtonHeight) },
		Update: it.update,
	}
}

// update paints the line as it stands.
func (it *navItem) update() {
	it.wash.FillColor, it.wash.StrokeWidth, it.text.Color = look.Clear, 0, look.Ink
	switch {
	case it.chosen:
		it.wash.FillColor, it.text.Color = look.AccentWash, look.Accent
	case it.hovered:
		it.wash.FillColor = look.SoftLine
	}
	if it.focused {
		it.wash.StrokeColor, it.wash.StrokeWidth = look.SelectedLine, 1
	}
	it.wash.Refresh()
	it.text.Refresh()
}
