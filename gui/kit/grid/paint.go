package grid

import (
	"image/color"

	"xiangzhen/gui/kit/ink"
	"xiangzhen/gui/look"
)

const (
	cellPad    float32 = 10 // left and right of a cell's text
	narrowPad  float32 = 2  // the same in a narrow column
	indentStep float32 = 20 // a level of the tree
	twistSize  float32 = 8
	markSize   float32 = 11
	barWidth   float32 = 64
	barHeight  float32 = 6
)

// painter draws head and body of a grid in a given state. It reads the source and
// changes nothing.
type painter struct {
	source Source
	view   *view
	sel    *selection
	rows   bool // a list: whole rows are chosen
	focus  bool // the keyboard is in the grid
	hover  int  // row under the mouse, -1
	sort   Sort
}

// body draws the rows.
func (p *painter) body(s *ink.Sheet) {
	v := p.view
	s.Fill(ink.Rect{W: v.width, H: v.height}, look.Paper)
	if len(v.cols) > 0 {
		first, end := v.visibleRows()
		p.grounds(s, first, end)
		scrolled := s.Clip(ink.Rect{X: v.pinnedWidth(), W: v.width - v.pinnedWidth(), H: v.height})
		from, to := v.visibleCols()
		for row := first; row < end; row++ {
			p.cells(scrolled, row, from, to)
			p.cells(s, row, 0, v.pinned)
		}
		p.pinLine(s, v.height)
		p.cursor(s)
	}
	p.bars(s)
}

// grounds fills the rows and draws the lines between them.
func (p *painter) grounds(s *ink.Sheet, first, end int) {
	for row := first; row < end; row++ {
		r := ink.Rect{Y: p.view.rowY(row), W: p.view.width, H: look.RowHeight}
		switch {
		case p.wholeRow(row):
			s.Fill(r, look.Selected)
		case row == p.hover:
			s.Fill(r, look.Head)
		}
		s.LineBelow(r, look.SoftLine)
	}
}

// wholeRow reports whether a row is shown as chosen all across: in a list, and in
// a sheet while only one cell or whole rows are chosen.
func (p *painter) wholeRow(row int) bool {
	return p.sel.has(row) && (p.rows || p.sel.single() || len(p.sel.extra) > 0)
}

// inArea reports whether a cell is one of several chosen ones.
func (p *painter) inArea(row, col int) bool {
	return !p.rows && !p.sel.off && !p.sel.single() && p.sel.area().Contains(row, col)
}

// cells draws the cells of a row between two columns.
func (p *painter) cells(s *ink.Sheet, row, from, to int) {
	for col := from; col < to; col++ {
		c := p.source.Cell(row, col)
		r := p.view.block(row, col, c.Span)
		if ground, ok := fillColour(c.Fill); ok {
			s.Fill(r, ground)
			s.LineBelow(r, look.SoftLine)
		}
		if p.inArea(row, col) {
			s.Fill(r, areaWash)
		}
		p.cell(s, r, p.view.cols[col].Align, c)
	}
}

// areaWash lies over the cells of a chosen range, so that their own ground shows.
var areaWash = color.NRGBA{R: 0xD9, G: 0xA4, B: 0x41, A: 0x2B}

// fillColour is the ground of a cell that has one of its own.
func fillColour(f Fill) (color.NRGBA, bool) {
	switch f {
	case FillAdded:
		return look.Added, true
	case FillChanged:
		return look.Changed, true
	case FillConflict:
		return look.Conflict, true
	case FillMuted:
		return look.Page, true
	}
	return look.Clear, false
}

// cell draws what stands in one cell.
func (p *painter) cell(s *ink.Sheet, r ink.Rect, align Align, c Cell) {
	pad := padOf(r.W)
	x, right, mid := r.X+pad+float32(c.Indent)*indentStep, r.X+r.W-pad, r.MidY()
	if x >= right {
		return
	}
	x = p.lead(s, c, x, mid)
	text := ink.Text{Words: c.Text, Size: look.TextTable, Bold: c.Bold, Color: c.Tone.Text()}
	if c.HasBar {
		text.Size, text.Color = look.TextSmall, look.Second
	}
	if c.Strike != "" {
		old := ink.Text{Words: c.Strike, Size: look.TextSmall, Strike: true, Color: look.Second}
		x += s.Text(old, x, mid, (right-x)/2) + look.GapHair + 1
	}
	switch align {
	case AlignRight:
		s.TextRight(text, right, mid, right-x)
	case AlignMiddle:
		s.TextMid(text, x, mid, right-x)
	default:
		s.Text(text, x, mid, right-x)
	}
}

// padOf is the room left and right of the text of a cell.
func padOf(width float32) float32 {
	if width < minWidth {
		return narrowPad
	}
	return cellPad
}

// lead draws fold mark, mark and bar, and returns where the text begins.
func (p *painter) lead(s *ink.Sheet, c Cell, x, mid float32) float32 {
	switch c.Twist {
	case TwistOpen:
		s.Arrow(ink.ArrowDown, x+twistSize/2, mid, twistSize, look.Second)
	case TwistClosed:
		s.Arrow(ink.ArrowRight, x+twistSize/2, mid, twistSize, look.Second)
	}
	if c.Twist != TwistNone {
		x += twistSize + 3
	}
	if c.Mark != look.MarkNone {
		s.Mark(c.Mark, x+markSize/2, mid, markSize, c.Mark.Tone().Mark())
		x += markSize + 5
	}
	if c.HasBar {
		tone := look.Bar
		if c.Tone == look.ToneOverdue {
			tone = look.Overdue
		}
		s.Bar(ink.Rect{X: x, Y: mid - barHeight/2, W: barWidth, H: barHeight}, c.Bar, tone)
		x += barWidth + look.GapHair
	}
	return x
}

// pinLine sets the pinned columns apart while the others are scrolled.
func (p *painter) pinLine(s *ink.Sheet, height float32) {
	if p.view.pinned > 0 && p.view.left > 0 {
		s.LineRight(ink.Rect{W: p.view.pinnedWidth(), H: height}, look.Line)
	}
}

// cursor outlines the cursor's row, and in a sheet the chosen cells.
func (p *painter) cursor(s *ink.Sheet) {
	v := p.view
	if v.rows == 0 || p.sel.off {
		return
	}
	at := p.sel.cursor
	if p.wholeRow(at.row) {
		row := ink.Rect{X: 0, Y: v.rowY(at.row), W: v.roomWidth(), H: look.RowHeight}
		s.Frame(row, 1.5, look.SelectedLine)
	}
	if p.rows {
		return
	}
	line := look.SelectedLine
	if p.focus {
		line = look.Accent
	}
	part := s.Clip(p.clipOf(at.col))
	if a := p.sel.area(); !p.sel.single() {
		p.outline(s, a)
	}
	part.Frame(v.cell(at.row, at.col), 2, line)
}

// clipOf is the part of the body that a column may be drawn in.
func (p *painter) clipOf(col int) ink.Rect {
	v := p.view
	if col < v.pinned {
		return ink.Rect{W: v.pinnedWidth(), H: v.height}
	}
	return ink.Rect{X: v.pinnedWidth(), W: v.roomWidth() - v.pinnedWidth(), H: v.height}
}

// outline frames a range; the part that is scrolled under the pinned columns is
// left out.
func (p *painter) outline(s *ink.Sheet, a Range) {
	from, to := p.view.cell(a.Row1, a.Col1), p.view.cell(a.Row2, a.Col2)
	box := ink.Rect{X: from.X, Y: from.Y, W: to.X + to.W - from.X, H: to.Y + to.H - from.Y}
	clip := p.clipOf(a.Col2)
	if a.Col1 < p.view.pinned {
		clip = ink.Rect{W: p.view.roomWidth(), H: p.view.height}
	}
	s.Clip(clip).Frame(box, 1.5, look.SelectedLine)
}

// thumbColour is that of the scroll bars' thumbs.
var thumbColour = color.NRGBA{R: 0xC4, G: 0xC8, B: 0xCE, A: 0xFF}

// bars draws the scroll bars on lanes of their own, over whatever reached there.
func (p *painter) bars(s *ink.Sheet) {
	v := p.view
	if t := v.thumbDown(); t.H > 0 {
		s.Fill(ink.Rect{X: v.roomWidth(), W: v.barWidth(), H: v.height}, look.Paper)
		s.Round(t, 3, thumbColour)
	}
	if t := v.thumbAcross(); t.W > 0 {
		s.Fill(ink.Rect{Y: v.roomHeight(), W: v.width, H: v.barHeight()}, look.Paper)
		s.Round(t, 3, thumbColour)
	}
}

// head draws the column titles.
func (p *painter) head(s *ink.Sheet) {
	v := p.view
	all := ink.Rect{W: v.width, H: look.TableHeadHeight}
	s.Fill(all, look.Head)
	if len(v.cols) > 0 {
		from, to := v.visibleCols()
		p.titles(s.Clip(ink.Rect{X: v.pinnedWidth(), W: v.width - v.pinnedWidth(), H: all.H}), from, to)
		p.titles(s, 0, v.pinned)
		p.pinLine(s, all.H)
	}
	s.LineBelow(all, look.Line)
}

// titles draws the titles between two columns.
func (p *painter) titles(s *ink.Sheet, from, to int) {
	const mid = look.TableHeadHeight / 2
	for col := from; col < to; col++ {
		c, pad := p.view.cols[col], padOf(p.view.widths[col])
		x, width := p.view.colX(col)+pad, p.view.widths[col]-2*pad
		if c.Muted {
			s.Fill(ink.Rect{X: x - pad, W: width + 2*pad, H: look.TableHeadHeight}, look.Page)
		}
		text := ink.Text{Words: c.Title, Size: 13, Bold: true, Color: look.Ink}
		sorted := p.sort.Key == c.Key && c.Key != ""
		if sorted {
			width -= twistSize + look.GapHair
		}
		var taken float32
		switch c.Align {
		case AlignRight:
			s.TextRight(text, x+width, mid, width)
			taken = width
		case AlignMiddle:
			s.TextMid(text, x, mid, width)
			taken = width
		default:
			taken = s.Text(text, x, mid, width)
		}
		if sorted {
			arrow := ink.ArrowUp
			if p.sort.Desc {
				arrow = ink.ArrowDown
			}
			s.Arrow(arrow, x+taken+look.Gap, mid, twistSize, look.Second)
		}
	}
}
