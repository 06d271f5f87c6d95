package teams

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// exportScheme writes the parameters and the rules switched off, to be handed down.
func (d *doubts) exportScheme() {
	d.p.write("口径与参数表 "+string(d.p.api.Today())+".xlsx", d.p.api.WriteScheme)
}

// importScheme shows what a table of parameters would change before it is taken in.
func (d *doubts) importScheme() {
	d.p.desk.Files(func(paths []string) {
		if len(paths) == 0 {
			return
		}
		page.Run(d.p.desk, func(ctx context.Context) ([]app.SchemeChange, error) { return d.p.api.ReadScheme(ctx, paths[0]) }, d.askScheme)
	})
}

// schemeTable lists what would change, and what cannot be taken with the reason.
func schemeTable(changes []app.SchemeChange) table {
	t := table{cols: []grid.Column{column("口径", 190), column("现在", 110), column("改成", 150), column("说明", 0)}}
	for _, c := range changes {
		row := cells(c.Label, c.Now, c.Then, "")
		row[2].Fill = grid.FillChanged
		if c.Err != nil {
			row[2].Fill, row[3].Tone = grid.FillConflict, look.ToneOverdue
			row[3].Text = model.Sentence(c.Err)
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// takeable are the changes that can be taken.
func takeable(changes []app.SchemeChange) []app.SchemeChange {
	var out []app.SchemeChange
	for _, c := range changes {
		if c.Err == nil {
			out = append(out, c)
		}
	}
	return out
}

// schemeSize is the room of the list.
var schemeSize = fyne.NewSize(760, 320)

func (d *doubts) askScheme(changes []app.SchemeChange) {
	if len(changes) == 0 {
		d.p.say("这份表和现在的口径一样，不用改。")
		return
	}
	take := takeable(changes)
	list := grid.New(grid.Config{Source: schemeTable(changes), Rows: true})
	note := kit.NewLine(fmt.Sprintf("从今天起改 %d 项，%d 项不能采用。以前的日子仍按当时的口径。", len(take), len(changes)-len(take)), look.TextBody, look.Second, false)
	var box *kit.Dialog
	yes := kit.NewButton(fmt.Sprintf("采用 %d 项", len(take)), kit.ButtonMain, func() { d.takeScheme(box, take) })
	if len(take) == 0 {
		yes.Disable()
	}
	box = kit.ShowDialog(d.p.canvas(), "导入口径表", container.NewBorder(note, nil, nil, nil, container.NewGridWrap(schemeSize, list)),
		kit.NewButton("取消", kit.ButtonPlain, func() { box.Close() }), yes)
}

// takeScheme takes the changes in as one operation.
func (d *doubts) takeScheme(box *kit.Dialog, changes []app.SchemeChange) {
	page.Run(d.p.desk, func(ctx context.Context) (app.Done, error) { return d.p.api.TakeScheme(ctx, changes) }, func(done app.Done) {
		box.Close()
		d.p.desk.Done(fmt.Sprintf("已采用 %d 项口径", len(changes)), done.Op)
		d.load()
	})
}
