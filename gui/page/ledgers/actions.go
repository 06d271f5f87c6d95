package ledgers

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// focusGrid gives the keyboard to the grid.
func (p *Page) focusGrid() {
	if c := p.canvas(); c != nil && p.grid != nil {
		c.Focus(p.grid)
	}
}

// delete asks about the chosen records and deletes them.
func (p *Page) delete() {
	if p.ledger == nil {
		return
	}
	chosen := p.chosen()
	switch {
	case len(chosen) == 0:
		p.say("请先选中要删除的记录。")
	case len(chosen) < p.grid.SelectedCount():
		p.say("选中的记录太多，还没有全部读出来。请分几次删除。")
	default:
		p.deleteRecords(chosen)
	}
}

// deleteRecords reads what refers to records, asks, and deletes them.
func (p *Page) deleteRecords(records []*model.Record) {
	l := p.ledger
	page.Run(p.desk, func(ctx context.Context) (map[string][]app.Use, error) { return p.app.Uses(ctx, l.Key) },
		func(uses map[string][]app.Use) {
			var names, ids []string
			var of []app.Use
			for _, rec := range records {
				names, ids, of = append(names, nameOf(l, rec)), append(ids, rec.ID), append(of, uses[rec.ID]...)
			}
			e := effectOf(l, p.app.Catalog().Referrers(l.Key), of)
			if err := inUse(names, e); err != nil {
				p.desk.Presenter.Error(err)
				return
			}
			p.desk.Presenter.Confirm(deleteQuestion(names, e), func() { p.deleteAll(l, names, ids, e.further) })
		})
}

func (p *Page) deleteAll(l *model.Ledger, names, ids []string, further bool) {
	page.Run(p.desk, func(ctx context.Context) (app.Done, error) { return p.app.DeleteMany(ctx, l.Key, ids, further) },
		func(done app.Done) {
			p.desk.Done("已删除"+few(names), done.Op)
			p.win.stale(p.currentRow())
			p.recount()
		})
}

// merge makes one record of the two that are chosen.
func (p *Page) merge() {
	if p.ledger == nil {
		return
	}
	chosen := p.chosen()
	if len(chosen) != 2 {
		p.say("请先选中要合并的两条记录：按住 Ctrl 点选。")
		return
	}
	l := p.ledger
	content := container.NewVBox()
	for _, words := range mergeWords(l, chosen[0], chosen[1]) {
		content.Add(kit.NewLine(words, look.TextBody, look.Ink, false))
	}
	var d *kit.Dialog
	keep := func(winner, loser *model.Record) *kit.Button {
		return kit.NewButton("保留“"+short(nameOf(l, winner))+"”", kit.ButtonPlain, func() {
			d.Close()
			p.mergeInto(l, winner, loser)
		})
	}
	first, second := keep(chosen[0], chosen[1]), keep(chosen[1], chosen[0])
	if first.Label == second.Label {
		first.Label, second.Label = "保留第一条", "保留第二条"
	}
	d = kit.ShowDialog(p.canvas(), "合并两条记录", content, kit.NewButton("取消", kit.ButtonPlain, func() { d.Close() }), second, first)
}

func (p *Page) mergeInto(l *model.Ledger, winner, loser *model.Record) {
	page.Run(p.desk, func(ctx context.Context) (app.Done, error) {
		return p.app.MergeRecords(ctx, l.Key, winner.ID, loser.ID)
	}, func(done app.Done) {
		p.desk.Done("已合并到“"+nameOf(l, winner)+"”", done.Op)
		p.reload(winner.ID)
	})
}

// writeExport writes the file.
func (p *Page) writeExport(req app.ExportRequest) {
	n := 0
	p.desk.Presenter.Long(task.Long{Title: "导出" + p.ledger.Label, Work: func(ctx context.Context, _ *task.Progress) (err error) {
		n, err = p.app.Export(ctx, req)
		return err
	}, Done: func(err error) {
		if err != nil {
			p.desk.Presenter.Error(err)
			return
		}
		p.say(fmt.Sprintf("已导出 %d 条到 %s", n, filepath.Base(req.Out)))
	}})
}
