package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"xiangzhen/gui/kit"
)

// moves are the keys that move the cursor: given the grid and the present place,
// where to.
var moves = map[fyne.KeyName]func(g *Grid, p place) place{
	fyne.KeyUp:       func(_ *Grid, p place) place { return place{p.row - 1, p.col} },
	fyne.KeyDown:     func(_ *Grid, p place) place { return place{p.row + 1, p.col} },
	fyne.KeyLeft:     func(_ *Grid, p place) place { return place{p.row, p.col - 1} },
	fyne.KeyRight:    func(_ *Grid, p place) place { return place{p.row, p.col + 1} },
	fyne.KeyPageUp:   func(g *Grid, p place) place { return place{p.row - g.view.pageRows(), p.col} },
	fyne.KeyPageDown: func(g *Grid, p place) place { return place{p.row + g.view.pageRows(), p.col} },
	fyne.KeyHome:     func(_ *Grid, p place) place { return place{p.row, 0} },
	fyne.KeyEnd:      func(g *Grid, p place) place { return place{p.row, len(g.view.cols)} },
}

// jumps are the keys that move the cursor while Ctrl is held.
var jumps = map[fyne.KeyName]func(g *Grid, p place) place{
	fyne.KeyHome:  func(*Grid, place) place { return place{} },
	fyne.KeyEnd:   func(g *Grid, _ place) place { return place{g.view.rows, len(g.view.cols)} },
	fyne.KeyUp:    func(_ *Grid, p place) place { return place{0, p.col} },
	fyne.KeyDown:  func(g *Grid, p place) place { return place{g.view.rows, p.col} },
	fyne.KeyLeft:  func(_ *Grid, p place) place { return place{p.row, 0} },
	fyne.KeyRight: func(g *Grid, p place) place { return place{p.row, len(g.view.cols)} },
}

// listMoves differ in a list, where a row has no cells to walk through.
var listMoves = map[fyne.KeyName]func(g *Grid, p place) place{
	fyne.KeyHome: jumps[fyne.KeyHome], fyne.KeyEnd: jumps[fyne.KeyEnd],
}

// within keeps a place on the grid.
func (g *Grid) within(p place) place {
	return place{max(0, min(p.row, g.view.rows-1)), max(0, min(p.col, len(g.view.cols)-1))}
}

// TypedKey does what the key means here, or hands it on to the window.
func (g *Grid) TypedKey(e *fyne.KeyEvent) {
	if g.view.rows == 0 || !g.useKey(e.Name) {
		kit.PassKey(g, e)
	}
}

// useKey reports whether the grid has a use for the key.
func (g *Grid) useKey(key fyne.KeyName) bool {
	move := moves[key]
	if special := listMoves[key]; g.conf.Rows && special != nil {
		move = special
	}
	if move != nil {
		g.useMove(key, move)
		return true
	}
	switch key {
	case fyne.KeyReturn, fyne.KeyEnter:
		g.enter()
	case fyne.KeyTab:
		g.tab()
	case fyne.KeyF2:
		return g.edit("", false)
	case fyne.KeySpace:
		return g.twist(g.sel.cursor.row)
	case fyne.KeyDelete, fyne.KeyBackspace:
		return g.clearCells()
	default:
		return false
	}
	return true
}

// useMove moves the cursor; in a list left and right scroll, and fold a branch.
func (g *Grid) useMove(key fyne.KeyName, move func(*Grid, place) place) {
	if g.conf.Rows && (key == fyne.KeyLeft || key == fyne.KeyRight) {
		if !g.twistTowards(key == fyne.KeyRight) {
			g.scrollBy(map[fyne.KeyName]float32{fyne.KeyLeft: -60, fyne.KeyRight: 60}[key], 0)
		}
		return
	}
	g.moveTo(g.within(move(g, g.sel.cursor)), g.shift)
}

// enter opens a row, or goes down one as in Excel where there is something to fill in.
func (g *Grid) enter() {
	at := g.sel.cursor
	if g.conf.OnOpen != nil && !g.shift && !g.editable(at) {
		g.conf.OnOpen(at.row)
		return
	}
	g.step(fyne.KeyReturn)
}

// step moves the way Enter and Tab do, back with Shift.
func (g *Grid) step(key fyne.KeyName) {
	d := 1
	if g.shift {
		d = -1
	}
	at := g.sel.cursor
	if key != fyne.KeyTab {
		g.moveTo(g.within(place{at.row + d, at.col}), false)
		return
	}
	n := len(g.view.cols)
	i := max(0, min(at.row*n+at.col+d, g.view.rows*n-1))
	g.moveTo(place{i / n, i % n}, false)
}

// tab goes to the next cell, and past the last one out of the grid.
func (g *Grid) tab() {
	before := g.sel.cursor
	g.step(fyne.KeyTab)
	if g.sel.cursor != before {
		return
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(g)
	switch {
	case c == nil:
	case g.shift:
		c.FocusPrevious()
	default:
		c.FocusNext()
	}
}

// twist folds or unfolds a row that is a branch.
func (g *Grid) twist(row int) bool {
	if g.conf.OnTwist == nil || g.twistOf(row) == TwistNone {
		return false
	}
	g.conf.OnTwist(row)
	return true
}

// twistTowards unfolds a closed branch, or folds an open one.
func (g *Grid) twistTowards(open bool) bool {
	row := g.sel.cursor.row
	want := TwistOpen
	if open {
		want = TwistClosed
	}
	return g.twistOf(row) == want && g.twist(row)
}

// twistOf is the fold mark of a row, in whichever column it stands.
func (g *Grid) twistOf(row int) Twist {
	for col := range g.view.cols {
		if t := g.conf.Source.Cell(row, col).Twist; t != TwistNone {
			return t
		}
	}
	return TwistNone
}

// TypedRune begins to edit the cell with what is typed, so that the first letter
// is not lost, nor the further characters of a Chinese word: they go to the editor.
func (g *Grid) TypedRune(r rune) {
	if g.quick(r) {
		return
	}
	if g.view.rows > 0 && r > ' ' && !g.edit(string(r), true) && g.conf.OnRune != nil {
		g.conf.OnRune(r)
	}
}

// TypedShortcut does what the shortcut means here, or hands it on to the window.
func (g *Grid) TypedShortcut(s fyne.Shortcut) {
	_, pasting := s.(*fyne.ShortcutPaste)
	if g.view.rows == 0 && !(pasting && g.conf.PasteBeyond) || !g.useShortcut(s) {
		kit.PassShortcut(g, s)
	}
}

// useShortcut reports whether the grid has a use for the shortcut.
func (g *Grid) useShortcut(s fyne.Shortcut) bool {
	switch s := s.(type) {
	case *fyne.ShortcutSelectAll:
		g.sel.selectAll(g.view.rows, len(g.view.cols))
		g.redraw()
		g.tellSelect()
		return true
	case *fyne.ShortcutCopy:
		g.copyTo(s.Clipboard)
		return true
	case *fyne.ShortcutCut:
		g.copyTo(s.Clipboard)
		return g.clearCells()
	case *fyne.ShortcutPaste:
		return g.paste(s.Clipboard.Content())
	case *desktop.CustomShortcut:
		return g.useControl(s)
	}
	return false
}

// useControl does what a key with Ctrl means.
func (g *Grid) useControl(s *desktop.CustomShortcut) bool {
	if s.Modifier&^fyne.KeyModifierShift != fyne.KeyModifierControl {
		return false
	}
	if s.KeyName == fyne.KeyD {
		if s.Modifier&fyne.KeyModifierShift != 0 {
			return g.FillRight()
		}
		return g.fillDown()
	}
	jump, ok := jumps[s.KeyName]
	if ok {
		g.moveTo(g.within(jump(g, g.sel.cursor)), s.Modifier&fyne.KeyModifierShift != 0)
	}
	return ok
}

// AcceptsTab keeps Tab in a sheet that is filled in, where it walks through the cells.
func (g *Grid) AcceptsTab() bool { return !g.conf.Rows && g.conf.OnEdit != nil }

// KeyDown notes Shift, which Fyne does not tell with a typed key.
func (g *Grid) KeyDown(e *fyne.KeyEvent) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		g.shift = true
	}
}

// KeyUp notes Shift.
func (g *Grid) KeyUp(e *fyne.KeyEvent) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		g.shift = false
	}
}

// FocusGained shows that the keyboard is here.
func (g *Grid) FocusGained() {
	g.focused = true
	g.redrawBody()
}

// FocusLost shows that it is not.
func (g *Grid) FocusLost() {
	g.focused, g.shift = false, false
	g.redrawBody()
}

// focus brings the keyboard back to the grid.
func (g *Grid) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil {
		c.Focus(g)
	}
}
