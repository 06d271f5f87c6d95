// Package ticklist is a list of names with boxes to be ticked, for the pages that ask to
// whom something goes.
package ticklist

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page/form"
)

// List is a list of names with boxes, searched by words or pinyin initials.
type List struct {
	Object    fyne.CanvasObject
	all       []kit.Choice
	chosen    map[string]bool // by id
	onChanged func()

	find  *kit.Entry
	every *kit.Tick
	rows  *fyne.Container
}

const (
	mostTicks    = 60 // shown at once; the rest is found by its name
	ticksAcross  = 3
	ticksMinimum = 4 // rows for which there is always room
)

// New makes a list with all ticked.
func New(hint string, onChanged func()) *List {
	l := &List{chosen: map[string]bool{}, onChanged: onChanged, find: kit.NewEntry(hint), rows: container.NewVBox()}
	l.find.OnChanged = func(string) { l.fill() }
	l.every = kit.NewTick("全选", true, l.tickAll)
	scroll := container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 2, look.GapWide), l.rows))
	scroll.SetMinSize(fyne.NewSize(0, ticksMinimum*look.RowHeight))
	l.Object = container.NewBorder(container.NewBorder(nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, 2, look.Gap), l.every), nil, l.find), nil, nil, nil,
		container.New(layout.NewCustomPaddedLayout(look.Gap, 0, 0, 0), scroll))
	return l
}

// Set shows other names, all of them ticked.
func (l *List) Set(all []kit.Choice) {
	l.all, l.chosen = all, map[string]bool{}
	for _, c := range all {
		l.chosen[c.ID] = true
	}
	l.every.Set(true)
	l.fill()
}

// Only ticks those and no others.
func (l *List) Only(ids []string) {
	l.chosen = map[string]bool{}
	for _, id := range ids {
		l.chosen[id] = true
	}
	l.every.Set(len(ids) == len(l.all))
	l.fill()
}

// Focusable is what takes the keyboard.
func (l *List) Focusable() fyne.Focusable { return l.find }

// Chosen are the names ticked, in the order of the list.
func (l *List) Chosen() []kit.Choice {
	return slices.DeleteFunc(slices.Clone(l.all), func(c kit.Choice) bool { return !l.chosen[c.ID] })
}

// IDs are the ids of those ticked, in the order of the list.
func (l *List) IDs() []string {
	var out []string
	for _, c := range l.Chosen() {
		out = append(out, c.ID)
	}
	return out
}

// tickAll ticks all that fit what is searched for, or none of them.
func (l *List) tickAll(on bool) {
	for _, c := range l.found() {
		l.chosen[c.ID] = on
	}
	l.fill()
	l.onChanged()
}

// found are the names that fit what is searched for.
func (l *List) found() []kit.Choice {
	if l.find.Text == "" {
		return l.all
	}
	return form.Filter(l.all)(l.find.Text)
}

// fill shows the names that fit.
func (l *List) fill() {
	found := l.found()
	boxes := container.NewGridWithColumns(ticksAcross)
	for _, c := range found[:min(mostTicks, len(found))] {
		boxes.Add(kit.NewTick(c.Text, l.chosen[c.ID], func(on bool) {
			l.chosen[c.ID] = on
			l.every.Set(len(l.IDs()) == len(l.all))
			l.onChanged()
		}))
	}
	l.rows.Objects = []fyne.CanvasObject{boxes}
	if more := len(found) - mostTicks; more > 0 {
		l.rows.Add(kit.NewNote(fmt.Sprintf("还有 %d 个，请输入名称或拼音首字母查找。", more)))
	}
	if len(found) == 0 {
		l.rows.Add(kit.NewNote("没有相符的单位。"))
	}
	l.rows.Refresh()
}
