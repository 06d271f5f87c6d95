package reports

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/ticklist"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// issuing is the dialog in which a form goes out (下发).
type issuing struct {
	*Page
	forms  []exchange.Form
	form   exchange.Form
	period model.Period
	advice app.Advice
	latest *task.Latest
	given  []exchange.Path // columns that go out filled
	leave  []exchange.Path // columns that do not go out

	dialog       *kit.Dialog
	formPicker   *kit.Picker
	periodPicker *kit.Picker
	day, clock   *kit.Entry
	due          *kit.Field // of day and clock
	basis        *kit.Entry
	to           *ticklist.List
	toField      *kit.Line
	hints        *fyne.Container
	run          *kit.Button
}

// openIssue asks what goes out to whom until when.
func (p *Page) openIssue(form string, period model.Period) {
	page.Run(p.desk, p.api.Forms, func(forms []exchange.Form) {
		canvas := p.desk.Canvas()
		if canvas == nil || len(forms) == 0 {
			return
		}
		d := &issuing{Page: p, forms: forms, latest: task.NewLatest(p.desk.Runner)}
		d.build(canvas)
		at := max(0, slices.IndexFunc(forms, func(f exchange.Form) bool { return f.Key == form }))
		d.choose(forms[at], period)
	})
}

// build makes the dialog's parts.
func (d *issuing) build(canvas fyne.Canvas) {
	d.formPicker = kit.NewSelect("选择报表", formChoices(d.forms))
	d.formPicker.OnChosen = func(c kit.Choice) { d.chooseKey(c.ID) }
	d.periodPicker = kit.NewSelect("选择期间", nil)
	d.day, d.clock = kit.NewEntry("如 11月25日"), kit.NewEntry("如 18:00")
	d.day.OnChanged = func(string) { d.tellDue() }
	d.clock.OnChanged = func(string) { d.tellDue() }
	d.due = kit.NewField("截止", true, "", container.New(dueLayout{}, d.day, d.clock))
	d.basis = kit.NewEntry("文号，或报表准入编号")
	d.to = ticklist.New("找单位，可用拼音首字母", d.tell)
	d.toField = kit.NewNote("接收单位")
	d.hints = container.NewVBox()
	d.run = kit.NewButton("选文件夹，生成表", kit.ButtonMain, d.send)
	d.run.Disable() // until it is known who the receivers are
	left := container.NewVBox(kit.NewField("报表", true, "", d.formPicker), kit.NewField("期间", true, "", d.periodPicker),
		d.due, kit.NewField("依据", false, "会写进表里；没有的可以不填。", d.basis))
	right := container.NewBorder(d.toField, nil, nil, nil, d.to.Object)
	content := container.NewBorder(nil, container.New(inset{look.Gap}, d.hints), nil, nil, page.Columns(left, issueLeft, container.New(minWidth{issueRight}, right)))
	d.dialog = kit.ShowDialog(canvas, "下发报表", content,
		kit.NewButton("取消", kit.ButtonPlain, func() { d.dialog.Close() }), d.run)
	canvas.Focus(d.formPicker)
}

const (
	issueLeft  float32 = 320
	issueRight float32 = 400
)

// formChoices lists forms to choose from.
func formChoices(forms []exchange.Form) []kit.Choice {
	out := make([]kit.Choice, len(forms))
	for i, f := range forms {
		out[i] = kit.Choice{ID: f.Key, Text: f.Label, Note: f.Due.Words(f.Cadence)}
	}
	return out
}

func (d *issuing) chooseKey(key string) {
	i := slices.IndexFunc(d.forms, func(f exchange.Form) bool { return f.Key == key })
	if i >= 0 {
		d.choose(d.forms[i], "")
	}
}

// choose shows a form, for a period if it is one of the form's, else for today's.
func (d *issuing) choose(f exchange.Form, period model.Period) {
	d.form, d.given, d.leave = f, nil, nil
	d.formPicker.SetChoice(kit.Choice{ID: f.Key, Text: f.Label})
	d.basis.SetText(f.Basis)
	period = fitting(f, period, d.api.Today())
	d.setPeriods(periodChoices(f, d.api.Today()), period)
	d.load(period)
}

// setPeriods offers the periods of the form.
func (d *issuing) setPeriods(choices []kit.Choice, now model.Period) {
	d.periodPicker.SetQuery(kit.FilterChoices(choices))
	d.periodPicker.SetChoice(kit.Choice{ID: string(now), Text: now.Words()})
	d.periodPicker.OnChosen = func(c kit.Choice) { d.load(model.Period(c.ID)) }
}

// load reads what there is to know of the form and period.
func (d *issuing) load(period model.Period) {
	d.period = period
	key := d.form.Key
	page.Load(d.desk, d.latest, func(ctx context.Context) (app.Advice, error) { return d.api.Advise(ctx, key, period) }, d.show)
}

// show shows what was read.
func (d *issuing) show(a app.Advice) {
	d.advice = a
	all := make([]kit.Choice, len(a.To))
	for i, r := range a.To {
		all[i] = kit.Choice{ID: r.ID, Text: r.Name}
	}
	d.to.Set(all)
	d.day.SetText(dayOnly(a.DueOn))
	d.clock.SetText(clockWords(d.form.Due.Hour, d.form.Due.Minute))
	d.showHints()
	d.tell()
}

// dayOnly writes a day with its year, as it can be typed.
func dayOnly(d model.Day) string {
	if d == "" {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year(), d.Time().Month(), d.DayOfMonth())
}

// showHints shows what should be thought of before the form goes out.
func (d *issuing) showHints() {
	d.hints.Objects = nil
	for _, l := range adviceLines(d.advice, d.api.Home().Get("name").Text) {
		line := kit.NewLine(l.words, look.TextBody, look.Ink, false)
		mark := kit.NewMark(look.MarkSoon)
		var buttons fyne.CanvasObject
		if len(l.held) > 0 {
			buttons = d.heldButtons(line, l.held)
		}
		d.hints.Add(container.NewBorder(nil, nil, container.NewCenter(mark), buttons, line))
	}
	if len(d.hints.Objects) == 0 {
		d.hints.Add(kit.NewNote("没有发现本级已有的列，30 天内也没有报表问过同样的内容。"))
	}
	d.hints.Refresh()
	d.dialog.Refresh()
}

// heldButtons answer for columns that are held already.
func (d *issuing) heldButtons(line *kit.Line, held []exchange.Path) fyne.CanvasObject {
	take := func(words string, given, leave []exchange.Path) func() {
		return func() {
			d.given, d.leave = given, leave
			line.SetText(words)
		}
	}
	return container.NewHBox(
		kit.NewButton("替下面填好", kit.ButtonPlain, take("这几列由本级填好发下去，下面不用填。", held, nil)),
		kit.NewButton("不发这几列", kit.ButtonPlain, take("这几列不发下去。", nil, held)))
}

// terms are what is said of the form for this once; ok is false if the due time is
// not understood.
func (d *issuing) terms() (t app.Terms, due string, ok bool) {
	day, err := parseDueDay(d.day.Text, d.api.Today())
	if err != nil {
		d.due.SetProblem(model.Sentence(err))
		return t, "", false
	}
	hour, minute, ok := parseClock(d.clock.Text)
	if !ok {
		d.due.SetProblem("时刻“" + d.clock.Text + "”看不懂，如 18:00。")
		return t, "", false
	}
	t = app.Terms{Basis: d.basis.Text, Given: d.given, Leave: d.leave}
	if f := d.form.Due; day != d.advice.DueOn || hour != f.Hour || minute != f.Minute {
		t.Due = model.Due{On: day, Hour: hour, Minute: minute, Roll: model.RollNone}
	}
	return t, dayWords(day) + clockWords(hour, minute), true
}

// tellDue says how the due time is understood.
func (d *issuing) tellDue() {
	_, due, ok := d.terms()
	if !ok {
		return
	}
	if d.advice.DueOn != "" && dayOnly(d.advice.DueOn) == d.day.Text {
		due += "　" + d.form.Due.Words(d.form.Cadence) + "，遇节假日" + string(d.form.Due.Roll)
	}
	d.due.SetMeaning(due)
}

// tell says on the button what would be made.
func (d *issuing) tell() {
	n := len(d.to.IDs())
	d.toField.SetText(fmt.Sprintf("接收单位　已选 %d / %d", n, len(d.advice.To)))
	d.run.SetLabel(fmt.Sprintf("选文件夹，生成 %d 个表", n))
	enable(d.run, n > 0)
	d.dialog.Refresh()
}

// send asks for the folder and makes the workbooks; those that are there are written
// over only if that is said.
func (d *issuing) send() {
	terms, due, ok := d.terms()
	if !ok {
		return
	}
	req := app.IssueRequest{Form: d.form.Key, Period: d.period, Receivers: d.to.IDs(), Terms: terms, Fresh: true}
	d.desk.Folder(func(dir string) {
		req.Dir = dir
		d.write(req, due)
	})
}

func (d *issuing) write(req app.IssueRequest, due string) {
	var out app.Issued
	d.desk.Presenter.Long(task.Long{Title: "下发", Work: func(ctx context.Context, _ *task.Progress) (err error) {
		out, err = d.api.Issue(ctx, req)
		return err
	}, Done: func(err error) {
		switch {
		case model.CodeOf(err) == model.CodeExists && req.Fresh:
			q := task.Question{Title: "文件夹里已有同名的表", Text: model.Sentence(err) + "覆盖后，那些文件里已填的内容就没有了。", Yes: "覆盖", Danger: true}
			d.desk.Presenter.Confirm(q, func() {
				req.Fresh = false
				d.write(req, due)
			})
		case err != nil:
			d.desk.Presenter.Error(err)
		default:
			d.dialog.Close()
			d.sent(req, due, out)
		}
	}})
}

// sent says what was made, with the folder and the words for the group at hand.
func (d *issuing) sent(req app.IssueRequest, due string, out app.Issued) {
	d.desk.Done(fmt.Sprintf("已生成 %d 个表格，放在“%s”。", len(out.Files), req.Dir), out.Op)
	names := make([]string, len(out.Files))
	for i, f := range out.Files {
		names[i] = f.Area
	}
	words := groupText(d.form, req.Period, due, names, req.Basis)
	title := fmt.Sprintf("已生成 %d 个表格", len(out.Files))
	d.desk.ShowText(page.Text{Title: title, Head: "放在“" + req.Dir + "”。\n发到群里的通知：", Words: words, Copy: "复制群通知", Open: func() { d.desk.Reveal(req.Dir) }})
}
