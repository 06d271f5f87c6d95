package reports

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/plan"
	"xiangzhen/gui/task"
	"xiangzhen/model/app"
)

// conflicts lists what two sides have changed differently until someone decides.
type conflicts struct {
	*Page
	object fyne.CanvasObject

	header *page.Header
	rows   *conflictRows
	list   *grid.Grid
	detail *fyne.Container
	latest *task.Latest
}

func newConflicts(p *Page) *conflicts {
	c := &conflicts{Page: p, rows: &conflictRows{sides: p.sides()}, latest: task.NewLatest(p.desk.Runner), detail: container.NewStack()}
	s := c.rows.sides
	back := kit.NewButton("返回报表", kit.ButtonPlain, p.openFront)
	keep := kit.NewButton("全部"+s.Keep, kit.ButtonPlain, func() { c.decideAll(plan.Ours, s.Keep) })
	take := kit.NewButton("全部"+s.Take, kit.ButtonPlain, func() { c.decideAll(plan.Theirs, s.Take) })
	c.header = page.NewHeader("待处理冲突", back, keep, take)
	c.list = grid.New(grid.Config{Source: c.rows, Rows: true, OnSelect: c.choose, Empty: "没有待处理的冲突。"})
	c.object = page.Rows(c.header.Object, container.NewBorder(nil, container.New(inset{look.GapWide}, c.detail), nil, nil, kit.NewFlushCard(c.list)))
	return c
}

func (c *conflicts) load() {
	page.Load(c.desk, c.latest, c.api.Conflicts, func(items []app.ConflictItem) {
		c.rows.items = items
		c.header.SetNote(fmt.Sprintf("%d 处，决定之前保持原值", len(items)))
		c.list.Reload()
		at, _ := c.list.Current()
		at = max(0, min(at, len(items)-1))
		c.list.Select(at)
		c.choose(at)
	})
}

// choose shows the card of a conflict.
func (c *conflicts) choose(row int) {
	c.detail.Objects = nil
	if row >= 0 && row < len(c.rows.items) {
		c.detail.Objects = []fyne.CanvasObject{c.card(c.rows.items[row])}
	}
	c.detail.Refresh()
	c.object.Refresh()
}

func (c *conflicts) card(item app.ConflictItem) *kit.ConflictCard {
	s := c.rows.sides
	show := kit.Conflict{
		Title: "冲突：" + item.Name + " · " + item.Label,
		Base:  kit.Side{Label: "下发时原值", Value: item.Base},
		Ours:  kit.Side{Label: s.Ours, Value: item.Ours},
		Keep:  s.Keep, Take: s.Take,
	}
	for _, t := range item.Theirs {
		show.Theirs = append(show.Theirs, kit.Side{Label: s.Theirs, Value: t.Value, Note: t.Sender + " " + t.At + " " + t.File})
	}
	return kit.NewConflictCard(show, kit.ConflictCalls{
		OnKeep:  func() { c.decide(item, plan.Ours, "") },
		OnTake:  func(i int) { c.decide(item, taken(item, i), "") },
		OnLeave: func() { c.choose(-1) },
		OnOther: func(value, reason string) { c.decide(item, value, reason) },
	})
}

// taken is the choice of one sender's value: the word for theirs where there is
// one sender, else the value itself.
func taken(item app.ConflictItem, i int) string {
	if len(item.Theirs) == 1 {
		return plan.Theirs
	}
	return item.Theirs[i].Value
}

func (c *conflicts) decide(item app.ConflictItem, choice, reason string) {
	page.Run(c.desk, func(ctx context.Context) (app.Done, error) { return c.api.Decide(ctx, item.ID, choice, reason) }, func(d app.Done) {
		c.desk.Done("已处理：“"+item.Name+"”的"+item.Label+"。", d.Op)
	})
}

// decideAll asks, and decides every conflict alike.
func (c *conflicts) decideAll(choice, words string) {
	items := c.rows.items
	if len(items) == 0 {
		return
	}
	q := task.Question{Title: "全部" + words, Text: fmt.Sprintf("%d 处冲突都%s，可以逐处撤销。", len(items), words), Yes: "全部" + words}
	c.desk.Presenter.Confirm(q, func() {
		c.long("处理冲突", func(ctx context.Context, p *task.Progress) error {
			p.SetTotal(len(items))
			for _, item := range items {
				if _, err := c.api.Decide(ctx, item.ID, choice, ""); err != nil {
					return err
				}
				p.Add(1)
			}
			return nil
		}, func() { c.desk.Done(fmt.Sprintf("已处理 %d 处冲突。", len(items)), 0) })
	})
}

// conflictRows shows conflicts in the grid.
type conflictRows struct {
	sides plan.Sides
	items []app.ConflictItem
}

// Len is the number of conflicts.
func (r *conflictRows) Len() int { return len(r.items) }

// Columns lists the columns.
func (r *conflictRows) Columns() []grid.Column {
	return []grid.Column{
		{Key: "name", Title: "名称", Width: 260, Grow: true, Pinned: true},
		{Key: "field", Title: "项目", Width: 110},
		{Key: "base", Title: "下发时原值", Width: 150},
		{Key: "ours", Title: r.sides.Ours, Width: 150},
		{Key: "theirs", Title: r.sides.Theirs, Width: 150},
		{Key: "who", Title: "来自", Width: 180},
	}
}

// Cell shows one value.
func (r *conflictRows) Cell(row, col int) grid.Cell {
	it := r.items[row]
	theirs, who := "", ""
	for i, t := range it.Theirs {
		if i > 0 {
			theirs, who = theirs+" ／ ", who+"、"
		}
		theirs, who = theirs+t.Value, who+t.Sender
	}
	words := []string{it.Name, it.Label, it.Base, it.Ours, theirs, who}[col]
	c := grid.Cell{Text: words, Hint: words}
	if col == 3 || col == 4 {
		c.Fill = grid.FillConflict
	}
	return c
}
