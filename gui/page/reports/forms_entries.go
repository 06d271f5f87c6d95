package reports

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/ticklist"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// formEntries are what else is said of a form.
type formEntries struct {
	label, day, clock, free, basis, notes *kit.Entry
	over, cadence, roll                   *kit.Picker
	next, zero                            *kit.Tick
	due                                   *kit.Field
	to                                    *kit.Button
	receivers                             []string
}

// makeEntries makes the entries at the right.
func (f *forms) makeEntries() fyne.CanvasObject {
	e := &f.entries
	e.label, e.day, e.clock = kit.NewEntry("如 防汛值班周报"), kit.NewEntry("如 25"), kit.NewEntry("如 18:00")
	e.free, e.basis, e.notes = kit.NewEntry("0"), kit.NewEntry("文号，或报表准入编号"), kit.NewLongEntry("填表说明", 3)
	e.over = kit.NewSelect("选择台账", ledgerChoices(f.api.Catalog()))
	e.over.OnChosen = f.setLedger
	e.cadence = kit.NewSelect("", kit.TextChoices(words(model.Cadences())))
	e.cadence.OnChosen = func(kit.Choice) { e.tellDue(f.api.Today()) }
	e.roll = kit.NewSelect("", kit.TextChoices(words(model.Rolls())))
	e.next = kit.NewTick("次期报（如次月5日）", false, func(bool) { e.tellDue(f.api.Today()) })
	e.zero = kit.NewTick("可以零报告（本月无）", true, func(bool) {})
	e.day.OnChanged = func(string) { e.tellDue(f.api.Today()) }
	e.clock.OnChanged = func(string) { e.tellDue(f.api.Today()) }
	e.due = kit.NewField("截止日、时刻", true, "", container.New(dueLayout{}, e.day, e.clock))
	e.to = kit.NewButton("全部下级单位", kit.ButtonPlain, f.chooseReceivers)
	return container.NewVBox(kit.NewField("名称", true, "", e.label), kit.NewField("台账", true, "", e.over),
		kit.NewField("报送周期", true, "", e.cadence), e.due, e.next, kit.NewField("遇节假日", false, "", e.roll), e.zero,
		kit.NewField("接收单位", false, "", e.to), kit.NewField("留几行空行给下面新增", false, "", e.free),
		kit.NewField("依据", false, "", e.basis), kit.NewField("填表说明", false, "", e.notes))
}

// words are the words of values that are words.
func words[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, w := range all {
		out[i] = string(w)
	}
	return out
}

// show fills the entries from a form.
func (e *formEntries) show(f exchange.Form, api API) {
	e.label.SetText(f.Label)
	e.over.SetChoice(kit.Choice{})
	if l := api.Catalog().Ledger(f.Over); l != nil {
		e.over.SetChoice(kit.Choice{ID: l.Key, Text: l.Label})
	}
	if f.Key != "" {
		e.over.Disable() // rows that are out are those of this ledger
	} else {
		e.over.Enable()
	}
	e.cadence.SetChoice(kit.Choice{ID: string(f.Cadence), Text: string(f.Cadence)})
	e.roll.SetChoice(kit.Choice{ID: string(f.Due.Roll), Text: string(f.Due.Roll)})
	e.next.Set(f.Due.Next)
	e.zero.Set(f.ZeroOK)
	e.day.SetText(dueDayWords(f.Due))
	e.clock.SetText(clockWords(f.Due.Hour, f.Due.Minute))
	e.free.SetText(strconv.Itoa(f.FreeRows))
	e.basis.SetText(f.Basis)
	e.notes.SetText(strings.Join(f.Notes, "\n"))
	e.setReceivers(f.Receivers)
	e.tellDue(api.Today())
}

func (e *formEntries) setReceivers(ids []string) {
	e.receivers = ids
	e.to.SetLabel("全部下级单位")
	if len(ids) > 0 {
		e.to.SetLabel(fmt.Sprintf("选定的 %d 个单位", len(ids)))
	}
}

// dueDayWords is the due day as it is typed.
func dueDayWords(d model.Due) string {
	switch {
	case d.On != "":
		return dayOnly(d.On)
	case d.Day == 0:
		return "最后一天"
	}
	return strconv.Itoa(d.Day)
}

// readDue reads the due time of a cadence.
func (e *formEntries) readDue(today model.Day) (d model.Due, err error) {
	d.Next, d.Roll = e.next.On(), model.Roll(e.roll.Choice().ID)
	var ok bool
	if d.Hour, d.Minute, ok = parseClock(e.clock.Text); !ok {
		return d, model.Errorf(model.CodeInvalid, "时刻“%s”看不懂，如 18:00。", e.clock.Text)
	}
	words := strings.TrimSuffix(strings.TrimSpace(e.day.Text), "日")
	switch {
	case e.cadence.Choice().ID == string(model.Once):
		d.Next = false
		d.On, err = parseDueDay(e.day.Text, today)
		return d, err
	case words == "", strings.Contains(words, "最后"):
		return d, nil
	}
	if d.Day, err = strconv.Atoi(words); err != nil {
		return d, model.Wrap(err, model.CodeInvalid, "截止日“%s”看不懂，请写几号，如 25。", e.day.Text)
	}
	return d, nil
}

// tellDue says how the due time is understood.
func (e *formEntries) tellDue(today model.Day) {
	d, err := e.readDue(today)
	if err != nil {
		e.due.SetProblem(model.Sentence(err))
		return
	}
	e.due.SetMeaning(d.Words(model.Cadence(e.cadence.Choice().ID)))
}

// take returns a form with what was entered.
func (e *formEntries) take(f exchange.Form, today model.Day) (exchange.Form, error) {
	f.Label, f.Cadence, f.ZeroOK, f.Basis, f.Receivers = e.label.Text, model.Cadence(e.cadence.Choice().ID), e.zero.On(), e.basis.Text, e.receivers
	f.Notes = nil
	for line := range strings.Lines(e.notes.Text) {
		if line = strings.TrimSpace(line); line != "" {
			f.Notes = append(f.Notes, line)
		}
	}
	var err error
	if f.Due, err = e.readDue(today); err != nil {
		return f, err
	}
	if f.FreeRows, err = strconv.Atoi(strings.TrimSpace(e.free.Text)); err != nil {
		return f, model.Wrap(err, model.CodeInvalid, "空行数“%s”要写数字。", e.free.Text)
	}
	return f, nil
}

// chooseReceivers asks to whom the form goes.
func (f *forms) chooseReceivers() {
	page.Run(f.desk, f.api.Below, func(all []app.Receiver) {
		canvas := f.desk.Canvas()
		if canvas == nil {
			return
		}
		list := ticklist.New("找单位，可用拼音首字母", func() {})
		choices := make([]kit.Choice, len(all))
		for i, r := range all {
			choices[i] = kit.Choice{ID: r.ID, Text: r.Name}
		}
		list.Set(choices)
		if len(f.entries.receivers) > 0 {
			list.Only(f.entries.receivers)
		}
		var d *kit.Dialog
		d = kit.ShowDialog(canvas, "接收单位", container.New(sized{fyne.NewSize(receiversWidth, min(receiversHighest, canvas.Size().Height-receiversRoom))}, list.Object),
			kit.NewButton("取消", kit.ButtonPlain, func() { d.Close() }),
			kit.NewButton("确定", kit.ButtonMain, func() {
				ids := list.IDs()
				if len(ids) == len(all) {
					ids = nil // all, those too that come later
				}
				f.entries.setReceivers(ids)
				d.Close()
			}))
		canvas.Focus(list.Focusable())
	})
}
