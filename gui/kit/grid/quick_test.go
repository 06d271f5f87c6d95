package grid

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/look"
	"xiangzhen/model"
)

// signs is a book whose columns from the second on are filled by single letters.
type signs struct{ *book }

func (s signs) Columns() []Column {
	cols := s.book.Columns()
	quick := map[rune]string{'1': "√", '2': "△", '0': ""}
	return []Column{cols[0],
		{Key: "d1", Title: "1", Width: 26, Align: AlignMiddle, Editable: true, Quick: quick},
		{Key: "d2", Title: "2", Width: 26, Align: AlignMiddle, Editable: true, Quick: quick, Muted: true},
		{Key: "sum", Title: "天数", Width: 60}}
}

func openSigns(t *testing.T, rows int) (*Grid, *book) {
	t.Helper()
	b := newBook(rows)
	g, _ := open(t, b, func(c *Config) { c.Source = signs{b} })
	return g, b
}

func TestQuick_FillsAndGoesOn(t *testing.T) {
	g, b := openSigns(t, 2)
	g.SelectCell(0, 1)
	b.told = nil
	for _, r := range "1201" {
		g.TypedRune(r)
	}
	want := []string{"edit 0,1 √", "edit 0,2 △", "select 1", "edit 1,1 ", "edit 1,2 √"}
	if !slices.Equal(b.told, want) {
		t.Errorf("told %q, want %q", b.told, want)
	}
	if row, col := g.Current(); row != 1 || col != 2 {
		t.Errorf("the cursor is on %d,%d behind the last cell", row, col)
	}
}

func TestQuick_RangeIsOneChange(t *testing.T) {
	g, b := openSigns(t, 3)
	g.SelectCell(0, 1)
	shiftKey(g, fyne.KeyDown)
	shiftKey(g, fyne.KeyRight)
	b.told = nil
	g.TypedRune('1')
	if want := `paste {0 1 1 2} [["√" "√"] ["√" "√"]]`; !slices.Contains(b.told, want) {
		t.Errorf("told %q, want %q", b.told, want)
	}
}

func TestQuick_OtherLettersAndCellsAreAsBefore(t *testing.T) {
	g, b := openSigns(t, 1)
	g.SelectCell(0, 3)
	b.told = nil
	g.TypedRune('1')
	if len(b.told) != 0 || g.editor != nil {
		t.Errorf("a cell without letters took one: %q", b.told)
	}
	g.SelectCell(0, 1)
	g.TypedRune('9')
	if g.editor == nil {
		t.Error("a letter that stands for nothing does not open the editor")
	}
}

func TestQuick_RefusedStaysAndSaysWhy(t *testing.T) {
	g, b := openSigns(t, 1)
	g.SelectCell(0, 1)
	b.told, b.refuse = nil, model.Errorf(model.CodeInvalid, "这一天还没有到。")
	g.TypedRune('1')
	if row, col := g.Current(); row != 0 || col != 1 || len(b.told) != 1 || !strings.HasPrefix(b.told[0], "problem") {
		t.Errorf("%d,%d after %q", row, col, b.told)
	}
}

func TestClip_FillRight(t *testing.T) {
	for name, c := range map[string]struct {
		choose func(*Grid)
		want   string
	}{
		"a range repeats its first column": {func(g *Grid) { shiftKey(g, fyne.KeyDown); shiftKey(g, fyne.KeyRight) },
			`paste {0 2 1 2} [["r0c1"] ["r1c1"]]`},
		"one cell takes the one before": {func(g *Grid) { g.SelectCell(1, 2) }, `paste {1 2 1 2} [["r1c1"]]`},
	} {
		t.Run(name, func(t *testing.T) {
			g, b := openSigns(t, 3)
			g.SelectCell(0, 1)
			c.choose(g)
			b.told = nil
			ctrlKey(g, fyne.KeyD, fyne.KeyModifierShift)
			if !slices.Contains(b.told, c.want) {
				t.Errorf("told %q, want %q", b.told, c.want)
			}
		})
	}
	g, b := openSigns(t, 1)
	b.told = nil
	if !g.FillRight() || len(b.told) != 0 {
		t.Errorf("the first column has nothing before it: %q", b.told)
	}
}

func TestNarrow_ColumnsKeepTheirWidth(t *testing.T) {
	g, _ := openSigns(t, 1)
	if got := g.view.widths; got[1] != 26 || padOf(got[1]) != narrowPad || padOf(minWidth) != cellPad {
		t.Errorf("widths %v", got)
	}
	if got := columnWidth(Column{Width: 3}, nil); got != narrowest {
		t.Errorf("width %v", got)
	}
	if columnWidth(Column{Key: "a", Width: 26}, map[string]float32{"a": 3}) != minWidth {
		t.Error("a dragged column may vanish")
	}
	if look.RowHeight <= narrowest {
		t.Error("a narrow cell is meant to be upright")
	}
}
