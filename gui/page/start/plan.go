package start

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// plan asks what a new ledger begins with and shows it before anything is made.
type plan struct {
	page    *Page
	content fyne.CanvasObject
	header  *page.Header
	create  *kit.Button
	skip    *kit.Button // import without the rest

	unit, above, owner *kit.Entry
	password           *kit.Entry // may stay empty
	level              *kit.Picker
	list               *kit.Entry
	desks              *desks
	also               *kit.Button // whether units and persons found are made too
	found              *kit.Para
	fields             map[string]*kit.Field
	grid               *grid.Grid
	count              *kit.Line

	proposal app.Proposal
	rows     []row
	withAll  bool
}

func newPlan(s *Page) *plan {
	p := &plan{page: s, fields: map[string]*kit.Field{}}
	p.create = kit.NewButton("建立台账", kit.ButtonMain, p.submit)
	p.skip = kit.NewButton("不建村名单，只导入表格", kit.ButtonPlain, func() { s.params.Import(p.proposal.File) })
	p.header = page.NewHeader("新建台账", kit.NewButton("返回", kit.ButtonPlain, s.back), p.skip, p.create)
	// The scroll bar stands in the card's padding, off the entries.
	form := container.New(layout.NewCustomPaddedLayout(0, 0, 0, -barReach), container.NewVScroll(p.newForm()))
	left := kit.NewCard("", nil, form)
	p.content = page.Rows(p.header.Object, page.Columns(left, formWidth, p.newList()))
	return p
}

const formWidth float32 = 340

// newForm makes the entries about the unit.
func (p *plan) newForm() fyne.CanvasObject {
	p.unit, p.above, p.owner = kit.NewEntry("例如 甲镇"), kit.NewEntry("例如 示例县"), kit.NewEntry("例如 张三")
	p.password = kit.NewEntry("不设就空着")
	p.password.Password = true
	p.password.OnChanged = func(string) { p.fields["password"].SetProblem("") }
	p.fields["password"] = kit.NewField("打开密码", false, "建议设：电脑、U盘丢了，别人看不到敏感信息", p.password)
	p.level = kit.NewSelect("请选择", levelChoices)
	p.level.OnChosen = func(kit.Choice) { p.read() }
	p.desks = newDesks()
	p.found = kit.NewPara("", look.TextTable, look.Second, false, 0)
	p.also = kit.NewButton("", kit.ButtonPlain, p.toggleAll)
	p.unit.OnChanged = func(string) { p.fields["unit"].SetProblem("") }
	p.fields["unit"] = kit.NewField("本级单位", true, "这本台账是谁的", p.unit)
	p.fields["level"] = kit.NewField("级别", true, "", p.level)
	return container.New(stack{}, p.found, p.also, p.fields["unit"], p.fields["level"],
		kit.NewField("上级", false, "写了，和上下级交换时村名才对得上", p.above),
		kit.NewField("使用人", false, "历史记录里写谁的名字，可以以后再设", p.owner),
		kit.NewField("我管哪几摊", false, "左边只放这些入口，以后可在设置里改", p.desks.object),
		p.fields["password"])
}

// newList makes the list of villages: pasted above, as it was understood below.
func (p *plan) newList() fyne.CanvasObject {
	p.list = kit.NewLongEntry("青山村，张三，李四，13800000000\n每行一个村：村名，书记，包村干部，电话。只有村名也行，可以从 Excel 里复制几列直接粘贴。", 6)
	p.list.OnChanged = func(string) { p.read() }
	p.fields["villages"] = kit.NewField("粘贴村名单", false, "电话跟着它前面的人", p.list)
	p.grid = grid.New(grid.Config{Source: p, Rows: true, Empty: "粘贴后先在这里看一眼，对了再建。也可以先空着，以后在设置里加。"})
	p.count = kit.NewNote("")
	return container.New(upper{}, p.fields["villages"], p.count, kit.NewFlushCard(p.grid))
}

// begin fills the entries with what was found, nothing for an empty proposal.
func (p *plan) begin(found app.Proposal) {
	s := found.Setup
	p.proposal, p.withAll = found, len(s.Units)+len(s.Persons) > 0
	p.header.SetTitle(planTitle(found))
	p.header.SetNote(tablesNote(found))
	p.unit.SetText(s.Unit)
	p.above.SetText(s.Above)
	p.owner.SetText("")
	p.password.SetText("")
	p.level.SetChoice(levelChoice(s.Level))
	p.desks.set(nil)
	p.found.SetText(foundWords(found))
	setShown(p.found, found.File != "")
	p.list.SetText(listOf(s.Villages))
	p.create.SetLabel(createLabel(found))
	setShown(p.skip, found.File != "")
	p.showAll()
	for _, f := range p.fields {
		f.SetProblem("")
	}
	p.read()
	p.header.Object.Refresh()
}

func setShown(o fyne.CanvasObject, shown bool) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}

// toggleAll chooses whether the units and persons found are made.
func (p *plan) toggleAll() {
	p.withAll = !p.withAll
	p.showAll()
}

func (p *plan) showAll() {
	s := p.proposal.Setup
	setShown(p.also, len(s.Units)+len(s.Persons) > 0)
	p.also.Icon, p.also.Kind = "", kit.ButtonPlain
	if p.withAll {
		p.also.Icon, p.also.Kind = look.IconCheck, kit.ButtonFirst
	}
	p.also.SetLabel(alsoLabel(s))
	p.also.Refresh()
}

// read shows the list as it is understood.
func (p *plan) read() {
	p.rows = parseVillages(p.list.Text)
	p.fields["villages"].SetProblem("")
	p.count.SetText(countWords(p.rows, p.levelKey()))
	p.grid.Reload()
}

func (p *plan) levelKey() model.Level { return model.Level(p.level.Choice().ID) }

// setup is what is on screen.
func (p *plan) setup() app.Setup {
	s := app.Setup{Above: p.above.Text, Unit: p.unit.Text, Level: p.levelKey(), Owner: p.owner.Text,
		Desks: p.desks.chosen(), Villages: villages(p.rows), Import: p.proposal.File}
	if p.withAll {
		s.Units, s.Persons = p.proposal.Setup.Units, p.proposal.Setup.Persons
	}
	return s
}

// submit hands the setup over, or shows at its entry what is wrong.
func (p *plan) submit() {
	s := p.setup()
	err := s.Check()
	if err == nil && p.password.Text != "" {
		if problem := app.FitPassword(p.password.Text); problem != nil {
			p.fields["password"].SetProblem(model.Sentence(problem))
			return
		}
	}
	if err == nil {
		p.page.params.Create(s, p.password.Text)
		return
	}
	var e *model.Error
	if errors.As(err, &e) && p.fields[e.Field] != nil {
		p.fields[e.Field].SetProblem(e.Message)
		return
	}
	p.page.desk.Presenter.Error(err)
}

// Len is the number of villages.
func (p *plan) Len() int { return len(p.rows) }

// Columns are those of the list.
func (p *plan) Columns() []grid.Column {
	return []grid.Column{
		{Key: "name", Title: belowWord(p.levelKey()), Width: 110, Pinned: true},
		{Key: "secretary", Title: "书记", Width: 70},
		{Key: "secretary_phone", Title: "书记电话", Width: 104},
		{Key: "cadre", Title: "包村干部", Width: 76},
		{Key: "cadre_phone", Title: "包村干部电话", Width: 110},
		{Key: "problem", Title: "说明", Width: 120, Grow: true},
	}
}

// Cell shows one value of the list.
func (p *plan) Cell(i, col int) grid.Cell { return cellOf(p.rows[i], col) }
