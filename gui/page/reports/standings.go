package reports

import (
	"strings"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// standings shows who has reported, in the order of the divisions.
type standings struct {
	rows []app.Standing
	past bool   // the day by which to report is over
	year string // "2026年", which every line would begin its 截止 with; "" to keep it
}

// set takes the receivers of a period as they stand on a day.
func (s *standings) set(found app.Completeness, today model.Day) {
	s.rows, s.past, s.year = found.Rows, today > found.DueOn, ""
	if year := string(today)[:4]; strings.HasPrefix(string(found.DueOn), year) {
		s.year = year + "年"
	}
}

// Len is the number of receivers.
func (s *standings) Len() int { return len(s.rows) }

// Columns lists the columns.
func (s *standings) Columns() []grid.Column {
	return []grid.Column{
		{Key: "area", Title: "单位", Width: 84, Pinned: true},
		{Key: "status", Title: "报送情况", Width: 88},
		{Key: "at", Title: "收到", Width: 92},
		{Key: "stamped", Title: "盖章件", Width: 72},
		{Key: "due", Title: "截止", Width: 124},
		{Key: "contact", Title: "联系人", Width: 150, Grow: true},
	}
}

// Cell shows one value.
func (s *standings) Cell(row, col int) grid.Cell {
	r := s.rows[row]
	switch col {
	case 0:
		return grid.Cell{Text: r.Area}
	case 1:
		mark, tone := standing(r.Status, s.past)
		return grid.Cell{Text: r.Status, Mark: mark, Tone: tone}
	case 2:
		return grid.Cell{Text: r.SubmittedAt}
	case 3:
		words, mark, tone := stampedWords(r)
		return grid.Cell{Text: words, Mark: mark, Tone: tone, Hint: stampedHint(r)}
	case 4:
		return grid.Cell{Text: strings.TrimPrefix(r.Due, s.year), Hint: r.Due}
	}
	return grid.Cell{Text: r.Contact, Hint: r.Contact}
}

// barLayout puts the month between its two arrows and the chips behind.
type barLayout struct{}

// MinSize is that of all in a row.
func (barLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width+o[1].MinSize().Width+o[2].MinSize().Width+240, look.ButtonHeight)
}

// Layout places them.
func (barLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	x := float32(0)
	for _, part := range o[:3] {
		m := part.MinSize()
		part.Move(fyne.NewPos(x, (s.Height-m.Height)/2))
		part.Resize(m)
		x += m.Width + look.GapHair
	}
	x += look.GapWide
	o[3].Move(fyne.NewPos(x, (s.Height-look.ChipHeight)/2))
	o[3].Resize(fyne.NewSize(max(0, s.Width-x), look.ChipHeight))
}

// sideLayout gives the right part the width of a drawer, or less where the window
// is small.
type sideLayout struct{}

// MinSize leaves room for both.
func (sideLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(680, max(o[0].MinSize().Height, o[1].MinSize().Height))
}

// Layout places the two.
func (sideLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	right := min(look.DrawerWidth, s.Width*0.36)
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width-right-look.GapWide, s.Height))
	o[1].Move(fyne.NewPos(s.Width-right, 0))
	o[1].Resize(fyne.NewSize(right, s.Height))
}

// tall gives a wrapped text the height it takes at a width.
type tall struct{ width float32 }

// MinSize is the height at that width.
func (t tall) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, o[0].(*kit.Para).HeightFor(t.width-look.GapPage))
}

// Layout fills the room.
func (t tall) Layout(o []fyne.CanvasObject, s fyne.Size) { o[0].Resize(s) }

// minWidth gives its one object a least width.
type minWidth struct{ width float32 }

// MinSize is the object's, widened.
func (l minWidth) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	return fyne.NewSize(max(m.Width, l.width), m.Height)
}

// Layout fills the room.
func (l minWidth) Layout(o []fyne.CanvasObject, s fyne.Size) { o[0].Resize(s) }
