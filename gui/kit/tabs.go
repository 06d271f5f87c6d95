package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
)

// Tab is one side of a record: 进展, 详情, 责任链, 佐证, 历史.
type Tab struct {
	Key     string
	Label   string
	Count   int // behind the label, 0 for none
	Content fyne.CanvasObject
}

// tabHeight is the height of the row of tabs, its line included.
const tabHeight float32 = 38

// tabBar is the row of tabs; the chosen one is red and underlined.
type tabBar struct {
	widget.BaseWidget
	onTap    func(key string)
	labels   []*tabLabel
	line     *canvas.Rectangle
	under    *canvas.Rectangle
	selected string
}

func newTabBar(onTap func(key string)) *tabBar {
	b := &tabBar{onTap: onTap, line: canvas.NewRectangle(look.SoftLine), under: canvas.NewRectangle(look.Accent)}
	b.ExtendBaseWidget(b)
	return b
}

// set shows tabs with one chosen.
func (b *tabBar) set(tabs []Tab, selected string) {
	b.labels = nil
	for _, t := range tabs {
		words := t.Label
		if t.Count > 0 {
			words += " " + strconv.Itoa(t.Count)
		}
		b.labels = append(b.labels, newTabLabel(b, t.Key, words))
	}
	b.choose(selected)
}

// choose marks a tab as the chosen one.
func (b *tabBar) choose(key string) {
	b.selected = key
	for _, l := range b.labels {
		l.paint()
	}
	b.Refresh()
}

// CreateRenderer shows the tabs.
func (b *tabBar) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{
		List: b.objects, Arrange: b.arrange,
		Min:    func() fyne.Size { return fyne.NewSize(0, tabHeight) },
		Update: func() { b.arrange(b.Size()) },
	}
}

func (b *tabBar) objects() []fyne.CanvasObject {
	objs := []fyne.CanvasObject{b.line, b.under}
	for _, l := range b.labels {
		objs = append(objs, l)
	}
	return objs
}

func (b *tabBar) arrange(s fyne.Size) {
	place(b.line, 0, s.Height-1, s.Width, 1)
	x := look.GapPage
	for _, l := range b.labels {
		w := l.MinSize().Width
		place(l, x, 0, w, s.Height-1)
		if l.key == b.selected {
			place(b.under, x, s.Height-2, w, 2)
		}
		x += w + look.GapPage
	}
}

// tabLabel is one tab.
type tabLabel struct {
	widget.BaseWidget
	bar  *tabBar
	key  string
	text *canvas.Text
}

func newTabLabel(bar *tabBar, key, words string) *tabLabel {
	l := &tabLabel{bar: bar, key: key, text: newText(words, look.TextBody, look.Ink, false)}
	l.ExtendBaseWidget(l)
	return l
}

// paint colours the words.
func (l *tabLabel) paint() {
	l.text.Color = look.Ink
	if l.key == l.bar.selected {
		l.text.Color = look.Accent
	}
	l.text.Refresh()
}

func (l *tabLabel) Tapped(*fyne.PointEvent) { l.bar.onTap(l.key) }
func (l *tabLabel) Cursor() desktop.Cursor  { return desktop.PointerCursor }
func (l *tabLabel) FocusGained()            { l.text.TextStyle.Bold = true; l.text.Refresh() }
func (l *tabLabel) FocusLost()              { l.text.TextStyle.Bold = false; l.text.Refresh() }
func (l *tabLabel) TypedRune(rune)          {}
func (l *tabLabel) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.bar.onTap(l.key)
	default:
		PassKey(l, e)
	}
}

func (l *tabLabel) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{
		Objs:    []fyne.CanvasObject{l.text},
		Arrange: func(s fyne.Size) { placeMid(l.text, 0, 0, s.Height) },
		Min:     l.text.MinSize,
	}
}
