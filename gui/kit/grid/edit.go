package grid

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/model"
)

const (
	editMinWidth float32 = 120
	longRows             = 4   // lines of the editor of a long text
	longWidth    float32 = 300 // of a long text, and of the sentence of an error
)

// editor is an open edit of one cell.
type editor struct {
	at    place
	entry *kit.Entry
	box   *editBox
	typed bool // begun by typing: arrows end it, as in Excel
	ended bool
}

// editable reports whether a cell can be edited.
func (g *Grid) editable(p place) bool {
	return !g.conf.Rows && g.conf.OnEdit != nil && p.col < len(g.view.cols) && g.view.cols[p.col].Editable
}

// editText is what an edit of a cell starts with.
func (g *Grid) editText(p place) string {
	if g.conf.EditText != nil {
		return g.conf.EditText(p.row, p.col)
	}
	return g.conf.Source.Cell(p.row, p.col).Text
}

// edit opens the editor of the cursor's cell: with its text, or with what was
// typed instead of it. It reports whether the cell can be edited.
func (g *Grid) edit(text string, typed bool) bool {
	at := g.sel.cursor
	if g.view.rows == 0 || !g.editable(at) {
		return false
	}
	g.closeEditor()
	g.view.reveal(at.row, at.col)
	g.hint.hide()
	g.redraw()
	if options := g.view.cols[at.col].Options; len(options) > 0 {
		g.choose(at, kit.Chooser{Query: kit.FilterChoices(kit.TextChoices(options)), Typed: text})
		return true
	}
	if ask := g.search(at); ask != nil {
		g.choose(at, kit.Chooser{Ask: ask, Typed: text, Free: true, Hint: "输入汉字或拼音首字母；回车确定"})
		return true
	}
	if !typed {
		text = g.editText(at)
	}
	g.openEditor(at, text, typed)
	return true
}

// search is what a cell is filled from by choosing, nil for one that is typed.
func (g *Grid) search(at place) func(string, func([]kit.Choice)) {
	if g.conf.Choices == nil {
		return nil
	}
	return g.conf.Choices(at.row, at.col)
}

// choose opens the list of a cell that is filled by choosing.
func (g *Grid) choose(at place, ch kit.Chooser) {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(g)
	if c == nil {
		return
	}
	r := g.rectOnGrid(g.view.shownCell(at.row, at.col))
	ch.At, ch.Size = driver.AbsolutePositionForObject(g).AddXY(r.X, r.Y), fyne.NewSize(r.W, r.H)
	ch.Current, ch.Cancel = g.editText(at), g.focus
	ch.Done = func(chosen kit.Choice, by fyne.KeyName) { g.chosen(at, chosen, by) }
	kit.ShowChooser(c, ch)
}

// chosen gives what was chosen on and goes to the next cell, if a key ended it.
func (g *Grid) chosen(at place, chosen kit.Choice, by fyne.KeyName) {
	g.focus()
	var err error
	if g.conf.OnChoose != nil && g.search(at) != nil {
		err = g.conf.OnChoose(at.row, at.col, chosen)
	} else {
		err = g.conf.OnEdit(at.row, at.col, chosen.Text)
	}
	if err != nil {
		g.problem(err)
		return
	}
	g.Reload()
	if by != "" {
		g.step(by)
	}
}

// openEditor lays an entry over the cell and gives it the keyboard.
func (g *Grid) openEditor(at place, text string, typed bool) {
	var entry *kit.Entry
	if g.view.cols[at.col].Kind == model.KindLongText {
		entry = kit.NewLongEntry("", longRows)
	} else {
		entry = kit.NewEntry("")
		entry.Plain = kit.DigitsOnly(g.view.cols[at.col].Kind)
	}
	e := &editor{at: at, entry: entry, typed: typed}
	e.box = newEditBox(entry)
	g.editor = e
	entry.OnKey = func(k *fyne.KeyEvent) bool { return g.editKey(e, k) }
	entry.OnBlur = func() { g.commit(e) }
	g.placeEditor()
	g.Refresh()
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil {
		c.Focus(entry)
	}
	entry.SetTextToEnd(text) // after the focus, which selects all
}

// editKey is what keys mean in an open editor.
func (g *Grid) editKey(e *editor, k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyEscape:
		g.closeEditor()
		g.focus()
	case fyne.KeyReturn, fyne.KeyEnter:
		if e.entry.MultiLine && e.entry.Shift() {
			return false // a line break
		}
		g.commitAndStep(e, k.Name)
	case fyne.KeyTab:
		g.commitAndStep(e, k.Name)
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyPageUp, fyne.KeyPageDown:
		if !e.typed || e.entry.MultiLine {
			return false
		}
		if g.commit(e) {
			g.focus()
			g.useKey(k.Name)
		}
	case fyne.KeyF2:
		e.typed = false // from now on arrows move within the text
	default:
		return false
	}
	return true
}

// commitAndStep takes what was typed and goes on to the next cell.
func (g *Grid) commitAndStep(e *editor, key fyne.KeyName) {
	shift := e.entry.Shift()
	if !g.commit(e) {
		return
	}
	g.focus()
	g.shift = shift
	g.step(key)
	g.shift = false
}

// commit gives what was typed to OnEdit, unless it is what was there. On an error
// the editor stays open with its sentence.
func (g *Grid) commit(e *editor) bool {
	if e.ended {
		return true
	}
	text := strings.TrimSpace(e.entry.Text)
	if text != g.editText(e.at) {
		if err := g.conf.OnEdit(e.at.row, e.at.col, text); err != nil {
			e.box.say(model.Sentence(err))
			g.placeEditor()
			return false
		}
	}
	g.closeEditor()
	g.Reload()
	return true
}

// closeEditor takes the editor away without a word to anybody.
func (g *Grid) closeEditor() {
	if g.editor == nil {
		return
	}
	g.editor.ended = true
	g.editor = nil
	g.Refresh()
}

// placeEditor lays the editor over its cell.
func (g *Grid) placeEditor() {
	e := g.editor
	if e == nil {
		return
	}
	r := g.rectOnGrid(g.view.shownCell(e.at.row, e.at.col))
	width := max(r.W, editMinWidth)
	if e.entry.MultiLine || !e.box.problem.Hidden {
		width = max(r.W, longWidth)
	}
	e.box.Resize(fyne.NewSize(width, e.box.Size().Height)) // wraps the sentence before it is measured
	size := fyne.NewSize(width, e.box.MinSize().Height)
	overhang := (min(size.Height, e.entry.MinSize().Height) - r.H) / 2
	if e.entry.MultiLine {
		overhang = 0
	}
	x := max(0, min(r.X, g.Size().Width-size.Width))
	y := max(look.TableHeadHeight, min(r.Y-overhang, g.Size().Height-size.Height))
	e.box.Move(fyne.NewPos(x, y))
	e.box.Resize(size)
	e.box.Refresh()
}

// editBox is the entry on a white ground, with the sentence of an error under it.
type editBox struct {
	widget.BaseWidget
	entry   *kit.Entry
	ground  *canvas.Rectangle
	wash    *canvas.Rectangle
	problem *widget.Label
}

func newEditBox(entry *kit.Entry) *editBox {
	b := &editBox{entry: entry, ground: canvas.NewRectangle(look.Paper), wash: canvas.NewRectangle(look.Conflict), problem: widget.NewLabel("")}
	b.problem.Wrapping = fyne.TextWrapBreak
	b.problem.SizeName = "helperText"
	b.problem.Hidden, b.wash.Hidden = true, true
	b.ExtendBaseWidget(b)
	return b
}

// say shows the sentence of an error.
func (b *editBox) say(sentence string) {
	b.problem.SetText(sentence)
	b.problem.Hidden, b.wash.Hidden = false, false
	b.Refresh()
}

// CreateRenderer shows the box.
func (b *editBox) CreateRenderer() fyne.WidgetRenderer {
	return &kit.Renderer{
		Objs: []fyne.CanvasObject{b.ground, b.entry, b.wash, b.problem},
		Arrange: func(s fyne.Size) {
			h := b.entry.MinSize().Height
			b.ground.Resize(s)
			b.entry.Resize(fyne.NewSize(s.Width, h))
			for _, o := range []fyne.CanvasObject{b.wash, b.problem} {
				o.Move(fyne.NewPos(0, h))
				o.Resize(fyne.NewSize(s.Width, max(0, s.Height-h)))
			}
		},
		Min: func() fyne.Size {
			m := b.entry.MinSize()
			if !b.problem.Hidden {
				m.Height += b.problem.MinSize().Height
			}
			return m
		},
	}
}
