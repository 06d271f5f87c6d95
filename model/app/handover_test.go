package app

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
)

// pairOf are two members of one team.
func pairOf(t *testing.T, a *App) (leaver, successor *model.Record) {
	t.Helper()
	lines, err := a.Roster(context.Background())
	if err != nil || len(lines) < 34 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	if lines[0].Village != lines[1].Village {
		t.Fatalf("first two of %s and %s", lines[0].Village, lines[1].Village)
	}
	return lines[0].Member, lines[1].Member
}

// give makes the leaver answer for things: a household, a measure that runs and one
// that is over, and as a person an open task, a finished one and a post.
func give(t *testing.T, a *App, who *model.Record) {
	t.Helper()
	ctx := context.Background()
	_, households, err := a.List(ctx, ListRequest{Ledger: ledgers.Household, Where: []string{"stage=" + ledgers.StageHelping}, Limit: 1})
	must(t, err)
	house := households.Records[0].ID
	_, err = a.Set(ctx, ledgers.Household, house, []Assignment{{"helper", who.ID}})
	must(t, err)
	for i, to := range []string{"", "2026-01-31"} {
		_, err = a.Add(ctx, ledgers.Measure, []Assignment{{"household", house}, {"kind", "产业帮扶"}, {"content", "示例措施" + to}, {"from", "2026-01-1" + strconv.Itoa(i)}, {"to", to}, {"person", who.ID}})
		must(t, err)
	}
	person, err := a.Add(ctx, ledgers.Person, []Assignment{{"name", who.Get("name").Text}, {"unit", who.Area}})
	must(t, err)
	id := person.Records[0].ID
	for _, title := range []string{"示例在办事项", "示例已办结事项"} {
		done, err := a.Add(ctx, ledgers.Task, []Assignment{{"title", title}, {"unit", who.Area}, {"person", id}})
		must(t, err)
		if title == "示例已办结事项" {
			_, err = a.Set(ctx, ledgers.Task, done.Records[0].ID, []Assignment{{"state", ledgers.StateDone}})
			must(t, err)
		}
	}
	_, err = a.Add(ctx, ledgers.Post, []Assignment{{"person", id}, {"at", who.Area}, {"title", ledgers.TitleReporter}, {"from", "2026-01-01"}})
	must(t, err)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v (%s)", err, model.Sentence(err))
	}
}

func TestHandover_OpenThingsPassHistoryStays(t *testing.T) {
	a, ctx := openDemo(t), context.Background()
	leaver, successor := pairOf(t, a)
	give(t, a, leaver)
	before, err := a.HandoverItems(ctx, leaver.ID)
	must(t, err)
	var kinds []string
	for _, it := range before {
		kinds = append(kinds, it.Label+" "+it.Title)
	}
	words := strings.Join(kinds, "；")
	for _, want := range []string{"任务 示例在办事项", "帮扶措施 示例措施", "户台账 ", "任职 " + ledgers.TitleReporter} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is not among %s", want, words)
		}
	}
	if strings.Contains(words, "已办结") || strings.Contains(words, "2026-01-31") {
		t.Errorf("finished things pass: %s", words)
	}
	h, err := a.Handover(ctx, HandoverRequest{Leaver: leaver.ID, Successor: successor.ID, On: "2026年11月25日", Witness: "示例监交"})
	must(t, err)
	if len(h.Items) != len(before) || h.Op == 0 || h.On != "2026-11-25" {
		t.Fatalf("%+v", h)
	}
	holds(t, a, leaver, successor)
	list := filepath.Join(t.TempDir(), "台 账", "清单.xlsx")
	must(t, a.WriteHandover(ctx, h, list))
	if text := wordsOf(t, list); !strings.Contains(text, "监交人（签字）") || !strings.Contains(text, "示例在办事项") || !strings.Contains(text, "工作交接清单") {
		t.Errorf("list %s", text)
	}
	if _, err := a.Undo(ctx, h.Op); err != nil {
		t.Fatal(err)
	}
	after, err := a.HandoverItems(ctx, leaver.ID)
	must(t, err)
	if len(after) != len(before) {
		t.Errorf("%d of %d are back", len(after), len(before))
	}
}

// holds checks who answers for what after the handover.
func holds(t *testing.T, a *App, leaver, successor *model.Record) {
	t.Helper()
	ctx := context.Background()
	count := func(ledger string, where ...string) int {
		_, page, err := a.List(ctx, ListRequest{Ledger: ledger, Where: where})
		must(t, err)
		return page.Total
	}
	name := successor.Get("name").Text
	for _, c := range []struct {
		ledger string
		where  []string
	}{
		{ledgers.Task, []string{"title=示例在办事项", "person~" + name}},
		{ledgers.Task, []string{"title=示例已办结事项", "person~" + leaver.Get("name").Text}},
		{ledgers.Household, []string{"helper=" + successor.ID}},
		{ledgers.Measure, []string{"content=示例措施", "person=" + successor.ID}},
		{ledgers.Measure, []string{"content=示例措施2026-01-31", "person=" + leaver.ID}},
		{ledgers.Post, []string{"title=" + ledgers.TitleReporter, "to=2026-11-24"}},
		{ledgers.Post, []string{"title=" + ledgers.TitleReporter, "from=2026-11-25", "to="}},
		{ledgers.Rotation, []string{"leaver=" + leaver.ID, "successor=" + successor.ID, "witness=示例监交", "handed_on=2026-11-25"}},
		{ledgers.Team, []string{"id=" + leaver.ID, "to=2026-11-25"}},
	} {
		if n := count(c.ledger, c.where...); n != 1 && (c.ledger != ledgers.Household || n == 0) {
			t.Errorf("%d %s with %v", n, c.ledger, c.where)
		}
	}
}

func TestHandover_Refused(t *testing.T) {
	a, ctx := openDemo(t), context.Background()
	leaver, successor := pairOf(t, a)
	for field, req := range map[string]HandoverRequest{
		"successor": {Leaver: leaver.ID, On: "2026-11-25"},
		"came_on":   {Leaver: leaver.ID, Successor: successor.ID, On: "尽快"},
	} {
		if _, err := a.Handover(ctx, req); model.CodeOf(err) != model.CodeInvalid || !strings.Contains(err.Error()+field, field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := a.Handover(ctx, HandoverRequest{Leaver: leaver.ID, Successor: leaver.ID, On: "2026-11-25"}); err == nil {
		t.Error("handed over to oneself")
	}
	if _, err := a.Handover(ctx, HandoverRequest{Leaver: leaver.ID, Successor: "01900000-0000-7000-8000-000000000000", On: "2026-11-25"}); err == nil {
		t.Error("handed over to nobody")
	}
}

// wordsOf is all that a workbook says.
func wordsOf(t *testing.T, path string) string {
	t.Helper()
	book, err := sheet.Open(path)
	must(t, err)
	var b strings.Builder
	for _, s := range book.Sheets {
		for _, row := range s.Rows {
			for _, c := range row.Cells {
				b.WriteString(c.Text + " ")
			}
		}
	}
	return b.String()
}

// TestHandover_OfAnOffice: what another office keeps is on the list for it to change,
// and does not hold up the rest.
func TestHandover_OfAnOffice(t *testing.T) {
	a, ctx := openDemo(t), context.Background()
	leaver, successor := pairOf(t, a)
	give(t, a, leaver)
	_, err := a.SetOffice(ctx, "组织办")
	must(t, err)
	done, err := a.Handover(ctx, HandoverRequest{Leaver: leaver.ID, Successor: successor.ID, On: "2026-11-25"})
	must(t, err)
	left := map[string]string{}
	for _, it := range done.Items {
		left[it.Ledger] = it.Left
	}
	if left[ledgers.Task] != "待党政办改" || left[ledgers.Household] != "待乡村振兴办改" || left[ledgers.Post] != "" {
		t.Errorf("%v", left)
	}
	if rec, err := a.store.Get(ctx, ledgers.Team, leaver.ID); err != nil || rec.Get("to").End != "2026-11-25" {
		t.Errorf("the term ends %v, %v", rec.Get("to"), err)
	}
}
