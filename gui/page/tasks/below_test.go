package tasks

import (
	"strings"
	"testing"

	"xiangzhen/model/app"
)

// handedDown splits an item of the township to two villages, with a limit.
func (r *room) handedDown() *node {
	r.t.Helper()
	done, err := r.app.Add(r.t.Context(), "task", []app.Assignment{{Field: "title", Words: "秋季管护"}, {Field: "unit", Words: "甲镇"},
		{Field: "due", Words: "2026-12-10"}, {Field: "state", Words: "办理中"}})
	must(r.t, err)
	_, err = r.app.Split(r.t.Context(), app.SplitRequest{Ledger: "task", ID: done.Records[0].ID, To: []string{"青山村", "白石村"}})
	must(r.t, err)
	r.goTo(done.Records[0].ID)
	return r.tree.nodes[done.Records[0].ID]
}

func (r *room) dues(n *node) string {
	var out []string
	for _, c := range r.tree.nodes[n.rec.ID].children {
		out = append(out, string(r.stored(c.rec.ID).Get("due").End))
	}
	return strings.Join(out, " ")
}

func TestPage_OffersTheNewLimitBelow(t *testing.T) {
	r := newRoom(t)
	n := r.handedDown()
	must(t, r.editCell(rowOf(r.source.rows, n.rec.ID), r.column(colDue), "2026-12-05"))
	if len(r.said.Questions) == 0 || !strings.Contains(r.said.Questions[len(r.said.Questions)-1].Title, "下级 2 项的时限") {
		t.Fatalf("asked %+v", r.said.Questions)
	}
	if got := r.dues(n); got != "2026-12-05 2026-12-05" {
		t.Errorf("limits below: %s", got)
	}
}

func TestPage_LeavesTheLimitsBelowWhereRefused(t *testing.T) {
	r := newRoom(t)
	n := r.handedDown()
	r.said.Answer = false
	must(t, r.editCell(rowOf(r.source.rows, n.rec.ID), r.column(colDue), "2026-12-05"))
	if got := r.dues(n); got != "2026-12-10 2026-12-10" {
		t.Errorf("limits below: %s", got)
	}
	asked := len(r.said.Questions)
	must(t, r.editCell(rowOf(r.source.rows, n.rec.ID), r.column(colTitle), "秋冬管护"))
	if len(r.said.Questions) != asked {
		t.Error("asked though no limit was moved")
	}
}

func TestPage_TurnsAnItemIntoAnOrder(t *testing.T) {
	r := newRoom(t)
	n := r.to("撂荒地复耕110亩")
	turn := menu(t, r.rowMenu(rowOf(r.source.rows, n.rec.ID), 0), "转办")
	menu(t, turn.ChildMenu.Items, "转为督办单…").Action()
	r.tap("新建")
	_, list, err := r.app.List(t.Context(), app.ListRequest{Ledger: "order", Where: []string{"item=" + n.rec.ID}})
	must(t, err)
	if len(list.Records) != 1 || len(r.opened) == 0 || r.opened[len(r.opened)-1].Record != list.Records[0].ID {
		t.Errorf("%d orders, went to %+v, %v", len(list.Records), r.opened, r.said.Errors)
	}
}
