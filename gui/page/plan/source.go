package plan

import (
	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/exchange"
)

// What the columns before the fields show.
const (
	colRow = iota // its number in the file
	colKind
	colArea
	colName
)

// leadColumns are their heads.
var leadColumns = map[int]grid.Column{
	colRow:  {Key: "#row", Title: "行", Width: 48, Pinned: true, Align: grid.AlignRight},
	colKind: {Key: "#kind", Title: "", Width: 64, Pinned: true},
	colArea: {Key: "#area", Width: 76, Pinned: true},
	colName: {Key: "#name", Title: "名称", Width: 180, Pinned: true},
}

// source shows lines in the grid.
type source struct {
	sides     Sides
	lead      []int // the columns before the fields
	decisions *Decisions
	columns   []column
	titles    map[string]string // the field that names a row, by ledger
	heads     []grid.Column
	rows      []line
}

// wide are the kinds whose words need room.
var widths = map[model.Kind]float32{model.KindLongText: 220, model.KindText: 120, model.KindDate: 170, model.KindPercent: 120}

// setColumns shows other fields, for lines of one kind.
func (s *source) setColumns(columns []column, all []line) {
	s.columns = columns
	s.heads = nil
	for _, what := range s.lead {
		head := leadColumns[what]
		if what == colArea {
			if head.Title = s.sides.TheirsShort; len(all) > 0 && exchange.IsBundle(all[0].plan.Form) {
				head.Title = "台账"
			}
		}
		s.heads = append(s.heads, head)
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
	if col < len(s.lead) {
		return s.leadCell(l, s.lead[col])
	}
	c := s.cell(l, s.columns[col-len(s.lead)])
	if c.Fill == grid.FillNone {
		c.Fill = kindWords[l.row.Kind].fill
	}
	return c
}

// leadCell shows what a row is, before its fields.
func (s *source) leadCell(l line, what int) grid.Cell {
	w := kindWords[l.row.Kind]
	switch what {
	case colRow:
		return grid.Cell{Text: rowWords(l.row.Row), Tone: look.ToneQuiet}
	case colKind:
		return grid.Cell{Text: w.word, Tone: w.tone, Bold: true}
	case colArea:
		return grid.Cell{Text: whence(l.plan), Fill: w.fill}
	}
	c := grid.Cell{Text: l.row.Name, Hint: l.row.Name, Fill: w.fill}
	if len(l.row.Records) > 0 && s.decisions.Dropped(l.row.Records[0].ID) {
		c.Strike, c.Text = l.row.Name, "将删除"
		c.Tone = look.ToneOverdue
	}
	return c
}

// whence is where a row comes from: its sender; of a pack, which is of one sender, its
// ledger.
func whence(p *exchange.Plan) string {
	if exchange.IsBundle(p.Form) {
		return p.Sheet
	}
	return p.Sender.Name
}

// address is the cell of the file that a column shows of a line; "" for none.
func (s *source) address(l line, col int) string {
	if col >= len(s.lead) && col-len(s.lead) < len(s.columns) {
		c := s.columns[col-len(s.lead)]
		if _, fp := l.field(c.ledger.Key, c.field.Key); fp != nil {
			return fp.Cell
		}
		return ""
	}
	if col >= 0 && col < len(s.lead) && s.lead[col] == colName {
		if _, fp := l.field(l.plan.Ledger, s.titles[l.plan.Ledger]); fp != nil {
			return fp.Cell
		}
	}
	return ""
}

// under puts the second object under the first, with a gap.
type under struct{}

// MinSize is the sum of both.
func (under) MinSize(o []fyne.CanvasObject) fyne.Size {
	chips, body := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(body.Width, 420), chips.Height+partsGap+body.Height)
}

// Layout places them.
func (under) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, o[0].MinSize().Height))
	top := o[0].MinSize().Height + partsGap
	o[1].Move(fyne.NewPos(0, top))
	o[1].Resize(fyne.NewSize(s.Width, max(0, s.Height-top)))
}

// parts stacks grid and detail: the grid takes what the other leaves.
type parts struct{}

const (
	partsGap = look.GapWide
	fewRows  = 4 // of the grid that stay in sight above a detail, head and all
)

// MinSize leaves the grid a few rows.
func (parts) MinSize(o []fyne.CanvasObject) fyne.Size {
	card, detail := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(card.Width, 420), max(card.Height, 4*look.RowHeight)+min(detail.Height, 210)+partsGap)
}

// Layout places the two.
func (parts) Layout(o []fyne.CanvasObject, s fyne.Size) {
	bottom := float32(0)
	if len(o[1].(*fyne.Container).Objects) > 0 {
		room := max(s.Height/2, s.Height-partsGap-fewRows*look.RowHeight)
		bottom = min(o[1].MinSize().Height+partsGap, room)
	}
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, max(0, s.Height-bottom)))
	o[1].Move(fyne.NewPos(0, s.Height-bottom+partsGap))
	o[1].Resize(fyne.NewSize(s.Width, max(0, bottom-partsGap)))
}
