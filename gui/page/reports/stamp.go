package reports

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model/app"
)

// stampAPI is what the sealed paper copies need of app.
type stampAPI interface {
	Stamp(ctx context.Context, req app.StampRequest) (app.Done, error)
	Unstamp(ctx context.Context, what app.ReturnOf, file string) (app.Done, error)
	StampedFiles(ctx context.Context, what app.ReturnOf) ([]app.Attachment, error)
	SaveStamped(ctx context.Context, what app.ReturnOf, file, to string) error
}

var _ page.Taker = (*Page)(nil)

// Take offers scans and photos that are dropped while a village that has reported is
// chosen as its 盖章件. All other files go where they always go.
func (p *Page) Take(paths []string) bool {
	r, ok := p.front.chosen()
	if p.stage.Objects[0] != p.front.object || !ok || r.SubmittedAt == "" || !allPaper(paths) {
		return false
	}
	s := p.front.stamping(r)
	p.desk.Presenter.Confirm(task.Question{Title: "作为盖章件", Text: takeWords(paths, s.title()), Yes: "作为盖章件"}, func() { s.add(paths) })
	return true
}

// allPaper reports whether files are all named as scans and photos are.
func allPaper(paths []string) bool {
	return len(paths) > 0 && !slices.ContainsFunc(paths, func(path string) bool {
		return !slices.Contains(app.PaperExts, strings.ToLower(filepath.Ext(path)))
	})
}

// takeWords ask whether dropped files are the 盖章件 of a return.
func takeWords(paths []string, title string) string {
	words := "“" + filepath.Base(paths[0]) + "”"
	if len(paths) > 1 {
		words += " 等 " + strconv.Itoa(len(paths)) + " 个文件"
	}
	return "把" + words + "作为" + title + "的盖章件。要导入里面的内容，请取消后到“导入”里选择。"
}

// chosen is the receiver that the cursor is on.
func (f *front) chosen() (app.Standing, bool) {
	row, _ := f.list.Current()
	if !f.state.issued || row < 0 || row >= len(f.rows.rows) {
		return app.Standing{}, false
	}
	return f.rows.rows[row], true
}

// offerStamp lets a paper copy be kept of what was reported.
func (f *front) offerStamp() {
	r, ok := f.chosen()
	enable(f.stamp, ok && r.SubmittedAt != "")
}

// menu is that of a receiver's line.
func (f *front) menu(int, int) []*fyne.MenuItem {
	stamp := fyne.NewMenuItem("盖章件…", f.openStamped)
	stamp.Disabled = f.stamp.Disabled()
	return []*fyne.MenuItem{stamp, fyne.NewMenuItem("手工代填…", f.fillByHand), fyne.NewMenuItem("复制给这个村的提醒", f.copySelected)}
}

// stamping deals with the 盖章件 of one return.
type stamping struct {
	*Page
	what   app.ReturnOf
	area   string
	form   string
	dialog *kit.Dialog // nil while it is not shown
}

func (f *front) stamping(r app.Standing) *stamping {
	return &stamping{Page: f.Page, what: app.ReturnOf{Form: f.form, Period: f.state.found.Period, Area: r.AreaID}, area: r.Area, form: f.state.form.Label}
}

// title names the return: 青山村《任务进展月报》2026年11月.
func (s *stamping) title() string { return s.area + "《" + s.form + "》" + s.what.Period.Words() }

// openStamped shows the 盖章件 of the chosen village; while there is none it asks for
// the files at once.
func (f *front) openStamped() {
	r, ok := f.chosen()
	if !ok {
		return
	}
	s := f.stamping(r)
	if r.Stamped == 0 {
		s.desk.Files(s.add)
		return
	}
	s.open()
}

// add keeps files.
func (s *stamping) add(paths []string) {
	page.Run(s.desk, func(ctx context.Context) (app.Done, error) {
		return s.api.Stamp(ctx, app.StampRequest{ReturnOf: s.what, Paths: paths})
	}, func(done app.Done) {
		s.close()
		words := "已作为" + s.title() + "的盖章件。"
		if done.Op == 0 {
			words = "这些文件已经在盖章件里了。"
		}
		s.desk.Done(words, done.Op)
	})
}

func (s *stamping) close() {
	if s.dialog != nil {
		s.dialog.Close()
		s.dialog = nil
	}
}

// open lists the files, each to be taken out or off.
func (s *stamping) open() {
	page.Run(s.desk, func(ctx context.Context) ([]app.Attachment, error) { return s.api.StampedFiles(ctx, s.what) }, func(files []app.Attachment) {
		canvas := s.desk.Canvas()
		if canvas == nil {
			return
		}
		lines := container.NewVBox()
		for _, f := range files {
			lines.Add(s.line(f))
		}
		s.dialog = kit.ShowDialog(canvas, "盖章件："+s.title(), kit.Scrolled(lines, stampWidth, canvas.Size().Height-260),
			kit.NewButton("关闭", kit.ButtonPlain, s.close), kit.NewButton("添加文件", kit.ButtonMain, func() { s.desk.Files(s.add) }))
	})
}

const stampWidth float32 = 560

// line is one file with what can be done with it.
func (s *stamping) line(f app.Attachment) fyne.CanvasObject {
	out := kit.NewButton("取出", kit.ButtonPlain, func() { s.takeOut(f) })
	off := kit.NewButton("移除", kit.ButtonPlain, func() { s.remove(f) })
	name := kit.NewLine(f.Name+"　"+fileWords(f), look.TextBody, look.Ink, false)
	return container.NewBorder(nil, nil, nil, container.NewHBox(out, off), name)
}

// fileWords say what a file is.
func fileWords(f app.Attachment) string {
	switch {
	case f.Broken != "":
		return f.Broken
	case f.Photo:
		return "照片"
	}
	return "扫描件"
}

// takeOut writes a file to where it can be looked at.
func (s *stamping) takeOut(f app.Attachment) {
	s.desk.Save(f.Name, func(path string) {
		page.Run(s.desk, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, s.api.SaveStamped(ctx, s.what, f.Hash, path)
		}, func(struct{}) { s.tookOut(path) })
	})
}

// remove takes a file off.
func (s *stamping) remove(f app.Attachment) {
	page.Run(s.desk, func(ctx context.Context) (app.Done, error) { return s.api.Unstamp(ctx, s.what, f.Hash) }, func(done app.Done) {
		s.close()
		s.desk.Done("已移除“"+f.Name+"”。", done.Op)
	})
}
