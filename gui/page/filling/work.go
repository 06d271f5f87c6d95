package filling

import (
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/form"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/text"
)

// work shows a table that is being filled.
type work struct {
	*Page
	object  fyne.CanvasObject
	header  *page.Header
	fill    *kit.Button // 生成
	reveal  *kit.Button // 打开文件夹, of what was made
	made    string      // the file that was made
	tabs    *kit.Chips  // shown where there is more than one
	ledger  *kit.Picker
	where   *kit.Entry
	area    *kit.Picker
	rows    *kit.Line // what becomes of the table
	leave   *kit.Button
	sheet   *original
	columns *columns
	cell    *cellPanel
	keep    *keeping
}

func newWork(p *Page) *work {
	w := &work{Page: p}
	w.cell = newCellPanel(w)
	w.keep = newKeeping(w)
	w.sheet, w.columns = newOriginal(w), newColumns(w)
	w.makeHeader()
	w.tabs = kit.NewChips(func(key string, _ fyne.Position) { w.chooseTable(key) })
	body := container.New(shared{}, w.sheet.object, w.columns.object)
	w.object = page.Rows(w.header.Object, container.NewVBox(w.tabs, w.makeTools(), w.keep.object), body)
	return w
}

func (w *work) makeHeader() {
	w.fill = kit.NewButton("生成", kit.ButtonMain, w.generate)
	w.fill.Key = "Ctrl+S"
	w.reveal = kit.NewButton("打开文件夹", kit.ButtonPlain, func() { w.desk.Reveal(filepath.Dir(w.made)) })
	w.header = page.NewHeader("按上级表填报", kit.NewButton("另选一张表", kit.ButtonPlain, w.close),
		kit.NewButton("发给各村", kit.ButtonPlain, w.openDown), kit.NewButton("收回合并", kit.ButtonPlain, w.chooseCopies), w.reveal, w.fill)
}

// makeTools makes the line that says which records the table is about.
func (w *work) makeTools() fyne.CanvasObject {
	w.ledger = kit.NewPicker("选择台账", w.findLedgers)
	w.ledger.OnChosen = func(c kit.Choice) {
		w.change(func(t *app.FillChoice) { t.Ledger, t.Map, t.Where, t.Typed = c.ID, nil, nil, nil })
	}
	w.where = kit.NewEntry("条件，如 办理状态!=已办结")
	w.where.OnKey = func(e *fyne.KeyEvent) bool {
		if e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
			w.setWhere()
			return true
		}
		return false
	}
	w.where.OnBlur = w.setWhere
	w.area = kit.NewPicker("本级及下级", nil)
	w.area.OnChosen = func(c kit.Choice) { w.change(func(t *app.FillChoice) { t.Area = c.ID }) }
	w.rows = kit.NewLine("", look.TextBody, look.Second, false)
	w.leave = kit.NewButton("不填这张表", kit.ButtonPlain, func() { w.change(func(t *app.FillChoice) { t.Leave = !t.Leave }) })
	return container.New(toolsLayout{}, w.ledger, w.where, w.area, w.leave, w.rows)
}

// begin shows a table that was just opened.
func (w *work) begin() {
	w.made = ""
	w.reveal.Hide()
	w.area.SetChoice(kit.Choice{})
	page.Run(w.desk, w.api.Below, func(all []app.Receiver) {
		choices := []kit.Choice{{ID: "", Text: "本级及下级"}}
		for _, r := range all {
			choices = append(choices, kit.Choice{ID: r.Name, Text: r.Name})
		}
		w.area.SetQuery(form.Filter(choices))
	})
	w.sheet.filled = false
	w.sheet.fresh = true
	w.keep.load()
	w.refresh()
}

// current is the table that is looked at with what becomes of it.
func (w *work) current() *app.FillTable { return &w.seen.Tables[w.table] }

// refresh shows what is planned.
func (w *work) refresh() {
	w.said.table = min(w.said.table, len(w.seen.Tables)-1)
	t := w.current()
	w.header.SetNote(text.BaseName(w.draft.Path))
	w.showTables()
	w.ledger.SetChoice(kit.Choice{})
	if t.Ledger != nil {
		w.ledger.SetChoice(kit.Choice{ID: t.Ledger.Key, Text: t.Ledger.Label})
	}
	if words := strings.Join(t.Where(), "；"); words != w.where.Text {
		w.where.SetTextToEnd(words)
	}
	w.rows.SetText(rowsWords(t))
	w.leave.SetLabel("不填这张表")
	if t.Leave {
		w.leave.SetLabel("填这张表")
	}
	w.columns.set(t)
	w.sheet.refresh()
	w.cell.refresh()
	w.keep.refresh()
	enable(w.fill, w.writes())
	w.object.Refresh()
}

// writes reports whether there is something to write.
func (w *work) writes() bool {
	for i := range w.seen.Tables {
		if len(w.seen.Tables[i].Cells) > 0 {
			return w.seen.Refused == ""
		}
	}
	return false
}

// showTables shows the tables of the workbook where there are several.
func (w *work) showTables() {
	if len(w.seen.Tables) < 2 {
		w.tabs.Hide()
		return
	}
	var chips []kit.Chip
	for i := range w.seen.Tables {
		t := &w.seen.Tables[i]
		chips = append(chips, kit.Chip{Key: fmt.Sprint(i), Label: t.Sheet + "　" + short(tableTitle(t.Frame, w.draft.Path))})
	}
	w.tabs.Set(chips, fmt.Sprint(w.table))
	w.tabs.Show()
}

func (w *work) chooseTable(key string) {
	for i := range w.seen.Tables {
		if fmt.Sprint(i) == key {
			w.said.table, w.wanted.table = i, i
			w.area.SetChoice(kit.Choice{ID: w.said.tables[i].Area, Text: w.said.tables[i].Area})
			w.sheet.fresh = true
			w.refresh()
		}
	}
}

// setWhere takes the filter that was typed.
func (w *work) setWhere() {
	if words := conditions(w.where.Text); strings.Join(words, "；") != strings.Join(w.current().Where(), "；") {
		w.try(w.wanted.with(w.table, func(t *app.FillChoice) { t.Where = append([]string{}, words...) }), func(err error) {
			w.rows.SetText(model.Sentence(err))
			w.desk.Presenter.Error(err)
		})
	}
}

// findLedgers finds the ledgers that a table may be filled from.
func (w *work) findLedgers(query string) []kit.Choice {
	var all []kit.Choice
	for _, l := range w.api.Catalog().All() {
		if !l.System {
			all = append(all, kit.Choice{ID: l.Key, Text: l.Label, Note: l.Group})
		}
	}
	return form.Filter(all)(query)
}

// close leaves the table; nothing was written that would be lost.
func (w *work) close() {
	w.load.Stop()
	w.said, w.wanted, w.seen = said{}, said{}, app.FillSight{}
	w.show(w.front.object)
	w.front.load()
	w.focus(w.front.choose)
}

func (w *work) do(c page.Command) bool {
	switch c {
	case page.Save:
		if !w.fill.Disabled() {
			w.generate()
		}
	case page.Edit:
		w.cell.overtype()
	case page.Next:
		w.columns.next()
	case page.New:
		w.chooseFile()
	default:
		return false
	}
	return true
}

// shared shares the width between the sheet and what stands beside it.
type shared struct{}

// The sheet's part of the width.
const sheetShare = 0.57

// MinSize leaves both what they need.
func (shared) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(a.Width+look.GapWide+b.Width, max(a.Height, b.Height))
}

// Layout places the two.
func (shared) Layout(o []fyne.CanvasObject, s fyne.Size) {
	left := (s.Width - look.GapWide) * sheetShare
	put(o[0], 0, 0, left, s.Height)
	put(o[1], left+look.GapWide, 0, s.Width-left-look.GapWide, s.Height)
}

// toolsLayout places ledger, filter, area, a button, and the words at the end.
type toolsLayout struct{}

// Widths of the tools, and the place of the filter among them.
const (
	whereTool = 1

	ledgerWidth float32 = 140
	whereWidth  float32 = 270
	areaWidth   float32 = 120
	rowsWidth   float32 = 160
)

// MinSize leaves room for all.
func (toolsLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ledgerWidth+whereWidth+areaWidth+o[3].MinSize().Width+rowsWidth+4*look.Gap, max(look.ButtonHeight, o[1].MinSize().Height))
}

// Layout places them.
func (toolsLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	x := float32(0)
	for i, width := range []float32{ledgerWidth, whereWidth, areaWidth, o[3].MinSize().Width} {
		height := s.Height
		if i != whereTool { // an entry is a little higher than the others
			height = look.ButtonHeight
		}
		put(o[i], x, (s.Height-height)/2, width, height)
		x += width + look.Gap
	}
	put(o[4], x, 0, max(0, s.Width-x), s.Height)
}
