package ledgers

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// input is one line of a dialog: an entry under its label.
type input struct {
	*kit.Entry
	field *kit.Field
}

func newInput(label string, required bool, help string) input {
	e := kit.NewEntry("")
	in := input{e, kit.NewField(label, required, help, e)}
	e.OnChanged = func(string) { in.field.SetProblem("") }
	return in
}

// onEnter calls f where Enter is pressed in the entry.
func (in input) onEnter(f func()) {
	in.OnKey = func(k *fyne.KeyEvent) bool {
		enter := k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter
		if enter {
			f()
		}
		return enter
	}
}

// addLedger asks for the name of a new ledger, makes it, and goes on to its fields.
func (p *Page) addLedger() {
	name := newInput("台账名称", true, "如：双定三联记录、公益性岗位台账")
	var d *kit.Dialog
	create := func() {
		var key string
		attempt(p.desk, func(ctx context.Context) (done app.Done, err error) {
			key, done, err = p.app.AddLedger(ctx, name.Text)
			return done, err
		}, func(done app.Done, err error) {
			if err != nil {
				name.field.SetProblem(model.Sentence(err))
				return
			}
			d.Close()
			p.desk.Done("已新建台账“"+strings.TrimSpace(name.Text)+"”", done.Op)
			p.load(key, "", query{filters: map[string]string{}}, func(o opened) { p.arrive(o); p.addField() })
		})
	}
	name.onEnter(create)
	d = p.ask("新建台账", name.field, "新建", func(*kit.Dialog) { create() })
	p.canvas().Focus(name.Entry)
}

// addField asks for a field of the user's own.
func (p *Page) addField() {
	if p.ledger == nil {
		return
	}
	newFieldDialog(p).open()
}

// importTable goes to 导入; a table that tells no ledger is meant for this one.
func (p *Page) importTable() {
	p.desk.Open(page.Route{Page: page.Import, Ledger: p.openKey()})
}

// export asks what for, and where to, and writes the records shown.
func (p *Page) export() {
	if p.ledger == nil {
		return
	}
	page.Run(p.desk, p.app.Receivers, func(receivers []string) { newExportDialog(p, receivers).open() })
}

// fieldKinds are the kinds that a field of the user's own can have.
var fieldKinds = []model.Kind{
	model.KindText, model.KindLongText, model.KindInteger, model.KindDecimal, model.KindPercent, model.KindDate,
	model.KindMonth, model.KindEnum, model.KindMultiEnum, model.KindBool, model.KindIDNumber, model.KindPhone, model.KindBankCard,
}

// fieldDialog asks for a field of the user's own.
type fieldDialog struct {
	p       *Page
	label   input
	kind    *kit.Picker
	options *kit.Entry
	problem *kit.Field // around options
	dialog  *kit.Dialog
}

func newFieldDialog(p *Page) *fieldDialog {
	d := &fieldDialog{p: p, label: newInput("项目名称", true, "表头上写的字，如：整改类别")}
	labels := make([]string, len(fieldKinds))
	for i, k := range fieldKinds {
		labels[i] = k.Label()
	}
	d.kind = kit.NewSelect("选择类型", kit.TextChoices(labels))
	d.kind.SetChoice(kit.Choice{ID: labels[0], Text: labels[0]})
	d.options = kit.NewLongEntry("一行一项，或用、分开", 3)
	d.problem = kit.NewField("可选的各项（单选、多选才填）", false, "", d.options)
	d.options.OnChanged = func(string) { d.problem.SetProblem("") }
	return d
}

// open shows the dialog.
func (d *fieldDialog) open() {
	content := container.NewVBox(d.label.field, kit.NewField("类型", true, "加好以后不能再改类型", d.kind), d.problem)
	d.label.onEnter(func() { d.add(false) })
	d.dialog = kit.ShowDialog(d.p.canvas(), "给“"+d.p.ledger.Label+"”加字段", content,
		kit.NewButton("关闭", kit.ButtonPlain, func() { d.dialog.Close() }),
		kit.NewButton("加入后继续加", kit.ButtonPlain, func() { d.add(true) }),
		kit.NewButton("加入", kit.ButtonMain, func() { d.add(false) }))
	d.p.canvas().Focus(d.label.Entry)
}

// add makes the field; again asks for another one.
func (d *fieldDialog) add(again bool) {
	p, l, label := d.p, d.p.ledger, strings.TrimSpace(d.label.Text)
	kind, options := d.kind.Choice().Text, optionsOf(d.options.Text)
	attempt(p.desk, func(ctx context.Context) (app.Done, error) {
		_, done, err := p.app.AddField(ctx, l.Key, label, kind, options)
		return done, err
	}, func(done app.Done, err error) {
		if err != nil {
			d.say(err)
			return
		}
		p.desk.Done("“"+l.Label+"”已加字段“"+label+"”", done.Op)
		p.reopen()
		if !again {
			d.dialog.Close()
			return
		}
		d.label.SetText("")
		d.options.SetText("")
		p.canvas().Focus(d.label.Entry)
	})
}

// say shows an error where it belongs: what misses choices under them, all else
// under the name.
func (d *fieldDialog) say(err error) {
	k, _ := model.ParseKind(d.kind.Choice().Text)
	if (k == model.KindEnum || k == model.KindMultiEnum) && len(optionsOf(d.options.Text)) == 0 && d.label.Text != "" {
		d.problem.SetProblem(model.Sentence(err))
		return
	}
	d.label.field.SetProblem(model.Sentence(err))
}
