package ledgers

import (
	"testing"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
)

func TestPage_ChoosesAReferenceInTheGridByPinyin(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	id, before := r.current().ID, r.value("team", r.current().ID, "village")
	want, letters := "青山村", "qsc"
	if before == want {
		want, letters = "白石村", "bsc"
	}
	r.grid.SelectCell(0, r.column("village"))
	r.win.Canvas().Focus(r.grid)
	r.typeText(letters)
	r.key(fyne.KeyReturn)
	r.settle()
	if got := r.value("team", id, "village"); got != want {
		t.Fatalf("stored %q, before %q", got, before)
	}
	for _, rec := range r.list("team") {
		if rec.ID == id && rec.Get("village").ID == "" {
			t.Error("only words are stored, no village")
		}
	}
	r.quiet()
}

func TestPage_OffersNoListWhereNothingIsReferredTo(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	if r.choices(0, r.column("skill")) != nil {
		t.Error("a text is chosen from a list")
	}
	n := 0
	ask := r.choices(0, r.column("village"))
	for _, query := range []string{"", "qsc", "没有这个村"} {
		ask(query, func(list []kit.Choice) {
			if n++; (len(list) == 0) != (query == "没有这个村") {
				t.Errorf("%q offers %d", query, len(list))
			}
		})
		r.settle()
	}
	if n != 3 {
		t.Errorf("answered %d times", n)
	}
}
