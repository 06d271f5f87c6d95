package grid

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
)

// newPair stands two objects side by side.
func newPair(a, b fyne.CanvasObject) fyne.CanvasObject { return container.NewGridWithColumns(2, a, b) }

// typeInto types on the canvas as Fyne delivers it: to whatever has the focus.
func typeInto(w fyne.Window, words string) {
	for _, r := range words {
		w.Canvas().Focused().TypedRune(r)
	}
}

func pressKey(w fyne.Window, name fyne.KeyName) {
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
}

// TestEdit_TypingKeepsTheFirstCharacter is how a Chinese word arrives: the input
// method commits all its characters at once, the first of them to the grid.
func TestEdit_TypingKeepsTheFirstCharacter(t *testing.T) {
	b := newBook(5)
	g, w := open(t, b, nil)
	g.SelectCell(1, 1)
	typeInto(w, "水池清淤")
	if g.editor == nil || g.editor.entry.Text != "水池清淤" {
		t.Fatalf("editor %+v", g.editor)
	}
	pressKey(w, fyne.KeyReturn)
	if !slices.Contains(b.told, "edit 1,1 水池清淤") || g.editor != nil {
		t.Errorf("told %v", b.told)
	}
	if row, col := g.Current(); row != 2 || col != 1 || w.Canvas().Focused() != fyne.Focusable(g) {
		t.Errorf("Enter went to %d,%d, focus %T", row, col, w.Canvas().Focused())
	}
}

func TestEdit_KeysThatEndIt(t *testing.T) {
	for name, c := range map[string]struct {
		open, end fyne.KeyName
		typed     bool
		row, col  int
		edited    bool
	}{
		"Enter goes down":            {end: fyne.KeyReturn, typed: true, row: 3, col: 1, edited: true},
		"Tab goes right":             {end: fyne.KeyTab, typed: true, row: 2, col: 2, edited: true},
		"Esc drops":                  {end: fyne.KeyEscape, typed: true, row: 2, col: 1},
		"down ends what was typed":   {end: fyne.KeyDown, typed: true, row: 3, col: 1, edited: true},
		"right ends what was typed":  {end: fyne.KeyRight, typed: true, row: 2, col: 2, edited: true},
		"Esc after F2 drops as well": {end: fyne.KeyEscape, row: 2, col: 1},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBook(5)
			g, w := open(t, b, nil)
			g.SelectCell(2, 1)
			if !c.typed {
				key(g, fyne.KeyF2)
			}
			typeInto(w, "新")
			pressKey(w, c.end)
			row, col := g.Current()
			if row != c.row || col != c.col || g.editor != nil {
				t.Errorf("at %d,%d, editor %v", row, col, g.editor)
			}
			if got := b.cells[2][1] == "新"; got != c.edited {
				t.Errorf("cell is %q", b.cells[2][1])
			}
		})
	}
}

func TestEdit_F2KeepsTheTextAndTheArrows(t *testing.T) {
	g, w := open(t, newBook(5), nil)
	g.SelectCell(2, 1)
	key(g, fyne.KeyF2)
	if g.editor.entry.Text != "r2c1" || g.editor.entry.SelectedText() != "" {
		t.Fatalf("text %q, selected %q", g.editor.entry.Text, g.editor.entry.SelectedText())
	}
	pressKey(w, fyne.KeyLeft)
	typeInto(w, "x")
	if g.editor == nil || g.editor.entry.Text != "r2cx1" {
		t.Errorf("editor %+v", g.editor)
	}
}

func TestEdit_UnchangedIsNoEdit(t *testing.T) {
	b := newBook(5)
	g, w := open(t, b, nil)
	g.SelectCell(2, 1)
	key(g, fyne.KeyF2)
	pressKey(w, fyne.KeyReturn)
	if slices.ContainsFunc(b.told, func(s string) bool { return s[:4] == "edit" }) {
		t.Errorf("told %v", b.told)
	}
}

func TestEdit_RefusedStaysOpenWithItsSentence(t *testing.T) {
	b := newBook(5)
	b.refuse = errRefused
	g, w := open(t, b, nil)
	g.SelectCell(2, 1)
	typeInto(w, "110")
	pressKey(w, fyne.KeyReturn)
	if g.editor == nil || g.editor.box.problem.Text != errRefused.Message {
		t.Fatalf("editor %+v", g.editor)
	}
	if row, _ := g.Current(); row != 2 {
		t.Errorf("cursor went on to row %d", row)
	}
	savePicture(t, "grid-refused", w.Canvas().Capture())
	b.refuse = nil
	pressKey(w, fyne.KeyReturn)
	if b.cells[2][1] != "110" {
		t.Errorf("cell is %q", b.cells[2][1])
	}
}

func TestEdit_LeavingCommits(t *testing.T) {
	b := newBook(5)
	g, w := open(t, b, nil)
	g.SelectCell(2, 1)
	typeInto(w, "新")
	click1(g, 4, 0, 0)
	if b.cells[2][1] != "新" || g.editor != nil {
		t.Errorf("cell %q, editor %v", b.cells[2][1], g.editor)
	}
	if row, col := g.Current(); row != 4 || col != 0 {
		t.Errorf("at %d,%d", row, col)
	}
	_ = w
}

func TestEdit_ReadOnlyColumn(t *testing.T) {
	b := newBook(5)
	g, _ := open(t, b, nil)
	g.SelectCell(2, 0)
	g.TypedRune('x')
	key(g, fyne.KeyF2)
	if g.editor != nil {
		t.Error("a column that cannot be edited is")
	}
	key(g, fyne.KeyReturn)
	if b.told[len(b.told)-1] != "open 2" {
		t.Errorf("Enter there opens the row; told %v", b.told)
	}
}

func TestEdit_LongText(t *testing.T) {
	b := newBook(5)
	g, w := open(t, b, nil)
	g.SelectCell(2, 3)
	typeInto(w, "一")
	e := g.editor.entry
	e.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	pressKey(w, fyne.KeyReturn)
	e.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	typeInto(w, "二")
	pressKey(w, fyne.KeyReturn)
	if b.cells[2][3] != "一\n二" {
		t.Errorf("cell %q", b.cells[2][3])
	}
}

func TestEdit_Choice(t *testing.T) {
	b := newBook(5)
	g, w := open(t, b, nil)
	g.SelectCell(2, 2)
	typeInto(w, "办")
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("no list")
	}
	savePicture(t, "grid-choice", w.Canvas().Capture())
	pressKey(w, fyne.KeyDown)
	pressKey(w, fyne.KeyReturn)
	if b.cells[2][2] != "已办结" {
		t.Errorf("cell %q", b.cells[2][2])
	}
	if row, _ := g.Current(); row != 3 || w.Canvas().Focused() != fyne.Focusable(g) {
		t.Errorf("row %d, focus %T", row, w.Canvas().Focused())
	}
	key(g, fyne.KeyF2)
	pressKey(w, fyne.KeyEscape)
	if w.Canvas().Overlays().Top() != nil || b.cells[3][2] != "r3c2" {
		t.Error("Esc changed the cell or left the list")
	}
}

func TestClip_CopyPasteFillClear(t *testing.T) {
	b := newBook(6)
	g, _ := open(t, b, nil)
	clip := test.NewClipboard()
	g.SelectCell(1, 1)
	shiftKey(g, fyne.KeyDown)
	shiftKey(g, fyne.KeyRight)
	g.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	if want := "r1c1\tr1c2\r\nr2c1\tr2c2\r\n"; clip.Content() != want {
		t.Errorf("copied %q, want %q", clip.Content(), want)
	}
	g.SelectCell(4, 1)
	g.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	clip.SetContent("x")
	g.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip}) // onto the range pasted before
	ctrlKey(g, fyne.KeyD, 0)
	key(g, fyne.KeyDelete)
	var got []string
	for _, s := range b.told {
		if s[:5] == "paste" {
			got = append(got, s)
		}
	}
	want := []string{
		`paste {4 1 5 2} [["r1c1" "r1c2"] ["r2c1" "r2c2"]]`,
		`paste {4 1 5 2} [["x" "x"] ["x" "x"]]`,
		`paste {5 1 5 2} [["r4c1" "r4c2"]]`,
		`paste {5 1 5 2} [["" ""]]`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("told\n%q, want\n%q", got, want)
	}
}

func TestClip_PasteBeyondTheEdgeIsCut(t *testing.T) {
	b := newBook(3)
	g, _ := open(t, b, nil)
	clip := test.NewClipboard()
	clip.SetContent("a\tb\tc\r\nd\te\tf\r\ng\th\ti\r\n")
	g.SelectCell(1, 2)
	g.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if want := `paste {1 2 2 3} [["a" "b"] ["d" "e"]]`; !slices.Contains(b.told, want) {
		t.Errorf("told %q", b.told)
	}
	b.refuse = errRefused
	g.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if last := b.told[len(b.told)-1]; last != "problem "+errRefused.Message {
		t.Errorf("told %q", last)
	}
}

func TestClip_PasteBeyondTheEndIsHandedOn(t *testing.T) {
	b := newBook(3)
	g, _ := open(t, b, func(c *Config) { c.PasteBeyond = true })
	clip := test.NewClipboard()
	clip.SetContent("a\tb\tc\r\nd\te\tf\r\n")
	g.SelectCell(2, 2)
	g.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if want := `paste {2 2 3 3} [["a" "b"] ["d" "e"]]`; !slices.Contains(b.told, want) {
		t.Errorf("told %q", b.told)
	}
	if row, _ := g.Current(); row != 2 {
		t.Errorf("the cursor left the grid for row %d", row)
	}
	g.SelectCell(2, 1)
	key(g, fyne.KeyDelete)
	if want := `paste {2 1 2 1} [[""]]`; !slices.Contains(b.told, want) {
		t.Errorf("Delete reaches beyond the end: %q", b.told)
	}
}

func TestClip_PasteIntoAnEmptyGrid(t *testing.T) {
	clip := test.NewClipboard()
	clip.SetContent("a\tb\r\n")
	for name, beyond := range map[string]bool{"handed on": true, "left out": false} {
		b := newBook(0)
		g, _ := open(t, b, func(c *Config) { c.PasteBeyond = beyond })
		g.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
		if got := slices.Contains(b.told, `paste {0 0 0 1} [["a" "b"]]`); got != beyond {
			t.Errorf("%s: told %q", name, b.told)
		}
	}
}

func TestClip_CopyTakenOver(t *testing.T) {
	var from, to int
	take := true
	g, _ := open(t, newBook(4), func(c *Config) {
		c.OnCopy = func(f, t int) bool { from, to = f, t; return take }
	})
	clip := test.NewClipboard()
	g.SelectCell(1, 1)
	shiftKey(g, fyne.KeyRight)
	g.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	if from != 1 || to != 2 || clip.Content() != "" {
		t.Errorf("columns %d to %d, clipboard %q", from, to, clip.Content())
	}
	take = false
	g.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	if clip.Content() != "r1c1\tr1c2\r\n" {
		t.Errorf("clipboard %q", clip.Content())
	}
}

// TestGrid_CursorSetBeforeThereIsASize comes into sight once there is one.
func TestGrid_CursorSetBeforeThereIsASize(t *testing.T) {
	b := newBook(200)
	for _, row := range []int{0, 150} {
		g := New(b.config())
		g.Select(row)
		newWindow(t, g, 500, 300)
		if first, end := g.view.visibleRows(); row < first || row >= end || row == 0 && g.view.top != 0 {
			t.Errorf("row %d: %d to %d in sight, top %v", row, first, end, g.view.top)
		}
	}
}

func TestClip_RowsByControlCopyWhole(t *testing.T) {
	g, _ := open(t, newBook(4), nil)
	click1(g, 0, 1, 0)
	click1(g, 2, 1, fyne.KeyModifierControl)
	clip := test.NewClipboard()
	g.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	if want := "r0c0\tr0c1\tr0c2\tr0c3\r\nr2c0\tr2c1\tr2c2\tr2c3\r\n"; clip.Content() != want {
		t.Errorf("copied %q", clip.Content())
	}
}

func TestFilter_Row(t *testing.T) {
	b := newBook(4)
	g, w := open(t, b, nil)
	g.FocusFilter("text")
	typeInto(w, "管网")
	if want := []string{"filter text 管", "filter text 管网"}; !slices.Equal(b.told, want) {
		t.Errorf("told %v", b.told)
	}
	if _, ok := w.Canvas().Focused().(*kit.Entry); !ok || !g.filters.Visible() {
		t.Errorf("focus %T", w.Canvas().Focused())
	}
	g.ShowFilters(false)
	g.SetFilter("name", "甲")
	if b.told[len(b.told)-1] != "filter name 甲" || g.filters.Visible() {
		t.Errorf("told %v", b.told)
	}
}
