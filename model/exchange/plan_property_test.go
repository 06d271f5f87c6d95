package exchange

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

// typed is what villages write into a column: blank, alike, different, wrong.
var typed = map[Path][]string{
	"person":             {"", "张示例一", "张示例五", "张示例六"},
	"progress.text":      {"", "完成2户", "完成3户"},
	"progress.percent":   {"", "40", "60", "140"},
	"progress.problem":   {"", "无", "缺资金"},
	"progress.finished":  {"", "是", "否"},
	"progress.extend_to": {"", "2027年1月底前", "不知道"},
}

var titles = []string{"硬化通组路", "改造危房", "整治人居环境", "培育示范户"}

// fillAtRandom fills one return as people do, right and wrong.
func fillAtRandom(t *rapid.T, w *workbook) {
	for range rapid.IntRange(0, 6).Draw(t, "cells") {
		p := rapid.SampledFrom(slices.Sorted(maps.Keys(typed))).Draw(t, "path")
		w.set(rapid.SampledFrom(titles).Draw(t, "title"), p, rapid.SampledFrom(typed[p]).Draw(t, "words"))
	}
	if rapid.IntRange(0, 3).Draw(t, "adds") == 0 {
		w.free(0, map[Path]string{"title": rapid.SampledFrom([]string{"安装路灯", "修水渠"}).Draw(t, "new"),
			"due": rapid.SampledFrom([]string{"", "2026年12月底前", "2027年3月底前"}).Draw(t, "due")})
	}
	if rapid.IntRange(0, 4).Draw(t, "stated") == 0 {
		w.line("填报单位：　填报人：张示例二　填报时间：" + rapid.SampledFrom([]string{"2026年11月20日", "2026年11月21日"}).Draw(t, "on"))
	}
	switch minute := rapid.IntRange(0, 3).Draw(t, "saved"); minute {
	case 0: // as equal as two copies of the same form
	default:
		w.saved(minute)
	}
	mangle(t, w)
	if rapid.IntRange(0, 5).Draw(t, "copied") == 0 {
		w.duplicate("改造危房")
	}
}

// mangle does to a sheet what people do to sheets.
func mangle(t *rapid.T, w *workbook) {
	switch rapid.IntRange(0, 5).Draw(t, "mangled") {
	case 0:
		w.reverse(true)
	case 1:
		w.reverse(false)
	case 2:
		w.moveCol("progress.text", 3)
	case 3:
		w.insertCol("due", "组长", "张示例三")
	case 4:
		w.remove("培育示范户")
	}
}

func TestPlanReturn_AnyOrderGivesTheSame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := newLedger(t)
		var books []*workbook
		for v := 1; v <= 3; v++ {
			form := m.issueAll(v)
			form.quick = true
			for range rapid.IntRange(0, 2).Draw(rt, "versions") {
				w := form.clone()
				fillAtRandom(rt, w)
				books = append(books, w)
			}
		}
		edit := rapid.SampledFrom([]string{"", "张示例五", "张示例九"}).Draw(rt, "edited here")
		one, other := ledgerEdited(t, edit), ledgerEdited(t, edit)
		for _, w := range books {
			w.m = one
			w.collect()
		}
		for _, w := range rapid.Permutation(books).Draw(rt, "order") {
			w.m = other
			w.collect()
		}
		if a, b := undated(one.state()), undated(other.state()); a != b {
			rt.Fatalf("one order:\n%s\nanother:\n%s", a, b)
		}
		before := one.state()
		for _, w := range books {
			w.m = one
			if p := w.collect(); p.Repeat == "" {
				rt.Fatal("the same file again is not known")
			}
		}
		if one.state() != before {
			rt.Fatal("the same files again changed something")
		}
	})
}

// undated leaves out the day of the report: where a return does not state it, it
// is the day on which the copy taken in first was saved.
func undated(state string) string {
	return regexp.MustCompile(` reported_on=\S*`).ReplaceAllString(state, "")
}

// ledgerEdited is the ledger after somebody in the township typed a name.
func ledgerEdited(t *testing.T, person string) *memLedger {
	m := newLedger(t)
	if person != "" {
		m.records["task"][taskID(2)].Put("person", model.Reference("", person))
	}
	return m
}

// A form that went out and came back untouched says nothing, whatever stands in it.
func TestPlanReturn_UntouchedSaysNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := newLedger(t)
		percent := rapid.Int64Range(0, 10000).Draw(rt, "percent")
		m.put("progress", ChildID(taskID(2), "progress", period1.Month()), areaID(1), map[string]model.Value{
			"task": model.Reference(taskID(2), "改造危房"), "period": model.Text(string(period1)),
			"percent": model.Int(percent), "done_qty": model.Int(rapid.Int64Range(-1e15, 1e15).Draw(rt, "quantity")),
			"text":      model.Text(rapid.SampledFrom([]string{"完成2户", "=1+1", "'0012", "第一行\n第二行", "２０２６"}).Draw(rt, "text")),
			"extend_to": model.Date(model.DateWords{Text: rapid.SampledFrom([]string{"6月底前", "长期坚持", "说不准"}).Draw(rt, "date")}),
		})
		m.records["task"][taskID(2)].Derived = map[string]model.Value{"percent": model.Int(percent)}
		w := m.issue(1)
		w.quick = true
		mangle(rt, w)
		before := m.state()
		p := w.plan("x.xlsx")
		if c := p.Counts(); c.Update+c.Cleared+c.Conflict+c.Problem > 0 {
			rt.Fatalf("%+v %v", c, p.Problems)
		}
		if m.state() != before {
			rt.Fatal("planning has changed the ledger")
		}
	})
}

// No workbook makes reading panic, whatever its cells say.
func FuzzReadReturn(f *testing.F) {
	var b bytes.Buffer
	if err := sheet.Encode(&b, newLedger(f).issue(1).out); err != nil {
		f.Fatal(err)
	}
	f.Add("改造危房", "40", "#id", 3, 0)
	f.Add("填报单位：甲二村", "本月无", "progress.text", 2, 1)
	f.Fuzz(func(t *testing.T, one, two, three string, row, col int) {
		w := newLedger(t).issue(1)
		for i, words := range []string{one, two, three} {
			cells := w.page().Rows[abs(row+i)%len(w.page().Rows)].Cells
			cells[abs(col)%len(cells)].Text = words
			cells[abs(col)%len(cells)].Kind = sheet.Text
		}
		w.quick = true
		book := w.book()
		r, err := ReadReturn(book, w.m.readInput("x.xlsx"))
		if err != nil || r == nil {
			return
		}
		if _, err := PlanReturn(r, w.m, w.m.env()); err != nil {
			t.Fatal(err)
		}
	})
}

func abs(n int) int { return max(n, -n, 0) }
