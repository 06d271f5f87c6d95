package reports

import (
	"context"
	"slices"

	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/text"
)

// askPackPassword asks for the password of the first pack that is not read for want of
// it, and reads it then; what the clerk does not know stays on the list unread.
func (c *collect) askPackPassword() {
	i := slices.IndexFunc(c.results, app.FileResult.AsksPassword)
	if i < 0 {
		return
	}
	path := c.results[i].File
	title, help := "打开科室包", "向打包的科室要；不是台账的密码。"
	if app.IsCarried(path) {
		title, help = "打开下村包", "打下村包时设的密码；不是镇里台账的密码。"
	}
	entry := kit.NewEntry("打包的人设的密码")
	entry.Password = true
	field := kit.NewField("密码", true, help, entry)
	var d *kit.Dialog
	open := func() {
		page.Attempt(c.desk, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, c.api.OpenPack(ctx, path, entry.Text)
		}, func(_ struct{}, err error) {
			if err != nil {
				field.SetProblem(model.Sentence(err))
				return
			}
			d.Close()
			c.preview([]string{path})
		})
	}
	entry.OnSubmitted = func(string) { open() }
	skip := kit.NewButton("先不收", kit.ButtonPlain, func() { d.Close() })
	words := kit.NewLine("“"+text.BaseName(path)+"”设有密码。", look.TextBody, look.Ink, false)
	d = kit.ShowDialog(c.desk.Canvas(), title, container.NewVBox(words, field), skip, kit.NewButton("打开", kit.ButtonMain, open))
	c.desk.Canvas().Focus(entry)
}
