package model

import (
	"testing"

	"pgregory.net/rapid"
)

func TestParsePeriod(t *testing.T) {
	for _, tt := range []struct {
		words       string
		want        Period
		cadence     Cadence
		first, last Day
	}{
		{"2026-11", "2026-11", Monthly, "2026-11-01", "2026-11-30"},
		{" 2026-2 ", "2026-02", Monthly, "2026-02-01", "2026-02-28"},
		{"202402", "2024-02", Monthly, "2024-02-01", "2024-02-29"},
		{"2026年11月", "2026-11", Monthly, "2026-11-01", "2026-11-30"},
		{"2026年11月份", "2026-11", Monthly, "2026-11-01", "2026-11-30"},
		{"2026Q4", "2026Q4", Quarterly, "2026-10-01", "2026-12-31"},
		{"2026q1", "2026Q1", Quarterly, "2026-01-01", "2026-03-31"},
		{"2026年第四季度", "2026Q4", Quarterly, "2026-10-01", "2026-12-31"},
		{"2026年3季度", "2026Q3", Quarterly, "2026-07-01", "2026-09-30"},
		{"2026-W47", "2026-W47", Weekly, "2026-11-16", "2026-11-22"},
		{"2026年第1周", "2026-W01", Weekly, "2025-12-29", "2026-01-04"},
		{"2026w53", "2026-W53", Weekly, "2026-12-28", "2027-01-03"},
		{"2026-11上旬", "2026-11上旬", TenDays, "2026-11-01", "2026-11-10"},
		{"2026年2月下旬", "2026-02下旬", TenDays, "2026-02-21", "2026-02-28"},
		{"2026/11下半月", "2026-11下半月", HalfMonthly, "2026-11-16", "2026-11-30"},
		{"2026H2", "2026下半年", HalfYearly, "2026-07-01", "2026-12-31"},
		{"2026年上半年", "2026上半年", HalfYearly, "2026-01-01", "2026-06-30"},
		{"2026", "2026", Yearly, "2026-01-01", "2026-12-31"},
		{"2026年度", "2026", Yearly, "2026-01-01", "2026-12-31"},
		{"2026.11.3", "2026-11-03", Daily, "2026-11-03", "2026-11-03"},
		{"2026年11月23日", "2026-11-23", Daily, "2026-11-23", "2026-11-23"},
	} {
		p, ok := ParsePeriod(tt.words)
		if !ok || p != tt.want || p.Cadence() != tt.cadence || p.First() != tt.first || p.Last() != tt.last {
			t.Errorf("%s: %q %v, %s, %s to %s", tt.words, p, ok, p.Cadence(), p.First(), p.Last())
		}
	}
	for _, words := range []string{"", "11月", "2026-13", "2026-00", "2026-W54", "2025-W53", "2026Q5", "2026-02-30", "2026-11上午", "2026年11月进展", "任务", "20261123"} {
		if p, ok := ParsePeriod(words); ok {
			t.Errorf("%q became %q", words, p)
		}
	}
}

func TestFindPeriod(t *testing.T) {
	for words, want := range map[string]Period{
		"青山村任务进展月报（2026年11月）": "2026-11", "甲镇2026年第四季度统计表": "2026Q4", "2026年第47周情况": "2026-W47",
		"2026年度总结": "2026", "截至2026年11月25日": "2026-11-25", "没有": "", "2026年13月": "",
	} {
		if got, _ := FindPeriod(words); got != want {
			t.Errorf("%s: %q, want %q", words, got, want)
		}
	}
}

// aDay is any day of the two centuries that forms can be about.
var aDay = rapid.Custom(func(t *rapid.T) Day { return Day("2000-01-01").Add(rapid.IntRange(0, 72_000).Draw(t, "day")) })

// TestPeriod_tiles holds that the periods of a cadence follow one another without
// gap or overlap, and that each is read back from its words.
func TestPeriod_tiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, c := aDay.Draw(t, "d"), rapid.SampledFrom(Cadences()).Draw(t, "cadence")
		p := c.Of(d)
		if !p.IsValid() || d < p.First() || d > p.Last() {
			t.Fatalf("%s of %s: %q from %s to %s", c, d, p, p.First(), p.Last())
		}
		if c != Once && p.Cadence() != c {
			t.Fatalf("%q is %s, not %s", p, p.Cadence(), c)
		}
		next := p.Next()
		if next.First() != p.Last().Add(1) || next.Previous() != p || p.Compare(next) >= 0 || next.Compare(p) <= 0 || p.Compare(p) != 0 {
			t.Fatalf("after %q comes %q, before that %q", p, next, next.Previous())
		}
		if back, ok := ParsePeriod(p.Words()); !ok || back != p {
			t.Fatalf("%q is %s, which is %q", p, p.Words(), back)
		}
		if !p.Within(Yearly.Of(p.Last())) && c != Weekly {
			t.Fatalf("%q is not within its year", p)
		}
		if p.Month() != p.Last().Month() {
			t.Fatalf("%q belongs to %s", p, p.Month())
		}
	})
}

// TestPeriod_ofMonths holds that what was stored as a month is the same period.
func TestPeriod_ofMonths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, n := aDay.Draw(t, "a").Month(), aDay.Draw(t, "b").Month()
		p, q := Period(m), Period(n)
		if p.First() != m.First() || p.Last() != m.Last() || p.Month() != m || p.Next().Month() != m.Add(1) {
			t.Fatalf("%s is from %s to %s", m, p.First(), p.Last())
		}
		if (p.Compare(q) < 0) != (m < n) {
			t.Fatalf("%s and %s compare %d", m, n, p.Compare(q))
		}
	})
}

func TestPeriod_none(t *testing.T) {
	for _, p := range []Period{"", "2026-13", "x"} {
		if p.IsValid() || p.First() != "" || p.Last() != "" || p.Words() != "" || p.Cadence() != "" || p.Month() != "" || p.Next() != "" ||
			p.Previous() != "" || p.Within("2026") || p.Compare("2026-11") >= 0 {
			t.Errorf("%q is a period", p)
		}
	}
}

func TestParseCadence(t *testing.T) {
	for words, want := range map[string]Cadence{"": Monthly, "月": Monthly, "月报": Monthly, "每周": Weekly, "季度": Quarterly, "半年报": HalfYearly, "年度": Yearly,
		"旬": TenDays, "半月": HalfMonthly, "每天": Daily, "日报": Daily, "一次性": Once} {
		if got, ok := ParseCadence(words); !ok || got != want {
			t.Errorf("%q: %q %v", words, got, ok)
		}
	}
	if c, ok := ParseCadence("偶尔"); ok {
		t.Errorf("偶尔 is %q", c)
	}
}

func TestPeriod_YearAgo(t *testing.T) {
	for _, tt := range []struct{ p, want Period }{
		{"2026-11", "2025-11"}, {"2026Q4", "2025Q4"}, {"2026上半年", "2025上半年"}, {"2026", "2025"}, {"2026-11上旬", "2025-11上旬"},
		{"2026-W47", "2025-W47"}, {"2026-W53", ""}, {"2024-02-29", ""}, {"2026-11-23", "2025-11-23"}, {"", ""}, {"十一月", ""},
	} {
		if got := tt.p.YearAgo(); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.p, got, tt.want)
		}
	}
}
