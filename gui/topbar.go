package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

// topCalls are what the top bar leads to.
type topCalls struct{ search, undo, redo, period, user func() }

// topBar says where I am, and holds the search and what can be undone.
type topBar struct {
	widget.BaseWidget
	box, edge  *canvas.Rectangle
	name       *canvas.Text
	place      *kit.Line
	period     *kit.Button // the month that pages show
	demo       *kit.Line   // 演示数据, so that nobody takes the sample for their own
	search     *searchBox
	undo, redo *kit.Button
	user       *kit.Button // who works here, once there are several users
}

func newTopBar(calls topCalls) *topBar {
	t := &topBar{
		box: canvas.NewRectangle(look.Paper), edge: canvas.NewRectangle(look.Line),
		name:   canvas.NewText(Name, look.Accent),
		place:  kit.NewLine("", look.TextBody, look.Ink, false),
		period: kit.NewButton("", kit.ButtonQuiet, calls.period),
		demo:   kit.NewLine("演示数据", look.TextBody, look.OverdueText, true),
		search: newSearchBox(calls.search),
		undo:   kit.NewButton("撤销", kit.ButtonQuiet, calls.undo),
		redo:   kit.NewButton("重做", kit.ButtonQuiet, calls.redo),
	}
	t.name.TextSize, t.name.TextStyle.Bold = look.TextHead, true
	t.user = kit.NewButton("", kit.ButtonQuiet, calls.user)
	t.period.Key, t.user.Key = "↓", "↓"
	t.user.Hide()
	t.undo.Icon, t.redo.Icon = look.IconUndo, look.IconRedo
	t.demo.Fixed, t.place.Fixed = true, true
	t.ExtendBaseWidget(t)
	t.setOpen(false, false)
	return t
}

// setOpen hides what makes no sense before a ledger is open, and marks the sample.
func (t *topBar) setOpen(open, demo bool) {
	show := func(o fyne.CanvasObject, shown bool) {
		if shown {
			o.Show()
		} else {
			o.Hide()
		}
	}
	for _, o := range []fyne.CanvasObject{t.place, t.period, t.search, t.undo, t.redo} {
		show(o, open)
	}
	show(t.user, open && t.user.Label != "")
	show(t.demo, open && demo)
}

// setPlace says whose ledger this is and which period the pages show.
func (t *topBar) setPlace(place, period string) {
	t.place.SetText(place)
	t.period.SetLabel(period)
	t.Refresh()
}

// longestUser is how many characters of a user's name are shown.
const longestUser = 6

// setUser names who works here; "" hides it.
func (t *topBar) setUser(name string) {
	t.user.SetLabel(cut(name, longestUser))
	if t.user.Show(); name == "" {
		t.user.Hide()
	}
	t.Refresh()
}

// longestUndo is how many characters of an operation's name are shown.
const longestUndo = 16

// setUndo names what can be undone and done again; "" greys the button out.
func (t *topBar) setUndo(undo, redo string) {
	name := func(b *kit.Button, verb, what string) {
		if what == "" {
			b.SetLabel(verb)
			b.Disable()
			return
		}
		b.SetLabel(verb + "：" + cut(what, longestUndo))
		b.Enable()
	}
	name(t.undo, "撤销", undo)
	name(t.redo, "重做", redo)
	if undo != "" && redo != "" {
		t.redo.SetLabel("重做") // there is room for one name
	}
	t.Refresh()
}

// cut shortens words to n characters.
func cut(words string, n int) string {
	r := []rune(words)
	if len(r) <= n {
		return words
	}
	return string(r[:n-1]) + "…"
}

// CreateRenderer shows the bar.
func (t *topBar) CreateRenderer() fyne.WidgetRenderer {
	return &kit.Renderer{
		Objs:    []fyne.CanvasObject{t.box, t.edge, t.name, t.place, t.period, t.demo, t.search, t.undo, t.redo, t.user},
		Arrange: t.arrange,
		Min:     func() fyne.Size { return fyne.NewSize(0, look.TopBarHeight) },
		Update:  func() { t.arrange(t.Size()) },
	}
}

const (
	searchWidth  float32 = 380
	searchNarrow float32 = 260
)

// arrange puts the search in the middle of the window, or left of the undo button
// where its name is long.
func (t *topBar) arrange(s fyne.Size) {
	put(t.box, 0, 0, s.Width, s.Height)
	put(t.edge, 0, s.Height-1, s.Width, 1)
	n := t.name.MinSize()
	put(t.name, look.GapPage, (s.Height-n.Height)/2, n.Width, n.Height)
	right := s.Width - look.GapPage
	for _, b := range []*kit.Button{t.user, t.redo, t.undo} {
		if b.Hidden {
			continue
		}
		m := b.MinSize()
		right -= m.Width
		put(b, right, (s.Height-m.Height)/2, m.Width, m.Height)
	}
	width := searchWidth
	if s.Width < narrow {
		width = searchNarrow
	}
	x := min((s.Width-width)/2, right-width-look.GapWide)
	put(t.search, x, (s.Height-look.ButtonHeight)/2, width, look.ButtonHeight)
	left := look.RailWidth + look.GapPage
	if s.Width < narrow {
		left = look.GapPage + n.Width + 2*look.GapPage
	}
	room := max(0, x-left-look.GapWide)
	d := t.demo.MinSize().Width
	if t.demo.Hidden {
		d = 0
	}
	m := t.period.MinSize()
	p := min(t.place.MinSize().Width, max(0, room-d-m.Width-2*look.Gap))
	put(t.place, left, 0, p, s.Height)
	put(t.period, left+p+look.GapHair, (s.Height-m.Height)/2, m.Width, m.Height)
	put(t.demo, left+p+m.Width+look.Gap, 0, d, s.Height)
}

// searchBox looks like an entry and opens the search.
type searchBox struct {
	widget.BaseWidget
	onTap     func()
	box       *canvas.Rectangle
	icon      *canvas.Image
	text, key *kit.Line
}

var (
	_ fyne.Tappable      = (*searchBox)(nil)
	_ desktop.Cursorable = (*searchBox)(nil)
)

// searchHint is what the search says before anything is typed.
const searchHint = "搜索事项、人员、村，可用拼音首字母"

func newSearchBox(onTap func()) *searchBox {
	b := &searchBox{onTap: onTap, box: canvas.NewRectangle(look.Page),
		icon: canvas.NewImageFromResource(look.IconSearch.Resource(look.Second)),
		text: kit.NewLine(searchHint, look.TextBody, look.Second, false),
		key:  kit.NewNote("Ctrl+F")}
	b.key.Fixed = true
	b.box.StrokeColor, b.box.StrokeWidth, b.box.CornerRadius = look.Line, 1, look.ControlRadius
	b.ExtendBaseWidget(b)
	return b
}

// Tapped opens the search.
func (b *searchBox) Tapped(*fyne.PointEvent) { b.onTap() }

// Cursor is that of a text.
func (b *searchBox) Cursor() desktop.Cursor { return desktop.TextCursor }

// CreateRenderer shows the box.
func (b *searchBox) CreateRenderer() fyne.WidgetRenderer {
	return &kit.Renderer{
		Objs: []fyne.CanvasObject{b.box, b.icon, b.text, b.key},
		Arrange: func(s fyne.Size) {
			const icon = look.IconSize - 2
			put(b.box, 0, 0, s.Width, s.Height)
			put(b.icon, look.GapWide, (s.Height-icon)/2, icon, icon)
			k := b.key.MinSize().Width
			left := look.GapWide + icon + look.Gap
			put(b.text, left, 0, s.Width-left-k-2*look.GapWide, s.Height)
			put(b.key, s.Width-k-look.GapWide, 0, k, s.Height)
		},
		Min: func() fyne.Size { return fyne.NewSize(searchNarrow, look.ButtonHeight) },
	}
}
