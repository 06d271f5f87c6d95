package exchange

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// disguise writes a header as somebody else would: other blanks, brackets,
// widths, a unit or a remark behind it.
func disguise(t *rapid.T, words string) string {
	r := []rune(words)
	at := rapid.IntRange(0, len(r)).Draw(t, "at")
	blank := rapid.SampledFrom([]string{"", " ", "　", "\n", "\u00a0"}).Draw(t, "blank")
	words = string(r[:at]) + blank + string(r[at:])
	words = rapid.SampledFrom([]func(string) string{
		func(s string) string { return s },
		strings.NewReplacer("（", "(", "）", ")").Replace,
		strings.NewReplacer("(", "（", ")", "）").Replace,
		strings.NewReplacer("（", "【", "）", "】").Replace,
	}).Draw(t, "brackets")(words)
	return words + rapid.SampledFrom([]string{"", "*", "（必填）", "：", "(如：甲一村)"}).Draw(t, "tail")
}

// TestMapColumnsDisguised: a field's own words are known in any disguise, are
// never taken for another field, and the rest is left unmapped.
func TestMapColumnsDisguised(t *testing.T) {
	c := builtin()
	for _, key := range []string{ledgers.Task, ledgers.Team, ledgers.Person, ledgers.Unit} {
		l := c.Ledger(key)
		targets := Targets(c, l)
		rapid.Check(t, func(t *rapid.T) {
			own := targets[rapid.IntRange(0, len(l.Fields)-1).Draw(t, "field")%len(targets)]
			words := rapid.SampledFrom(fieldWords(own.Field)).Draw(t, "words")
			table := tableOf("无关的一列|" + disguise(t, words))
			matches := MapColumns(table, targets)
			if len(Sure(matches)) == 0 && !isNumbering(words) {
				t.Fatalf("%q, of %s, is not known", table.Columns[1].Path, own.Path)
			}
			for _, m := range matches {
				tg := targets[slices.IndexFunc(targets, func(x Target) bool { return x.Path == m.Path })]
				if m.Sure() && (m.Col != 2 || !meansAlso(tg.Field, own.Field)) {
					t.Fatalf("%q, of %s, went to %s (%s, %.3f)", table.Columns[m.Col-1].Path, own.Path, m.Path, m.How, m.Score)
				}
			}
		})
	}
}

// meansAlso reports whether two fields share a word: 备注 of a task and of its
// progress.
func meansAlso(a, b *model.Field) bool {
	return slices.ContainsFunc(fieldWords(a), func(w string) bool {
		return slices.ContainsFunc(fieldWords(b), func(v string) bool { return bare(w) == bare(v) })
	})
}

// TestMapColumnsSound: whatever the headers, a target has one column, a column
// one target, no suggestion outranks its place, and the order of the columns
// makes no difference to which headers are sure.
func TestMapColumnsSound(t *testing.T) {
	c := builtin()
	l := c.Ledger(ledgers.Task)
	targets := Targets(c, l)
	var words []string
	for _, tg := range targets {
		words = append(words, fieldWords(tg.Field)...)
	}
	words = append(words, "序号", "甲", "乡村", "金额(万元)", "时间", "责任", "名称", "完成", "单伟")
	rapid.Check(t, func(t *rapid.T) {
		heads := rapid.SliceOfNDistinct(rapid.SampledFrom(words), 1, 20, func(s string) string { return s }).Draw(t, "headers")
		sure := sureHeaders(t, heads, targets)
		slices.Reverse(heads)
		if again := sureHeaders(t, heads, targets); !slices.Equal(sure, again) {
			t.Fatalf("in order %v, reversed %v", sure, again)
		}
	})
}

// sureHeaders maps headers and returns the sure ones as header→path, sorted.
func sureHeaders(t *rapid.T, heads []string, targets []Target) []string {
	for i, h := range heads { // a slash would part levels
		heads[i] = strings.ReplaceAll(h, "/", "／")
	}
	table := tableOf(strings.Join(heads, "|"))
	var out []string
	cols, paths := map[int]bool{}, map[Path]bool{}
	for _, m := range MapColumns(table, targets) {
		if cols[m.Col] || paths[m.Path] {
			t.Fatalf("column %d or path %s twice", m.Col, m.Path)
		}
		cols[m.Col], paths[m.Path] = true, true
		if m.Sure() {
			out = append(out, bare(table.Columns[m.Col-1].Path)+"→"+string(m.Path))
		} else if m.Score > bestLikeness {
			t.Fatalf("suggestion %+v", m)
		}
	}
	slices.Sort(out)
	return out
}
