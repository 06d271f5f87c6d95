package exchange

import (
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

var progressHeader = []string{"任务名称", "责任单位", "进展情况", "完成比例"}

// A list that goes round with its old progress in it reports nothing for this
// month; what is new in it is reported, with all the row says.
func TestPlanImport_OldProgressIsNotThisMonths(t *testing.T) {
	m := newLedger(t)
	m.importBook(titled("2026年9月重点任务清单", progressHeader, []string{"改造危房", "甲一村", "完成2户", "40%"}), "task")
	if len(m.records["progress"]) != 1 {
		t.Fatal(m.state())
	}
	before := m.state()
	p := m.importBook(table(progressHeader, []string{"改造危房", "甲一村", "完成2户", "40%"}), "task")
	want(t, p, Counts{Same: 1})
	if m.state() != before {
		t.Errorf("old progress was entered again:\n%s", m.state())
	}
	p = m.importBook(table(progressHeader, []string{"改造危房", "甲一村", "完成3户", "40%"}), "task")
	want(t, p, Counts{Update: 1})
	if m.progress(2, "text") != "完成3户" || m.progress(2, "percent") != "40" {
		t.Errorf("\n%s", m.state())
	}
}

func TestPlanImport_HeldBesideOldProgress(t *testing.T) {
	m := newLedger(t)
	m.importBook(titled("2026年9月重点任务清单", progressHeader, []string{"改造危房", "甲一村", "完成2户", "40%"}), "task")
	p := m.importBook(table(progressHeader, []string{"改造危房", "甲一村", "完成2户", "很多"}), "task")
	want(t, p, Counts{Problem: 1})
	if len(m.records["progress"]) != 1 {
		t.Errorf("a record of nothing was made:\n%s", m.state())
	}
}

// titled makes a table below a title line.
func titled(title string, rows ...[]string) *sheet.Book {
	return table(append([][]string{{title}}, rows...)...)
}

func TestPlanImport_PeriodOfTheTable(t *testing.T) {
	row := []string{"改造危房", "甲一村", "完成2户", "40%"}
	dated := slices.Clone(progressHeader)
	dated[2] = "进展情况（截至9月30日）"
	cases := []struct {
		name  string
		book  *sheet.Book
		given bool
		want  model.Period
		cell  string // of the 疑点
	}{
		{"says nothing", table(progressHeader, row), false, "2026-11", ""},
		{"header", table(dated, row), false, "2026-09", "C1"},
		{"header before title", titled("2026年8月任务清单", dated, row), false, "2026-09", "C2"},
		{"title", titled("2026年9月任务清单", progressHeader, row), false, "2026-09", "A1"},
		{"title of this month", titled("2026年11月任务清单", progressHeader, row), false, "2026-11", ""},
		{"title of a year", titled("2026年任务清单", progressHeader, row), false, "2026-11", ""},
		{"quarter", titled("2026年三季度任务清单", progressHeader, row), false, "2026-09", "A1"},
		{"a deadline is no period", titled("2026年12月底前完成任务清单", progressHeader, row), false, "2026-11", ""},
		{"line", table([]string{"任务清单"}, []string{"填报单位：甲镇", "", "填报时间：2026年10月9日"}, progressHeader, row), false, "2026-10", "C2"},
		{"somebody said so", table(dated, row), true, "2026-11", "C1"},
		{"no progress columns", titled("2026年9月任务清单", []string{"任务名称", "责任单位", "备注"}, []string{"改造危房", "甲一村", "急"}), false, "2026-11", ""},
	}
	for _, k := range cases {
		m := newLedger(t)
		m.given = k.given
		p := m.planImport(k.book, "task")
		if p.Period != k.want || p.Counts().Update != 1 {
			t.Errorf("%s: period %s, want %s; %+v", k.name, p.Period, k.want, p.Counts())
		}
		cell := ""
		for _, q := range p.Problems {
			if q.Rule == rulePlanPeriod {
				cell = q.Cell
				if q.Level != model.Doubt || !strings.Contains(q.Message, "进展记在"+map[bool]string{true: "2026年11月", false: ""}[k.given]) {
					t.Errorf("%s: %+v", k.name, q)
				}
			}
		}
		if cell != k.cell {
			t.Errorf("%s: told at %q, want %q", k.name, cell, k.cell)
		}
		for _, rp := range p.Rows[0].Records {
			if rp.Ledger == "progress" && !slices.Contains(rp.Given, Given{"period", model.Text(string(k.want))}) {
				t.Errorf("%s: written for %v", k.name, rp.Given)
			}
		}
	}
}

func TestMonthIn(t *testing.T) {
	cases := []struct {
		words string
		year  int
		want  model.Month
	}{
		{"截至9月30日", 0, "2026-09"}, {"截至12月31日", 0, "2025-12"}, {"截至12月31日", 2026, "2026-12"},
		{"2026年1-9月", 0, "2026-09"}, {"1月至10月完成", 2025, "2025-10"}, {"2026年第1季度", 0, "2026-03"},
		{"13月", 0, ""}, {"6月底前", 2026, ""}, {"三个月", 2026, ""}, {"2026年", 0, ""}, {"", 0, ""},
	}
	for _, k := range cases {
		if got := monthIn(k.words, k.year, today); got != k.want {
			t.Errorf("%s: %s, want %s", k.words, got, k.want)
		}
	}
}

// TestPlanImport_YearOfTheTitle: 6月底前 in a list of 2026 is of 2026, also in
// November.
func TestPlanImport_YearOfTheTitle(t *testing.T) {
	due := func(title, words string) model.Day {
		m := newLedger(t)
		m.importBook(titled(title, []string{"任务名称", "责任单位", "完成时限"}, []string{"安装路灯", "甲一村", words}), "task")
		return m.named("安装路灯").Get("due").End
	}
	cases := []struct {
		title, words string
		want         model.Day
	}{
		{"2026年重点任务清单", "6月底前", "2026-06-30"},
		{"2026年重点任务清单", "一季度", "2026-03-31"},
		{"2026年重点任务清单", "12月", "2026-12-31"},
		{"2026年重点任务清单", "1月15日", "2026-01-15"},
		{"2025年重点任务清单", "年底前", "2025-12-31"},
		{"2026年9月重点任务清单", "6月底前", "2026-06-30"},
		{"2026年重点任务清单", "立行立改", today},
		{"2026年重点任务清单", "2027年3月", "2027-03-31"},
		{"2025—2027年重点任务清单", "6月底前", "2027-06-30"},
		{"重点任务清单", "6月底前", "2027-06-30"},
	}
	for _, k := range cases {
		if got := due(k.title, k.words); got != k.want {
			t.Errorf("%s %s: %s, want %s", k.title, k.words, got, k.want)
		}
	}
}
