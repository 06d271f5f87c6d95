package reports

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/plan"
	"xiangzhen/gui/task"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// collect takes returned files in: the files at the left, at the right what the
// chosen one would do. Nothing is written before the red button.
type collect struct {
	*Page
	object fyne.CanvasObject

	header  *page.Header
	top     *fyne.Container // what is said of the chosen file
	files   *fileList
	view    *plan.View
	what    *kit.Line // what the chosen file was taken for
	add     *kit.Button
	send    *kit.Button // 退回更正
	notice  *kit.Button // 复制更正通知
	merge   *kit.Button
	chosen  int
	results []app.FileResult
	seen    map[string]app.Previewed // by file, as it was planned
	columns *kit.Button              // 查看列对应关系
	photos  *kit.Button              // what becomes of the photos of the chosen file
	labels  map[string]string        // of forms by key
	above   parents                  // what new rows can be hung under

	decisions plan.Decisions
}

func newCollect(p *Page) *collect {
	c := &collect{Page: p, chosen: -1}
	back := kit.NewButton("返回报表", kit.ButtonPlain, p.openFront)
	c.add = kit.NewButton("添加文件", kit.ButtonPlain, func() { p.desk.Files(c.addFiles) })
	c.notice = kit.NewButton("复制更正通知", kit.ButtonPlain, c.copyNotice)
	c.send = kit.NewButton("退回更正", kit.ButtonPlain, c.sendBack)
	c.merge = kit.NewButton("并入", kit.ButtonMain, c.takeIn)
	paste := kit.NewButton("粘贴群消息", kit.ButtonPlain, func() { c.openGroup(p.front.form, p.front.month) })
	c.header = page.NewHeader("收表", back, c.add, paste, c.notice, c.send, c.merge)
	c.files = newFileList(c.choose)
	c.files.onRune = func(r rune) bool { return c.view.UseRune(r) }
	c.view = plan.New(p.desk, p.api.Catalog, p.sides())
	c.view.OnDecided = c.tell
	c.view.Parents = func(ledger, area string) []kit.Choice {
		if exchange.IsBundle(c.results[c.chosen].Form) {
			return nil
		}
		return c.above.of(ledger, area)
	}
	c.what = kit.NewLine("", look.TextBody, look.Ink, false)
	c.columns = kit.NewButton("查看列对应关系", kit.ButtonLink, c.showColumns)
	c.photos = kit.NewButton("", kit.ButtonLink, c.showPhotos)
	c.photos.Hide()
	c.top = container.NewBorder(nil, nil, nil, container.NewHBox(c.photos, c.columns), c.what)
	right := container.NewBorder(kit.NewCard("", nil, c.top), nil, nil, nil, container.New(inset{look.GapWide}, c.view.Object))
	c.object = page.Rows(c.header.Object, page.Columns(kit.NewFlushCard(c.files), filesWidth, right))
	return c
}

// filesWidth is the width of the list of files.
const filesWidth float32 = 288

// read reads files without writing anything.
func (c *collect) read(paths []string) {
	c.decisions = plan.Decisions{}
	c.results, c.seen = nil, map[string]app.Previewed{}
	c.preview(paths)
}

// addFiles reads more files beside those that are there.
func (c *collect) addFiles(paths []string) { c.preview(paths) }

// preview plans files and shows the plans with those that are there already.
func (c *collect) preview(paths []string) {
	var files []app.Previewed
	var above parents
	labels := map[string]string{}
	c.long("读取文件", func(ctx context.Context, p *task.Progress) error {
		forms, err := c.api.Forms(ctx)
		if err != nil {
			return err
		}
		for _, f := range forms {
			labels[f.Key] = f.Label
		}
		if files, err = c.api.Preview(ctx, paths, page.Counting(p)); err != nil {
			return err
		}
		above, err = c.readParents(ctx, files)
		return err
	}, func() {
		c.labels = labels
		c.takeParents(above)
		for _, f := range files {
			c.results = slices.DeleteFunc(c.results, func(r app.FileResult) bool { return r.File == f.File && r.AsksPassword() })
			if known, seen := c.seen[f.File]; !seen || known.AsksPassword() {
				c.results = append(c.results, f.FileResult)
				c.seen[f.File] = f
			}
		}
		c.showFiles(firstOpen(c.results))
		c.askPackPassword()
	})
}

// firstOpen is the first file with something to check, else the first that can be
// taken in, else the first.
func firstOpen(results []app.FileResult) int {
	undecided := slices.IndexFunc(results, func(r app.FileResult) bool { return takeable(r) && r.Undecided() })
	if undecided >= 0 {
		return undecided
	}
	return max(0, slices.IndexFunc(results, takeable))
}

// showFiles shows the list with one file chosen.
func (c *collect) showFiles(chosen int) {
	lines := make([]fileLine, len(c.results))
	for i, r := range c.results {
		status, tone := fileStatus(r)
		lines[i] = fileLine{name: name(r), note: fileNote(r), status: status, tone: tone}
	}
	c.files.set(fmt.Sprintf("%d 个文件", len(c.results)), statusCounts(lines), lines)
	c.tell()
	if len(lines) == 0 {
		c.what.SetText("这里没有可以收的表格文件。点“添加文件”另选。")
		c.photos.Hide()
		c.view.Show(nil, &c.decisions)
		return
	}
	c.files.choose(chosen)
	if canvas := c.desk.Canvas(); canvas != nil {
		canvas.Focus(c.files)
	}
}

// choose shows the plan of a file.
func (c *collect) choose(i int) {
	if i < 0 || i >= len(c.results) {
		return
	}
	c.chosen = i
	r := c.results[i]
	c.what.SetText(name(r) + "　" + recognised(r, c.labels[r.Form]))
	c.offerPhotos(r.Pictures)
	c.view.Show(r.Plans, &c.decisions)
	c.buttons()
}

// next goes to the next point to check, in this file or a later one.
func (c *collect) next() bool {
	if c.view.Next() {
		return true
	}
	for n := 1; n < len(c.results); n++ {
		i := (c.chosen + n) % len(c.results)
		if takeable(c.results[i]) && c.results[i].Undecided() {
			c.files.choose(i)
			return true
		}
	}
	return false
}

// do knows the next point to check, and 并入 for 保存.
func (c *collect) do(what page.Command) bool {
	switch what {
	case page.Next:
		if !c.next() {
			c.desk.Done("没有待核对的了。", 0)
		}
	case page.Save:
		c.merge.Tapped(nil)
	default:
		return false
	}
	return true
}

// tell says on the button and in the status line what would be done.
func (c *collect) tell() {
	files, conflicts, problems := 0, 0, 0
	for _, r := range c.results {
		if takeable(r) {
			files++
			conflicts += r.Counts.Conflict
			problems += r.Counts.Problem
		}
	}
	c.merge.SetLabel(fmt.Sprintf("并入 %d 个文件（可撤销）", files))
	c.header.Object.Refresh()
	c.desk.Status(fmt.Sprintf("可并入 %d 个文件，冲突 %d 处（已定 %d），问题 %d 处先不并入", files, conflicts, c.decisions.Len(), problems))
	c.buttons()
}

// buttons enables what makes sense for the files and the chosen one.
func (c *collect) buttons() {
	shown := c.chosen >= 0 && c.chosen < len(c.results)
	enable(c.columns, shown && c.results[c.chosen].Err == nil && !exchange.IsBundle(c.results[c.chosen].Form))
	enable(c.merge, slices.ContainsFunc(c.results, takeable))
	enable(c.send, slices.ContainsFunc(c.results, func(r app.FileResult) bool { return faults(r) > 0 }))
	enable(c.notice, c.chosen >= 0 && c.chosen < len(c.results) && faults(c.results[c.chosen]) > 0)
}

func enable(b *kit.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// copyNotice puts the 更正通知 of the chosen file on the clipboard.
func (c *collect) copyNotice() {
	r := c.results[c.chosen]
	c.desk.Copy(correction(r, c.labels[r.Form]))
	c.desk.Done("已复制给"+r.Area+"的更正通知。", 0)
}

// takeIn merges every file that can be, each with what was decided on it.
func (c *collect) takeIn() {
	var paths []string
	for _, r := range c.results {
		if takeable(r) {
			paths = append(paths, r.File)
		}
	}
	req := app.CollectRequest{Paths: paths, Answers: answers(c.previews(), &c.decisions), Drop: drops(&c.decisions)}
	hangs := c.decisions.Hangs()
	var results []app.FileResult
	var hung []int64
	c.desk.Presenter.Long(task.Long{Title: "并入", Work: func(ctx context.Context, p *task.Progress) (err error) {
		req.OnFile = page.Counting(p)
		if results, err = c.api.Collect(ctx, req); err != nil {
			return err
		}
		hung, err = c.hang(ctx, hangs, results)
		return err
	}, Done: func(err error) {
		// What was taken in before an error or the clerk's cancelling stands.
		if len(results) > 0 {
			c.merged(results, hung)
		}
		c.desk.Presenter.Error(err)
	}})
}

// merged shows what became of the files; hung are the operations that hung new rows
// under their items.
func (c *collect) merged(results []app.FileResult, hung []int64) {
	held := 0
	for _, r := range results {
		i := slices.IndexFunc(c.results, func(o app.FileResult) bool { return o.File == r.File })
		c.results[i] = r
		held += r.Counts.Problem
	}
	c.decisions = plan.Decisions{}
	c.showFiles(firstOpen(c.results))
	words := fmt.Sprintf("已并入 %d 个文件。", len(results))
	if held > 0 {
		words += fmt.Sprintf("%d 行有问题未并入，可退回更正。", held)
	}
	c.done(words, results, hung)
}

// sendBack writes the files with problems, each problem marked in its cell, into a
// folder.
func (c *collect) sendBack() {
	var marked, other []app.FileResult
	for _, r := range c.results {
		switch {
		case r.CanSendBack():
			marked = append(marked, r)
		case faults(r) > 0:
			other = append(other, r)
		}
	}
	c.desk.Folder(func(dir string) {
		c.long("退回更正", func(ctx context.Context, p *task.Progress) error {
			for i, r := range marked {
				if err := ctx.Err(); err != nil {
					return err
				}
				page.Counting(p)(i, len(marked), name(r))
				if _, err := app.SendBack(dir, r); err != nil {
					return err
				}
			}
			return nil
		}, func() { c.desk.Done(sentBack(len(marked), len(other), dir), 0) })
	})
}

// inset keeps a gap above its one object.
type inset struct{ top float32 }

// MinSize adds the gap.
func (l inset) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(0, l.top)
}

// Layout leaves the gap free.
func (l inset) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, l.top))
	o[0].Resize(fyne.NewSize(s.Width, max(0, s.Height-l.top)))
}
