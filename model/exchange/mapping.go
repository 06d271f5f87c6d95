package exchange

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

// How says by which likeness a column was mapped.
type How string

// The ways a column is mapped. A suggestion is for a person to confirm: nobody
// may apply it without being told to.
const (
	HowExact      How = "exact"      // the header is the field's label
	HowSynonym    How = "synonym"    // it is a synonym, or differs by blanks, brackets, units only
	HowSuggested  How = "suggested"  // it is like it, or its values are
	HowRemembered How = "remembered" // a person said so for a table with the same headers
	HowChosen     How = "chosen"     // a person says so for this table
)

// Match maps a column to a path.
type Match struct {
	Col   int
	Path  Path
	How   How
	Score float64 // 0 to 1
}

// Sure reports whether the match may be applied without asking.
func (m Match) Sure() bool {
	switch m.How {
	case HowExact, HowSynonym, HowRemembered, HowChosen:
		return true
	}
	return false
}

// The scores of the ways, and the little by which a field of the row's own
// record goes before one of its child record and before the area.
const (
	scoreExact      = 1.0
	scoreSynonym    = 0.95
	scoreNormalised = 0.9
	scoreSuggested  = 0.7
	childMalus      = 0.005
	areaMalus       = 0.01
)

// claimOn is what one column says of one target.
type claimOn struct {
	col    int
	target int // index
	how    How
	score  float64
}

// MapColumns maps the columns of a table to targets by their headers. Each
// column goes to the one target it fits best and each target to the one column
// that fits it best; of two that fit alike neither is sure. A column of row
// numbers (序号) is mapped to PathSeq. Columns that are not in the result are
// unmapped; see Unmapped. The place of a column makes nothing sure. It makes a
// suggestion of what would be: of two columns with the same header neither is sure
// unless they say the same row by row, and what may be another person's is not.
func MapColumns(t *Table, targets []Target) []Match {
	claims := allClaims(t, targets)
	sure := settleClaims(claims)
	return matchesOf(t, targets, append(sure, suggest(t, targets, claims, sure)...))
}

// allClaims returns what each column of a table says of the targets.
func allClaims(t *Table, targets []Target) []claimOn {
	names, columns := indexNames(targets), t.Named()
	w := names.witness(t, columns)
	var claims []claimOn
	for _, c := range columns {
		if isNumbering(c.Path) || c.twin > 0 {
			continue
		}
		for _, k := range names.best(t, c) {
			w.hear(c, &k)
			claims = append(claims, k)
		}
	}
	return claims
}

// matchesOf makes matches of settled claims and of the column of row numbers.
func matchesOf(t *Table, targets []Target, claims []claimOn) []Match {
	var out []Match
	for _, c := range claims {
		out = append(out, Match{c.col, targets[c.target].Path, c.how, c.score})
	}
	for _, c := range t.Named() {
		if isNumbering(c.Path) {
			out = append(out, Match{c.Col, PathSeq, HowExact, scoreExact})
			break
		}
	}
	slices.SortFunc(out, func(a, b Match) int { return cmp.Compare(a.Col, b.Col) })
	return out
}

// settleClaims gives each target to its best column among the sure claims. A
// draw leaves the target to suggestions.
func settleClaims(claims []claimOn) []claimOn {
	byTarget := map[int][]claimOn{}
	for _, c := range claims {
		if c.how != HowSuggested {
			byTarget[c.target] = append(byTarget[c.target], c)
		}
	}
	var out []claimOn
	for _, group := range byTarget {
		slices.SortFunc(group, func(a, b claimOn) int {
			return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.col, b.col))
		})
		if len(group) == 1 || group[0].score > group[1].score {
			out = append(out, group[0])
		}
	}
	return out
}

// Unmapped returns the columns with a header that no match takes in.
func Unmapped(t *Table, matches []Match) []TableColumn {
	return slices.DeleteFunc(t.Named(), func(c TableColumn) bool {
		return slices.ContainsFunc(matches, func(m Match) bool { return m.Col == c.Col })
	})
}

// Sure returns the matches that may be applied without asking.
func Sure(matches []Match) []Match {
	return slices.DeleteFunc(slices.Clone(matches), func(m Match) bool { return !m.Sure() })
}

// Fingerprint identifies a layout by its headers, whatever their order, blanks,
// brackets and letter case: what a person confirmed for it holds for the next
// file with the same headers.
func Fingerprint(t *Table) string {
	var keys []string
	for _, c := range t.Named() {
		keys = append(keys, text.HeaderKey(c.Path))
	}
	slices.Sort(keys)
	sum := sha256.Sum256([]byte(strings.Join(keys, "\n")))
	return hex.EncodeToString(sum[:])
}

// What it takes to guess the ledger of a table.
const (
	guessColumns = 3    // sure columns at least
	guessShare   = 0.5  // of all named columns
	guessTitle   = 0.25 // what a title that names the ledger is worth
	guessMargin  = 0.1  // by which the best must lead
	// wideTable is the number of columns beyond which more say nothing against a ledger:
	// exports of the national system have over 150, of which nobody keeps them all.
	wideTable = 40
)

// GuessLedger returns the ledger whose fields the headers name and its matches;
// nil if fewer than three columns or under half of them are sure, if the records'
// names are not, if another ledger knows clearly more of the headers, or if two ledgers fit
// about alike and the title does not tell.
func GuessLedger(t *Table, c *model.Catalog) (*model.Ledger, []Match) {
	var best *model.Ledger
	top, second, bare, most := 0.0, 0.0, 0.0, 0.0
	for _, l := range c.All() {
		if l.System {
			continue
		}
		targets := Targets(c, l)
		matches := matchesOf(t, targets, settleClaims(allClaims(t, targets)))
		share, n := sureShare(t, matches)
		if n < guessColumns || share < guessShare || !hasTitle(l, matches) {
			continue
		}
		own := share
		most = max(most, own)
		if names(t.Title+t.Sheet, l) {
			share += guessTitle
		}
		if second = max(second, min(share, top)); share > top {
			best, top, bare = l, share, own
		}
	}
	if best == nil || top-second < guessMargin || bare < most-guessMargin {
		return nil, nil
	}
	return best, MapColumns(t, Targets(c, best))
}

// hasTitle reports whether the field that names the records of a ledger is among
// the sure matches: without it they are records of something else.
func hasTitle(l *model.Ledger, matches []Match) bool {
	return l.Title == "" || slices.ContainsFunc(matches, func(m Match) bool { return m.Sure() && m.Path == Path(l.Title) })
}

// sureShare returns which part of the named columns is mapped for sure to fields
// of records, and how many these are. Row numbers are left out, and so are groups
// that the ledger knows nothing of: 一季度…四季度 under one 时间节点 are one thing more
// in the table, not four.
func sureShare(t *Table, matches []Match) (share float64, n int) {
	columns, groups := 0, mappedGroups(t, matches)
	for _, c := range t.Named() {
		if !isNumbering(c.Path) && (len(c.levels) < 2 || groups[c.levels[0]]) {
			columns++
		}
	}
	for _, m := range matches {
		if m.Sure() && m.Path != PathSeq && m.Path != PathArea {
			n++
		}
	}
	if columns == 0 {
		return 0, 0
	}
	return float64(n) / float64(min(columns, wideTable)), n
}

// mappedGroups are the top groups with a column that is mapped for sure.
func mappedGroups(t *Table, matches []Match) map[string]bool {
	groups := map[string]bool{}
	for _, m := range matches {
		if c := t.Columns[m.Col-1]; m.Sure() && len(c.levels) > 1 {
			groups[c.levels[0]] = true
		}
	}
	return groups
}

// names reports whether a title names the ledger by its label or a synonym.
func names(title string, l *model.Ledger) bool {
	title = text.HeaderKey(title)
	return slices.ContainsFunc(append([]string{l.Label}, l.Synonyms...), func(w string) bool {
		return strings.Contains(title, text.HeaderKey(w))
	})
}
