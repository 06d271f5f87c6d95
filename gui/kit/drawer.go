package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
)

const (
	drawerPad    float32 = 16
	footerHeight float32 = 52
	bodyInset    float32 = 4 // room for borders within what the scroll clips
)

// Head is what stands above the tabs of a drawer.
type Head struct {
	Crumb  string // 县 › 甲镇 › 甲二村
	Title  string
	Mark   look.Mark
	Status string // in the mark's tone: 逾期 12 天
	Note   string // behind the status: 滞后环节：甲二村 · 管材未到位
}

// Drawer shows one record beside the grid: what and where, tabs, and buttons for
// what the reader may do. At a small window it lies over the grid.
type Drawer struct {
	widget.BaseWidget

	OnTab   func(key string) // another tab was chosen
	OnClose func()           // nil leaves the cross out

	box, headLine, footLine *canvas.Rectangle
	crumb, status, note     *Line
	title                   *Para
	mark                    *Mark
	cross                   *Button
	bar                     *tabBar
	tabs                    []Tab
	body                    *container.Scroll
	footer                  []*Button
	hint                    *Line
}

// NewDrawer makes an empty drawer.
func NewDrawer(onTab func(key string), onClose func()) *Drawer {
	d := &Drawer{
		OnTab: onTab, OnClose: onClose,
		box: newBox(look.Paper, look.Line, look.CardRadius), headLine: canvas.NewRectangle(look.SoftLine), footLine: canvas.NewRectangle(look.SoftLine),
		crumb: NewNote(""), status: NewLine("", look.TextBody, look.Ink, false), note: NewNote(""),
		title: NewPara("", look.TextHead, look.Ink, true, 3), mark: NewMark(look.MarkNone),
		body: container.NewVScroll(widget.NewLabel("")), hint: NewLine("", look.TextBody, look.Second, false),
	}
	d.status.Fixed, d.hint.Fixed = true, true
	d.cross = NewIconButton(look.IconClose, func() { d.OnClose() })
	d.bar = newTabBar(d.Choose)
	d.ExtendBaseWidget(d)
	return d
}

// SetHead shows another record's head.
func (d *Drawer) SetHead(h Head) {
	d.crumb.SetText(h.Crumb)
	d.title.SetText(h.Title)
	d.mark.SetMark(h.Mark)
	d.status.SetTone(h.Mark.Tone())
	d.status.SetText(h.Status)
	d.note.SetText(h.Note)
	d.Refresh()
}

// Clear empties the drawer and says what is not chosen.
func (d *Drawer) Clear(words string) {
	d.SetHead(Head{Title: words})
	d.SetTabs(nil, "")
	d.SetFooter("")
}

// SetTabs shows tabs with one chosen, the first if there is no such key.
func (d *Drawer) SetTabs(tabs []Tab, selected string) {
	d.tabs = tabs
	d.bar.set(tabs, "")
	key := ""
	for i, t := range tabs {
		if i == 0 || t.Key == selected {
			key = t.Key
		}
	}
	d.show(key)
}

// Choose shows a tab as if it was clicked.
func (d *Drawer) Choose(key string) {
	d.show(key)
	if d.OnTab != nil {
		d.OnTab(key)
	}
}

// show puts the content of a tab into the body.
func (d *Drawer) show(key string) {
	d.bar.choose(key)
	for _, t := range d.tabs {
		if t.Key == key && t.Content != nil {
			d.body.Content = container.New(layout.NewCustomPaddedLayout(0, look.Gap, bodyInset, drawerPad-bodyInset), t.Content)
			d.body.Offset = fyne.Position{}
			d.body.Refresh()
		}
	}
}

// SetFooter shows buttons at the lower edge and a hint, F2 编辑, at its end.
func (d *Drawer) SetFooter(hint string, buttons ...*Button) {
	d.footer = buttons
	d.hint.SetText(hint)
	d.Refresh()
}

// CreateRenderer shows the drawer.
func (d *Drawer) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{
		List: d.objects, Arrange: d.arrange,
		Min:    func() fyne.Size { return fyne.NewSize(280, 240) },
		Update: func() { d.arrange(d.Size()) },
	}
}

// objects lists the buttons anew each time: they follow the record and who is at
// the desk.
func (d *Drawer) objects() []fyne.CanvasObject {
	objs := []fyne.CanvasObject{d.box, d.crumb, d.title, d.mark, d.status, d.note, d.headLine, d.bar, d.body}
	if d.OnClose != nil {
		objs = append(objs, d.cross)
	}
	if len(d.footer) > 0 {
		objs = append(objs, d.footLine, d.hint)
	}
	for _, b := range d.footer {
		objs = append(objs, b)
	}
	return objs
}

func (d *Drawer) arrange(s fyne.Size) {
	place(d.box, 0, 0, s.Width, s.Height)
	y := d.layoutHead(s)
	place(d.bar, 1, y, s.Width-2, tabHeight)
	y += tabHeight
	bottom := s.Height - 1
	if len(d.footer) > 0 {
		bottom -= footerHeight
		d.layoutFooter(s, bottom)
	}
	left := drawerPad - bodyInset
	place(d.body, left, y+look.GapWide, s.Width-left-bodyInset, max(0, bottom-y-look.GapWide))
}

// layoutHead places crumb, title and status, and returns where the tabs begin.
func (d *Drawer) layoutHead(s fyne.Size) float32 {
	width, y := s.Width-2*drawerPad, look.GapWide
	cross := d.cross.MinSize()
	place(d.cross, s.Width-cross.Width-look.Gap, look.Gap, cross.Width, cross.Height)
	if d.crumb.Text() != "" {
		h := d.crumb.MinSize().Height
		place(d.crumb, drawerPad, y, width-cross.Width, h)
		y += h + 2
	}
	h := d.title.HeightFor(width)
	place(d.title, drawerPad, y, width, h)
	y += h + look.GapHair
	if d.status.Text() != "" {
		y = d.layoutStatus(width, y)
	}
	y += look.Gap
	place(d.headLine, 1, y, s.Width-2, 1)
	return y + 1
}

// layoutStatus places mark, status and note on one line.
func (d *Drawer) layoutStatus(width, y float32) float32 {
	const height = 22
	x := drawerPad
	if d.mark.mark != look.MarkNone {
		x = placeMid(d.mark, x, y, height) + 5
	}
	w := min(d.status.MinSize().Width, width)
	placeLine(d.status, x, y, w, height)
	x += w + look.Gap
	placeLine(d.note, x, y, max(0, drawerPad+width-x), height)
	return y + height
}

// layoutFooter places the buttons from the left, the hint at the right if there
// is room for it.
func (d *Drawer) layoutFooter(s fyne.Size, y float32) {
	place(d.footLine, 1, y, s.Width-2, 1)
	x := drawerPad
	for _, b := range d.footer {
		w := b.MinSize().Width
		place(b, x, y+(footerHeight-look.ButtonHeight)/2, w, look.ButtonHeight)
		x += w + look.Gap
	}
	m := d.hint.MinSize()
	d.hint.Hidden = x+m.Width > s.Width-drawerPad
	placeMid(d.hint, s.Width-drawerPad-m.Width, y, footerHeight)
}
