package exchange

import (
	"cmp"
	"regexp"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

// The likeness from which a column is suggested for a target, and the most that
// any suggestion scores.
const (
	likeEnough   = 0.6
	likePinyin   = 0.65
	likeValues   = 0.6
	bestLikeness = 0.8
)

// suggest pairs the columns and the targets left over by likeness, best first:
// by claims that were not sure, by header, by pinyin (a slip of the input
// method), and by what the values look like whatever the header says.
func suggest(t *Table, targets []Target, claims, sure []claimOn) []claimOn {
	usedCol, usedTarget := map[int]bool{}, map[int]bool{}
	for _, c := range sure {
		usedCol[c.col], usedTarget[c.target] = true, true
	}
	var all []claimOn
	for _, c := range claims {
		c.how, c.score = HowSuggested, min(c.score, bestLikeness)
		all = append(all, c)
	}
	closed, words := closedWords(targets), coreWords(targets)
	for _, col := range t.Named() {
		if usedCol[col.Col] || isNumbering(col.Path) || claimed(claims, col) || closed[text.HeaderKey(col.Path)] {
			continue
		}
		for i, target := range targets {
			if usedTarget[i] {
				continue
			}
			if score := likeness(col, target.Field.Kind, words[i]); score >= likeEnough {
				all = append(all, claimOn{col.Col, i, HowSuggested, score})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b claimOn) int { return cmp.Compare(b.score, a.score) })
	var out []claimOn
	for _, c := range all {
		if !usedCol[c.col] && !usedTarget[c.target] {
			usedCol[c.col], usedTarget[c.target] = true, true
			out = append(out, c)
		}
	}
	return out
}

// coreWords returns the words of each target as headers are compared by.
func coreWords(targets []Target) [][]string {
	out := make([][]string, len(targets))
	for i, t := range targets {
		for _, w := range fieldWords(t.Field) {
			if core := text.HeaderCore(w); !slices.Contains(out[i], core) {
				out[i] = append(out[i], core)
			}
		}
	}
	return out
}

// closedWords are the headers that mean a field which is no target: one that is
// derived or set by the program (原时限). They are like no other field.
func closedWords(targets []Target) map[string]bool {
	closed, done := map[string]bool{}, map[*model.Ledger]bool{}
	for _, t := range targets {
		if done[t.Ledger] {
			continue
		}
		done[t.Ledger] = true
		for _, f := range slices.Concat(t.Ledger.Fields, t.Ledger.Derived) {
			for _, w := range fieldWords(&f) {
				closed[text.HeaderKey(w)] = true
			}
		}
	}
	return closed
}

// claimed reports whether the column's header means a field for sure, which then
// another column has better claim to: it is not like some other field instead.
func claimed(claims []claimOn, col TableColumn) bool {
	return slices.ContainsFunc(claims, func(c claimOn) bool { return c.col == col.Col && c.how != HowSuggested })
}

// likeness tells how much a column is like a target of a kind and words, up to
// bestLikeness.
func likeness(c TableColumn, kind model.Kind, words []string) float64 {
	leaf := text.HeaderCore(c.levels[len(c.levels)-1])
	best := 0.0
	for _, core := range words {
		best = max(best, text.Similarity(leaf, core))
		if leaf != core && len(leaf) == len(core) && text.Full(leaf) == text.Full(core) {
			best = max(best, likePinyin)
		}
	}
	if looksLikeKind(c.samples, kind) {
		best = max(best, likeValues)
	}
	return min(best, bestLikeness)
}

var (
	idShape    = regexp.MustCompile(`^\d{17}[\dX]$`)
	phoneShape = regexp.MustCompile(`^1[3-9]\d{9}$`)
)

// looksLikeKind reports whether values have the shape that only one kind has:
// four in five, and three at least.
func looksLikeKind(samples []string, k model.Kind) bool {
	shape := map[model.Kind]*regexp.Regexp{model.KindIDNumber: idShape, model.KindPhone: phoneShape}[k]
	if shape == nil {
		return false
	}
	fit := 0
	for _, s := range samples {
		if shape.MatchString(text.Code(s)) {
			fit++
		}
	}
	return fit >= 3 && 5*fit >= 4*len(samples)
}
