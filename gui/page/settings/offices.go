package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/rule"
)

// offices says which office this copy belongs to, who keeps what, and exchanges packs
// (科室包, CLERK 1).
type offices struct {
	p       *Page
	content fyne.CanvasObject
	own     *fyne.Container
	note    *kit.Para
	parts   []*kit.Entry // an office for each of rule.Desks
	more    string       // what the setting says of single ledgers
	office  string
	pack    *kit.Button
	all     *kit.Button
	source  *bundleSource
	grid    *grid.Grid
}

func newOffices(p *Page) *offices {
	o := &offices{p: p, own: line(), note: kit.NewPara("", look.TextBody, look.Second, false, 0), source: &bundleSource{columns: packColumns}}
	o.pack = kit.NewButton("打科室包", kit.ButtonMain, func() { o.ask(false) })
	o.all = kit.NewButton("打完整的包", kit.ButtonPlain, func() { o.ask(true) })
	o.grid = grid.New(grid.Config{Source: o.source, Rows: true, Empty: "还没有发过、收过科室包"})
	cards := column(
		kit.NewCard("这台电脑上的台账是哪个科室的", nil, container.NewVBox(o.own, o.note)),
		kit.NewCard("科室包", nil, container.NewVBox(line(o.pack, o.all),
			kit.NewNote("把本科室管的台账自上一个包以后的变动打成一个文件，拷给别的科室；新加入的、漏收过的用完整的包。"),
			kit.NewNote("收包：在“收表”里添加文件，或把包拖到窗口上。"),
			container.New(tableHeight(packRows), kit.NewFlushCard(o.grid)))),
		kit.NewCard("哪摊工作由哪个科室维护", nil, o.partsPart()),
	)
	o.content = frame(page.NewHeader("科室分工"), scrolled(cards))
	return o
}

// packRows is how many packs are seen at once.
const packRows = 4

func (o *offices) object() fyne.CanvasObject { return o.content }

// partsPart names the office that keeps each part of the work.
func (o *offices) partsPart() fyne.CanvasObject {
	row := container.NewGridWithColumns(len(rule.Desks()))
	for _, d := range rule.Desks() {
		e := kit.NewEntry("不写就是各科室都能改")
		o.parts = append(o.parts, e)
		row.Add(kit.NewField(d, false, "", e))
	}
	save := kit.NewButton("保存分工", kit.ButtonPlain, func() {
		o.p.setting(rule.UnitOffices, o.said(), "科室分工已保存")
	})
	return container.NewVBox(row, line(save),
		kit.NewNote("各科室那几份台账里的分工要写得一样。区划、单位、人员和自建的台账各科室都能改，收包时合并。"),
		kit.NewNote("个别台账另有科室的，在“口径与参数”的“科室分工”里补写，如 会议=组织办。"))
}

// said is the setting that the entries make, with what it says of single ledgers.
func (o *offices) said() string {
	var out []string
	for i, d := range rule.Desks() {
		if office := strings.TrimSpace(o.parts[i].Text); office != "" {
			out = append(out, d+"="+office)
		}
	}
	if o.more != "" {
		out = append(out, o.more)
	}
	return strings.Join(out, "、")
}

// officesRead is what was read for the section.
type officesRead struct {
	own, setting string
	ledger       *model.Ledger
	packs        []*model.Record
}

func (o *offices) load() { page.Load(o.p.desk, o.p.reads, o.read, o.show) }

func (o *offices) read(ctx context.Context) (out officesRead, err error) {
	if out.own, err = o.p.api.Setting(ctx, rule.UnitOffice); err != nil {
		return out, err
	}
	if out.setting, err = o.p.api.Setting(ctx, rule.UnitOffices); err != nil {
		return out, err
	}
	out.ledger, out.packs, err = o.p.api.OfficePacks(ctx)
	return out, err
}

// whole is the choice of no office in particular.
const whole = "全镇用这一份"

func (o *offices) show(in officesRead) {
	o.office = in.own
	o.own.RemoveAll()
	for _, name := range append([]string{whole}, rule.Offices(in.setting)...) {
		kind := kit.ButtonPlain
		if name == in.own || name == whole && in.own == "" {
			kind = kit.ButtonMain
		}
		o.own.Add(kit.NewButton(name, kind, func() { o.choose(name) }))
	}
	words := "几个科室各用一份时，在各自的电脑上选本科室：本科室管的照常改，别的科室管的只读，收他们的科室包更新。"
	if in.own != "" {
		words = "别的科室管的台账在这里只读，收到他们的科室包才更新；区划、单位、人员和自建的台账都能改。"
	}
	o.note.SetText(words)
	for i, d := range rule.Desks() {
		o.parts[i].SetTextToEnd(rule.OfficeOf(in.setting, "", d))
	}
	o.more = rule.SingleLedgers(in.setting)
	enable(in.own != "", o.pack, o.all)
	o.source.ledger, o.source.bundles = in.ledger, in.packs
	o.grid.Reload()
	o.content.Refresh()
}

// choose makes this copy an office's, or the whole township's.
func (o *offices) choose(name string) {
	if name == whole {
		name = ""
	}
	if name == o.office {
		return
	}
	words := "已定为" + name + "的台账"
	if name == "" {
		words = "已改为全镇用这一份"
	}
	page.Run(o.p.desk, func(ctx context.Context) (app.Done, error) { return o.p.api.SetOffice(ctx, name) }, func(done app.Done) {
		o.load()
		o.p.desk.Done(words, done.Op)
	})
}

// officePackWords say what the file is for and what a password does.
const officePackWords = "别的科室收了这个包，他们那里的台账就跟上来。台账设有密码的，包也要设密码；没有密码的包，拿到的人都能看。"

// ask makes a pack with a password of its own or none.
func (o *offices) ask(all bool) {
	next := newFreePassword("包的密码")
	o.p.askSecrets("打科室包", "选位置，打包", officePackWords, func(d *kit.Dialog) {
		password, ok := next.takeFree()
		if !ok {
			return
		}
		o.p.desk.Save(o.p.api.OfficePackName(o.office), func(path string) {
			d.Close()
			page.Run(o.p.desk, func(ctx context.Context) (app.OfficePacked, error) {
				return o.p.api.PackForOffices(ctx, app.OfficePack{To: path, Password: password, All: all})
			}, func(done app.OfficePacked) {
				o.load()
				o.p.desk.Done(done.Words(), done.Op)
			})
		})
	}, next.first, next.again)
}

// packColumns are the columns of the list of packs, with their widths.
var packColumns = []bundleColumn{{"way", "", 64}, {"who", "", 110}, {"made_at", "", 140}, {"rows", "", 74}, {"files", "", 74}, {"taken_on", "", 104}, {"file", "", 160}}
