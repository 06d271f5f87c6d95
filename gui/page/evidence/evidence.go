// Package evidence is the part of a drawer that shows the files on a record (佐证,
// 附件): photos as small pictures, the rest by name. They are added by a button or by
// dropping, opened, taken off, and put together for those who come to inspect.
package evidence

import (
	"context"
	"fmt"
	"image"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// API is what is needed of app.
type API interface {
	Today() model.Day
	Attachments(ctx context.Context, ledger, id string) ([]app.Attachment, error)
	Thumb(ctx context.Context, hash string) ([]byte, error)
	ViewAttachment(ctx context.Context, ledger, id, file string) (string, error)
	Attach(ctx context.Context, req app.AttachRequest) (app.Done, error)
	Detach(ctx context.Context, ledger, id, file string) (app.Done, error)
	ExportAlbum(ctx context.Context, req app.EvidenceRequest) (app.EvidenceDone, error)
	ExportEvidence(ctx context.Context, req app.EvidenceRequest) (app.EvidenceDone, error)
}

// Part shows the files of one record.
type Part struct {
	Object fyne.CanvasObject

	desk     *page.Desk
	api      API
	ledger   *model.Ledger
	rec      *model.Record
	readOnly bool

	original *kit.Tick // 照片保留原图
	head     *fyne.Container
	list     *fyne.Container
	all      bool // of a long list, more than the first files
	load     *task.Latest
	seen     seen
}

// seen is what the list shows now.
type seen struct {
	record string
	files  []model.Attachment
	all    bool
}

// New makes the part, empty.
func New(d *page.Desk, api API) *Part {
	p := &Part{desk: d, api: api, head: container.NewVBox(), list: container.NewVBox(), load: task.NewLatest(d.Runner)}
	p.original = kit.NewTick("照片保留原图", false, func(bool) {})
	p.Object = container.NewVBox(p.head, p.list)
	return p
}

// Show shows the files of a record that keeps files; those of a level above can only
// be read.
func (p *Part) Show(l *model.Ledger, r *model.Record, readOnly bool) {
	if p.rec == nil || p.rec.ID != r.ID {
		p.all = false
		p.original.Set(false)
		p.list.Objects, p.seen = nil, seen{}
	}
	p.ledger, p.rec, p.readOnly = l, r, readOnly
	p.showHead()
	p.read()
}

// files are those that the record names.
func (p *Part) files() []model.Attachment {
	return p.rec.Get(Field(p.ledger).Key).Attachments()
}

// showHead shows the buttons, and what is asked for.
func (p *Part) showHead() {
	p.head.Objects = nil
	n := len(p.files())
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(look.Gap))
	if !p.readOnly {
		add := kit.NewButton("添加文件", kit.ButtonPlain, p.choose)
		add.Icon = look.IconAdd
		buttons.Add(add)
	}
	if n > 0 {
		items := []*model.Record{p.rec}
		export := kit.NewButton("导出", kit.ButtonPlain, func() { AskExport(p.desk, p.api, p.ledger, items) })
		export.Icon = look.IconExport
		buttons.Add(export)
	}
	if !p.readOnly {
		buttons.Add(p.original)
	}
	p.head.Add(container.New(layout.NewCustomPaddedLayout(0, look.GapHair, 0, 0), buttons))
	if words, tone := p.hint(n); words != "" {
		line := kit.NewLine(words, look.TextBody, look.Second, false)
		line.SetTone(tone)
		p.head.Add(line)
	}
	p.head.Refresh()
}

// hint says what to do, where there is something to say.
func (p *Part) hint(files int) (words string, tone look.Tone) {
	switch {
	case files > 0:
		return "", look.TonePlain
	case p.readOnly:
		return "没有" + Field(p.ledger).Label + "。", look.ToneQuiet
	case Wanted(p.ledger, p.rec):
		return "这一项要求佐证，申请办结前请附上。", look.ToneSoon
	}
	return "把照片、文件拖到窗口里就能附上。", look.ToneQuiet
}

// mostShown is how many files are shown at first: each has its picture in memory.
const mostShown = 24

// file is a line of the list.
type file struct {
	app.Attachment
	picture image.Image // nil for what is no photo
}

// read reads the files, unless they are shown already.
func (p *Part) read() {
	now := seen{p.rec.ID, p.files(), p.all}
	if p.seen.record == now.record && p.seen.all == now.all && slices.Equal(p.seen.files, now.files) {
		return
	}
	if len(now.files) == 0 {
		p.load.Stop()
		p.seen, p.list.Objects = now, nil
		p.list.Refresh()
		return
	}
	ledger := p.ledger.Key
	page.Load(p.desk, p.load, func(ctx context.Context) ([]file, error) { return p.fetch(ctx, ledger, now) },
		func(files []file) {
			p.seen = now
			p.showList(files)
		})
}

// fetch reads what is shown of the files, away from the window.
func (p *Part) fetch(ctx context.Context, ledger string, s seen) ([]file, error) {
	list, err := p.api.Attachments(ctx, ledger, s.record)
	if err != nil {
		return nil, err
	}
	files := make([]file, len(list))
	for i, a := range list {
		files[i].Attachment = a
		if !a.Photo || !s.all && i >= mostShown {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if b, err := p.api.Thumb(ctx, a.Hash); err == nil { // else its ending stands there
			files[i].picture = picture(b)
		}
	}
	return files, nil
}

// showList shows the files, a line each.
func (p *Part) showList(files []file) {
	p.list.Objects = nil
	for i, f := range files {
		if !p.all && i >= mostShown {
			more := kit.NewButton(fmt.Sprintf("显示其余 %d 个", len(files)-i), kit.ButtonLink, func() { p.all = true; p.read() })
			p.list.Add(container.NewHBox(more))
			break
		}
		calls := lineCalls{open: func() { p.open(f) }}
		if !p.readOnly {
			calls.remove = func() { p.remove(f) }
		}
		p.list.Add(newLine(f, calls))
	}
	p.list.Refresh()
}

// choose asks for files to add.
func (p *Part) choose() { p.desk.Materials(p.Add) }

// Add puts files on the record, in one operation.
func (p *Part) Add(paths []string) {
	l, rec, before := p.ledger, p.rec, len(p.files())
	req := app.AttachRequest{Ledger: l.Key, ID: rec.ID, Paths: paths, Original: p.original.On()}
	var done app.Done
	p.desk.Presenter.Long(task.Long{Title: "添加" + Field(l).Label, Work: func(ctx context.Context, _ *task.Progress) (err error) {
		done, err = p.api.Attach(ctx, req)
		return err
	}, Done: func(err error) {
		if err != nil {
			p.desk.Presenter.Error(err)
			return
		}
		p.desk.Done(addedWords(l.Name(rec), before, Count(l, done.Records[0])), done.Op)
	}})
}

// open shows a file in the system's program for it: a copy, which changes nothing
// here.
func (p *Part) open(f file) {
	ledger, id := p.ledger.Key, p.rec.ID
	page.Run(p.desk, func(ctx context.Context) (string, error) { return p.api.ViewAttachment(ctx, ledger, id, key(f)) }, p.desk.Reveal)
}

// remove takes a file off the record; it can be undone.
func (p *Part) remove(f file) {
	ledger, id := p.ledger.Key, p.rec.ID
	page.Run(p.desk, func(ctx context.Context) (app.Done, error) { return p.api.Detach(ctx, ledger, id, key(f)) },
		func(done app.Done) { p.desk.Done("已移除“"+f.Name+"”", done.Op) })
}

// key is by what app knows a file: two may have one name.
func key(f file) string {
	if f.Hash != "" {
		return f.Hash
	}
	return f.Name
}
