package tasks

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/form"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// editText is what an edit begins with: what was typed before and not written, else
// the value whole.
func (p *Page) editText(row, col int) string {
	r, c := p.source.rows[row], p.source.cols[col]
	if e, ok := p.source.edits[cellKey{r.rec.ID, c.Key}]; ok {
		return e.words
	}
	return editText(p.source.data, r.rec, c.Key)
}

// editCell writes what was typed into one cell. What cannot be right keeps the
// editor open; what the ledger refuses stays in the cell with the reason.
func (p *Page) editCell(row, col int, words string) error {
	return p.chooseCell(row, col, kit.Choice{Text: words})
}

// choices is the search of a cell that refers to a person, a place or a unit, nil
// for any other.
func (p *Page) choices(row, col int) func(string, func([]kit.Choice)) {
	f, _ := target(p.source.data, p.source.rows[row].rec, p.source.cols[col].Key)
	if f == nil || f.Ref == nil {
		return nil
	}
	find := form.Filter(p.source.refs.For(f))
	return func(query string, show func([]kit.Choice)) { show(find(query)) }
}

// chooseCell is editCell for what was chosen: two of one name are told apart by the
// id.
func (p *Page) chooseCell(row, col int, chosen kit.Choice) error {
	words := chosen.Text
	n, c := p.source.rows[row].node, p.source.cols[col]
	if err := checkCell(p.source.data, n, c, words); err != nil {
		return err
	}
	key := cellKey{n.rec.ID, c.Key}
	if words == editText(p.source.data, n.rec, c.Key) && (chosen.ID == "" || chosen.ID == n.rec.Get(c.Key).ID) {
		delete(p.source.edits, key)
		p.setRows()
		return nil
	}
	p.source.edits[key] = edit{words: words, id: chosen.ID}
	ledger, list := changes(p.source.data, edits{key: p.source.edits[key]})
	p.write(ledger, list, fmt.Sprintf("已修改“%s”的%s", p.source.ledger.Name(n.rec), c.Title))
	return nil
}

// paste stages cells from the clipboard, Ctrl+D or Delete. A single one is written
// as if it was typed; several are shown first, old beside new, until 写入.
func (p *Page) paste(at grid.Range, values [][]string) error {
	staged := stage(p.source, at, values)
	if len(values) == 1 && len(values[0]) == 1 && len(staged) == 1 {
		return p.editCell(at.Row1, at.Col1, values[0][0])
	}
	maps.Copy(p.source.edits, staged)
	p.setRows()
	return nil
}

// writeStaged writes all sound cells in one operation.
func (p *Page) writeStaged() {
	ledger, list := changes(p.source.data, p.source.edits)
	if len(list) == 0 {
		return
	}
	ready, _ := p.source.edits.counts()
	p.write(ledger, list, fmt.Sprintf("已写入 %d 项、%d 格", len(list), ready))
}

// write writes changes. A row that is refused is shown in its cells, and nothing
// is written.
func (p *Page) write(ledger string, list []change, words string) {
	// What is on its way must not be sent twice; a refusal turns it back.
	p.source.edits.settle(list)
	p.setRows()
	type outcome struct {
		done app.Done
		err  error
	}
	page.Run(p.desk, func(ctx context.Context) (outcome, error) {
		done, err := p.api.SetMany(ctx, ledger, rowsOf(list))
		var row *app.RowError
		if errors.As(err, &row) {
			return outcome{err: row}, nil
		}
		return outcome{done, err}, nil
	}, func(o outcome) {
		if o.err != nil {
			p.refused(list, o.err)
			return
		}
		p.desk.Done(words+doubts(o.done.Problems), o.done.Op)
		p.reload()
		if moved := movedLimits(list); len(moved) > 0 {
			p.offerBelow(moved)
		}
	})
}

// movedLimits are the items whose limit was written.
func movedLimits(list []change) []string {
	var out []string
	for _, c := range list {
		if slices.ContainsFunc(c.cells, func(k cellKey) bool { return k.col == colDue }) {
			out = append(out, c.ID)
		}
	}
	return out
}

// refused turns everything back to waiting and shows why nothing was written.
func (p *Page) refused(list []change, err error) {
	for _, c := range list {
		p.source.edits.refuse(c, "", "")
		for _, key := range c.cells {
			one := p.source.edits[key]
			one.sent = false
			p.source.edits[key] = one
		}
	}
	var row *app.RowError
	if errors.As(err, &row) && row.Row < len(list) {
		p.source.edits.refuse(list[row.Row], fieldOf(err), model.Sentence(err))
	} else {
		p.desk.Presenter.Error(err)
	}
	p.setRows()
}

// fieldOf is the field that an error concerns, if it says.
func fieldOf(err error) string {
	var e *model.Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}

// doubts says the first doubt about what was written all the same.
func doubts(problems []model.Problem) string {
	for _, pr := range problems {
		if pr.Level != model.Fault {
			more := ""
			if n := len(problems) - 1; n > 0 {
				more = fmt.Sprintf("（另有 %d 处疑点）", n)
			}
			return "。疑点：" + pr.Message + more
		}
	}
	return ""
}
