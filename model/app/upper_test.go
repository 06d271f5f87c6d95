package app

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/store"
)

// registerTable registers a table, and returns its id.
func registerTable(t *testing.T, a *App, assign ...Assignment) string {
	t.Helper()
	done, err := a.Add(context.Background(), ledgers.UpperTable, append([]Assignment{{"asker", "示例县委农办"}}, assign...))
	check(t, err)
	return done.Records[0].ID
}

func upperOf(t *testing.T, a *App, id string) UpperTable {
	t.Helper()
	tables, err := a.UpperTables(context.Background(), a.Today())
	check(t, err)
	i := slices.IndexFunc(tables, func(u UpperTable) bool { return u.ID == id })
	return tables[i]
}

// TestAgenda_HasOneLineATable: with the earliest open period, and how many more there
// are; a table that is sent is on it no more.
func TestAgenda_HasOneLineATable(t *testing.T) {
	a := openDemo(t)
	id := registerTable(t, a, Assignment{"title", "周调度表"}, Assignment{"cadence", "周"}, Assignment{"due_day", "5"}, Assignment{"from", "2026-11-09"})
	lines := agenda(t, a).Group(AgendaUpper).Lines
	if len(lines) != 1 || lines[0].Kind != KindUpperLate || lines[0].Note != "2026年第46周" || lines[0].More != 1 || lines[0].Record != id {
		t.Fatalf("%+v", lines)
	}
	path := foreignTable(t, []string{"周调度"}, []string{"序号", "村", "进度"}, []string{"1", "青山村", "50"})
	for range 2 { // the earliest open one each time
		_, _, err := a.KeepSent(t.Context(), KeepSentRequest{Table: "周调度表", Path: path})
		check(t, err)
	}
	if got := agenda(t, a).Group(AgendaUpper); got.Total != 0 {
		t.Errorf("%+v", got.Lines)
	}
	if got := upperOf(t, a, id); len(got.Sent) != 2 || got.Sent[0].Period != "2026-W47" || got.Sent[1].Period != "2026-W46" {
		t.Errorf("%+v", got.Sent)
	}
}

// TestFill_UndoneIsNotSent: the file that was kept goes with the operation, and so does
// what the table knows of its template.
func TestFill_UndoneIsNotSent(t *testing.T) {
	a := demoLedger(t)
	id := registerTable(t, a, Assignment{"title", "重点工作清单"})
	d := mustDraft(t, a, foreignTable(t, []string{"重点工作清单"}, []string{"序号", "任务名称", "责任单位", "完成时限"}, make([]string, 4), make([]string, 4)))
	done, err := a.Fill(t.Context(), FillRequest{Draft: d, Out: filepath.Join(t.TempDir(), "填 好.xlsx")})
	check(t, err)
	if got := upperOf(t, a, id); len(got.Sent) != 1 || got.Template == "" || got.Sent[0].ByProgram != 4 {
		t.Fatalf("%+v", got)
	}
	_, err = a.Undo(t.Context(), done.Op)
	check(t, err)
	if got := upperOf(t, a, id); len(got.Sent) != 0 || got.Template != "" {
		t.Errorf("left: %+v", got)
	}
}

// TestFill_LikeHeadersAreNotTheSameTable: a mapping carries over to like headers, but the
// file is not kept for the table of another title.
func TestFill_LikeHeadersAreNotTheSameTable(t *testing.T) {
	a := demoLedger(t)
	id := registerTable(t, a, Assignment{"title", "重点工作清单"})
	fill := func(title string, headers ...string) *KeptFor {
		t.Helper()
		d := mustDraft(t, a, foreignTable(t, []string{title}, headers, make([]string, len(headers)), make([]string, len(headers))))
		done, err := a.Fill(t.Context(), FillRequest{Draft: d, Out: filepath.Join(t.TempDir(), "填 好.xlsx")})
		check(t, err)
		return done.Kept
	}
	if k := fill("重点工作清单", "序号", "任务名称", "责任单位", "完成时限", "办理状态"); k == nil || k.Table.ID != id {
		t.Fatalf("by title: %+v", k)
	}
	if k := fill("别的部门的表", "序号", "任务名称", "责任单位", "完成时限", "责任人"); k != nil {
		t.Errorf("kept for %s", k.Table.Title)
	}
	if k := fill("换了标题", "序号", "任务名称", "责任单位", "完成时限", "办理状态"); k == nil || k.Table.ID != id {
		t.Errorf("by headers: %+v", k)
	}
	if k := fill("重点工作清单", "序号", "任务名称", "责任单位", "完成时限", "责任人", "完成比例"); k == nil || k.Table.ID != id {
		t.Errorf("changed headers under the same title: %+v", k)
	}
}

// TestBurden_OfTheOwnUnit: what belongs to another unit is not counted.
func TestBurden_OfTheOwnUnit(t *testing.T) {
	a := openDemo(t)
	_, err := a.SetSetting(t.Context(), rule.ParameterLabel(rule.UnitBurden), "是") // by its label as by its key
	check(t, err)
	before, err := a.Burden(t.Context(), BurdenRequest{})
	check(t, err)
	id := registerTable(t, a, Assignment{"title", "别处的表"}, Assignment{"due_day", "25"})
	own, err := a.Burden(t.Context(), BurdenRequest{})
	check(t, err)
	below, err := a.below(t.Context())
	check(t, err)
	_, err = a.do(t.Context(), "set", "移到村里", func(tx *store.Tx) error { return tx.SetArea(ledgers.UpperTable, id, below[0].ID) })
	check(t, err)
	after, err := a.Burden(t.Context(), BurdenRequest{})
	check(t, err)
	if own.Sum.Times != before.Sum.Times+1 || after.Sum.Times != before.Sum.Times {
		t.Errorf("%d, own %d, of a village %d", before.Sum.Times, own.Sum.Times, after.Sum.Times)
	}
}

// TestCompareTheirs_MasksWhatIsSecret: identity numbers stand in full neither in what
// is shown nor in the workbook.
func TestCompareTheirs_MasksWhatIsSecret(t *testing.T) {
	a := openDemo(t)
	registerTable(t, a, Assignment{"title", "人员表"})
	const id, other = "990101199001010018", "990101199001010026"
	ours := foreignTable(t, []string{"人员表"}, []string{"序号", "姓名", "证件号码", "联系地址"}, []string{"1", "张示例一", id, "甲镇"})
	theirs := foreignTable(t, []string{"人员表"}, []string{"序号", "姓名", "证件号码", "联系地址"}, []string{"1", "张示例一", other, "甲镇"})
	_, _, err := a.KeepSent(t.Context(), KeepSentRequest{Table: "人员表", Path: ours})
	check(t, err)
	out := filepath.Join(t.TempDir(), "对 照.xlsx")
	got, err := a.CompareTheirs(t.Context(), TheirsRequest{Table: "人员表", Path: theirs, Key: []string{"姓名"}, Out: out})
	check(t, err)
	if f := got.Findings(); len(f) != 1 || f[0].Header != "证件号码" || strings.Contains(f[0].Before+f[0].After, id[6:14]) {
		t.Errorf("%+v", f)
	}
	_, err = a.CompareTheirs(t.Context(), TheirsRequest{Table: "没有这张", Path: theirs})
	if model.CodeOf(err) != model.CodeNotFound {
		t.Error(err)
	}
	words := sheetWords(t, out)
	if strings.Contains(words, id) || strings.Contains(words, other) || !strings.Contains(words, "张示例一") {
		t.Errorf("the workbook says %s", words)
	}
}
