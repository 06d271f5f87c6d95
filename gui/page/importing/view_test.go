package importing

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

var table = &exchange.Table{Title: "任务清单", HeaderFirst: 3, HeaderLast: 4, DataFirst: 5, DataLast: 9, FirstCol: 1, LastCol: 4,
	Totals: []exchange.SkippedRow{{Row: 8, Why: "小计行"}}, Skipped: []exchange.SkippedRow{{Row: 10, Why: "说明"}}}

// seen is a table with one column of each kind and one problem of each level.
func seen() *app.TablePreview {
	return &app.TablePreview{Table: table, Ledger: "task", Columns: []app.DraftColumn{
		{Col: 1, Name: "A", Header: "任务名称", Path: "title", How: exchange.HowExact, Label: "任务名称"},
		{Col: 2, Name: "B", Header: "责任任人", Path: "person", How: exchange.HowSuggested, Label: "责任人"},
		{Col: 3, Name: "C", Header: "时间/完成时限", Path: "due", How: exchange.HowRemembered, Label: "完成时限"},
		{Col: 4, Name: "D", Header: "评价"},
	}, Targets: []exchange.Target{
		{Path: "title", Field: &model.Field{Label: "任务名称"}}, {Path: "person", Field: &model.Field{Label: "责任人"}},
		{Path: "progress.text", Field: &model.Field{Label: "进展情况"}, Child: &model.Ledger{Label: "任务进展"}},
	}, Plan: &exchange.Plan{Problems: []model.Problem{{Level: model.Hint}, {Level: model.Fault, Cell: "B5"}, {Level: model.Doubt}}, Warnings: []string{"有 1 列没有对应"}}}
}

func TestPointsOf(t *testing.T) {
	if got, want := pointsOf(seen()), []point{{1, -1}, {-1, 1}, {-1, 2}}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	unknown, out := seen(), seen()
	unknown.Ledger, out.Leave = "", true
	if got := pointsOf(unknown); !slices.Equal(got, []point{{-1, -1}}) {
		t.Errorf("without a ledger: %v", got)
	}
	if len(pointsOf(out)) != 0 || len(pointsOf(nil)) != 0 {
		t.Error("there are points where there is nothing to do")
	}
}

func TestPending(t *testing.T) {
	if got := pending(seen()); !maps.Equal(got, columns{2: "person"}) {
		t.Errorf("%v", got)
	}
	if len(pending(nil)) != 0 {
		t.Error("something of nothing")
	}
}

func TestFindings_ListWarningsBehindProblems(t *testing.T) {
	got := findings(seen().Plan)
	if len(got) != 4 || got[3].Level != model.Hint || got[3].Message != "有 1 列没有对应" {
		t.Errorf("%+v", got)
	}
	if findings(nil) != nil {
		t.Error("findings of no plan")
	}
}

func TestRowsIn_CountsWhatIsWritten(t *testing.T) {
	row := func(kind exchange.RowKind, outcomes ...exchange.Outcome) exchange.PlanRow {
		rp := exchange.RecordPlan{}
		for _, o := range outcomes {
			rp.Fields = append(rp.Fields, exchange.FieldPlan{Outcome: o})
		}
		return exchange.PlanRow{Kind: kind, Records: []exchange.RecordPlan{rp}}
	}
	p := &exchange.Plan{Rows: []exchange.PlanRow{row(exchange.RowAdd, exchange.Take), row(exchange.RowProblem, exchange.Take, exchange.Held),
		row(exchange.RowProblem, exchange.Held), row(exchange.RowSame, exchange.Keep), {Kind: exchange.RowProblem}}}
	if got := rowsIn(p, p); got != 4 {
		t.Errorf("%d rows are written, want 4", got)
	}
}

func TestWithTable_LeavesTheOldChoice(t *testing.T) {
	before := withTable(app.DraftChoice{}, 1, func(c *app.TableChoice) { c.Columns[2] = "title" })
	after := withTable(before, 1, func(c *app.TableChoice) { c.Columns[2], c.Leave = "", true })
	if before.Tables[1].Columns[2] != "title" || before.Tables[1].Leave || after.Tables[1].Columns[2] != "" || !after.Tables[1].Leave {
		t.Errorf("%+v %+v", before, after)
	}
}

func TestCorrectedWords_TheLastCounts(t *testing.T) {
	all := []exchange.Correction{{Sheet: "表", Cell: "B5", Words: "40%"}, {Sheet: "表", Cell: "B5", Words: "0.4%"}, {Sheet: "表", Cell: "B6", Words: "60%"}}
	if got, ok := correctedWords(all, "表", "B5"); !ok || got != "0.4%" {
		t.Errorf("%q %v", got, ok)
	}
	if _, ok := correctedWords(all, "另一张", "B5"); ok {
		t.Error("another sheet is meant")
	}
}

func TestWords_OfColumns(t *testing.T) {
	for i, want := range []struct{ how, to, head string }{
		{"同名", "任务名称", "A → 任务名称"}, {"建议，待确认", "责任人？", "B → 责任人？"}, {"记住的", "完成时限", "C → 完成时限"}, {"没有对应", "不导入", "D"},
	} {
		c := seen().Columns[i]
		if how, _ := howWords(c); how != want.how || goesTo(c) != want.to || headOf(c.Name, &c) != want.head {
			t.Errorf("%s: %s, %s, %s; want %+v", c.Header, how, goesTo(c), headOf(c.Name, &c), want)
		}
	}
	for how, want := range map[exchange.How]string{exchange.HowSynonym: "同义", exchange.HowChosen: "已指定"} {
		if got, _ := howWords(app.DraftColumn{How: how}); got != want {
			t.Errorf("%s: %s, want %s", how, got, want)
		}
	}
	if got := goesTo(app.DraftColumn{Path: exchange.PathSeq, How: exchange.HowExact}); got != "序号，不用导入" {
		t.Errorf("row numbers: %s", got)
	}
	if leafOf("时间/完成时限") != "完成时限" || leafOf("评价") != "评价" {
		t.Error("the last level of a header is found wrongly")
	}
}

func TestChoices_ProposeFirstAndSayWhatIsUsed(t *testing.T) {
	got := choices(seen(), &seen().Columns[1])
	if got[0].Text != "责任人" || got[0].Note != "建议" || got[1].Note != "已对应 A 列" || got[2].Text != "进展情况（任务进展）" {
		t.Errorf("%+v", got)
	}
	if n := len(got); got[n-2].ID != choiceWithout || got[n-1].Text != "新建字段“责任任人”…" {
		t.Errorf("%+v", got)
	}
}

func TestTaken(t *testing.T) {
	out, unknown, blank, form, monthly := seen(), seen(), seen(), seen(), seen()
	out.Leave, unknown.Ledger = true, ""
	blank.Table, form.Table = &exchange.Table{HeaderFirst: 2, HeaderLast: 2}, &exchange.Table{Entry: true, HeaderFirst: 1, HeaderLast: 8}
	monthly.Columns[3].Path, monthly.Plan.Period = "progress.text", "2026-11"
	for want, p := range map[string]*app.TablePreview{
		"导入到“任务”　表头第 3–4 行，数据第 5–9 行":               seen(),
		"不导入这张表　表头第 3–4 行，数据第 5–9 行":                out,
		"请选择导入到哪本台账　表头第 3–4 行，数据第 5–9 行":            unknown,
		"导入到“任务”　表头第 2 行，没有数据":                      blank,
		"导入到“任务”　登记表，一张一条":                          form,
		"导入到“任务”　表头第 3–4 行，数据第 5–9 行　进展期间 2026年11月": monthly,
	} {
		if got := taken(p, "任务"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestStatus(t *testing.T) {
	of := func(change func(*file)) item {
		f := &file{draft: &app.Draft{}, seen: app.DraftPreview{Tables: []app.TablePreview{*seen()}}}
		change(f)
		return item{f, 0}
	}
	for want, it := range map[string]item{
		"待核对 3": of(func(*file) {}),
		"读不了":   of(func(f *file) { f.draft.Err = errors.New("pdf") }),
		"已导入":   of(func(f *file) { f.result = &app.FileResult{} }),
		"没有导入":  of(func(f *file) { f.result = &app.FileResult{Err: errors.New("locked")} }),
		"不导入":   of(func(f *file) { f.seen.Tables[0].Leave = true }),
		"待选台账":  of(func(f *file) { f.seen.Tables[0].Ledger = "" }),
		"无变化":   of(func(f *file) { f.seen.Tables[0].Columns, f.seen.Tables[0].Plan = nil, &exchange.Plan{} }),
		"可导入": of(func(f *file) {
			f.seen.Tables[0].Columns = nil
			f.seen.Tables[0].Plan = &exchange.Plan{Rows: []exchange.PlanRow{{Records: []exchange.RecordPlan{{Fields: []exchange.FieldPlan{{Outcome: exchange.Take}}}}}}}
		}),
	} {
		if got, _ := status(it); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestWords_OfWhatWasDone(t *testing.T) {
	r := app.FileResult{Counts: exchange.Counts{Add: 3, Update: 1, Problem: 2}}
	if got := countWords(r); got != "新增 3 行，修改 1 行，有错 2 行（有错的内容没有导入）" {
		t.Error(got)
	}
	if got := countWords(app.FileResult{}); got != "没有要导入的行" {
		t.Error(got)
	}
	if got := doneWords([]app.FileResult{r, {Err: errors.New("locked")}}); got != "已导入 1 个文件，0 行。2 行有问题，有错的内容没有导入。" {
		t.Error(got)
	}
	fix := model.Fix{Label: "按“40%”算"}
	if fixWords(fix, 1) != "按“40%”算" || fixWords(fix, 2) != "按“40%”算（同类 2 处）" {
		t.Error(fixWords(fix, 2))
	}
	for level, want := range map[model.Severity]look.Tone{model.Fault: look.ToneOverdue, model.Doubt: look.ToneSoon, model.Hint: look.ToneQuiet} {
		if tone(level) != want {
			t.Errorf("%s has %v", level, tone(level))
		}
	}
}

func TestItemsOf_EveryTableAndEveryFileWithoutOne(t *testing.T) {
	two := &file{draft: &app.Draft{}, seen: app.DraftPreview{Tables: make([]app.TablePreview, 2)}}
	none := &file{draft: &app.Draft{}}
	if got, want := itemsOf([]*file{two, none}), []item{{two, 0}, {two, 1}, {none, -1}}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if (item{none, -1}).preview() != nil || (item{table: -1}).preview() != nil || (item{two, 1}).preview() != &two.seen.Tables[1] {
		t.Error("the table of a line is found wrongly")
	}
}
