package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/assets/licences"
	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
)

// licenceSource lists the parts of the program that others made.
type licenceSource []licences.Licence

// Len is the number of parts.
func (s licenceSource) Len() int { return len(s) }

// Columns lists the one column.
func (s licenceSource) Columns() []grid.Column {
	return []grid.Column{{Key: "name", Title: "组成部分", Width: licenceList, Grow: true}}
}

// Cell shows a part's name.
func (s licenceSource) Cell(row, _ int) grid.Cell {
	return grid.Cell{Text: s[row].Name, Hint: s[row].Name}
}

// licenceList is the width of the list, licenceSize that of the whole.
const licenceList float32 = 250

var licenceSize = fyne.NewSize(820, 400)

// licences shows what others made of the program, each part with its licence.
func (w *Window) licences() {
	all := licenceSource(licences.All())
	text := widget.NewLabel("")
	text.Wrapping = fyne.TextWrapWord
	text.Selectable = true
	scroll := container.NewVScroll(text)
	show := func(row int) {
		if row >= 0 && row < len(all) {
			text.SetText(all[row].Text)
			scroll.ScrollToTop()
		}
	}
	list := grid.New(grid.Config{Source: all, Rows: true, OnSelect: show})
	var d *kit.Dialog
	d = kit.ShowDialog(w.Canvas(), "第三方许可", container.New(fixed{licenceSize}, page.Columns(kit.NewFlushCard(list), licenceList, scroll)),
		kit.NewButton("知道了", kit.ButtonMain, func() { d.Close() }))
	list.Select(0)
	show(0)
}
