package uppers

import (
	"context"
	"slices"

	"xiangzhen/gui/page"
	"xiangzhen/gui/page/dialog"
	"xiangzhen/gui/page/form"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
)

// registerFields are what is asked for of a table, two on a line.
var registerFields = []string{"title", "asker", "cadence", "due_day", "due_next", "due_on", "due_hour", "due_minute", "roll", "basis", "contact", "phone",
	"from", "until", "form", "remark"}

// register asks for a table that is to be registered.
func (p *Page) register() {
	p.ask("登记报表", "登记", nil, func(ctx context.Context, got []app.Assignment) (app.Done, error) {
		return p.api.Add(ctx, ledgers.UpperTable, got)
	}, "已登记")
}

// edit changes what is said of the table of the cursor.
func (p *Page) edit() {
	t := p.current()
	if t == nil {
		return
	}
	page.Run(p.desk, func(ctx context.Context) (*model.Record, error) {
		_, rec, err := p.api.Get(ctx, ledgers.UpperTable, t.ID)
		return rec, err
	}, func(rec *model.Record) {
		p.ask("修改登记", "保存", rec, func(ctx context.Context, got []app.Assignment) (app.Done, error) {
			if len(got) == 0 {
				return app.Done{Records: []*model.Record{rec}}, nil
			}
			return p.api.Set(ctx, ledgers.UpperTable, rec.ID, got)
		}, "已修改")
	})
}

// ask opens the dialog over the fields of a table, once the forms are read that it may
// be sent by.
func (p *Page) ask(title, yes string, start *model.Record, work func(context.Context, []app.Assignment) (app.Done, error), what string) {
	page.Run(p.desk, p.api.Forms, func(forms []exchange.Form) {
		l := p.ledger()
		dialog.Ask(p.desk, p.api, dialog.Question{
			Title: title, Ledger: l, Fields: withForms(dialog.Fields(l, registerFields...), forms), Start: start, Yes: yes, Work: work,
			Begin: func(f *form.Form) {
				if start == nil {
					f.Propose("cadence", string(model.Monthly), "")
				}
			},
			Done: func(done app.Done) {
				rec := done.Records[0]
				p.wanted = rec.ID
				p.desk.Done(what+"“"+l.Name(rec)+"”", done.Op)
				p.reload()
			},
		})
	})
}

// withForms offers the names of the forms where one may be said.
func withForms(fields []*model.Field, forms []exchange.Form) []*model.Field {
	var names []string
	for _, f := range forms {
		names = append(names, f.Label)
	}
	at := slices.IndexFunc(fields, func(f *model.Field) bool { return f.Key == "form" })
	offered := *fields[at]
	offered.Options = model.Options(names...)
	fields[at] = &offered
	return fields
}
