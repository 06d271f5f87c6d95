package importing

import (
	"context"
	"maps"
	"slices"

	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model/app"
)

// file is one file on its way, with what the clerk said of it.
type file struct {
	draft  *app.Draft
	choice app.DraftChoice
	seen   app.DraftPreview
	steps  []int // how many corrections there were before each fix, to go back
	stale  bool  // the ledger has changed since seen
	result *app.FileResult
	load   *task.Latest
}

// request is the file as it would be taken in. Choices are never changed in place:
// work that is under way keeps the ones it was given.
func (f *file) request() app.DraftRequest { return app.DraftRequest{Draft: f.draft, Choice: f.choice} }

// ready reports whether taking the file in would write something.
func (f *file) ready() bool {
	return f.draft.Err == nil && f.result == nil && rowsIn(f.seen.Plans...) > 0
}

// item is a line of the list: a table of a file, or a file without one (table -1).
type item struct {
	file  *file
	table int
}

// preview is what would become of the item's table; nil without one.
func (it item) preview() *app.TablePreview {
	if it.file == nil || it.table < 0 || it.table >= len(it.file.seen.Tables) {
		return nil
	}
	return &it.file.seen.Tables[it.table]
}

// itemsOf lists the tables of files.
func itemsOf(files []*file) []item {
	var out []item
	for _, f := range files {
		for i := range f.seen.Tables {
			out = append(out, item{f, i})
		}
		if len(f.seen.Tables) == 0 {
			out = append(out, item{f, -1})
		}
	}
	return out
}

// withTable returns a choice in which one table's is changed; c stays as it is.
func withTable(c app.DraftChoice, table int, change func(*app.TableChoice)) app.DraftChoice {
	tables := maps.Clone(c.Tables)
	if tables == nil {
		tables = map[int]app.TableChoice{}
	}
	t := tables[table]
	if t.Columns = maps.Clone(t.Columns); t.Columns == nil {
		t.Columns = columns{}
	}
	change(&t)
	tables[table] = t
	c.Tables = tables
	return c
}

// item returns the chosen line, the zero item for none.
func (p *Page) item() item {
	if p.chosen < 0 || p.chosen >= len(p.items) {
		return item{table: -1}
	}
	return p.items[p.chosen]
}

// file returns the chosen file, nil for none.
func (p *Page) file() *file { return p.item().file }

// read reads files and plans them. One that is there already is read anew.
func (p *Page) read(paths []string) {
	var got []*file
	ledger := p.ledger
	p.long("读取文件", func(ctx context.Context, pr *task.Progress) error {
		drafts, err := p.api.ReadDrafts(ctx, paths, page.Counting(pr))
		if err != nil {
			return err
		}
		got, err = p.plan(ctx, drafts, ledger)
		return err
	}, func() {
		if len(got) == 0 {
			p.desk.Done("这里没有文件。", 0)
			return
		}
		p.arrive(got)
	})
}

// plan plans drafts for the first time, those that tell no ledger for the given one.
func (p *Page) plan(ctx context.Context, drafts []*app.Draft, ledger string) ([]*file, error) {
	var out []*file
	for _, d := range drafts {
		f := &file{draft: d, load: task.NewLatest(p.desk.Runner)}
		var err error
		if f.seen, err = p.api.PreviewDraft(ctx, f.request()); err != nil {
			return nil, err
		}
		for i, t := range f.seen.Tables {
			if t.Ledger == "" && ledger != "" {
				f.choice = withTable(f.choice, i, func(c *app.TableChoice) { c.Ledger = ledger })
			}
		}
		if f.choice.Tables != nil {
			if f.seen, err = p.api.PreviewDraft(ctx, f.request()); err != nil {
				return nil, err
			}
		}
		out = append(out, f)
	}
	return out, nil
}

// arrive shows new files beside the others, the first of them chosen.
func (p *Page) arrive(got []*file) {
	for _, f := range got {
		p.files = slices.DeleteFunc(p.files, func(old *file) bool { return f.draft.Path != "" && old.draft.Path == f.draft.Path })
		p.files = append(p.files, f)
	}
	p.items = itemsOf(p.files)
	p.choose(slices.IndexFunc(p.items, func(it item) bool { return it.file == got[0] }))
	p.focus(p.list)
}

// choose shows another line of the list.
func (p *Page) choose(i int) {
	p.chosen, p.at = i, -1
	if f := p.file(); f != nil && f.stale {
		p.reload(f)
	}
	p.refresh()
	p.start()
}

// change says something else of the chosen table.
func (p *Page) change(say func(*app.TableChoice)) {
	it := p.item()
	if it.file == nil || it.file.result != nil {
		return
	}
	it.file.choice = withTable(it.file.choice, it.table, say)
	p.reload(it.file)
}

// reload plans a file anew.
func (p *Page) reload(f *file) {
	f.stale = false
	req := f.request()
	page.Load(p.desk, f.load, func(ctx context.Context) (app.DraftPreview, error) { return p.api.PreviewDraft(ctx, req) },
		func(got app.DraftPreview) {
			f.seen = got
			p.items = itemsOf(p.files)
			p.refresh()
		})
}

// removeFile takes the chosen file off the list; nothing happens to the file itself.
func (p *Page) removeFile() {
	f := p.file()
	if f == nil {
		return
	}
	f.load.Stop()
	p.files = slices.DeleteFunc(p.files, func(o *file) bool { return o == f })
	p.items = itemsOf(p.files)
	p.choose(min(p.chosen, len(p.items)-1))
}

// readWords takes pasted words as a file; done hears how that ended.
func (p *Page) readWords(words string, done func(error)) {
	var got []*file
	ledger := p.ledger
	p.desk.Runner.Go(context.Background(), nil, func(ctx context.Context, _ *task.Progress) error {
		d, err := p.api.ReadWords(ctx, "", words)
		if err == nil {
			got, err = p.plan(ctx, []*app.Draft{d}, ledger)
		}
		return err
	}, func(err error) {
		done(err)
		if err == nil {
			p.arrive(got)
		}
	})
}
