package reports

import (
	"cmp"
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
	shown  *kit.ConflictCard // nil for none
	reason *kit.Entry        // of the decisions taken here
	latest *task.Latest
}

func newConflicts(p *Page) *conflicts {
	c := &conflicts{Page: p, rows: &conflictRows{sides: p.sides()}, latest: task.NewLatest(p.desk.Runner), detail: container.NewStack()}
	s := c.rows.sides
	back := kit.NewButton("返回报表", kit.ButtonPlain, p.openFront)
	keep := kit.NewButton("全部"+s.Keep, kit.ButtonPlain, func() { c.decideAll(app.TakeOurs, s.Keep) })
	take := kit.NewButton("全部"+s.Take, kit.ButtonPlain, func() { c.decideAll(app.TakeTheirs, s.Take) })
	c.reason = kit.NewEntry("理由（可不填），如：已电话核实")
	c.header = page.NewHeader("待处理冲突", back, keep, take)
	c.list = grid.New(grid.Config{Source: c.rows, Rows: true, OnSelect: c.choose, OnRune: c.useRune, Empty: "没有待处理的冲突。"})
	c.object = page.Rows(c.header.Object, container.NewBorder(nil, container.New(inset{look.GapWide}, container.NewBorder(c.reason, nil, nil, nil, container.New(inset{look.Gap}, c.detail))), nil, nil, kit.NewFlushCard(c.list)))
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
	c.detail.Objects, c.shown = nil, nil
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
		Base:  kit.Side{Label: "下发时原值", Value: cmp.Or(item.Base, "空")},
		Ours:  kit.Side{Label: s.Ours, Value: cmp.Or(item.Ours, "空"), Note: item.OursBy},
		Keep:  s.Keep, Take: s.Take,
	}
	for _, t := range item.Theirs {
		show.Theirs = append(show.Theirs, kit.Side{Label: s.Theirs, Value: cmp.Or(t.Value, "空"), Note: t.Sender + " " + t.At + " " + t.File})
	}
	c.shown = kit.NewConflictCard(show, kit.ConflictCalls{
		OnKeep:  func() { c.decide(item, app.Answer{Choice: app.TakeOurs}) },
		OnTake:  func(i int) { c.decide(item, app.Answer{Choice: app.TakeTheirs, Side: &item.Theirs[i]}) },
		OnLeave: c.leave,
		OnOther: func(value, reason string) { c.decide(item, app.Answer{Choice: value, Reason: reason}) },
	})
	return c.shown
}

// useRune decides the conflict shown by 1, 2 or 3.
func (c *conflicts) useRune(r rune) {
	if c.shown != nil {
		c.shown.UseRune(r)
	}
}

// leave goes on to the next conflict; this one stays as it is.
func (c *conflicts) leave() {
	if at, _ := c.list.Current(); len(c.rows.items) > 0 {
		c.list.Select((at + 1) % len(c.rows.items))
	}
}

// decide settles one conflict, with the reason on the page unless it has its own.
func (c *conflicts) decide(item app.ConflictItem, a app.Answer) {
	a.Conflict, a.Reason = item.ID, cmp.Or(a.Reason, c.reason.Text)
	c.run([]app.Answer{a}, "已处理：“"+item.Name+"”的"+item.Label+"。")
}

// decideAll asks, and decides every conflict alike in one operation.
func (c *conflicts) decideAll(choice, words string) {
	var all []app.Answer
	for _, item := range c.rows.items {
		all = append(all, app.Answer{Conflict: item.ID, Choice: choice, Reason: c.reason.Text})
	}
	if len(all) == 0 {
		return
	}
	q := task.Question{Title: "全部" + words, Text: fmt.Sprintf("%d 处冲突都%s，一步可以撤销。", len(all), words), Yes: "全部" + words}
	c.desk.Presenter.Confirm(q, func() { c.run(all, fmt.Sprintf("已处理 %d 处冲突。", len(all))) })
}

// run carries answers out and says so.
func (c *conflicts) run(answers []app.Answer, words string) {
	page.Run(c.desk, func(ctx context.Context) (app.Done, error) { return c.api.DecideMany(ctx, answers) }, func(d app.Done) {
		c.reason.SetText("")
		c.desk.Done(words, d.Op)
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
