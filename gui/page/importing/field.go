package importing

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// fieldKinds are the kinds that a column can become at once; those with choices of
// their own are made in 台账.
var fieldKinds = []model.Kind{
	model.KindText, model.KindLongText, model.KindInteger, model.KindDecimal, model.KindPercent, model.KindDate,
	model.KindMonth, model.KindBool, model.KindIDNumber, model.KindPhone, model.KindBankCard,
}

// addField asks for a field of the user's own and lets the column go there.
func (m *mapping) addField() {
	c, canvas := m.current(), m.p.desk.Canvas()
	t := m.p.item().preview()
	if c == nil || t == nil || canvas == nil {
		return
	}
	name := kit.NewEntry("")
	name.SetTextToEnd(leafOf(c.Header))
	field := kit.NewField("字段名称", true, "加到台账里的名字", name)
	name.OnChanged = func(string) { field.SetProblem("") }
	labels := make([]string, len(fieldKinds))
	for i, k := range fieldKinds {
		labels[i] = k.Label()
	}
	kind := kit.NewSelect("选择类型", kit.TextChoices(labels))
	kind.SetChoice(kit.Choice{ID: labels[0], Text: labels[0]})
	ledger, col := t.Ledger, c.Col
	var d *kit.Dialog
	add := func() {
		m.makeField(ledger, col, name.Text, kind.Choice().Text, func(err error) {
			if err != nil {
				field.SetProblem(model.Sentence(err))
				return
			}
			d.Close()
			m.p.focus(m.grid)
		})
	}
	content := container.NewVBox(field, kit.NewField("类型", true, "加好以后不能再改类型", kind))
	d = kit.ShowDialog(canvas, "给“"+m.p.label(ledger)+"”加字段", content,
		kit.NewButton("取消", kit.ButtonPlain, func() { d.Close() }), kit.NewButton("加入（可撤销）", kit.ButtonMain, add))
	m.p.focus(name)
}

// makeField adds the field, and says that the column goes there.
func (m *mapping) makeField(ledger string, col int, label, kind string, done func(error)) {
	p := m.p
	var key string
	var made app.Done
	p.desk.Runner.Go(context.Background(), nil, func(ctx context.Context, _ *task.Progress) (err error) {
		key, made, err = p.api.AddField(ctx, ledger, label, kind, nil)
		return err
	}, func(err error) {
		if err == nil {
			p.desk.Done("“"+p.label(ledger)+"”已加字段“"+strings.TrimSpace(label)+"”", made.Op)
			p.confirm(columns{col: exchange.Path(key)})
		}
		done(err)
	})
}
