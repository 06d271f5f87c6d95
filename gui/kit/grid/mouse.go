package grid

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit/ink"
	"xiangzhen/gui/look"
)

const (
	// doubleClick is how soon a second click must follow. Fyne's own double tap
	// would hold every single click back for that long.
	doubleClick = 500 * time.Millisecond
	// wheelFactor makes a notch of the wheel, 25 units in Fyne, three rows.
	wheelFactor = 3 * look.RowHeight / 25
)

// dragKind says what a pressed mouse moves.
type dragKind int

const (
	dragNothing dragKind = iota
	dragCells            // extends the chosen range
	dragEdge             // changes a column's width
	dragDown             // the upright scroll bar
	dragAcross           // the lying scroll bar
)

// drag is what the pressed mouse is doing.
type drag struct {
	kind dragKind
	col  int     // of dragEdge
	grip float32 // from the thumb's or the column's beginning to the mouse
}

// click is the last press, to see whether the next one makes it double.
type click struct {
	at   place
	time time.Time
}

// MouseDown chooses cells, or takes hold of a head's edge or a scroll bar.
func (g *Grid) MouseDown(e *desktop.MouseEvent) {
	g.focus()
	x, y := e.Position.X, e.Position.Y-g.bodyTop()
	if e.Position.Y < look.TableHeadHeight {
		g.pressHead(e, x)
		return
	}
	if e.Button == desktop.MouseButtonPrimary && g.pressBars(x, y) {
		return
	}
	at, ok := g.cellAt(x, y)
	if !ok {
		return
	}
	if e.Button == desktop.MouseButtonSecondary {
		if !g.sel.has(at.row) {
			g.moveTo(at, false)
		}
		return
	}
	g.press(e, at, x)
}

// press chooses a cell by the primary button.
func (g *Grid) press(e *desktop.MouseEvent, at place, x float32) {
	double := at == g.click.at && g.now().Sub(g.click.time) < doubleClick
	g.click = click{at, g.now()}
	switch {
	case e.Modifier&fyne.KeyModifierControl != 0:
		g.sel.toggleRow(at)
		g.redraw()
		g.tellSelect()
	case e.Modifier&fyne.KeyModifierShift != 0:
		g.moveTo(at, true)
	case g.onTwist(at, x) && g.twist(at.row):
	case double:
		g.click = click{}
		g.moveTo(at, false)
		g.open(at)
	default:
		g.drag = drag{kind: dragCells}
		g.moveTo(at, false)
	}
}

// open edits a cell that can be edited and opens the row of any other.
func (g *Grid) open(at place) {
	if !g.edit("", false) && g.conf.OnOpen != nil {
		g.conf.OnOpen(at.row)
	}
}

// onTwist reports whether x lies on the fold mark of a cell.
func (g *Grid) onTwist(at place, x float32) bool {
	c := g.conf.Source.Cell(at.row, at.col)
	left := g.view.cell(at.row, at.col).X + cellPad + float32(c.Indent)*indentStep
	return c.Twist != TwistNone && x > left-6 && x < left+twistSize+6
}

// cellAt returns the cell at a place of the body.
func (g *Grid) cellAt(x, y float32) (place, bool) {
	p := place{g.view.rowAt(y), g.view.colAt(x)}
	if p.col < 0 && len(g.view.cols) > 0 && x > 0 {
		p.col = len(g.view.cols) - 1 // the room right of the last column
	}
	return p, p.row >= 0 && p.col >= 0
}

// pressHead takes hold of an edge, or sorts by the column.
func (g *Grid) pressHead(e *desktop.MouseEvent, x float32) {
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	if col := g.view.edgeAt(x); col >= 0 {
		g.drag = drag{kind: dragEdge, col: col, grip: x - g.view.widths[col]}
		return
	}
	col := g.view.colAt(x)
	if col < 0 || !g.view.cols[col].Sortable || g.conf.OnSort == nil {
		return
	}
	next := Sort{Key: g.view.cols[col].Key}
	if g.sort.Key == next.Key {
		next.Desc = !g.sort.Desc
	}
	g.SetSort(next)
	g.conf.OnSort(next)
}

// pressBars takes hold of a scroll bar, or pages towards a press beside its thumb.
func (g *Grid) pressBars(x, y float32) bool {
	v := &g.view
	down, across := v.thumbDown(), v.thumbAcross()
	switch {
	case down.H > 0 && x >= v.width-look.ScrollBarWidth:
		g.drag = drag{kind: dragDown, grip: gripOf(y, down.Y, down.H)}
		g.dragTo(x, y)
	case across.W > 0 && y >= v.height-look.ScrollBarWidth:
		g.drag = drag{kind: dragAcross, grip: gripOf(x, across.X, across.W)}
		g.dragTo(x, y)
	default:
		return false
	}
	return true
}

// gripOf is where on a thumb the mouse holds it; a press beside it brings its
// middle there.
func gripOf(mouse, start, size float32) float32 {
	if mouse >= start && mouse <= start+size {
		return mouse - start
	}
	return size / 2
}

// MouseUp lets go.
func (g *Grid) MouseUp(*desktop.MouseEvent) { g.endDrag() }

// Dragged moves what MouseDown took hold of.
func (g *Grid) Dragged(e *fyne.DragEvent) { g.dragTo(e.Position.X, e.Position.Y-g.bodyTop()) }

// DragEnd lets go.
func (g *Grid) DragEnd() { g.endDrag() }

// dragTo moves what is held to a place of the body.
func (g *Grid) dragTo(x, y float32) {
	switch g.drag.kind {
	case dragCells:
		g.extendTo(x, y)
		return
	case dragEdge:
		g.widths[g.view.cols[g.drag.col].Key] = max(minWidth, x-g.drag.grip)
		g.view.layout(g.view.cols, g.widths)
	case dragDown:
		g.view.dragDown(y - g.drag.grip)
	case dragAcross:
		g.view.dragAcross(x - g.drag.grip)
	default:
		return
	}
	g.scrolled()
}

// extendTo extends the chosen range to the cell under the mouse, or the nearest.
func (g *Grid) extendTo(x, y float32) {
	row, col := g.view.rowAt(y), g.view.colAt(x)
	switch {
	case y < 0:
		row, _ = g.view.visibleRows()
		row--
	case row < 0:
		row = g.view.rows - 1
	}
	if col < 0 {
		col = g.sel.cursor.col
	}
	if at := g.within(place{row, col}); at != g.sel.cursor {
		g.moveTo(at, true)
	}
}

// endDrag tells the width that was dragged.
func (g *Grid) endDrag() {
	if g.drag.kind == dragEdge && g.conf.OnWidth != nil {
		key := g.view.cols[g.drag.col].Key
		g.conf.OnWidth(key, g.widths[key])
	}
	g.drag = drag{}
}

// Scrolled moves the view by the wheel.
func (g *Grid) Scrolled(e *fyne.ScrollEvent) {
	g.scrollBy(-e.Scrolled.DX*wheelFactor, -e.Scrolled.DY*wheelFactor)
}

func (g *Grid) scrollBy(dx, dy float32) {
	g.view.left += dx
	g.view.top += float64(dy)
	g.view.clamp()
	g.scrolled()
}

// scrolled shows the view after it moved under the mouse or the cursor.
func (g *Grid) scrolled() {
	g.redraw()
	g.placeEditor()
	g.hint.hide()
}

// TappedSecondary shows the menu of the head or of the cell.
func (g *Grid) TappedSecondary(e *fyne.PointEvent) {
	items := g.menuAt(e.Position)
	c := fyne.CurrentApp().Driver().CanvasForObject(g)
	if len(items) == 0 || c == nil {
		return
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, e.AbsolutePosition)
}

// menuAt returns the menu for a place of the grid.
func (g *Grid) menuAt(at fyne.Position) []*fyne.MenuItem {
	if at.Y < look.TableHeadHeight {
		if col := g.view.colAt(at.X); col >= 0 && g.conf.OnHeadMenu != nil {
			return g.conf.OnHeadMenu(g.view.cols[col].Key)
		}
		return nil
	}
	if p, ok := g.cellAt(at.X, at.Y-g.bodyTop()); ok && g.conf.OnMenu != nil {
		return g.conf.OnMenu(p.row, p.col)
	}
	return nil
}

// MouseIn follows the mouse.
func (g *Grid) MouseIn(e *desktop.MouseEvent) { g.MouseMoved(e) }

// MouseMoved shows which row is under the mouse, and the hint of its cell.
func (g *Grid) MouseMoved(e *desktop.MouseEvent) {
	x, y := e.Position.X, e.Position.Y-g.bodyTop()
	g.cursorNow = desktop.DefaultCursor
	if e.Position.Y < look.TableHeadHeight && g.view.edgeAt(x) >= 0 {
		g.cursorNow = desktop.HResizeCursor
	}
	row := g.view.rowAt(y)
	if row != g.hover {
		g.hover = row
		g.redrawBody()
	}
	if at, ok := g.cellAt(x, y); ok {
		g.hintAt(at)
	} else {
		g.hint.hide()
	}
}

// MouseOut ends what MouseMoved showed.
func (g *Grid) MouseOut() {
	g.cursorNow = desktop.DefaultCursor
	g.hint.hide()
	if g.hover >= 0 {
		g.hover = -1
		g.redrawBody()
	}
}

// Cursor is the shape of the mouse: a double arrow over the edge of a head.
func (g *Grid) Cursor() desktop.Cursor { return g.cursorNow }

// rectOnGrid turns a place of the body into one of the whole grid.
func (g *Grid) rectOnGrid(r ink.Rect) ink.Rect {
	r.Y += g.bodyTop()
	return r
}
