package tasks

import (
	"context"
	"slices"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page/form"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// newFields are asked for in a new item, the most needed first; the rest can be
// entered in the drawer.
var newFields = []string{"title", "parent", "unit", "person", "due", "target_qty", "target_unit", "content", "category", "source", "doc_no", "urgency", "report_every"}

// create opens the dialog of a new item; the item above is the chosen one if it
// is one that others stand under.
func (p *Page) create(at *node) {
	if p.tree == nil {
		return
	}
	f := form.New(form.Params{Fields: fieldsOf(p.source.ledger, newFields), Today: p.source.today, Refs: p.source.refs})
	f.Show(nil)
	if above := parentFor(at); above != nil {
		f.Propose("parent", p.source.ledger.Name(above.rec), above.rec.ID)
	}
	p.askForm("新建任务", "新建", nil, f, 520, func(d *kit.Dialog) {
		assign := f.Changes()
		p.run(f, d, "已新建任务", func(ctx context.Context) (app.Done, error) {
			return p.api.Add(ctx, p.source.ledger.Key, assign)
		}, func(done app.Done) {
			for _, r := range done.Records {
				p.route.Record = r.ID // shown once the items have been read anew
			}
		})
	})
}

// parentFor is the item that a new one would stand under: the chosen one if it is
// split already or of a level above, else what it stands under itself.
func parentFor(at *node) *node {
	switch {
	case at == nil:
		return nil
	case len(at.children) > 0 || at.foreign:
		return at
	}
	return at.above
}

// fieldsOf are the fields of those keys, in that order.
func fieldsOf(l *model.Ledger, keys []string) []*model.Field {
	var out []*model.Field
	for _, key := range keys {
		if f := l.Field(key); f != nil {
			out = append(out, f)
		}
	}
	return out
}

// detailFields are all fields that can be entered, but those that only steps change.
func detailFields(l *model.Ledger) []*model.Field {
	return slices.DeleteFunc(form.Fields(l), func(f *model.Field) bool {
		return f.Key == "state" || f.Key == "closed_on"
	})
}
