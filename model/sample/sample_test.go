package sample

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/text"
)

// today is the day of the drawings; the others are days on which the calendar
// is awkward: month-ends, leap days, the days around 每月25日前, year's turn.
const today = model.Day("2026-11-22")

var days = []model.Day{
	today, "2026-11-21", "2026-11-25", "2026-11-26", "2026-11-30",
	"2026-01-01", "2026-01-31", "2026-03-01", "2026-12-31", "2028-02-29", "2027-05-15",
}

func onEachDay(t *testing.T, test func(*testing.T, county)) {
	t.Helper()
	for _, day := range days {
		t.Run(string(day), func(t *testing.T) { test(t, mustBuild(t, Options{Today: day})) })
	}
}

// county is a built sample, looked at from outside: nothing here uses builder.
type county struct {
	today   model.Day
	records []*model.Record
	byID    map[string]*model.Record
	catalog *model.Catalog
}

func mustBuild(t *testing.T, o Options) county {
	t.Helper()
	built, err := Build(o)
	if err != nil {
		t.Fatalf("Build(%+v): %v", o, err)
	}
	c := county{today: o.Today, records: built.Records, byID: map[string]*model.Record{}, catalog: model.NewCatalog(ledgers.All()...)}
	for _, r := range built.Records {
		if c.byID[r.ID] != nil {
			t.Fatalf("two records have the id %s: %s and %s", r.ID, c.name(c.byID[r.ID]), c.name(r))
		}
		c.byID[r.ID] = r
	}
	return c
}

func (c county) name(r *model.Record) string {
	return r.Ledger + " " + c.catalog.Ledger(r.Ledger).Name(r)
}

// of returns the records of a ledger that fit.
func (c county) of(ledger string, fit func(*model.Record) bool) []*model.Record {
	return slices.DeleteFunc(slices.Clone(c.records), func(r *model.Record) bool {
		return r.Ledger != ledger || fit != nil && !fit(r)
	})
}

// tasks returns the tasks that belong to areas of a level.
func (c county) tasks(level model.Level, fit func(*model.Record) bool) []*model.Record {
	return c.of(ledgers.Task, func(r *model.Record) bool {
		return c.byID[r.Area].Get("level").Text == string(level) && (fit == nil || fit(r))
	})
}

func (c county) villagesOf(town string) []*model.Record {
	return c.of(ledgers.Area, func(r *model.Record) bool {
		return r.Get("level").Text == "village" && r.Get("parent").Text == town
	})
}

func want(t *testing.T, what string, got, wanted int) {
	t.Helper()
	if got != wanted {
		t.Errorf("%s: got %d, want %d", what, got, wanted)
	}
}

// TestBuild_DatesReadBack holds that every date in words is what an import on
// that day would make of it.
func TestBuild_DatesReadBack(t *testing.T) {
	onEachDay(t, func(t *testing.T, c county) {
		for _, r := range c.records {
			for key, v := range r.Values {
				if c.catalog.Ledger(r.Ledger).Field(key).Kind != model.KindDate {
					continue
				}
				if got, _ := text.ParseDate(v.Text, c.today); model.Date(got) != v {
					t.Errorf("%s, %s: %+v reads back as %+v", c.name(r), key, v, got)
				}
			}
		}
	})
}

func TestBuild_Areas(t *testing.T) {
	c := mustBuild(t, Options{Today: today})
	ours := c.villagesOf("甲镇")
	want(t, "villages of 甲镇", len(ours), 16)
	want(t, "villages of 乙镇", len(c.villagesOf("乙镇")), 4)
	want(t, "villages of 丙乡", len(c.villagesOf("丙乡")), 4)
	initials := map[string]string{}
	kinds := map[string]int{}
	for _, v := range ours {
		name := v.Get("name").Text
		if other := initials[text.Initials(name)]; other != "" {
			t.Errorf("%s and %s are both %s", name, other, text.Initials(name))
		}
		initials[text.Initials(name)] = name
		kinds[v.Get("kind").Text]++
		if h := v.Get("households").Num; h < 180 || h > 620 {
			t.Errorf("%s has %d households", name, h)
		}
		stem := strings.TrimSuffix(name, "村")
		if v.Get("aliases").Text != stem+"村委会、"+stem+"行政村" {
			t.Errorf("%s: aliases %q", name, v.Get("aliases").Text)
		}
	}
	if initials["qsc"] != "青山村" {
		t.Errorf("qsc is %q", initials["qsc"])
	}
	if kinds["脱贫村"] != 6 || kinds["易地搬迁安置村"] != 1 || kinds["示范村"] != 2 || kinds["软弱涣散村"] != 1 || kinds["其他"] != 6 {
		t.Errorf("kinds of villages: %v", kinds)
	}
}

// TestBuild_SameNames: one village name and one group name occur in two
// townships; every other name of a place is unique.
func TestBuild_SameNames(t *testing.T) {
	c := mustBuild(t, Options{Today: today})
	seen := map[string]int{}
	for _, r := range c.of(ledgers.Area, nil) {
		seen[r.Get("level").Text+" "+r.Get("name").Text]++
	}
	var twice []string
	for name, n := range seen {
		if n > 1 {
			twice = append(twice, fmt.Sprint(name, n))
		}
	}
	slices.Sort(twice)
	if !slices.Equal(twice, []string{"group 石板组2", "village 石桥村2"}) {
		t.Errorf("names that occur twice: %q", twice)
	}
}

func TestBuild_CodesNest(t *testing.T) {
	c := mustBuild(t, Options{Today: today, Scale: 120})
	codes := map[string]bool{}
	for _, r := range c.of(ledgers.Area, nil) {
		code, above := r.Get("code").Text, c.byID[r.Get("parent").ID].Get("code").Text
		if code == "" && r.Get("level").Text == "group" {
			continue
		}
		if len(code) != 12 || codes[code] || !strings.HasPrefix(code, countyCode) || r.ID != ledgers.AreaID(code, nil) {
			t.Errorf("%s: code %q", c.name(r), code)
		}
		if !strings.HasPrefix(code, strings.TrimRight(above, "0")) {
			t.Errorf("%s: code %s is not below %s", c.name(r), code, above)
		}
		codes[code] = true
	}
}

// TestBuild_ReferencesExist: every reference points at a record of a ledger that
// the field allows, added before the one that refers to it.
func TestBuild_ReferencesExist(t *testing.T) {
	c := mustBuild(t, Options{Today: today, Scale: 3})
	seen := map[string]bool{}
	for _, r := range c.records {
		seen[r.ID] = true
		if !seen[r.Area] || c.byID[r.Area].Ledger != ledgers.Area {
			t.Errorf("%s: its area is not there", c.name(r))
		}
		for key, v := range r.Values {
			f := c.catalog.Ledger(r.Ledger).Field(key)
			if f.Kind != model.KindRef {
				continue
			}
			target := c.byID[v.ID]
			if target == nil || !seen[v.ID] || !slices.Contains(f.Ref.Ledgers, target.Ledger) {
				t.Errorf("%s: %s points at %q, which is not there yet", c.name(r), key, v.Text)
			} else if name := c.catalog.Ledger(target.Ledger).Name(target); name != v.Text {
				t.Errorf("%s: %s says %q for %q", c.name(r), key, v.Text, name)
			}
		}
	}
}

// TestBuild_PassesTheRules: every key is a stored field, every match key is
// unique, no check finds an 错误.
func TestBuild_PassesTheRules(t *testing.T) {
	onEachDay(t, func(t *testing.T, c county) {
		params := rule.Defaults()
		for _, r := range c.records {
			l := c.catalog.Ledger(r.Ledger)
			for key := range r.Values {
				if l.Field(key) == nil || l.IsDerived(key) {
					t.Errorf("%s: no stored field %q", c.name(r), key)
				}
			}
			parent := c.byID[r.Get(l.Parent).ID]
			for _, p := range rule.Run(model.CheckInput{Ledger: l, Record: r, Parent: parent, Params: params, Today: c.today}) {
				if p.Level == model.Fault {
					t.Errorf("%s: %s", c.name(r), p.Message)
				}
			}
		}
	})
}

// TestBuild_MatchKeysAreUnique: no two records agree in a natural key that both
// have whole, so that rows without an id find the one that is meant.
func TestBuild_MatchKeysAreUnique(t *testing.T) {
	c := mustBuild(t, Options{Today: today, Scale: 2})
	seen, planted := map[string]*model.Record{}, 0
	for _, r := range c.records {
		for _, fields := range c.catalog.Ledger(r.Ledger).Match {
			key, whole := naturalKey(r, fields)
			if !whole {
				continue
			}
			if other := seen[key]; other != nil && r.Ledger == ledgers.HouseholdMember && fields[0] == "id_number" {
				planted++ // one number in two households, on purpose (DOMAIN §6)
			} else if other != nil {
				t.Errorf("%s and %s agree in %q", c.name(r), c.name(other), fields)
			}
			seen[key] = r
		}
	}
	if planted != 1 {
		t.Errorf("%d numbers are there twice, want the one planted", planted)
	}
}

// naturalKey writes the fields of a match key; whole is false if one is empty.
func naturalKey(r *model.Record, fields []string) (key string, whole bool) {
	key = r.Ledger + fmt.Sprint(fields)
	for _, f := range fields {
		v := r.Get(f)
		if f == model.AreaKey {
			v = model.Text(r.Area)
		}
		if v.IsEmpty() {
			return "", false
		}
		key += fmt.Sprintf("|%+v", v)
	}
	return key, true
}

// TestBuild_IsAPureFunction: the same options give the same records; another
// day gives the same ids.
func TestBuild_IsAPureFunction(t *testing.T) {
	first := mustBuild(t, Options{Today: today})
	rapid.Check(t, func(rt *rapid.T) {
		o := Options{
			Today: today.Add(rapid.IntRange(-400, 800).Draw(rt, "days")),
			Unit:  rapid.SampledFrom([]string{"", "甲镇", "乙镇", "丙乡", "示例县"}).Draw(rt, "unit"),
		}
		a, errA := Build(o)
		b, errB := Build(o)
		if errA != nil || errB != nil || !reflect.DeepEqual(a, b) {
			rt.Fatalf("two builds of %+v differ (%v, %v)", o, errA, errB)
		}
		for _, r := range a.Records {
			if r.Ledger != ledgers.Progress && first.byID[r.ID] == nil {
				rt.Fatalf("%s has an id of its own on %s", first.name(r), o.Today)
			}
		}
	})
}

func TestBuild_Refuses(t *testing.T) {
	for _, tc := range []struct {
		name string
		o    Options
		code model.Code
	}{
		{"no day", Options{}, model.CodeInvalid},
		{"no such day", Options{Today: "2026-02-30"}, model.CodeInvalid},
		{"unknown unit", Options{Today: today, Unit: "戊镇"}, model.CodeNotFound},
		{"a village", Options{Today: today, Unit: "青山村"}, model.CodeNotFound},
		{"negative scale", Options{Today: today, Scale: -1}, model.CodeInvalid},
		{"too large", Options{Today: today, Scale: maxScale + 1}, model.CodeInvalid},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := Build(tc.o); model.CodeOf(err) != tc.code {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestBuild_HomeAndOwner(t *testing.T) {
	c := mustBuild(t, Options{Today: today})
	for unit, level := range map[string]string{"": "town", "甲镇": "town", "乙镇": "town", "丙乡": "town", "示例县": "county"} {
		built, err := Build(Options{Today: today, Unit: unit})
		if err != nil {
			t.Fatal(err)
		}
		home, owner := c.byID[built.Home], c.byID[built.Owner]
		if home.Get("level").Text != level || unit != "" && home.Get("name").Text != unit {
			t.Errorf("%q is opened as %q", unit, home.Get("name").Text)
		}
		if owner == nil || owner.Area != home.ID || !strings.HasSuffix(owner.Get("duty").Text, clerkDuty) {
			t.Errorf("%q is kept by %q", unit, owner.Get("duty").Text)
		}
		if unit == "" && owner.Get("unit").Text != "甲镇党政办" {
			t.Errorf("the owner is at %s", owner.Get("unit").Text)
		}
	}
}

func TestBuild_Scale(t *testing.T) {
	c := mustBuild(t, Options{Today: today, Scale: 100})
	villages := c.of(ledgers.Area, func(r *model.Record) bool { return r.Get("level").Text == "village" })
	want(t, "villages", len(villages), 1600+8)
	want(t, "village tasks", len(c.tasks(model.LevelVillage, nil)), 100*111+8)
	names := map[string]bool{}
	for _, v := range villages {
		names[v.Get("name").Text] = true
	}
	want(t, "village names", len(names), len(villages)-1) // 石桥村 twice
	for _, r := range c.of(ledgers.Unit, nil) {
		if strings.Contains(r.Get("name").Text, "示例四镇") {
			t.Errorf("a made-up township has offices: %s", r.Get("name").Text)
		}
	}
}

// TestBuild_WordsOfTheDay: policy terms follow the rule set of the day (CLERK 20).
func TestBuild_WordsOfTheDay(t *testing.T) {
	for day, term := range map[model.Day]string{"2025-12-31": "监测对象", today: "防止返贫致贫对象"} {
		c := mustBuild(t, Options{Today: day})
		if title := c.tasks(model.LevelCounty, nil)[0].Get("title").Text; title != term+"集中排查" {
			t.Errorf("on %s the first task is %q", day, title)
		}
		for _, r := range c.records {
			for key, v := range r.Values {
				if strings.ContainsAny(v.Text, "{}") {
					t.Errorf("%s: %s is %q", c.name(r), key, v.Text)
				}
			}
		}
	}
}

// TestBuild_InventedPlaces: no word of the sample names a province, so that no
// clerk finds her own county in it.
func TestBuild_InventedPlaces(t *testing.T) {
	provinces := strings.Fields("北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门")
	for _, r := range mustBuild(t, Options{Today: today}).records {
		for key, v := range r.Values {
			if i := slices.IndexFunc(provinces, func(p string) bool { return strings.Contains(v.Text, p) }); i >= 0 {
				t.Errorf("%s of a %s is %q", key, r.Ledger, v.Text)
			}
		}
	}
}

func BenchmarkBuild_Scale100(b *testing.B) {
	for b.Loop() {
		if _, err := Build(Options{Today: today, Scale: 100}); err != nil {
			b.Fatal(err)
		}
	}
}
