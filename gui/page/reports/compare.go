package reports

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// compare shows what differs between two periods of a form (环比对比).
type compare struct {
	*Page
	object fyne.CanvasObject
	latest *task.Latest

	header *page.Header
	form   *kit.Picker
	of     *kit.Picker // the period
	with   *kit.Picker // the one it is compared with
	chips  *kit.Chips
	rows   findingRows
	list   *grid.Grid
	found  app.Compared
	req    app.CompareRequest
	chosen string // a kind, or chipAll
}

// The chips of several kinds.
const (
	chipAll   = "全部"
	chipCheck = "待核对" // all but what a period brings of itself: changes and new rows
)

func newCompare(p *Page) *compare {
	c := &compare{Page: p, latest: task.NewLatest(p.desk.Runner), chosen: chipCheck}
	c.header = page.NewHeader("环比对比", kit.NewButton("返回报表", kit.ButtonPlain, p.openFront), kit.NewButton("导出标色表", kit.ButtonMain, c.export))
	c.form = kit.NewSelect("选择报表", nil)
	c.of, c.with = kit.NewSelect("本期", nil), kit.NewSelect("对比期", nil)
	c.chips = kit.NewChips(func(key string, _ fyne.Position) { c.choose(key) })
	c.list = grid.New(grid.Config{Source: &c.rows, Rows: true, OnOpen: c.open, Empty: "这一类没有。点上面的“全部”看所有变化。"})
	c.object = page.Rows(c.header.Object, newLabelled("报表", c.form, "本期", c.of, "对比", c.with), c.chips, kit.NewFlushCard(c.list))
	return c
}

// start compares a form's period with the one before.
func (c *compare) start(form exchange.Form, forms []exchange.Form, period model.Period) {
	c.form.SetQuery(kit.FilterChoices(formChoices(forms)))
	c.form.SetChoice(kit.Choice{ID: form.Key, Text: form.Label})
	c.form.OnChosen = func(k kit.Choice) {
		for _, f := range forms {
			if f.Key == k.ID {
				c.start(f, forms, period)
			}
		}
	}
	period = fitting(form, period, c.api.Today())
	choices := periodChoices(form, c.api.Today())
	c.set(c.of, choices, period, func(p model.Period) { c.req.Period = p })
	c.set(c.with, choices, period.Previous(), func(p model.Period) { c.req.With = p })
	c.req = app.CompareRequest{Form: form.Key, Period: period, With: period.Previous()}
	c.load()
}

// set offers periods.
func (c *compare) set(p *kit.Picker, choices []kit.Choice, now model.Period, take func(model.Period)) {
	p.SetQuery(kit.FilterChoices(choices))
	p.SetChoice(kit.Choice{ID: string(now), Text: now.Words()})
	p.OnChosen = func(k kit.Choice) {
		take(model.Period(k.ID))
		c.load()
	}
}

// load compares.
func (c *compare) load() {
	req := c.req
	page.Load(c.desk, c.latest, func(ctx context.Context) (app.Compared, error) { return c.api.Compare(ctx, req) }, func(found app.Compared) {
		c.found = found
		c.header.SetNote(fmt.Sprintf("《%s》%s 与 %s，比了 %d 行", found.Form.Label, found.Period.Words(), found.With.Words(), found.Rows))
		c.choose(chipCheck)
	})
}

// choose shows the findings of one kind.
func (c *compare) choose(kind string) {
	c.chosen = kind
	c.chips.Set(kindChips(c.found.Findings), kind)
	c.rows.shown = ofKind(c.found.Findings, kind)
	c.list.Reload()
	c.list.Select(0)
	c.object.Refresh()
}

// open goes to the record of a finding.
func (c *compare) open(row int) {
	if row >= 0 && row < len(c.rows.shown) {
		c.desk.Open(page.Route{Page: page.Ledgers, Ledger: c.found.Form.Over, Record: c.rows.shown[row].ID})
	}
}

// export writes the marked workbook.
func (c *compare) export() {
	req := c.req
	name := fmt.Sprintf("%s%s与%s对比.xlsx", c.found.Form.Label, req.Period.Words(), req.With.Words())
	c.desk.Save(name, func(path string) {
		req.Out = path
		c.long("导出", func(ctx context.Context, _ *task.Progress) error {
			_, err := c.api.Compare(ctx, req)
			return err
		}, func() {
			c.desk.Done("标色表已导出：新增绿色，变更黄色（批注是上期的值），消失的红色。", 0)
		})
	})
}

// kindOrder is the order in which the kinds are shown.
var kindOrder = []app.FindingKind{app.FoundBackward, app.FoundFallen, app.FoundOverdue, app.FoundDue, app.FoundSameText,
	app.FoundSilent, app.FoundPerson, app.FoundGone, app.FoundNew, app.FoundChanged}

// kindTones are those of the kinds to look at first.
var kindTones = map[app.FindingKind]look.Tone{app.FoundBackward: look.ToneOverdue, app.FoundFallen: look.ToneOverdue,
	app.FoundOverdue: look.ToneOverdue, app.FoundGone: look.ToneSoon, app.FoundSameText: look.ToneSoon, app.FoundSilent: look.ToneSoon,
	app.FoundNew: look.ToneFine}

// kindChips count the findings of each kind that there is.
func kindChips(found []app.Finding) []kit.Chip {
	n := map[app.FindingKind]int{}
	for _, f := range found {
		n[f.Kind]++
	}
	check := len(found) - n[app.FoundChanged] - n[app.FoundNew]
	out := []kit.Chip{{Key: chipCheck, Label: chipCheck, Count: check, HasCount: true}}
	for _, k := range kindOrder {
		if n[k] > 0 {
			out = append(out, kit.Chip{Key: string(k), Label: string(k), Count: n[k], HasCount: true, Tone: kindTones[k]})
		}
	}
	return append(out, kit.Chip{Key: chipAll, Label: chipAll, Count: len(found), HasCount: true})
}

// ofKind are the findings of a kind.
func ofKind(found []app.Finding, kind string) []app.Finding {
	if kind == chipAll {
		return found
	}
	var out []app.Finding
	for _, f := range found {
		if string(f.Kind) == kind || kind == chipCheck && f.Kind != app.FoundChanged && f.Kind != app.FoundNew {
			out = append(out, f)
		}
	}
	return out
}

// findingRows shows findings in the grid.
type findingRows struct{ shown []app.Finding }

// Len is the number of findings.
func (r *findingRows) Len() int { return len(r.shown) }

// Columns lists the columns.
func (r *findingRows) Columns() []grid.Column {
	return []grid.Column{
		{Key: "kind", Title: "变化", Width: 120, Pinned: true}, {Key: "area", Title: "单位", Width: 90, Pinned: true},
		{Key: "name", Title: "名称", Width: 220, Pinned: true}, {Key: "column", Title: "项目", Width: 130},
		{Key: "before", Title: "对比期", Width: 170, Grow: true}, {Key: "after", Title: "本期", Width: 170, Grow: true},
	}
}

// Cell shows one value.
func (r *findingRows) Cell(row, col int) grid.Cell {
	f := r.shown[row]
	words := []string{string(f.Kind), f.Area, f.Name, f.Header, f.Before, f.After}[col]
	c := grid.Cell{Text: words, Hint: words}
	switch {
	case col == 0:
		c.Tone, c.Bold = kindTones[f.Kind], true
	case col == 4:
		c.Tone = look.ToneQuiet
	case f.After == "":
	case col == 5 && f.Kind == app.FoundNew:
		c.Fill = grid.FillAdded
	case col == 5:
		c.Fill = grid.FillChanged
	}
	return c
}
