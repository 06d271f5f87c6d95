package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit/ink"
	"xiangzhen/gui/look"
)

// Part is one kind of thing counted in a bar chart: 办结, 临期, 逾期.
type Part struct {
	Label string
	Color color.NRGBA
}

// BarRow is one bar: a village, a month.
type BarRow struct {
	Label  string
	Counts []int  // by part, in the order of the parts
	Total  int    // what the whole track stands for; the rest of it stays empty
	Note   string // at the right: 92%
}

const (
	barRowHeight  float32 = 27
	barThick      float32 = 14
	barNoteWidth  float32 = 52
	legendHeight  float32 = 22
	barLabelSpace float32 = 66
)

// BarChart shows lying bars of stacked parts, in the order given: the divisions',
// never the values' (CLERK 15). Every part opens the list behind it.
type BarChart struct {
	widget.BaseWidget

	// OnTap is called with the row that was clicked, and the part, or -1 for the
	// rest of the row.
	OnTap func(row, part int)

	parts   []Part
	rows    []BarRow
	hover   int
	picture *ink.Picture
}

// NewBarChart makes a chart of the given parts.
func NewBarChart(parts []Part, onTap func(row, part int)) *BarChart {
	b := &BarChart{parts: parts, OnTap: onTap, hover: -1}
	b.picture = ink.NewPicture(b.draw)
	b.ExtendBaseWidget(b)
	return b
}

// SetRows shows other bars.
func (b *BarChart) SetRows(rows []BarRow) {
	b.rows = rows
	b.Refresh()
	b.picture.Refresh()
}

// labelWidth is the room for the longest label, at most a third of the chart.
func (b *BarChart) labelWidth() float32 {
	width := barLabelSpace
	for _, r := range b.rows {
		width = max(width, ink.Shared().Width(r.Label, look.TextBody, false)+look.GapWide)
	}
	return min(width, b.Size().Width/3)
}

// track is where the bar of a row stands.
func (b *BarChart) track(row int) ink.Rect {
	left := b.labelWidth()
	return ink.Rect{X: left, Y: legendHeight + float32(row)*barRowHeight + (barRowHeight-barThick)/2,
		W: max(0, b.Size().Width-left-barNoteWidth), H: barThick}
}

// segment is where a part of a row's bar stands.
func (b *BarChart) segment(row, part int) ink.Rect {
	t, r := b.track(row), b.rows[row]
	before := 0
	for _, n := range r.Counts[:part] {
		before += n
	}
	unit := t.W / float32(max(1, r.Total))
	return ink.Rect{X: t.X + float32(before)*unit, Y: t.Y, W: float32(r.Counts[part]) * unit, H: t.H}
}

func (b *BarChart) draw(s *ink.Sheet) {
	b.drawLegend(s)
	for i, r := range b.rows {
		t := b.track(i)
		line := ink.Rect{Y: t.MidY() - barRowHeight/2, W: b.Size().Width, H: barRowHeight}
		if i == b.hover {
			s.Round(line, look.GapHair, look.Head)
		}
		s.Text(ink.Text{Words: r.Label, Size: look.TextBody, Color: look.Ink}, 0, t.MidY(), t.X-look.Gap)
		s.Fill(t, look.SoftLine)
		for p := range r.Counts {
			s.Fill(b.segment(i, p), b.parts[p].Color)
		}
		s.TextRight(ink.Text{Words: r.Note, Size: look.TextBody, Color: look.Ink}, b.Size().Width, t.MidY(), barNoteWidth-look.GapHair)
	}
}

// drawLegend names the parts at the upper right.
func (b *BarChart) drawLegend(s *ink.Sheet) {
	x := b.Size().Width
	for i := len(b.parts) - 1; i >= 0; i-- {
		text := ink.Text{Words: b.parts[i].Label, Size: look.TextSmall, Color: look.Second}
		w := s.Width(text)
		s.Text(text, x-w, legendHeight/2-2, w+1)
		s.Fill(ink.Rect{X: x - w - 14, Y: legendHeight/2 - 7, W: 10, H: 10}, b.parts[i].Color)
		x -= w + 14 + look.GapWide
	}
}

// at returns the row and part under a place; row is -1 outside.
func (b *BarChart) at(p fyne.Position) (row, part int) {
	row = int((p.Y - legendHeight) / barRowHeight)
	if p.Y < legendHeight || row >= len(b.rows) {
		return -1, -1
	}
	for part := range b.rows[row].Counts {
		if r := b.segment(row, part); p.X >= r.X && p.X < r.X+r.W {
			return row, part
		}
	}
	return row, -1
}

// Tapped opens what is under the mouse.
func (b *BarChart) Tapped(e *fyne.PointEvent) {
	if row, part := b.at(e.Position); row >= 0 && b.OnTap != nil {
		b.OnTap(row, part)
	}
}

// MouseIn follows the mouse.
func (b *BarChart) MouseIn(e *desktop.MouseEvent) { b.MouseMoved(e) }

// MouseMoved shows which row can be opened.
func (b *BarChart) MouseMoved(e *desktop.MouseEvent) {
	row, _ := b.at(e.Position)
	b.setHover(row)
}

// MouseOut ends MouseMoved.
func (b *BarChart) MouseOut() { b.setHover(-1) }

func (b *BarChart) setHover(row int) {
	if row != b.hover {
		b.hover = row
		b.picture.Refresh()
	}
}

// CreateRenderer draws the chart.
func (b *BarChart) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{
		Objs:    []fyne.CanvasObject{b.picture.Raster},
		Arrange: func(s fyne.Size) { b.picture.Raster.Resize(s) },
		Min: func() fyne.Size {
			return fyne.NewSize(barLabelSpace+barNoteWidth+80, legendHeight+float32(len(b.rows))*barRowHeight)
		},
	}
}

// Meter is a thin progress bar.
type Meter struct {
	widget.BaseWidget
	share   float32
	color   color.NRGBA
	picture *ink.Picture
}

// NewMeter makes a bar filled by share, 0 to 1.
func NewMeter(share float32, c color.NRGBA) *Meter {
	m := &Meter{share: share, color: c}
	m.picture = ink.NewPicture(func(s *ink.Sheet) {
		s.Bar(ink.Rect{W: m.Size().Width, H: m.Size().Height}, m.share, m.color)
	})
	m.ExtendBaseWidget(m)
	return m
}

// SetShare fills another part.
func (m *Meter) SetShare(share float32) {
	if share != m.share {
		m.share = share
		m.picture.Refresh()
	}
}

// CreateRenderer draws the bar.
func (m *Meter) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{
		Objs:    []fyne.CanvasObject{m.picture.Raster},
		Arrange: func(s fyne.Size) { m.picture.Raster.Resize(s) },
		Min:     func() fyne.Size { return fyne.NewSize(64, 6) },
	}
}
