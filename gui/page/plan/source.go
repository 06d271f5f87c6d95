package plan

import (
	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
)

// The columns before the fields.
const (
	colKind = iota
	colArea
	colName
	fixedColumns
)

// source shows lines in the grid.
type source struct {
	sides     Sides
	decisions *Decisions
	columns   []column
	heads     []grid.Column
	rows      []line
}

// wide are the kinds whose words need room.
var widths = map[model.Kind]float32{model.KindLongText: 220, model.KindText: 120, model.KindDate: 110, model.KindPercent: 120}

// setColumns shows other fields.
func (s *source) setColumns(columns []column) {
	s.columns = columns
	s.heads = []grid.Column{
		{Key: "#kind", Title: "", Width: 64, Pinned: true},
		{Key: "#area", Title: s.sides.TheirsShort, Width: 76, Pinned: true},
		{Key: "#name", Title: "名称", Width: 180, Pinned: true},
	}
	for _, c := range columns {
		w := widths[c.field.Kind]
		if w == 0 {
			w = 100
		}
		s.heads = append(s.heads, grid.Column{Key: c.ledger.Key + "." + c.field.Key, Title: c.field.Header(), Width: w})
	}
}

// Len is the number of rows.
func (s *source) Len() int { return len(s.rows) }

// Columns lists the columns.
func (s *source) Columns() []grid.Column { return s.heads }

// Cell shows one value.
func (s *source) Cell(row, col int) grid.Cell {
	l := s.rows[row]
	w := kindWords[l.row.Kind]
	switch col {
	case colKind:
		return grid.Cell{Text: w.word, Tone: w.tone, Bold: true}
	case colArea:
		return grid.Cell{Text: l.plan.Sender.Name, Fill: w.fill}
	case colName:
		c := grid.Cell{Text: l.row.Name, Hint: l.row.Name, Fill: w.fill}
		if len(l.row.Records) > 0 && s.decisions.Dropped(l.row.Records[0].ID) {
			c.Strike, c.Text = l.row.Name, "将删除"
			c.Tone = look.ToneOverdue
		}
		return c
	}
	c := s.cell(l, s.columns[col-fixedColumns])
	if c.Fill == grid.FillNone {
		c.Fill = w.fill
	}
	return c
}

// parts stacks chips, grid and detail: the grid takes what the others leave.
type parts struct{}

const partsGap = look.GapWide

// MinSize leaves the grid a few rows.
func (parts) MinSize(o []fyne.CanvasObject) fyne.Size {
	chips, card, detail := o[0].MinSize(), o[1].MinSize(), o[2].MinSize()
	return fyne.NewSize(max(card.Width, 420), chips.Height+max(card.Height, 4*look.RowHeight)+min(detail.Height, 210)+2*partsGap)
}

// Layout places the three.
func (parts) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, o[0].MinSize().Height))
	top := o[0].MinSize().Height + partsGap
	bottom := float32(0)
	if len(o[2].(*fyne.Container).Objects) > 0 {
		bottom = min(o[2].MinSize().Height, s.Height/2) + partsGap
	}
	o[1].Move(fyne.NewPos(0, top))
	o[1].Resize(fyne.NewSize(s.Width, max(0, s.Height-top-bottom)))
	o[2].Move(fyne.NewPos(0, s.Height-bottom+partsGap))
	o[2].Resize(fyne.NewSize(s.Width, max(0, bottom-partsGap)))
}
