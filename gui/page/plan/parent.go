package plan

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page/form"
	"xiangzhen/model"
	"xiangzhen/model/exchange"
)

// Hang is the item that a new row is to be hung under.
type Hang struct {
	Ledger string // of the new record
	Field  string // the one that names the item above
	Parent kit.Choice
}

// Hang hangs a new record under an item; the zero Parent takes that back.
func (d *Decisions) Hang(record string, h Hang) {
	if h.Parent.ID == "" {
		delete(d.hang, record)
		return
	}
	if d.hang == nil {
		d.hang = map[string]Hang{}
	}
	d.hang[record] = h
}

// Hangs lists what new records are to be hung under, by their ids.
func (d *Decisions) Hangs() map[string]Hang { return maps.Clone(d.hang) }

// ParentField is the field of a ledger by which its records stand under one another,
// nil for a ledger without.
func ParentField(l *model.Ledger) *model.Field {
	i := slices.IndexFunc(l.Fields, func(f model.Field) bool { return f.Ref != nil && slices.Contains(f.Ref.Ledgers, l.Key) })
	if i < 0 {
		return nil
	}
	return &l.Fields[i]
}

// parent asks under which item a new row is to be hung (挂到哪个上级事项); nil where that
// is no question.
func (v *View) parent(l line) fyne.CanvasObject {
	if l.row.Kind != exchange.RowAdd || len(l.row.Records) == 0 || v.Parents == nil {
		return nil
	}
	rp := l.row.Records[0]
	ledger := v.catalog().Ledger(rp.Ledger)
	if ledger == nil {
		return nil
	}
	field := ParentField(ledger)
	choices := v.Parents(rp.Ledger, l.plan.Sender.Area)
	if field == nil || len(choices) == 0 {
		return nil
	}
	p := kit.NewPicker("先不选，以后在台账里选", form.Filter(choices))
	p.SetChoice(v.source.decisions.hang[rp.ID].Parent)
	p.OnChosen = func(c kit.Choice) {
		v.source.decisions.Hang(rp.ID, Hang{rp.Ledger, field.Key, c})
		v.grid.Reload()
	}
	label := kit.NewLine("挂到哪个上级事项（待确认）", look.TextBody, look.Second, false)
	label.Fixed = true
	return container.NewBorder(nil, nil, label, nil, p)
}
