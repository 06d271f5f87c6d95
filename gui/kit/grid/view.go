package grid

import (
	"slices"

	"xiangzhen/gui/kit/ink"
	"xiangzhen/gui/look"
)

const (
	defaultWidth float32 = 120
	minWidth     float32 = 40 // of a column that is dragged
	narrowest    float32 = 18 // of a column that asks for less
	edgeReach    float32 = 4  // how near to a head's edge a drag changes its width
	minThumb     float32 = 28
)

// view is the geometry of a grid: where columns and rows stand in a body of a
// given size, scrolled to a given place. It decides nothing and draws nothing.
type view struct {
	cols          []Column
	widths        []float32 // as shown, growth included
	lefts         []float32 // from the left edge of the content, one more than columns
	pinned        int       // number of pinned columns
	rows          int
	width, height float32 // of the body, bars included
	left          float32 // scrolled sideways, beyond the pinned columns
	top           float64 // scrolled down; float64, since 100,000 rows are 2.9 million units
}

// layout places the columns: their own widths, the room left over shared among
// those that grow.
func (v *view) layout(cols []Column, chosen map[string]float32) {
	v.cols, v.pinned = cols, 0
	v.widths, v.lefts = make([]float32, len(cols)), make([]float32, len(cols)+1)
	total, growing := float32(0), 0
	for i, c := range cols {
		if c.Pinned && v.pinned == i {
			v.pinned++
		}
		v.widths[i] = columnWidth(c, chosen)
		total += v.widths[i]
		if _, byUser := chosen[c.Key]; c.Grow && !byUser {
			growing++
		}
	}
	spare := max(0, v.width-v.barWidth()-total)
	for i, c := range cols {
		if _, byUser := chosen[c.Key]; c.Grow && !byUser {
			v.widths[i] += spare / float32(growing)
		}
		v.lefts[i+1] = v.lefts[i] + v.widths[i]
	}
	v.clamp()
}

// columnWidth is a column's width before it grows.
func columnWidth(c Column, chosen map[string]float32) float32 {
	if w, ok := chosen[c.Key]; ok {
		return max(minWidth, w)
	}
	if c.Width <= 0 {
		return defaultWidth
	}
	return max(narrowest, c.Width)
}

// clamp keeps the scroll position within the content.
func (v *view) clamp() {
	v.left = max(0, min(v.left, v.maxLeft()))
	v.top = max(0, min(v.top, v.maxTop()))
}

func (v *view) total() float32        { return v.lefts[len(v.lefts)-1] }
func (v *view) pinnedWidth() float32  { return v.lefts[v.pinned] }
func (v *view) contentRows() float64  { return float64(v.rows) * float64(look.RowHeight) }
func (v *view) roomWidth() float32    { return v.width - v.barWidth() }
func (v *view) roomHeight() float32   { return v.height - v.barHeight() }
func (v *view) maxLeft() float32      { return max(0, v.total()-v.roomWidth()) }
func (v *view) maxTop() float64       { return max(0, v.contentRows()-float64(v.roomHeight())) }
func (v *view) pageRows() int         { return max(1, int(v.roomHeight()/look.RowHeight)) }
func (v *view) overflowsDown() bool   { return v.contentRows() > float64(v.height) }
func (v *view) overflowsAcross() bool { return v.total() > v.roomWidth()+0.5 }

// barWidth is the room the upright scroll bar takes.
func (v *view) barWidth() float32 {
	if v.overflowsDown() {
		return look.ScrollBarWidth
	}
	return 0
}

// barHeight is the room the lying scroll bar takes.
func (v *view) barHeight() float32 {
	if len(v.lefts) > 0 && v.overflowsAcross() {
		return look.ScrollBarWidth
	}
	return 0
}

// colX is where a column begins on screen.
func (v *view) colX(col int) float32 {
	if col < v.pinned {
		return v.lefts[col]
	}
	return v.lefts[col] - v.left
}

// rowY is where a row begins on screen.
func (v *view) rowY(row int) float32 {
	return float32(float64(row)*float64(look.RowHeight) - v.top)
}

// cell is where a cell stands on screen, which may be out of sight.
func (v *view) cell(row, col int) ink.Rect {
	return ink.Rect{X: v.colX(col), Y: v.rowY(row), W: v.widths[col], H: look.RowHeight}
}

// block is where a cell stands on screen that reaches over several columns.
func (v *view) block(row, col, span int) ink.Rect {
	r := v.cell(row, col)
	for next := col + 1; next < col+span && next < len(v.widths); next++ {
		r.W += v.widths[next]
	}
	return r
}

// shownCell is the part of a cell that is not under pinned columns or bars.
func (v *view) shownCell(row, col int) ink.Rect {
	r := v.cell(row, col)
	left, right := float32(0), min(r.X+r.W, v.roomWidth())
	if col >= v.pinned {
		left = v.pinnedWidth()
	}
	r.X = max(left, r.X)
	r.W = max(0, right-r.X)
	return r
}

// rowAt returns the row at height y of the body, or -1.
func (v *view) rowAt(y float32) int {
	row := int((v.top + float64(y)) / float64(look.RowHeight))
	if y < 0 || row >= v.rows {
		return -1
	}
	return row
}

// colAt returns the column at x of the body, or -1.
func (v *view) colAt(x float32) int {
	if x >= v.pinnedWidth() {
		x += v.left
	}
	col, found := slices.BinarySearch(v.lefts, x)
	if !found {
		col--
	}
	if col < 0 || col >= len(v.cols) {
		return -1
	}
	return col
}

// edgeAt returns the column whose right edge is within reach of x, or -1.
func (v *view) edgeAt(x float32) int {
	for col := range v.cols {
		edge := v.colX(col) + v.widths[col]
		hidden := col >= v.pinned && edge < v.pinnedWidth()
		if !hidden && x > edge-edgeReach && x < edge+edgeReach {
			return col
		}
	}
	return -1
}

// visibleRows returns the first row in sight and the one behind the last.
func (v *view) visibleRows() (first, end int) {
	first = int(v.top / float64(look.RowHeight))
	end = int((v.top+float64(v.height))/float64(look.RowHeight)) + 1
	return first, min(end, v.rows)
}

// visibleCols returns the first scrolling column in sight and the one behind the last.
func (v *view) visibleCols() (first, end int) {
	first, end = len(v.cols), v.pinned
	for col := v.pinned; col < len(v.cols); col++ {
		x := v.colX(col)
		if x+v.widths[col] > v.pinnedWidth() && x < v.width {
			first, end = min(first, col), col+1
		}
	}
	return min(first, end), end
}

// reveal scrolls as little as needed to bring a cell into sight.
func (v *view) reveal(row, col int) {
	if v.height <= 0 {
		return // not laid out yet
	}
	y := float64(row) * float64(look.RowHeight)
	v.top = min(v.top, y)
	v.top = max(v.top, y+float64(look.RowHeight)-float64(v.roomHeight()))
	if col >= v.pinned && col < len(v.cols) {
		v.left = max(v.left, v.lefts[col+1]-v.roomWidth())
		v.left = min(v.left, v.lefts[col]-v.pinnedWidth())
	}
	v.clamp()
}

// thumbDown is the thumb of the upright bar, empty if nothing overflows.
func (v *view) thumbDown() ink.Rect {
	if !v.overflowsDown() {
		return ink.Rect{}
	}
	at, size := thumb(v.roomHeight(), v.contentRows(), v.top, v.maxTop())
	return ink.Rect{X: v.width - look.ScrollBarWidth + 3, Y: at, W: 6, H: size}
}

// thumbAcross is the thumb of the lying bar, empty if nothing overflows.
func (v *view) thumbAcross() ink.Rect {
	if !v.overflowsAcross() {
		return ink.Rect{}
	}
	start := v.pinnedWidth()
	at, size := thumb(v.roomWidth()-start, float64(v.total()-start), float64(v.left), float64(v.maxLeft()))
	return ink.Rect{X: start + at, Y: v.height - look.ScrollBarWidth + 3, W: size, H: 6}
}

// thumb places the thumb of a bar of the given room over content scrolled to at of most.
func thumb(room float32, content, at, most float64) (pos, size float32) {
	size = max(min(minThumb, room), room*room/float32(content))
	if most <= 0 {
		return 0, size
	}
	return float32(float64(room-size) * at / most), size
}

// dragDown scrolls so that the thumb of the upright bar begins at y.
func (v *view) dragDown(y float32) {
	if room := v.roomHeight() - v.thumbDown().H; room > 0 {
		v.top = float64(y) / float64(room) * v.maxTop()
	}
	v.clamp()
}

// dragAcross scrolls so that the thumb of the lying bar begins at x.
func (v *view) dragAcross(x float32) {
	start := v.pinnedWidth()
	if room := v.roomWidth() - start - v.thumbAcross().W; room > 0 {
		v.left = (x - start) / room * v.maxLeft()
	}
	v.clamp()
}
