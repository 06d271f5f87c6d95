package exchange

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"xiangzhen/model"
)

var settledField = model.Field{Key: "text", Label: "进展情况", Kind: model.KindText}

// settling is one field of one record in a ledger of its own: it keeps what
// app keeps between two settlings.
type settling struct {
	field   model.Field
	current model.Value
	local   *Local
	claims  []Claim
	open    []Side
}

func (s *settling) take(fresh ...Claim) {
	out := Settle(&s.field, s.current, s.local, s.claims, fresh, s.field.Required)
	s.current, s.local, s.open = out.Result, &out.Local, out.Open
	s.claims = append(s.claims, fresh...)
}

func (s *settling) decide(words string) {
	l := Decide(&s.field, model.Text(words), s.claims)
	s.current, s.local, s.open = l.Value, &l, nil
}

// state writes value and open conflict comparably: what "the same state" means.
func (s *settling) state() string {
	var sides []string
	for _, o := range s.open {
		sides = append(sides, o.Claim.Sender+":"+o.Said.Value.Text)
	}
	slices.Sort(sides)
	return fmt.Sprintf("%q open %s", s.current.Text, sides)
}

// says makes a claim: sender, base ("?" = unknown), value.
func says(sender, base, value string) Claim {
	said := Said{Value: model.Text(value)}
	if base != "?" {
		said.Base, said.HasBase = model.Text(base), true
	}
	return Claim{Sender: sender, Form: "task_month", Period: "2026-11", Fields: map[string]Said{"text": said}}
}

func (c Claim) on(day string) Claim { c.StatedOn = model.Day(day); return c }

func (c Claim) at(minute int) Claim {
	c.Modified = time.Date(2026, 11, 20, 9, minute, 0, 0, time.UTC)
	return c
}

func (c Claim) of(period string, issuedDay int) Claim {
	c.Period = model.Period(period)
	c.Issued = time.Date(2026, 11, issuedDay, 8, 0, 0, 0, time.UTC)
	return c
}

func TestSettle(t *testing.T) {
	type step func(*settling)
	take := func(c Claim) step { return func(s *settling) { s.take(c) } }
	edit := func(words string) step { return func(s *settling) { s.current = model.Text(words) } }
	decide := func(words string) step { return func(s *settling) { s.decide(words) } }
	for _, c := range []struct {
		name, start string
		steps       []step
		want        string
	}{
		{"base unchanged here, changed there: taken", "甲", []step{take(says("a", "甲", "乙"))}, `"乙" open []`},
		{"said what went out: nothing happens", "甲", []step{take(says("a", "甲", "甲"))}, `"甲" open []`},
		{"unchanged there, changed here: ours stays", "丙", []step{take(says("a", "甲", "甲"))}, `"丙" open []`},
		{"changed alike on both sides", "乙", []step{take(says("a", "甲", "乙"))}, `"乙" open []`},
		{"changed differently: ours stays and is asked", "丙", []step{take(says("a", "甲", "乙"))}, `"丙" open [a:乙]`},
		{"cleared there", "甲", []step{take(says("a", "甲", ""))}, `"" open []`},
		{"two senders agree", "甲", []step{take(says("a", "甲", "乙")), take(says("b", "甲", "乙"))}, `"乙" open []`},
		{"two senders differ", "甲", []step{take(says("a", "甲", "乙")), take(says("b", "甲", "丙"))}, `"甲" open [a:乙 b:丙]`},
		{"one of two says what went out", "甲", []step{take(says("a", "甲", "甲")), take(says("b", "甲", "丙"))}, `"丙" open []`},
		{"version 2 stated later replaces", "", []step{take(says("a", "", "乙").on("2026-11-20")), take(says("a", "", "丙").on("2026-11-21"))}, `"丙" open []`},
		{"version 2 comes first", "", []step{take(says("a", "", "丙").on("2026-11-21")), take(says("a", "", "乙").on("2026-11-20"))}, `"丙" open []`},
		{"same day, saved later", "", []step{take(says("a", "", "丙").on("2026-11-21").at(9)), take(says("a", "", "乙").on("2026-11-21").at(3))}, `"丙" open []`},
		{"equal times: asked", "", []step{take(says("a", "", "乙").at(3)), take(says("a", "", "丙").at(3))}, `"" open [a:丙 a:乙]`},
		{"times missing: asked", "", []step{take(says("a", "", "乙")), take(says("a", "", "丙"))}, `"" open [a:丙 a:乙]`},
		{"version 2 takes its word back", "", []step{take(says("a", "", "乙").at(3)), take(says("a", "", "").at(5))}, `"" open []`},
		{"typed here since: the old word is answered", "甲", []step{take(says("a", "甲", "乙")), edit("丁"), take(says("b", "甲", "甲"))}, `"丁" open []`},
		{"typed here since, then a new word", "甲", []step{take(says("a", "甲", "乙").at(1)), edit("丁"), take(says("a", "甲", "丙").at(2))}, `"丁" open [a:丙]`},
		{"decided stays decided when the file comes again", "丙", []step{take(says("a", "甲", "乙").at(1)), decide("丙"), take(says("a", "甲", "乙").at(2))}, `"丙" open []`},
		{"decided, and the file's value is new", "丙", []step{take(says("a", "甲", "乙").at(1)), decide("丙"), take(says("a", "甲", "戊").at(2))}, `"丙" open [a:戊]`},
		{"next month starts from what was taken", "", []step{take(says("a", "", "乙").of("2026-10", 1)), take(says("a", "乙", "丙").of("2026-11", 20))}, `"丙" open []`},
		{"next month comes first", "", []step{take(says("a", "乙", "丙").of("2026-11", 20)), take(says("a", "", "乙").of("2026-10", 1))}, `"丙" open []`},
		{"sent out again with the first answer in it, sent back unchanged", "",
			[]step{take(says("a", "", "乙").of("2026-11", 1).at(1)), take(says("a", "乙", "乙").of("2026-11", 2).at(2))}, `"乙" open []`},
		{"sent out again, the second answer first", "",
			[]step{take(says("a", "乙", "丙").of("2026-11", 2).at(2)), take(says("a", "", "乙").of("2026-11", 1).at(1))}, `"丙" open []`},
		{"sent out again, the first answer taken back", "",
			[]step{take(says("a", "", "乙").of("2026-11", 1).at(1)), take(says("a", "乙", "").of("2026-11", 2).at(2))}, `"" open []`},
		{"base unknown, nothing here: taken", "", []step{take(says("a", "?", "乙"))}, `"乙" open []`},
		{"base unknown, another value here: asked", "甲", []step{take(says("a", "?", "乙"))}, `"甲" open [a:乙]`},
		{"base unknown, the same here", "乙", []step{take(says("a", "?", "乙"))}, `"乙" open []`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := settling{field: settledField, current: model.Text(c.start)}
			for _, do := range c.steps {
				do(&s)
			}
			if got := s.state(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// A record that a return has just added needs a title although two versions
// disagree on it; which one it is does not depend on which came first.
func TestSettle_RequiredFieldNeverStaysEmpty(t *testing.T) {
	f := settledField
	f.Required = true
	one, two := says("a", "", "乙"), says("a", "", "丙")
	for _, order := range [][]Claim{{one, two}, {two, one}} {
		s := settling{field: f}
		for _, c := range order {
			s.take(c)
		}
		if got := s.state(); got != `"丙" open [a:丙 a:乙]` && got != `"乙" open [a:丙 a:乙]` || s.current.Text != "丙" && s.current.Text != "乙" {
			t.Errorf("got %s", got)
		}
	}
	a, b := settling{field: f}, settling{field: f}
	a.take(one)
	a.take(two)
	b.take(two)
	b.take(one)
	if a.state() != b.state() {
		t.Errorf("depends on arrival: %s and %s", a.state(), b.state())
	}
}

func anyClaim(t *rapid.T) Claim {
	words := rapid.SampledFrom([]string{"", "甲", "乙", "丙"})
	c := says(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "sender"),
		rapid.SampledFrom([]string{"?", "", "甲", "乙"}).Draw(t, "base"), words.Draw(t, "value"))
	c = c.of(rapid.SampledFrom([]string{"2026-10", "2026-11"}).Draw(t, "period"), rapid.IntRange(1, 3).Draw(t, "issued"))
	c.StatedOn = rapid.SampledFrom([]model.Day{"", "2026-11-20", "2026-11-21"}).Draw(t, "stated")
	if minute := rapid.IntRange(0, 3).Draw(t, "saved"); minute > 0 {
		c = c.at(minute)
	}
	return c
}

func TestSettle_AnyOrderGivesTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := settledField
		f.Required = rapid.Bool().Draw(t, "required")
		start := rapid.SampledFrom([]string{"", "甲", "乙", "丁"}).Draw(t, "start")
		claims := rapid.SliceOfN(rapid.Custom(anyClaim), 1, 6).Draw(t, "claims")
		order := rapid.Permutation(claims).Draw(t, "order")
		one, other := settling{field: f, current: model.Text(start)}, settling{field: f, current: model.Text(start)}
		for i := range claims {
			one.take(claims[i])
			other.take(order[i])
		}
		all := settling{field: f, current: model.Text(start)}
		all.take(order...)
		if a, b, c := one.state(), other.state(), all.state(); a != b || a != c {
			t.Fatalf("as drawn %s\npermuted %s\nat once  %s", a, b, c)
		}
	})
}

func TestSettle_TheSameClaimTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := settling{field: settledField, current: model.Text(rapid.SampledFrom([]string{"", "甲", "乙"}).Draw(t, "start"))}
		claims := rapid.SliceOfN(rapid.Custom(anyClaim), 1, 4).Draw(t, "claims")
		for _, c := range claims {
			s.take(c)
		}
		before := s.state()
		s.take(rapid.SampledFrom(claims).Draw(t, "again"))
		if after := s.state(); dropTwins(after) != dropTwins(before) {
			t.Fatalf("before %s, after %s", before, after)
		}
	})
}

// dropTwins leaves out sides that say the same for the same sender.
func dropTwins(state string) string {
	head, list, _ := strings.Cut(state, "[")
	sides := strings.Fields(strings.TrimSuffix(list, "]"))
	slices.Sort(sides)
	return head + strings.Join(slices.Compact(sides), " ")
}
