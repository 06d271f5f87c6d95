package filling

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page/sheetview"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
	"xiangzhen/model/fill"
)

// columns lists the columns of the table and what fills each.
type columns struct {
	w        *work
	object   fyne.CanvasObject
	coverage *kit.Line
	recalled *kit.Para
	grid     *grid.Grid
	reason   *kit.Line
	change   *kit.Button // 改来源
	accept   *kit.Button // 确认
	all      *kit.Button // 全部确认
	none     *kit.Button // 不填
	cols     []fill.Column
	leading  bool // the cursor here leads the one on the sheet just now
	targets  map[exchange.Path]string
}

func newColumns(w *work) *columns {
	c := &columns{w: w}
	c.coverage = kit.NewLine("", look.TextBody, look.Ink, true)
	c.recalled = kit.NewPara("", look.TextSmall, look.Second, false, 2)
	c.grid = grid.New(grid.Config{Source: c, Rows: true, Empty: "请先选择用哪本台账填。", OnSelect: c.selected, OnOpen: func(int) { c.choose() }})
	c.reason = kit.NewNote("")
	c.change = kit.NewButton("改来源…", kit.ButtonPlain, c.choose)
	c.accept = kit.NewButton("确认", kit.ButtonPlain, func() { c.say(string(c.current().Proposed)) })
	c.all = kit.NewButton("全部确认", kit.ButtonFirst, c.acceptAll)
	c.none = kit.NewButton("不填", kit.ButtonPlain, func() { c.say("不填") })
	head := container.NewVBox(c.coverage, container.New(wrapped{}, c.recalled))
	foot := container.NewVBox(c.reason, container.NewHBox(c.change, c.accept, c.all, c.none))
	c.object = container.New(listed{}, head, kit.NewFlushCard(c.grid), foot)
	return c
}

// set shows the columns of a table.
func (c *columns) set(t *app.FillTable) {
	c.cols = t.Columns
	c.targets = map[exchange.Path]string{}
	if t.Ledger != nil {
		for _, tg := range exchange.FillTargets(c.w.api.Catalog(), t.Ledger) {
			c.targets[tg.Path] = app.TargetLabel(tg)
		}
	}
	c.coverage.SetText(c.w.seen.Coverage.Words())
	c.recalled.SetText(recalledWords(t))
	if recalledWords(t) == "" {
		c.recalled.Hide()
	} else {
		c.recalled.Show()
	}
	c.grid.Reload()
	c.buttons()
	c.object.Refresh()
}

// pathLabel names a field of the ledger.
func (c *columns) pathLabel(path exchange.Path) string {
	if words, ok := c.targets[path]; ok {
		return words
	}
	if path == exchange.PathArea {
		return "所在单位"
	}
	return string(path)
}

// current is the column that the cursor is on; nil for none.
func (c *columns) current() *fill.Column {
	row, _ := c.grid.Current()
	if row < 0 || row >= len(c.cols) {
		return nil
	}
	return &c.cols[row]
}

// buttons enables what makes sense for the column, and says why it is as it is.
func (c *columns) buttons() {
	col := c.current()
	open := col != nil && col.Source.Kind != fill.Formula
	enable(c.change, open)
	enable(c.accept, open && col.Proposed != "")
	enable(c.none, open && col.Source.Kind != fill.None)
	enable(c.all, len(proposed(c.cols)) > 0)
	c.reason.SetText("")
	if col != nil {
		c.reason.SetText(col.Name + " 列：" + col.Reason)
	}
}

// selected goes to the column on the sheet.
func (c *columns) selected(int) {
	c.buttons()
	col := c.current()
	if col == nil || c.leading {
		return
	}
	c.leading = true
	defer func() { c.leading = false }()
	o := c.w.sheet
	seen := o.seen()
	if col.Place != "" {
		o.view.Seek(0, col.Place)
		return
	}
	row := seen.Table.HeaderLast
	if at, _, ok := o.view.Current(); ok && at > row {
		row = at
	}
	o.view.Seek(row, seen.Sheet.Address(row, col.Col))
}

// follow puts the cursor on a column because the one on the sheet went there.
func (c *columns) follow(i int) {
	c.leading = true
	defer func() { c.leading = false }()
	if row, _ := c.grid.Current(); row != i {
		c.grid.Select(i)
	}
}

// next goes to the next column that the program does not fill.
func (c *columns) next() {
	row, _ := c.grid.Current()
	i := nextOpen(c.cols, row)
	if i < 0 {
		c.w.desk.Done("每一列都有来源了。", 0)
		return
	}
	c.grid.Select(i)
	c.w.focus(c.grid)
}

// say says what fills the column.
func (c *columns) say(source string) {
	if col := c.current(); col != nil {
		name := col.Name
		c.w.change(func(t *app.FillChoice) { t.Map[name] = source })
	}
}

// acceptAll says yes to all that is proposed.
func (c *columns) acceptAll() {
	yes := proposed(c.cols)
	c.w.change(func(t *app.FillChoice) {
		for name, source := range yes {
			t.Map[name] = source
		}
	})
}

// Len is the number of columns.
func (c *columns) Len() int { return len(c.cols) }

// Columns are those of the list.
func (c *columns) Columns() []grid.Column {
	return []grid.Column{{Key: "col", Title: "列", Width: 44}, {Key: "header", Title: "表头", Width: 120, Grow: true},
		{Key: "source", Title: "填什么", Width: 130, Grow: true}, {Key: "status", Title: "状态", Width: 88}}
}

// Cell shows a column.
func (c *columns) Cell(row, col int) grid.Cell {
	column := &c.cols[row]
	mark, word, tone := statusOf(column)
	cell := grid.Cell{Hint: column.Reason}
	switch col {
	case 0:
		cell.Text = column.Name
	case 1:
		cell.Text = sheetview.OneLine(column.Path)
	case 2:
		cell.Text = sourceOf(column, c.pathLabel)
		if column.Source.Kind == fill.None {
			cell.Tone = look.ToneQuiet
		}
	case 3:
		cell.Mark, cell.Text, cell.Tone = mark, word, tone
	}
	if column.Proposed != "" {
		cell.Fill = grid.FillChanged
	}
	return cell
}

// listed puts a head above a list and buttons below it.
type listed struct{}

// MinSize leaves the list a few rows.
func (listed) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[2].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height+4*look.RowHeight+2*look.Gap)
}

// Layout places the three.
func (listed) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Resize(fyne.NewSize(s.Width, 0)) // it wraps: its height follows from its width
	a, b := o[0].MinSize().Height, o[2].MinSize().Height
	put(o[0], 0, 0, s.Width, a)
	put(o[1], 0, a+look.Gap, s.Width, max(0, s.Height-a-b-2*look.Gap))
	put(o[2], 0, s.Height-b, s.Width, b)
}

// wrapped gives a paragraph the height it takes at the width it has.
type wrapped struct{}

// MinSize is the height of at most two lines.
func (wrapped) MinSize(o []fyne.CanvasObject) fyne.Size {
	p := o[0].(*kit.Para)
	if !p.Visible() {
		return fyne.Size{}
	}
	return fyne.NewSize(0, p.HeightFor(max(p.Size().Width, 380)))
}

// Layout fills the room.
func (wrapped) Layout(o []fyne.CanvasObject, s fyne.Size) { o[0].Resize(s) }
