package importing

import (
	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// refresh brings everything up to date with the files and the chosen line.
func (p *Page) refresh() {
	shown := p.work
	if len(p.files) == 0 {
		shown = p.empty
	}
	if len(p.stage.Objects) == 0 || p.stage.Objects[0] != shown {
		p.stage.Objects = []fyne.CanvasObject{shown}
		p.stage.Refresh()
	}
	p.list.Reload()
	if row, _ := p.list.Current(); row != p.chosen && p.chosen >= 0 && p.chosen < len(p.items) {
		p.list.Select(p.chosen)
	}
	it := p.item()
	p.showTools(it)
	p.showTable(it)
	p.tell()
}

// showTools brings the line above the sheet up to date.
func (p *Page) showTools(it item) {
	t := it.preview()
	p.what.SetText(p.whatWords(it))
	open := t != nil && it.file.result == nil
	setShown(p.picker, open)
	setShown(p.leave, open)
	setShown(p.mirror, open && mirrors(it))
	setShown(p.undo, it.file != nil && it.file.result != nil && it.file.result.Op != 0)
	if open {
		p.leave.SetLabel("不导入这张表")
		if t.Leave {
			p.leave.SetLabel("改为导入")
		}
		p.picker.SetChoice(kit.Choice{ID: t.Ledger, Text: p.label(t.Ledger)})
	}
	p.right.Refresh()
}

// showTable shows the sheet and what would become of it. While that is put together
// no cursor leads another.
func (p *Page) showTable(it item) {
	jumping := p.jumping
	p.jumping = true
	defer func() { p.jumping = jumping }()
	t := it.preview()
	var plans []*exchange.Plan
	if t != nil && t.Plan != nil {
		plans = []*exchange.Plan{t.Plan}
	}
	lower := p.view.Chips.Selected()
	p.view.Show(plans, &p.decisions)
	p.mapping.set(t)
	p.problems.set(t)
	switch {
	case keep(lower, t):
		p.view.Choose(lower)
	case t != nil && t.Ledger == "":
		p.showLower(chipColumns) // says that a ledger is to be chosen
	default:
		p.showLower("")
	}
	p.original.set(t, fixedOf(it))
}

// keep reports whether what the page showed behind a chip of its own can stay.
func keep(chip string, t *app.TablePreview) bool {
	switch {
	case t == nil || t.Ledger == "":
		return false
	case chip == chipProblems:
		return len(findings(t.Plan)) > 0
	}
	return chip == chipColumns
}

// fixedOf are the corrections of the file of a line.
func fixedOf(it item) []exchange.Correction {
	if it.file == nil {
		return nil
	}
	return it.file.choice.Corrections
}

func setShown(o fyne.CanvasObject, shown bool) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}
