package reports

import (
	"slices"

	"xiangzhen/gui/kit"
	"xiangzhen/model/exchange"
)

// FormsForTest lets tests choose what is chosen in lists and grids.
type FormsForTest struct{ f *forms }

// Forms is the view 表样.
func (p *Page) Forms() FormsForTest { return FormsForTest{p.forms} }

// SetLedger chooses the ledger of the form that is edited.
func (t FormsForTest) SetLedger(key string) {
	t.f.entries.over.SetChoice(kit.Choice{ID: key, Text: t.f.api.Catalog().Ledger(key).Label})
	t.f.setLedger(kit.Choice{ID: key})
}

// Use goes through the ways of a column until it is the one meant.
func (t FormsForTest) Use(path, use string) {
	for range 4 {
		at := slices.IndexFunc(t.f.lines.lines, func(l columnLine) bool { return l.path == exchange.Path(path) })
		if t.f.lines.lines[at].use == use {
			return
		}
		t.f.cycle(at)
	}
}
