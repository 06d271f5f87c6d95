package ledgers

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

const (
	shelfWidth  float32 = 192
	shelfLineH  float32 = 31
	shelfIndent float32 = 12
)

// shelfView is the list of ledgers: a click opens one, and so do the up and down
// arrows while the keyboard is here.
type shelfView struct {
	widget.BaseWidget
	onOpen func(key string)
	onMore func()
	rows   []*shelfRow
	chosen string
	frame  *canvas.Rectangle // where the keyboard is
}

var _ fyne.Focusable = (*shelfView)(nil)

func newShelfView(onOpen func(key string), onMore func()) *shelfView {
	s := &shelfView{onOpen: onOpen, onMore: onMore, frame: canvas.NewRectangle(look.Clear)}
	s.frame.CornerRadius, s.frame.StrokeWidth = look.ControlRadius, 1
	s.ExtendBaseWidget(s)
	return s
}

// set shows lines with the open ledger marked.
func (s *shelfView) set(lines []shelfLine, chosen string) {
	s.chosen, s.rows = chosen, nil
	for _, l := range lines {
		s.rows = append(s.rows, newShelfRow(l, l.key != "" && l.key == chosen, s.tap))
	}
	s.Refresh()
}

// chosenAt is where the line of the open ledger begins; ok is false if it is not listed.
func (s *shelfView) chosenAt() (top float32, ok bool) {
	at := slices.IndexFunc(s.rows, func(r *shelfRow) bool { return r.line.key != "" && r.line.key == s.chosen })
	return float32(at) * shelfLineH, at >= 0
}

func (s *shelfView) tap(l shelfLine) {
	switch {
	case l.more:
		s.onMore()
	case l.key != "":
		s.onOpen(l.key)
	}
}

// FocusGained shows that the keyboard is here.
func (s *shelfView) FocusGained() { s.frame.StrokeColor = look.AccentLine; s.frame.Refresh() }

// FocusLost shows that it is not.
func (s *shelfView) FocusLost() { s.frame.StrokeColor = look.Clear; s.frame.Refresh() }

// TypedRune ignores typing.
func (s *shelfView) TypedRune(rune) {}

// TypedKey opens the next or the previous ledger.
func (s *shelfView) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		s.step(-1)
	case fyne.KeyDown:
		s.step(1)
	default:
		kit.PassKey(s, e)
	}
}

// step opens the ledger before or after the open one.
func (s *shelfView) step(d int) {
	var keys []string
	at := -1
	for _, r := range s.rows {
		if r.line.key == "" {
			continue
		}
		if r.line.key == s.chosen {
			at = len(keys)
		}
		keys = append(keys, r.line.key)
	}
	if at += d; at >= 0 && at < len(keys) {
		s.onOpen(keys[at])
	}
}

// CreateRenderer stacks the lines.
func (s *shelfView) CreateRenderer() fyne.WidgetRenderer {
	return &kit.Renderer{
		List: s.objects, Arrange: s.arrange,
		Min:    func() fyne.Size { return fyne.NewSize(shelfWidth/2, float32(len(s.rows))*shelfLineH) },
		Update: func() { s.arrange(s.Size()) },
	}
}

func (s *shelfView) arrange(size fyne.Size) {
	s.frame.Resize(size)
	for i, r := range s.rows {
		r.Move(fyne.NewPos(0, float32(i)*shelfLineH))
		r.Resize(fyne.NewSize(size.Width, shelfLineH))
	}
}

func (s *shelfView) objects() []fyne.CanvasObject {
	objs := []fyne.CanvasObject{s.frame}
	for _, r := range s.rows {
		objs = append(objs, r)
	}
	return objs
}

// shelfRow is one line of the list.
type shelfRow struct {
	widget.BaseWidget
	line            shelfLine
	chosen, hovered bool
	onTap           func(shelfLine)
	wash            *canvas.Rectangle
	label, count    *kit.Line
}

var (
	_ fyne.Tappable      = (*shelfRow)(nil)
	_ desktop.Hoverable  = (*shelfRow)(nil)
	_ desktop.Cursorable = (*shelfRow)(nil)
)

func newShelfRow(l shelfLine, chosen bool, onTap func(shelfLine)) *shelfRow {
	r := &shelfRow{line: l, chosen: chosen, onTap: onTap, wash: canvas.NewRectangle(look.Clear),
		label: kit.NewLine(lineWords(l), look.TextBody, look.Ink, chosen), count: kit.NewNote("")}
	r.wash.CornerRadius = look.ControlRadius
	r.count.Fixed = true
	if r.heading() {
		r.label = kit.NewNote(l.label)
	} else if l.count > 0 {
		r.count.SetText(strconv.Itoa(l.count))
	}
	if chosen {
		r.label.SetTone(look.ToneAccent)
	}
	r.ExtendBaseWidget(r)
	r.paint()
	return r
}

// lineWords are the words of a line: 更多 says whether it is folded.
func lineWords(l shelfLine) string {
	switch {
	case l.more && l.open:
		return "更多 ↓"
	case l.more:
		return "更多 →"
	}
	return l.label
}

func (r *shelfRow) heading() bool { return r.line.key == "" && !r.line.more }

func (r *shelfRow) paint() {
	r.wash.FillColor = look.Clear
	switch {
	case r.chosen:
		r.wash.FillColor = look.AccentWash
	case r.hovered && !r.heading():
		r.wash.FillColor = look.Page
	}
	r.wash.Refresh()
}

// Tapped opens the ledger.
func (r *shelfRow) Tapped(*fyne.PointEvent) { r.onTap(r.line) }

// Cursor is a hand over what can be opened.
func (r *shelfRow) Cursor() desktop.Cursor {
	if r.heading() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// MouseIn shows that the line can be pressed.
func (r *shelfRow) MouseIn(*desktop.MouseEvent) { r.hovered = true; r.paint() }

// MouseMoved has no effect.
func (r *shelfRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends MouseIn.
func (r *shelfRow) MouseOut() { r.hovered = false; r.paint() }

// CreateRenderer shows the label and, at the right, the number of records.
func (r *shelfRow) CreateRenderer() fyne.WidgetRenderer {
	return &kit.Renderer{
		Objs: []fyne.CanvasObject{r.wash, r.label, r.count},
		Arrange: func(s fyne.Size) {
			r.wash.Move(fyne.NewPos(0, 1))
			r.wash.Resize(fyne.NewSize(s.Width, s.Height-2))
			w, h := r.count.MinSize().Width, r.label.MinSize().Height
			y := (s.Height - h) / 2
			if r.heading() {
				y = s.Height - h - 3
			}
			r.label.Move(fyne.NewPos(shelfIndent, y))
			r.label.Resize(fyne.NewSize(max(0, s.Width-2*shelfIndent-w), h))
			r.count.Move(fyne.NewPos(s.Width-shelfIndent-w, (s.Height-r.count.MinSize().Height)/2))
			r.count.Resize(r.count.MinSize())
		},
		Min: func() fyne.Size { return fyne.NewSize(shelfWidth/2, shelfLineH) },
	}
}
