package reports

import (
	"errors"
	"testing"

	"xiangzhen/gui/look"
	"xiangzhen/gui/page/plan"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

func TestFileStatus(t *testing.T) {
	repeat := []*exchange.Plan{{Repeat: "s1"}}
	for _, c := range []struct {
		r    app.FileResult
		want string
		take bool
	}{
		{app.FileResult{Err: errors.New("不是表格"), Status: "可并入"}, "跳过", false},
		{app.FileResult{Op: 7, Status: "已并入"}, "已并入", false},
		{app.FileResult{Plans: repeat}, "已并入过", false},
		{app.FileResult{Status: "可并入", Counts: exchange.Counts{Conflict: 1}}, "待核对", true},
		{app.FileResult{Status: "可并入"}, "可并入", true},
	} {
		if got, _ := fileStatus(c.r); got != c.want || takeable(c.r) != c.take {
			t.Errorf("%s (takeable %v), want %s", got, takeable(c.r), c.want)
		}
	}
}

func TestStanding_IsLateOnlyAfterTheDay(t *testing.T) {
	for _, c := range []struct {
		status string
		past   bool
		mark   look.Mark
		tone   look.Tone
	}{
		{app.StandMissing, false, look.MarkSoon, look.ToneSoon},
		{app.StandMissing, true, look.MarkBelow, look.ToneOverdue},
		{app.StandReported, true, look.MarkFine, look.ToneFine},
		{app.StandToCorrect, false, look.MarkSoon, look.ToneSoon},
	} {
		if mark, tone := standing(c.status, c.past); mark != c.mark || tone != c.tone {
			t.Errorf("%s past %v: %v %v", c.status, c.past, mark, tone)
		}
	}
}

func TestSummaryAndCall(t *testing.T) {
	c := app.Completeness{Form: exchange.Form{Label: "任务进展月报"}, Period: "2026-11", Expected: 3, Rows: []app.Standing{
		{Area: "青山村", Status: app.StandReported}, {Area: "白石村", Status: app.StandMissing, Due: "11月25日18时"}, {Area: "柳河村", Status: app.StandToCorrect},
	}}
	if got, want := summary(c), "应报 3 · 已报 1 · 待更正 1 · 未报 1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := callOne(c, c.Rows[1]), "白石村：《任务进展月报》（2026年11月）请于 11月25日18时 前报送。已报的请忽略，有困难请及时联系。"; got != want {
		t.Errorf("%s", got)
	}
}

func TestSentBackAndFoundAt(t *testing.T) {
	if got, want := sentBack(2, 0, "/u/退回"), "已标出问题，2 个文件放在“退回”。"; got != want {
		t.Errorf("%s", got)
	}
	if got, want := sentBack(0, 1, "退回"), "已标出问题，0 个文件放在“退回”。另有 1 个不是 xlsx，请用“复制更正通知”。"; got != want {
		t.Errorf("%s", got)
	}
	if got := foundAt(app.PreviewColumn{}); got != "表里没有这一列，保持原值" {
		t.Errorf("%s", got)
	}
	if got := foundAt(app.PreviewColumn{Col: "J", Found: "完成比例"}); got != "J 列　完成比例" {
		t.Errorf("%s", got)
	}
}

func TestCorrectionNamesRowProblemAndRemedy(t *testing.T) {
	r := app.FileResult{Area: "青山村", Period: "2026-11", Problems: []model.Problem{
		{Level: model.Doubt, Cell: "B5", Message: "待确认。"},
		{Level: model.Fault, Cell: "J6", Message: "应在 0–100。", Suggestion: "请改正。"},
	}}
	want := "青山村：《月报》（2026年11月）有 1 处请更正后重报：\n1. J6：应在 0–100。请改正。\n"
	if got := correction(r, "月报"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestAnswers(t *testing.T) {
	key := plan.Key{Ledger: "progress", Record: "r1", Field: "percent"}
	item := &app.ConflictItem{ID: "c1", Ledger: key.Ledger, Record: key.Record, Field: key.Field,
		Theirs: []app.ConflictSide{{File: "旧.xlsx", Value: "40"}, {File: "新.xlsx", Value: "45"}}}
	files := []app.Previewed{{FileResult: app.FileResult{File: "/收到/新.xlsx"}, Rows: []app.PreviewRow{{Cells: []app.PreviewCell{{}, {Conflict: item}}}}}}
	var d plan.Decisions
	if got := answers(files, &d); len(got) != 0 {
		t.Errorf("undecided: %+v", got)
	}
	d.Put(key, plan.Decision{Choice: plan.Theirs, Reason: "已核实"})
	got := answers(files, &d)
	if len(got) != 1 || got[0].Conflict != "c1" || got[0].Side == nil || got[0].Side.Value != "45" || got[0].Reason != "已核实" {
		t.Errorf("%+v", got)
	}
	d.Put(key, plan.Decision{Choice: plan.Ours})
	if got := answers(files, &d); got[0].Side != nil || got[0].Choice != app.TakeOurs {
		t.Errorf("%+v", got)
	}
	d.Drop("task", "b", true)
	d.Drop("task", "a", true)
	if got := drops(&d); len(got) != 2 || got[0] != "a" {
		t.Errorf("%v", got)
	}
}

func TestPhotoCount(t *testing.T) {
	for want, p := range map[string]app.Pictures{
		"随表照片 3 张": {Found: 3, Placed: 3}, "随表照片 3 张（1 张不收）": {Found: 3, Placed: 2},
	} {
		if got := photoCount(p); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
