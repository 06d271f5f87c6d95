package ledgers

import (
	"strings"

	"xiangzhen/model"
	builtin "xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

// shelfLine is one line of the list of ledgers: a heading, a ledger, or the one
// that unfolds the rest.
type shelfLine struct {
	key   string // of the ledger; "" for a heading
	label string
	count int
	more  bool // 更多: unfolds the ledgers without records
	open  bool // of more
}

// settled are kept under 设置; here they show only while they are the open ledger.
var settled = map[string]bool{builtin.Area: true, builtin.Unit: true, builtin.Person: true}

// userPrefix begins the keys of ledgers that a user made.
const userPrefix = "u_"

// isOwn reports whether a user made the ledger.
func isOwn(l *model.Ledger) bool { return strings.HasPrefix(l.Key, userPrefix) }

// ownHeading is the heading of the ledgers that users made.
const ownHeading = "自建台账"

// shelf arranges the ledgers: those with records by their group, the user's own
// whether they hold anything or not, and the rest folded away (CLERK 14).
// Headings that are terms of policy are in the words of the day (CLERK 20).
func shelf(all []*model.Ledger, counts map[string]int, current string, unfolded bool, today model.Day) []shelfLine {
	var filled, own, rest []shelfLine
	group := ""
	for _, l := range all {
		line := shelfLine{key: l.Key, label: l.Label, count: counts[l.Key]}
		switch {
		case l.System || settled[l.Key] && l.Key != current:
		case isOwn(l):
			own = append(own, line)
		case line.count == 0 && l.Key != current:
			rest = append(rest, line)
		default:
			if l.Group != group {
				group = l.Group
				filled = append(filled, shelfLine{label: rule.Term(today, group)})
			}
			filled = append(filled, line)
		}
	}
	if len(own) > 0 {
		filled = append(append(filled, shelfLine{label: ownHeading}), own...)
	}
	return append(filled, folded(rest, unfolded)...)
}

// folded is the line 更多 with what it hides, if it is unfolded.
func folded(rest []shelfLine, unfolded bool) []shelfLine {
	if len(rest) == 0 {
		return nil
	}
	out := []shelfLine{{label: "更多", count: len(rest), more: true, open: unfolded}}
	if unfolded {
		out = append(out, rest...)
	}
	return out
}

// firstLedger is the ledger to open where none was asked for.
func firstLedger(lines []shelfLine) string {
	for _, l := range lines {
		if l.key != "" {
			return l.key
		}
	}
	return ""
}
