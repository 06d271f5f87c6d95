package tasks

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// press sends a key to whatever has the keyboard.
func (r *room) press(names ...fyne.KeyName) {
	r.t.Helper()
	for _, name := range names {
		at := r.win.Canvas().Focused()
		if at == nil {
			r.t.Fatalf("nobody has the keyboard for %s", name)
		}
		at.TypedKey(&fyne.KeyEvent{Name: name})
	}
}

// typing types letters into whatever has the keyboard.
func (r *room) typing(words string) {
	for _, letter := range words {
		r.win.Canvas().Focused().TypedRune(letter)
	}
}

func TestPage_ChoosesAPlaceInTheGridByPinyin(t *testing.T) {
	r := newRoom(t)
	n := r.to("撂荒地复耕110亩")
	row := r.currentRow()
	r.grid.SelectCell(row, r.column(colUnit))
	r.win.Canvas().Focus(r.grid)
	r.typing("qsc")
	r.press(fyne.KeyReturn)
	unit := r.stored(n.rec.ID).Get(colUnit)
	if unit.Text != "青山村" || unit.ID == "" {
		t.Fatalf("stored %+v, said %s", unit, r.toast())
	}
	if at := r.win.Canvas().Overlays().Top(); at != nil {
		t.Errorf("the list stays open: %T", at)
	}
	// What is no place yet may be typed all the same; Escape leaves the cell as it is.
	r.grid.SelectCell(rowOf(r.source.rows, n.rec.ID), r.column(colUnit))
	r.win.Canvas().Focus(r.grid)
	r.press(fyne.KeyF2, fyne.KeyEscape)
	if got := r.stored(n.rec.ID).Get(colUnit); got != unit {
		t.Errorf("after Escape %+v", got)
	}
}

func TestPage_ChoosingWritesTheOneMeant(t *testing.T) {
	r := newRoom(t)
	n := r.to("撂荒地复耕110亩")
	row, col := rowOf(r.source.rows, n.rec.ID), r.column(colUnit)
	ask := r.choices(row, col)
	var offered []string
	ask("村", func(list []kit.Choice) {
		for _, c := range list {
			offered = append(offered, c.Text+c.Note)
		}
		for _, c := range list {
			if c.ID != n.rec.Get(colUnit).ID && c.Text != n.rec.Get(colUnit).Text {
				if err := r.chooseCell(row, col, c); err != nil {
					t.Fatal(err)
				}
				if got := r.stored(n.rec.ID).Get(colUnit).ID; got != c.ID {
					t.Errorf("stored %s, chosen %s", got, c.ID)
				}
				return
			}
		}
	})
	if len(offered) < 16 {
		t.Errorf("offered %q", offered)
	}
	if r.choices(row, r.column(colTitle)) != nil {
		t.Error("a title is no reference")
	}
}

func TestPage_FollowsTheMonthOfTheTopBar(t *testing.T) {
	r := newRoom(t)
	before := r.source.period
	r.SetPeriod("2026-10")
	if before != model.Month("2026-11") || r.source.period != "2026-10" {
		t.Fatalf("from %s to %s", before, r.source.period)
	}
	n := r.to("撂荒地复耕110亩")
	r.typeIn("进展情况", "十月已复耕")
	r.tap("代录进展")
	_, list, err := r.app.List(t.Context(), app.ListRequest{Ledger: "progress", Where: []string{"task=" + n.rec.ID, "period=2026-10"}})
	must(t, err)
	if len(list.Records) != 1 || !strings.HasPrefix(list.Records[0].Get("text").Text, "十月已复耕") {
		t.Errorf("of October: %d, %+v, said %s", len(list.Records), list.Records[0].Values, r.toast())
	}
}
