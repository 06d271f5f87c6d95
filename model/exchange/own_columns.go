package exchange

import "xiangzhen/model/sheet"

// OwnColumns returns the matches of a table that this program exported: its
// hidden path row says what each column is, whatever its header has become.
// ok is false for any other table.
func OwnColumns(s *sheet.Sheet, t *Table) (matches []Match, ok bool) {
	row, idCol, found := findPaths(s)
	if row == 0 || row >= t.HeaderFirst {
		return nil, false
	}
	for _, m := range found {
		if m.Col != idCol {
			matches = append(matches, m)
		}
	}
	return matches, len(matches) > 0
}

// importable reports whether a table may state a value of the target: derived
// fields follow from others, read-only ones are the program's, and fields of
// another record seen through a reference belong to that record.
func (tg Target) importable(ledgerOfRow string) bool {
	if tg.Field == nil || tg.Through != nil || tg.Field.ReadOnly {
		return false
	}
	return tg.Child != nil || tg.Ledger.Key != ledgerOfRow || !tg.Ledger.IsDerived(tg.Field.Key)
}
