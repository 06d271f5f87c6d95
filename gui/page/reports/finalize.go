package reports

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// finalizing is the dialog in which the consolidated table of a period is made 定稿.
type finalizing struct {
	*Page
	form  exchange.Form
	all   []app.Final // of the form
	month model.Period

	dialog       *kit.Dialog
	periodPicker *kit.Picker
	intro        *kit.Para
	cutoff       *kit.Entry
	filler       *kit.Entry
	reviewer     *kit.Entry
	signer       *kit.Entry
	to           *kit.Entry
	how          *kit.Picker
	reason       *kit.Entry
	why          *kit.Field // of reason
}

// formAnd is a form with its 定稿.
type formAnd struct {
	form exchange.Form
	all  []app.Final
}

// openFinalize asks what is said of the table of a form when it is made 定稿.
func (p *Page) openFinalize(form string, period model.Period) {
	page.Run(p.desk, func(ctx context.Context) (got formAnd, err error) {
		forms, err := p.api.Forms(ctx)
		if err != nil {
			return got, err
		}
		for _, f := range forms {
			if f.Key == form {
				got.form = f
			}
		}
		got.all, err = p.api.Finals(ctx, form, "")
		return got, err
	}, func(got formAnd) {
		if canvas := p.desk.Canvas(); canvas != nil && got.form.Key != "" {
			d := &finalizing{Page: p, form: got.form, all: got.all}
			d.build(canvas)
			d.choose(fitting(got.form, period, p.api.Today()))
		}
	})
}

const (
	finalWidth float32 = 620
	finalHalf          = (finalWidth - look.GapWide) / 2
)

// sendingWays are how a table goes up.
var sendingWays = []string{"电子版", "纸质", "电子版和纸质"}

// build makes the dialog's parts.
func (d *finalizing) build(canvas fyne.Canvas) {
	d.periodPicker = kit.NewSelect("选择期间", periodChoices(d.form, d.api.Today()))
	d.periodPicker.OnChosen = func(c kit.Choice) { d.choose(model.Period(c.ID)) }
	d.intro = kit.NewPara("", look.TextBody, look.Second, false, 2)
	d.cutoff, d.filler = kit.NewEntry("不填为现在"), kit.NewEntry("不填为当前操作人")
	d.filler.SetText(d.api.Actor().Name)
	d.reviewer, d.signer = kit.NewEntry("谁审核的"), kit.NewEntry("谁签发的")
	d.to = kit.NewEntry("不填为上一级")
	d.how = kit.NewSelect("怎样报送", kit.TextChoices(sendingWays))
	d.how.SetChoice(kit.Choice{ID: sendingWays[0], Text: sendingWays[0]})
	d.reason = kit.NewEntry("")
	d.why = kit.NewField("补报原因", false, "", d.reason)
	d.reason.OnChanged = func(string) { d.why.SetProblem("") }
	pair := func(a, b fyne.CanvasObject) fyne.CanvasObject { return page.Columns(a, finalHalf, b) }
	content := container.NewVBox(container.New(tall{finalWidth}, d.intro),
		pair(kit.NewField("期间", true, "", d.periodPicker), kit.NewField("截至时间", false, "如 2026-11-25 18:00", d.cutoff)),
		pair(kit.NewField("填表人", false, "", d.filler), kit.NewField("审核人", false, "", d.reviewer)),
		pair(kit.NewField("签发人", false, "", d.signer), kit.NewField("报送给", false, "", d.to)),
		pair(kit.NewField("报送方式", false, "", d.how), d.why))
	d.dialog = kit.ShowDialog(canvas, "定稿：《"+d.form.Label+"》", container.New(minWidth{finalWidth}, content),
		kit.NewButton("取消", kit.ButtonPlain, func() { d.dialog.Close() }), kit.NewButton("选位置，定稿", kit.ButtonMain, d.send))
	canvas.Focus(d.periodPicker)
}

// choose takes a period and says what 定稿 would make of it.
func (d *finalizing) choose(period model.Period) {
	d.month = period
	d.periodPicker.SetChoice(kit.Choice{ID: string(period), Text: period.Words()})
	d.intro.SetText(finalIntro(d.all, period))
	_, again := lastOf(d.all, period)
	d.reason.SetPlaceHolder("第一次定稿不用填")
	d.reason.Disable()
	if again {
		d.reason.SetPlaceHolder("为什么补报")
		d.reason.Enable()
	}
	d.why.SetProblem("")
	d.dialog.Refresh()
}

// note is what was typed.
func (d *finalizing) note() app.FinalNote {
	words := func(e *kit.Entry) string { return strings.TrimSpace(e.Text) }
	return app.FinalNote{Cutoff: words(d.cutoff), Filler: words(d.filler), Reviewer: words(d.reviewer), Signer: words(d.signer),
		To: words(d.to), How: d.how.Choice().ID, Reason: words(d.reason)}
}

// send asks where the file goes, and makes the table 定稿. A 补报 without its reason is
// not asked where to.
func (d *finalizing) send() {
	note := d.note()
	if _, again := lastOf(d.all, d.month); again && note.Reason == "" {
		d.why.SetProblem("这一期已经定稿，补报要写原因。")
		d.desk.Canvas().Focus(d.reason)
		return
	}
	d.desk.Save(d.month.Words()+d.form.Label+"定稿.xlsx", func(path string) {
		var got app.Reported
		d.long("定稿", func(ctx context.Context, _ *task.Progress) (err error) {
			got, err = d.api.Report(ctx, app.ReportRequest{Kind: "汇总", Form: d.form.Key, Period: d.month, Out: path, Final: &note})
			return err
		}, func() {
			d.dialog.Close()
			d.desk.Done(finalDone(got, d.month, filepath.Base(path)), got.Op)
		})
	})
}

// finalDone says what was made.
func finalDone(got app.Reported, period model.Period, file string) string {
	words := fmt.Sprintf("%s已定稿（第%d版），文件“%s”。", period.Words(), got.Version, file)
	if got.Corrections > 0 {
		words += fmt.Sprintf("前几期更正 %d 处已计入。", got.Corrections)
	}
	return words
}
