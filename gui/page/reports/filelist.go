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

// fileList lists files, one of them chosen by mouse or arrows.
type fileList struct {
	widget.BaseWidget
	onChoose func(int)
	onRune   func(rune) bool // keys of what the chosen file shows
	head     *kit.Line
	items    []*fileItem
	box      *fyne.Container
	scroll   *container.Scroll
	chosen   int
	focused  bool
}

var _ fyne.Focusable = (*fileList)(nil)

func newFileList(onChoose func(int)) *fileList {
	l := &fileList{onChoose: onChoose, head: kit.NewLine("", look.TextBody, look.Ink, true), chosen: -1}
	l.box = container.New(stackLayout{})
	l.scroll = container.NewVScroll(l.box)
	l.ExtendBaseWidget(l)
	return l
}

// set shows other files under a head; none is chosen then.
func (l *fileList) set(head string, lines []fileLine) {
	l.head.SetText(head)
	l.items, l.box.Objects, l.chosen = nil, nil, -1
	for i, line := range lines {
		it := newFileItem(line, func() { l.choose(i) })
		l.items = append(l.items, it)
		l.box.Objects = append(l.box.Objects, it)
	}
	l.box.Refresh()
	l.Refresh()
}

// choose shows a file as chosen and says so.
func (l *fileList) choose(i int) {
	if i < 0 || i >= len(l.items) {
		return
	}
	l.chosen = i
	for n, it := range l.items {
		it.setChosen(n == i)
	}
	top := float32(i) * itemHeight
	if y := l.scroll.Offset.Y; top < y || top+itemHeight > y+l.scroll.Size().Height {
		l.scroll.ScrollToOffset(fyne.NewPos(0, top))
	}
	l.onChoose(i)
}

// TypedKey goes through the files by the arrows.
func (l *fileList) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown:
		l.choose(l.chosen + 1)
	case fyne.KeyUp:
		l.choose(l.chosen - 1)
	default:
		kit.PassKey(l, e)
	}
}

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
const headHeight float32 = 44

// CreateRenderer shows the list.
func (l *fileList) CreateRenderer() fyne.WidgetRenderer {
	rule := canvas.NewRectangle(look.SoftLine)
	return &kit.Renderer{
		Objs: []fyne.CanvasObject{l.head, rule, l.scroll},
		Arrange: func(s fyne.Size) {
			put(l.head, look.GapPage, 0, s.Width-2*look.GapPage, headHeight)
			put(rule, 0, headHeight, s.Width, 1)
			put(l.scroll, 0, headHeight+1, s.Width, max(0, s.Height-headHeight-1))
		},
		Min: func() fyne.Size { return fyne.NewSize(200, headHeight+2*itemHeight) },
	}
}

// itemHeight is that of one file: its name, and what is in it.
const itemHeight float32 = 58

// fileItem is one file.
type fileItem struct {
	widget.BaseWidget
	onTap      func()
	wash, edge *canvas.Rectangle
	rule       *canvas.Rectangle
	name, note *kit.Line
	status     *kit.Line
}

var (
	_ fyne.Tappable      = (*fileItem)(nil)
	_ desktop.Cursorable = (*fileItem)(nil)
)

func newFileItem(l fileLine, onTap func()) *fileItem {
	it := &fileItem{onTap: onTap,
		wash: canvas.NewRectangle(look.Selected), edge: canvas.NewRectangle(look.SelectedLine), rule: canvas.NewRectangle(look.SoftLine),
		name: kit.NewLine(l.name, look.TextBody, look.Ink, false), note: kit.NewNote(l.note), status: kit.NewNote(l.status)}
	it.status.Fixed = true
	it.status.SetTone(l.tone)
	it.wash.Hide()
	it.edge.Hide()
	it.ExtendBaseWidget(it)
	return it
}

func (it *fileItem) setChosen(chosen bool) {
	it.wash.Hidden, it.edge.Hidden = !chosen, !chosen
	it.Refresh()
}

// Tapped chooses the file.
func (it *fileItem) Tapped(*fyne.PointEvent) { it.onTap() }

// Cursor is a hand.
func (it *fileItem) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer shows the file.
func (it *fileItem) CreateRenderer() fyne.WidgetRenderer {
	return &kit.Renderer{
		Objs: []fyne.CanvasObject{it.wash, it.edge, it.name, it.status, it.note, it.rule},
		Arrange: func(s fyne.Size) {
			put(it.wash, 0, 0, s.Width, s.Height)
			put(it.edge, 0, 0, 3, s.Height)
			status := it.status.MinSize().Width
			put(it.name, look.GapPage, 6, s.Width-status-2*look.GapPage-look.Gap, 24)
			put(it.status, s.Width-status-look.GapPage, 6, status, 24)
			put(it.note, look.GapPage, 30, s.Width-2*look.GapPage, 20)
			put(it.rule, 0, s.Height-1, s.Width, 1)
		},
		Min: func() fyne.Size { return fyne.NewSize(200, itemHeight) },
	}
}

// stackLayout puts objects under each other without a gap.
type stackLayout struct{}

// MinSize is the sum of their heights.
func (stackLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, float32(len(o))*itemHeight)
}

// Layout places them.
func (stackLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for i, it := range o {
		put(it, 0, float32(i)*itemHeight, s.Width, itemHeight)
	}
}

// put moves and sizes an object.
func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}
