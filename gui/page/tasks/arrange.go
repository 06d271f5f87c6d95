package tasks

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
)

// arrange makes the parts of the page and places them.
func (p *Page) arrange() fyne.CanvasObject {
	primary := kit.NewButton("新建", kit.ButtonMain, func() { p.create(p.current()) })
	primary.Key = "Ctrl+N"
	p.header = page.NewHeader("任务",
		kit.NewButton("批量填进展", kit.ButtonPlain, p.toggleFast),
		kit.NewButton("分解", kit.ButtonPlain, func() { p.splitItem(p.current()) }),
		kit.NewButton("导出", kit.ButtonPlain, p.export),
		primary)
	p.chips = kit.NewChips(p.tapChip)
	p.looks = kit.NewChips(func(_ string, below fyne.Position) { p.viewMenu(below) })
	filter := kit.NewIconButton(look.IconFilter, p.toggleFilters)
	p.notice = newNotice()
	p.grid = p.newGrid()
	p.empty = kit.NewEmpty(look.IconTask, "还没有任务",
		"把县里的任务清单拖进窗口就能导入，也可以一项一项新建。建好以后可以分解到村、填进展、跟到办结。",
		kit.NewButton("新建任务", kit.ButtonFirst, func() { p.create(nil) }))
	p.empty.Hide()
	p.card = kit.NewFlushCard(p.grid)
	p.beside = page.NewBeside(container.NewStack(p.card, p.empty), p.drawer.drawer)
	p.body = container.NewBorder(p.notice.object, nil, nil, nil, p.beside.Object)
	p.showHead()
	p.showChips()
	return page.Rows(p.header.Object, container.New(chipLine{}, p.chips, filter, p.looks), p.body)
}

func (p *Page) newGrid() *grid.Grid {
	return grid.New(grid.Config{
		Source: p.source, Widths: p.kept.Widths,
		Empty:    "没有符合的事项。换一个筛选，或点“全部”。",
		OnSelect: p.choose, OnOpen: p.open, OnTwist: p.twist, OnSort: p.sortBy, OnFilter: p.filterBy, OnWidth: p.keepWidth,
		EditText: func(row, col int) string { return p.editText(row, col) },
		OnEdit:   p.editCell, Choices: p.choices, OnChoose: p.chooseCell, OnPaste: p.paste, OnProblem: p.desk.Presenter.Error,
		OnMenu: p.rowMenu, OnHeadMenu: p.headMenu,
	})
}

// showHead says how many items there are.
func (p *Page) showHead() {
	if p.tree == nil {
		return
	}
	if len(p.tree.nodes) == 0 {
		p.empty.Show()
		p.card.Hide()
	} else {
		p.empty.Hide()
		p.card.Show()
	}
	own, above := 0, 0
	for _, n := range p.tree.nodes {
		if n.foreign {
			above++
		} else {
			own++
		}
	}
	if above > 0 {
		p.header.SetNote(fmt.Sprintf("县级 %d 项 · 分解 %d 项", above, own))
	} else {
		p.header.SetNote(fmt.Sprintf("本级 %d 项 · 分解 %d 项", len(p.tree.roots), own-len(p.tree.roots)))
	}
}

// Keys of the chips that open a list.
const (
	chipCategory = "category"
	chipUnit     = "unit"
	chipSearch   = "search"
)

// showChips shows the counts, and what is chosen.
func (p *Page) showChips() {
	n := map[string]int{}
	soon := p.source.soon
	if p.tree != nil {
		n = counts(p.tree.data)
	}
	chip := func(key, label string, mark look.Mark) kit.Chip {
		return kit.Chip{Key: key, Label: label, Mark: mark, Count: n[key], HasCount: true}
	}
	list := []kit.Chip{
		chip(chipAll, "全部", look.MarkNone), chip(chipLate, "逾期", look.MarkOverdue), chip(chipSoon, soon+"天内", look.MarkSoon),
		chip(chipGap, "进度滞后", look.MarkNone), chip(chipReview, "待审核", look.MarkNone),
		chip(chipTodo, "待签收/待交办", look.MarkNone), chip(chipStale, "久未更新", look.MarkNone), chip(chipDone, "已办结", look.MarkNone),
		{Key: chipCategory, Label: "类别：" + orAll(p.view.Category), Menu: true},
		{Key: chipUnit, Label: "单位：" + orAll(p.view.Unit), Menu: true},
	}
	if p.view.Search != "" {
		list = append(list, kit.Chip{Key: chipSearch, Label: "搜索：" + p.view.Search + " ×", Tone: look.ToneAccent})
	}
	p.chips.Set(list, p.view.Chip)
	p.looks.Set([]kit.Chip{{Key: "view", Label: "视图：" + p.viewName(), Menu: true}}, "")
}

func orAll(words string) string {
	if words == "" {
		return everything
	}
	return words
}

// viewName is the name of the view that is shown.
func (p *Page) viewName() string {
	switch {
	case p.name != "":
		return p.name
	case p.view.Flat:
		return "平铺"
	}
	return "按县级事项"
}

// tapChip chooses a filter, or opens its list.
func (p *Page) tapChip(key string, below fyne.Position) {
	switch key {
	case chipCategory:
		p.pick(below, categoryChoices(p.source.data), func(id string) { p.change(func(v *view) { v.Category = id }) })
	case chipUnit:
		p.pick(below, unitChoices(p.source.data), func(id string) { p.change(func(v *view) { v.Unit = id }) })
	case chipSearch:
		p.change(func(v *view) { v.Search = "" })
	default:
		p.change(func(v *view) { v.Chip = key })
	}
}

// pick opens a list of choices under a chip.
func (p *Page) pick(below fyne.Position, all []kit.Choice, chosen func(id string)) {
	c := p.desk.Canvas()
	if c == nil || p.tree == nil {
		return
	}
	kit.ShowChooser(c, kit.Chooser{At: below.SubtractXY(0, look.ChipHeight), Size: fyne.NewSize(220, look.ChipHeight),
		Query: kit.FilterChoices(all), Done: func(choice kit.Choice, _ fyne.KeyName) { chosen(choice.ID) }})
}

// sortBy sorts by a column.
func (p *Page) sortBy(s grid.Sort) {
	p.grid.SetSort(s)
	p.change(func(v *view) { v.Sort = s })
}

// filterBy takes words of the filter row over when the typing rests.
func (p *Page) filterBy(key, words string) {
	if p.view.Columns[key] == words {
		return
	}
	p.noteFilter(key, words)
	p.typing.Do(typingRest, p.setRows)
}

// noteFilter notes a column's filter without laying the rows out at once.
func (p *Page) noteFilter(key, words string) {
	columns := map[string]string{}
	for k, w := range p.view.Columns {
		columns[k] = w
	}
	columns[key] = words
	p.view.Columns, p.name = columns, ""
}

// keepWidth remembers the width of a column.
func (p *Page) keepWidth(key string, width float32) {
	p.kept.Widths[key] = width
	p.remember()
}

// remember writes the layout down.
func (p *Page) remember() {
	if err := p.kept.keep(fyne.CurrentApp().Preferences()); err != nil {
		p.desk.Presenter.Error(err)
	}
}

// toggleFilters shows or hides the filter row; hidden, it filters nothing.
func (p *Page) toggleFilters() {
	p.filters = !p.filters
	if p.filters {
		p.grid.FocusFilter(colTitle)
		return
	}
	p.clearFilters()
	p.grid.ShowFilters(false)
	p.setRows()
}

// clearFilters empties the filter row.
func (p *Page) clearFilters() {
	was := p.view.Columns
	p.view.Columns = nil
	for key := range was {
		p.grid.SetFilter(key, "")
	}
}

// chipLine places the chips and, at the right, the view.
type chipLine struct{}

// MinSize is that of the chips in the width they were given.
func (chipLine) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(480, max(o[0].MinSize().Height, look.ChipHeight))
}

// Layout places them.
func (chipLine) Layout(o []fyne.CanvasObject, s fyne.Size) {
	const gap = look.Gap
	w := o[2].MinSize().Width
	o[2].Move(fyne.NewPos(s.Width-w, 0))
	o[2].Resize(fyne.NewSize(w, look.ChipHeight))
	fw := o[1].MinSize().Width
	o[1].Move(fyne.NewPos(s.Width-w-gap-fw, (look.ChipHeight-look.ButtonHeight)/2))
	o[1].Resize(fyne.NewSize(fw, look.ButtonHeight))
	o[0].Resize(fyne.NewSize(max(0, s.Width-w-fw-2*gap), s.Height))
}

// popUp opens a menu at a place of the window.
func (p *Page) popUp(at fyne.Position, items ...*fyne.MenuItem) {
	if c := p.desk.Canvas(); c != nil && len(items) > 0 {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at)
	}
}
