package importing

import (
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/app"
)

// jump runs what follows from the cursor of one part in another: that one's own
// cursor then leads nowhere further.
func (p *Page) jump(there func(t *app.TablePreview)) {
	t := p.item().preview()
	if p.jumping || t == nil {
		return
	}
	p.jumping = true
	defer func() { p.jumping = false }()
	there(t)
}

// fromOriginal goes to what the cell of the sheet became.
func (p *Page) fromOriginal(row, col int) {
	p.jump(func(t *app.TablePreview) {
		if p.original.seen != t {
			return
		}
		address := t.Sheet.Address(row, col)
		switch p.lower.Objects[0] {
		case p.mapping.object:
			p.mapping.seek(col, address)
		case p.problems.object:
			p.problems.seek(address)
		default:
			p.view.Seek(p.original.planRow(row), address)
		}
	})
}

// fromResult goes to where in the sheet a cell of the result comes from.
func (p *Page) fromResult(row int, cell string) {
	p.jump(func(*app.TablePreview) { p.original.Seek(row, cell) })
}

// start shows first what most wants a look: columns to confirm, else the rows.
func (p *Page) start() {
	points := pointsOf(p.item().preview())
	if len(points) > 0 && points[0].column >= 0 {
		p.view.Choose(chipColumns)
		p.mapping.grid.Select(points[0].column)
	}
}

// next goes to the next point to look at, in this table or a later one.
func (p *Page) next() bool {
	if points := pointsOf(p.item().preview()); p.at+1 < len(points) {
		p.at++
		p.show(points[p.at])
		return true
	}
	for n := 1; n <= len(p.items); n++ {
		i := (max(0, p.chosen) + n) % len(p.items)
		if it := p.items[i]; it.file.result == nil && len(pointsOf(it.preview())) > 0 {
			p.list.Select(i)
			p.choose(i)
			p.at = 0
			p.show(pointsOf(it.preview())[0])
			return true
		}
	}
	return false
}

// show shows a point.
func (p *Page) show(at point) {
	switch {
	case at.column >= 0:
		p.view.Choose(chipColumns)
		p.mapping.grid.Select(at.column)
		p.focus(p.mapping.grid)
	case at.problem >= 0:
		p.view.Choose(chipProblems)
		p.problems.grid.Select(at.problem)
		p.focus(p.problems.grid)
	default:
		p.focus(p.picker)
	}
}

// accept says yes to what is looked at: a column as it is proposed, the first fix of a
// problem; with nothing to say yes to, the import.
func (p *Page) accept() {
	switch p.lower.Objects[0] {
	case p.mapping.object:
		if c := p.mapping.current(); c != nil && c.Pending() {
			p.confirm(columns{c.Col: c.Path})
			return
		}
	case p.problems.object:
		if q := p.problems.current(); q != nil && len(q.Fixes) > 0 {
			p.fix(*q, q.Fixes[0])
			return
		}
	}
	if !p.take.Disabled() {
		p.takeIn()
	}
}

// confirm takes columns as they are said to be.
func (p *Page) confirm(said columns) {
	p.at-- // the point is none any more: the next one moves up
	p.at = max(p.at, -1)
	p.change(func(t *app.TableChoice) {
		for col, path := range said {
			t.Columns[col] = path
		}
	})
}

// fix puts in place of all cells alike what a fix of one of them offers.
func (p *Page) fix(problem model.Problem, fix model.Fix) {
	it := p.item()
	t := it.preview()
	if t == nil || t.Plan == nil || it.file.result != nil {
		return
	}
	f := it.file
	f.steps = append(f.steps, len(f.choice.Corrections))
	f.choice.Corrections = append(slices.Clone(f.choice.Corrections), t.Plan.Apply(problem, fix)...)
	p.at = max(p.at-1, -1)
	p.reload(f)
}

// unfix takes the last fix back.
func (p *Page) unfix() {
	f := p.file()
	if f == nil || len(f.steps) == 0 {
		return
	}
	last := len(f.steps) - 1
	f.choice.Corrections = f.choice.Corrections[:f.steps[last]]
	f.steps = f.steps[:last]
	p.reload(f)
}
