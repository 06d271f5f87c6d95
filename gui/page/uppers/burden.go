package uppers

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// burden shows what the levels above asked for (报表负担): of the own unit, in the order
// in which they first did, with no person named.
type burden struct {
	*Page
	object fyne.CanvasObject
	header *page.Header
	year   *kit.Picker
	counts *grid.Grid
	again  *grid.Grid
	lines  burdenRows
	twice  againRows
	latest *task.Latest
	req    app.BurdenRequest
}

func newBurden(p *Page) *burden {
	b := &burden{Page: p, latest: task.NewLatest(p.desk.Runner)}
	b.year = kit.NewSelect("年度", nil)
	b.year.OnChosen = func(c kit.Choice) { b.choose(c.ID) }
	b.header = page.NewHeader("报表负担", kit.NewButton("返回报表登记", kit.ButtonPlain, p.openList), kit.NewButton("导出", kit.ButtonMain, b.export))
	b.counts = grid.New(grid.Config{Source: &b.lines, Rows: true, Empty: "这一年没有登记要报的表。"})
	b.again = grid.New(grid.Config{Source: &b.twice, Rows: true, Empty: "没有给过又要的列。"})
	below := kit.NewCard("给过又要的列：报送前 30 天内在别的表里已经报过", nil, b.again)
	note := kit.NewNote("按截止日所在的月计，只统计本单位；列数只计已报送并留存的。")
	note.Fixed = true
	b.object = page.Rows(b.header.Object, container.NewHBox(container.New(yearWidth{}, b.year), note), container.NewGridWithRows(2, kit.NewFlushCard(b.counts), below))
	return b
}

// yearWidth gives the picker of the year its width.
type yearWidth struct{}

// MinSize is that of a year.
func (yearWidth) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(110, look.ButtonHeight) }

// Layout fills it.
func (yearWidth) Layout(o []fyne.CanvasObject, s fyne.Size) { o[0].Resize(s) }

// fewYears is how many years back are offered.
const fewYears = 3

// open shows the burden of the current year.
func (b *burden) open() {
	year := b.api.Today().Year()
	var choices []kit.Choice
	for n := range fewYears {
		choices = append(choices, kit.Choice{ID: strconv.Itoa(year - n), Text: strconv.Itoa(year-n) + " 年"})
	}
	b.year.SetQuery(kit.FilterChoices(choices))
	b.year.SetChoice(choices[0])
	b.show(b.object)
	b.choose(choices[0].ID)
}

// choose shows another year, the current one up to its month.
func (b *burden) choose(year string) {
	b.req = app.BurdenRequest{From: model.Month(year + "-01"), To: min(model.Month(year+"-12"), b.api.Today().Month())}
	b.load()
}

func (b *burden) load() {
	req := b.req
	page.Load(b.desk, b.latest, func(ctx context.Context) (app.Burden, error) { return b.api.Burden(ctx, req) }, func(found app.Burden) {
		b.header.SetNote(burdenNote(found))
		b.lines.burden, b.twice.shown = found, found.Again
		b.counts.SetSource(&b.lines)
		b.again.Reload()
		b.object.Refresh()
	})
}

// export writes the burden as a workbook.
func (b *burden) export() {
	req := b.req
	b.desk.Save("报表负担"+string(req.From)+"至"+string(req.To)+".xlsx", func(path string) {
		req.Out = path
		page.Run(b.desk, func(ctx context.Context) (app.Burden, error) { return b.api.Burden(ctx, req) }, func(app.Burden) { b.wrote(path, "报表负担已导出") })
	})
}

// burdenNote says the whole of it.
func burdenNote(b app.Burden) string {
	words := fmt.Sprintf("要表 %d 次，%d 张不同的表", b.Sum.Times, b.Sum.Tables)
	if share := shareWords(b.Sum); share != "" {
		words += "；报送 " + strconv.Itoa(b.Sum.Columns) + " 列，程序填了 " + share
	}
	return words
}

// shareWords is the part that the program filled, "" where nothing was sent.
func shareWords(l app.BurdenLine) string {
	tenths, ok := l.Share()
	if !ok {
		return ""
	}
	return model.FormatScaled(tenths, 1, false) + "%"
}

// Widths of a month of one digit, and of a second one.
const (
	monthWidth float32 = 44
	digitWidth float32 = 11
)

// burdenRows shows the counts in the grid, their sum last.
type burdenRows struct{ burden app.Burden }

// Len is the number of lines with the sum; none where nothing was asked for.
func (r *burdenRows) Len() int {
	if len(r.burden.Lines) == 0 {
		return 0
	}
	return len(r.burden.Lines) + 1
}

// Columns lists the columns: who asked, the months, the counts.
func (r *burdenRows) Columns() []grid.Column {
	number := func(key, title string, width float32) grid.Column {
		return grid.Column{Key: key, Title: title, Width: width, Align: grid.AlignRight, Kind: model.KindInteger}
	}
	out := []grid.Column{{Key: "asker", Title: "要表单位", Width: 130, Pinned: true, Grow: true}}
	for _, m := range r.burden.Months {
		title := strconv.Itoa(int(m.First().Time().Month())) + "月"
		out = append(out, number(string(m), title, monthWidth+digitWidth*float32(len(title)-len("1月"))))
	}
	return append(out, number("times", "次数", 50), number("columns", "列数", 50), number("program", "程序填", 64),
		number("share", "比例", 60), number("again", "给过又要", 78))
}

// Cell shows one value; a month without any is blank.
func (r *burdenRows) Cell(row, col int) grid.Cell {
	l := r.burden.Sum
	if row < len(r.burden.Lines) {
		l = r.burden.Lines[row]
	}
	c := grid.Cell{Bold: row == len(r.burden.Lines)}
	switch at := col - 1; {
	case col == 0:
		c.Text = l.Asker
	case at < len(l.ByMonth):
		if c.Text = strconv.Itoa(l.ByMonth[at]); l.ByMonth[at] == 0 {
			c.Text = ""
		}
	default:
		c.Text = []string{strconv.Itoa(l.Times), strconv.Itoa(l.Columns), strconv.Itoa(l.Program), shareWords(l), strconv.Itoa(l.Again)}[at-len(l.ByMonth)]
	}
	c.Hint = c.Text
	return c
}

// againRows shows the columns that were asked for again.
type againRows struct{ shown []app.AskedAgain }

// Len is their number.
func (r *againRows) Len() int { return len(r.shown) }

// Columns lists the columns.
func (r *againRows) Columns() []grid.Column {
	return []grid.Column{
		{Key: "header", Title: "要的列", Width: 120, Pinned: true}, {Key: "title", Title: "要它的表", Width: 150, Grow: true}, {Key: "asker", Title: "要表单位", Width: 124},
		{Key: "on", Title: "报送日期", Width: 92}, {Key: "given", Title: "已在哪张表里报过", Width: 150, Grow: true}, {Key: "to", Title: "报给", Width: 124}, {Key: "given_on", Title: "报过日期", Width: 92},
	}
}

// Cell shows one value.
func (r *againRows) Cell(row, col int) grid.Cell {
	a := r.shown[row]
	words := []string{a.Header, a.Title, a.Asker, string(a.On), a.Given, a.GivenTo, string(a.GivenOn)}[col]
	return grid.Cell{Text: words, Hint: words}
}
