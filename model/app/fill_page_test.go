package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/fill"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
)

// TestSeeFill_ShowsWhatFillWrites: what is shown as filled is, cell by cell, what the
// file has then.
func TestSeeFill_ShowsWhatFillWrites(t *testing.T) {
	a := demoLedger(t)
	d := mustDraft(t, a, foreignTable(t, []string{"重点工作清单"}, []string{"序号", "任务名称", "责任单位", "完成时限"}, make([]string, 4), append([]string{"合计"}, make([]string, 3)...)))
	seen, err := a.SeeFill(t.Context(), FillRequest{Draft: d})
	if err != nil || seen.Refused != "" {
		t.Fatal(err, seen.Refused)
	}
	to := filepath.Join(t.TempDir(), "填 好.xlsx")
	done, err := a.Fill(t.Context(), FillRequest{Draft: d, Out: to})
	if err != nil {
		t.Fatal(err)
	}
	book, err := sheet.Open(to)
	if err != nil {
		t.Fatal(err)
	}
	shown := seen.Filled[0]
	rows, cols := shown.Sheet.Extent()
	for row := 1; row <= rows; row++ {
		for col := 1; col <= cols; col++ {
			if got, want := shown.Sheet.At(row, col).Text, seenWords(book.Sheets[0].Cell(row, col), book.Date1904); got != want {
				t.Fatalf("%s shows %q, the file has %q", sheet.CellName(row, col), got, want)
			}
		}
	}
	if n := done.Tables[0].Rows; shown.Table.DataLast-shown.Table.DataFirst+1 != n || len(shown.Table.Totals)+len(shown.Table.Skipped) == 0 {
		t.Errorf("%d rows, the table shows %d to %d", n, shown.Table.DataFirst, shown.Table.DataLast)
	}
	if c := shown.Cells["B3"]; c == nil || c.Record == "" || seen.Blank[0].Cells["B3"] != nil {
		t.Errorf("B3 is %+v", c)
	}
}

// TestSeeFill_KnowsItsOwnPlaces: below a table that grows, places are known by where
// they stood.
func TestSeeFill_KnowsItsOwnPlaces(t *testing.T) {
	a := demoLedger(t)
	empty := make([]string, 4)
	d := mustDraft(t, a, foreignTable(t,
		[]string{"甲表"}, []string{"序号", "任务名称", "责任单位", "完成时限"}, empty, empty, append([]string{"合计"}, make([]string, 3)...),
		[]string{""}, []string{"乙表"}, []string{"序号", "任务名称", "责任人", "办理状态"}, empty, append([]string{"合计"}, make([]string, 3)...)))
	if len(d.Tables) != 2 {
		t.Fatalf("read as %d tables", len(d.Tables))
	}
	seen, err := a.SeeFill(t.Context(), FillRequest{Draft: d})
	if err != nil || seen.Refused != "" {
		t.Fatal(err, seen.Refused)
	}
	second := seen.Filled[1]
	first := sheet.CellName(second.Table.DataFirst, 2)
	if c := second.Cells[first]; c == nil || c.Cell != second.Own(first) || second.Sheet.At(second.Table.DataFirst, 2).Text != c.Words {
		t.Errorf("%s is %+v", first, c)
	}
}

// TestSeeFill_Masks: what is sensitive is not shown before it is confirmed.
func TestSeeFill_Masks(t *testing.T) {
	a := demoLedger(t)
	h := mustDraft(t, a, foreignTable(t, []string{"名单"}, []string{"序号", "户主姓名", "户主证件号码", "家庭人口"}, make([]string, 4)))
	houses, err := a.SeeFill(t.Context(), FillRequest{Draft: h})
	if err != nil {
		t.Fatal(err)
	}
	masked := 0
	for i, c := range houses.Tables[0].Columns {
		if sensitive(c) {
			masked++
			if got := houses.Filled[0].Sheet.At(3, c.Col).Text; !strings.Contains(got, "*") {
				t.Errorf("column %d shows %q", i, got)
			}
		}
	}
	if masked != 1 {
		t.Errorf("%d sensitive columns", masked)
	}
}

func TestFillDraft_PutRight(t *testing.T) {
	a := demoLedger(t)
	d := mustDraft(t, a, foreignTable(t, []string{"清单"}, []string{"序号", "任务名称", "责任单位", "完成时限"}, []string{"", "请按台账填写", "", ""}, make([]string, 4), make([]string, 4), append([]string{"合计"}, make([]string, 3)...)))
	at, err := d.WithHeader(0, 2, 2)
	if err != nil || at == d || at.Tables[0].HeaderFirst != 2 {
		t.Fatalf("%+v (%v)", at, err)
	}
	five, err := at.WithFirst(0, 5)
	if err != nil || five.Tables[0].First != 5 || five.Tables[0].Mode != fill.Rows || at.Tables[0].First == 5 {
		t.Fatalf("%+v (%v)", five.Tables[0], err)
	}
	for name, row := range map[string]int{"words": 3, "the head": 2, "a sum": 6} {
		if _, err := at.WithFirst(0, row); model.CodeOf(err) != model.CodeUsage {
			t.Errorf("%s takes records: %v", name, err)
		}
	}
	if _, err := d.WithHeader(0, 40, 41); model.CodeOf(err) != model.CodeUsage {
		t.Errorf("rows without words are a header: %v", err)
	}
}

// TestFillSensitive_OnceForTableAndPeriod: what was filled once is not asked about
// again, but for the next period.
func TestFillSensitive_OnceForTableAndPeriod(t *testing.T) {
	a := demoLedger(t)
	d := mustDraft(t, a, foreignTable(t, []string{"名单"}, []string{"序号", "户主姓名", "户主证件号码", "家庭人口"}, make([]string, 4)))
	req := FillRequest{Draft: d, Period: "2026-11", Out: filepath.Join(t.TempDir(), "x.xlsx"), Tables: map[int]FillChoice{0: {Ledger: ledgers.Household}}}
	p, err := a.PreviewFill(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(period model.Period) (int, bool) {
		labels, confirmed, err := a.FillSensitive(t.Context(), p, period)
		if err != nil {
			t.Fatal(err)
		}
		return len(labels), confirmed
	}
	if n, confirmed := ask("2026-11"); n != 1 || confirmed {
		t.Fatalf("%d columns, confirmed %v", n, confirmed)
	}
	if _, err := a.Fill(t.Context(), req); err != nil {
		t.Fatal(err)
	}
	if _, confirmed := ask("2026-11"); !confirmed {
		t.Error("asks again")
	}
	if _, confirmed := ask("2026-12"); confirmed {
		t.Error("does not ask for the next period")
	}
}

// TestIssueCopies_SaysWhatWentDown: what leaves in full is entered once for all
// villages, and stands for no confirmation of what goes up.
func TestIssueCopies_SaysWhatWentDown(t *testing.T) {
	a := demoLedger(t)
	d := mustDraft(t, a, foreignTable(t, []string{"名单"}, []string{"序号", "户主姓名", "户主证件号码", "家庭人口"}, make([]string, 4)))
	req := FillRequest{Draft: d, Period: "2026-11", Tables: map[int]FillChoice{0: {Ledger: ledgers.Household}}}
	out, err := a.IssueCopies(t.Context(), req, filepath.Join(t.TempDir(), "发 表"))
	check(t, err)
	rows := 0
	for _, c := range out {
		rows += c.Rows
	}
	page, err := a.store.List(t.Context(), model.Query{Ledger: ledgers.Disclosure})
	check(t, err)
	if rows == 0 || page.Total != 1 {
		t.Fatalf("%d entries for %d rows", page.Total, rows)
	}
	entry := page.Records[0]
	if got := entry.Get("rows").Num; got != int64(rows) || !strings.HasPrefix(entry.Get("reason").Text, fmt.Sprintf("发给 %d 个村：", len(out))) || !filepath.IsAbs(entry.Get("file").Text) || entry.Get("columns").Text != "证件号码" {
		t.Errorf("entered %v", entry.Values)
	}
	p, err := a.PreviewFill(t.Context(), req)
	check(t, err)
	if _, confirmed, err := a.FillSensitive(t.Context(), p, "2026-11"); err != nil || confirmed {
		t.Errorf("what goes up counts as confirmed (%v)", err)
	}
}

// TestFill_WhoMayNotLetOutWritesNothing: a clerk's fill with ID numbers is refused before
// there is a file, and so are copies.
func TestFill_WhoMayNotLetOutWritesNothing(t *testing.T) {
	a := demoLedger(t)
	d := mustDraft(t, a, foreignTable(t, []string{"名单"}, []string{"序号", "户主姓名", "户主证件号码", "家庭人口"}, make([]string, 4)))
	_, err := a.SetUser(t.Context(), "张示例一", ledgers.RoleManager)
	check(t, err)
	_, err = a.SetUser(t.Context(), "李示例二", ledgers.RoleClerk)
	check(t, err)
	check(t, a.ActAs(t.Context(), "李示例二"))
	dir := t.TempDir()
	req := FillRequest{Draft: d, Period: "2026-11", Out: filepath.Join(dir, "x.xlsx"), Tables: map[int]FillChoice{0: {Ledger: ledgers.Household}}}
	_, err = a.Fill(t.Context(), req)
	wantCode(t, err, model.CodeRefused)
	req.Out = ""
	_, err = a.IssueCopies(t.Context(), req, dir)
	wantCode(t, err, model.CodeRefused)
	left, err := os.ReadDir(dir)
	check(t, err)
	if len(left) > 0 {
		t.Errorf("written all the same: %v", left)
	}
}

// TestSeeMerge_TellsWhereFromAndWhoIsMissing: two of the villages that were chosen
// answer; nothing is written before it is said.
func TestSeeMerge_TellsWhereFromAndWhoIsMissing(t *testing.T) {
	a := demoLedger(t)
	d := mustDraft(t, a, foreignTable(t, []string{"重点工作清单"}, []string{"填报单位：　　　　"}, []string{"序号", "任务名称", "责任单位", "完成时限"}, make([]string, 4)))
	all, err := a.Below(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	req := FillRequest{Draft: d, Receivers: []string{all[0].ID, all[2].ID}, Fresh: true}
	out, err := a.IssueCopies(t.Context(), req, dir)
	if err != nil || len(out) != 2 || out[1].Area != all[2].Name {
		t.Fatalf("%+v (%v)", out, err)
	}
	if _, err := a.IssueCopies(t.Context(), req, dir); model.CodeOf(err) != model.CodeExists {
		t.Errorf("written over: %v", err)
	}
	m, err := a.SeeMerge(t.Context(), MergeRequest{Draft: d, Paths: []string{dir}})
	if err != nil || len(m.From) != 2 || len(m.Missing) != len(all)-2 || len(m.Filled) != 1 {
		t.Fatalf("%v, missing %v (%v)", m.From, m.Missing, err)
	}
	row := m.Filled[0].Table.DataFirst
	from := m.Origins[0][sheet.CellName(row, 2)]
	if len(from) != 1 || from[0].From != all[0].Name || m.Filled[0].Sheet.At(row, 2).Text == "" {
		t.Errorf("row %d comes from %+v", row, from)
	}
	words, err := a.FillCall(t.Context(), "《清单》", "今天 18:00", m.Missing[:1])
	if err != nil || !strings.Contains(words, "《清单》请于 今天 18:00 前") || !strings.Contains(words, m.Missing[0]) {
		t.Errorf("%q (%v)", words, err)
	}
}
