package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
)

// Chip is one quick filter above a grid.
type Chip struct {
	Key      string
	Label    string
	Count    int // shown behind the label where HasCount
	HasCount bool
	Mark     look.Mark // of what it filters
	Tone     look.Tone // of its words
	Menu     bool      // opens a list of choices
}

// Chips is a row of chips, one of them chosen; it wraps where the room ends.
type Chips struct {
	widget.BaseWidget

	// OnTap is called with the key of a chip, and where a menu under it would begin.
	OnTap func(key string, below fyne.Position)

	row      *fyne.Container
	chips    []*chip
	selected string
}

// NewChips makes an empty row.
func NewChips(onTap func(key string, below fyne.Position)) *Chips {
	c := &Chips{OnTap: onTap, row: container.New(layout.NewRowWrapLayoutWithCustomPadding(look.Gap, look.Gap))}
	c.ExtendBaseWidget(c)
	return c
}

// Set shows chips with one chosen. Chips that are there already stay the same
// objects, so that counts can change under the mouse.
func (c *Chips) Set(chips []Chip, selected string) {
	c.selected = selected
	for len(c.chips) < len(chips) {
		c.chips = append(c.chips, newChip(c))
	}
	c.chips = c.chips[:len(chips)]
	objs := make([]fyne.CanvasObject, len(chips))
	for i, data := range chips {
		c.chips[i].set(data, data.Key == selected)
		objs[i] = c.chips[i]
	}
	c.row.Objects = objs
	c.row.Refresh()
}

// Select shows another chip as chosen, without calling OnTap.
func (c *Chips) Select(key string) {
	c.selected = key
	for _, chip := range c.chips {
		chip.set(chip.data, chip.data.Key == key)
	}
}

// Selected returns the key of the chosen chip.
func (c *Chips) Selected() string { return c.selected }

// CreateRenderer shows the row.
func (c *Chips) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.row) }

// chip is the widget of one Chip.
type chip struct {
	widget.BaseWidget
	owner           *Chips
	data            Chip
	selected, hover bool
	focused         bool
	box             *canvas.Rectangle
	mark            *Mark
	text            *canvas.Text
	tail            *canvas.Image
}

func newChip(owner *Chips) *chip {
	c := &chip{owner: owner, box: newBox(look.Paper, look.Line, look.ChipHeight/2), mark: NewMark(look.MarkNone),
		text: newText("", 13, look.Ink, false), tail: canvas.NewImageFromResource(look.IconDown.Resource(look.Second))}
	c.tail.SetMinSize(fyne.NewSquareSize(14))
	c.ExtendBaseWidget(c)
	return c
}

// set takes data over.
func (c *chip) set(data Chip, selected bool) {
	c.data, c.selected = data, selected
	c.Refresh()
}

// words is the label with its count.
func (c *chip) words() string {
	if c.data.HasCount {
		return c.data.Label + " " + strconv.Itoa(c.data.Count)
	}
	return c.data.Label
}

// Tapped chooses the chip.
func (c *chip) Tapped(*fyne.PointEvent) {
	if c.owner.OnTap == nil {
		return
	}
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(c)
	c.owner.OnTap(c.data.Key, pos.AddXY(0, look.ChipHeight+look.GapHair))
}

// TypedKey chooses the focused chip.
func (c *chip) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.Tapped(nil)
	default:
		PassKey(c, e)
	}
}

func (c *chip) TypedRune(rune)                 {}
func (c *chip) FocusGained()                   { c.focused = true; c.Refresh() }
func (c *chip) FocusLost()                     { c.focused = false; c.Refresh() }
func (c *chip) MouseIn(*desktop.MouseEvent)    { c.hover = true; c.Refresh() }
func (c *chip) MouseMoved(*desktop.MouseEvent) {}
func (c *chip) MouseOut()                      { c.hover = false; c.Refresh() }
func (c *chip) Cursor() desktop.Cursor         { return desktop.PointerCursor }

// update brings the objects up to date.
func (c *chip) update() {
	fill, line, ink := look.Paper, look.Line, c.data.Tone.Text()
	switch {
	case c.selected:
		fill, line, ink = look.AccentWash, look.AccentLine, look.Accent
	case c.hover:
		fill = look.Head
	}
	if c.focused {
		line = look.Ink
	}
	c.box.FillColor, c.box.StrokeColor = fill, line
	c.text.Text, c.text.Color = c.words(), ink
	c.mark.SetMark(c.data.Mark)
	c.mark.Hidden = c.data.Mark == look.MarkNone
	c.tail.Hidden = !c.data.Menu
}

func (c *chip) CreateRenderer() fyne.WidgetRenderer {
	c.update()
	return &Renderer{
		Objs:    []fyne.CanvasObject{c.box, c.mark, c.text, c.tail},
		Arrange: c.arrange, Min: c.minSize, Update: func() { c.update(); c.arrange(c.Size()) },
	}
}

func (c *chip) minSize() fyne.Size {
	width := c.text.MinSize().Width + 2*look.GapWide
	if c.data.Mark != look.MarkNone {
		width += look.MarkSize + 5
	}
	if c.data.Menu {
		width += c.tail.MinSize().Width + look.GapHair
	}
	return fyne.NewSize(width, look.ChipHeight)
}

func (c *chip) arrange(s fyne.Size) {
	place(c.box, 0, 0, s.Width, s.Height)
	x := look.GapWide
	if c.data.Mark != look.MarkNone {
		x = placeMid(c.mark, x, 0, s.Height) + 5
	}
	x = placeMid(c.text, x, 0, s.Height)
	placeMid(c.tail, x+look.GapHair, 0, s.Height)
}
