package ledgers

import (
	"fmt"
	"testing"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/model"
)

// rowsOf are the records of the rows from offset on, of a book of total.
func rowsOf(offset, limit, total int) model.Page {
	page := model.Page{Total: total}
	for row := offset; row < min(offset+limit, total); row++ {
		rec := model.NewRecord("book", fmt.Sprintf("id-%d", row))
		rec.Put("name", model.Text(fmt.Sprintf("第%d人", row)))
		page.Records = append(page.Records, rec)
	}
	return page
}

// bigWindow is a window over many rows with the first page there.
func bigWindow(total int) (*window, *int) {
	l := book()
	w := newWindow(l, shownFields(l), columnsOf(l, shownFields(l), nil), total)
	w.put(0, pageRows, rowsOf(0, pageRows, total))
	asked := 0
	w.ask = func() { asked++ }
	return w, &asked
}

func TestWindow_AsksForWhatComesIntoSight(t *testing.T) {
	w, asked := bigWindow(100_000)
	if got := w.Cell(3, 0).Text; got != "第3人" || *asked != 0 {
		t.Fatalf("cell %q, asked %d", got, *asked)
	}
	for row := 50_050; row < 50_120; row++ { // a screen over the edge of two pages
		if c := w.Cell(row, 0); c != (grid.Cell{}) {
			t.Fatalf("row %d is there already: %+v", row, c)
		}
	}
	offset, limit, ok := w.wanted()
	if !ok || offset != 50_000 || limit != 2*pageRows {
		t.Fatalf("wanted %d +%d %v", offset, limit, ok)
	}
	if _, _, again := w.wanted(); again {
		t.Error("wanted twice")
	}
	w.put(offset, limit, rowsOf(offset, limit, 100_000))
	if got := w.Cell(50_117, 0).Text; got != "第50117人" {
		t.Errorf("cell %q", got)
	}
	if *asked == 0 {
		t.Error("nobody was asked")
	}
}

func TestWindow_AfterAJumpOnlyItsEndIsRead(t *testing.T) {
	w, _ := bigWindow(100_000)
	for row := 200; row < 90_000; row += 50 {
		w.Cell(row, 0)
	}
	offset, limit, _ := w.wanted()
	if limit != mostAsked*pageRows || offset+limit != 90_000 {
		t.Errorf("wanted %d +%d", offset, limit)
	}
}

func TestWindow_NeverReadsAnEmptyPageTwice(t *testing.T) {
	w, asked := bigWindow(1000)
	w.Cell(950, 0)
	offset, limit, _ := w.wanted()
	w.put(offset, limit, model.Page{Total: 1000}) // a search counts more than there are
	*asked = 0
	if c := w.Cell(950, 0); c != (grid.Cell{}) || *asked != 0 {
		t.Errorf("cell %+v, asked %d more", c, *asked)
	}
}

func TestWindow_Stale(t *testing.T) {
	w, asked := bigWindow(250)
	w.put(100, pageRows, rowsOf(100, pageRows, 250))
	w.stale(5)
	offset, limit, ok := w.wanted()
	if *asked == 0 || !ok || offset != 0 || limit != pageRows {
		t.Fatalf("wanted %d +%d %v", offset, limit, ok)
	}
	if got := w.Cell(120, 0).Text; got != "第120人" {
		t.Errorf("a stale row shows %q", got)
	}
	if offset, _, ok = w.wanted(); !ok || offset != 100 {
		t.Errorf("a stale page in sight is not read anew: %d %v", offset, ok)
	}
}

// TestWindow_DoesNotAskForWhatIsComing: every repaint asks for all rows in sight.
func TestWindow_DoesNotAskForWhatIsComing(t *testing.T) {
	w, asked := bigWindow(1000)
	for range 3 {
		w.Cell(250, 0)
	}
	w.wanted()
	w.Cell(250, 0)
	if *asked != 1 {
		t.Errorf("asked %d times", *asked)
	}
	w.arrived() // with an error
	w.Cell(250, 0)
	if *asked != 2 {
		t.Errorf("asked %d times after an error", *asked)
	}
}

func TestWindow_FewerRows(t *testing.T) {
	w, _ := bigWindow(250)
	w.put(200, pageRows, rowsOf(200, pageRows, 250))
	w.put(0, pageRows, rowsOf(0, pageRows, 30))
	if w.Len() != 30 || w.record(29) == nil || w.record(30) != nil || w.record(-1) != nil || len(w.pages) != 1 {
		t.Errorf("rows %d, pages %d", w.Len(), len(w.pages))
	}
}

func TestWindow_DropsTheOldestButNotTheChosen(t *testing.T) {
	w, _ := bigWindow(1_000_000)
	w.keep = func() int { return 150 }
	for i := 1; i < mostPages+20; i++ {
		w.put(i*pageRows, pageRows, rowsOf(i*pageRows, pageRows, 1_000_000))
	}
	if len(w.pages) != mostPages {
		t.Errorf("%d pages kept", len(w.pages))
	}
	if w.pages[0] != nil || w.pages[1] == nil || w.pages[mostPages+19] == nil {
		t.Error("the wrong pages are kept")
	}
}

func TestWindow_Notes(t *testing.T) {
	w, _ := bigWindow(10)
	w.mark("id-2", "name", note{typed: "李", held: true, words: "姓名太短。", problem: true})
	w.mark("id-3", "name", note{words: "与第5行同名。"})
	if c := w.Cell(2, 0); c.Text != "李" || c.Fill != grid.FillConflict || c.Hint != "姓名太短。" {
		t.Errorf("a problem: %+v", c)
	}
	if c := w.Cell(3, 0); c.Text != "第3人" || c.Fill != grid.FillChanged {
		t.Errorf("a doubt: %+v", c)
	}
	if got := w.editText(2, 0); got != "李" {
		t.Errorf("an edit goes on with %q", got)
	}
	w.clear("id-2")
	if c := w.Cell(2, 0); c.Text != "第2人" || c.Fill != grid.FillNone {
		t.Errorf("cleared: %+v", c)
	}
	if w.editText(99, 0) != "" {
		t.Error("an edit of a row that is not there")
	}
}

func TestWindow_ReplaceKeepsWhatWasDerived(t *testing.T) {
	w, _ := bigWindow(10)
	w.record(4).Derived = map[string]model.Value{"left": model.Int(7)}
	rec := model.NewRecord("book", "id-4")
	rec.Put("name", model.Text("新名"))
	w.replace(rec)
	if got := w.record(4); got.Get("name").Text != "新名" || got.Get("left").Num != 7 || len(rec.Derived) != 0 {
		t.Errorf("record %+v", got)
	}
}

func TestWindow_MissingAndTSV(t *testing.T) {
	w, _ := bigWindow(1000)
	if w.missing(0, 99) || !w.missing(50, 150) || w.peek(500) != nil || w.peek(1) == nil {
		t.Error("missing")
	}
	got := w.tsv(rowsOf(10, 5, 1000).Records, 10, []int{10, 12, 99}, 0, 1)
	if want := "第10人\t\r\n第12人\t\r\n"; got != want {
		t.Errorf("copied %q", got)
	}
}

func BenchmarkWindow_Screen(b *testing.B) {
	w, _ := bigWindow(100_000)
	for b.Loop() {
		for row := range 24 {
			for col := range 10 {
				w.Cell(row, col)
			}
		}
	}
}
