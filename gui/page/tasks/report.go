package tasks

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/page/trail"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// reportForm is the entry of this period's progress.
type reportForm struct {
	object fyne.CanvasObject
	forms  []*form.Form // numbers side by side, then the texts
}

// newReportForm makes the entries over what was reported this period, if anything.
func newReportForm(d data, rec *model.Record) *reportForm {
	f := &reportForm{}
	part := func(keys ...string) *form.Form {
		one := form.New(form.Params{Fields: fieldsOf(d.progress, keys), Today: d.today, Refs: d.refs})
		one.Show(rec)
		f.forms = append(f.forms, one)
		return one
	}
	numbers := container.NewGridWithColumns(2, part("percent").Object, part("done_qty").Object)
	f.object = container.NewVBox(numbers, part("text", "problem", "next_step").Object)
	return f
}

// changes is what was typed.
func (f *reportForm) changes() []app.Assignment {
	var out []app.Assignment
	for _, one := range f.forms {
		out = append(out, one.Changes()...)
	}
	return out
}

// propose puts words into an entry.
func (f *reportForm) propose(field, words string) {
	for _, one := range f.forms {
		one.Propose(field, words, "")
	}
}

// problem shows an error under the entry it concerns.
func (f *reportForm) problem(err error, c fyne.Canvas) bool {
	for _, one := range f.forms {
		if one.Problem(err, c) {
			return true
		}
	}
	return false
}

// focus puts the keyboard into the text: what every report needs.
func (f *reportForm) focus(c fyne.Canvas) { f.forms[len(f.forms)-1].Focus(c) }

// fillProgress shows the entry of the period and what was reported before.
func (d *drawer) fillProgress() {
	data, r := d.page.source.data, d.node.rec
	d.body.Add(figures(data, r))
	if !d.node.foreign {
		d.report = newReportForm(data, data.reports[r.ID])
		d.takeDraft(tabProgress, d.report.propose)
		d.body.Add(d.report.object)
	}
	past := container.NewVBox()
	d.body.Add(kit.NewNote("历次进展"))
	d.body.Add(past)
	page.Load(d.page.desk, d.load, func(ctx context.Context) ([]*model.Record, error) {
		_, list, err := d.page.api.List(ctx, app.ListRequest{Ledger: ledgers.Progress, Where: []string{"task=" + r.ID}, Sort: "-period"})
		return list.Records, err
	}, func(list []*model.Record) {
		past.Objects = pastLines(data, list)
		past.Refresh()
		d.body.Refresh()
	})
}

// figures are how far the item is, and what its parts come to.
func figures(d data, r *model.Record) fyne.CanvasObject {
	now := showNumber(d.progress.Field("percent"), d.reports[r.ID].Get("percent"))
	before := showNumber(d.progress.Field("percent"), d.earlier[r.ID].Get("percent"))
	if now = withPercent(now); now == "" {
		now = "未填"
		if d.reports[r.ID] == nil {
			now = "未报"
		}
	}
	return container.NewGridWithColumns(2,
		figure("本期进度（"+monthWords(string(d.period))+"）", now, "上期 "+orDash(withPercent(before))),
		figure("按下级汇总", orDash(rollup(d.ledger, r)), ""))
}

// pastLines are the reports of an item, the newest first.
func pastLines(d data, list []*model.Record) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, r := range list {
		out = append(out, form.Fact(r.Get("period").Text, pastWords(d.progress, r)))
	}
	if len(out) == 0 {
		out = append(out, trail.Para("还没有报送过进展。", look.Second))
	}
	return out
}

// saveReport writes what was typed as the report of the period.
func (d *drawer) saveReport() bool {
	assign, n, p := d.report.changes(), d.node, d.page
	if len(assign) == 0 {
		p.desk.Say(kit.Toast{Text: "还没有填写。填好完成比例或进展情况后再保存。"})
		return true
	}
	row := reportRow(p.source.data, n.rec)
	row.Assign = append(row.Assign, assign...)
	page.Run(p.desk, func(ctx context.Context) (result, error) {
		if row.ID != "" {
			done, err := p.api.Set(ctx, ledgers.Progress, row.ID, row.Assign)
			return result{done, err}, nil
		}
		done, err := p.api.Add(ctx, ledgers.Progress, row.Assign)
		return result{done, err}, nil
	}, func(r result) { d.reported(n, r) })
	return true
}

// reported tells what became of a report.
func (d *drawer) reported(n *node, r result) {
	p := d.page
	if r.err != nil {
		if d.report == nil || !d.report.problem(r.err, p.desk.Canvas()) {
			p.desk.Presenter.Error(r.err)
		}
		return
	}
	delete(d.drafts, tabProgress+n.rec.ID)
	if d.node == n || d.node != nil && d.node.rec.ID == n.rec.ID {
		d.report = nil
	}
	p.desk.Done("已保存“"+p.source.ledger.Name(n.rec)+"”的进展"+doubts(r.done.Problems), r.done.Op)
	p.reload()
}

// reportWords name the button: who reports for a unit below records in its name.
func reportWords(d data, r *model.Record) string {
	if facts(d, r).IsHolder {
		return "保存进展"
	}
	return "代录进展"
}

// pastWords is a report on one line: 进度 35%，清淤过半。存在问题：管材未到　赵示例四 · 上报表.
func pastWords(l *model.Ledger, r *model.Record) string {
	var parts []string
	if v := showNumber(l.Field("percent"), r.Get("percent")); v != "" {
		parts = append(parts, "进度 "+v+"%")
	}
	if v := r.Get("text").Text; v != "" {
		parts = append(parts, oneLine(v))
	}
	words := strings.Join(parts, "，")
	if v := r.Get("problem").Text; v != "" {
		words += "　存在问题：" + oneLine(v)
	}
	by := slices.DeleteFunc([]string{r.Get("reporter").Text, l.Field("source").Show(r.Get("source"))}, func(s string) bool { return s == "" })
	if len(by) > 0 {
		words += "　（" + strings.Join(by, " · ") + "）"
	}
	return words
}
