package ledgers

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/arise"
	"xiangzhen/gui/page/evidence"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/page/trail"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// relation is the records of one ledger that refer to the record by one field.
type relation struct {
	ledger  *model.Ledger
	field   *model.Field
	total   int
	records []*model.Record // the first of them
}

// mostRelated is how many records of a relation are listed.
const mostRelated = 8

// related reads what refers to a record, in the order of the catalog.
func related(ctx context.Context, from form.Lister, ledger, id string) ([]relation, error) {
	var out []relation
	for _, by := range from.Catalog().Referrers(ledger) {
		if by.Ledger.System || by.Field.Internal {
			continue
		}
		_, got, err := from.List(ctx, app.ListRequest{Ledger: by.Ledger.Key, Where: []string{by.Field.Key + "=" + id}, Limit: mostRelated})
		if err != nil {
			return nil, err
		}
		if got.Total > 0 {
			out = append(out, relation{by.Ledger, by.Field, got.Total, got.Records})
		}
	}
	return out, nil
}

// show shows a record that was read.
func (r *record) show(f facts) {
	r.rec, r.form, r.adding = f.rec, nil, false
	r.drawer.SetHead(headOf(f.ledger, f.rec))
	n := 0
	for _, rel := range f.related {
		n += rel.total
	}
	tabs := []kit.Tab{
		{Key: tabDetail, Label: "详情", Content: detail(f.ledger, f.rec)},
		{Key: tabRelated, Label: "相关记录", Count: n, Content: r.relations(f.related)}}
	if evidence.Field(f.ledger) != nil {
		tabs = append(tabs, kit.Tab{Key: tabFiles, Label: evidence.Label(f.ledger), Count: evidence.Count(f.ledger, f.rec), Content: r.files.Object})
	}
	r.drawer.SetTabs(append(tabs, kit.Tab{Key: tabHistory, Label: "历史", Content: trail.List(f.ledger, f.history)}), r.tab)
	r.showFiles()
	if !r.p.keeping.Mine {
		r.drawer.SetFooter(r.p.keeping.Words())
		r.drawer.Refresh()
		return
	}
	buttons := []*kit.Button{kit.NewButton("编辑", kit.ButtonFirst, r.edit)}
	if turn := arise.Items(r.p.desk, r.p.app, f.ledger, f.rec); len(turn) > 0 {
		buttons = append(buttons, r.turnButton(turn))
	}
	r.drawer.SetFooter("", append(buttons, kit.NewButton("删除", kit.ButtonPlain, func() { r.p.deleteRecords([]*model.Record{f.rec}) }))...)
	r.drawer.Refresh()
}

// turnButton opens the list of what the record can be turned into.
func (r *record) turnButton(items []*fyne.MenuItem) *kit.Button {
	var b *kit.Button
	b = kit.NewButton("转办", kit.ButtonPlain, func() {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), r.p.canvas(), at.AddXY(0, b.Size().Height))
	})
	return b
}

// showForm shows the form in the record's place.
func (r *record) showForm(l *model.Ledger) {
	title := "新增" + l.Label
	if r.rec != nil {
		title = nameOf(l, r.rec)
	}
	r.drawer.SetHead(kit.Head{Crumb: l.Label, Title: title})
	label := "编辑"
	if r.adding {
		label = "填写"
	}
	r.drawer.SetTabs([]kit.Tab{{Key: tabDetail, Label: label, Content: r.form.Object}}, tabDetail)
	r.drawer.SetFooter("Ctrl+S 保存", kit.NewButton("保存", kit.ButtonFirst, func() { r.save() }), kit.NewButton("取消", kit.ButtonPlain, r.cancel))
	r.drawer.Refresh()
}

// headOf is what stands above a record: its ledger, its name, its light.
func headOf(l *model.Ledger, rec *model.Record) kit.Head {
	h := kit.Head{Crumb: l.Label, Title: nameOf(l, rec)}
	for i := range l.Derived {
		f := &l.Derived[i]
		if mark := lightMark(f, rec.Get(f.Key)); mark != look.MarkNone {
			h.Mark, h.Status = mark, f.Show(rec.Get(f.Key))
			break
		}
	}
	return h
}

// detail shows all that is filled in, sensitive values masked, and when it was
// entered.
func detail(l *model.Ledger, rec *model.Record) fyne.CanvasObject {
	var keys []string
	for _, f := range shownFields(l) {
		if f.Key != l.Title {
			keys = append(keys, f.Key)
		}
	}
	changed := "改于 " + rec.ChangedAt.Local().Format("2006-01-02 15:04")
	if rec.ChangedBy != "" {
		changed += "　" + rec.ChangedBy
	}
	return container.NewVBox(form.Facts(l, rec, keys...), kit.NewNote(changed))
}

// relations lists what refers to a record; a click goes there.
func (r *record) relations(all []relation) fyne.CanvasObject {
	if len(all) == 0 {
		return kit.NewLine("没有别的记录用到它。", look.TextBody, look.Second, false)
	}
	box := container.NewVBox()
	for _, rel := range all {
		box.Add(kit.NewNote(relationWords(rel)))
		for _, rec := range rel.records {
			to := page.Route{Page: page.Ledgers, Ledger: rel.ledger.Key, Record: rec.ID}
			box.Add(container.NewHBox(kit.NewButton(short(lineOf(rel.ledger, rec, rel.field.Key)), kit.ButtonLink, func() { r.p.desk.Open(to) })))
		}
		if more := rel.total - len(rel.records); more > 0 {
			box.Add(kit.NewNote(fmt.Sprintf("另有 %d 条", more)))
		}
	}
	return box
}
