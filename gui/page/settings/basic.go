package settings

import (
	"cmp"
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/rule"
)

// basic is what this ledger is, who works here, and which parts of the work.
type basic struct {
	p       *Page
	content fyne.CanvasObject
	ledger  *fyne.Container
	home    *kit.Picker
	people  *kit.Picker
	actor   *kit.Line
	row     *fyne.Container
	desks   map[string]*kit.Button
	setting string // of the parts of the work
	weigh   *fyne.Container
	burden  *kit.Button
	inbox   *kit.Line
	unwatch *kit.Button
	weighs  bool // 报表负担 is switched on
	areas   []kit.Choice
	posts   []kit.Choice
}

func newBasic(p *Page) *basic {
	b := &basic{p: p, ledger: container.NewVBox(), desks: map[string]*kit.Button{}}
	cards := column(
		kit.NewCard("这本台账", nil, b.ledgerPart()),
		kit.NewCard("谁在用这台电脑", nil, b.actorPart()),
		kit.NewCard("我管哪几摊", nil, b.desksPart()),
		kit.NewCard("收表文件夹", nil, b.inboxPart()),
		kit.NewCard("报表负担", nil, b.burdenPart()),
	)
	b.content = frame(page.NewHeader("基本信息"), scrolled(cards))
	return b
}

func (b *basic) object() fyne.CanvasObject { return b.content }

// controlWidth is the width of the pickers.
const controlWidth = 320

// ledgerPart shows the file and chooses the area the ledger is kept for.
func (b *basic) ledgerPart() fyne.CanvasObject {
	b.home = kit.NewPicker("选本级单位", func(q string) []kit.Choice { return form.Filter(b.areas)(q) })
	b.home.OnChosen = b.chooseHome
	return container.NewVBox(b.ledger, container.New(fixed(controlWidth),
		kit.NewField("本级单位", false, "新增、下发和各页的范围都按它算。", b.home)))
}

// chooseHome asks before the ledger becomes another place's.
func (b *basic) chooseHome(c kit.Choice) {
	if c.ID == "" {
		b.showHome()
		return
	}
	b.p.desk.Presenter.Confirm(task.Question{
		Title: "把本级单位改为“" + c.Text + "”", Text: "今日、任务、报表等各页会改按它的范围显示，记录本身不动。", Yes: "改为" + c.Text,
	}, func() { b.p.setting(rule.UnitHome, c.ID, "本级单位已改为“"+c.Text+"”") })
	b.showHome() // until it is so
}

// showHome shows the area the ledger is kept for.
func (b *basic) showHome() {
	c := kit.Choice{}
	if home := b.p.api.Home(); home != nil {
		c = kit.Choice{ID: home.ID, Text: home.Get("name").Text}
	}
	b.home.SetChoice(c)
}

// actorPart shows and changes who acts.
func (b *basic) actorPart() fyne.CanvasObject {
	b.actor = kit.NewLine("", look.TextBody, look.Ink, false)
	b.people = kit.NewPicker("选任职的人", func(q string) []kit.Choice { return form.Filter(b.posts)(q) })
	now := kit.NewButton("以此人身份工作", kit.ButtonPlain, func() { b.act(false) })
	always := kit.NewButton("以后打开都是此人", kit.ButtonPlain, func() { b.act(true) })
	return container.NewVBox(b.actor, container.New(fixed(controlWidth),
		kit.NewField("换一个人", false, "名单是“人员与任职”里现在任职的人。", b.people)),
		line(now, always))
}

// act makes the chosen person the one who acts, until the ledger is closed or for
// good. For good it is written down under the name of who decided it.
func (b *basic) act(always bool) {
	c := b.people.Choice()
	if c.ID == "" {
		b.p.desk.Presenter.Error(model.Errorf(model.CodeUsage, "请先选一个人。"))
		return
	}
	page.Run(b.p.desk, func(ctx context.Context) (done app.Done, err error) {
		if always {
			if done, err = b.p.api.SetSetting(ctx, rule.UnitOwner, personOf(c.ID)); err != nil {
				return done, err
			}
		}
		return done, b.p.api.ActAs(ctx, c.ID)
	}, func(done app.Done) {
		b.people.SetChoice(kit.Choice{})
		b.load()
		b.p.desk.Done("现在以“"+c.Text+"”的身份工作", done.Op)
		if b.p.params.OnActor != nil {
			b.p.params.OnActor()
		}
	})
}

// desksPart switches the parts of the work on and off.
func (b *basic) desksPart() fyne.CanvasObject {
	b.row = line()
	for _, d := range rule.Desks() {
		button := kit.NewButton(d, kit.ButtonPlain, func() {
			b.p.setting(rule.UnitDesks, toggled(b.setting, d), "“我管哪几摊”已改")
		})
		b.desks[d] = button
		b.row.Add(button)
	}
	return container.NewVBox(b.row, kit.NewNote("打钩的入口在左边栏显示；没打钩的收起来，数据不受影响。"))
}

// inboxPart chooses the folder whose new tables stand on 今日.
func (b *basic) inboxPart() fyne.CanvasObject {
	b.inbox = kit.NewLine("", look.TextBody, look.Ink, false)
	choose := kit.NewButton("选文件夹", kit.ButtonPlain, func() {
		b.p.desk.Folder(func(path string) { b.watch(path, "收表文件夹已定，有新表在今日提醒") })
	})
	b.unwatch = kit.NewButton("不再提醒", kit.ButtonPlain, func() { b.watch("", "不再看收表文件夹") })
	return container.NewVBox(b.inbox, line(choose, b.unwatch),
		kit.NewNote("微信、U盘收来的表放进这个文件夹，里面有没收过的，今日会提醒；不点“收表”什么都不会收。"))
}

func (b *basic) watch(folder, words string) {
	page.Run(b.p.desk, func(ctx context.Context) (app.Done, error) { return b.p.api.WatchInbox(ctx, folder) }, func(done app.Done) {
		b.load()
		b.p.desk.Done(words, done.Op)
	})
}

// burdenPart switches the burden page on and off.
func (b *basic) burdenPart() fyne.CanvasObject {
	b.burden = kit.NewButton(burdenButton, kit.ButtonPlain, func() {
		value, what := "1", "报表负担已打开，在“报表登记”里"
		if b.weighs {
			value, what = "", "报表负担已收起"
		}
		b.p.setting(rule.UnitBurden, value, what)
	})
	b.weigh = line(b.burden)
	return container.NewVBox(b.weigh, kit.NewNote("统计上级向本单位要了哪些表、多少列是给过又要的；只统计本单位，不涉及个人，不在今日显示。"))
}

// burdenButton is what the switch is called.
const burdenButton = "显示报表负担"

// basics is what was read for the section.
type basics struct {
	areas, posts []kit.Choice
	desks        string
	burden       bool
	inbox        string
	at           string // where the actor works
}

func (b *basic) load() {
	page.Load(b.p.desk, b.p.reads, b.read, b.show)
}

func (b *basic) read(ctx context.Context) (out basics, err error) {
	refs, err := form.ReadRefs(ctx, b.p.api, b.p.api.Catalog().Ledger("post"))
	if err != nil {
		return out, err
	}
	out.areas = refs["area"]
	for _, c := range slices.Concat(refs["area"], refs["unit"]) {
		if c.ID == b.p.api.Actor().Unit {
			out.at = c.Text
		}
	}
	l, posts, err := b.p.api.List(ctx, app.ListRequest{Ledger: "post"})
	if err != nil {
		return out, err
	}
	out.posts = actors(l, posts.Records, b.p.api.Today())
	if out.desks, err = b.p.api.Setting(ctx, rule.UnitDesks); err != nil {
		return out, err
	}
	if out.inbox, err = b.p.api.Setting(ctx, rule.UnitInbox); err != nil {
		return out, err
	}
	out.burden, err = b.p.api.BurdenShown(ctx)
	return out, err
}

func (b *basic) show(in basics) {
	b.areas, b.posts, b.setting = in.areas, in.posts, in.desks
	b.ledger.Objects = []fyne.CanvasObject{form.Fact("台账文件", b.p.api.Path())}
	if words := b.p.api.Warning(); words != "" {
		b.ledger.Add(form.Fact("注意", words))
	}
	b.ledger.Refresh()
	b.showHome()
	b.inbox.SetText(cmp.Or(in.inbox, "没有选"))
	if b.unwatch.Enable(); in.inbox == "" {
		b.unwatch.Disable()
	}
	b.actor.SetText("现在：" + actorWords(b.p.api.Actor(), in.at))
	switched(b.row, b.desks, rule.DesksOf(in.desks)...)
	var on []string
	if b.weighs = in.burden; b.weighs {
		on = []string{burdenButton}
	}
	switched(b.weigh, map[string]*kit.Button{burdenButton: b.burden}, on...)
}
