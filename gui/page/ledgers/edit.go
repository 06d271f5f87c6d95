package ledgers

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/form"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/rule"
)

// typingFault says what is wrong with words typed into a cell, as far as the words
// alone tell it.
func typingFault(f *model.Field, words string, today model.Day) error {
	if f.Sensitive && strings.ContainsAny(words, "*＊") {
		return model.Errorf(model.CodeInvalid, "“%s”带星号，是隐去后的内容，不能保存。请填完整的内容。", f.Label)
	}
	_, problems := rule.Parse(f, rule.Input{Text: words, Ref: today})
	for _, p := range problems {
		if p.Level == model.Fault {
			return model.Errorf(model.CodeInvalid, "%s", doubtWords(p))
		}
	}
	return nil
}

// edit takes what was typed into a cell. What the words alone show to be wrong
// keeps the editor open; what app finds is said in the cell.
func (p *Page) edit(row, col int, words string) error {
	return p.choose(row, col, kit.Choice{Text: words})
}

// choices is the search of a cell that refers to other records, nil for any other
// cell. The records are read when the first letter asks for them.
func (p *Page) choices(_, col int) func(string, func([]kit.Choice)) {
	l, f := p.ledger, p.win.fields[col]
	if f.Ref == nil {
		return nil
	}
	var find func(string) []kit.Choice
	return func(query string, show func([]kit.Choice)) {
		if find != nil {
			show(find(query))
			return
		}
		page.Load(p.desk, p.asking, func(ctx context.Context) (form.Refs, error) { return form.ReadRefs(ctx, p.app, l) },
			func(refs form.Refs) {
				find = form.Filter(refs.For(f))
				show(find(query))
			})
	}
}

// choose is edit for what was chosen: two records of one name are told apart by the
// id.
func (p *Page) choose(row, col int, chosen kit.Choice) error {
	words := chosen.Text
	rec := p.win.record(row)
	if rec == nil {
		return model.Errorf(model.CodeRefused, "这一行还没有读出来，请稍候再改。")
	}
	f := p.win.fields[col]
	if err := typingFault(f, words, p.app.Today()); err != nil {
		return err
	}
	p.win.mark(rec.ID, f.Key, note{typed: words, held: true})
	e := cellEdit{w: p.win, key: p.ledger.Key, record: rec.ID, assign: []app.Assignment{{Field: f.Key, Words: cmp.Or(chosen.ID, words)}}}
	attempt(p.desk, func(ctx context.Context) (app.Done, error) {
		return p.app.Set(ctx, e.key, e.record, e.assign)
	}, func(done app.Done, err error) {
		e.settle(done, err)
		p.grid.Reload()
		if err == nil {
			p.record.follow()
			p.desk.Done("已修改“"+f.Label+"”", done.Op)
		}
	})
	return nil
}

// cellEdit is what is being written into one record.
type cellEdit struct {
	w           *window
	key, record string
	assign      []app.Assignment
}

// settle shows in the cells what came of the writing: the stored values with their
// doubts, or what was typed with what is wrong about it.
func (e cellEdit) settle(done app.Done, err error) {
	if err != nil {
		e.fail(err)
		return
	}
	e.w.clear(e.record)
	for _, rec := range done.Records {
		e.w.replace(rec)
	}
	for _, pr := range done.Problems {
		e.w.mark(e.record, pr.Field, note{words: doubtWords(pr)})
	}
}

// fail keeps what was typed in the cells; the sentence stands at the field it
// concerns, or at all of them.
func (e cellEdit) fail(err error) {
	field := fieldOf(err)
	known := slices.ContainsFunc(e.assign, func(a app.Assignment) bool { return a.Field == field })
	for _, a := range e.assign {
		n := note{typed: a.Words, held: true, words: "同一行有问题，这一行没有写入。"}
		if !known || a.Field == field {
			n.words, n.problem = model.Sentence(err), true
		}
		e.w.mark(e.record, a.Field, n)
	}
}
