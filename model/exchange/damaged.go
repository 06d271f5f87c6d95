package exchange

import (
	"slices"
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

// keptDigits is how many digits of an ID number Excel keeps when it takes it for a
// number: the last three are lost.
const keptDigits = 15

// The findings of package rule on an ID number that a spreadsheet has damaged.
var damagedRules = []string{"id_damaged", "id_tail"}

// offerKnownIDs offers for each ID number damaged by Excel the one that the ledger
// knows for a person of the row's name with the same first fifteen digits. It is
// offered only if there is exactly one, and never taken without being told.
func (pl *importPlanner) offerKnownIDs(rows []*importRow) error {
	nameKey := pl.in.Ledger.Title
	if pl.in.Ledger.Field("name") != nil {
		nameKey = "name"
	}
	for _, p := range pl.paths {
		tg := pl.targets[p]
		if tg.Field.Kind != model.KindIDNumber || tg.Child != nil || tg.Through != nil {
			continue
		}
		for _, row := range rows {
			e := row.cells.at(p)
			i := slices.IndexFunc(e.problems, func(q model.Problem) bool { return slices.Contains(damagedRules, q.Rule) })
			if i < 0 {
				continue
			}
			fixes, err := pl.knownIDs(tg.Field, e.shown(), nameKey, row.cells.at(Path(nameKey)).Value)
			if err != nil {
				return err
			}
			e.problems[i].Fixes = append(e.problems[i].Fixes, fixes...)
		}
	}
	return nil
}

// knownIDs returns the ID number that the ledger knows for a name and that may have
// been damaged into the cell, as a fix; nothing unless it is one.
func (pl *importPlanner) knownIDs(f *model.Field, c sheet.Cell, nameKey string, name model.Value) ([]model.Fix, error) {
	first := firstDigits(c)
	if first == "" || name.IsEmpty() {
		return nil, nil
	}
	hits, err := pl.lk.Match(pl.in.Ledger.Key, map[string]model.Value{nameKey: name})
	if err != nil {
		return nil, err
	}
	var known []string
	for _, h := range hits {
		id := h.Get(f.Key).Text
		if len(id) == 18 && (strings.HasPrefix(id, first) || isNear(id, c)) && !slices.Contains(known, id) {
			known = append(known, id)
		}
	}
	if len(known) != 1 {
		return nil, nil
	}
	return []model.Fix{{Kind: "known_id", Label: "采用台账里“" + name.Text + "”的" + f.Label, Words: known[0]}}, nil
}

// firstDigits returns the digits that a damaged ID number still has, "" if fewer
// than fifteen are sound.
func firstDigits(c sheet.Cell) string {
	digits := strings.TrimSpace(c.Text)
	if c.Kind == sheet.Number {
		digits = strconv.FormatFloat(c.Num, 'f', -1, 64)
	}
	if len(digits) != 18 || strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	return digits[:keptDigits]
}

// doubleStep is by how much numbers of the size of an ID number lie apart where a
// program keeps them as doubles: rounding may carry into the fifteenth digit.
const doubleStep = 128

// isNear reports whether an ID number may have been rounded to a numeric cell.
func isNear(id string, c sheet.Cell) bool {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || c.Kind != sheet.Number {
		return false
	}
	apart := n - int64(c.Num)
	return apart > -doubleStep && apart < doubleStep
}
