package secretary

import (
	"context"
	"slices"

	"xiangzhen/gui/page"
	"xiangzhen/gui/page/arise"
	"xiangzhen/gui/page/dialog"
	"xiangzhen/gui/page/form"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// noteFields are what the light form asks for, two short ones on a line, what is needed
// first.
var noteFields = []string{"kind", "done_on", "title", "domain", "village", "place", "points", "problem", "result", "item"}

// ask opens the light form for an act; a problem found becomes an item by one button.
func (p *Page) ask() {
	at := slices.IndexFunc(p.leaders, func(l app.Leader) bool { return l.ID == p.person })
	if at < 0 {
		return
	}
	leader, l := p.leaders[at], p.api.Catalog().Ledger(ledgers.Act)
	dialog.Ask(p.desk, p.api, dialog.Question{
		Title: "记一笔：" + leader.Name, Ledger: l, Fields: dialog.Fields(l, noteFields...), Yes: "记下", Also: "记下并转任务",
		Begin: func(f *form.Form) { f.Propose("done_on", string(p.api.Today()), "") },
		Work: func(ctx context.Context, got []app.Assignment) (app.Done, error) {
			return p.api.Add(ctx, l.Key, append([]app.Assignment{{Field: "person", Words: leader.ID}}, got...))
		},
		Done: func(done app.Done) { p.noted(l, done) },
		Then: func(done app.Done) {
			arise.Ask(p.desk, p.api, l, done.Records[0], p.api.Catalog().Ledger(ledgers.Task))
		},
	})
}

// noted says what was noted, and puts the cursor there. The change that follows reads
// the file anew.
func (p *Page) noted(l *model.Ledger, done app.Done) {
	rec := done.Records[0]
	p.desk.Done("已记下“"+l.Name(rec)+"”", done.Op)
	if day := rec.Get("done_on").Start; day.Year() == p.year {
		p.Show(page.Route{Page: page.Secretary, Record: rec.ID})
	}
}
