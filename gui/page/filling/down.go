package filling

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/ticklist"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// down is the dialog in which copies of the table go out to the villages (急表).
type down struct {
	w      *work
	dialog *kit.Dialog
	to     *ticklist.List
	due    *kit.Entry
	run    *kit.Button
}

// openDown asks to whom the table goes until when.
func (w *work) openDown() {
	page.Run(w.desk, w.api.Below, func(all []app.Receiver) {
		canvas := w.desk.Canvas()
		if canvas == nil {
			return
		}
		d := &down{w: w, due: kit.NewEntry("如 今天 18:00")}
		d.due.SetTextToEnd("今天 18:00")
		d.to = ticklist.New("找单位，可用拼音首字母", d.tell)
		d.run = kit.NewButton("选文件夹，生成表", kit.ButtonMain, d.send)
		choices := make([]kit.Choice, len(all))
		for i, r := range all {
			choices[i] = kit.Choice{ID: r.ID, Text: r.Name}
		}
		d.to.Set(choices)
		note := kit.NewPara("一村一份，就是上级发来的原表：填报单位写好村名，台账里已有的先填好，村里只补没有的。收回来点“收回合并”。", look.TextBody, look.Second, false, 3)
		due := kit.NewField("截止", false, "写进群通知；可以不填。", d.due)
		content := container.NewBorder(container.NewVBox(container.New(tallText{downWidth}, note), due), nil, nil, nil, d.to.Object)
		d.dialog = kit.ShowDialog(canvas, "发给各村填", container.New(leastWidth{downWidth}, content),
			kit.NewButton("取消", kit.ButtonPlain, func() { d.dialog.Close() }), d.run)
		d.tell()
		canvas.Focus(d.due)
	})
}

const downWidth float32 = 520

// tell says on the button what would be made.
func (d *down) tell() {
	n := len(d.to.IDs())
	d.run.SetLabel(fmt.Sprintf("选文件夹，生成 %d 个表", n))
	enable(d.run, n > 0)
	d.dialog.Refresh()
}

// send asks for the folder and makes the copies; those that are there are written over
// only if that is said.
func (d *down) send() {
	req := d.w.request()
	req.Receivers, req.Fresh = d.to.IDs(), true
	d.w.confirmed(func() {
		d.w.desk.Folder(func(dir string) { d.write(req, dir) })
	})
}

func (d *down) write(req app.FillRequest, dir string) {
	var out []app.IssuedCopy
	d.w.desk.Presenter.Long(task.Long{Title: "发给各村", Work: func(ctx context.Context, _ *task.Progress) (err error) {
		out, err = d.w.api.IssueCopies(ctx, req, dir)
		return err
	}, Done: func(err error) {
		switch {
		case model.CodeOf(err) == model.CodeExists && req.Fresh:
			q := task.Question{Title: "文件夹里已有同名的表", Text: model.Sentence(err) + "覆盖后，那些文件里已填的内容就没有了。", Yes: "覆盖", Danger: true}
			d.w.desk.Presenter.Confirm(q, func() {
				req.Fresh = false
				d.write(req, dir)
			})
		case err != nil:
			d.w.desk.Presenter.Error(err)
		default:
			d.dialog.Close()
			d.sent(dir, out)
		}
	}})
}

// sent says what was made, with the words for the group at hand.
func (d *down) sent(dir string, out []app.IssuedCopy) {
	names := make([]string, len(out))
	for i, f := range out {
		names[i] = f.Area
	}
	title := fmt.Sprintf("已生成 %d 个表格", len(out))
	d.w.desk.Done(title+"，放在“"+dir+"”。", 0)
	words := downWords(tableTitle(d.w.current().Frame, d.w.draft.Path), d.due.Text, names)
	d.w.desk.ShowText(page.Text{Title: title, Head: "放在“" + dir + "”。\n发到群里的通知：", Words: words, Copy: "复制群通知", Open: func() { d.w.desk.Reveal(dir) }})
}

// tallText gives a paragraph the height that it takes at a width.
type tallText struct{ width float32 }

// MinSize is the height at that width.
func (t tallText) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, o[0].(*kit.Para).HeightFor(t.width))
}

// Layout fills the room.
func (t tallText) Layout(o []fyne.CanvasObject, s fyne.Size) { o[0].Resize(s) }
