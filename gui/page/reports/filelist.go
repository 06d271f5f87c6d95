package reports

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

// fileLine is one file of the list.
type fileLine struct {
	name, note, status string
	tone               look.Tone
}

// fileList lists files, one of them chosen by mouse or arrows. Only the lines in sight
// have widgets, which are used again while scrolling: a county's folder has 1,600.
type fileList struct {
	widget.BaseWidget
	onChoose func(int)
	onRune   func(rune) bool // keys of what the chosen file shows
	head     *kit.Line
	note     *kit.Line // under the head
	lines    []fileLine
	items    []*fileItem // those in sight, from the line first on
	first    int
	box      *fyne.Container
	scroll   *container.Scroll
	chosen   int
	focused  bool
}

var _ fyne.Focusable = (*fileList)(nil)

func newFileList(onChoose func(int)) *fileList {
	l := &fileList{onChoose: onChoose, head: kit.NewLine("", look.TextBody, look.Ink, true), note: kit.NewNote(""), chosen: -1}
	l.box = container.New(&linesLayout{l})
	l.scroll = container.NewVScroll(l.box)
	l.scroll.OnScrolled = func(fyne.Position) { l.fill() }
	l.ExtendBaseWidget(l)
	return l
}

// set shows other files under a head; none is chosen then.
func (l *fileList) set(head, note string, lines []fileLine) {
	l.head.SetText(head)
	l.note.SetText(note)
	l.lines, l.chosen = lines, -1
	l.scroll.ScrollToOffset(fyne.NewPos(0, 0))
	l.fill()
	l.Refresh()
}

// fill shows the lines in sight in the widgets there are, and makes those missing.
func (l *fileList) fill() {
	l.first = max(0, int(l.scroll.Offset.Y/itemHeight))
	seen := int(l.scroll.Size().Height/itemHeight) + 2
	shown := max(0, min(seen, len(l.lines)-l.first))
	for len(l.items) < shown {
		l.items = append(l.items, newFileItem(l))
	}
	l.box.Objects = l.box.Objects[:0]
	for i, it := range l.items[:shown] {
		it.show(l.first+i, l.lines[l.first+i], l.first+i == l.chosen)
		l.box.Objects = append(l.box.Objects, it)
	}
	l.box.Refresh()
}

// linesLayout gives the box the height of all lines and places those in sight.
type linesLayout struct{ list *fileList }

// MinSize is that of all lines.
func (y *linesLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, float32(len(y.list.lines))*itemHeight)
}

// Layout places those in sight.
func (y *linesLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for i, it := range o {
		put(it, 0, float32(y.list.first+i)*itemHeight, s.Width, itemHeight)
	}
}

// choose shows a file as chosen and says so.
func (l *fileList) choose(i int) {
	if i < 0 || i >= len(l.lines) {
		return
	}
	l.chosen = i
	top, height := float32(i)*itemHeight, l.scroll.Size().Height
	switch y := l.scroll.Offset.Y; {
	case top < y:
		l.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case top+itemHeight > y+height && height > 0:
		l.scroll.ScrollToOffset(fyne.NewPos(0, top+itemHeight-height))
	}
	l.fill()
	l.onChoose(i)
}

// TypedKey goes through the files by the arrows.
func (l *fileList) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown:
		l.choose(l.chosen + 1)
	case fyne.KeyUp:
		l.choose(l.chosen - 1)
	case fyne.KeyPageDown:
		l.choose(min(len(l.lines)-1, l.chosen+l.page()))
	case fyne.KeyPageUp:
		l.choose(max(0, l.chosen-l.page()))
	case fyne.KeyHome:
		l.choose(0)
	case fyne.KeyEnd:
		l.choose(len(l.lines) - 1)
	default:
		kit.PassKey(l, e)
	}
}

// page is how many lines are in sight.
func (l *fileList) page() int { return max(1, int(l.scroll.Size().Height/itemHeight)) }

// TypedRune hands what is typed to what the chosen file shows.
func (l *fileList) TypedRune(r rune) {
	if l.onRune != nil {
		l.onRune(r)
	}
}

// FocusGained shows that the list has the keyboard.
func (l *fileList) FocusGained() { l.focused = true; l.Refresh() }

// FocusLost ends FocusGained.
func (l *fileList) FocusLost() { l.focused = false; l.Refresh() }

// headHeight is that of the line above the files.
const headHeight float32 = 58

// CreateRenderer shows the list.
func (l *fileList) CreateRenderer() fyne.WidgetRenderer {
	rule := canvas.NewRectangle(look.SoftLine)
	return &kit.Renderer{
		Objs: []fyne.CanvasObject{l.head, l.note, rule, l.scroll},
		Arrange: func(s fyne.Size) {
			put(l.head, look.GapPage, 6, s.Width-2*look.GapPage, 24)
			put(l.note, look.GapPage, 30, s.Width-2*look.GapPage, 20)
			put(rule, 0, headHeight, s.Width, 1)
			put(l.scroll, 0, headHeight+1, s.Width, max(0, s.Height-headHeight-1))
			l.fill()
		},
		Min: func() fyne.Size { return fyne.NewSize(200, headHeight+2*itemHeight) },
	}
}

// itemHeight is that of one file: its name, and what is in it.
const itemHeight float32 = 58

// fileItem shows one file.
type fileItem struct {
	widget.BaseWidget
	list               *fileList
	at                 int
	wash, edge, rule   *canvas.Rectangle
	name, note, status *kit.Line
}

var (
	_ fyne.Tappable      = (*fileItem)(nil)
	_ desktop.Cursorable = (*fileItem)(nil)
)

func newFileItem(l *fileList) *fileItem {
	it := &fileItem{list: l,
		wash: canvas.NewRectangle(look.Selected), edge: canvas.NewRectangle(look.SelectedLine), rule: canvas.NewRectangle(look.SoftLine),
		name: kit.NewLine("", look.TextBody, look.Ink, false), note: kit.NewNote(""), status: kit.NewNote("")}
	it.status.Fixed = true
	it.ExtendBaseWidget(it)
	return it
}

// show makes it the widget of another line.
func (it *fileItem) show(at int, l fileLine, chosen bool) {
	it.at = at
	it.name.SetText(l.name)
	it.note.SetText(l.note)
	it.status.SetText(l.status)
	it.status.SetTone(l.tone)
	it.wash.Hidden, it.edge.Hidden = !chosen, !chosen
	it.Refresh()
}

// Tapped chooses the file.
func (it *fileItem) Tapped(*fyne.PointEvent) { it.list.choose(it.at) }

// Cursor is a hand.
func (it *fileItem) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer shows the file.
func (it *fileItem) CreateRenderer() fyne.WidgetRenderer {
	return &kit.Renderer{
		Objs:    []fyne.CanvasObject{it.wash, it.edge, it.name, it.status, it.note, it.rule},
		Arrange: it.arrange,
		Min:     func() fyne.Size { return fyne.NewSize(200, itemHeight) },
		Update:  func() { it.arrange(it.Size()) },
	}
}

func (it *fileItem) arrange(s fyne.Size) {
	put(it.wash, 0, 0, s.Width, s.Height)
	put(it.edge, 0, 0, 3, s.Height)
	status := it.status.MinSize().Width
	put(it.name, look.GapPage, 6, max(0, s.Width-status-2*look.GapPage-look.Gap), 24)
	put(it.status, s.Width-status-look.GapPage, 6, status, 24)
	put(it.note, look.GapPage, 30, max(0, s.Width-2*look.GapPage), 20)
	put(it.rule, 0, s.Height-1, s.Width, 1)
}

// put moves and sizes an object.
func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}
