package settings

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/rule"
)

// expired says to whom tables may go up in full, and lists what is past its term
// (期满) with the way to destroy it.
type expired struct {
	p         *Page
	content   fyne.CanvasObject
	receivers *kit.Entry
	save      *kit.Button
	term      *kit.Para
	grid      *grid.Grid
	chosen    *kit.Button // destroys
	all       *kit.Button
	list      expiredSource
}

func newExpired(p *Page) section {
	e := &expired{p: p, receivers: kit.NewEntry("例如 示例县农业农村局、示例县乡村振兴局"), term: kit.NewPara("", look.TextBody, look.Ink, false, 2)}
	e.save = kit.NewButton("保存", kit.ButtonPlain, e.setReceivers)
	e.receivers.OnSubmitted = func(string) { e.setReceivers() }
	e.chosen = kit.NewButton("销毁选中的…", kit.ButtonPlain, func() { e.ask(e.selected()) })
	e.all = kit.NewButton("全部销毁…", kit.ButtonPlain, func() { e.ask(slices.Clone(e.list)) })
	e.grid = grid.New(grid.Config{Source: e.list, Rows: true, Empty: "没有期满要销毁的。"})
	to := kit.NewCard("报送接收单位", nil, container.NewVBox(container.NewBorder(nil, nil, nil, e.save, e.receivers),
		kit.NewNote("导出选“上报”时，只有这里的单位能收到完整的身份证号、电话和银行卡号；几个单位用、分开。")))
	e.content = frame(page.NewHeader("敏感信息"), kit.NewFlushCard(e.grid), to,
		container.New(tall(2*look.RowHeight-look.Gap), e.term), line(e.chosen, e.all))
	return e
}

func (e *expired) object() fyne.CanvasObject { return e.content }

// expiredView is what was read for the section.
type expiredView struct {
	list             []app.ExpiredRecord
	years, receivers string
	may              bool
}

func (e *expired) load() {
	page.Load(e.p.desk, e.p.reads, func(ctx context.Context) (v expiredView, err error) {
		if v.list, err = e.p.api.Expired(ctx); err != nil {
			return v, err
		}
		if v.years, err = e.p.api.Setting(ctx, rule.KeepYears); err != nil {
			return v, err
		}
		if v.receivers, err = e.p.api.Setting(ctx, rule.UnitReceivers); err != nil {
			return v, err
		}
		v.may, err = e.p.api.May(ctx, app.RightManage)
		return v, err
	}, e.show)
}

func (e *expired) show(v expiredView) {
	e.list = v.list
	e.grid.SetSource(e.list)
	e.receivers.SetText(v.receivers)
	e.term.SetText(termWords(v.years, len(v.list)))
	if !v.may {
		e.term.SetText(mayWords(v.may))
	}
	enable(v.may, e.save)
	enable(v.may && len(v.list) > 0, e.chosen, e.all)
	e.content.Refresh()
}

func (e *expired) setReceivers() {
	e.p.setting(rule.UnitReceivers, e.receivers.Text, "报送接收单位已改")
}

// selected are the chosen records.
func (e *expired) selected() []app.ExpiredRecord {
	var out []app.ExpiredRecord
	for row := range e.grid.Selected() {
		out = append(out, e.list[row])
	}
	return out
}

// ask asks for the reason and for the word that confirms: nothing brings it back.
func (e *expired) ask(records []app.ExpiredRecord) {
	if len(records) == 0 {
		return
	}
	reason, typed := newInput("理由", "会写进历史，例如 保存期满，镇党委会议定"), newInput("输入“"+destroyConfirm+"”确认", "不能撤销，备份里也一起抹掉")
	var d *kit.Dialog
	accept := func() {
		if err := destroyProblem(typed.Text); err != nil {
			typed.field.SetProblem(model.Sentence(err))
			return
		}
		e.destroy(d, reason, records)
	}
	typed.OnSubmitted = func(string) { accept() }
	c := e.p.desk.Canvas()
	d = kit.ShowDialog(c, fmt.Sprintf("销毁 %d 条记录的敏感内容", len(records)), container.NewVBox(reason.field, typed.field),
		kit.NewButton("取消", kit.ButtonPlain, func() { d.Close() }), kit.NewButton("销毁", kit.ButtonMain, accept))
	c.Focus(reason.Entry)
}

// destroy destroys them, ledger by ledger, and says what is left to do by hand.
func (e *expired) destroy(d *kit.Dialog, reason secret, records []app.ExpiredRecord) {
	order, ids := byLedger(records)
	words := reason.Text
	var all app.DestroyDone
	e.p.desk.Presenter.Long(task.Long{
		Title: "期满销毁",
		Work: func(ctx context.Context, _ *task.Progress) error {
			for _, ledger := range order {
				done, err := e.p.api.Destroy(ctx, ledger, ids[ledger], words)
				all.Records, all.Files = all.Records+done.Records, all.Files+done.Files
				all.Copies, all.Beyond = union(all.Copies, done.Copies), union(all.Beyond, done.Beyond)
				if err != nil {
					return err
				}
			}
			return nil
		},
		Done: func(err error) {
			e.load()
			if err != nil {
				reason.field.SetProblem(model.Sentence(err))
				return
			}
			d.Close()
			e.p.params.LockTold(fmt.Sprintf("已销毁 %d 条记录的敏感内容，删去附件 %d 个。", all.Records, all.Files), app.LockDone{Copies: all.Copies, Beyond: all.Beyond})
		},
	})
}

// union adds what is not there yet.
func union(list, more []string) []string {
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}
