package kit

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
)

// Side is one value of a conflict: whose, what, and who gave it when.
type Side struct {
	Label string // 下发时原值, 镇里现有, 村里填的
	Value string
	Note  string // 赵示例四 11-20 本文件
}

// Conflict is one field that was changed differently on several sides.
type Conflict struct {
	Title  string // 冲突：撂荒地复耕 120 亩 · 进度
	Where  string // 表中第 9 行 F 列
	Base   Side
	Ours   Side
	Theirs []Side // one each sender; usually one
	// Keep and Take name the buttons, 保留镇里的 and 采用村里的.
	Keep, Take string
}

// ConflictCalls are the ways to end a conflict. Leave keeps it open: it stays in
// the list of what is to be decided.
type ConflictCalls struct {
	OnKeep  func()
	OnTake  func(theirs int)
	OnLeave func()
	// OnOther takes a verified value with the reason; the card asks for both.
	OnOther func(value, reason string)
}

const (
	sideHeight  float32 = 88
	sideLeast   float32 = 150
	otherHeight float32 = 48
)

// ConflictCard shows the values of a conflict side by side and asks for a
// decision. 1, 2 and 3 are the keys of its buttons; see UseRune.
type ConflictCard struct {
	widget.BaseWidget

	calls    ConflictCalls
	conflict Conflict
	box      *canvas.Rectangle
	title    *Line
	where    *Line
	sides    []*sideBox
	chosen   int // index into sides
	keep     *Button
	take     *Button
	leave    *Button
	other    *Button
	value    *Entry
	reason   *Entry
	advice   *Line
}

// NewConflictCard makes a card for a conflict; ours is chosen at first.
func NewConflictCard(c Conflict, calls ConflictCalls) *ConflictCard {
	k := &ConflictCard{calls: calls, conflict: c, box: newBox(look.Paper, look.Line, look.CardRadius),
		title: NewLine(c.Title, look.TextBody, look.Ink, true), where: NewNote(c.Where),
		advice: NewNote("不决定也可并入，冲突会一直列在“待处理”里")}
	k.where.Fixed, k.advice.Fixed = true, true
	k.makeSides()
	k.makeButtons()
	k.value, k.reason = NewEntry("另填核实值"), NewEntry("写明理由")
	k.value.OnChanged = func(string) { k.update() }
	k.reason.OnChanged = func(string) { k.update() }
	k.choose(1)
	k.ExtendBaseWidget(k)
	return k
}

// makeSides makes a box for every value and one for another value.
func (k *ConflictCard) makeSides() {
	all := append([]Side{k.conflict.Base, k.conflict.Ours}, k.conflict.Theirs...)
	all = append(all, Side{Label: "另填核实值", Value: "—", Note: "写明理由"})
	for i, s := range all {
		k.sides = append(k.sides, newSideBox(s, func() { k.choose(i) }))
	}
	k.sides[0].fixed = true // what was sent out is no answer
}

func (k *ConflictCard) makeButtons() {
	k.keep = NewButton(k.conflict.Keep, ButtonPlain, func() { k.calls.OnKeep() })
	k.take = NewButton(k.conflict.Take, ButtonPlain, func() { k.calls.OnTake(k.theirs()) })
	k.leave = NewButton("暂不处理", ButtonPlain, func() { k.calls.OnLeave() })
	k.other = NewButton("采用核实值", ButtonMain, func() {
		k.calls.OnOther(strings.TrimSpace(k.value.Text), strings.TrimSpace(k.reason.Text))
	})
	for i, b := range []*Button{k.keep, k.take, k.leave} {
		b.Key = fmt.Sprint(i + 1)
	}
}

// theirs is the index of the chosen sender, the first if another side is chosen.
func (k *ConflictCard) theirs() int {
	return max(0, min(k.chosen-2, len(k.conflict.Theirs)-1))
}

// isOther reports whether the box for another value is chosen.
func (k *ConflictCard) isOther() bool { return k.chosen == len(k.sides)-1 }

// choose marks a side; the button that goes with it becomes the red one.
func (k *ConflictCard) choose(i int) {
	if k.sides[i].fixed {
		return
	}
	k.chosen = i
	k.update()
	k.Refresh()
}

// update brings boxes and buttons up to date with the choice.
func (k *ConflictCard) update() {
	for i, s := range k.sides {
		s.setChosen(i == k.chosen)
	}
	k.keep.Kind, k.take.Kind = ButtonPlain, ButtonPlain
	switch {
	case k.chosen == 1:
		k.keep.Kind = ButtonMain
	case !k.isOther():
		k.take.Kind = ButtonMain
	}
	k.keep.Refresh()
	k.take.Refresh()
	open := k.isOther()
	k.value.Hidden, k.reason.Hidden, k.other.Hidden = !open, !open, !open
	if strings.TrimSpace(k.value.Text) == "" || strings.TrimSpace(k.reason.Text) == "" {
		k.other.Disable()
	} else {
		k.other.Enable()
	}
}

// UseRune does what 1, 2 or 3 means and reports whether it was one of them.
func (k *ConflictCard) UseRune(r rune) bool {
	switch r {
	case '1':
		k.keep.Tapped(nil)
	case '2':
		k.take.Tapped(nil)
	case '3':
		k.leave.Tapped(nil)
	default:
		return false
	}
	return true
}

// CreateRenderer shows the card.
func (k *ConflictCard) CreateRenderer() fyne.WidgetRenderer {
	objs := []fyne.CanvasObject{k.box, k.title, k.where}
	for _, s := range k.sides {
		objs = append(objs, s)
	}
	objs = append(objs, k.value, k.reason, k.other, k.keep, k.take, k.leave, k.advice)
	return &Renderer{Objs: objs, Arrange: k.arrange, Min: k.minSize, Update: func() { k.arrange(k.Size()) }}
}

// perRow is how many boxes stand side by side in a width.
func (k *ConflictCard) perRow(width float32) int {
	return max(1, min(len(k.sides), int((width-2*look.GapPage+look.GapWide)/(sideLeast+look.GapWide))))
}

// sidesHeight is that of all rows of boxes.
func (k *ConflictCard) sidesHeight(width float32) float32 {
	n := k.perRow(width)
	rows := (len(k.sides) + n - 1) / n
	return float32(rows)*(sideHeight+look.GapWide) - look.GapWide
}

func (k *ConflictCard) minSize() fyne.Size {
	width := max(k.Size().Width, 2*sideLeast+look.GapWide+2*look.GapPage)
	h := cardHead + k.sidesHeight(width) + look.GapWide + look.ButtonHeight + look.GapPage
	if k.isOther() {
		h += otherHeight
	}
	return fyne.NewSize(2*sideLeast+look.GapWide+2*look.GapPage, h)
}

func (k *ConflictCard) arrange(s fyne.Size) {
	place(k.box, 0, 0, s.Width, s.Height)
	where := k.where.MinSize().Width
	placeLine(k.where, s.Width-look.GapPage-where, 0, where, cardHead)
	placeLine(k.title, look.GapPage, 0, s.Width-where-3*look.GapPage, cardHead)
	n := k.perRow(s.Width)
	width := (s.Width - 2*look.GapPage - float32(n-1)*look.GapWide) / float32(n)
	for i, side := range k.sides {
		x := look.GapPage + float32(i%n)*(width+look.GapWide)
		place(side, x, cardHead+float32(i/n)*(sideHeight+look.GapWide), width, sideHeight)
	}
	y := cardHead + k.sidesHeight(s.Width) + look.GapWide
	if k.isOther() {
		k.arrangeOther(s, y)
		y += otherHeight
	}
	k.arrangeButtons(s, y)
}

// arrangeOther places the entries for another value.
func (k *ConflictCard) arrangeOther(s fyne.Size, y float32) {
	button := k.other.MinSize().Width
	room := s.Width - 2*look.GapPage - button - 2*look.Gap
	h := k.value.MinSize().Height
	place(k.value, look.GapPage, y, room*0.35, h)
	place(k.reason, look.GapPage+room*0.35+look.Gap, y, room*0.65, h)
	place(k.other, s.Width-look.GapPage-button, y, button, look.ButtonHeight)
}

// arrangeButtons places the buttons, and the advice where there is room for it.
func (k *ConflictCard) arrangeButtons(s fyne.Size, y float32) {
	x := look.GapPage
	for _, b := range []*Button{k.keep, k.take, k.leave} {
		w := b.MinSize().Width
		place(b, x, y, w, look.ButtonHeight)
		x += w + look.Gap
	}
	m := k.advice.MinSize()
	k.advice.Hidden = x+m.Width > s.Width-look.GapPage
	placeMid(k.advice, s.Width-look.GapPage-m.Width, y, look.ButtonHeight)
}

// sideBox is one value.
type sideBox struct {
	widget.BaseWidget
	onTap              func()
	fixed              bool // shown only, cannot be chosen
	box                *canvas.Rectangle
	label, value, note *Line
}

func newSideBox(s Side, onTap func()) *sideBox {
	b := &sideBox{onTap: onTap, box: newBox(look.Paper, look.Line, look.ControlRadius),
		label: NewNote(s.Label), value: NewLine(s.Value, 20, look.Ink, false), note: NewNote(s.Note)}
	b.ExtendBaseWidget(b)
	return b
}

func (b *sideBox) setChosen(chosen bool) {
	b.box.StrokeColor, b.box.StrokeWidth = look.Line, 1
	if chosen {
		b.box.StrokeColor, b.box.StrokeWidth = look.Accent, 2
	}
	b.box.Refresh()
}

// Tapped chooses the value.
func (b *sideBox) Tapped(*fyne.PointEvent) { b.onTap() }

func (b *sideBox) Cursor() desktop.Cursor {
	if b.fixed {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

func (b *sideBox) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{
		Objs: []fyne.CanvasObject{b.box, b.label, b.value, b.note},
		Arrange: func(s fyne.Size) {
			place(b.box, 0, 0, s.Width, s.Height)
			y := look.GapWide
			for _, l := range []*Line{b.label, b.value, b.note} {
				h := l.MinSize().Height
				place(l, look.GapWide, y, s.Width-2*look.GapWide, h)
				y += h
			}
		},
		Min: func() fyne.Size { return fyne.NewSize(sideLeast, sideHeight) },
	}
}
