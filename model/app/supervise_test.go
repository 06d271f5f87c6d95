package app

import (
	"context"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

func TestPressing_InDivisionOrderAndOnceEach(t *testing.T) {
	a := openDemo(t)
	list, err := a.Pressing(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	res := a.resolver(t.Context(), a.store)
	seen := map[string]bool{}
	for i, p := range list {
		if seen[p.Item.ID] {
			t.Errorf("%s twice", p.Ledger.Name(p.Item))
		}
		seen[p.Item.ID] = true
		if i > 0 && res.compareAreas(list[i-1].Item.Area, p.Item.Area) > 0 {
			t.Errorf("%s stands before %s", list[i-1].Item.Get("unit").Text, p.Item.Get("unit").Text)
		}
		if p.Item.Get("children_total").Num > 0 && p.Item.Get("late_below").Num > 0 {
			t.Errorf("%s is pressed though it is held up below", p.Ledger.Name(p.Item))
		}
	}
	if len(list) == 0 {
		t.Fatal("nothing is proposed")
	}
}

func TestPressing_AnOrderIsProposedOnceByTheParameter(t *testing.T) {
	a, ctx := openDemo(t), context.Background()
	find := func() (p Pressing) {
		list, err := a.Pressing(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range list {
			if one.Step == ledgers.PressOrder {
				return one
			}
		}
		return p
	}
	one := find()
	if one.Item == nil || one.Item.Get("days_left").Num > -7 {
		t.Fatalf("%+v", one.Item)
	}
	number, err := a.NextOrderNumber(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Arise(ctx, one.Ledger.Key, one.Item.ID, ledgers.Order, []Assignment{{"doc_no", number}}); err != nil {
		t.Fatal(err)
	}
	if next := find(); next.Item.ID == one.Item.ID {
		t.Error("an order is out and proposed again")
	}
	if again, err := a.NextOrderNumber(ctx); err != nil || again == number {
		t.Errorf("%s twice: %v", again, err)
	}
	if _, err := a.SetSetting(ctx, "supervise.order_days", "300"); err != nil {
		t.Fatal(err)
	}
	if got := find(); got.Item != nil {
		t.Errorf("%s is proposed within 300 days", got.Ledger.Name(got.Item))
	}
}

func TestSteps_AreThoseThatFlowTakes(t *testing.T) {
	a := openDemo(t)
	_, orders, err := a.List(t.Context(), ListRequest{Ledger: ledgers.Order, Where: []string{"state=办理中"}})
	if err != nil || len(orders.Records) == 0 {
		t.Fatalf("%d orders: %v", len(orders.Records), err)
	}
	id := orders.Records[0].ID
	can, err := a.Steps(t.Context(), ledgers.Order, id)
	if err != nil || len(can) == 0 {
		t.Fatalf("%v: %v", can, err)
	}
	l := a.Catalog().Ledger(ledgers.Order)
	for _, step := range l.Flow.Steps {
		offered := slices.ContainsFunc(can, func(s model.Step) bool { return s.Key == step.Key })
		if !offered {
			if _, err := a.Flow(t.Context(), FlowRequest{Ledger: l.Key, IDs: []string{id}, Step: step.Key, Reason: "试", Date: "2026-12-30"}); err == nil {
				t.Errorf("%s is not offered and taken", step.Label)
			}
		}
	}
	if can, err := a.Steps(t.Context(), ledgers.Meeting, "x"); err == nil {
		t.Errorf("steps of nothing: %v", can)
	}
}

func TestLeaders_SecretariesThenDeputies(t *testing.T) {
	a := openDemo(t)
	list, err := a.Leaders(t.Context(), 2026)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 18 || list[0].Name != "赵示例四" || list[0].Post != "甲镇党委书记" || list[0].Deputy {
		t.Fatalf("%d, first %+v", len(list), list[0])
	}
	deputies := false
	for _, l := range list {
		if deputies && !l.Deputy {
			t.Errorf("%s stands behind the deputies", l.Name)
		}
		deputies = deputies || l.Deputy
	}
	at := slices.IndexFunc(list, func(l Leader) bool { return l.Name == "冯示例十" })
	if at < 0 || !list[at].Deputy || !strings.HasPrefix(list[at].Post, "甲镇") {
		t.Errorf("the deputy: %d", at)
	}
	if slices.ContainsFunc(list, func(l Leader) bool { return l.Name == "沈示例三" }) {
		t.Error("who left years ago is listed")
	}
	early, err := a.Leaders(t.Context(), 1990)
	if err != nil || len(early) > 1 { // a 一岗双责 without days lasts for ever
		t.Errorf("%+v: %v", early, err)
	}
}

func TestList_OnlyTheseRecords(t *testing.T) {
	a := openDemo(t)
	_, all, err := a.List(t.Context(), ListRequest{Ledger: ledgers.Task, Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{all.Records[0].ID, all.Records[2].ID}
	_, got, err := a.List(t.Context(), ListRequest{Ledger: ledgers.Task, IDs: ids})
	if err != nil || got.Total != 2 {
		t.Errorf("%d: %v", got.Total, err)
	}
	if _, got, err = a.List(t.Context(), ListRequest{Ledger: ledgers.Task, IDs: []string{}}); err != nil || got.Total != 0 {
		t.Errorf("none are %d: %v", got.Total, err)
	}
}
