package filling

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/sheetview"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// cellPanel says of the cell at the cursor from where its value comes, and lets it be
// put right.
type cellPanel struct {
	w      *work
	object fyne.CanvasObject
	words  *kit.Line   // where, and what
	origin *kit.Line   // from where
	change *kit.Button // 改这一格
	record *kit.Button // 打开这条记录
	undo   *kit.Button // 不改了
	at     place
}

// place is the cell at the cursor.
type place struct {
	address, own string // on the sheet as shown, and as a choice knows it
	col          int
	words        string // as shown: masked where it is sensitive
	cell         *app.FillCell
}

func newCellPanel(w *work) *cellPanel {
	c := &cellPanel{w: w, words: kit.NewLine("", look.TextBody, look.Ink, true), origin: kit.NewLine("", look.TextBody, look.Second, false)}
	c.change = kit.NewButton("改这一格…", kit.ButtonPlain, c.overtype)
	c.change.Key = "F2"
	c.record = kit.NewButton("打开这条记录", kit.ButtonPlain, c.open)
	c.undo = kit.NewButton("不改了", kit.ButtonPlain, c.takeBack)
	c.object = container.NewVBox(c.words, c.origin, container.NewHBox(c.change, c.undo, c.record))
	return c
}

// refresh shows what is known of the cell at the cursor.
func (c *cellPanel) refresh() {
	o := c.w.sheet
	seen := o.seen()
	row, col, ok := o.view.Current()
	c.at = place{}
	if ok {
		c.at = place{address: seen.Sheet.Address(row, col), col: col, words: seen.Sheet.At(row, col).Text}
		c.at.own, c.at.cell = seen.Own(c.at.address), seen.Cells[c.at.address]
	}
	c.words.SetText(c.at.address + "　" + short(sheetview.OneLine(c.at.words)))
	switch doubt := seen.Doubts[c.at.address]; {
	case !ok:
		c.origin.SetText("")
	case !o.filled:
		c.origin.SetText("点“填好后”，看每一格填什么、从哪里来。")
	case doubt != "":
		c.origin.SetText("请核对：" + doubt)
	default:
		c.origin.SetText(originOf(c.at.words, c.at.cell, c.w.ledgerLabel))
	}
	enable(c.change, ok && o.filled)
	enable(c.record, c.at.cell != nil && c.at.cell.Record != "")
	_, typed := c.w.tables[c.w.table].Typed[c.at.own]
	enable(c.undo, ok && o.filled && typed)
}

// open goes to the record of the cell.
func (c *cellPanel) open() {
	if cell := c.at.cell; cell != nil {
		c.w.desk.Open(page.RecordRoute(cell.Ledger, cell.Record))
	}
}

// takeBack lets the ledger's words stand again.
func (c *cellPanel) takeBack() {
	own := c.at.own
	c.w.change(func(t *app.FillChoice) { delete(t.Typed, own) })
}

// overtype asks what is to stand in the cell, and whether in this table only.
func (c *cellPanel) overtype() {
	canvas := c.w.desk.Canvas()
	if canvas == nil || c.change.Disabled() {
		return
	}
	at := c.at
	entry := kit.NewEntry("填什么")
	if !strings.Contains(at.words, "*") { // masked words are no beginning
		entry.SetTextToEnd(at.words)
	}
	help := "“仅本表”只改这张表，台账不动。"
	key, back := backTo(c.w.current(), at.col, at.own, at.cell)
	if back {
		help = "“仅本表”只改这张表；“写回台账”改" + c.w.ledgerLabel(at.cell.Ledger) + "“" + short(at.cell.Name) + "”，可撤销。"
	}
	field := kit.NewField(at.address, false, help, entry)
	entry.OnChanged = func(string) { field.SetProblem("") }
	var d *kit.Dialog
	close := func() {
		d.Close()
		c.w.focus(c.w.sheet.view.Grid)
	}
	here := func() {
		words := strings.TrimSpace(entry.Text)
		c.w.change(func(t *app.FillChoice) { t.Typed[at.own] = words })
		close()
	}
	buttons := []*kit.Button{kit.NewButton("取消", kit.ButtonPlain, close)}
	if back {
		buttons = append(buttons, kit.NewButton("写回台账", kit.ButtonPlain, func() { c.writeBack(at, key, entry.Text, field, close) }))
	}
	d = kit.ShowDialog(canvas, "改 "+at.address+" 这一格", container.New(leastWidth{480}, field), append(buttons, kit.NewButton("仅本表", kit.ButtonMain, here))...)
	c.w.focus(entry)
}

// writeBack puts words into the record from which a cell comes.
func (c *cellPanel) writeBack(at place, key, words string, field *kit.Field, done func()) {
	page.Attempt(c.w.desk, func(ctx context.Context) (app.Done, error) {
		return c.w.api.Set(ctx, at.cell.Ledger, at.cell.Record, []app.Assignment{{Field: key, Words: words}})
	}, func(got app.Done, err error) {
		if err != nil {
			field.SetProblem(model.Sentence(err))
			return
		}
		done()
		c.w.desk.Done("已写回"+c.w.ledgerLabel(at.cell.Ledger)+"“"+short(at.cell.Name)+"”", got.Op)
	})
}

// leastWidth gives its one object a least width.
type leastWidth struct{ width float32 }

// MinSize is the object's, widened.
func (l leastWidth) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	return fyne.NewSize(max(m.Width, l.width), m.Height)
}

// Layout fills the room.
func (l leastWidth) Layout(o []fyne.CanvasObject, s fyne.Size) { o[0].Resize(s) }
