package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
)

// jiazhen is a township as a clerk describes it.
func jiazhen() Setup {
	return Setup{
		Above: "示例县", Unit: "甲镇", Level: model.LevelTown, Owner: "李示例一", Desks: []string{"任务督办", "驻村书记"},
		Villages: []Village{
			{Name: "青山村", Secretary: Contact{"张示例一", "138 0000 0001"}, Cadre: Contact{"王示例二", ""}},
			{Name: "白石村", Cadre: Contact{"王示例二", "13800000002"}},
			{Name: "东坪村", Secretary: Contact{Name: "赵示例三"}},
		},
		Units:   []string{"农业服务中心"},
		Persons: []Member{{"孙示例四", "白石村"}, {"钱示例五", "农业服务中心"}},
	}
}

func createWith(t *testing.T, s Setup) *App {
	t.Helper()
	a, err := CreateWith(context.Background(), Options{Path: filepath.Join(t.TempDir(), "台 账.xzdb"), Today: testDay}, s)
	check(t, err)
	t.Cleanup(func() { check(t, a.Close()) })
	return a
}

func all(t *testing.T, a *App, ledger string) []*model.Record {
	t.Helper()
	_, page, err := a.List(context.Background(), ListRequest{Ledger: ledger})
	check(t, err)
	return page.Records
}

func named(t *testing.T, a *App, ledger, field, words string) *model.Record {
	t.Helper()
	records := all(t, a, ledger)
	i := slices.IndexFunc(records, func(r *model.Record) bool { return r.Get(field).Text == words })
	if i < 0 {
		t.Fatalf("no %s with %s %s", ledger, field, words)
	}
	return records[i]
}

func TestCreateWith(t *testing.T) {
	a := createWith(t, jiazhen())
	ctx := context.Background()
	if a.Home().Get("name").Text != "甲镇" || a.Home().Get("parent").Text != "示例县" || a.Actor().Name != "李示例一" || a.Actor().Level != model.LevelTown {
		t.Errorf("home %v, actor %+v", a.Home().Values, a.Actor())
	}
	if desks, err := a.Setting(ctx, rule.UnitDesks); err != nil || desks != "任务督办、驻村书记" {
		t.Errorf("%s %v", desks, err)
	}
	v := named(t, a, "area", "name", "白石村")
	if v.ID != ledgers.AreaID("", []string{"示例县", "甲镇", "白石村"}) || v.Area != v.ID || v.Get("order").Num != 2 || v.Get("level").Text != string(model.LevelVillage) {
		t.Errorf("%+v", v)
	}
	if n := len(all(t, a, "person")); n != 6 { // 张, 王 once, 赵, 孙, 钱, 李
		t.Errorf("%d persons", n)
	}
	if n := len(all(t, a, "post")); n != 4 {
		t.Errorf("%d posts", n)
	}
	if p := named(t, a, "person", "name", "张示例一"); p.Get("unit").Text != "青山村" || p.Get("phone").Text != "13800000001" {
		t.Errorf("%v", p.Values)
	}
	if p := named(t, a, "person", "name", "孙示例四"); p.Get("unit").ID != v.ID || p.Area != v.ID {
		t.Errorf("%v", p.Values)
	}
	problems, err := a.Check(ctx, "")
	check(t, err)
	if len(problems) > 0 {
		t.Errorf("%+v", problems)
	}
	contacts, err := a.contacts(ctx, nil)
	check(t, err)
	if contactWords(contacts[v.ID]) != "包村干部 王示例二" {
		t.Errorf("%v", contacts)
	}
}

// TestCreateWith_OneOperation: it is the beginning of the ledger, which the plain
// undo passes by.
func TestCreateWith_OneOperation(t *testing.T) {
	a := createWith(t, jiazhen())
	ops, err := a.Operations(context.Background(), 0, 0)
	check(t, err)
	if len(ops) != 1 || ops[0].Kind != model.KindFound || ops[0].Label != "新建“甲镇”的台账，3 个下级" {
		t.Errorf("%+v", ops)
	}
	if op, err := a.Undoable(context.Background()); op != nil || err != nil {
		t.Errorf("%+v %v", op, err)
	}
}

func TestSetup_Refuses(t *testing.T) {
	with := func(change func(*Setup)) Setup {
		s := jiazhen()
		change(&s)
		return s
	}
	for name, c := range map[string]struct {
		setup Setup
		field string
	}{
		"no unit":       {with(func(s *Setup) { s.Unit = " 　" }), "unit"},
		"no level":      {with(func(s *Setup) { s.Level = "" }), "level"},
		"nameless":      {with(func(s *Setup) { s.Villages[1].Name = "" }), "villages"},
		"twice":         {with(func(s *Setup) { s.Villages[1].Name = "青山村委会" }), "villages"},
		"a group below": {with(func(s *Setup) { s.Level = model.LevelGroup }), "level"},
	} {
		path := filepath.Join(t.TempDir(), "x.xzdb")
		_, err := CreateWith(context.Background(), Options{Path: path, Today: testDay}, c.setup)
		e, ok := err.(*model.Error)
		if !ok || e.Field != c.field || e.Code != model.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s: a file is left", name)
		}
	}
	a := createWith(t, jiazhen())
	if _, err := a.SetUp(context.Background(), jiazhen()); model.CodeOf(err) != model.CodeRefused {
		t.Errorf("a second time: %v", err)
	}
}

// writeOwn writes a clerk's own list of tasks.
func writeOwn(t *testing.T, rows ...[]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "我的台账.xlsx")
	s := sheet.OutSheet{Name: "任务"}
	for _, r := range rows {
		s.Rows = append(s.Rows, textRow(r...))
	}
	check(t, sheet.Write(path, &sheet.Out{Sheets: []sheet.OutSheet{s}}))
	return path
}

func ownTable(t *testing.T) string {
	return writeOwn(t, []string{"示例县甲镇2026年乡村振兴重点任务台账"},
		[]string{"序号", "任务名称", "责任单位", "责任人", "完成时限", "颜色备注"},
		[]string{"1", "清理河道", "青山村", "张示例一", "2026-12-31", "红"},
		[]string{"2", "修路", "甲镇白石村、东坪村", "王示例二", "2026-11-30", ""},
		[]string{"3", "办班", "农业服务中心", "孙示例四", "2026-10-31", ""},
		[]string{"4", "开会", "各村", "张示例一", "2026-10-31", ""})
}

func TestPropose(t *testing.T) {
	p, err := Propose(ownTable(t))
	check(t, err)
	var villages []string
	for _, v := range p.Setup.Villages {
		villages = append(villages, v.Name)
	}
	if p.Setup.Above != "示例县" || p.Setup.Unit != "甲镇" || strings.Join(villages, " ") != "青山村 白石村 东坪村" || !slices.Equal(p.Setup.Units, []string{"农业服务中心"}) {
		t.Errorf("%+v", p.Setup)
	}
	if !slices.Contains(p.Setup.Persons, Member{"张示例一", "青山村"}) {
		t.Errorf("%+v", p.Setup.Persons)
	}
	if len(p.Tables) != 1 || p.Tables[0].Ledger != "任务" || p.Tables[0].Rows != 4 || !slices.Equal(p.Tables[0].Unknown, []string{"颜色备注"}) {
		t.Errorf("%+v", p.Tables)
	}
}

func TestPropose_ThenCreate(t *testing.T) {
	p, err := Propose(ownTable(t))
	check(t, err)
	a := createWith(t, p.Setup)
	task := named(t, a, "task", "title", "清理河道")
	village := named(t, a, "area", "name", "青山村")
	if task.Get("unit").ID != village.ID || task.Area != village.ID || task.Get("person").ID == "" {
		t.Errorf("%+v", task.Values)
	}
}

func TestPropose_NotALedger(t *testing.T) {
	_, err := Propose(writeOwn(t, []string{"菜名", "价格"}, []string{"白菜", "1.2"}))
	if model.CodeOf(err) != model.CodeInvalid {
		t.Errorf("%v", err)
	}
	_, err = Propose(filepath.Join(t.TempDir(), "没有.xlsx"))
	if err == nil || model.CodeOf(err) == model.CodeInternal {
		t.Errorf("%v", err)
	}
}

func TestTownIn(t *testing.T) {
	for title, want := range map[string][2]string{
		"示例县甲镇2026年重点任务台账": {"示例县", "甲镇"},
		"2026年青峰镇乡村振兴重点任务": {"", "青峰镇"},
		"示例县乡村振兴重点任务清单":    {"", ""},
		"乡镇任务台账":           {"", ""},
		"（表二）示例区红土乡村级台账":   {"", ""}, // 乡村 wins: asked of the clerk rather than guessed
		"任务台账": {"", ""},
	} {
		above, town := townIn(title)
		if [2]string{above, town} != want {
			t.Errorf("%s: %s %s", title, above, town)
		}
	}
}
