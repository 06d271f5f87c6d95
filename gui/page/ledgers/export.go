package ledgers

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/text"
)

// What an export is for (CLERK 8).
const (
	forPublic = "群发、公示（隐去敏感信息）"
	forReport = "上报（完整，给登记的接收单位）"
)

// wanted is what was chosen for an export. Receiver, table and period are those of
// a report that goes up.
type wanted struct {
	format, purpose, password string
	receiver, table, period   string
}

// exportRequest turns what was asked for into a request and the ending of the
// file's name. Errors name the entry they belong to.
func exportRequest(l *model.Ledger, list app.ListRequest, w wanted) (app.ExportRequest, string, error) {
	req, kind := app.ExportRequest{List: list, Password: w.password}, ".xlsx"
	if w.format == formatCSV {
		kind = ".csv"
	}
	if w.password != "" && kind == ".csv" {
		return req, kind, missing("password", "CSV 不能加打开密码，请改用 Excel 格式。")
	}
	if !hasSensitive(l) {
		return req, kind, nil
	}
	if w.purpose != forReport {
		req.Public = true
		return req, kind, nil
	}
	up := app.ReportUp{Receiver: w.receiver, Table: strings.TrimSpace(w.table), Period: strings.TrimSpace(w.period)}
	switch {
	case up.Receiver == "":
		return req, kind, missing("receiver", "请选接收单位。没有登记的，先到设置的“敏感信息”里登记。")
	case up.Table == "":
		return req, kind, missing("table", "请写上级叫这张表什么。")
	case up.Period == "":
		return req, kind, missing("period", "请写哪一期，例如 2026年11月。")
	}
	req.Up = &up
	return req, kind, nil
}

func missing(field, words string) error {
	return &model.Error{Code: model.CodeUsage, Field: field, Message: words}
}

// exportNote says what is exported.
func exportNote(total int, active bool) string {
	if active {
		return fmt.Sprintf("只导出符合条件的 %d 条", total)
	}
	return fmt.Sprintf("导出全部 %d 条", total)
}

// upWords ask for the confirmation of a table and period that goes up in full.
func upWords(l *model.Ledger, up app.ReportUp, rows int) string {
	var columns []string
	for i := range l.Fields {
		if f := &l.Fields[i]; f.Sensitive && !f.Internal {
			columns = append(columns, f.Label)
		}
	}
	return fmt.Sprintf("报给“%s”的“%s”（%s），%d 条，完整带出：%s。确认以后本表本期不再问，每次导出都记入敏感信息登记。",
		up.Receiver, up.Table, up.Period, rows, strings.Join(columns, "、"))
}

// exportDialog asks in which format, with which password, and what for where
// sensitive fields are concerned.
type exportDialog struct {
	p                         *Page
	format, purpose, receiver *kit.Picker
	password, table, period   input
	fields                    map[string]*kit.Field
	up                        fyne.CanvasObject // shown for a report that goes up
	dialog                    *kit.Dialog
}

func newExportDialog(p *Page, receivers []string) *exportDialog {
	d := &exportDialog{p: p, format: kit.NewSelect("", kit.TextChoices([]string{formatExcel, formatCSV})),
		purpose:  kit.NewSelect("", kit.TextChoices([]string{forPublic, forReport})),
		receiver: kit.NewSelect("选接收单位", kit.TextChoices(receivers)),
		password: newInput("打开密码", false, "不填就不加；密码请另外告诉对方"),
		table:    newInput("上报的表名", true, "上级怎么叫这张表"), period: newInput("哪一期", true, "")}
	d.format.SetChoice(kit.Choice{ID: formatExcel, Text: formatExcel})
	d.purpose.SetChoice(kit.Choice{ID: forPublic, Text: forPublic})
	if len(receivers) == 1 {
		d.receiver.SetChoice(kit.Choice{ID: receivers[0], Text: receivers[0]})
	}
	d.password.Password = true
	d.table.SetText(p.ledger.Label)
	d.period.SetText(text.FormatMonth(p.app.Today().Month()))
	to := kit.NewField("接收单位", true, receiverHelp(receivers), d.receiver)
	d.receiver.OnChosen = func(kit.Choice) { to.SetProblem("") }
	d.fields = map[string]*kit.Field{"password": d.password.field, "receiver": to, "table": d.table.field, "period": d.period.field}
	return d
}

// receiverHelp says where receivers come from.
func receiverHelp(receivers []string) string {
	if len(receivers) == 0 {
		return "还没有登记，请到设置的“敏感信息”里登记"
	}
	return "在设置的“敏感信息”里登记"
}

// open shows the dialog.
func (d *exportDialog) open() {
	p := d.p
	content := container.NewVBox(container.NewGridWithColumns(2,
		kit.NewField("格式", false, exportNote(p.win.Len(), p.query.active(p.ledger, p.app.Today())), d.format), d.password.field))
	if hasSensitive(p.ledger) {
		content.Add(kit.NewField("用途", true, "群发、公示的表里不带证件号、银行卡号等列", d.purpose))
		d.up = container.NewVBox(d.fields["receiver"], container.NewGridWithColumns(2, d.table.field, d.period.field))
		d.up.Hide()
		content.Add(d.up)
		d.purpose.OnChosen = func(kit.Choice) { d.showUp(content) }
	}
	d.period.onEnter(d.done)
	d.dialog = p.ask("导出"+p.ledger.Label, container.New(wideForm{}, content), "选择位置", func(*kit.Dialog) { d.done() })
}

// showUp shows what a report that goes up needs, for that alone.
func (d *exportDialog) showUp(content *fyne.Container) {
	if d.up.Hide(); d.purpose.Choice().Text == forReport {
		d.up.Show()
	}
	d.dialog.SetContent(container.New(wideForm{}, content))
}

// done asks where to write, once the purpose is clear and what goes up in full is
// confirmed.
func (d *exportDialog) done() {
	p := d.p
	req, kind, err := exportRequest(p.ledger, p.query.request(p.ledger, p.app.Today(), 0, 0), wanted{
		format: d.format.Choice().Text, purpose: d.purpose.Choice().Text, password: d.password.Text,
		receiver: d.receiver.Choice().Text, table: d.table.Text, period: d.period.Text})
	var e *model.Error
	switch {
	case errors.As(err, &e) && d.fields[e.Field] != nil:
		d.fields[e.Field].SetProblem(e.Message)
	case err != nil:
		p.desk.Presenter.Error(err)
	case req.Up != nil:
		d.confirm(req, kind)
	default:
		d.choose(req, kind)
	}
}

// confirm asks once for each table and period.
func (d *exportDialog) confirm(req app.ExportRequest, kind string) {
	p, rows := d.p, d.p.win.Len()
	page.Run(p.desk, func(ctx context.Context) (bool, error) { return p.app.ConfirmedUp(ctx, *req.Up) }, func(before bool) {
		if before {
			d.choose(req, kind)
			return
		}
		p.desk.Presenter.Confirm(task.Question{Title: "完整上报", Text: upWords(p.ledger, *req.Up, rows), Yes: "确认上报"}, func() {
			req.Up.Confirmed = true
			d.choose(req, kind)
		})
	})
}

// choose asks where to write.
func (d *exportDialog) choose(req app.ExportRequest, kind string) {
	p := d.p
	d.dialog.Close()
	p.desk.Save(fileName(p.ledger, p.app.Today(), kind), func(path string) {
		req.Out = path
		p.writeExport(req)
	})
}

// wideForm gives a form room for two entries side by side.
type wideForm struct{}

// formWidth is that of the form.
const formWidth float32 = 540

// MinSize is the form's, widened.
func (wideForm) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := objects[0].MinSize()
	return fyne.NewSize(max(m.Width, formWidth), m.Height)
}

// Layout fills the room.
func (wideForm) Layout(objects []fyne.CanvasObject, s fyne.Size) { objects[0].Resize(s) }
