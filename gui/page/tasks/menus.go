package tasks

import (
	"fmt"
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/arise"
	"xiangzhen/gui/page/evidence"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/page/steps"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// rowMenu is the menu of a right click on a row.
func (p *Page) rowMenu(row, _ int) []*fyne.MenuItem {
	n, items := p.source.rows[row].node, p.selected()
	menu := []*fyne.MenuItem{
		fyne.NewMenuItem("打开", func() { p.open(row) }),
		fyne.NewMenuItem("新建下级任务…", func() { p.create(&node{rec: n.rec, foreign: true}) }),
		fyne.NewMenuItem("分解…", func() { p.splitItem(n) }),
	}
	if list := offers(p.source.data, items); len(list) > 0 {
		menu = append(menu, fyne.NewMenuItemSeparator())
		menu = append(menu, p.stepItems(list, len(items))...)
	}
	menu = append(menu, fyne.NewMenuItemSeparator(), fyne.NewMenuItem("复制催办文字", func() { p.urge(items) }))
	menu = append(menu, evidence.Items(p.desk, p.api, p.source.ledger, items)...)
	if turn := arise.Items(p.desk, p.api, p.source.ledger, n.rec); len(turn) > 0 {
		sub := fyne.NewMenuItem("转办", nil)
		sub.ChildMenu = fyne.NewMenu("", turn...)
		menu = append(menu, sub)
	}
	if !n.foreign {
		menu = append(menu,
			fyne.NewMenuItem("改动历史", func() { p.desk.Open(historyRoute(n.rec)) }),
			fyne.NewMenuItemSeparator(),
			fyne.NewMenuItem("删除…", func() { p.askDelete() }))
	}
	return menu
}

func historyRoute(r *model.Record) page.Route {
	return page.Route{Page: page.History, Ledger: r.Ledger, Record: r.ID}
}

// stepItems are the entries of the steps that can be taken; of several items each
// says for how many.
func (p *Page) stepItems(list []offer, chosen int) []*fyne.MenuItem {
	out := make([]*fyne.MenuItem, len(list))
	for i, o := range list {
		out[i] = fyne.NewMenuItem(stepWords(o, chosen), func() { p.take(o) })
	}
	return out
}

// stepWords names a step: 交办（5 项中的 3 项）…
func stepWords(o offer, chosen int) string {
	words := o.step.Label
	switch {
	case chosen > 1 && len(o.ids) == chosen:
		words += fmt.Sprintf("（%d 项）", chosen)
	case chosen > 1:
		words += fmt.Sprintf("（%d 项中的 %d 项）", chosen, len(o.ids))
	}
	if len(steps.Asks(o.step)) > 0 {
		words += "…"
	}
	return words
}

// headMenu is the menu of a right click on a head.
func (p *Page) headMenu(key string) []*fyne.MenuItem {
	if p.fast != nil {
		return nil
	}
	menu := []*fyne.MenuItem{
		fyne.NewMenuItem("升序", func() { p.sortBy(grid.Sort{Key: key}) }),
		fyne.NewMenuItem("降序", func() { p.sortBy(grid.Sort{Key: key, Desc: true}) }),
		fyne.NewMenuItem("不排序", func() { p.sortBy(grid.Sort{}) }),
		fyne.NewMenuItemSeparator(),
	}
	if key != colTitle {
		menu = append(menu, fyne.NewMenuItem("隐藏这一列", func() { p.setColumn(key, false) }))
	}
	return append(menu, fyne.NewMenuItem("选择列…", p.chooseColumns))
}

// setColumn switches a column on or off and remembers it.
func (p *Page) setColumn(key string, on bool) {
	now := p.columnKeys()
	now = slices.DeleteFunc(now, func(k string) bool { return k == key })
	if on {
		now = append(now, key)
	}
	p.kept.Columns = now
	p.remember()
	p.source.cols = chosenColumns(listColumns(p.source.ledger), now)
	p.setRows()
}

// columnKeys are the columns that are switched on.
func (p *Page) columnKeys() []string {
	if len(p.kept.Columns) > 0 {
		return slices.Clone(p.kept.Columns)
	}
	return slices.Clone(shipped)
}

// chooseColumns opens the list of all columns with a check each.
func (p *Page) chooseColumns() {
	c := p.desk.Canvas()
	if c == nil {
		return
	}
	box := container.NewGridWithColumns(3)
	for _, col := range listColumns(p.source.ledger) {
		if col.Pinned {
			continue
		}
		box.Add(kit.NewTick(col.Title, slices.Contains(p.columnKeys(), col.Key), func(on bool) { p.setColumn(col.Key, on) }))
	}
	var d *kit.Dialog
	d = kit.ShowDialog(c, "选择列", kit.Scrolled(box, 520, c.Size().Height-190),
		kit.NewButton("恢复默认", kit.ButtonPlain, func() {
			p.kept.Columns, p.kept.Widths = nil, map[string]float32{}
			p.grid.SetWidths(nil)
			p.setColumn(colTitle, true)
			d.Close()
		}),
		kit.NewButton("完成", kit.ButtonMain, func() { d.Close() }))
}

// viewMenu is the menu of the view switch: tree or flat, and what was kept.
func (p *Page) viewMenu(below fyne.Position) {
	tree := fyne.NewMenuItem("按县级事项", func() { p.change(func(v *view) { v.Flat = false }) })
	flat := fyne.NewMenuItem("平铺", func() { p.change(func(v *view) { v.Flat = true }) })
	tree.Checked, flat.Checked = !p.view.Flat, p.view.Flat
	menu := []*fyne.MenuItem{tree, flat, fyne.NewMenuItemSeparator()}
	var drop []*fyne.MenuItem
	for _, v := range p.kept.Views {
		one := fyne.NewMenuItem(v.Name, func() { p.showView(v) })
		one.Checked = v.Name == p.name
		menu = append(menu, one)
		drop = append(drop, fyne.NewMenuItem(v.Name, func() { p.dropView(v.Name) }))
	}
	menu = append(menu, fyne.NewMenuItem("保存当前视图…", p.askView))
	if len(drop) > 0 {
		remove := fyne.NewMenuItem("删除视图", nil)
		remove.ChildMenu = fyne.NewMenu("", drop...)
		menu = append(menu, remove)
	}
	menu = append(menu, fyne.NewMenuItemSeparator(), fyne.NewMenuItem("选择列…", p.chooseColumns))
	p.popUp(below, menu...)
}

// askView asks for the name under which the view is kept.
func (p *Page) askView() {
	f := form.New(form.Params{Fields: []*model.Field{{Key: "name", Label: "视图名称", Kind: model.KindText, Required: true,
		Help: "筛选、排序、列和列宽一起保存；同名的会被替换。"}}})
	f.Show(nil)
	p.askForm("保存视图", "保存", nil, f, 400, func(d *kit.Dialog) {
		name := words(f.Changes(), "name")
		if name == "" {
			f.Problem(&model.Error{Code: model.CodeInvalid, Field: "name", Message: "请写一个名称。"}, p.desk.Canvas())
			return
		}
		p.keepView(name)
		d.Close()
	})
}

// words are those entered for a field.
func words(list []app.Assignment, field string) string {
	for _, a := range list {
		if a.Field == field {
			return a.Words
		}
	}
	return ""
}

// keepView keeps what is shown under a name.
func (p *Page) keepView(name string) {
	p.kept.put(namedView{Name: name, View: p.view, Columns: p.columnKeys(), Widths: maps.Clone(p.kept.Widths)})
	p.remember()
	p.name = name
	p.showChips()
	p.desk.Say(kit.Toast{Text: "已保存视图“" + name + "”"})
}

// showView shows a kept view.
func (p *Page) showView(v namedView) {
	p.clearFilters()
	p.fast = nil
	p.view, p.name = v.View, v.Name
	p.view.Columns = nil
	p.kept.Columns = slices.Clone(v.Columns)
	p.kept.Widths = map[string]float32{}
	maps.Copy(p.kept.Widths, v.Widths)
	p.remember()
	p.grid.SetWidths(p.kept.Widths)
	p.source.cols = chosenColumns(listColumns(p.source.ledger), v.Columns)
	p.grid.SetSort(v.View.Sort)
	p.setRows()
	p.showFilters(v.View.Columns)
	p.name = v.Name
	p.showChips()
}

// showFilters puts words into the filter row, which is shown if there are any.
func (p *Page) showFilters(columns map[string]string) {
	for key, w := range columns {
		if w != "" {
			p.filters = true
			p.grid.ShowFilters(true)
			p.view.Columns = maps.Clone(columns)
			p.grid.SetFilter(key, w)
		}
	}
	p.setRows()
}

// dropView forgets a kept view.
func (p *Page) dropView(name string) {
	p.kept.drop(name)
	p.remember()
	if p.name == name {
		p.name = ""
	}
	p.showChips()
	p.desk.Say(kit.Toast{Text: "已删除视图“" + name + "”"})
}
