package teams

import (
	"context"
	"slices"

	"xiangzhen/gui/page"
	"xiangzhen/gui/page/dialog"
	"xiangzhen/gui/page/form"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// handover passes what the chosen member has in hand to a successor (人员交接), shows
// beforehand what that is, and writes the list to be signed.
func (r *roster) handover() {
	m := r.current()
	if m == nil {
		r.p.say("请先在花名册里选中移交人。")
		return
	}
	page.Run(r.p.desk, func(ctx context.Context) ([]app.HandoverItem, error) { return r.p.api.HandoverItems(ctx, m.ID) },
		func(items []app.HandoverItem) { r.askHandover(m, items) })
}

// askHandover asks for the successor, the day and the witness.
func (r *roster) askHandover(m *model.Record, items []app.HandoverItem) {
	l := r.p.api.Catalog().Ledger(ledgers.Rotation)
	name := m.Get("name").Text
	var handed app.Handed
	dialog.Ask(r.p.desk, r.p.api, dialog.Question{Title: "人员交接：" + name, Ledger: l, Fields: handoverFields(l), Yes: "交接",
		Intro: "转给接任人员：" + handoverWords(items) + "\n已办结的事项、考勤、走访、日志和历史仍记在" + name + "名下。",
		Begin: func(f *form.Form) { f.Propose("came_on", string(r.p.api.Today()), "") },
		Work: func(ctx context.Context, got []app.Assignment) (done app.Done, err error) {
			handed, err = r.p.api.Handover(ctx, app.HandoverRequest{Leaver: m.ID,
				Successor: words(got, "successor"), On: words(got, "came_on"), Witness: words(got, "witness")})
			return handed.Done, err
		},
		Done: func(done app.Done) {
			r.p.desk.Done(name+"的工作已交给"+handed.Successor, done.Op)
			r.p.write(handed.Village+"工作交接清单.xlsx", func(ctx context.Context, path string) error { return r.p.api.WriteHandover(ctx, handed, path) })
		}})
}

// handoverFields are those of 轮换交接 that are asked for, the day under the word
// that fits here.
func handoverFields(l *model.Ledger) []*model.Field {
	fields := dialog.Fields(l, "successor", "came_on", "witness")
	day := *fields[1]
	day.Label, day.Required = "交接日期", true
	fields[1] = &day
	return fields
}

// words are what was entered in a field.
func words(got []app.Assignment, field string) string {
	i := slices.IndexFunc(got, func(a app.Assignment) bool { return a.Field == field })
	if i < 0 {
		return ""
	}
	return got[i].Words
}
