package ledgers

import (
	"maps"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page/arise"
)

// setQuery changes what narrows or orders the records and reads them anew.
func (p *Page) setQuery(change func(*query)) {
	if p.ledger == nil {
		return
	}
	q := p.query
	q.filters = maps.Clone(q.filters)
	change(&q)
	if q.search == p.query.search && q.sort == p.query.sort && q.sameFilters(p.query) {
		return
	}
	p.query = q
	p.reload("")
}

// filter takes the words of the filter row once the typing rests.
func (p *Page) filter(key, words string) {
	p.typing.Do(typeDelay, func() {
		p.setQuery(func(q *query) {
			if q.filters[key] = words; words == "" {
				delete(q.filters, key)
			}
		})
	})
}

// setSearch shows the words searched for without searching again.
func (p *Page) setSearch(words string) {
	if p.search.Text != words {
		changed := p.search.OnChanged
		p.search.OnChanged = nil
		p.search.SetText(words)
		p.search.OnChanged = changed
	}
}

// clearQuery shows all records again.
func (p *Page) clearQuery() {
	if p.ledger != nil {
		p.load(p.ledger.Key, "", query{filters: map[string]string{}, sort: p.query.sort}, p.arrive)
	}
}

// toggleFilters shows or hides the filter row; what is filtered stays.
func (p *Page) toggleFilters() {
	if p.ledger == nil {
		return
	}
	p.filters = !p.filters
	p.showBody()
	if p.filters {
		p.grid.FocusFilter("")
	} else {
		p.grid.ShowFilters(false)
		p.canvas().Focus(p.grid)
	}
}

// toggleMore unfolds or folds the ledgers without records.
func (p *Page) toggleMore() {
	p.unfolded = !p.unfolded
	p.showShelf()
}

// keepWidth remembers a column's width.
func (p *Page) keepWidth(key string, width float32) {
	p.setup.Widths[key] = width
	p.keepSetup()
}

// keepSetup remembers how the columns are set up.
func (p *Page) keepSetup() {
	p.desk.Presenter.Error(p.setup.save(fyne.CurrentApp().Preferences(), p.ledger.Key))
}

// headMenu is the menu of a column's head.
func (p *Page) headMenu(key string) []*fyne.MenuItem {
	fields := shownFields(p.ledger)
	items := []*fyne.MenuItem{fyne.NewMenuItem("按此列筛选", func() {
		p.filters = true
		p.grid.FocusFilter(key)
	})}
	if key != fields[0].Key {
		items = append(items, fyne.NewMenuItem("隐藏此列", func() { p.showColumns(map[string]bool{key: false}) }))
	}
	return append(items, fyne.NewMenuItem("选择列…", p.chooseColumns))
}

// showColumns shows and hides columns and remembers it.
func (p *Page) showColumns(shown map[string]bool) {
	for key, on := range shown {
		p.setup.show(key, on)
	}
	p.keepSetup()
	row, old := p.currentRow(), p.win
	p.win = p.newWindow(old.total)
	p.win.pages, p.win.notes = old.pages, old.notes
	p.grid.SetSource(p.win)
	p.grid.SetSort(p.query.sort)
	p.grid.Select(row)
}

// chooseColumns asks which columns to show. The first always stays.
func (p *Page) chooseColumns() {
	if p.ledger == nil {
		return
	}
	shown := map[string]bool{}
	boxes := container.NewGridWithColumns(2)
	visibleNow := visible(shownFields(p.ledger), p.setup.Hidden)
	for _, f := range shownFields(p.ledger)[1:] {
		box := widget.NewCheck(f.Header(), func(on bool) { shown[f.Key] = on })
		for _, v := range visibleNow {
			box.Checked = box.Checked || v == f
		}
		boxes.Add(box)
	}
	scroll := container.NewVScroll(boxes)
	scroll.SetMinSize(fyne.NewSize(columnsWidth, min(columnsHeight, boxes.MinSize().Height)))
	p.ask("选择列", scroll, "确定", func(d *kit.Dialog) {
		d.Close()
		p.showColumns(shown)
	})
}

// Of the list of columns.
const (
	columnsWidth  float32 = 428
	columnsHeight float32 = 360
)

// ask opens a dialog with a button that cancels and one that goes on.
func (p *Page) ask(title string, content fyne.CanvasObject, yes string, do func(*kit.Dialog)) *kit.Dialog {
	var d *kit.Dialog
	d = kit.ShowDialog(p.canvas(), title, content,
		kit.NewButton("取消", kit.ButtonPlain, func() { d.Close() }),
		kit.NewButton(yes, kit.ButtonMain, func() { do(d) }))
	return d
}

// toggleRecord opens or closes the drawer.
func (p *Page) toggleRecord() {
	if p.record.shown {
		p.record.close()
	} else {
		p.record.open()
	}
}

// menu is the menu of a right click on a row.
func (p *Page) menu(int, int) []*fyne.MenuItem {
	items := []*fyne.MenuItem{
		fyne.NewMenuItem("查看详情", p.record.open),
		fyne.NewMenuItem("编辑", p.record.edit),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem("新增一条", p.record.add),
	}
	if p.grid.SelectedCount() == 2 {
		items = append(items, fyne.NewMenuItem("合并选中的两条…", p.merge))
	}
	if rec := p.current(); rec != nil {
		if turn := arise.Items(p.desk, p.app, p.ledger, rec); len(turn) > 0 {
			items = append(append(items, fyne.NewMenuItemSeparator()), turn...)
		}
	}
	if out := p.filesItems(); len(out) > 0 {
		items = append(append(items, fyne.NewMenuItemSeparator()), out...)
	}
	return append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem("删除…", p.delete))
}
