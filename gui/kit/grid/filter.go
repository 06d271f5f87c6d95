package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

const (
	filterHeight float32 = 37
	filterLeast  float32 = 30 // a narrower rest of an entry is hidden
)

// filterRow is the row of entries under the head, one for each column that can be
// filtered.
type filterRow struct {
	widget.BaseWidget
	onFilter func(key, words string)
	shown    bool
	ground   *canvas.Rectangle
	line     *canvas.Rectangle
	entries  map[string]*kit.Entry
	order    []string // keys of the columns that have an entry
}

func newFilterRow(onFilter func(key, words string)) *filterRow {
	f := &filterRow{onFilter: onFilter, ground: canvas.NewRectangle(look.Head),
		line: canvas.NewRectangle(look.Line), entries: map[string]*kit.Entry{}}
	f.ExtendBaseWidget(f)
	return f
}

// setColumns makes an entry for each new column and keeps the others with their words.
func (f *filterRow) setColumns(cols []Column) {
	f.order = f.order[:0]
	for _, c := range cols {
		if !c.Filter {
			continue
		}
		f.order = append(f.order, c.Key)
		if f.entries[c.Key] == nil {
			f.entries[c.Key] = f.newEntry(c.Key)
		}
	}
}

func (f *filterRow) newEntry(key string) *kit.Entry {
	e := kit.NewEntry("筛选")
	e.OnChanged = func(words string) {
		if f.onFilter != nil {
			f.onFilter(key, words)
		}
	}
	return e
}

// place puts the entries under their columns, cut where pinned columns or the
// window's edge cover them.
func (f *filterRow) place(v *view) {
	f.Hidden = !f.shown
	for col, c := range v.cols {
		e := f.entries[c.Key]
		if !c.Filter || e == nil {
			continue
		}
		r := v.shownCell(0, col)
		e.Hidden = r.W < filterLeast
		e.Move(fyne.NewPos(r.X+2, 2))
		e.Resize(fyne.NewSize(r.W-4, filterHeight-4))
	}
	f.Refresh()
}

// CreateRenderer shows the entries.
func (f *filterRow) CreateRenderer() fyne.WidgetRenderer {
	return &kit.Renderer{
		List: f.objects,
		Arrange: func(s fyne.Size) {
			f.ground.Resize(s)
			f.line.Move(fyne.NewPos(0, s.Height-1))
			f.line.Resize(fyne.NewSize(s.Width, 1))
		},
		Min: func() fyne.Size { return fyne.NewSize(0, filterHeight) },
	}
}

func (f *filterRow) objects() []fyne.CanvasObject {
	objs := []fyne.CanvasObject{f.ground, f.line}
	for _, key := range f.order {
		objs = append(objs, f.entries[key])
	}
	return objs
}

// SetFilter puts words into a column's filter, as if they were typed.
func (g *Grid) SetFilter(key, words string) {
	if e := g.filters.entries[key]; e != nil {
		e.SetText(words)
	}
}

// FocusFilter shows the filter row with the keyboard in a column's entry, or in
// the first one if the column has none.
func (g *Grid) FocusFilter(key string) {
	g.ShowFilters(true)
	e := g.filters.entries[key]
	if e == nil && len(g.filters.order) > 0 {
		e = g.filters.entries[g.filters.order[0]]
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); e != nil && c != nil {
		c.Focus(e)
	}
}
