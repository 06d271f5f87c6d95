package reports

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/form"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// grouping is the dialog in which words of the chat group, or a range copied from a
// table, are taken as returns.
type grouping struct {
	*Page
	forms  []exchange.Form
	form   exchange.Form
	dialog *kit.Dialog

	words                            *kit.Entry
	problem                          *kit.Field
	formPicker, periodPicker         *kit.Picker
	textPicker, quantityPicker, area *kit.Picker
	item                             *kit.Entry
}

// groupStart is what the dialog begins with.
type groupStart struct {
	forms []exchange.Form
	areas []app.Receiver
}

// openGroup asks for pasted words.
func (p *Page) openGroup(key string, period model.Period) {
	page.Run(p.desk, func(ctx context.Context) (s groupStart, err error) {
		if s.forms, err = p.api.Forms(ctx); err != nil {
			return s, err
		}
		s.areas, err = p.api.Below(ctx)
		return s, err
	}, func(s groupStart) {
		canvas := p.desk.Canvas()
		if canvas == nil || len(s.forms) == 0 {
			return
		}
		g := &grouping{Page: p, forms: s.forms}
		g.build(canvas, s.areas)
		g.choose(key, period)
		canvas.Focus(g.words)
	})
}

func (g *grouping) build(canvas fyne.Canvas, areas []app.Receiver) {
	g.words = kit.NewLongEntry("在这里按 Ctrl+V。群接龙一村一行，以村名开头；表格要连表头一起复制：\n1. 青山村 12户 已完成\n2. 柳河村 无", groupRows)
	g.problem = kit.NewField("粘贴的内容", true, "先看清单，不会马上写入。写“无”的算零报告。", g.words)
	g.words.OnChanged = func(string) { g.problem.SetProblem("") }
	g.formPicker = kit.NewSelect("选择报表", formChoices(g.forms))
	g.periodPicker = kit.NewSelect("选择期间", nil)
	g.textPicker, g.quantityPicker = kit.NewSelect("不填", nil), kit.NewSelect("不填", nil)
	g.formPicker.OnChosen = func(c kit.Choice) { g.choose(c.ID, "") }
	g.item = kit.NewEntry("一村只有一项时不用填")
	choices := make([]kit.Choice, len(areas))
	for i, r := range areas {
		choices[i] = kit.Choice{ID: r.ID, Text: r.Name}
	}
	g.area = kit.NewPicker("表里有村名的不用选", form.Filter(choices))
	pair := func(a, b fyne.CanvasObject) fyne.CanvasObject { return page.Columns(a, groupHalf, b) }
	below := container.NewVBox(pair(kit.NewField("报表", true, "", g.formPicker), kit.NewField("期间", true, "", g.periodPicker)),
		pair(kit.NewField("接龙的话填到", false, "", g.textPicker), kit.NewField("接龙的数填到", false, "", g.quantityPicker)),
		pair(kit.NewField("说的是哪一项", false, "写事项名称里的几个字", g.item), kit.NewField("表格是哪个村的", false, "", g.area)))
	g.dialog = kit.ShowDialog(canvas, "粘贴群消息或表格", container.New(minWidth{groupWidth}, container.NewBorder(nil, below, nil, nil, g.problem)),
		kit.NewButton("取消", kit.ButtonPlain, func() { g.dialog.Close() }), kit.NewButton("看并入结果", kit.ButtonMain, g.send))
}

const (
	groupRows          = 4
	groupWidth float32 = 640
	groupHalf          = (groupWidth - look.GapWide) / 2
)

// choose shows a form and the columns that words can go to.
func (g *grouping) choose(key string, period model.Period) {
	g.form = g.forms[0]
	for _, f := range g.forms {
		if f.Key == key {
			g.form = f
		}
	}
	g.formPicker.SetChoice(kit.Choice{ID: g.form.Key, Text: g.form.Label})
	period = fitting(g.form, period, g.api.Today())
	g.periodPicker.SetQuery(kit.FilterChoices(periodChoices(g.form, g.api.Today())))
	g.periodPicker.SetChoice(kit.Choice{ID: string(period), Text: period.Words()})
	texts, numbers := spokenColumns(g.api.Catalog(), g.form)
	g.textPicker.SetQuery(kit.FilterChoices(texts))
	g.quantityPicker.SetQuery(kit.FilterChoices(numbers))
	g.textPicker.SetChoice(first(texts))
	g.quantityPicker.SetChoice(kit.Choice{})
}

func first(choices []kit.Choice) kit.Choice {
	if len(choices) == 0 {
		return kit.Choice{}
	}
	return choices[0]
}

// spokenColumns are the columns of a form that words and numbers of a message can go
// to.
func spokenColumns(c *model.Catalog, f exchange.Form) (texts, numbers []kit.Choice) {
	for _, l := range columnLines(c, f) {
		tg, err := exchange.ResolvePath(c, c.Ledger(f.Over), l.path)
		if err != nil || l.use != useFill {
			continue
		}
		choice := kit.Choice{ID: string(l.path), Text: l.label}
		switch {
		case tg.Field.Kind == model.KindLongText:
			texts = append(texts, choice)
		case tg.Field.Kind.Numeric():
			numbers = append(numbers, choice)
		}
	}
	return texts, numbers
}

// send makes the returns and shows what taking them in would do.
func (g *grouping) send() {
	req := app.GroupRequest{Form: g.form.Key, Period: model.Period(g.periodPicker.Choice().ID), Words: g.words.Text,
		Text: exchange.Path(g.textPicker.Choice().ID), Quantity: exchange.Path(g.quantityPicker.Choice().ID),
		Item: strings.TrimSpace(g.item.Text), Area: g.area.Choice().ID}
	page.Attempt(g.desk, func(ctx context.Context) (app.GroupAnswer, error) { return g.api.WriteGroup(ctx, req) }, func(got app.GroupAnswer, err error) {
		switch {
		case err != nil:
			g.problem.SetProblem(model.Sentence(err))
		case len(got.Files) == 0:
			g.problem.SetProblem(strings.Join(got.Unread, ""))
		default:
			g.dialog.Close()
			g.openCollect(got.Files)
			if len(got.Unread) > 0 {
				g.desk.ShowText(page.Text{Title: "有的话没有读取", Head: "请核对，需要的可以手工代填：", Words: strings.Join(got.Unread, "\n"), Copy: "复制"})
			}
		}
	})
}
