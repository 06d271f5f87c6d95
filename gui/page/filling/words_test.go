package filling

import (
	"slices"
	"strings"
	"testing"

	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
	"xiangzhen/model/fill"
	"xiangzhen/model/ledgers"
)

func label(p exchange.Path) string { return "项目" + string(p) }

func TestStatusOf(t *testing.T) {
	for name, c := range map[string]struct {
		col  fill.Column
		mark look.Mark
		word string
	}{
		"filled":   {fill.Column{Status: fill.Filled}, look.MarkFine, "已填"},
		"proposed": {fill.Column{Status: fill.Person, Proposed: "person"}, look.MarkSoon, "待确认"},
		"person":   {fill.Column{Status: fill.Person}, look.MarkWaiting, "需人工"},
		"unknown":  {fill.Column{Status: fill.Unknown}, look.MarkSoon, "未知"},
	} {
		if mark, word, _ := statusOf(&c.col); mark != c.mark || word != c.word {
			t.Errorf("%s: %v %s", name, mark, word)
		}
	}
}

func TestSourceOf(t *testing.T) {
	task := catalog().Ledger(ledgers.Task)
	for want, col := range map[string]fill.Column{
		"项目title": {Source: fill.Source{Kind: fill.OfPath, Path: "title"}},
		"项目p？":    {Proposed: "p"},
		"—":       {},
		"“无”":     {Source: fill.Source{Kind: fill.Const, Words: "无"}},
		"填报单位":    {Source: fill.Source{Kind: fill.Unit}},
		"表里的公式":   {Source: fill.Source{Kind: fill.Formula}},
		"任务 个数（工作类别=产业振兴）": {Source: fill.Source{Kind: fill.OfCalc, Calc: &fill.Calc{Ledger: task, How: fill.Count, Where: []string{"工作类别=产业振兴"}}}},
	} {
		if got := sourceOf(&col, label); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestRowsWords(t *testing.T) {
	task := &model.Ledger{Label: "任务"}
	rows, match, entry := &fill.Frame{Mode: fill.Rows}, &fill.Frame{Mode: fill.Match}, &fill.Frame{Mode: fill.Entry}
	nobody := &fill.Frame{Mode: fill.Nobody, Why: "旁边还有一张表。"}
	for want, table := range map[string]app.FillTable{
		"这张表不填":              {Frame: rows, Leave: true},
		"旁边还有一张表。":           {Frame: nobody},
		"台账“任务”里没有符合条件的记录":   {Frame: rows, Ledger: task},
		"请选择用哪本台账填":          {Frame: rows},
		"填 9 行，表里空行不够，加 3 行": {Frame: rows, Ledger: task, Rows: 9, Added: 3},
		"填 9 行":         {Frame: rows, Ledger: task, Rows: 9},
		"表里已写好行，对上 4 行": {Frame: match, Ledger: task, Rows: 4},
		"登记表，填一条记录":     {Frame: entry, Ledger: task, Rows: 1},
	} {
		if got := rowsWords(&table); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestRecalledWords(t *testing.T) {
	if got := recalledWords(&app.FillTable{}); got != "" {
		t.Errorf("%q of a new table", got)
	}
	if got := recalledWords(&app.FillTable{Recalled: "月报"}); got != "按“月报”上次的对应填，表头没有变化。" {
		t.Error(got)
	}
	if got := recalledWords(&app.FillTable{Recalled: "月报", Change: fill.Difference{Added: []string{"甲"}}}); got != "按“月报”上次的对应填。新增的列：甲。" {
		t.Error(got)
	}
}

func TestOriginOf(t *testing.T) {
	name := func(key string) string { return "任务" }
	for want, c := range map[string]struct {
		words string
		cell  *app.FillCell
	}{
		"空着":    {"", nil},
		"表里原有的": {"甲", nil},
		"来自任务“修渠”，最近更新 2026-11-20": {"修渠", &app.FillCell{Header: "名称", Ledger: "task", Record: "1", Name: "修渠", Of: "2026-11-20"}},
		"由台账“任务”算出":                {"9", &app.FillCell{Header: "个数", Ledger: "task"}},
		"手工改的，仅本表":                 {"9", &app.FillCell{}},
		"程序填的：填报单位":                {"甲镇", &app.FillCell{Header: "填报单位"}},
	} {
		if got := originOf(c.words, c.cell, name); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestWords_OfFiles(t *testing.T) {
	if got := fileFor("/x/来 表.xlsx", "已填"); got != "来 表（已填）.xlsx" {
		t.Error(got)
	}
	if got := tableTitle(&fill.Frame{Table: &exchange.Table{Title: "月报 填报单位："}}, "x.xlsx"); got != "月报" {
		t.Error(got)
	}
	if got := tableTitle(&fill.Frame{Table: &exchange.Table{}}, "/x/急表.xlsx"); got != "急表" {
		t.Error(got)
	}
	if got := short(strings.Repeat("长", 30)); len([]rune(got)) != 25 {
		t.Error(got)
	}
	if got := downWords("急表", "", []string{"甲村", "乙村"}); !strings.Contains(got, "尽快报回") || !strings.Contains(got, "甲村、乙村（共 2 个）") {
		t.Error(got)
	}
	if got := sensitiveWords([]string{"证件号码"}); !strings.Contains(got, "1 个敏感列：证件号码") {
		t.Error(got)
	}
}

func TestMergeWords(t *testing.T) {
	m := &app.MergeSight{MergedFiles: app.MergedFiles{From: []string{"甲村"}, Missing: []string{"乙村", "丙村"},
		Tables: []app.MergedTable{{Merged: fill.Merged{Rows: 3}}}, Problems: []model.Problem{{File: "x.xlsx", Cell: "C5", Message: "不是数"}}}}
	if got := mergedWords(m); got != "已报 1 · 未报 2　共 3 行　待核对 1 处" {
		t.Error(got)
	}
	lines := mergeLines(m)
	if len(lines) != 4 || lines[0].note != "C5：不是数" || lines[1].name != "乙村" || lines[3].word != "已报" {
		t.Errorf("%+v", lines)
	}
	if got := originWords("C5", []fill.Origin{{From: "甲村", Cell: "C3"}, {From: "乙村", Cell: "C4"}}); got != "C5　来自 甲村（C3）、乙村（C4）" {
		t.Error(got)
	}
	if got := originWords("C5", nil); got != "C5　不是从各村的表里来的" {
		t.Error(got)
	}
}

func TestSources_ProposeFirst(t *testing.T) {
	c := catalog()
	got := sources(c, c.Ledger(ledgers.Task), "title")
	if got[0].ID != "title" || got[0].Note != "建议" {
		t.Errorf("%+v", got[0])
	}
	if n := len(got); got[n-2].ID != choiceCalc || got[n-1].ID != "不填" {
		t.Errorf("%+v", got[n-2:])
	}
	if n := len(sources(c, nil, "")); n != len(plainSources)+2 {
		t.Errorf("%d sources without a ledger", n)
	}
	found := withWords(got)("无此事")
	if last := found[len(found)-1]; last.ID != "“无此事”" {
		t.Errorf("%+v", last)
	}
	for _, choice := range got {
		if choice.ID == choiceCalc {
			continue
		}
		if _, err := fill.ParseSource(choice.ID, c, c.Ledger(ledgers.Task)); err != nil {
			t.Errorf("%s cannot be read: %v", choice.ID, err)
		}
	}
}

func TestCalcSource_CanBeRead(t *testing.T) {
	c := catalog()
	for _, item := range countedItems(c.Ledger(ledgers.Task)) {
		for _, how := range reckons(c.Ledger(ledgers.Task).Field(item.ID)) {
			words := calcSource(ledgers.Task, item.ID, how.Text, "工作类别=产业振兴；办理状态!=已办结")
			src, err := fill.ParseSource(words, c, nil)
			if err != nil || src.Calc == nil || len(src.Calc.Where) != 2 || string(src.Calc.How) != how.Text {
				t.Errorf("%s: %+v (%v)", words, src.Calc, err)
			}
		}
	}
}

func TestConditions(t *testing.T) {
	if got := conditions("甲=1；乙!=2;\n丙~3；"); !slices.Equal(got, []string{"甲=1", "乙!=2", "丙~3"}) {
		t.Errorf("%q", got)
	}
	if conditions(" ") != nil {
		t.Error("something of nothing")
	}
}

func TestSaid_LeavesTheOldChoice(t *testing.T) {
	before := said{}.with(0, func(c *app.FillChoice) { c.Map["C"] = "title" })
	after := before.with(0, func(c *app.FillChoice) { c.Map["C"], c.Typed["B5"] = "今天", "改" })
	if before.tables[0].Map["C"] != "title" || len(before.tables[0].Typed) != 0 || after.tables[0].Map["C"] != "今天" {
		t.Errorf("%+v %+v", before.tables, after.tables)
	}
	if got := after.drafted(&app.FillDraft{}).tables[0]; got.Map != nil || got.Typed != nil {
		t.Errorf("a table that is read in another way keeps %+v", got)
	}
}

func TestNextOpen_GoesRound(t *testing.T) {
	cols := []fill.Column{{Status: fill.Unknown}, {Status: fill.Filled}, {Status: fill.Person}}
	for after, want := range map[int]int{-1: 0, 0: 2, 2: 0} {
		if got := nextOpen(cols, after); got != want {
			t.Errorf("behind %d: %d, want %d", after, got, want)
		}
	}
	if nextOpen(cols[1:2], 0) != -1 {
		t.Error("something is open where all is filled")
	}
}

func TestBackTo_OnlyWhatThePersonEnters(t *testing.T) {
	task := catalog().Ledger(ledgers.Task)
	of := func(key string, change func(*fill.Column)) *app.FillTable {
		c := fill.Column{TableColumn: exchange.TableColumn{Col: 2}, Name: "B", Source: fill.Source{Kind: fill.OfPath, Path: exchange.Path(key)},
			Target: exchange.Target{Ledger: task, Field: task.Field(key)}}
		change(&c)
		return &app.FillTable{Columns: []fill.Column{c}}
	}
	cell := &app.FillCell{Ledger: ledgers.Task, Record: "1"}
	none := func(*fill.Column) {}
	if key, ok := backTo(of("title", none), 2, "B5", cell); !ok || key != "title" {
		t.Errorf("a field of the record: %s %v", key, ok)
	}
	for name, got := range map[string]func() (string, bool){
		"no record":      func() (string, bool) { return backTo(of("title", none), 2, "B5", &app.FillCell{}) },
		"another column": func() (string, bool) { return backTo(of("title", none), 3, "C5", cell) },
		"derived":        func() (string, bool) { return backTo(of(task.Derived[0].Key, none), 2, "B5", cell) },
		"another unit": func() (string, bool) {
			return backTo(of("title", func(c *fill.Column) { c.Style.Unit = "亿元" }), 2, "B5", cell)
		},
		"through": func() (string, bool) {
			return backTo(of("title", func(c *fill.Column) { c.Target.Child = task }), 2, "B5", cell)
		},
	} {
		if key, ok := got(); ok {
			t.Errorf("%s is written back into %s", name, key)
		}
	}
}

// catalog are the built-in ledgers.
func catalog() *model.Catalog { return model.NewCatalog(ledgers.All()...) }
