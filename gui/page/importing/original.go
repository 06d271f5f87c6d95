package importing

import (
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page/sheetview"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// original shows the sheet of the chosen table as it looks.
type original struct {
	*sheetview.View
	p     *Page
	seen  *app.TablePreview // nil without one
	fixed []exchange.Correction
}

func newOriginal(p *Page) *original {
	o := &original{View: sheetview.New("选中左边的一张表，这里显示它的原样。"), p: p}
	o.OnCell = p.fromOriginal
	return o
}

// set shows another table; the cursor stays where it was in the same one.
func (o *original) set(t *app.TablePreview, fixed []exchange.Correction) {
	same := o.seen != nil && t != nil && o.seen.Table == t.Table
	o.seen, o.fixed = t, fixed
	if t == nil {
		o.Show(nil, false)
		return
	}
	o.Show(&sheetview.Shown{Sheet: t.Sheet, Table: t.Table, Head: o.head, Paint: o.paint}, same)
}

// head is the head of a column of the sheet: its letter, and where it goes.
func (o *original) head(col int) (title, sample string) {
	title = o.seen.Sheet.Letter(col)
	for i := range o.seen.Columns {
		if c := &o.seen.Columns[i]; c.Col == col && !o.seen.Table.Entry {
			title, sample = headOf(title, c), c.Sample
		}
	}
	return title, sample
}

// paint shows what was put right, and what becomes of the cell.
func (o *original) paint(row, col int, r sheetview.Row, c *grid.Cell) {
	t := o.seen
	address := t.Sheet.Address(row, col)
	if words, ok := correctedWords(o.fixed, t.Sheet.Name(), address); ok {
		c.Strike, c.Text = c.Text, sheetview.OneLine(words)
	}
	if r.Kind == sheetview.Data && t.Plan != nil {
		c.Fill = o.p.view.Fill(o.planRow(row), address)
	}
}

// planRow is the row under which the plan knows a row of the sheet: a form for one
// record is one.
func (o *original) planRow(row int) int {
	if o.seen.Table.Entry {
		return o.seen.Table.HeaderFirst
	}
	return row
}
