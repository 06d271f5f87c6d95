package tasks

import (
	"fmt"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/model/ledgers"
)

// fastRows are the items whose progress is filled in: those at or below top that
// have none below them, are being dealt with and fit the view, in the order of the
// divisions.
func (t *tree) fastRows(top string, v view) []row {
	s := shower{tree: t, view: v}
	roots := t.roots
	if n := t.nodes[top]; n != nil {
		roots = []*node{n}
	}
	for _, root := range roots {
		for _, n := range root.leaves() {
			if !n.foreign && reportable(n) && s.fits(n) {
				s.out = append(s.out, row{node: n, open: true})
			}
		}
	}
	if s.view.Sort.Key == "" {
		s.view.Sort = grid.Sort{Key: colUnit}
	}
	s.sortFlat()
	return s.out
}

// reportable reports whether progress of an item may be asked for now.
func reportable(n *node) bool {
	switch n.rec.Get("state").Text {
	case ledgers.StateDone, ledgers.StateEnded, ledgers.StatePaused, ledgers.StateTodo:
		return false
	}
	return true
}

// fastWords says what is being filled in.
func fastWords(t *tree, f *fast, rows int) string {
	of := ""
	if n := t.nodes[f.top]; n != nil {
		of = "“" + t.ledger.Name(n.rec) + "”"
	}
	return fmt.Sprintf("批量填进展：%s%s，%d 项。直接在格里填，按回车保存一格；也可以从表里整块粘贴。", monthWords(string(t.period)), of, rows)
}

// monthWords writes 2026-11 as 2026年11月.
func monthWords(m string) string {
	if len(m) != len("2006-01") {
		return m
	}
	month := m[5:]
	if month[0] == '0' {
		month = month[1:]
	}
	return m[:4] + "年" + month + "月"
}

// toggleFast begins or ends filling in progress in the grid: of the items below the
// chosen one if it was split, else of all.
func (p *Page) toggleFast() {
	if p.tree == nil {
		return
	}
	if p.fast != nil {
		p.fast = nil
		p.source.cols = chosenColumns(listColumns(p.tree.ledger), p.kept.Columns)
		p.setRows()
		return
	}
	p.fast = &fast{}
	if n := p.current(); n != nil && len(n.children) > 0 {
		p.fast.top = n.rec.ID
	}
	p.source.cols = fastColumns(p.tree.progress)
	p.setDrawer(false)
	p.setRows()
	p.grid.SelectCell(0, len(p.source.cols)-len(reportFields))
	if c := p.desk.Canvas(); c != nil {
		c.Focus(p.grid)
	}
}
