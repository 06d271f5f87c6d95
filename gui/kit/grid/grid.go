package grid

import (
	"iter"
	"maps"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/ink"
	"xiangzhen/gui/look"
)

// Grid is the table. All its calls belong on the window's goroutine.
type Grid struct {
	widget.BaseWidget

	conf   Config
	view   view
	sel    selection
	widths map[string]float32 // chosen by dragging, by column key
	sort   Sort

	shift, focused bool
	hover          int // row under the mouse, -1
	shown          int // the row last told to OnSelect
	drag           drag
	click          click
	cursorNow      desktop.StandardCursor
	now            func() time.Time // for counting clicks; a test sets it

	head, body *ink.Picture
	filters    *filterRow
	editor     *editor // nil while nothing is edited
	hint       *hint
	empty      *kit.Line
}

var (
	_ fyne.Focusable         = (*Grid)(nil)
	_ fyne.Tabbable          = (*Grid)(nil)
	_ fyne.Shortcutable      = (*Grid)(nil)
	_ fyne.Scrollable        = (*Grid)(nil)
	_ fyne.Draggable         = (*Grid)(nil)
	_ fyne.SecondaryTappable = (*Grid)(nil)
	_ desktop.Keyable        = (*Grid)(nil)
	_ desktop.Mouseable      = (*Grid)(nil)
	_ desktop.Hoverable      = (*Grid)(nil)
	_ desktop.Cursorable     = (*Grid)(nil)
)

// New makes a grid over conf.Source with the cursor on its first row, of which
// OnSelect is not told: whoever makes the grid knows.
func New(conf Config) *Grid {
	g := &Grid{conf: conf, widths: maps.Clone(conf.Widths), hover: -1, shown: -1, now: time.Now}
	if g.widths == nil {
		g.widths = map[string]float32{}
	}
	g.head = ink.NewPicture(func(s *ink.Sheet) { g.painter().head(s) })
	g.body = ink.NewPicture(func(s *ink.Sheet) { g.painter().body(s) })
	g.filters = newFilterRow(conf.OnFilter)
	g.filters.shown = conf.Filters
	g.hint = newHint()
	g.empty = kit.NewLine(conf.Empty, look.TextBody, look.Second, false)
	g.reload()
	g.shown, _ = g.Current()
	g.ExtendBaseWidget(g)
	return g
}

// Reload is called after the source has changed: rows, columns or cells. The
// cursor keeps its place as far as there are rows. An open edit is dropped if its
// row or column is gone.
func (g *Grid) Reload() {
	g.reload()
	g.placeParts()
	g.redraw()
	g.tellSelect()
}

// reload takes the new size of the source over.
func (g *Grid) reload() {
	g.view.rows = g.conf.Source.Len()
	g.view.layout(g.conf.Source.Columns(), g.widths)
	g.sel.clamp(g.view.rows, len(g.view.cols))
	g.filters.setColumns(g.view.cols)
	if e := g.editor; e != nil && (e.at.row >= g.view.rows || e.at.col >= len(g.view.cols)) {
		g.closeEditor()
	}
}

// SetSource shows another source from its first row on.
func (g *Grid) SetSource(s Source) {
	g.closeEditor()
	g.conf.Source, g.sel, g.shown = s, selection{}, -1
	g.view.top, g.view.left = 0, 0
	g.Reload()
}

// Current returns the cell the cursor is on; row is -1 in an empty grid.
func (g *Grid) Current() (row, col int) {
	if g.view.rows == 0 {
		return -1, -1
	}
	return g.sel.cursor.row, g.sel.cursor.col
}

// Select puts the cursor on a row, drops what else was chosen and scrolls there.
func (g *Grid) Select(row int) {
	if row >= 0 && row < g.view.rows {
		g.moveTo(place{row, g.sel.cursor.col}, false)
	}
}

// SelectCell puts the cursor on a cell.
func (g *Grid) SelectCell(row, col int) {
	if row >= 0 && row < g.view.rows && col >= 0 && col < len(g.view.cols) {
		g.moveTo(place{row, col}, false)
	}
}

// Selected gives the chosen rows in ascending order.
func (g *Grid) Selected() iter.Seq[int] {
	if g.view.rows == 0 {
		return func(func(int) bool) {}
	}
	return g.sel.rows()
}

// SelectedCount is the number of chosen rows.
func (g *Grid) SelectedCount() int {
	if g.view.rows == 0 {
		return 0
	}
	return g.sel.count()
}

// Area is the chosen rectangle of cells; in a list it spans all columns.
func (g *Grid) Area() Range {
	a := g.sel.area()
	if g.conf.Rows {
		a.Col1, a.Col2 = 0, max(0, len(g.view.cols)-1)
	}
	return a
}

// SetSort shows by which column the rows are sorted; it sorts nothing itself.
func (g *Grid) SetSort(s Sort) {
	g.sort = s
	g.redrawHead()
}

// SetWidths takes other widths, by column key, as if the heads' edges had been
// dragged there; columns it does not name have their own again.
func (g *Grid) SetWidths(widths map[string]float32) {
	g.widths = map[string]float32{}
	maps.Copy(g.widths, widths)
	g.placeParts()
	g.redraw()
}

// ShowFilters shows or hides the filter row. Hidden filters go on filtering.
func (g *Grid) ShowFilters(shown bool) {
	g.filters.shown = shown
	g.placeParts()
	g.redraw()
}

// moveTo sets the cursor, scrolls to it and tells what follows from that.
func (g *Grid) moveTo(p place, extend bool) {
	g.sel.moveTo(p, extend)
	g.view.reveal(p.row, p.col)
	g.redraw()
	g.tellSelect()
}

// tellSelect calls OnSelect if the cursor came to another row, and OnCell.
func (g *Grid) tellSelect() {
	row, col := g.Current()
	g.showHint()
	if row != g.shown {
		g.shown = row
		if g.conf.OnSelect != nil {
			g.conf.OnSelect(row)
		}
	}
	if g.conf.OnCell != nil {
		g.conf.OnCell(row, col)
	}
}

// redraw draws head, filters and body anew.
func (g *Grid) redraw() {
	g.redrawHead()
	g.filters.place(&g.view)
	g.redrawBody()
}

func (g *Grid) redrawHead() { g.head.Refresh() }

func (g *Grid) redrawBody() {
	g.empty.Hidden = g.view.rows > 0 || g.conf.Empty == ""
	g.body.Refresh()
}

// painter describes the present state to the painter.
func (g *Grid) painter() *painter {
	return &painter{source: g.conf.Source, view: &g.view, sel: &g.sel, rows: g.conf.Rows,
		focus: g.focused, hover: g.hover, sort: g.sort}
}

// bodyTop is where the rows begin.
func (g *Grid) bodyTop() float32 {
	if g.filters.shown {
		return look.TableHeadHeight + filterHeight
	}
	return look.TableHeadHeight
}

// placeParts lays head, filter row and body out for the grid's size.
func (g *Grid) placeParts() {
	size, top := g.Size(), g.bodyTop()
	g.view.width, g.view.height = size.Width, max(0, size.Height-top)
	g.view.layout(g.view.cols, g.widths)
	g.head.Raster.Resize(fyne.NewSize(size.Width, look.TableHeadHeight))
	g.body.Raster.Move(fyne.NewPos(0, top))
	g.body.Raster.Resize(fyne.NewSize(size.Width, g.view.height))
	g.filters.Move(fyne.NewPos(0, look.TableHeadHeight))
	g.filters.Resize(fyne.NewSize(size.Width, filterHeight))
	g.filters.place(&g.view)
	g.empty.Move(fyne.NewPos(look.GapPage, top+look.GapPage))
	g.empty.Resize(fyne.NewSize(size.Width-2*look.GapPage, g.empty.MinSize().Height))
	g.placeEditor()
}

// CreateRenderer shows the parts. The least size is small: a page is never larger
// than the window because of its grid.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	return &kit.Renderer{
		List:    g.objects,
		Arrange: func(fyne.Size) { g.arrange() },
		Min: func() fyne.Size {
			return fyne.NewSize(200, look.TableHeadHeight+filterHeight+3*look.RowHeight)
		},
		Update: g.redraw,
	}
}

// arrange fits the parts into the grid's size. A cursor that was set before there
// was a size comes into sight only now.
func (g *Grid) arrange() {
	first := g.view.height <= 0
	g.placeParts()
	if first {
		g.view.reveal(g.sel.cursor.row, g.sel.cursor.col)
	}
	g.redraw()
}

// objects lists the parts anew each time: an editor comes and goes.
func (g *Grid) objects() []fyne.CanvasObject {
	objs := []fyne.CanvasObject{g.body.Raster, g.head.Raster, g.filters, g.empty, g.hint}
	if g.editor != nil {
		objs = append(objs, g.editor.box)
	}
	return objs
}
