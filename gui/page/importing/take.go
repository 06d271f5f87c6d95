package importing

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// takeIn takes every file in that has rows to write: the red button.
func (p *Page) takeIn() {
	var files []*file
	var reqs []app.DraftRequest
	for _, f := range p.files {
		if f.ready() {
			files, reqs = append(files, f), append(reqs, f.request())
		}
	}
	var results []app.FileResult
	p.taking = true
	p.desk.Presenter.Long(task.Long{Title: "导入", Work: func(ctx context.Context, pr *task.Progress) (err error) {
		results, err = p.api.TakeDrafts(ctx, reqs, page.Counting(pr))
		return err
	}, Done: func(err error) {
		p.taking = false
		// What went in before an error or the clerk's cancelling stands.
		for i := range results {
			files[i].result = &results[i]
		}
		for _, f := range p.files {
			f.stale = f.result == nil && len(results) > 0
		}
		if f := p.file(); f != nil && f.stale {
			p.reload(f)
		}
		p.refresh()
		if len(results) > 0 {
			p.told(results)
		}
		p.desk.Presenter.Error(err)
	}})
}

// told says what was taken in; one click undoes all of it, the last file first.
func (p *Page) told(results []app.FileResult) {
	p.desk.Say(kit.Toast{Text: doneWords(results), Action: "撤销", OnAction: func() {
		for _, r := range slices.Backward(results) {
			if r.Op != 0 {
				p.desk.Undo(r.Op)
			}
		}
	}})
}

// undoFile undoes the taking in of the chosen file.
func (p *Page) undoFile() {
	if f := p.file(); f != nil && f.result != nil && f.result.Op != 0 {
		p.desk.Undo(f.result.Op)
	}
}

// toggleLeave leaves the chosen table out, or takes it in again.
func (p *Page) toggleLeave() { p.change(func(t *app.TableChoice) { t.Leave = !t.Leave }) }

// findLedgers finds the ledgers that a table may go to.
func (p *Page) findLedgers(query string) []kit.Choice {
	var all []kit.Choice
	for _, l := range p.api.Catalog().All() {
		if !l.System {
			all = append(all, kit.Choice{ID: l.Key, Text: l.Label, Note: l.Group})
		}
	}
	return kit.FilterChoices(all)(query)
}

// label names a ledger.
func (p *Page) label(key string) string {
	if l := p.api.Catalog().Ledger(key); l != nil {
		return l.Label
	}
	return ""
}

// selected shows the line of the list that the cursor came to.
func (p *Page) selected(row int) {
	if row != p.chosen {
		p.choose(row)
	}
}

// itemName names a line of the list: the file, and the sheet where it has several.
func itemName(it item) string {
	name := it.file.draft.Name
	if t := it.preview(); t != nil && len(it.file.seen.Tables) > 1 {
		name = t.Sheet.Name() + " · " + strings.TrimSpace(name)
	}
	return name
}

// whatWords say what the chosen line was taken for, or what became of it.
func (p *Page) whatWords(it item) string {
	t := it.preview()
	switch {
	case it.file == nil:
		return ""
	case it.file.draft.Err != nil:
		return model.Sentence(it.file.draft.Err)
	case it.file.result != nil && it.file.result.Err != nil:
		return model.Sentence(it.file.result.Err)
	case it.file.result != nil && len(it.file.result.Mirrors) > 0:
		return mirroredWords(it.file.result.Mirrors)
	case it.file.result != nil:
		return "已导入：" + countWords(*it.file.result)
	case t == nil:
		return ""
	}
	return taken(t, p.label(t.Ledger))
}

// tell says on the button and in the status line what would be written.
func (p *Page) tell() {
	n, points := total(p.files), 0
	for _, it := range p.items {
		if it.file.result == nil {
			points += len(pointsOf(it.preview()))
		}
	}
	p.take.SetLabel("导入")
	if n > 0 {
		p.take.SetLabel(fmt.Sprintf("导入 %d 行（可撤销）", n))
	}
	enable(p.take, n > 0)
	enable(p.remove, p.file() != nil)
	p.header.Object.Refresh()
	if len(p.files) > 0 {
		p.desk.Status(fmt.Sprintf("%d 个文件，可导入 %d 行，待核对 %d 处（F4 下一处）", len(p.files), n, points))
	}
}
