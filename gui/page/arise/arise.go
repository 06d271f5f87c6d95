// Package arise lets a record come out of another one: a task out of what a meeting
// decided, an order about a late item, a need of an item. The clerk sees what
// follows from the source, changes what she likes, and says so by a button.
package arise

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/form"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// API is what is needed of app.
type API interface {
	form.Lister
	Today() model.Day
	Arise(ctx context.Context, from, id, to string, assign []app.Assignment) (app.Done, error)
}

// Targets lists the ledgers whose records can come out of those of a ledger, in the
// order of the catalog.
func Targets(c *model.Catalog, from *model.Ledger) []*model.Ledger {
	var out []*model.Ledger
	for _, to := range c.All() {
		if !to.System && ledgers.Arises(from, to) {
			out = append(out, to)
		}
	}
	return out
}

// Items are the entries of a menu: one for each ledger a record can be turned into.
func Items(d *page.Desk, api API, from *model.Ledger, rec *model.Record) []*fyne.MenuItem {
	var out []*fyne.MenuItem
	for _, to := range Targets(api.Catalog(), from) {
		out = append(out, fyne.NewMenuItem(title(to)+"…", func() { Ask(d, api, from, rec, to) }))
	}
	return out
}

func title(to *model.Ledger) string { return "转为" + to.Label }

// width is that of the form.
const width float32 = 520

// Ask shows the new record as it follows from the source, to be changed and made.
func Ask(d *page.Desk, api API, from *model.Ledger, source *model.Record, to *model.Ledger) {
	start, err := ledgers.Arise(from, source, to)
	if err != nil {
		d.Presenter.Error(err)
		return
	}
	page.Run(d, func(ctx context.Context) (form.Refs, error) { return form.ReadRefs(ctx, api, to) }, func(refs form.Refs) {
		c := d.Canvas()
		if c == nil {
			return
		}
		f := form.New(form.Params{Fields: fields(to, start), Today: api.Today(), Refs: refs})
		f.Show(start)
		a := &asking{desk: d, api: api, from: from, source: source, to: to, form: f}
		a.dialog = kit.ShowDialog(c, title(to)+"：“"+from.Name(source)+"”", kit.Scrolled(f.Object, width, c.Size().Height-190),
			kit.NewButton("取消", kit.ButtonPlain, func() { a.dialog.Close() }),
			kit.NewButton("新建", kit.ButtonMain, a.make))
		f.Focus(c)
	})
}

// fields are those that can be entered, without the ones that only steps change:
// first what has to be filled in and what came from the source.
func fields(l *model.Ledger, start *model.Record) []*model.Field {
	without := []string{"closed_on"}
	if l.Flow != nil {
		without = append(without, l.Flow.State)
	}
	out := form.Fields(l, without...)
	later := func(f *model.Field) int {
		if f.Required || f.Key == l.Title || slices.Contains(always, f.Key) || !start.Get(f.Key).IsEmpty() {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(out, func(a, b *model.Field) int { return later(a) - later(b) })
	return out
}

// always are asked for on top whatever the source says of them: who does it until
// when.
var always = []string{"unit", "due"}

// asking is an open dialog.
type asking struct {
	desk     *page.Desk
	api      API
	from, to *model.Ledger
	source   *model.Record
	form     *form.Form
	dialog   *kit.Dialog
}

// make writes the record and goes there; what is refused is told at its entry.
func (a *asking) make() {
	assign := a.form.Changes()
	page.Attempt(a.desk, func(ctx context.Context) (app.Done, error) {
		return a.api.Arise(ctx, a.from.Key, a.source.ID, a.to.Key, assign)
	}, func(done app.Done, err error) {
		if err != nil {
			if !a.form.Problem(err, a.desk.Canvas()) {
				a.desk.Presenter.Error(err)
			}
			return
		}
		a.dialog.Close()
		rec := done.Records[0]
		a.desk.Done("已"+title(a.to)+"“"+a.to.Name(rec)+"”", done.Op)
		a.desk.Open(page.RecordRoute(rec.Ledger, rec.ID))
	})
}
