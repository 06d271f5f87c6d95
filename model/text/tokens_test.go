package text

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestIndexer_Tokens(t *testing.T) {
	cases := []struct {
		texts []string
		want  string
	}{
		{[]string{"青山村"}, "青 青山 山 山村 村 pq pqs pqsc ps psc pc"},
		{[]string{"第 3 组"}, "第 第3 3 3组 组 pd pd3 pd3z p3 p3z pz"},
		{[]string{"2026"}, "2 0 6 20 02 26 202 026"},
		{[]string{"AB"}, "pa pab pb"},
		{[]string{"A村"}, "a村 村 pa pac pc"},
		{[]string{"青山", "青"}, "青 青山 山 pq pqs ps"},
		{[]string{"山、村"}, "山 村 ps pc"},
		{[]string{"𠀀村"}, "u20000 u20000村 村 ph phc pc"},
		{[]string{"重庆"}, "重 重庆 庆 pz pc pzq pcq pq"},
		{[]string{"", "——"}, ""},
	}
	for _, c := range cases {
		got, want := strings.Fields(new(Indexer).Tokens(c.texts...)), strings.Fields(c.want)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("Tokens(%q) = %q, want %q", c.texts, got, want)
		}
	}
}

func TestIndexer_LongTextsHaveNoPinyin(t *testing.T) {
	long := strings.Repeat("乡村振兴", mostForPinyin/4) + "wps"
	tokens := strings.Fields(new(Indexer).Tokens(long))
	if slices.Contains(tokens, "pxc") || !slices.Contains(tokens, "pwps") || !slices.Contains(tokens, "乡村") {
		t.Errorf("tokens of a long text: %q", tokens)
	}
	if Contains("xc", long) || !Contains("wps", long) || !Contains("村振兴乡", long) {
		t.Error("Contains does not hold the same limit")
	}
}

func TestQueryTokens(t *testing.T) {
	cases := []struct {
		q      string
		all    string
		verify bool
	}{
		{"青", "青", false},
		{"青山", "青山", false},
		{"青山村", "青山 山村", true},
		{"青山 道路", "青山 道路", false},
		{"青　山", "青 山", false},
		{"q", "pq", false},
		{"qs", "pqs", false},
		{"QSC", "pqsc", false},
		{"qscd", "pqsc pscd", true},
		{"3", "3", false},
		{"20", "20", false},
		{"202", "202", false},
		{"2026", "202 026", true},
		{"２０２", "202", false},
		{"3组", "3组", false},
		{"a村", "a村", false},
		{"ab村", "pab b村", true},
		{"〔2022〕3号", "202 022 3号", true},
		{"𠀀村", "u20000村", false},
		{"", "", false},
		{" ，。", "", false},
	}
	for _, c := range cases {
		all, verify := QueryTokens(c.q)
		if strings.Join(all, " ") != c.all || verify != c.verify {
			t.Errorf("QueryTokens(%q) = %q, %v; want %q, %v", c.q, all, verify, c.all, c.verify)
		}
	}
}

func TestContains(t *testing.T) {
	cases := []struct {
		q     string
		texts []string
		want  bool
	}{
		{"青山村", []string{"示例县甲镇青山村"}, true},
		{"青山村", []string{"青山", "村"}, false},
		{"青山 硬化", []string{"青山村", "道路硬化"}, true},
		{"青山 绿化", []string{"青山村", "道路硬化"}, false},
		{"张示例", []string{"张　示 例"}, true},
		{"山村", []string{"青山、村"}, false},
		{"(2022)3号", []string{"〔2022〕3号"}, true},
		{"qsc", []string{"青山村"}, true},
		{"qscz", []string{"青山村"}, false},
		{"dlyh", []string{"青山村", "道路硬化"}, true},
		{"ssl", []string{"单示例"}, true},
		{"dsl", []string{"单示例"}, true},
		{"cq", []string{"重庆"}, true},
		{"d3z", []string{"第3组"}, true},
		{"WPS", []string{"用wps打开"}, true},
		{"2022", []string{"22022年"}, true},
		{"", []string{"青山村"}, true},
		{"", nil, true},
		{"青", nil, false},
	}
	for _, c := range cases {
		if got := Contains(c.q, c.texts...); got != c.want {
			t.Errorf("Contains(%q, %q) = %v", c.q, c.texts, got)
		}
	}
}

var searchRunes = []rune("青山村重庆单长乐3组 ，2０aBc𠀀é　〇\n")

// The index never hides what Contains accepts; and where no check is asked for,
// it promises no more than Contains.
func TestSearch_IndexAgreesWithContains(t *testing.T) {
	words := rapid.StringOfN(rapid.SampledFrom(searchRunes), 0, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(words, 0, 3).Draw(t, "texts")
		q := rapid.OneOf(
			rapid.StringOfN(rapid.SampledFrom(searchRunes), 0, 4, -1),
			rapid.StringMatching(`[qscdzly3ab]{1,4}`),
			rapid.Custom(func(t *rapid.T) string { return pieceOf(t, strings.Join(texts, "")) }),
		).Draw(t, "q")
		index := strings.Fields(new(Indexer).Tokens(texts...))
		all, verify := QueryTokens(q)
		hit := !slices.ContainsFunc(all, func(token string) bool { return !slices.Contains(index, token) })
		switch found := Contains(q, texts...); {
		case found && !hit:
			t.Fatalf("the index %q hides %q (tokens %q)", index, q, all)
		case hit && !found && !verify:
			t.Fatalf("the index %q promises %q (tokens %q)", index, q, all)
		}
	})
}

func pieceOf(t *rapid.T, s string) string {
	runes := []rune(s)
	from := rapid.IntRange(0, len(runes)).Draw(t, "from")
	return string(runes[from:rapid.IntRange(from, len(runes)).Draw(t, "to")])
}

// Tokens hold only what unicode61 keeps in one piece, and are distinct.
func TestIndexer_Wellformed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tokens := strings.Fields(new(Indexer).Tokens(rapid.String().Draw(t, "a"), rapid.StringOf(rapid.SampledFrom(searchRunes)).Draw(t, "b")))
		for _, token := range tokens {
			if token == "" || strings.ContainsFunc(token, func(r rune) bool {
				return r < utf8.RuneSelf && !isWordRune(r) || isForeign(r)
			}) {
				t.Fatalf("token %q", token)
			}
		}
		if sorted := slices.Sorted(slices.Values(tokens)); len(slices.Compact(sorted)) != len(tokens) {
			t.Fatalf("tokens twice: %q", tokens)
		}
	})
}

// What an Indexer keeps from one record does not show in the next.
func TestIndexer_RecordAfterRecord(t *testing.T) {
	var ix Indexer
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.StringOf(rapid.SampledFrom(searchRunes)), 0, 3).Draw(t, "texts")
		if got, want := ix.Tokens(texts...), new(Indexer).Tokens(texts...); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

// A long report has more tokens than the table has places at first, and none is
// lost or doubled when it grows.
func TestIndexer_LongReport(t *testing.T) {
	var report strings.Builder
	want := map[string]bool{}
	for r := rune(firstCommon); r < firstCommon+9000; r++ {
		report.WriteRune(r)
		want[string(r)] = true
		if r > firstCommon {
			want[string([]rune{r - 1, r})] = true
		}
	}
	var ix Indexer
	for range 2 {
		tokens := strings.Fields(ix.Tokens(report.String()))
		if len(tokens) != len(want) {
			t.Errorf("%d tokens, want %d", len(tokens), len(want))
		}
		for _, token := range tokens {
			if !want[token] {
				t.Fatalf("stray token %q", token)
			}
		}
	}
}

var recordTexts = []string{"示例县甲镇青山村", "通组道路硬化项目3.2公里", "张示例一", "甲镇农业农村综合服务中心", "2026年6月底前",
	strings.Repeat("已完成路基平整，正在铺设砂石垫层，受雨季影响进度略有滞后。", 5)}

func BenchmarkIndexer(b *testing.B) {
	b.ReportAllocs()
	var ix Indexer
	for b.Loop() {
		ix.Tokens(recordTexts...)
	}
}

func BenchmarkContains(b *testing.B) {
	for b.Loop() {
		Contains("青山村", recordTexts...)
	}
}
