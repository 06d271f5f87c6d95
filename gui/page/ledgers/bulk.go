package ledgers

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// paste takes cells from the clipboard, Ctrl+D or Delete. Rows beyond the last one
// become records after a question.
func (p *Page) paste(r grid.Range, values [][]string) error {
	values = headless(p.win.cols, r.Col1, values)
	within, beyond := split(rowEdits(p.ledger, p.win.fields, r.Row1, r.Col1, values), p.win.Len())
	if len(within) > 0 {
		p.writeRows(within)
	}
	if beyond = filled(beyond); len(beyond) > 0 {
		p.desk.Presenter.Confirm(growQuestion(p.ledger, len(beyond)), func() { p.addRows(beyond) })
	}
	return nil
}

// pasteTable pastes the clipboard into an empty ledger.
func (p *Page) pasteTable() {
	cells := grid.ParseTSV(fyne.CurrentApp().Clipboard().Content())
	if len(cells) == 0 {
		p.say("剪贴板里没有表格。请先在 Excel 或 WPS 里复制。")
		return
	}
	p.desk.Presenter.Error(p.paste(grid.Range{}, cells))
}

// copyRows puts rows on the clipboard of which some are still on their way.
func (p *Page) copyRows(from, to int) bool {
	rows := slices.Collect(p.grid.Selected())
	if len(rows) == 0 || !p.win.missing(rows[0], rows[len(rows)-1]) {
		return false
	}
	w, first := p.win, rows[0]
	req := p.query.request(p.ledger, p.app.Today(), first, rows[len(rows)-1]-first+1)
	page.Run(p.desk, func(ctx context.Context) (string, error) {
		_, got, err := p.app.List(ctx, req)
		return w.tsv(got.Records, first, rows, from, to), err
	}, func(words string) {
		p.desk.Copy(words)
		p.say("已复制")
	})
	return true
}

// refusal is a row that could not be written, and why.
type refusal struct {
	row int // among those that were to be written
	err error
}

// mostRefused is after how many refused rows the rest is not tried any more: the
// wrong columns were pasted.
const mostRefused = 20

// writer is what writeSound needs of app.
type writer interface {
	SetMany(ctx context.Context, ledger string, rows []app.RowChange) (app.Done, error)
}

// writeSound writes all rows that are sound as one operation and returns those
// that are not.
func writeSound(ctx context.Context, to writer, ledger string, rows []app.RowChange) (app.Done, []refusal, error) {
	var refused []refusal
	left := make([]int, len(rows))
	for i := range left {
		left[i] = i
	}
	for len(left) > 0 {
		batch := make([]app.RowChange, len(left))
		for i, at := range left {
			batch[i] = rows[at]
		}
		done, err := to.SetMany(ctx, ledger, batch)
		var wrong *app.RowError
		if !errors.As(err, &wrong) {
			return done, refused, err
		}
		refused = append(refused, refusal{left[wrong.Row], wrong.Err})
		if len(refused) > mostRefused {
			return app.Done{}, refused, model.Errorf(model.CodeInvalid, "有问题的行太多，一行也没有写入。请先核对粘贴的各列与这里的各列是否一致。")
		}
		left = slices.Delete(left, wrong.Row, wrong.Row+1)
	}
	return app.Done{}, refused, nil
}

// bulk is many rows on their way into the ledger.
type bulk struct {
	w       *window
	key     string
	edits   []rowEdit
	rows    []app.RowChange
	done    app.Done
	refused []refusal
}

// writeRows writes into records that are there, wherever they stand.
func (p *Page) writeRows(edits []rowEdit) {
	b := &bulk{w: p.win, key: p.ledger.Key, edits: edits, rows: changes(edits)}
	for i, e := range edits {
		if rec := b.w.peek(e.row); rec != nil {
			b.rows[i].ID = rec.ID
		}
	}
	first, last := edits[0].row, edits[len(edits)-1].row
	req := p.query.request(p.ledger, p.app.Today(), first, last-first+1)
	p.desk.Presenter.Long(task.Long{Title: "写入表格", Work: func(ctx context.Context, _ *task.Progress) (err error) {
		if err := p.identify(ctx, b, req); err != nil {
			return err
		}
		b.done, b.refused, err = writeSound(ctx, p.app, b.key, b.rows)
		return err
	}, Done: func(err error) {
		b.settle()
		p.grid.Reload()
		p.record.follow()
		p.tellBulk(b, "修改", err)
	}})
}

// changes are what edits mean to app, without the ids of the records.
func changes(edits []rowEdit) []app.RowChange {
	out := make([]app.RowChange, len(edits))
	for i, e := range edits {
		out[i].Assign = e.assign
	}
	return out
}

// identify finds the ids of rows that were never in sight.
func (p *Page) identify(ctx context.Context, b *bulk, req app.ListRequest) error {
	if !slices.ContainsFunc(b.rows, func(r app.RowChange) bool { return r.ID == "" }) {
		return nil
	}
	_, got, err := p.app.List(ctx, req)
	if err != nil {
		return err
	}
	for i, e := range b.edits {
		at := e.row - req.Offset
		if b.rows[i].ID == "" && at < len(got.Records) {
			b.rows[i].ID = got.Records[at].ID
		}
	}
	b.edits, b.rows = known(b.edits, b.rows)
	return nil
}

// known leaves out rows whose record is gone: they must not become new ones.
func known(edits []rowEdit, rows []app.RowChange) (outEdits []rowEdit, outRows []app.RowChange) {
	for i, r := range rows {
		if r.ID != "" {
			outEdits, outRows = append(outEdits, edits[i]), append(outRows, r)
		}
	}
	return outEdits, outRows
}

// settle shows in the cells what came of the writing.
func (b *bulk) settle() {
	for _, rec := range b.done.Records {
		b.w.clear(rec.ID)
		b.w.replace(rec)
	}
	for _, pr := range b.done.Problems {
		b.w.mark(pr.Record, pr.Field, note{words: doubtWords(pr)})
	}
	for _, r := range b.refused {
		cellEdit{w: b.w, key: b.key, record: b.rows[r.row].ID, assign: b.rows[r.row].Assign}.fail(r.err)
	}
}

// first is the id of the first record written, "" if there is none.
func (b *bulk) first() string {
	if len(b.done.Records) == 0 {
		return ""
	}
	return b.done.Records[0].ID
}

// tellBulk says what came of many rows.
func (p *Page) tellBulk(b *bulk, verb string, err error) {
	if err != nil {
		p.desk.Presenter.Error(err)
		return
	}
	p.desk.Done(writtenWords(verb, len(b.done.Records), len(b.refused)), b.done.Op)
}

// addRows makes records of rows.
func (p *Page) addRows(edits []rowEdit) {
	b := &bulk{w: p.win, key: p.ledger.Key, edits: edits, rows: changes(edits)}
	p.desk.Presenter.Long(task.Long{Title: "新增记录", Work: func(ctx context.Context, _ *task.Progress) (err error) {
		b.done, b.refused, err = writeSound(ctx, p.app, b.key, b.rows)
		return err
	}, Done: func(err error) {
		p.tellBulk(b, "新增", err)
		if err == nil && len(b.refused) > 0 {
			p.desk.Presenter.Error(refusedError(b.refused))
		}
		p.reload(b.first())
	}})
}
