package gui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
)

// rail is the list of pages at the left. Counts stand for things to do, never for
// things that exist.
type rail struct {
	widget.BaseWidget
	onOpen func(page.Name)
	box    *canvas.Rectangle
	edge   *canvas.Rectangle
	items  []*railItem
	small  bool
}

// railLine is what the rail says of one page.
type railLine struct {
	name  page.Name
	label string
	icon  look.Icon
	last  bool // stands at the foot
}

func newRail(onOpen func(page.Name)) *rail {
	r := &rail{onOpen: onOpen, box: canvas.NewRectangle(look.Paper), edge: canvas.NewRectangle(look.Line)}
	r.ExtendBaseWidget(r)
	return r
}

// set shows the lines of a ledger; none before one is open.
func (r *rail) set(lines []railLine) {
	r.items = nil
	for _, l := range lines {
		r.items = append(r.items, newRailItem(l, func() { r.onOpen(l.name) }))
	}
	r.setSmall(r.small)
	r.Refresh()
}

// choose shows which page is open.
func (r *rail) choose(n page.Name) {
	for _, it := range r.items {
		it.setChosen(it.line.name == n)
	}
}

// setCount shows how much is to be done on a page; 0 shows nothing. Urgent counts
// are red.
func (r *rail) setCount(n page.Name, count int, urgent bool) {
	for _, it := range r.items {
		if it.line.name == n {
			it.setCount(count, urgent)
		}
	}
}

// setSmall shrinks the rail to icons.
func (r *rail) setSmall(small bool) {
	r.small = small
	for _, it := range r.items {
		it.small = small
		it.Refresh()
	}
}

// width is the room the rail takes: none without lines.
func (r *rail) width() float32 {
	switch {
	case len(r.items) == 0:
		return 0
	case r.small:
		return look.RailIconWidth
	}
	return look.RailWidth
}

// CreateRenderer shows the rail.
func (r *rail) CreateRenderer() fyne.WidgetRenderer {
	return &kit.Renderer{
		List:    r.objects,
		Arrange: r.arrange,
		Min:     func() fyne.Size { return fyne.NewSize(0, 0) },
		Update:  func() { r.arrange(r.Size()) },
	}
}

func (r *rail) objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.box, r.edge}
	for _, it := range r.items {
		out = append(out, it)
	}
	return out
}

// arrange places the lines from the top and the last ones from the foot.
func (r *rail) arrange(s fyne.Size) {
	put(r.box, 0, 0, s.Width, s.Height)
	put(r.edge, s.Width-1, 0, 1, s.Height)
	const step = look.RailItemHeight + 2
	top, foot := look.Gap+2, s.Height-look.Gap-2
	for _, it := range r.items {
		if !it.line.last {
			put(it, look.Gap, top, s.Width-2*look.Gap, look.RailItemHeight)
			top += step
		}
	}
	for i := len(r.items) - 1; i >= 0; i-- {
		if r.items[i].line.last {
			foot -= look.RailItemHeight
			put(r.items[i], look.Gap, foot, s.Width-2*look.Gap, look.RailItemHeight)
			foot -= 2
		}
	}
}

// railItem is one line of the rail.
type railItem struct {
	widget.BaseWidget
	line            railLine
	onTap           func()
	small           bool
	n               int // to be done
	chosen, hovered bool

	wash, badge *canvas.Rectangle
	icon        *canvas.Image
	text, more  *canvas.Text // a long word stands on two lines
	count       *canvas.Text
}

var (
	_ fyne.Tappable      = (*railItem)(nil)
	_ desktop.Hoverable  = (*railItem)(nil)
	_ desktop.Cursorable = (*railItem)(nil)
)

func newRailItem(l railLine, onTap func()) *railItem {
	it := &railItem{line: l, onTap: onTap,
		wash: canvas.NewRectangle(look.Clear), badge: canvas.NewRectangle(look.Badge),
		icon: canvas.NewImageFromResource(nil),
		text: canvas.NewText(l.label, look.Ink), more: canvas.NewText("", look.Ink), count: canvas.NewText("", look.Ink)}
	it.wash.CornerRadius, it.badge.CornerRadius = look.ControlRadius, 9
	it.text.TextSize, it.count.TextSize = look.TextBody, look.TextSmall
	it.ExtendBaseWidget(it)
	return it
}

func (it *railItem) setChosen(chosen bool) {
	if it.chosen != chosen {
		it.chosen = chosen
		it.Refresh()
	}
}

func (it *railItem) setCount(n int, urgent bool) {
	it.n = n
	it.count.Color, it.badge.FillColor = look.Ink, look.Badge
	if urgent {
		it.count.Color, it.badge.FillColor = look.Paper, look.Overdue
	}
	it.Refresh()
}

// Tapped opens the page.
func (it *railItem) Tapped(*fyne.PointEvent) { it.onTap() }

// Cursor is a hand.
func (it *railItem) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn shows that the line can be pressed.
func (it *railItem) MouseIn(*desktop.MouseEvent) { it.hovered = true; it.Refresh() }

// MouseMoved has no effect.
func (it *railItem) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends MouseIn.
func (it *railItem) MouseOut() { it.hovered = false; it.Refresh() }

// CreateRenderer shows the line.
func (it *railItem) CreateRenderer() fyne.WidgetRenderer {
	it.update()
	return &kit.Renderer{
		Objs:    []fyne.CanvasObject{it.wash, it.icon, it.text, it.more, it.badge, it.count},
		Arrange: it.arrange,
		Min:     func() fyne.Size { return fyne.NewSize(look.RailIconWidth-2*look.Gap, look.RailItemHeight) },
		Update:  func() { it.update(); it.arrange(it.Size()) },
	}
}

func (it *railItem) update() {
	ink, wash := look.Ink, look.Clear
	switch {
	case it.chosen:
		ink, wash = look.Accent, look.AccentWash
	case it.hovered:
		wash = look.Page
	}
	it.wash.FillColor, it.text.Color, it.more.Color = wash, ink, ink
	it.text.TextStyle.Bold, it.more.TextStyle.Bold = it.chosen, it.chosen
	it.icon.Resource = it.line.icon.Resource(ink)
	it.text.Text, it.more.Text = railWords(it.line.label)
	it.text.TextSize = look.TextBody
	if it.more.Text != "" {
		it.text.TextSize = look.TextSmall
	}
	it.more.TextSize = it.text.TextSize
	it.text.Hidden, it.more.Hidden = it.small, it.small
	it.count.Text = countWords(it.n, it.small)
	it.badge.Hidden = it.count.Text == ""
}

// mostRail is how many characters of a word the rail has room for on one line.
const mostRail = 6

// railWords halves a word that is too long for one line.
func railWords(label string) (first, second string) {
	word := []rune(label)
	if len(word) <= mostRail {
		return label, ""
	}
	half := (len(word) + 1) / 2
	return string(word[:half]), string(word[half:])
}

// countWords is a count as the rail has room for it, "" for none.
func countWords(n int, small bool) string {
	most := 9999
	if small {
		most = 99
	}
	switch {
	case n == 0:
		return ""
	case n > most:
		return strconv.Itoa(most) + "+"
	}
	return strconv.Itoa(n)
}

// arrange puts the icon, the word, and the count at the right; on the small rail
// the count sits on the icon's corner.
func (it *railItem) arrange(s fyne.Size) {
	put(it.wash, 0, 0, s.Width, s.Height)
	mid := (s.Height - look.IconSize) / 2
	left := look.GapWide
	if it.small {
		left = (s.Width - look.IconSize) / 2
	}
	put(it.icon, left, mid, look.IconSize, look.IconSize)
	t, m := it.text.MinSize(), it.more.MinSize()
	top := (s.Height - t.Height) / 2
	if it.more.Text != "" {
		top = s.Height/2 - t.Height + 1
		put(it.more, left+look.IconSize+look.GapWide, s.Height/2-1, m.Width, m.Height)
	}
	put(it.text, left+look.IconSize+look.GapWide, top, t.Width, t.Height)
	n := it.count.MinSize()
	width, y := max(n.Width+10, 18), (s.Height-18)/2
	if it.small {
		y = 0
	}
	x := s.Width - width - look.GapHair
	if it.small {
		x = s.Width - width + look.GapHair
	}
	put(it.badge, x, y, width, 18)
	put(it.count, x+(width-n.Width)/2, y+(18-n.Height)/2, n.Width, n.Height)
}
