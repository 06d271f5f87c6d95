package exchange

import (
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
)

// swapVisible swaps two columns as people see them; the hidden paths stay.
func (w *workbook) swapVisible(a, b Path) *workbook {
	w.forgetLayout()
	x, y := w.col(a), w.col(b)
	for i := formHeaderRow - 1; i < firstData+w.sent+2; i++ {
		cells := w.page().Rows[i].Cells
		cells[x], cells[y] = cells[y], cells[x]
	}
	return w
}

// forgetPath clears a column's cell in the hidden path row.
func (w *workbook) forgetPath(p Path) *workbook {
	w.page().Rows[formPathRow-1].Cells[w.col(p)] = sheet.OutCell{}
	return w
}

// answered is a form in which one row has a progress and a problem.
func answered(m *memLedger) *workbook {
	return m.issue(1).set("改造危房", "progress.text", "完成2户").set("改造危房", "progress.problem", "缺资金").set("改造危房", "progress.next_step", "继续")
}

func (w *workbook) saveAsIs() *workbook { return w }

func tellsOf(p *Plan, rule string, words ...string) bool {
	return slices.ContainsFunc(p.Problems, func(q model.Problem) bool {
		return q.Rule == rule && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(q.Message, w) })
	})
}

func warns(p *Plan, words string) bool {
	return slices.ContainsFunc(p.Warnings, func(s string) bool { return strings.Contains(s, words) })
}

func TestJudgeColumns_SwappedColumnsAreBothHeld(t *testing.T) {
	m := newLedger(t)
	p := answered(m).swapVisible("progress.text", "progress.problem").collect()
	if m.progress(2, "text") != "" || m.progress(2, "problem") != "" || m.progress(2, "next_step") != "继续" {
		t.Errorf("text %q, problem %q", m.progress(2, "text"), m.progress(2, "problem"))
	}
	if !tellsOf(p, ruleSwappedColumn, "表头与隐藏标识不一致", "存在问题", "进展情况") || len(faults(p)) != 2 || p.Problems[0].Cell == "" {
		t.Errorf("%v", p.Problems)
	}
	m = newLedger(t)
	if p = m.issue(1).rename("progress.problem", "工作进展情况").set("改造危房", "progress.problem", "缺资金").collect(); !tells(p, ruleSwappedColumn, model.Fault) || p.Empty || p.Zero {
		t.Errorf("a synonym of another column: %v, empty %v", p.Problems, p.Empty)
	}
}

func TestJudgeColumns_Renamed(t *testing.T) {
	for header, level := range map[string]model.Severity{
		"目前进展": "", "进展情况（请详细填写）": "", "进展情况说明": "", "组长": model.Doubt,
	} {
		m := newLedger(t)
		p := answered(m).rename("progress.text", header).collect()
		if m.progress(2, "text") != "完成2户" || tells(p, ruleRenamedColumn, model.Doubt) != (level == model.Doubt) || len(faults(p)) > 0 {
			t.Errorf("%s: %q, %v", header, m.progress(2, "text"), p.Problems)
		}
	}
}

func TestJudgeColumns_UnknownColumns(t *testing.T) {
	t.Run("one of the village's own", func(t *testing.T) {
		m := newLedger(t)
		p := m.issue(1).insertCol("due", "组长", "张示例三").collect()
		if !warns(p, "组长") || len(faults(p)) > 0 || p.Empty {
			t.Errorf("%q, %v, empty %v", p.Warnings, p.Problems, p.Empty)
		}
	})
	t.Run("path cleared and header renamed", func(t *testing.T) {
		m := newLedger(t)
		p := answered(m).rename("progress.problem", "困难").forgetPath("progress.problem").collect()
		if !tellsOf(p, ruleUnknownColumn, "困难", "存在问题") || m.progress(2, "problem") != "" || m.progress(2, "text") != "完成2户" {
			t.Errorf("%v", p.Problems)
		}
	})
	t.Run("path cleared, header in place", func(t *testing.T) {
		m := newLedger(t)
		p := answered(m).forgetPath("progress.problem").collect()
		if m.progress(2, "problem") != "缺资金" || len(faults(p)) > 0 || !warns(p, "存在问题") {
			t.Errorf("%q, %v", m.progress(2, "problem"), p.Problems)
		}
	})
	t.Run("all hidden rows gone and headers renamed", func(t *testing.T) {
		m := newLedger(t)
		w := answered(m).set("改造危房", "progress.percent", "40").rename("progress.percent", "完成率").rename("progress.problem", "困难问题")
		p := w.visibleOnly().collect()
		if m.progress(2, "percent") != "40" || m.progress(2, "problem") != "" || !tellsOf(p, ruleUnknownColumn, "困难问题", "存在问题") {
			t.Errorf("percent %q, %v", m.progress(2, "percent"), p.Problems)
		}
	})
	t.Run("nothing this month, and more", func(t *testing.T) {
		w := newLedger(t).issue(1).set("硬化通组路", "progress.text", "本月无").insertCol("due", "组长", "张示例三")
		if p := w.plan("x.xlsx"); p.Zero || p.Empty {
			t.Errorf("zero %v, empty %v", p.Zero, p.Empty)
		}
	})
	t.Run("entries under unknown headers only", func(t *testing.T) {
		m := newLedger(t)
		blank := m.issue(1)
		w := blank.clone().set("改造危房", "progress.problem", "缺资金").rename("progress.problem", "困难").forgetPath("progress.problem")
		blank.collect()
		p := w.collect()
		if p.Empty || p.Zero || p.Repeat != "" || len(faults(p)) != 1 {
			t.Errorf("empty %v, zero %v, repeat %q, %v", p.Empty, p.Zero, p.Repeat, p.Problems)
		}
	})
}

// Two columns of one path are no way of saying which counts; an empty copy is
// left out.
func TestJudgeColumns_ColumnTwice(t *testing.T) {
	twin := func(m *memLedger, words string) *workbook {
		w := answered(m).insertCol("progress.text", "进展情况", words)
		w.page().Rows[formPathRow-1].Cells[w.col("progress.text")-1] = sheet.TextCell("progress.text", sheet.Style{})
		return w
	}
	m := newLedger(t)
	if p := twin(m, "别的话").collect(); m.progress(2, "text") != "" || !tells(p, ruleTwinColumn, model.Fault) {
		t.Errorf("%q, %v", m.progress(2, "text"), p.Problems)
	}
	m = newLedger(t)
	if p := twin(m, "").collect(); m.progress(2, "text") != "完成2户" || len(faults(p)) > 0 {
		t.Errorf("%q, %v", m.progress(2, "text"), p.Problems)
	}
}

// The column that this program adds to a file that it gives back is no column of
// the village's.
func TestJudgeColumns_OurOwnNotes(t *testing.T) {
	for name, header := range map[string]string{"its header": "问题", "a finding on the header": "错误：表头不对。"} {
		m := newLedger(t)
		w := m.issue(1)
		rows := w.page().Rows
		rows[formHeaderRow-1].Cells = append(rows[formHeaderRow-1].Cells, sheet.TextCell(header, sheet.Style{}))
		rows[firstData].Cells = append(rows[firstData].Cells, sheet.TextCell("疑点：请核对。\n错误：不是数。", sheet.Style{}))
		if p := w.collect(); len(p.Warnings) > 0 || !p.Empty {
			t.Errorf("%s: %q, empty %v", name, p.Warnings, p.Empty)
		}
	}
}

func TestReadReturn_SecondSheet(t *testing.T) {
	m := newLedger(t)
	w := m.issue(1)
	w.collect()
	other := *answered(m).page()
	other.Name = "副本"
	w.out.Sheets = append(w.out.Sheets, other)
	if p := w.collect(); !tells(p, ruleSecondSheet, model.Fault) || p.Empty || p.Repeat != "" {
		t.Errorf("%v, empty %v, repeat %q", p.Problems, p.Empty, p.Repeat)
	}
}

// A second sheet without its hidden rows is one by its headers.
func TestReadReturn_SecondSheetByHeaders(t *testing.T) {
	m := newLedger(t)
	other := *answered(m).visibleOnly().page()
	other.Name = "副本"
	for name, w := range map[string]*workbook{"beside hidden paths": m.issue(1), "beside plain headers": m.issue(1).visibleOnly()} {
		w.out.Sheets = append(w.out.Sheets, other)
		if p := w.plan("x.xlsx"); !tellsOf(p, ruleSecondSheet, "副本") {
			t.Errorf("%s: %v", name, p.Problems)
		}
	}
}

// A blank row above the header, or no header at all, costs no row.
func TestReadReturn_HeaderMovedOrGone(t *testing.T) {
	at := formHeaderRow - 1
	for name, change := range map[string]func(*workbook){
		"line above": func(w *workbook) {
			w.page().Rows = slices.Insert(w.page().Rows, at, sheet.OutRow{})
			w.shiftMerges(at, 1)
		},
		"note above": func(w *workbook) {
			w.page().Rows = slices.Insert(w.page().Rows, at, sheet.OutRow{Cells: []sheet.OutCell{{}, sheet.TextCell("请认真填写", sheet.Style{})}})
			w.shiftMerges(at, 1)
		},
		"gone": func(w *workbook) {
			w.page().Rows = slices.Delete(w.page().Rows, at, at+1)
			w.shiftMerges(at, -1)
		},
	} {
		m := newLedger(t)
		w := answered(m).set("硬化通组路", "progress.text", "完成1公里")
		w.forgetLayout()
		change(w)
		p := w.collect()
		if m.progress(1, "text") != "完成1公里" || m.progress(2, "text") != "完成2户" || len(m.records["task"]) != 4 || len(p.Problems) > 0 {
			t.Errorf("%s: %v\n%s", name, p.Problems, m.state())
		}
	}
}

func TestReadReturn_HiddenSheetGoneIsTold(t *testing.T) {
	if r := answered(newLedger(t)).withoutBase().read("x.xlsx"); !slices.ContainsFunc(r.Warnings, func(s string) bool { return strings.Contains(s, "原值没有带回来") }) {
		t.Errorf("%q", r.Warnings)
	}
}

func TestPlanReturn_RowPastedOverIsHeldWhole(t *testing.T) {
	for name, c := range map[string]struct {
		cells map[Path]string
		held  bool
	}{
		"another unit":           {map[Path]string{"unit": "甲二村"}, true},
		"two guards":             {map[Path]string{"title": "改造危旧房", "due": "2027年6月底前"}, true},
		"one guard":              {map[Path]string{"due": "2027年6月底前"}, false},
		"blanks change nothing":  {map[Path]string{"unit": " 甲一 村", "title": "改造　危房"}, false},
		"an emptied guard is so": {map[Path]string{"unit": "", "due": ""}, false},
	} {
		for back, lose := range map[string]func(*workbook) *workbook{
			"whole": (*workbook).saveAsIs, "without the hidden sheet": (*workbook).withoutBase,
		} {
			m := newLedger(t)
			w := m.issue(1).set("改造危房", "progress.text", "完成2户")
			at := w.row("改造危房")
			for p, words := range c.cells {
				w.at(at, p, words)
			}
			p := lose(w).collect()
			if held := m.progress(2, "text") == ""; held != c.held || tells(p, rulePastedRow, model.Fault) != c.held {
				t.Errorf("%s, %s: held %v, %v", name, back, held, p.Problems)
			}
		}
	}
}

// Without its id a row is told by its name, and then compared just so.
func TestPlanReturn_RowPastedOverWithoutID(t *testing.T) {
	m := newLedger(t)
	p := m.issue(1).set("改造危房", "progress.text", "完成2户").set("改造危房", "unit", "甲二村").withoutIDs().collect()
	if m.progress(2, "text") != "" || !tells(p, rulePastedRow, model.Fault) {
		t.Errorf("%v", p.Problems)
	}
}

// A value held back and corrected to another that is held back is no repeat.
func TestPlanReturn_HeldValueIsNoRepeat(t *testing.T) {
	m := newLedger(t)
	m.issue(1).set("改造危房", "progress.percent", "快了").collect()
	if p := m.issueAsOf(newLedger(t), 1).set("改造危房", "progress.percent", "还早").collect(); p.Repeat != "" || len(faults(p)) == 0 {
		t.Errorf("repeat %q, %v", p.Repeat, p.Problems)
	}
}

// Sums typed into free rows and the header written once more are no items.
func TestReadReturn_FreeRowsThatAreNone(t *testing.T) {
	for _, words := range []string{"合计", "小计", "总计", "合　计"} {
		m := newLedger(t)
		p := m.issue(1).free(0, map[Path]string{"title": words, "progress.done_qty": "12"}).collect()
		if len(m.records["task"]) != 4 || !warns(p, "合计") {
			t.Errorf("%s became an item: %q", words, p.Warnings)
		}
	}
	m := newLedger(t)
	w := m.issue(1).set("改造危房", "progress.text", "完成2户")
	head := w.page().Rows[formHeaderRow-1].Cells
	for i := 1; i < len(head); i++ {
		w.page().Rows[firstData+4].Cells[i] = sheet.TextCell(head[i].Text, sheet.Style{})
	}
	w.forgetLayout()
	if p := w.collect(); len(p.Rows) != 4 || len(m.records["task"]) != 4 || len(p.Problems) > 0 {
		t.Errorf("the header is no item: %v", p.Problems)
	}
}

func TestReadReturn_HiddenRows(t *testing.T) {
	m := newLedger(t)
	w := m.issue(1).set("改造危房", "progress.text", "完成2户")
	w.page().Rows[w.row("改造危房")].Hidden = true
	w.page().Rows[w.row("硬化通组路")].Hidden = true
	if p := w.collect(); !warns(p, "第 6 行被隐藏") || m.progress(2, "text") != "完成2户" {
		t.Errorf("%q", p.Warnings)
	}
}

func TestPlanReturn_NewRowOfAnotherUnit(t *testing.T) {
	m := newLedger(t)
	m.put(ledgers.Area, areaID(9), areaID(9), map[string]model.Value{"name": model.Text("甲一村一组"), "parent": model.Reference(areaID(1), "甲一村")})
	for unit, asked := range map[string]bool{"甲二村": true, "甲一村": false, "甲一村一组": false, "": false} {
		p := m.issue(1).free(0, map[Path]string{"title": "安装路灯", "unit": unit}).plan("x.xlsx")
		if tells(p, rulePlanUnit, model.Doubt) != asked {
			t.Errorf("%q: %v", unit, p.Problems)
		}
	}
}

func TestPlanReturn_ExtensionThatIsNone(t *testing.T) {
	for words, asked := range map[string]bool{"2026年11月30日": true, "2026年12月2日": true, "2026年12月20日": false} {
		m := newLedger(t)
		p := m.issue(1).set("改造危房", "progress.extend_to", words).collect()
		if tells(p, rulePlanExtend, model.Doubt) != asked || m.progress(2, "extend_to") == "" {
			t.Errorf("%s: %v", words, p.Problems)
		}
	}
}

// The code stands for what was accepted: what was held back plays no part.
func TestPlan_ReceiptCode(t *testing.T) {
	fill := func() *workbook { return newLedger(t).issue(1).set("改造危房", "progress.text", "完成2户") }
	plain := code(fill())
	held := fill().set("改造危房", "progress.percent", "140")
	if code(held) != plain {
		t.Error("a value held back is part of the code")
	}
	over := func(words string) *workbook {
		return fill().set("整治人居环境", "progress.text", words).set("整治人居环境", "unit", "甲二村")
	}
	if code(over("完成")) != code(over("没有")) || code(over("完成")) == plain {
		t.Error("a row held back is part of the code")
	}
	if a, b := fill().free(0, map[Path]string{"progress.text": "没有名称"}), fill().free(1, map[Path]string{"progress.text": "也没有"}); code(a) != plain || code(b) != plain {
		t.Error("a row refused is part of the code")
	}
	if code(fill().set("整治人居环境", "progress.text", "完成")) == plain {
		t.Error("an accepted row is no part of the code")
	}
}
