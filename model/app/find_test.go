package app

import (
	"context"
	"testing"

	"xiangzhen/model"
)

func TestFind_TitlesFirstAndOwnersInPlaceOfTheOwned(t *testing.T) {
	a := openDemo(t)
	hits, err := a.Find(context.Background(), "甲镇", 20)
	if err != nil || len(hits) == 0 || len(hits) > 20 {
		t.Fatalf("%d hits, %v", len(hits), err)
	}
	if hits[0].Title != "甲镇" || hits[0].Ledger != "area" {
		t.Errorf("first hit %+v, want the township itself", hits[0])
	}
	hits, err = a.Find(context.Background(), "进度", 200)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hits {
		if h.Ledger == "progress" {
			t.Errorf("%+v leads to progress, want its task", h)
		}
		if _, _, err := a.Get(context.Background(), h.Ledger, h.ID); err != nil {
			t.Errorf("%+v: %v", h, err)
		}
	}
}

func TestUndo_PassesTheFoundingBy(t *testing.T) {
	a := openDemo(t)
	if _, err := a.Undo(context.Background(), 0); err != nil { // the issue of the form
		t.Fatal(err)
	}
	if op, err := a.Undoable(context.Background()); op != nil || err != nil {
		t.Errorf("undoable %+v, %v; want nothing in a new ledger", op, err)
	}
	if _, err := a.Undo(context.Background(), 0); model.CodeOf(err) == "" {
		t.Error("undo of nothing must say so")
	}
	counts, err := a.Counts(context.Background())
	if err != nil || counts["task"] == 0 {
		t.Errorf("%v, %v: the sample must still be there", counts, err)
	}
}
