package report

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
)

// compared are the columns of a monthly form.
func compared() []CompareColumn {
	c := model.NewCatalog(ledgers.All()...)
	task, progress := c.Ledger(ledgers.Task), c.Ledger(ledgers.Progress)
	return []CompareColumn{
		{"title", "事项", task.Field("title"), false}, {"due", "完成时限", task.Field("due"), false}, {"person", "责任人", task.Field("person"), false},
		{"progress.percent", "完成比例", progress.Field("percent"), true}, {"progress.done_qty", "已完成量", progress.Field("done_qty"), true},
		{"progress.text", "进展情况", progress.Field("text"), true},
	}
}

// snap is a row of September or November: due, person, percent, quantity and text.
func snap(day, due model.Day, person string, percent, qty int64, words string) *Snapshot {
	s := &Snapshot{Known: true, Day: day, Spoke: words != "", Values: map[string]model.Value{"title": model.Text("修路"), "due": model.OnDay(due),
		"person": model.Reference("", person), "progress.text": model.Text(words)}}
	if words != "" {
		s.Values["progress.percent"], s.Values["progress.done_qty"] = model.Int(percent), model.Int(qty)
	}
	return s
}

const (
	sept, nov = model.Day("2026-09-30"), model.Day("2026-11-30")
	far       = model.Day("2027-06-30")
)

func TestCompare(t *testing.T) {
	was := snap(sept, far, "张示例一", 6000, 40, "完成主渠开挖。")
	for name, tt := range map[string]struct {
		row  ComparedRow
		want []FindingKind
	}{
		"forward": {ComparedRow{Before: was, After: snap(nov, far, "张示例一", 7000, 50, "开始衬砌")}, []FindingKind{FoundChanged, FoundChanged, FoundChanged}},
		"back":    {ComparedRow{Before: was, After: snap(nov, far, "张示例一", 5000, 40, "返工")}, []FindingKind{FoundBackward, FoundChanged}},
		"fallen":  {ComparedRow{Before: was, After: snap(nov, far, "张示例一", 6000, 35, "核减")}, []FindingKind{FoundFallen, FoundChanged}},
		"same text": {ComparedRow{Before: was, After: snap(nov, far, "张示例一", 6000, 40, "完成 主渠开挖")},
			[]FindingKind{FoundSameText}},
		"moved":          {ComparedRow{Before: was, After: snap(nov, "2027-08-31", "张示例一", 6000, 40, "略")}, []FindingKind{FoundDue, FoundChanged}},
		"overdue":        {ComparedRow{Before: snap(sept, "2026-10-31", "", 1, 1, "一"), After: snap(nov, "2026-10-31", "", 1, 1, "二")}, []FindingKind{FoundOverdue, FoundChanged}},
		"overdue before": {ComparedRow{Before: snap(sept, "2026-08-31", "", 1, 1, "一"), After: snap(nov, "2026-08-31", "", 1, 1, "二")}, []FindingKind{FoundChanged}},
		"overdue but closed": {ComparedRow{Closed: true, Before: snap(sept, "2026-10-31", "", 1, 1, "一"), After: snap(nov, "2026-10-31", "", 1, 1, "二")},
			[]FindingKind{FoundChanged}},
		"person":        {ComparedRow{Before: was, After: snap(nov, far, "张示例二", 6000, 40, "略")}, []FindingKind{FoundPerson, FoundChanged}},
		"silent":        {ComparedRow{Answered: true, Before: was, After: snap(nov, far, "张示例一", 0, 0, "")}, []FindingKind{FoundSilent}},
		"not asked yet": {ComparedRow{Before: was, After: snap(nov, far, "张示例一", 0, 0, "")}, nil},
		"gone":          {ComparedRow{Before: was}, []FindingKind{FoundGone}},
		"closed":        {ComparedRow{Before: was, Closed: true}, nil},
		"new":           {ComparedRow{After: was}, []FindingKind{FoundNew}},
		"neither":       {ComparedRow{}, nil},
		"unknown then": {ComparedRow{Before: &Snapshot{Day: sept, Spoke: true, Values: was.Values}, After: snap(nov, "2026-10-31", "张示例二", 6000, 40, "略")},
			[]FindingKind{FoundChanged}},
	} {
		var got []FindingKind
		for _, f := range Compare(compared(), []ComparedRow{tt.row}) {
			got = append(got, f.Kind)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

// TestCompare_itself holds that a row compared with itself shows nothing but that its
// words are the same, and that swapping two periods turns back into forward.
func TestCompare_itself(t *testing.T) {
	aRow := func(t *rapid.T, name string) *Snapshot {
		return snap(nov, far, rapid.SampledFrom([]string{"", "张示例一", "张示例二"}).Draw(t, name), rapid.Int64Range(0, 10000).Draw(t, name),
			rapid.Int64Range(0, 99).Draw(t, name), rapid.SampledFrom([]string{"", "一", "二"}).Draw(t, name))
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := aRow(t, "a"), aRow(t, "b")
		for _, f := range Compare(compared(), []ComparedRow{{Before: a, After: a}}) {
			if f.Kind != FoundSameText {
				t.Fatalf("with itself: %+v", f)
			}
		}
		kinds := func(x, y *Snapshot) (n int) {
			for _, f := range Compare(compared(), []ComparedRow{{Before: x, After: y}}) {
				if f.Kind == FoundBackward {
					n++
				}
			}
			return n
		}
		if kinds(a, b)+kinds(b, a) > 1 {
			t.Fatalf("%+v and %+v are both behind one another", a, b)
		}
	})
}

func TestComparison_Workbook(t *testing.T) {
	rows := []ComparedRow{
		{ID: "1", Area: "青山村", Name: "修路", Before: snap(sept, far, "张示例一", 6000, 40, "一"), After: snap(nov, far, "张示例一", 5000, 40, "一")},
		{ID: "2", Area: "青山村", Name: "架桥", After: snap(nov, far, "", 0, 0, "")},
		{ID: "3", Area: "白石村", Name: "栽树", Before: snap(sept, far, "", 1, 1, "一")},
		{ID: "4", Area: "白石村", Name: "办结的", Closed: true, Before: snap(sept, far, "", 1, 1, "一")},
	}
	c := Comparison{Title: "甲镇任务进展月报环比", Unit: "甲镇", Period: "2026-11", With: "2026-09", Today: nov, At: time.Unix(1e9, 0), Columns: compared(),
		Rows: rows, Findings: Compare(compared(), rows)}
	out := c.Workbook()
	if out.Title != "甲镇任务进展月报环比（2026年11月比2026年9月）" || len(out.Sheets) != 2 {
		t.Fatalf("%s with %d sheets", out.Title, len(out.Sheets))
	}
	marked := out.Sheets[0]
	if len(marked.Rows) != 3+3+1 {
		t.Fatalf("%d rows", len(marked.Rows))
	}
	fill := func(row, col int) string { return marked.Rows[row-1].Cells[col-1].Style.Fill }
	if fill(4, 6) != fillChanged || fill(4, 4) != "" || fill(5, 3) != fillNew || fill(6, 3) != fillGone {
		t.Errorf("fills %q %q %q %q", fill(4, 6), fill(4, 4), fill(5, 3), fill(6, 3))
	}
	want := sheet.Comment{Row: 4, Col: 6, Text: "进度倒退\n上期：60"}
	if !slices.Contains(marked.Comments, want) {
		t.Errorf("comments %+v", marked.Comments)
	}
	if got := words(out.Sheets[1], 4); got != "1 进度倒退 青山村 修路 完成比例 60 50" {
		t.Errorf("list: %s", got)
	}
}
