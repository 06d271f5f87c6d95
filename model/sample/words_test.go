package sample

import (
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

func TestParseWhen(t *testing.T) {
	for _, tc := range []struct {
		in   string
		want when
		ok   bool
	}{
		{"", when{}, true},
		{"剩0天", when{kind: whenDays}, true},
		{"剩12天", when{kind: whenDays, days: 12}, true},
		{"逾期5天", when{kind: whenDays, days: -5}, true},
		{"剩2天或剩12天", when{kind: whenEither, days: 2, otherwise: 12}, true},
		{"2个月后月底", when{kind: whenMonthEnd, months: 2}, true},
		{"每月25日前", when{kind: whenWords, words: "每月25日前"}, true},
		{"剩几天", when{}, false},
		{"逾期5日", when{}, false},
		{"两个月后月底", when{}, false},
	} {
		if got, ok := parseWhen(tc.in); got != tc.want || ok != tc.ok {
			t.Errorf("parseWhen(%q) = %+v, %v", tc.in, got, ok)
		}
	}
}

func TestWords_Date(t *testing.T) {
	for _, tc := range []struct {
		today model.Day
		in    string
		words string
		end   model.Day
	}{
		{today, "逾期12天", "2026-11-10", "2026-11-10"},
		{today, "1个月后月底", "12月底前", "2026-12-31"},
		{today, "3个月后月底", "2027年2月底前", "2027-02-28"},
		{today, "剩2天或剩12天", "2026-12-04", "2026-12-04"}, // 25 November is near
		{"2026-11-21", "剩2天或剩12天", "2026-11-23", "2026-11-23"},
		{"2026-11-26", "剩2天或剩12天", "2026-11-28", "2026-11-28"},
		{today, "每月25日前", "每月25日前", "2026-11-25"},
		{"2026-11-26", "每月25日前", "每月25日前", "2026-12-25"},
	} {
		d, ok := parseWhen(tc.in)
		got, err := newWords(tc.today).date(d)
		if !ok || err != nil || got.Text != tc.words || got.End != tc.end {
			t.Errorf("%s on %s = %+v, %v", tc.in, tc.today, got, err)
		}
	}
}

func TestWords_Fill(t *testing.T) {
	w := newWords(today)
	for _, tc := range []struct{ in, want string }{
		{"没有占位", "没有占位"},
		{"改造管网{量}", "改造管网1.5公里"},
		{"{监测对象}按月回访", "防止返贫致贫对象按月回访"},
		{"{6天前}退回", "11月16日退回"},
		{"{22天前}退回", "10月31日退回"},
		{"{什么}", ""},
	} {
		got, err := w.fill(tc.in, map[string]string{"量": "1.5公里"})
		if got != tc.want || (err != nil) != (tc.want == "") {
			t.Errorf("fill(%q) = %q, %v", tc.in, got, err)
		}
	}
}

func TestHan(t *testing.T) {
	for n, s := range map[int]string{1: "一", 10: "十", 12: "十二", 20: "二十", 35: "三十五", 100: "一百", 103: "一百零三", 110: "一百一十", 119: "一百一十九", 999: "九百九十九"} {
		if got := han(n); got != s {
			t.Errorf("han(%d) = %s, want %s", n, got, s)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 999).Draw(t, "n")
		if back, err := text.ParseNumber(han(n), 0); err != nil || back.Value != int64(n) {
			t.Fatalf("%s reads back as %d, %v", han(n), back.Value, err)
		}
	})
}

func TestNamer_NeverRepeats(t *testing.T) {
	n, seen := namer{surnames: []string{"张", "李", "王", "赵"}}, map[string]bool{}
	for range 2000 {
		name := n.name()
		if seen[name] {
			t.Fatalf("%s twice", name)
		}
		seen[name] = true
	}
}

func TestQuantity_Done(t *testing.T) {
	for _, tc := range []struct {
		q       quantity
		percent int64
		want    string
	}{
		{quantity{312 * 10000, "户", 0}, 40, "124户"},
		{quantity{15000, "公里", 2}, 35, "0.52公里"},
		{quantity{10000, "个", 0}, 95, "0个"},
		{quantity{10000, "个", 0}, 100, "1个"},
		{quantity{12345, "公里", 1}, 100, "1.2345公里"},
	} {
		if got := tc.q.done(tc.percent).String(); got != tc.want {
			t.Errorf("%d%% of %s = %s, want %s", tc.percent, tc.q, got, tc.want)
		}
	}
}

func TestCopyCode(t *testing.T) {
	for n, code := range map[int]string{1: "990101103000", 97: "990101199000", 98: "990101202000", maxScale: "990101304000"} {
		if got := copyCode(n); got != code {
			t.Errorf("copyCode(%d) = %s, want %s", n, got, code)
		}
	}
}
