package reports

import (
	"context"
	"path/filepath"
	"slices"
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
	"xiangzhen/model/exchange"
)

// finalAPI is what 定稿 needs of app.
type finalAPI interface {
	Actor() model.Actor
	Finals(ctx context.Context, form string, period model.Period) ([]app.Final, error)
	FinalChanges(ctx context.Context, form string, period model.Period) (app.Final, []app.FinalChange, error)
	FinalFile(ctx context.Context, form string, period model.Period, version int, out string) (app.Final, error)
}

// finals shows what of a form is 定稿, and what has changed since.
type finals struct {
	*Page
	object fyne.CanvasObject
	latest *task.Latest // of the list
	change *task.Latest // of the changes

	header  *page.Header
	picker  *kit.Picker
	file    *kit.Button
	body    *fyne.Container // the lists, or what to do before there are any
	lists   fyne.CanvasObject
	list    *grid.Grid
	title   *kit.Line // of the changes
	changed *grid.Grid

	form  exchange.Form
	month model.Period
	rows  finalRows
	since changeRows
}

func newFinals(p *Page) *finals {
	f := &finals{Page: p, latest: task.NewLatest(p.desk.Runner), change: task.NewLatest(p.desk.Runner)}
	f.file = kit.NewButton("取出原文件", kit.ButtonPlain, f.takeOut)
	f.header = page.NewHeader("定稿", kit.NewButton("返回报表", kit.ButtonPlain, p.openFront), f.file, kit.NewButton("定稿…", kit.ButtonMain, f.make))
	f.picker = kit.NewSelect("选择报表", nil)
	f.list = grid.New(grid.Config{Source: &f.rows, Rows: true, OnSelect: func(int) { f.loadChanges() }, OnOpen: func(int) { f.takeOut() }})
	f.title = kit.NewLine("", look.TextBody, look.Ink, true)
	f.changed = grid.New(grid.Config{Source: &f.since, Rows: true, OnOpen: f.openRecord, Empty: "定稿以后没有变动。"})
	below := container.NewBorder(container.New(inset{look.GapHair}, f.title), nil, nil, nil, kit.NewFlushCard(f.changed))
	f.lists = container.NewGridWithRows(2, kit.NewFlushCard(f.list), below)
	f.body = container.NewStack()
	f.object = page.Rows(f.header.Object, newLabelled("报表", f.picker), f.body)
	return f
}

// start shows the 定稿 of a form; another is made for the period, if nothing else is
// said.
func (f *finals) start(form exchange.Form, forms []exchange.Form, period model.Period) {
	f.form, f.month = form, period
	f.picker.SetQuery(kit.FilterChoices(formChoices(forms)))
	f.picker.SetChoice(kit.Choice{ID: form.Key, Text: form.Label})
	f.picker.OnChosen = func(k kit.Choice) {
		if i := slices.IndexFunc(forms, func(x exchange.Form) bool { return x.Key == k.ID }); i >= 0 {
			f.start(forms[i], forms, period)
		}
	}
	f.load()
}

// load reads what is 定稿.
func (f *finals) load() {
	form := f.form.Key
	page.Load(f.desk, f.latest, func(ctx context.Context) ([]app.Final, error) { return f.api.Finals(ctx, form, "") }, f.show)
}

func (f *finals) show(all []app.Final) {
	f.rows.shown = newestFirst(all)
	enable(f.file, len(all) > 0)
	if len(all) == 0 {
		f.body.Objects = []fyne.CanvasObject{kit.NewEmpty(look.IconReport, "《"+f.form.Label+"》还没有定稿过",
			"报上去的表定稿以后，数字、各行和文件照原样留着，以后的变动另外列出。", kit.NewButton("定稿…", kit.ButtonPlain, f.make))}
		f.object.Refresh()
		return
	}
	f.body.Objects = []fyne.CanvasObject{f.lists}
	f.object.Refresh()
	f.list.Reload()
	f.loadChanges()
}

// chosen is the 定稿 that the cursor is on.
func (f *finals) chosen() (app.Final, bool) {
	row, _ := f.list.Current()
	if row < 0 || row >= len(f.rows.shown) {
		return app.Final{}, false
	}
	return f.rows.shown[row], true
}

// toldChanges are the changes since a 定稿.
type toldChanges struct {
	since app.Final
	list  []app.FinalChange
}

// loadChanges reads what has changed since the chosen one.
func (f *finals) loadChanges() {
	chosen, ok := f.chosen()
	if !ok {
		return
	}
	page.Load(f.desk, f.change, func(ctx context.Context) (got toldChanges, err error) {
		got.since, got.list, err = f.api.FinalChanges(ctx, chosen.Form, chosen.Period)
		return got, err
	}, func(got toldChanges) {
		f.title.SetText(changesTitle(chosen, got.since, len(got.list)))
		f.since.shown = got.list
		f.changed.Reload()
	})
}

// takeOut writes the file of the chosen one as it was sent.
func (f *finals) takeOut() {
	chosen, ok := f.chosen()
	if !ok {
		return
	}
	f.desk.Save(chosen.File, func(path string) {
		page.Run(f.desk, func(ctx context.Context) (app.Final, error) {
			return f.api.FinalFile(ctx, chosen.Form, chosen.Period, chosen.Version, path)
		}, func(app.Final) { f.tookOut(path) })
	})
}

// tookOut says where a file went, with its folder at hand.
func (p *Page) tookOut(path string) {
	p.desk.Say(kit.Toast{Text: "已取出，存为“" + filepath.Base(path) + "”。", Action: "打开文件夹", OnAction: func() { p.desk.Reveal(filepath.Dir(path)) }})
}

// openRecord goes to the record of a change.
func (f *finals) openRecord(row int) {
	if row >= 0 && row < len(f.since.shown) {
		f.desk.Open(page.RecordRoute(f.form.Over, f.since.shown[row].Record))
	}
}

// make asks for another 定稿: of the month that is looked at.
func (f *finals) make() { f.openFinalize(f.form.Key, f.month) }

// finalRows shows 定稿 in the grid.
type finalRows struct{ shown []app.Final }

// Len is the number of 定稿.
func (r *finalRows) Len() int { return len(r.shown) }

// Columns lists the columns.
func (r *finalRows) Columns() []grid.Column {
	return []grid.Column{
		{Key: "period", Title: "期间", Width: 92, Pinned: true}, {Key: "version", Title: "版本", Width: 106, Pinned: true},
		{Key: "sent_at", Title: "报出时间", Width: 130}, {Key: "to", Title: "报送给", Width: 80}, {Key: "how", Title: "报送方式", Width: 100},
		{Key: "cutoff", Title: "截至时间", Width: 130}, {Key: "filler", Title: "填表人", Width: 92}, {Key: "reviewer", Title: "审核人", Width: 92},
		{Key: "signer", Title: "签发人", Width: 92}, {Key: "rows", Title: "行数", Width: 56, Align: grid.AlignRight, Kind: model.KindInteger},
		{Key: "reason", Title: "补报原因", Width: 76, Grow: true},
	}
}

// Cell shows one value.
func (r *finalRows) Cell(row, col int) grid.Cell {
	f := r.shown[row]
	words := []string{f.Period.Words(), versionWords(f), f.SentAt, f.To, f.How, f.Cutoff, f.Filler, f.Reviewer, f.Signer, strconv.Itoa(f.Rows), f.Reason}[col]
	return grid.Cell{Text: words, Hint: words}
}

// changeRows shows in the grid what has changed since (定稿后变动).
type changeRows struct{ shown []app.FinalChange }

// Len is the number of changes.
func (r *changeRows) Len() int { return len(r.shown) }

// Columns lists the columns.
func (r *changeRows) Columns() []grid.Column {
	return []grid.Column{
		{Key: "area", Title: "单位", Width: 90, Pinned: true}, {Key: "name", Title: "名称", Width: 190, Pinned: true},
		{Key: "column", Title: "项目", Width: 120}, {Key: "before", Title: "定稿时", Width: 110, Grow: true}, {Key: "after", Title: "现在", Width: 110, Grow: true},
		{Key: "at", Title: "变动时间", Width: 130}, {Key: "by", Title: "变动人", Width: 74}, {Key: "entered", Title: "更正", Width: 140},
	}
}

// Cell shows one value.
func (r *changeRows) Cell(row, col int) grid.Cell {
	c := r.shown[row]
	words := []string{c.Unit, c.Name, c.Header, c.Before, c.After, c.At, c.By, enteredWords(c)}[col]
	cell := grid.Cell{Text: words, Hint: words}
	switch col {
	case 3:
		cell.Tone = look.ToneQuiet
	case 4:
		cell.Fill = grid.FillChanged
	}
	return cell
}
