package supervise

import (
	"cmp"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/model/ledgers"
)

// chipDomain opens the list of fields of work (领域).
const chipDomain = "domain"

// filter is a line of chips, the last of which narrows by the field of work.
type filter struct {
	p       *Page
	chips   *kit.Chips
	chip    string // the chosen one
	domain  string // "" for all
	changed func()
}

// newFilter makes the chips with one chosen; changed is called when another is.
func newFilter(p *Page, chip string, changed func()) *filter {
	f := &filter{p: p, chip: chip, changed: changed}
	f.chips = kit.NewChips(f.tap)
	return f
}

// set shows the chips with their numbers.
func (f *filter) set(chips []kit.Chip) {
	f.chips.Set(append(chips, kit.Chip{Key: chipDomain, Label: "领域：" + cmp.Or(f.domain, "全部"), Menu: true}), f.chip)
}

// tap chooses a chip, or opens the list of fields of work.
func (f *filter) tap(key string, below fyne.Position) {
	if key != chipDomain {
		f.chip = key
		f.changed()
		return
	}
	c := f.p.desk.Canvas()
	if c == nil {
		return
	}
	kit.ShowChooser(c, kit.Chooser{At: below.SubtractXY(0, look.ChipHeight), Size: fyne.NewSize(160, look.ChipHeight),
		Query: kit.FilterChoices(domainChoices(f.p.ledger(ledgers.Order))), Done: func(choice kit.Choice, _ fyne.KeyName) {
			f.domain = choice.ID
			f.changed()
		}})
}
