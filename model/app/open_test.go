package app

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

func TestOpen_SecondWriterIsTold(t *testing.T) {
	a := openDemo(t)
	_, err := Open(context.Background(), Options{Path: a.Path(), Today: testDay, Key: demoKey})
	if model.CodeOf(err) != model.CodeLocked {
		t.Errorf("a second writer got %v", err)
	}
	reader, err := Open(context.Background(), Options{Path: a.Path(), Today: testDay, Key: demoKey, ReadOnly: true})
	check(t, err)
	defer reader.Close()
	_, page, err := reader.List(context.Background(), ListRequest{Ledger: "area", Where: []string{"上级=甲镇"}})
	if err != nil || page.Total != 16 {
		t.Errorf("reading beside a writer: %d, %v", page.Total, err)
	}
	if _, err := reader.Add(context.Background(), "unit", []Assignment{{"name", "某"}}); model.CodeOf(err) != model.CodeReadOnly {
		t.Errorf("writing through a reader: %v", err)
	}
}

// TestOpen_LightsFollowTheDay reads on other days than the ledger was made on.
func TestOpen_LightsFollowTheDay(t *testing.T) {
	path := copyOf(t, demoFile(t))
	red := func(day model.Day) int {
		a, err := Open(context.Background(), Options{Path: path, Today: day, ReadOnly: true})
		check(t, err)
		defer a.Close()
		_, page, err := a.List(context.Background(), ListRequest{Ledger: ledgers.Task, Where: []string{"light=red"}})
		check(t, err)
		return page.Total
	}
	today, later := red(testDay), red(testDay.Add(30))
	if today != 12 || later <= today {
		t.Errorf("%d red today, %d in a month", today, later)
	}
	if again := red(testDay); again != today {
		t.Errorf("%d red when the day goes back, want %d", again, today)
	}
}

func TestActAs(t *testing.T) {
	path := copyOf(t, demoFile(t))
	a := mustOpen(t, path)
	if a.Actor().Name == "" || a.Actor().Level != model.LevelTown {
		t.Errorf("the owner acts as %+v", a.Actor())
	}
	_, page, err := a.List(context.Background(), ListRequest{Ledger: ledgers.Person, Area: "青山村", Limit: 1})
	check(t, err)
	name := page.Records[0].Get("name").Text
	if err := a.ActAs(context.Background(), name+"@白石村"); model.CodeOf(err) != model.CodeNotFound {
		t.Errorf("%s acts for a village of others: %v", name, err)
	}
	check(t, a.ActAs(context.Background(), name+"@青山村"))
	if got := a.Actor(); got.Name != name || got.Level != model.LevelVillage {
		t.Errorf("acts as %+v", got)
	}
	for _, as := range []string{"没有这个人", name + "@没有这个单位"} {
		if err := a.ActAs(context.Background(), as); model.CodeOf(err) != model.CodeNotFound {
			t.Errorf("%s: %v", as, err)
		}
	}
}

// TestResolve_NearestOfOneName finds the village of that name in the sender's own
// township, and asks where none is nearer.
func TestResolve_NearestOfOneName(t *testing.T) {
	a := openDemo(t)
	res := a.resolver(context.Background(), a.store)
	town := func(name string) string {
		v, err := res.one(areaRef, name, "")
		check(t, err)
		return v.ID
	}
	here, _ := res.Resolve(areaRef, "石桥村", town("甲镇"))
	there, _ := res.Resolve(areaRef, "石桥村", town("乙镇"))
	if here.ID == "" || there.ID == "" || here.ID == there.ID {
		t.Errorf("石桥村 is %q from 甲镇 and %q from 乙镇", here.ID, there.ID)
	}
	for words, want := range map[string]string{"乙镇石桥村": there.ID, "乙镇/石桥村委会": there.ID, "示例县乙镇石桥村": there.ID, "丙乡石桥村": "", "别县乙镇石桥村": ""} {
		if v, _ := res.Resolve(areaRef, words, town("甲镇")); v.ID != want || v.Text != words {
			t.Errorf("%s → %+v, want %q", words, v, want)
		}
	}
	if v, problems := res.Resolve(areaRef, "石桥村", town("示例县")); v.ID != "" || len(problems) != 1 || v.Text != "石桥村" {
		t.Errorf("seen from the county: %+v %v", v, problems)
	}
	for _, words := range []string{"甲镇石桥村", "石桥村委会", "石桥行政村"} {
		if v, _ := res.Resolve(areaRef, words, town("甲镇")); v.ID != here.ID || v.Text != words {
			t.Errorf("%s → %+v", words, v)
		}
	}
}

func TestRestore_KeepsWhatItReplaces(t *testing.T) {
	path := copyOf(t, demoFile(t))
	a, err := Open(context.Background(), Options{Path: path, Today: testDay})
	check(t, err)
	backup := filepath.Join(filepath.Dir(path), "备 份", "一.xzdb")
	info, err := a.Backup(context.Background(), backup)
	check(t, err)
	if info.Records == 0 {
		t.Error("a backup of nothing")
	}
	_, err = a.Add(context.Background(), "unit", []Assignment{{"name", "示例合作社"}})
	check(t, err)
	check(t, a.Close())
	r, err := Restore(context.Background(), Options{Path: path, Today: testDay}, backup)
	check(t, err)
	if _, err := os.Stat(r.Replaced); err != nil {
		t.Errorf("the replaced ledger is gone: %v", err)
	}
	b := mustOpen(t, path)
	_, page, err := b.List(context.Background(), ListRequest{Ledger: "unit", Where: []string{"名称=示例合作社"}})
	if err != nil || page.Total != 0 {
		t.Errorf("restored ledger holds %d (%v)", page.Total, err)
	}
}

func TestHarmless(t *testing.T) {
	got := harmless([]string{"=1+1", "-12.5", "+86", "@cmd", "-甲", "甲=乙", "", "'甲"})
	want := []string{"'=1+1", "-12.5", "'+86", "'@cmd", "'-甲", "甲=乙", "", "''甲"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%q, want %q", got[i], want[i])
		}
	}
}
