package today

import (
	"slices"
	"testing"

	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

const day = model.Day("2026-11-22")

func monthly(issued bool, submitted, expected int, due model.Day) app.ReportStanding {
	r := app.ReportStanding{Issued: issued, Due: due}
	r.Form, r.Period = exchange.Form{Key: "task_month", Label: "任务进展月报"}, "2026-11"
	r.Submitted, r.Expected = submitted, expected
	return r
}

func TestNote(t *testing.T) {
	for _, c := range []struct {
		report app.ReportStanding
		want   string
	}{
		{monthly(true, 1, 2, "2026-11-25"), "甲镇 · 距月报截止还有 3 天"},
		{monthly(true, 1, 2, "2026-11-22"), "甲镇 · 月报今天截止"},
		{monthly(false, 0, 0, "2026-11-20"), "甲镇 · 月报已过截止 2 天"},
		{monthly(true, 2, 2, "2026-11-20"), "甲镇 · 月报已报齐"},
	} {
		if got := note(app.Agenda{Day: day, Unit: "甲镇", Items: 1, Reports: []app.ReportStanding{c.report}}); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
	if got := note(app.Agenda{Unit: "甲镇", Reports: []app.ReportStanding{monthly(false, 0, 0, day)}}); got != "甲镇" {
		t.Errorf("an empty ledger: %s", got)
	}
}

func TestLine(t *testing.T) {
	task := app.AgendaLine{Ledger: "task", Record: "x", Title: "修路\n二期", Unit: "甲一村", Due: "2026-11-10"}
	for _, c := range []struct {
		kind              app.AgendaKind
		days              int
		note              string
		mark              look.Mark
		words, what, side string
		to                page.Name
	}{
		{app.KindLate, -12, "", look.MarkOverdue, "逾期 12 天", "甲一村：修路 二期", "时限 11-10", page.Tasks},
		{app.KindLate, -1, "缺管材", look.MarkOverdue, "逾期 1 天", "甲一村：修路 二期", "缺管材", page.Tasks},
		{app.KindDue, 0, "", look.MarkSoon, "今天到期", "甲一村：修路 二期", "时限 11-10", page.Tasks},
		{app.KindDue, 1, "", look.MarkSoon, "明天到期", "甲一村：修路 二期", "时限 11-10", page.Tasks},
		{app.KindUpperLate, -3, "2026年10月", look.MarkOverdue, "逾期 3 天", "报甲一村：修路 二期（2026年10月）", "截止 11-10", page.Uppers},
		{app.KindUpperLate, 0, "2026年10月", look.MarkOverdue, "已过时刻", "报甲一村：修路 二期（2026年10月）", "截止 11-10", page.Uppers},
		{app.KindUpperDue, 2, "2026年10月", look.MarkSoon, "剩 2 天", "报甲一村：修路 二期（2026年10月）", "截止 11-10", page.Uppers},
		{app.KindReview, 5, "申请办结", look.MarkWaiting, "待审核", "甲一村：修路 二期", "申请办结", page.Tasks},
		{app.KindExtend, 5, "雨季", look.MarkWaiting, "延期申请", "甲一村：修路 二期", "延到 11-10 · 雨季", page.Tasks},
		{app.KindAssign, 5, "", look.MarkWaiting, "待交办", "甲一村：修路 二期", "时限 11-10", page.Tasks},
		{app.KindAccept, 5, "", look.MarkWaiting, "待签收", "甲一村：修路 二期", "时限 11-10", page.Tasks},
		{app.KindConflict, 0, "完成比例", look.MarkWaiting, "待处理", "两边填得不一样：修路 二期", "完成比例", page.Reports},
		{app.KindGap, 9, "", look.MarkSoon, "进度滞后", "甲一村：修路 二期", "时限 11-10", page.Tasks},
		{app.KindSilence, 9, "", look.MarkSoon, "久未更新", "甲一村：修路 二期", "时限 11-10", page.Tasks},
		{app.KindRecheck, 9, "", look.MarkSoon, "待复核", "甲一村：修路 二期", "时限 11-10", page.Tasks},
		{app.KindTerm, -3, "第一书记", look.MarkWaiting, "提醒", "甲一村第一书记 修路\n二期任期已届满", "11-10", page.Ledgers},
		{app.KindUnissued, 3, "", look.MarkWaiting, "提醒", "《修路\n二期》这个月还没有下发", "剩 3 天", page.Reports},
		{app.KindInbox, 0, "/收", look.MarkWaiting, "提醒", "收表文件夹里有 1 个没收过的文件", "修路 二期", page.Reports},
		{app.KindCarried, 3, "青山村", look.MarkWaiting, "提醒", "修路 二期带去青山村的下村包还没有收回", "11-10 带出", page.Settings},
		{app.KindBackup, 9, "", look.MarkWaiting, "提醒", "已有 9 天没有备份到第二处", "U盘或另一块硬盘", page.Settings},
	} {
		l := task
		l.Kind, l.Days, l.Note = c.kind, c.days, c.note
		mark, words := status(l)
		if mark != c.mark || words != c.words || what(l) != c.what || aside(l, day) != c.side || lineRoute(l).Page != c.to {
			t.Errorf("%s: %v %s | %s | %s | %s", c.kind, mark, words, what(l), aside(l, day), lineRoute(l).Page)
		}
	}
	task.Kind, task.Ledger, task.Of = app.KindLate, "order", "督办单"
	if what(task) != "督办单 · 甲一村：修路 二期" || lineRoute(task).Page != page.Ledgers {
		t.Errorf("%s leads to %+v", what(task), lineRoute(task))
	}
	if got := what(app.AgendaLine{Kind: app.KindBackup, Days: 8}); got != "用了 8 天，还没有第二处备份" {
		t.Error(got)
	}
}

func TestSections(t *testing.T) {
	six := make([]app.AgendaLine, 6)
	a := app.Agenda{Day: day, Groups: []app.AgendaGroup{
		{Key: app.AgendaLate, Total: 60, Tasks: 60, Lines: six}, {Key: app.AgendaDue},
		{Key: app.AgendaMine, Total: 6, More: true, Lines: six}, {Key: app.AgendaRemind, Total: 1, Lines: six[:1]},
	}}
	var got []string
	for _, s := range sections(a, nil) {
		got = append(got, s.title, s.link)
	}
	if want := []string{"逾期", "60 项，查看全部", "待我处理", "6 多项，查看全部", "提醒", "1 项"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	open := sections(a, map[app.AgendaKey]bool{app.AgendaMine: true})
	if len(open[0].lines) != fewLines || len(open[1].lines) != 6 || open[1].link != "6 多项，收起" {
		t.Errorf("%d, %d lines, %s", len(open[0].lines), len(open[1].lines), open[1].link)
	}
	a.Groups[0].Tasks = 58
	late := sections(a, map[app.AgendaKey]bool{app.AgendaLate: true})[0]
	if late.route.Page != "" || late.link != "60 项，收起" || late.rest != "另有 54 项，在任务和台账里查看。" {
		t.Errorf("of several ledgers: %+v %s, %s", late.route, late.link, late.rest)
	}
	if got := summary(a); got != "逾期 60　待我处理 6　提醒 1" {
		t.Error(got)
	}
}

func TestBars(t *testing.T) {
	rows := bars([]app.Completion{{Area: "乙", All: 8, Done: 1, Soon: 2, Late: 3}, {Area: "甲", All: 200, Done: 199}, {Area: "丙"}})
	if rows[0].Label != "乙" || rows[0].Note != "12%" || !slices.Equal(rows[0].Counts, []int{1, 2, 3}) || rows[0].Total != 8 {
		t.Errorf("%+v", rows[0])
	}
	if rows[1].Note != "99%" || rows[2].Note != "—" {
		t.Errorf("%s %s", rows[1].Note, rows[2].Note)
	}
	if r := barRoute("甲", -1); r.Filter != filterAll || r.Search != "甲" {
		t.Errorf("%+v", r)
	}
}

func TestFigures(t *testing.T) {
	got := figures(app.Agenda{Day: day, SoonDays: 3})
	if len(got) != 3 || got[0].note != "没有逾期" || got[0].tone != look.TonePlain || got[2].note != "没有待审核" {
		t.Errorf("%+v", got)
	}
	a := app.Agenda{Day: day, AreaWord: "村", Areas: make([]app.Completion, 2), Reports: []app.ReportStanding{monthly(true, 1, 2, "2026-11-25")}}
	a.Reports[0].Rows = []app.Standing{{Area: "甲一村", Status: app.StandReported}, {Area: "甲二村", Status: app.StandMissing}}
	if f := figures(a)[3]; f.label != "11月任务进展月报" || f.value != "1 / 2 村" || f.note != "未报：甲二村" {
		t.Errorf("%+v", f)
	}
	a.Reports[0] = monthly(false, 0, 0, "2026-11-25")
	if f := figures(a)[3]; f.value != "未下发" || f.route.Act != page.Issue {
		t.Errorf("%+v", f)
	}
	if got := teamNote(app.TeamStanding{Members: 2}); got != "任期都未到" {
		t.Error(got)
	}
}

func TestStandings(t *testing.T) {
	r := monthly(true, 1, 3, "2026-11-25")
	r.Rows = []app.Standing{
		{Area: "甲一村", Status: app.StandReported, SubmittedAt: "2026-11-21"},
		{Area: "甲二村", Status: app.StandMissing, Contact: "报表联络员 张示例二、包村干部 唐示例六"},
		{Area: "甲三村", Status: app.StandToCorrect, SubmittedAt: "2026-11-20"},
	}
	want := []standing{{"甲一村", "已报", look.ToneFine, "11-21"}, {"甲二村", "未报", look.ToneOverdue, "张示例二"}, {"甲三村", "待更正", look.ToneSoon, "11-20"}}
	if got := standings(r, day); !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestShareHeight(t *testing.T) {
	for _, c := range []struct{ height, upper, lower, want float32 }{
		{500, 200, 150, 200}, // both whole
		{500, 400, 90, 400},  // the lower one whole
		{500, 500, 500, 300}, // both scroll
		{300, 500, 500, 170}, // the lower one at its least
	} {
		if got := shareHeight(c.height, c.upper, c.lower); got != c.want {
			t.Errorf("%v: %v", c, got)
		}
	}
}
