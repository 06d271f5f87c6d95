package ledgers

import (
	"maps"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
)

// parts are what the page consists of.
type parts struct {
	content fyne.CanvasObject
	header  *page.Header
	shelf   *shelfView
	shelves *container.Scroll // around shelf
	search  *kit.Entry
	clear   *kit.Button     // 清除条件
	main    *fyne.Container // tools above body
	tools   *fyne.Container // hidden while there is nothing to use them on
	body    *fyne.Container
	card    *kit.Card // around the grid
	empty   *kit.Card // in its place while the ledger holds nothing
	beside  *page.Beside
	filters bool // the filter row is shown
	add     *kit.Button
}

// build makes the parts and puts them together.
func (p *Page) build() {
	p.add = p.addButton()
	p.header = page.NewHeader("台账",
		kit.NewButton("导入", kit.ButtonPlain, p.importTable),
		kit.NewButton("导出", kit.ButtonPlain, p.export),
		kit.NewButton("加字段", kit.ButtonPlain, p.addField),
		p.add)
	p.body = container.NewStack()
	p.beside = page.NewBeside(page.Columns(p.buildShelf(), shelfWidth, p.buildMain()), p.record.drawer)
	p.content = page.Rows(p.header.Object, p.beside.Object)
}

func (p *Page) addButton() *kit.Button {
	b := kit.NewButton("新增", kit.ButtonMain, p.record.add)
	b.Key = "Ctrl+N"
	return b
}

// buildShelf is the left part: the ledgers, and below them the button for a new one.
func (p *Page) buildShelf() fyne.CanvasObject {
	p.shelf = newShelfView(func(key string) { p.Show(page.Route{Page: page.Ledgers, Ledger: key}) }, p.toggleMore)
	add := kit.NewButton("新建台账", kit.ButtonPlain, p.addLedger)
	add.Icon = look.IconAdd
	list := container.New(layout.NewCustomPaddedLayout(look.GapHair, 0, look.GapHair, look.GapHair), p.shelf)
	p.shelves = container.NewVScroll(list)
	foot := container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Gap, look.Gap), add)
	return kit.NewFlushCard(container.NewBorder(nil, foot, nil, nil, p.shelves))
}

// searchWidth is the width of the entry that searches.
const searchWidth float32 = 250

// buildMain is the right part: the line of tools, and the grid.
func (p *Page) buildMain() fyne.CanvasObject {
	p.search = kit.NewEntry("在本台账中查找，可用拼音首字母")
	p.search.OnChanged = func(words string) { p.typing.Do(typeDelay, func() { p.setQuery(func(q *query) { q.search = words }) }) }
	p.clear = kit.NewButton("清除条件", kit.ButtonLink, p.clearQuery)
	p.clear.Hide()
	left := container.NewHBox(container.NewGridWrap(fyne.NewSize(searchWidth, p.search.MinSize().Height), p.search),
		tool("筛选", look.IconFilter, p.toggleFilters), tool("列", look.IconMenu, p.chooseColumns), p.clear)
	right := container.NewHBox(tool("详情", look.IconRight, p.toggleRecord),
		tool("合并", look.IconCopy, p.merge), tool("删除", look.IconDelete, p.delete))
	p.tools = container.NewBorder(nil, nil, left, right)
	p.main = container.New(stacked{}, p.tools, p.body)
	return p.main
}

func tool(label string, icon look.Icon, onTap func()) *kit.Button {
	b := kit.NewButton(label, kit.ButtonQuiet, onTap)
	b.Icon = icon
	return b
}

// stacked puts the second object under the first, with a gap.
type stacked struct{}

// MinSize is the sum of both.
func (stacked) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+look.Gap+b.Height)
}

// Layout places them; while the first is hidden the second has all the room.
func (stacked) Layout(o []fyne.CanvasObject, s fyne.Size) {
	top := float32(0)
	if o[0].Visible() {
		top = o[0].MinSize().Height + look.Gap
		o[0].Resize(fyne.NewSize(s.Width, top-look.Gap))
	}
	o[1].Move(fyne.NewPos(0, top))
	o[1].Resize(fyne.NewSize(s.Width, max(0, s.Height-top)))
}

// newGrid makes the grid of the open ledger: its widths and filters are its own.
func (p *Page) newGrid() {
	p.filters = len(p.query.filters) > 0
	p.win = p.newWindow(0)
	p.grid = grid.New(grid.Config{
		Source: p.win, Filters: p.filters, Widths: maps.Clone(p.setup.Widths), PasteBeyond: true,
		Empty:    "没有符合条件的记录。请改一下查找或筛选的内容，或者点“清除条件”。",
		OnSelect: func(int) { p.tellStatus(); p.record.follow() },
		OnOpen:   func(int) { p.record.open() },
		OnSort:   func(s grid.Sort) { p.setQuery(func(q *query) { q.sort = s }) },
		OnFilter: p.filter, OnWidth: p.keepWidth, OnMenu: p.menu, OnHeadMenu: p.headMenu,
		EditText: func(row, col int) string { return p.win.editText(row, col) },
		OnEdit:   p.edit, Choices: p.choices, OnChoose: p.choose, OnPaste: p.paste, OnCopy: p.copyRows, OnProblem: p.desk.Presenter.Error,
	})
	for key, words := range p.query.filters {
		p.grid.SetFilter(key, words)
	}
	p.card = kit.NewFlushCard(p.grid)
	p.empty = kit.NewCard("", nil, p.newEmpty())
}

// newEmpty is the notice of a ledger without records.
func (p *Page) newEmpty() *kit.Empty {
	paste := kit.NewButton("粘贴表格", kit.ButtonPlain, p.pasteTable)
	add := kit.NewButton("新增", kit.ButtonFirst, p.record.add)
	return kit.NewEmpty(look.IconLedger, "“"+p.ledger.Label+"”还没有记录",
		"可以导入现有的 Excel 表，可以逐条新增，也可以在 Excel 或 WPS 里复制整张表（连同表头，各列顺序与这里一致），再点“粘贴表格”。",
		paste, kit.NewButton("导入表格", kit.ButtonPlain, p.importTable), add)
}

// showBody shows the grid, or the notice where there is nothing to show in it.
func (p *Page) showBody() {
	active := p.query.active(p.ledger, p.app.Today())
	p.header.SetTitle(p.ledger.Label)
	note := noteOf(p.win.Len(), active)
	if words := p.keeping.Words(); words != "" {
		note += " · " + words
	}
	p.header.SetNote(note)
	if active {
		p.clear.Show()
	} else {
		p.clear.Hide()
	}
	if p.win.Len() == 0 && !active && !p.filters {
		p.tools.Hide()
		p.put(p.empty)
	} else {
		p.tools.Show()
		p.put(p.card)
	}
	p.tellStatus()
}

// put shows a card in the body.
func (p *Page) put(card *kit.Card) {
	if len(p.body.Objects) == 0 || p.body.Objects[0] != fyne.CanvasObject(card) {
		p.body.Objects = []fyne.CanvasObject{card}
		p.main.Refresh()
	}
}

// tellStatus writes what is chosen into the status line.
func (p *Page) tellStatus() {
	if p.grid != nil {
		p.desk.Status(statusOf(p.grid.SelectedCount(), p.win.Len()))
	}
}
