package tasks

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/rule"
)

// cellKey is one cell, whichever row it stands in now: item and column.
type cellKey struct{ id, col string }

// edit is what was typed or pasted into a cell and is not in the ledger yet.
type edit struct {
	words   string
	id      string // of the record chosen, where the cell refers to one
	problem string // why it is not written
	sent    bool   // written; shown until the items are read anew
}

// edits are all cells that are not written yet.
type edits map[cellKey]edit

// cell shows the edit over what the cell holds: the old value struck through.
func (e edit) cell(c grid.Cell) grid.Cell {
	if e.sent {
		c.Text = oneLine(e.words)
		return c
	}
	old := c.Text
	c = grid.Cell{Text: oneLine(e.words), Indent: c.Indent, Twist: c.Twist, Fill: grid.FillChanged}
	if length(e.words) > mostCell {
		c.Hint = e.words
	}
	if old != c.Text {
		c.Strike = old
	}
	if e.problem != "" {
		c.Fill, c.Hint, c.Tone = grid.FillConflict, e.problem, look.ToneOverdue
	}
	return c
}

// mostCell is the length of what a cell shows for certain, as mostTitle is.
const mostCell = 6

// counts returns how many cells wait to be written and how many have a problem.
func (e edits) counts() (ready, bad int) {
	for _, one := range e {
		switch {
		case one.sent:
		case one.problem != "":
			bad++
		default:
			ready++
		}
	}
	return ready, bad
}

// words says what is staged: 待写入 12 格，另有 3 格有问题.
func (e edits) words() string {
	switch ready, bad := e.counts(); {
	case bad == 0:
		return fmt.Sprintf("待写入 %d 格，灰色划线的是原来的内容。", ready)
	case ready == 0:
		return fmt.Sprintf("%d 格有问题，没有写入。鼠标放在红格上看原因，改好后再写入。", bad)
	default:
		return fmt.Sprintf("待写入 %d 格，另有 %d 格有问题，红格不会写入。", ready, bad)
	}
}

// checkCell says why words may not stand in a cell; nil if they may. What only the
// ledger knows is left to it.
func checkCell(d data, n *node, col grid.Column, words string) error {
	switch {
	case n.foreign:
		return model.Errorf(model.CodeInvalid, "“%s”是上级的事项，这里只能看，不能改。", d.ledger.Name(n.rec))
	case !col.Editable:
		return model.Errorf(model.CodeInvalid, "“%s”这一列由程序算出，不能直接填。", col.Title)
	}
	f, _ := target(d, n.rec, col.Key)
	if words == "" {
		if f.Required {
			return model.Errorf(model.CodeInvalid, "“%s”不能空着。", f.Label)
		}
		return nil
	}
	_, problems := rule.Parse(f, rule.Input{Text: words, Ref: d.today})
	for _, p := range problems {
		if p.Level == model.Fault {
			return model.Errorf(model.CodeInvalid, "%s%s", p.Message, p.Suggestion)
		}
	}
	return nil
}

// stage turns pasted cells into edits, from the upper left corner on. A cell that
// would stay as it is is passed over; so is one that cannot be edited and is only
// emptied: who presses Delete on a range means the rest.
func stage(s *source, at grid.Range, values [][]string) edits {
	out := edits{}
	for i, line := range values {
		for j, words := range line {
			row, col := at.Row1+i, at.Col1+j
			if row >= len(s.rows) || col >= len(s.cols) {
				continue
			}
			n, c, words := s.rows[row].node, s.cols[col], strings.TrimSpace(words)
			if unchanged(s, n, c, row, col, words) {
				continue
			}
			e := edit{words: words}
			if err := checkCell(s.data, n, c, words); err != nil {
				e.problem = model.Sentence(err)
			}
			out[cellKey{n.rec.ID, c.Key}] = e
		}
	}
	return out
}

func unchanged(s *source, n *node, c grid.Column, row, col int, words string) bool {
	if n.foreign || !c.Editable {
		return words == "" || words == s.Cell(row, col).Text
	}
	return words == editText(s.data, n.rec, c.Key) || words == columnText(s.data, n.rec, c.Key)
}

// change is what is written into one record, and from which cells it comes.
type change struct {
	app.RowChange
	cells []cellKey
}

// changes turns the sound edits into what is written, one row an item in the order
// of the ledger: into the tasks themselves, or into their reports of the period.
func changes(d data, all edits) (ledger string, out []change) {
	rows := map[string][]cellKey{}
	for key, e := range all {
		if !e.sent && e.problem == "" {
			rows[key.id] = append(rows[key.id], key)
		}
	}
	ledger = d.ledger.Key
	for _, r := range d.all {
		keys := rows[r.ID]
		if len(keys) == 0 {
			continue
		}
		slices.SortFunc(keys, func(a, b cellKey) int { return strings.Compare(a.col, b.col) })
		c := change{RowChange: app.RowChange{ID: r.ID}, cells: keys}
		if isReport(keys[0].col) {
			ledger = d.progress.Key
			c.RowChange = reportRow(d, r)
		}
		for _, key := range keys {
			f, _ := target(d, r, key.col)
			c.Assign = append(c.Assign, app.Assignment{Field: f.Key, Words: cmp.Or(all[key].id, all[key].words)})
		}
		out = append(out, c)
	}
	return ledger, out
}

// reportRow begins the change of an item's report of the period, or a new one.
func reportRow(d data, r *model.Record) app.RowChange {
	on := app.Assignment{Field: "reported_on", Words: string(d.today)}
	if have := d.reports[r.ID]; have != nil {
		return app.RowChange{ID: have.ID, Assign: []app.Assignment{on}}
	}
	return app.RowChange{Assign: []app.Assignment{{Field: "task", Words: r.ID}, {Field: "period", Words: string(d.period)}, on}}
}

// rowsOf are the rows of changes, as they are written.
func rowsOf(list []change) []app.RowChange {
	out := make([]app.RowChange, len(list))
	for i, c := range list {
		out[i] = c.RowChange
	}
	return out
}

// settle marks what was written as sent.
func (e edits) settle(list []change) {
	for _, c := range list {
		for _, key := range c.cells {
			one := e[key]
			one.sent = true
			e[key] = one
		}
	}
}

// refuse shows why a row was not written, in the cell concerned or in all of the
// row's.
func (e edits) refuse(c change, field, sentence string) {
	cells := c.cells
	for _, key := range c.cells {
		if key.col == field || key.col == ofReport+field {
			cells = []cellKey{key}
		}
	}
	for _, key := range cells {
		one := e[key]
		one.problem = sentence
		e[key] = one
	}
}

// clean drops what was written, after the items were read anew.
func (e edits) clean() {
	maps.DeleteFunc(e, func(_ cellKey, one edit) bool { return one.sent })
}
