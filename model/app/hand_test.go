package app

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
)

// handOf is the form of a village to fill by hand.
func handOf(t *testing.T, a *App, village string) HandSheet {
	t.Helper()
	id, _, ok := a.resolver(context.Background(), a.store).place(village, a.homeID())
	if !ok {
		t.Fatalf("no village %s", village)
	}
	s, err := a.HandSheet(context.Background(), "task_month", "2026-11", id)
	check(t, err)
	if len(s.Rows) < 2 || len(s.Columns) < 5 || s.Area.Name != village {
		t.Fatalf("%+v", s)
	}
	return s
}

// standOf is where a village stands with the form.
func standOf(t *testing.T, a *App, village string) string {
	t.Helper()
	c, err := a.Missing(context.Background(), "task_month", "2026-11")
	check(t, err)
	for _, r := range c.Rows {
		if r.Area == village {
			return r.Status
		}
	}
	return ""
}

// TestWriteByHand_CountsAsReported: what was said on the phone goes through the plan
// of any return, counts as 已报, and says where it came from.
func TestWriteByHand_CountsAsReported(t *testing.T) {
	ctx := context.Background()
	a := openDemo(t)
	s := handOf(t, a, "青山村")
	req := HandRequest{Form: "task_month", Period: "2026-11", Area: s.Area.ID, By: ByPhone,
		Cells: []HandCell{{s.Rows[0].ID, "progress.percent", "35"}, {s.Rows[0].ID, "progress.text", "电话说已开工"}}}
	file, err := a.WriteByHand(ctx, req)
	check(t, err)
	if !strings.Contains(filepath.Base(file), "电话代填") {
		t.Errorf("the file is %s", file)
	}
	if standOf(t, a, "青山村") != StandMissing {
		t.Error("writing the form took it in already")
	}
	got := collect(t, a, file)[0]
	if got.Area != "青山村" || got.Counts.Conflict+got.Counts.Problem > 0 || standOf(t, a, "青山村") != StandReported {
		t.Errorf("%+v, %s", got, standOf(t, a, "青山村"))
	}
	_, page, err := a.List(ctx, ListRequest{Ledger: "progress", Where: []string{"task=" + s.Rows[0].ID, "period=2026-11"}})
	check(t, err)
	if len(page.Records) != 1 || page.Records[0].Get("text").Text != "电话说已开工" || page.Records[0].Get("reporter").Text != "电话代填" {
		t.Errorf("%v", page.Records)
	}
}

func TestWriteByHand_NothingToReport(t *testing.T) {
	a := openDemo(t)
	s := handOf(t, a, "青山村")
	file, err := a.WriteByHand(context.Background(), HandRequest{Form: "task_month", Period: "2026-11", Area: s.Area.ID, By: ByPaper, Zero: true})
	check(t, err)
	collect(t, a, file)
	if got := standOf(t, a, "青山村"); got != StandZero {
		t.Errorf("stands as %s", got)
	}
}

func TestWriteByHand_Refuses(t *testing.T) {
	a := openDemo(t)
	s := handOf(t, a, "青山村")
	for words, req := range map[string]HandRequest{
		"还没有填内容": {Form: "task_month", Period: "2026-11", Area: s.Area.ID, By: ByPhone},
		"请说明是电话": {Form: "task_month", Period: "2026-11", Area: s.Area.ID},
		"没有找到":   {Form: "task_month", Period: "2026-11", Area: "none", By: ByPhone},
		"没有名为":   {Form: "没有的表", Period: "2026-11", Area: s.Area.ID, By: ByPhone},
	} {
		if _, err := a.WriteByHand(context.Background(), req); err == nil || !strings.Contains(model.Sentence(err), words) {
			t.Errorf("%s: %v", words, err)
		}
	}
}

// TestWriteGroup_TakesWhatIsSure: each village's words go to the row that is meant;
// what nobody can tell is told and not guessed.
func TestWriteGroup_TakesWhatIsSure(t *testing.T) {
	ctx := context.Background()
	a := openDemo(t)
	s := handOf(t, a, "青山村")
	req := GroupRequest{Form: "task_month", Period: "2026-11", Text: "progress.text", Item: s.Rows[0].Name,
		Words: "#接龙\n1. 青山村 已完成主体\n2. 柳河村 无\n3. 不在册村 12户\n大家抓紧"}
	got, err := a.WriteGroup(ctx, req)
	check(t, err)
	if len(got.Files) != 2 || len(got.Unread) != 2 {
		t.Fatalf("%+v", got)
	}
	collect(t, a, got.Files...)
	if standOf(t, a, "青山村") != StandReported || standOf(t, a, "柳河村") != StandZero {
		t.Errorf("%s, %s", standOf(t, a, "青山村"), standOf(t, a, "柳河村"))
	}
	req.Item, req.Words = "", "青山村 已完成"
	if got, err = a.WriteGroup(ctx, req); err != nil || len(got.Files) != 0 || !strings.Contains(got.Unread[0], "不知道说的是哪一项") {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err = a.WriteGroup(ctx, GroupRequest{Form: "task_month", Period: "2026-11", Words: "收到"}); err == nil {
		t.Error("words without a village were taken")
	}
}

// TestWriteGroup_Range: a range copied with its headers is recognised as the return
// of the village named beside it.
func TestWriteGroup_Range(t *testing.T) {
	a := openDemo(t)
	s := handOf(t, a, "青山村")
	words := "事项\t责任单位\t完成比例（%）\t进展情况\n" + s.Rows[0].Name + "\t青山村\t40\t已开工\n"
	got, err := a.WriteGroup(context.Background(), GroupRequest{Form: "task_month", Period: "2026-11", Words: words, Area: s.Area.ID})
	check(t, err)
	r := collect(t, a, got.Files...)[0]
	if r.Err != nil || r.Area != "青山村" || r.Counts.Update != 1 {
		t.Errorf("%v %+v", r.Err, r)
	}
}

func TestIssue_ToSomeOnly(t *testing.T) {
	ctx := context.Background()
	a := openDemo(t)
	dir := filepath.Join(t.TempDir(), "下 发")
	req := IssueRequest{Form: "task_month", Period: "2026-12", Dir: dir, Receivers: []string{"柳河村", "青山村"}, Fresh: true,
		Terms: Terms{Basis: "某政办〔2026〕9号", Due: model.Due{On: "2026-12-24", Hour: 12, Roll: model.RollNone},
			Given: []exchange.Path{"person"}, Leave: []exchange.Path{"progress.extend_to"}}}
	got, err := a.Issue(ctx, req)
	check(t, err)
	if len(got.Files) != 2 || got.Files[0].Area != "青山村" {
		t.Fatalf("%+v", got.Files)
	}
	c, err := a.Missing(ctx, "task_month", "2026-12")
	check(t, err)
	if len(c.Rows) != 2 || c.DueOn != "2026-12-24" || !strings.Contains(c.Rows[0].Due, "12时") {
		t.Errorf("%+v", c)
	}
	form, err := a.Form(ctx, "task_month")
	check(t, err)
	if form.Basis != "某政办〔2026〕9号" || form.Due.Day != 25 || len(form.Columns) != 15 {
		t.Errorf("the form itself became %+v", form)
	}
	if _, err := a.Issue(ctx, req); model.CodeOf(err) != model.CodeExists {
		t.Errorf("written over: %v", err)
	}
	req.Receivers = []string{"甲镇"}
	if _, err := a.Issue(ctx, req); err == nil {
		t.Error("it went to its own unit")
	}
}

func TestAdvise_SaysWhenAndToWhom(t *testing.T) {
	a := openDemo(t)
	got, err := a.Advise(context.Background(), "task_month", "2026-11")
	check(t, err)
	if got.DueOn != "2026-11-25" || len(got.To) != 16 || got.To[0].Name != "青山村" {
		t.Errorf("%+v", got)
	}
}
