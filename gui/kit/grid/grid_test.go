package grid

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/model"
)

// book is a source that can be written to, and keeps what it was told.
type book struct {
	cells  [][]string
	told   []string
	refuse error
}

// newBook makes rows × 4 cells r1c1 ….
func newBook(rows int) *book {
	b := &book{}
	for r := range rows {
		row := make([]string, 4)
		for c := range row {
			row[c] = fmt.Sprintf("r%dc%d", r, c)
		}
		b.cells = append(b.cells, row)
	}
	return b
}

func (b *book) Len() int { return len(b.cells) }

func (b *book) Columns() []Column {
	return []Column{
		{Key: "name", Title: "名称", Width: 100, Pinned: true, Sortable: true, Filter: true},
		{Key: "text", Title: "说明", Width: 100, Editable: true, Filter: true},
		{Key: "state", Title: "状态", Width: 100, Editable: true, Options: []string{"待签收", "办理中", "已办结"}},
		{Key: "long", Title: "情况", Width: 100, Editable: true, Kind: model.KindLongText},
	}
}

func (b *book) Cell(row, col int) Cell {
	c := Cell{Text: b.cells[row][col]}
	if col == 0 && row == 1 {
		c.Twist = TwistOpen
	}
	if col == 1 && row == 2 {
		c.Hint = "完成时限早于开始时间"
	}
	return c
}

func (b *book) tell(format string, args ...any) {
	b.told = append(b.told, fmt.Sprintf(format, args...))
}

// config wires every callback to the book.
func (b *book) config() Config {
	return Config{
		Source:   b,
		OnSelect: func(row int) { b.tell("select %d", row) },
		OnOpen:   func(row int) { b.tell("open %d", row) },
		OnTwist:  func(row int) { b.tell("twist %d", row) },
		OnSort:   func(s Sort) { b.tell("sort %s %v", s.Key, s.Desc) },
		OnFilter: func(key, words string) { b.tell("filter %s %s", key, words) },
		OnWidth:  func(key string, w float32) { b.tell("width %s %.0f", key, w) },
		OnEdit: func(row, col int, text string) error {
			if b.refuse != nil {
				return b.refuse
			}
			b.tell("edit %d,%d %s", row, col, text)
			b.cells[row][col] = text
			return nil
		},
		OnPaste: func(r Range, values [][]string) error {
			b.tell("paste %v %q", r, values)
			return b.refuse
		},
		OnProblem:  func(err error) { b.tell("problem %v", err) },
		OnMenu:     func(row, col int) []*fyne.MenuItem { b.tell("menu %d,%d", row, col); return nil },
		OnHeadMenu: func(key string) []*fyne.MenuItem { b.tell("headmenu %s", key); return nil },
	}
}

// open shows a grid with the keyboard in it, and forgets what that told.
func open(t *testing.T, b *book, change func(*Config)) (*Grid, fyne.Window) {
	t.Helper()
	conf := b.config()
	if change != nil {
		change(&conf)
	}
	g := New(conf)
	w := newWindow(t, g, 500, look.TableHeadHeight+10*look.RowHeight)
	w.Canvas().Focus(g)
	b.told = nil
	return g, w
}

func key(g *Grid, name fyne.KeyName) { g.TypedKey(&fyne.KeyEvent{Name: name}) }

func shiftKey(g *Grid, name fyne.KeyName) {
	g.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	key(g, name)
	g.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

func ctrlKey(g *Grid, name fyne.KeyName, extra fyne.KeyModifier) {
	g.TypedShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierControl | extra})
}

// TestKeys_Move tries each key that moves, from row 20, column 1 of 50 × 4.
func TestKeys_Move(t *testing.T) {
	shown := func(row, col int, area Range) string { return fmt.Sprint(row, col, area) }
	one := func(row, col int) string { return shown(row, col, Range{row, col, row, col}) }
	for name, c := range map[string]struct {
		press func(*Grid)
		want  string
	}{
		"up":              {func(g *Grid) { key(g, fyne.KeyUp) }, one(19, 1)},
		"down":            {func(g *Grid) { key(g, fyne.KeyDown) }, one(21, 1)},
		"left":            {func(g *Grid) { key(g, fyne.KeyLeft) }, one(20, 0)},
		"right":           {func(g *Grid) { key(g, fyne.KeyRight) }, one(20, 2)},
		"page up":         {func(g *Grid) { key(g, fyne.KeyPageUp) }, one(10, 1)},
		"page down":       {func(g *Grid) { key(g, fyne.KeyPageDown) }, one(30, 1)},
		"home":            {func(g *Grid) { key(g, fyne.KeyHome) }, one(20, 0)},
		"end":             {func(g *Grid) { key(g, fyne.KeyEnd) }, one(20, 3)},
		"ctrl home":       {func(g *Grid) { ctrlKey(g, fyne.KeyHome, 0) }, one(0, 0)},
		"ctrl end":        {func(g *Grid) { ctrlKey(g, fyne.KeyEnd, 0) }, one(49, 3)},
		"ctrl up":         {func(g *Grid) { ctrlKey(g, fyne.KeyUp, 0) }, one(0, 1)},
		"ctrl down":       {func(g *Grid) { ctrlKey(g, fyne.KeyDown, 0) }, one(49, 1)},
		"ctrl left":       {func(g *Grid) { ctrlKey(g, fyne.KeyLeft, 0) }, one(20, 0)},
		"ctrl right":      {func(g *Grid) { ctrlKey(g, fyne.KeyRight, 0) }, one(20, 3)},
		"tab":             {func(g *Grid) { key(g, fyne.KeyTab) }, one(20, 2)},
		"tab wraps":       {func(g *Grid) { key(g, fyne.KeyEnd); key(g, fyne.KeyTab) }, one(21, 0)},
		"shift tab":       {func(g *Grid) { shiftKey(g, fyne.KeyTab) }, one(20, 0)},
		"enter":           {func(g *Grid) { key(g, fyne.KeyReturn) }, one(21, 1)},
		"shift enter":     {func(g *Grid) { shiftKey(g, fyne.KeyEnter) }, one(19, 1)},
		"shift down":      {func(g *Grid) { shiftKey(g, fyne.KeyDown) }, shown(21, 1, Range{20, 1, 21, 1})},
		"shift right":     {func(g *Grid) { shiftKey(g, fyne.KeyRight) }, shown(20, 2, Range{20, 1, 20, 2})},
		"shift page down": {func(g *Grid) { shiftKey(g, fyne.KeyPageDown) }, shown(30, 1, Range{20, 1, 30, 1})},
		"ctrl shift end":  {func(g *Grid) { ctrlKey(g, fyne.KeyEnd, fyne.KeyModifierShift) }, shown(49, 3, Range{20, 1, 49, 3})},
		"ctrl shift home": {func(g *Grid) { ctrlKey(g, fyne.KeyHome, fyne.KeyModifierShift) }, shown(0, 0, Range{0, 0, 20, 1})},
		"ctrl a":          {func(g *Grid) { g.TypedShortcut(&fyne.ShortcutSelectAll{}) }, shown(0, 0, Range{0, 0, 49, 3})},
		"past the top":    {func(g *Grid) { ctrlKey(g, fyne.KeyHome, 0); key(g, fyne.KeyUp); key(g, fyne.KeyLeft) }, one(0, 0)},
		"past the bottom": {func(g *Grid) { ctrlKey(g, fyne.KeyEnd, 0); key(g, fyne.KeyDown); key(g, fyne.KeyRight) }, one(49, 3)},
	} {
		t.Run(name, func(t *testing.T) {
			g, _ := open(t, newBook(50), nil)
			g.SelectCell(20, 1)
			c.press(g)
			row, col := g.Current()
			if got := shown(row, col, g.Area()); got != c.want {
				t.Errorf("at %s, want %s", got, c.want)
			}
			if r := g.view.cell(row, col); r.Y < -0.5 || r.Y+r.H > g.view.roomHeight()+0.5 {
				if name != "ctrl a" {
					t.Errorf("the cursor's cell at %v is out of sight", r)
				}
			}
		})
	}
}

func TestKeys_InAList(t *testing.T) {
	for name, c := range map[string]struct {
		press func(*Grid)
		want  string
	}{
		"home":          {func(g *Grid) { key(g, fyne.KeyHome) }, "[select 0]"},
		"end":           {func(g *Grid) { key(g, fyne.KeyEnd) }, "[select 29]"},
		"enter opens":   {func(g *Grid) { key(g, fyne.KeyReturn) }, "[open 1]"},
		"space folds":   {func(g *Grid) { key(g, fyne.KeySpace) }, "[twist 1]"},
		"left folds":    {func(g *Grid) { key(g, fyne.KeyLeft) }, "[twist 1]"},
		"right does no": {func(g *Grid) { key(g, fyne.KeyRight) }, "[]"},
		"typing no":     {func(g *Grid) { g.TypedRune('甲'); key(g, fyne.KeyDelete) }, "[]"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBook(30)
			g, _ := open(t, b, func(c *Config) { c.Rows = true })
			g.Select(1)
			b.told = nil
			c.press(g)
			if got := fmt.Sprint(b.told); got != c.want {
				t.Errorf("told %s, want %s", got, c.want)
			}
		})
	}
	if g, _ := open(t, newBook(3), func(c *Config) { c.Rows = true }); g.AcceptsTab() {
		t.Error("Tab cannot leave a list")
	}
	if g, _ := open(t, newBook(3), func(c *Config) { c.OnEdit = nil }); g.AcceptsTab() {
		t.Error("Tab cannot leave a sheet that is only read")
	}
}

func TestKeys_TabLeavesBehindTheLastCell(t *testing.T) {
	b := newBook(2)
	g, w := open(t, b, nil)
	other := kit.NewEntry("")
	w.SetContent(fyne.CanvasObject(newPair(g, other)))
	w.Canvas().Focus(g)
	g.SelectCell(1, 3)
	key(g, fyne.KeyTab)
	if w.Canvas().Focused() != fyne.Focusable(other) {
		t.Errorf("focus on %T", w.Canvas().Focused())
	}
}

func TestKeys_WithoutUseGoToTheWindow(t *testing.T) {
	g, w := open(t, newBook(3), nil)
	var got []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { got = append(got, e.Name) })
	for _, k := range []fyne.KeyName{fyne.KeyF1, fyne.KeyF4, fyne.KeyEscape, fyne.KeyDown} {
		key(g, k)
	}
	if !slices.Equal(got, []fyne.KeyName{fyne.KeyF1, fyne.KeyF4, fyne.KeyEscape}) {
		t.Errorf("passed on %v", got)
	}
	// Fyne's test canvas takes no shortcuts; handing one on must not fail.
	ctrlKey(g, fyne.KeyS, 0)
}

func TestSelect_ToldOnceARow(t *testing.T) {
	b := newBook(5)
	g, _ := open(t, b, nil)
	key(g, fyne.KeyRight)
	key(g, fyne.KeyDown)
	g.Reload()
	b.cells = b.cells[:1]
	g.Reload()
	b.cells = nil
	g.Reload()
	if want := []string{"select 1", "select 0", "select -1"}; !slices.Equal(b.told, want) {
		t.Errorf("told %v, want %v", b.told, want)
	}
	if row, _ := g.Current(); row != -1 || g.SelectedCount() != 0 {
		t.Errorf("empty grid: row %d, %d chosen", row, g.SelectedCount())
	}
	key(g, fyne.KeyDown) // must not fail
}

// at is the middle of a cell on the grid.
func at(g *Grid, row, col int) fyne.Position {
	r := g.rectOnGrid(g.view.shownCell(row, col))
	return fyne.NewPos(r.X+r.W/2, r.MidY())
}

// press presses and lets go the mouse.
func press(g *Grid, p fyne.Position, button desktop.MouseButton, mod fyne.KeyModifier) {
	e := &desktop.MouseEvent{Button: button, Modifier: mod}
	e.Position = p
	g.MouseDown(e)
	g.MouseUp(e)
}

func click1(g *Grid, row, col int, mod fyne.KeyModifier) {
	press(g, at(g, row, col), desktop.MouseButtonPrimary, mod)
}

func TestMouse_ChoosesRows(t *testing.T) {
	g, _ := open(t, newBook(8), func(c *Config) { c.Rows = true })
	click1(g, 2, 1, 0)
	click1(g, 5, 1, fyne.KeyModifierControl)
	click1(g, 7, 1, fyne.KeyModifierControl)
	if got := slices.Collect(g.Selected()); !slices.Equal(got, []int{2, 5, 7}) {
		t.Errorf("chosen %v", got)
	}
	click1(g, 5, 1, fyne.KeyModifierControl)
	if got := slices.Collect(g.Selected()); !slices.Equal(got, []int{2, 7}) {
		t.Errorf("after taking out: %v", got)
	}
	click1(g, 1, 1, 0)
	click1(g, 4, 2, fyne.KeyModifierShift)
	if got := slices.Collect(g.Selected()); !slices.Equal(got, []int{1, 2, 3, 4}) {
		t.Errorf("after Shift: %v", got)
	}
}

func TestMouse_DragsARange(t *testing.T) {
	g, _ := open(t, newBook(8), nil)
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = at(g, 1, 1)
	g.MouseDown(e)
	g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at(g, 3, 2)}})
	g.DragEnd()
	g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at(g, 6, 3)}}) // let go: no effect
	if got := g.Area(); got != (Range{1, 1, 3, 2}) {
		t.Errorf("chosen %v", got)
	}
}

func TestMouse_DoubleClickIsCountedHere(t *testing.T) {
	b := newBook(8)
	g, _ := open(t, b, nil)
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	g.now = func() time.Time { return now }
	click1(g, 3, 0, 0)
	now = now.Add(time.Second)
	click1(g, 3, 0, 0) // too late
	now = now.Add(200 * time.Millisecond)
	click1(g, 4, 0, 0) // another cell
	if slices.Contains(b.told, "open 3") || slices.Contains(b.told, "open 4") {
		t.Fatalf("opened by single clicks: %v", b.told)
	}
	now = now.Add(200 * time.Millisecond)
	click1(g, 4, 0, 0)
	if !slices.Contains(b.told, "open 4") {
		t.Errorf("told %v", b.told)
	}
	click1(g, 2, 1, 0)
	click1(g, 2, 1, 0)
	if g.editor == nil || g.editor.at != (place{2, 1}) {
		t.Error("a double click on a cell that can be edited did not edit it")
	}
}

func TestMouse_Head(t *testing.T) {
	b := newBook(8)
	g, _ := open(t, b, nil)
	head := func(x float32) fyne.Position { return fyne.NewPos(x, 10) }
	press(g, head(50), desktop.MouseButtonPrimary, 0)
	press(g, head(50), desktop.MouseButtonPrimary, 0)
	press(g, head(150), desktop.MouseButtonPrimary, 0) // not sortable
	if want := []string{"sort name false", "sort name true"}; !slices.Equal(b.told, want) {
		t.Errorf("told %v, want %v", b.told, want)
	}
	b.told = nil
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = head(199)
	g.MouseMoved(e)
	if g.Cursor() != desktop.HResizeCursor {
		t.Error("no double arrow over an edge")
	}
	g.MouseDown(e)
	g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: head(239)}})
	g.MouseUp(e)
	if want := []string{"width text 140"}; !slices.Equal(b.told, want) {
		t.Errorf("told %v, want %v", b.told, want)
	}
	b.told = nil
	g.TappedSecondary(&fyne.PointEvent{Position: head(50)})
	if want := []string{"headmenu name"}; !slices.Equal(b.told, want) {
		t.Errorf("told %v, want %v", b.told, want)
	}
}

func TestMouse_RightClickKeepsWhatIsChosen(t *testing.T) {
	b := newBook(8)
	g, _ := open(t, b, nil)
	click1(g, 2, 1, 0)
	click1(g, 4, 1, fyne.KeyModifierShift)
	press(g, at(g, 3, 1), desktop.MouseButtonSecondary, 0)
	g.TappedSecondary(&fyne.PointEvent{Position: at(g, 3, 1)})
	if g.Area() != (Range{2, 1, 4, 1}) || b.told[len(b.told)-1] != "menu 3,1" {
		t.Errorf("area %v, told %v", g.Area(), b.told)
	}
	press(g, at(g, 6, 2), desktop.MouseButtonSecondary, 0)
	if row, col := g.Current(); row != 6 || col != 2 {
		t.Errorf("a right click elsewhere left the cursor at %d,%d", row, col)
	}
}

func TestMouse_FoldsAndScrolls(t *testing.T) {
	b := newBook(50)
	g, w := open(t, b, nil)
	press(g, fyne.NewPos(cellPad+2, at(g, 1, 0).Y), desktop.MouseButtonPrimary, 0)
	if !slices.Contains(b.told, "twist 1") {
		t.Errorf("told %v", b.told)
	}
	test.Scroll(w.Canvas(), fyne.NewPos(200, 200), 0, -25)
	if first, _ := g.view.visibleRows(); first != 3 {
		t.Errorf("one notch scrolled to row %d", first)
	}
	bar := fyne.NewPos(g.Size().Width-4, g.Size().Height-2)
	press(g, bar, desktop.MouseButtonPrimary, 0)
	if g.view.top != g.view.maxTop() {
		t.Errorf("a press at the bar's end scrolled to %v of %v", g.view.top, g.view.maxTop())
	}
}

func TestHint_UnderTheCell(t *testing.T) {
	g, _ := open(t, newBook(5), nil)
	if g.hint.Visible() {
		t.Fatal("hint without reason")
	}
	e := &desktop.MouseEvent{}
	e.Position = at(g, 2, 1)
	g.MouseMoved(e)
	if !g.hint.Visible() || g.hint.words != "完成时限早于开始时间" {
		t.Errorf("hint %v %q", g.hint.Visible(), g.hint.words)
	}
	g.MouseOut()
	g.SelectCell(2, 1)
	if !g.hint.Visible() {
		t.Error("the cursor's cell shows no hint")
	}
	key(g, fyne.KeyDown)
	if g.hint.Visible() {
		t.Error("hint stays")
	}
}

// TestTypedRune_WhereNothingCanBeEdited hands a letter to the page.
func TestTypedRune_WhereNothingCanBeEdited(t *testing.T) {
	var typed []rune
	g, _ := open(t, newBook(5), func(c *Config) { c.OnRune = func(r rune) { typed = append(typed, r) } })
	g.SelectCell(0, 0)
	g.TypedRune('2')
	g.SelectCell(0, 1)
	g.TypedRune('x')
	if string(typed) != "2" || g.editor == nil {
		t.Errorf("typed %q, editor %v", string(typed), g.editor)
	}
}

// TestOnCell_IsToldOfEveryCell even within a row.
func TestOnCell_IsToldOfEveryCell(t *testing.T) {
	var told []string
	g, _ := open(t, newBook(5), func(c *Config) { c.OnCell = func(row, col int) { told = append(told, fmt.Sprint(row, col)) } })
	g.SelectCell(1, 2)
	g.SelectCell(1, 3)
	if want := []string{"1 2", "1 3"}; len(told) < 2 || !slices.Equal(told[len(told)-2:], want) {
		t.Errorf("told %v, want %v", told, want)
	}
}

func TestReload_SourceChanges(t *testing.T) {
	b := newBook(40)
	g, _ := open(t, b, nil)
	g.SelectCell(39, 1)
	key(g, fyne.KeyF2)
	b.cells = b.cells[:3]
	g.Reload()
	if row, _ := g.Current(); row != 2 || g.editor != nil || g.view.top != 0 {
		t.Errorf("row %d, editor %v, top %v", row, g.editor, g.view.top)
	}
	g.SetSource(newBook(7))
	if row, _ := g.Current(); row != 0 {
		t.Errorf("new source begins at row %d", row)
	}
}

var errRefused = &model.Error{Code: model.CodeInvalid, Message: "进度应在 0–100 之间，请改正。"}
