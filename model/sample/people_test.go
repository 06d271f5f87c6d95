package sample

import (
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

func TestBuild_People(t *testing.T) {
	c := mustBuild(t, Options{Today: today, Scale: 30})
	names := map[string]bool{}
	for _, r := range c.records {
		if r.Ledger != ledgers.Person && r.Ledger != ledgers.Team {
			continue
		}
		name := r.Get("name").Text
		if names[name] || !strings.Contains(name, "示例") {
			t.Errorf("%s: the name is not a new placeholder", name)
		}
		if !r.Get("phone").IsEmpty() {
			t.Errorf("%s has a phone number", name)
		}
		names[name] = true
	}
}

func TestBuild_Posts(t *testing.T) {
	c := mustBuild(t, Options{Today: today})
	held := func(title, at string) []*model.Record {
		return c.of(ledgers.Post, func(r *model.Record) bool {
			return r.Get("title").Text == title && r.Get("at").Text == at && r.Get("to").IsEmpty()
		})
	}
	want(t, "县委书记", len(held("县委书记", "示例县")), 1)
	for _, town := range []string{"甲镇", "乙镇", "丙乡"} {
		want(t, town+"党委书记", len(held("乡镇党委书记", town)), 1)
		want(t, town+"分管副书记", len(held("分管副书记", town)), 1)
	}
	for _, v := range c.villagesOf("甲镇") {
		for _, title := range []string{ledgers.TitleVillageSecretary, ledgers.TitleVillageCadre, ledgers.TitleReporter} {
			n := len(slices.DeleteFunc(held(title, v.Get("name").Text), func(r *model.Record) bool { return r.Area != v.ID }))
			want(t, v.Get("name").Text+title, n, 1)
		}
	}
	former := c.of(ledgers.Post, func(r *model.Record) bool { return !r.Get("to").IsEmpty() })
	want(t, "former holders", len(former), 2)
	for _, f := range former {
		now := held(f.Get("title").Text, f.Get("at").Text)
		if f.Get("to").End.Year() != today.Year()-1 || now[0].Get("from").End != f.Get("to").End.Add(1) {
			t.Errorf("%s: until %s, next from %s", f.Get("person").Text, f.Get("to").End, now[0].Get("from").End)
		}
	}
}

func TestBuild_Units(t *testing.T) {
	c := mustBuild(t, Options{Today: today})
	count := map[string]int{}
	for _, u := range c.of(ledgers.Unit, nil) {
		count[u.Get("level").Text+u.Get("kind").Text]++
	}
	for kind, n := range map[string]int{"county部门": 10, "town站所": 2, "town专班": 1} {
		want(t, kind, count[kind], n)
	}
}

func TestBuild_Teams(t *testing.T) {
	onEachDay(t, func(t *testing.T, c county) {
		serving := map[string]int{}
		ending, new, recalled := 0, 0, 0
		homes := map[string]bool{}
		for _, m := range c.of(ledgers.Team, nil) {
			homes[m.Get("home_level").Text] = true
			switch left := m.Get("to").End.Sub(c.today); {
			case left < 0 && strings.Contains(m.Get("remark").Text, "召回"):
				recalled++
				continue
			case left == 25:
				ending++
			}
			serving[m.Get("village").Text]++
			if m.Get("role").Text == "第一书记兼队长" && m.Get("party_since").End > c.today.Add(-366) {
				new++
			}
		}
		total, small := 0, 0
		for _, n := range serving {
			total += n
			if n == 2 {
				small++
			}
		}
		want(t, "teams", len(serving), 12)
		want(t, "members", total, 34)
		want(t, "teams of two", small, 2)
		want(t, "recalled", recalled, 1)
		want(t, "terms ending in 25 days", ending, 1)
		want(t, "first secretaries new in the Party", new, 1)
		want(t, "levels of home units", len(homes), 3)
	})
}

func TestBuild_IdentityNumbers(t *testing.T) {
	c := mustBuild(t, Options{Today: today})
	for _, m := range c.of(ledgers.Team, nil) {
		number := m.Get("id_number").Text
		birth, male, ok := rule.IDInfo(number)
		if !ok || !strings.HasPrefix(number, "9901011") {
			t.Errorf("%s: %q is no valid number of area 99", c.name(m), number)
		}
		if string(birth.Month()) != m.Get("birth").Text || male != (m.Get("gender").Text == "男") {
			t.Errorf("%s: %q does not fit %s %s", c.name(m), number, m.Get("birth").Text, m.Get("gender").Text)
		}
	}
}
