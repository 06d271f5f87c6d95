package teams

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/model/app"
)

// decision is what is done about differences, for the chosen or for all that are shown.
type decision struct {
	title   string
	words   []string
	content fyne.CanvasObject // below the words; may be nil
	focus   fyne.Focusable
	fits    func(app.SystemDifference) bool
	// ready says whether what was entered will do.
	ready func() bool
	work  func(ctx context.Context, keys []app.DifferenceKey) (app.Done, error)
	told  string // 以系统为准，已改台账 %d 处
}

// decide asks for whom it is meant and does it.
func (d *differ) decide(q decision) {
	chosen, all := keysOf(d.chosen(), q.fits), keysOf(d.items, q.fits)
	if len(all) == 0 {
		d.p.say("列表里没有可以这样定的差异。")
		return
	}
	content := container.NewVBox()
	for _, line := range q.words {
		content.Add(kit.NewLine(line, look.TextBody, look.Ink, false))
	}
	if q.content != nil {
		content.Add(q.content)
	}
	var box *kit.Dialog
	take := func(keys []app.DifferenceKey) func() {
		return func() {
			if q.ready == nil || q.ready() {
				d.carryOut(q, keys, box)
			}
		}
	}
	buttons := []*kit.Button{kit.NewButton("取消", kit.ButtonPlain, func() { box.Close() }), kit.NewButton(fmt.Sprintf("列表里的 %d 处", len(all)), kit.ButtonPlain, take(all)),
		kit.NewButton(fmt.Sprintf("选中的 %d 处", len(chosen)), kit.ButtonMain, take(chosen))}
	if len(chosen) == 0 {
		buttons = buttons[:2]
	}
	box = kit.ShowDialog(d.p.canvas(), q.title, content, buttons...)
	if q.focus != nil {
		d.p.focus(q.focus)
	}
}

func (d *differ) carryOut(q decision, keys []app.DifferenceKey, box *kit.Dialog) {
	page.Run(d.p.desk, func(ctx context.Context) (app.Done, error) { return q.work(ctx, keys) }, func(done app.Done) {
		box.Close()
		d.p.desk.Done(fmt.Sprintf(q.told, len(keys)), done.Op)
	})
}

// askAdopt gives the ledger what the system has.
func (d *differ) askAdopt() {
	ledger := d.ledger
	d.decide(decision{title: "以系统为准，改台账",
		words: []string{"只改“值不同”的项目，补上“系统有、台账无”的行。", "系统没填、系统没有的不动台账。一次改的可以一次撤销。"},
		fits:  app.SystemDifference.Adoptable, told: "以系统为准，已改台账 %d 处",
		work: func(ctx context.Context, keys []app.DifferenceKey) (app.Done, error) {
			return d.p.api.AdoptSystem(ctx, ledger, keys)
		}})
}

// askKeep notes with a reason that the system is to be corrected.
func (d *differ) askKeep() {
	ledger := d.ledger
	reason := kit.NewEntry("例如：户口本为证，2026年11月入户核实")
	field := kit.NewField("原因", true, "写进待系统更正清单，给在系统里更正的人看。", reason)
	reason.OnChanged = func(string) { field.SetProblem("") }
	d.decide(decision{title: "台账为准，留待在系统中更正", words: []string{"台账不改，记入待系统更正清单。", "系统改了以后再留存新的导出，这里就不再列出。"},
		content: field, focus: reason, fits: app.SystemDifference.Notable, told: "台账为准，已记入待系统更正 %d 处",
		ready: func() bool {
			if reason.Text == "" {
				field.SetProblem("请写明原因。")
			}
			return reason.Text != ""
		},
		work: func(ctx context.Context, keys []app.DifferenceKey) (app.Done, error) {
			return d.p.api.KeepOurs(ctx, ledger, keys, reason.Text)
		}})
}

// export writes what is shown as a marked workbook, sensitive values masked.
func (d *differ) export() {
	f := filterOf(d.view)
	f.Field, f.WholeOf, f.Village = d.narrow.Field, d.narrow.WholeOf, d.narrow.Village
	ledger := d.ledger
	d.p.write(d.all.Ledger.Label+"与系统差异 "+string(d.all.Mirrors[0].AsOf)+".xlsx", func(ctx context.Context, path string) error {
		_, err := d.p.api.WriteDifferences(ctx, app.DifferencesOut{Ledger: ledger, Filter: f, Out: path})
		return err
	})
}

// corrections writes the list for whoever corrects the system. Numbers stand in full
// only for a reason, which is entered.
func (d *differ) corrections() {
	if len(d.all.Pick(app.DifferenceFilter{Noted: true})) == 0 {
		d.p.say("还没有待系统更正的差异。选中差异，点“台账为准”。")
		return
	}
	reason := kit.NewEntry("例如：交县乡村振兴局系统管理员更正")
	field := kit.NewField("完整带出的理由", false, "证件号码和电话平时遮挡；完整带出记入敏感信息登记。", reason)
	reason.OnChanged = func(string) { field.SetProblem("") }
	full := kit.NewTick("完整带出证件号码和电话", false, func(bool) { field.SetProblem("") })
	var box *kit.Dialog
	box = kit.ShowDialog(d.p.canvas(), "导出待系统更正清单", container.NewVBox(full, field), kit.NewButton("取消", kit.ButtonPlain, func() { box.Close() }),
		kit.NewButton("导出", kit.ButtonMain, func() {
			unmask := ""
			if full.On() {
				if unmask = reason.Text; unmask == "" {
					field.SetProblem("完整带出要写明理由。")
					return
				}
			}
			box.Close()
			d.writeCorrections(unmask)
		}))
	d.p.focus(full)
}

func (d *differ) writeCorrections(unmask string) {
	ledger := d.ledger
	d.p.write(d.all.Ledger.Label+"待系统更正清单 "+string(d.p.api.Today())+".xlsx", func(ctx context.Context, path string) error {
		_, err := d.p.api.WriteCorrections(ctx, app.DifferencesOut{Ledger: ledger, Out: path, Unmask: unmask})
		return err
	})
}
