package reports

import (
	"context"
	"fmt"

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

// front shows, for a form and a period, who has reported.
type front struct {
	*Page
	object fyne.CanvasObject

	header   *page.Header
	period   *kit.Line
	chips    *kit.Chips
	body     *fyne.Container // the list, or what to do before there is one
	list     *grid.Grid
	rows     *standings
	call     *kit.Para
	callCard *kit.Card
	copyOne  *kit.Button
	hand     *kit.Button // 手工代填
	stamp    *kit.Button // 盖章件
	latest   *task.Latest

	form  string
	month model.Period
	state frontState
}

// frontState is what was read.
type frontState struct {
	forms     []exchange.Form
	form      exchange.Form
	found     app.Completeness
	issued    bool
	conflicts int
}

func newFront(p *Page) *front {
	f := &front{Page: p, rows: &standings{}, latest: task.NewLatest(p.desk.Runner), month: model.Period(p.api.Period())}
	f.header = page.NewHeader("报表", f.buttons()...)
	f.period = kit.NewLine("", look.TextBody, look.Ink, true)
	f.period.Fixed = true
	f.chips = kit.NewChips(func(key string, _ fyne.Position) { f.chip(key) })
	f.list = grid.New(grid.Config{Source: f.rows, Rows: true, OnSelect: f.selected, OnMenu: f.menu})
	f.body = container.NewStack()
	back := kit.NewIconButton(look.IconLeft, func() { f.step(-1) })
	on := kit.NewIconButton(look.IconRight, func() { f.step(1) })
	bar := container.New(barLayout{}, back, f.period, on, f.chips)
	f.makeCall()
	f.object = page.Rows(f.header.Object, bar, f.body)
	return f
}

// buttons are those of the header.
func (f *front) buttons() []fyne.CanvasObject {
	collect := kit.NewButton("收表", kit.ButtonMain, func() { f.chooseReturns() })
	collect.Key = "Ctrl+R"
	return []fyne.CanvasObject{
		kit.NewButton("报表登记", kit.ButtonPlain, func() { f.desk.Open(page.Route{Page: page.Uppers}) }),
		kit.NewButton("按上级表填报", kit.ButtonPlain, func() { f.desk.Open(page.Route{Page: page.Filling}) }),
		kit.NewButton("查回执码", kit.ButtonPlain, f.receipt),
		kit.NewButton("表样", kit.ButtonPlain, f.openForms),
		kit.NewButton("对比", kit.ButtonPlain, f.openCompare),
		kit.NewButton("汇总上报", kit.ButtonPlain, f.report),
		kit.NewButton("定稿", kit.ButtonPlain, f.openFinals),
		kit.NewButton("下发", kit.ButtonPlain, f.issue),
		collect,
	}
}

// makeCall makes the card with the text that urges the silent ones.
func (f *front) makeCall() {
	f.call = kit.NewPara("", look.TextBody, look.Ink, false, 0)
	all := kit.NewButton("复制催报文字", kit.ButtonFirst, func() {
		f.desk.Copy(f.state.found.Text)
		f.desk.Done("已复制，可以粘贴到工作群。", 0)
	})
	f.copyOne = kit.NewButton("只催选中的村", kit.ButtonPlain, f.copySelected)
	f.hand = kit.NewButton("手工代填", kit.ButtonPlain, f.fillByHand)
	f.stamp = kit.NewButton("盖章件", kit.ButtonPlain, f.openStamped)
	f.copyOne.Disable()
	f.hand.Disable()
	f.stamp.Disable()
	text := container.NewVScroll(container.New(tall{look.DrawerWidth - 2*look.GapPage}, f.call))
	f.callCard = kit.NewCard("催报", nil, container.NewBorder(nil, container.NewVBox(container.NewHBox(all, f.copyOne), container.NewHBox(f.hand, f.stamp)), nil, nil, text))
}

// step goes to another month.
func (f *front) step(n int) {
	f.month = f.month.Add(n)
	f.load()
}

// chip chooses a form, or opens the conflicts.
func (f *front) chip(key string) {
	if key == Conflicts {
		f.openConflicts()
		return
	}
	f.form = key
	f.load()
}

// load reads the state of the form and period.
func (f *front) load() {
	form, month := f.form, f.month
	page.Load(f.desk, f.latest, func(ctx context.Context) (frontState, error) { return f.read(ctx, form, month) }, f.showState)
}

func (f *front) read(ctx context.Context, form string, month model.Period) (s frontState, err error) {
	if s.forms, err = f.api.Forms(ctx); err != nil || len(s.forms) == 0 {
		return s, err
	}
	s.form = s.forms[0]
	for _, x := range s.forms {
		if x.Key == form {
			s.form = x
		}
	}
	open, err := f.api.Conflicts(ctx)
	if err != nil {
		return s, err
	}
	s.conflicts = len(open)
	s.found, err = f.api.Missing(ctx, s.form.Key, month)
	s.issued = err == nil
	if model.CodeOf(err) == model.CodeNotFound {
		err = nil // not sent out yet: that is a state, not a failure
	}
	return s, err
}

func (f *front) showState(s frontState) {
	f.state, f.form = s, s.form.Key
	f.period.SetText(exchange.PeriodWords(f.month))
	f.header.SetNote("")
	f.rows.set(s.found, f.api.Today())
	if s.issued {
		f.header.SetNote(summary(s.found))
	}
	f.showChips()
	f.showBody()
	f.object.Refresh()
}

func (f *front) showChips() {
	var chips []kit.Chip
	for _, x := range f.state.forms {
		chips = append(chips, kit.Chip{Key: x.Key, Label: x.Label})
	}
	if f.state.conflicts > 0 {
		chips = append(chips, kit.Chip{Key: Conflicts, Label: "待处理冲突", Count: f.state.conflicts, HasCount: true, Tone: look.ToneOverdue})
	}
	f.chips.Set(chips, f.form)
}

// showBody shows the list of receivers, or says that the form has not gone out.
func (f *front) showBody() {
	if !f.state.issued {
		title := exchange.PeriodWords(f.month) + f.state.form.Label + "还没有下发"
		f.body.Objects = []fyne.CanvasObject{kit.NewEmpty(look.IconReport, title,
			"下发会给每个单位生成一个表格文件，本镇已有的内容替他们填好。", kit.NewButton("下发", kit.ButtonPlain, f.issue))}
		f.body.Refresh()
		return
	}
	f.call.SetText(f.state.found.Text)
	side := container.New(sideLayout{}, kit.NewFlushCard(f.list), f.callCard)
	f.body.Objects = []fyne.CanvasObject{side}
	f.body.Refresh()
	f.list.Reload()
	f.offerStamp()
}

func (f *front) selected(row int) {
	if row < 0 || row >= len(f.rows.rows) {
		f.copyOne.Disable()
		f.hand.Disable()
		f.offerStamp()
		return
	}
	r := f.rows.rows[row]
	f.copyOne.Enable()
	f.hand.Enable()
	f.offerStamp()
	f.desk.Status(r.Area + "：" + r.Status)
}

func (f *front) copySelected() {
	row, _ := f.list.Current()
	if row < 0 || row >= len(f.rows.rows) {
		return
	}
	r := f.rows.rows[row]
	f.desk.Copy(callOne(f.state.found, r))
	f.desk.Done("已复制给"+r.Area+"的提醒。", 0)
}

// fillByHand fills the form of the chosen village for her.
func (f *front) fillByHand() {
	row, _ := f.list.Current()
	if row >= 0 && row < len(f.rows.rows) {
		f.openHand(f.form, f.month, f.rows.rows[row].AreaID)
	}
}

// openFinals shows what of the form is 定稿.
func (f *front) openFinals() {
	if f.state.form.Key == "" {
		return
	}
	f.show(f.finals.object)
	f.finals.start(f.state.form, f.state.forms, f.month)
}

// openCompare compares what is looked at with the period before.
func (f *front) openCompare() {
	if f.state.form.Key == "" {
		return
	}
	f.show(f.compare.object)
	f.compare.start(f.state.form, f.state.forms, f.month)
}

// issue asks what is to go out, beginning with what is looked at.
func (f *front) issue() { f.openIssue(f.form, f.month) }

// report writes the consolidated workbook for the level above.
func (f *front) report() {
	form, month := f.state.form, f.month
	f.desk.Save(exchange.PeriodWords(month)+form.Label+"汇总.xlsx", func(path string) {
		var got app.Reported
		f.long("汇总", func(ctx context.Context, _ *task.Progress) (err error) {
			got, err = f.api.Report(ctx, app.ReportRequest{Kind: "汇总", Form: form.Key, Period: month, Out: path})
			return err
		}, func() {
			words := fmt.Sprintf("汇总表已生成：%d 个单位，%d 项。", got.Units, got.Rows)
			f.desk.Say(kit.Toast{Text: words, Action: "定稿…", OnAction: func() { f.openFinalize(form.Key, month) }})
		})
	})
}

// receipt looks a code up that a village has read over the phone.
func (f *front) receipt() {
	entry := kit.NewEntry("6 位回执码，或文件路径")
	field := kit.NewField("回执码", true, "", entry)
	var d *kit.Dialog
	look := func() {
		words := entry.Text
		page.Run(f.desk, func(ctx context.Context) (app.ReceiptInfo, error) { return f.api.FindReceipt(ctx, words) }, func(r app.ReceiptInfo) {
			field.SetMeaning(fmt.Sprintf("%s %s，%s 收到，%s", r.Area, exchange.PeriodWords(r.Period), r.ReceivedOn, r.Status))
		})
	}
	d = kit.ShowDialog(f.desk.Canvas(), "查回执码", container.New(minWidth{420}, field),
		kit.NewButton("关闭", kit.ButtonPlain, func() { d.Close() }), kit.NewButton("查", kit.ButtonMain, look))
	entry.OnKey = func(e *fyne.KeyEvent) bool {
		if e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
			look()
			return true
		}
		return false
	}
	f.desk.Canvas().Focus(entry)
}
