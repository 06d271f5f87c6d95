package reports

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/page/plan"
	"xiangzhen/model/app"
	"xiangzhen/model/text"
)

// answers are the decisions on the conflicts of files, for the operations that take
// them in. Where a file's own side was taken, it is named: if the sides have changed
// by then, the conflict stays open.
func answers(files []app.Previewed, d *plan.Decisions) []app.Answer {
	var out []app.Answer
	for i := range files {
		for _, row := range files[i].Rows {
			for _, cell := range row.Cells {
				c := cell.Conflict
				if c == nil {
					continue
				}
				made, ok := d.Get(plan.Key{Ledger: c.Ledger, Record: c.Record, Field: c.Field})
				if ok {
					out = append(out, app.Answer{Conflict: c.ID, Choice: made.Choice, Reason: made.Reason, Side: sideOf(c, made, files[i].File)})
				}
			}
		}
	}
	return out
}

// sideOf is the side that a file speaks for, if that was taken.
func sideOf(c *app.ConflictItem, made plan.Decision, file string) *app.ConflictSide {
	i := slices.IndexFunc(c.Theirs, func(s app.ConflictSide) bool { return s.File == text.BaseName(file) })
	if made.Choice != plan.Theirs || i < 0 {
		return nil
	}
	return &c.Theirs[i]
}

// drops are the records to delete, in an order of their own.
func drops(d *plan.Decisions) []string { return slices.Sorted(maps.Keys(d.Drops())) }

// foundAt says where a column of the form stands in a file.
func foundAt(col app.PreviewColumn) string {
	if col.Col == "" {
		return "表里没有这一列，保持原值"
	}
	return col.Col + " 列　" + col.Found
}

// showColumns shows where each column of the form was found in the chosen file
// (查看列对应关系).
func (c *collect) showColumns() {
	canvas := c.desk.Canvas()
	if c.chosen < 0 || c.chosen >= len(c.results) || canvas == nil {
		return
	}
	lines := container.NewVBox()
	for _, col := range c.seen[c.results[c.chosen].File].Columns {
		lines.Add(form.Fact(col.Header, foundAt(col)))
	}
	scroll := container.NewVScroll(lines)
	scroll.SetMinSize(fyne.NewSize(520, min(420, canvas.Size().Height-180)))
	var d *kit.Dialog
	d = kit.ShowDialog(canvas, "列对应关系", scroll, kit.NewButton("关闭", kit.ButtonPlain, func() { d.Close() }))
}

// offerPhotos shows how many photos the chosen file has; what becomes of each is one
// click away, for the plan needs the room.
func (c *collect) offerPhotos(p app.Pictures) {
	c.photos.SetLabel(photoCount(p))
	c.photos.Hidden = p.Found == 0
	c.top.Refresh()
}

// showPhotos says where the photos of the chosen file go, and which are not taken.
func (c *collect) showPhotos() {
	canvas := c.desk.Canvas()
	if c.chosen < 0 || c.chosen >= len(c.results) || canvas == nil {
		return
	}
	const width = 520
	p := c.results[c.chosen].Pictures
	lines := container.NewVBox()
	for _, words := range slices.Concat(p.Lines, p.Notes) {
		for _, line := range kit.WrapText(words, look.TextBody, false, width-2*look.GapPage) {
			lines.Add(kit.NewLine(line, look.TextBody, look.Ink, false))
		}
	}
	var d *kit.Dialog
	d = kit.ShowDialog(canvas, "随表照片", kit.Scrolled(lines, width, min(420, canvas.Size().Height-180)), kit.NewButton("关闭", kit.ButtonPlain, func() { d.Close() }))
}

// previews are what was seen of the files that are to be taken in.
func (c *collect) previews() []app.Previewed {
	var out []app.Previewed
	for _, r := range c.results {
		if takeable(r) {
			out = append(out, c.seen[r.File])
		}
	}
	return out
}

// done says what was taken in; one click undoes all of it, the last file first.
func (c *collect) done(words string, results []app.FileResult, hung []int64) {
	toast := kit.Toast{Text: words, Action: "撤销", OnAction: func() {
		for _, op := range slices.Backward(hung) {
			c.desk.Undo(op)
		}
		for _, r := range slices.Backward(results) {
			if r.Op != 0 {
				c.desk.Undo(r.Op)
			}
		}
	}}
	c.desk.Say(toast)
}
