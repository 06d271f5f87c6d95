package filling

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/page/sheetview"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// choose asks what fills the column.
func (c *columns) choose() {
	col, canvas := c.current(), c.w.desk.Canvas()
	if col == nil || canvas == nil || c.change.Disabled() {
		return
	}
	const width = 340
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c.change)
	kit.ShowChooser(canvas, kit.Chooser{
		At: at, Size: fyne.NewSize(width, look.ButtonHeight), Hint: "“" + sheetview.OneLine(col.Path) + "”填什么：项目名或固定的字",
		Query: withWords(sources(c.w.api.Catalog(), c.w.current().Ledger, col.Proposed)),
		Done: func(to kit.Choice, _ fyne.KeyName) {
			if to.ID == choiceCalc {
				c.askCalc(canvas, col.Name)
				return
			}
			c.say(to.ID)
			c.w.focus(c.grid)
		},
		Cancel: func() { c.w.focus(c.grid) },
	})
}

// calcDialog asks for a figure over a ledger.
type calcDialog struct {
	c                 *columns
	name              string // of the column
	dialog            *kit.Dialog
	ledger, item, how *kit.Picker
	where             *kit.Entry
	field             *kit.Field // of where: says what is wrong
}

// askCalc asks for the figure that fills a column.
func (c *columns) askCalc(canvas fyne.Canvas, name string) {
	d := &calcDialog{c: c, name: name}
	d.ledger = kit.NewPicker("选择台账", c.w.findLedgers)
	d.ledger.OnChosen = func(to kit.Choice) { d.setLedger(c.w.api.Catalog().Ledger(to.ID)) }
	d.item, d.how = kit.NewSelect("数什么", nil), kit.NewSelect("怎么算", nil)
	d.item.OnChosen = func(to kit.Choice) { d.setItem(to.ID) }
	d.where = kit.NewEntry("如 工作类别=产业振兴；可以不填")
	d.field = kit.NewField("只数哪些", false, "几个条件用“；”隔开。每一行按那一行的村（含下级）数。", d.where)
	d.where.OnChanged = func(string) { d.field.SetProblem("") }
	l := c.w.current().Ledger
	if l == nil {
		l = c.w.api.Catalog().All()[0]
	}
	d.ledger.SetChoice(kit.Choice{ID: l.Key, Text: l.Label})
	d.setLedger(l)
	content := container.NewVBox(kit.NewField("台账", true, "", d.ledger), kit.NewField("数什么", true, "", d.item),
		kit.NewField("怎么算", true, "", d.how), d.field)
	d.dialog = kit.ShowDialog(canvas, name+" 列：统计台账里的数", container.New(leastWidth{420}, content),
		kit.NewButton("取消", kit.ButtonPlain, d.close), kit.NewButton("用这个数", kit.ButtonMain, d.use))
	c.w.focus(d.ledger)
}

// setLedger offers what can be counted in a ledger.
func (d *calcDialog) setLedger(l *model.Ledger) {
	if l == nil {
		return
	}
	items := countedItems(l)
	d.item.SetQuery(form.Filter(items))
	d.item.SetChoice(items[0])
	d.setItem(items[0].ID)
}

// setItem offers how a field can be reckoned.
func (d *calcDialog) setItem(key string) {
	var f *model.Field
	if l := d.c.w.api.Catalog().Ledger(d.ledger.Choice().ID); l != nil && key != "" {
		f = l.Field(key)
	}
	ways := reckons(f)
	d.how.SetQuery(kit.FilterChoices(ways))
	d.how.SetChoice(ways[0])
}

func (d *calcDialog) close() {
	d.dialog.Close()
	d.c.w.focus(d.c.grid)
}

// use takes the figure, or says what is wrong with it.
func (d *calcDialog) use() {
	source := calcSource(d.ledger.Choice().ID, d.item.Choice().ID, d.how.Choice().Text, d.where.Text)
	w := d.c.w
	w.try(w.wanted.with(w.table, func(t *app.FillChoice) { t.Map[d.name] = source }), func(err error) { d.field.SetProblem(model.Sentence(err)) }, d.close)
}
