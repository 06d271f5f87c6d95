package exchange

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

func TestReadReturn_Recognises(t *testing.T) {
	line := "填报单位：甲镇甲一村　　填报人：张示例二　　联系电话：13800000001　　填报时间：2026年11月20日"
	for name, w := range map[string]*workbook{
		"as it went out":      newLedger(t).issue(1).line(line),
		"hidden sheet gone":   newLedger(t).issue(1).line(line).withoutBase(),
		"all that was hidden": newLedger(t).issue(1).line(line).visibleOnly(),
	} {
		r := w.read("甲一村(1)(2).xlsx")
		s := r.Sender
		if r.Form().Key != "task_month" || r.Period != period1 || s.Area != areaID(1) || s.Name != "甲一村" {
			t.Errorf("%s: form %s, period %s, sender %+v", name, r.Form().Key, r.Period, s)
		}
		if s.Filler != "张示例二" || s.Phone != "13800000001" || s.StatedOn != "2026-11-20" {
			t.Errorf("%s: %+v", name, s)
		}
		if len(r.Rows) != 4 {
			t.Errorf("%s: %d rows", name, len(r.Rows))
		}
	}
}

// The 填报单位 line with its labels and values in cells of their own, as some
// programs leave it.
func TestReadReturn_LineInSeveralCells(t *testing.T) {
	w := newLedger(t).issue(1).visibleOnly()
	s := w.page()
	row := &s.Rows[formLineRow-1]
	row.Cells = nil
	for _, words := range []string{"填报单位：", "甲一村", "填报人：", "张示例二", "填报时间：", "2026年11月20日"} {
		row.Cells = append(row.Cells, sheet.TextCell(words, sheet.Style{}))
	}
	s.Merges = slices.DeleteFunc(s.Merges, func(m sheet.Range) bool { return m.R1 == formLineRow })
	if got := w.read("x.xlsx").Sender; got.Area != areaID(1) || got.Filler != "张示例二" || got.StatedOn != "2026-11-20" {
		t.Errorf("%+v", got)
	}
}

func TestReadReturn_SenderByName(t *testing.T) {
	blank := "填报单位：　　　　填报人："
	for _, c := range []struct {
		file, sheet, how string
	}{
		{"任务进展月报-甲二村（最终）.xlsx", "任务进展月报", "name"},
		{"甲镇甲二村.xlsx", "任务进展月报", "name"},
		{"表(1).xlsx", "甲二村", "name"},
	} {
		w := newLedger(t).issue(1).line(blank).visibleOnly()
		w.page().Name = c.sheet
		w.page().Rows[0].Cells[0].Text = "任务进展月报（2026年11月）"
		got := w.read(c.file).Sender
		if got.Area != areaID(2) || got.How != c.how {
			t.Errorf("%s: %+v", c.file, got)
		}
	}
}

func TestReadReturn_Refuses(t *testing.T) {
	untold := func(w *workbook) *workbook {
		w.line("填报单位：　　填报人：").visibleOnly()
		w.page().Rows[0].Cells[0].Text = "任务进展月报（2026年11月）"
		return w
	}
	newer := newLedger(t).issue(1)
	newer.out.Sheets[1].Rows[0].Cells[0].Text = strings.Replace(newer.out.Sheets[1].Rows[0].Cells[0].Text, `"version":1`, `"version":2`, 1)
	unknown := newLedger(t).issue(1)
	unknown.out.Sheets[1].Rows[0].Cells[0].Text = strings.Replace(unknown.out.Sheets[1].Rows[0].Cells[0].Text, `"form":"task_month"`, `"form":"gone"`, 1)
	noMonth := newLedger(t).issue(1).visibleOnly()
	noMonth.page().Rows[0].Cells[0].Text = "任务进展月报"
	noMonth.page().Name = "表"
	otherMonth := newLedger(t).issue(1)
	otherMonth.page().Rows[0].Cells[1].Text = "甲一村任务进展月报（2026年12月）"
	for name, c := range map[string]struct {
		w    *workbook
		code model.Code
	}{
		"another village's file":    {newLedger(t).issue(1).line("填报单位：甲二村　填报人："), model.CodeAmbiguous},
		"nobody named":              {untold(newLedger(t).issue(1)), model.CodeAmbiguous},
		"made by a newer program":   {newer, model.CodeNewer},
		"a form we do not have":     {unknown, model.CodeNotFound},
		"no month anywhere":         {noMonth, model.CodeAmbiguous},
		"last month's file used on": {otherMonth, model.CodeAmbiguous},
	} {
		r, err := ReadReturn(c.w.book(), c.w.m.readInput("表.xlsx"))
		if model.CodeOf(err) != c.code || r != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if msg := model.Sentence(err); !strings.Contains(msg, "表.xlsx") {
			t.Errorf("%s: the sentence names no file: %s", name, msg)
		}
	}
}

func TestReadReturn_ForeignBookIsNone(t *testing.T) {
	m := newLedger(t)
	out := &sheet.Out{Sheets: []sheet.OutSheet{{Name: "表", Rows: []sheet.OutRow{
		{Cells: []sheet.OutCell{sheet.TextCell("姓名", sheet.Style{}), sheet.TextCell("电话", sheet.Style{})}},
		{Cells: []sheet.OutCell{sheet.TextCell("张示例一", sheet.Style{}), sheet.TextCell("13800000001", sheet.Style{})}},
	}}}}
	r, err := ReadReturn((&workbook{m: m, out: out}).book(), m.readInput("x.xlsx"))
	if r != nil || err != nil {
		t.Errorf("%v, %v", r, err)
	}
}

// Columns are known by their hidden paths wherever they stand and whatever they
// are called; one the village added is named, not dropped in silence.
func TestReadReturn_ColumnsMovedRenamedAdded(t *testing.T) {
	w := newLedger(t).issue(1)
	w.set("改造危房", "progress.text", "完成2户").moveCol("progress.text", 3).rename("progress.text", "说说进度").insertCol("due", "组长", "张示例三")
	r := w.read("x.xlsx")
	if got := r.Rows[1].Cells["progress.text"].Value.Text; got != "完成2户" {
		t.Errorf("progress %q", got)
	}
	if got := r.Rows[1].Cells["title"].Value.Text; got != "改造危房" {
		t.Errorf("title %q", got)
	}
	if !slices.ContainsFunc(r.Warnings, func(s string) bool { return strings.Contains(s, "组长") }) {
		t.Errorf("warnings %q", r.Warnings)
	}
}

// code is the 回执码 of what is taken of a workbook.
func code(w *workbook) string { return w.plan("a.xlsx").ReceiptCode }

func TestReturn_FingerprintAndReceipt(t *testing.T) {
	fill := func() *workbook {
		return newLedger(t).issue(1).set("改造危房", "progress.text", "完成2户").set("改造危房", "progress.percent", "40")
	}
	plain := fill().read("a.xlsx")
	for name, w := range map[string]*workbook{
		"saved again":   fill().saved(59),
		"sorted":        fill().reverse(true),
		"columns moved": fill().moveCol("progress.text", 3),
	} {
		r := w.read("b.xlsx")
		if r.Fingerprint() != plain.Fingerprint() || code(w) != code(fill()) {
			t.Errorf("%s: the content is the same", name)
		}
	}
	other := fill().set("改造危房", "progress.text", "完成3户").read("a.xlsx")
	if other.Fingerprint() == plain.Fingerprint() || code(fill().set("改造危房", "progress.text", "完成3户")) == code(fill()) {
		t.Error("other figures need another code")
	}
	stated := fill().line("填报单位：甲一村　填报时间：2026年11月21日")
	if stated.read("a.xlsx").Fingerprint() == plain.Fingerprint() || code(stated) != code(fill()) {
		t.Error("填报时间 is part of the content, not of the figures")
	}
	if c := code(fill()); len(c) != 6 || strings.ContainsAny(c, "0O1I") || strings.Trim(c, receiptAlphabet) != "" {
		t.Errorf("code %q", c)
	}
}

func TestBuildReceipt(t *testing.T) {
	out, err := BuildReceipt(ReceiptInput{Code: "ABCDEF", Area: "甲一村", Form: "任务进展月报", Period: period1, From: "甲镇",
		Status: "已并入", Counts: Counts{Update: 3, Conflict: 1}, At: issuedAt})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, r := range out.Sheets[0].Rows {
		for _, c := range r.Cells {
			all = append(all, c.Text)
		}
	}
	for _, want := range []string{"ABCDEF", "甲一村", "2026年11月", "已并入"} {
		if !slices.Contains(all, want) {
			t.Errorf("the receipt does not say %s: %q", want, all)
		}
	}
}

func TestReadReturn_SheetRenamedAndOthersBeside(t *testing.T) {
	m := newLedger(t)
	w := m.issue(1).set("改造危房", "progress.text", "完成2户")
	other := m.issue(1).page()
	other.Name = "副本"
	w.page().Name = "本月上报"
	w.out.Sheets = append(w.out.Sheets, *other, sheet.OutSheet{Name: "说明", Rows: []sheet.OutRow{{Cells: []sheet.OutCell{sheet.TextCell("请看这里", sheet.Style{})}}}})
	r := w.read("x.xlsx")
	if r.Sheet != "本月上报" || r.Rows[1].Cells["progress.text"].Value.Text != "完成2户" {
		t.Errorf("%s %+v", r.Sheet, r.Rows[1])
	}
	if p := w.plan("x.xlsx"); !tells(p, ruleSecondSheet, model.Fault) || !strings.Contains(strings.Join(faults(p), ""), "副本") {
		t.Errorf("the other sheet was left out in silence: %q", p.Problems)
	}
}

// Sums, notes, headings and signatures among the rows are none of the rows.
func TestReadReturn_SkipsWhatIsNoRow(t *testing.T) {
	m := newLedger(t)
	w := m.issue(1).set("改造危房", "progress.text", "完成2户")
	at := firstData + 4
	for n, words := range []string{"合计", "注：本表按月报送"} {
		row := sheet.OutRow{Cells: []sheet.OutCell{{}, sheet.TextCell(words, sheet.Style{})}}
		row.Cells = append(row.Cells, sheet.OutCell{}, sheet.OutCell{}, sheet.NumberCell("4", sheet.Style{}))
		w.page().Rows = slices.Insert(w.page().Rows, at+n, row)
		w.shiftMerges(at+n, 1)
	}
	if r := w.read("x.xlsx"); len(r.Rows) != 4 {
		t.Errorf("%d rows: %+v", len(r.Rows), r.Rows[4:])
	}
}

// A text merged down over several rows is each row's.
func TestReadReturn_MergedDown(t *testing.T) {
	m := newLedger(t)
	w := m.issue(1).set("硬化通组路", "progress.problem", "缺资金")
	col := w.col("progress.problem") + 1
	w.page().Merges = append(w.page().Merges, sheet.Range{R1: firstData + 1, C1: col, R2: firstData + 2, C2: col})
	w.set("改造危房", "progress.text", "完成2户").set("硬化通组路", "progress.text", "完成1公里")
	w.collect()
	if m.progress(1, "problem") != "缺资金" || m.progress(2, "problem") != "缺资金" || m.progress(3, "problem") != "" {
		t.Errorf("\n%s", m.state())
	}
}

// A column taken out states nothing, a base value stands.
func TestReadReturn_ColumnRemoved(t *testing.T) {
	m := newLedger(t)
	m.issue(1).set("改造危房", "progress.problem", "缺资金").set("改造危房", "progress.text", "完成1户").collect()
	w := m.issue(1).set("改造危房", "progress.text", "完成2户")
	w.forgetLayout()
	at := w.col("progress.problem")
	for i := formPathRow - 1; i < firstData+w.sent+2; i++ {
		w.page().Rows[i].Cells = slices.Delete(w.page().Rows[i].Cells, at, at+1)
	}
	w.saved(5).collect()
	if m.progress(2, "problem") != "缺资金" || m.progress(2, "text") != "完成2户" {
		t.Errorf("problem %q, text %q", m.progress(2, "problem"), m.progress(2, "text"))
	}
}

// What LibreOffice saves again is the same return; it stands for WPS.
func TestReadReturn_SavedAgainByLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil || testing.Short() {
		t.Skip("needs LibreOffice")
	}
	m := newLedger(t)
	w := m.issue(1).set("改造危房", "progress.text", "完成2户").set("改造危房", "progress.percent", "40").set("改造危房", "progress.finished", "否")
	dir := t.TempDir() + "/台 账"
	path := dir + "/甲一村.xlsx"
	if err := sheet.Write(path, w.out); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(office, "-env:UserInstallation=file://"+t.TempDir(), "--headless", "--convert-to", "xlsx", "--outdir", dir+"/再存", path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	again, err := sheet.Open(dir + "/再存/甲一村.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	r, err := ReadReturn(again, m.readInput("甲一村.xlsx"))
	if err != nil || r == nil {
		t.Fatalf("%v %v", r, err)
	}
	if !r.hasBase || len(r.Warnings) > 0 || r.Fingerprint() != w.read("甲一村.xlsx").Fingerprint() {
		t.Errorf("base %v, warnings %q, rows %+v", r.hasBase, r.Warnings, r.Rows)
	}
}
