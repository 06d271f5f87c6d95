package kit

import (
	"cmp"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
)

// Choice is one line of a list to choose from.
type Choice struct {
	ID   string // what is meant; free text has none
	Text string // what is shown and written into the field
	Note string // second ink at the right: unit, code, why it is offered
}

// FilterChoices returns the choices whose text or note contains the query; an
// empty query gives all. It serves short fixed lists: enums, 是/否.
func FilterChoices(all []Choice) func(query string) []Choice {
	return func(query string) []Choice {
		query = strings.TrimSpace(query)
		if query == "" {
			return all
		}
		var found []Choice
		for _, c := range all {
			if strings.Contains(c.Text, query) || strings.Contains(c.Note, query) {
				found = append(found, c)
			}
		}
		return found
	}
}

// TextChoices makes choices whose id is their text.
func TextChoices(texts []string) []Choice {
	out := make([]Choice, len(texts))
	for i, t := range texts {
		out[i] = Choice{ID: t, Text: t}
	}
	return out
}

// Chooser is what a list of choices is opened with.
type Chooser struct {
	At    fyne.Position // upper left corner of the field, on the canvas
	Size  fyne.Size     // of the field
	Query func(query string) []Choice
	// Ask takes Query's place where looking takes time: it is called with each
	// query and answers through show, later or at once. Answers to a query that is
	// no longer the one typed are not shown.
	Ask   func(query string, show func([]Choice))
	Hint  string // what the empty entry says; "" is the usual hint
	Typed string // what the search begins with; "" shows Current and all choices
	// Current is the text the field holds now: its choice is the marked one.
	Current string
	// Free lets words through that no choice has; otherwise they end nothing.
	Free bool
	// Done gets the choice, and the key that ended it (Enter, Tab), "" for the
	// mouse. Cancel (may be nil) is called if it ended without a choice.
	Done   func(c Choice, by fyne.KeyName)
	Cancel func()
}

const (
	choiceHeight  float32 = 30
	choiceVisible         = 9
	choiceWidth   float32 = 220 // least width of a list
)

// chooser is an open list: an entry over the field and the choices under it.
type chooser struct {
	Chooser
	entry   *Entry
	list    *choiceList
	overlay *Overlay
	chosen  bool
}

// ShowChooser opens the list over c with the keyboard in its entry.
func ShowChooser(c fyne.Canvas, ch Chooser) {
	s := &chooser{Chooser: ch, entry: NewEntry(cmp.Or(ch.Hint, "输入汉字或拼音首字母查找"))}
	s.list = newChoiceList(s.pick)
	s.entry.OnKey = s.key
	panel := &chooserPanel{s: s}
	panel.ExtendBaseWidget(panel)
	s.overlay = ShowOverlay(c, panel, s.place, func() {
		if !s.chosen && s.Cancel != nil {
			s.Cancel()
		}
	})
	s.entry.SetTextToEnd(s.Typed)
	s.search(s.Typed)
	s.list.mark(s.Current)
	s.entry.OnChanged = s.search
	c.Focus(s.entry)
	if s.Typed != "" {
		// Focus selects all: the first letter typed must not be typed over.
		s.entry.SetTextToEnd(s.Typed)
	}
}

func (s *chooser) search(query string) {
	if s.Ask == nil {
		s.show(query, s.Query(query))
		return
	}
	s.Ask(query, func(choices []Choice) {
		if query == s.entry.Text && !s.overlay.closed {
			s.show(query, choices)
		}
	})
}

func (s *chooser) show(query string, choices []Choice) {
	s.list.set(choices, query != "")
	s.overlay.Refresh()
}

// place puts the panel so that its entry covers the field.
func (s *chooser) place(room fyne.Size) (fyne.Position, fyne.Size) {
	size := fyne.NewSize(max(s.Size.Width, choiceWidth), s.panelHeight())
	pos := s.At
	if pos.Y+size.Height > room.Height {
		pos.Y = max(0, room.Height-size.Height)
	}
	pos.X = max(0, min(pos.X, room.Width-size.Width))
	return pos, size
}

func (s *chooser) entryHeight() float32 { return max(s.Size.Height, s.entry.MinSize().Height) }

func (s *chooser) panelHeight() float32 {
	return s.entryHeight() + s.list.MinSize().Height + look.Gap
}

// key steers the list from the entry.
func (s *chooser) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyDown:
		s.list.move(1)
	case fyne.KeyUp:
		s.list.move(-1)
	case fyne.KeyPageDown:
		s.list.move(choiceVisible)
	case fyne.KeyPageUp:
		s.list.move(-choiceVisible)
	case fyne.KeyEscape:
		s.overlay.Close()
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
		s.end(e.Name)
	default:
		return false
	}
	return true
}

// end takes the marked choice, or the words as typed where that is allowed.
func (s *chooser) end(by fyne.KeyName) {
	if c, ok := s.list.current(); ok {
		s.done(c, by)
		return
	}
	if words := strings.TrimSpace(s.entry.Text); s.Free && words != "" {
		s.done(Choice{Text: words}, by)
	}
}

func (s *chooser) pick(c Choice) { s.done(c, "") }

func (s *chooser) done(c Choice, by fyne.KeyName) {
	s.chosen = true
	s.overlay.Close()
	s.Done(c, by)
}

// chooserPanel is the box with the entry above the list.
type chooserPanel struct {
	widget.BaseWidget
	s *chooser
}

// MouseDown keeps a click on the panel's edge from closing it.
func (p *chooserPanel) MouseDown(*desktop.MouseEvent) {}

// MouseUp has no effect.
func (p *chooserPanel) MouseUp(*desktop.MouseEvent) {}

func (p *chooserPanel) CreateRenderer() fyne.WidgetRenderer {
	box := newPanel()
	return &Renderer{
		Objs: []fyne.CanvasObject{box, p.s.entry, p.s.list},
		Arrange: func(s fyne.Size) {
			h := p.s.entryHeight()
			place(box, 0, 0, s.Width, s.Height)
			place(p.s.entry, 0, 0, s.Width, h)
			place(p.s.list, 0, h+look.GapHair, s.Width, s.Height-h-look.Gap)
		},
		Min: func() fyne.Size { return fyne.NewSize(choiceWidth, p.s.panelHeight()) },
	}
}

// choiceList shows the choices, as many as fit, one of them marked.
type choiceList struct {
	widget.BaseWidget
	onPick  func(Choice)
	choices []Choice
	marked  int // -1 for none
	first   int
	rows    []choiceRow
	empty   *canvas.Text
}

// choiceRow is what one visible line is made of.
type choiceRow struct {
	wash       *canvas.Rectangle
	text, note *Line
}

func newChoiceList(onPick func(Choice)) *choiceList {
	l := &choiceList{onPick: onPick, marked: -1, empty: newText("没有相符的", look.TextBody, look.Second, false)}
	for range choiceVisible {
		wash := canvas.NewRectangle(look.AccentWash)
		wash.CornerRadius = look.GapHair
		note := NewNote("")
		note.Fixed = true
		l.rows = append(l.rows, choiceRow{wash, NewLine("", look.TextBody, look.Ink, false), note})
	}
	l.ExtendBaseWidget(l)
	return l
}

// set shows choices; firstMarked marks the first one, for Enter to take.
func (l *choiceList) set(choices []Choice, firstMarked bool) {
	l.choices, l.first, l.marked = choices, 0, -1
	if firstMarked && len(choices) > 0 {
		l.marked = 0
	}
	l.Refresh()
}

// mark marks the choice with the given text.
func (l *choiceList) mark(text string) {
	for i, c := range l.choices {
		if c.Text == text && text != "" {
			l.marked = i
			l.reveal()
		}
	}
}

// move marks the choice n below.
func (l *choiceList) move(n int) {
	if len(l.choices) == 0 {
		return
	}
	l.marked = max(0, min(len(l.choices)-1, l.marked+n))
	l.reveal()
}

// reveal scrolls the marked choice into sight.
func (l *choiceList) reveal() {
	l.first = max(min(l.first, l.marked), l.marked-choiceVisible+1)
	l.Refresh()
}

func (l *choiceList) current() (Choice, bool) {
	if l.marked < 0 || l.marked >= len(l.choices) {
		return Choice{}, false
	}
	return l.choices[l.marked], true
}

// at returns the index of the choice at height y, or -1.
func (l *choiceList) at(y float32) int {
	i := l.first + int(y/choiceHeight)
	if y < 0 || i >= len(l.choices) || i >= l.first+choiceVisible {
		return -1
	}
	return i
}

// MouseDown takes the choice under the mouse.
func (l *choiceList) MouseDown(e *desktop.MouseEvent) {
	if i := l.at(e.Position.Y); i >= 0 {
		l.onPick(l.choices[i])
	}
}

// MouseUp has no effect.
func (l *choiceList) MouseUp(*desktop.MouseEvent) {}

// MouseIn marks the choice under the mouse.
func (l *choiceList) MouseIn(e *desktop.MouseEvent) { l.MouseMoved(e) }

// MouseMoved marks the choice under the mouse.
func (l *choiceList) MouseMoved(e *desktop.MouseEvent) {
	if i := l.at(e.Position.Y); i >= 0 && i != l.marked {
		l.marked = i
		l.Refresh()
	}
}

// MouseOut has no effect.
func (l *choiceList) MouseOut() {}

// Scrolled moves the list under the mouse.
func (l *choiceList) Scrolled(e *fyne.ScrollEvent) {
	step := 3
	if e.Scrolled.DY > 0 {
		step = -3
	}
	l.first = max(0, min(l.first+step, len(l.choices)-choiceVisible))
	l.Refresh()
}

// update fills the visible lines.
func (l *choiceList) update() {
	for i, row := range l.rows {
		n := l.first + i
		shown := n < len(l.choices)
		row.wash.Hidden = !shown || n != l.marked
		row.text.Hidden, row.note.Hidden = !shown, !shown
		if shown {
			row.text.SetText(l.choices[n].Text)
			row.note.SetText(l.choices[n].Note)
		}
	}
	l.empty.Hidden = len(l.choices) > 0
}

func (l *choiceList) CreateRenderer() fyne.WidgetRenderer {
	objs := []fyne.CanvasObject{l.empty}
	for _, r := range l.rows {
		objs = append(objs, r.wash, r.text, r.note)
	}
	l.update()
	return &Renderer{Objs: objs, Arrange: l.arrange, Min: l.minSize, Update: func() { l.update(); l.arrange(l.Size()) }}
}

func (l *choiceList) minSize() fyne.Size {
	return fyne.NewSize(choiceWidth, choiceHeight*float32(max(1, min(choiceVisible, len(l.choices)))))
}

func (l *choiceList) arrange(s fyne.Size) {
	placeMid(l.empty, look.GapWide, 0, choiceHeight)
	for i, r := range l.rows {
		y := float32(i) * choiceHeight
		place(r.wash, look.GapHair, y, s.Width-2*look.GapHair, choiceHeight)
		note := min(r.note.MinSize().Width, s.Width/2)
		placeLine(r.note, s.Width-look.GapWide-note, y, note, choiceHeight)
		placeLine(r.text, look.GapWide, y, s.Width-2*look.GapWide-note-look.Gap, choiceHeight)
	}
}

// placeLine puts a line in the middle of the height h.
func placeLine(l *Line, x, y, w, h float32) {
	m := l.MinSize().Height
	place(l, x, y+(h-m)/2, w, m)
}
