package settings

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/trail"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// rules are the parameters (口径与参数): value, since when, and what they rest on.
type rules struct {
	p       *Page
	content fyne.CanvasObject
	grid    *grid.Grid
	source  paramSource
	drawer  *kit.Drawer
	entry   *kit.Entry  // of a number
	ticks   []*kit.Tick // of a parameter of several choices, with value what they say
	value   string
	field   *kit.Field
	chosen  app.ParameterInfo
}

func newRules(p *Page) section {
	r := &rules{p: p, drawer: kit.NewDrawer(nil, nil)}
	r.grid = grid.New(grid.Config{
		Source: r.source, Rows: true, OnSelect: r.choose,
		OnOpen: func(int) { r.focus() },
	})
	r.content = frame(page.NewHeader("口径与参数"), container.New(aside{}, kit.NewFlushCard(r.grid), r.drawer),
		kit.NewLine("各县各年可以不同。改动从今天起算，以前的日子仍按当时的口径。", look.TextBody, look.Second, false))
	return r
}

func (r *rules) object() fyne.CanvasObject { return r.content }

func (r *rules) load() {
	page.Load(r.p.desk, r.p.reads, r.p.api.Parameters, func(all []app.ParameterInfo) {
		r.source = adjustable(all)
		row := max(0, slices.IndexFunc(r.source, func(p app.ParameterInfo) bool { return p.Key == r.chosen.Key }))
		r.grid.SetSource(r.source)
		r.grid.Select(row)
		r.choose(row)
	})
}

// choose shows a parameter with the entry that changes it.
func (r *rules) choose(row int) {
	if row < 0 || row >= len(r.source) {
		return
	}
	r.chosen = r.source[row]
	p := r.chosen
	r.field = kit.NewField(valueLabel(p), true, "出厂默认 "+p.Default, r.newValue(p))
	r.drawer.SetHead(kit.Head{Title: p.Label, Status: paramWords(p), Note: since(p)})
	r.drawer.SetTabs([]kit.Tab{{Key: "value", Label: "修改", Content: container.NewVBox(
		trail.Para(p.Help, look.Ink), r.field, trail.Para("依据："+restsOn(p), look.Second),
	)}}, "")
	buttons := []*kit.Button{kit.NewButton("从今天起改", kit.ButtonFirst, r.save)}
	if p.Value != p.Default {
		buttons = append(buttons, kit.NewButton("改回默认", kit.ButtonPlain, func() { r.write(p.Default) }))
	}
	r.drawer.SetFooter("", buttons...)
}

// newValue makes what a parameter's value is entered with: a box for each choice,
// or an entry.
func (r *rules) newValue(p app.ParameterInfo) fyne.CanvasObject {
	r.entry, r.ticks, r.value = nil, nil, p.Value
	if p.Kind != model.KindMultiEnum {
		r.entry = kit.NewEntry("")
		r.entry.SetText(p.Value)
		r.entry.OnSubmitted = func(string) { r.save() }
		r.entry.OnChanged = func(words string) {
			r.value = words
			r.field.SetProblem("")
		}
		return r.entry
	}
	box := container.NewVBox()
	for _, choice := range p.Choices {
		t := kit.NewTick(choice, false, func(on bool) { r.tick(choice, on) })
		r.ticks = append(r.ticks, t)
		box.Add(t)
	}
	r.showTicks()
	return box
}

// tick takes a choice in or out.
func (r *rules) tick(choice string, on bool) {
	r.value = ticked(r.chosen.Choices, r.value, choice, on)
	r.showTicks()
}

func (r *rules) showTicks() {
	said := strings.Split(r.value, "、")
	for _, t := range r.ticks {
		t.Set(slices.Contains(said, t.Label))
	}
}

func (r *rules) focus() {
	c := r.p.desk.Canvas()
	switch {
	case c == nil:
	case r.entry != nil:
		c.Focus(r.entry)
	case len(r.ticks) > 0:
		c.Focus(r.ticks[0])
	}
}

func (r *rules) save() {
	if r.value == r.chosen.Value {
		r.p.desk.Done("没有改动", 0)
		return
	}
	r.write(r.value)
}

// write sets the chosen parameter; a value that is refused is told under the entry.
func (r *rules) write(value string) {
	p := r.chosen
	r.p.write(func(ctx context.Context) (app.Done, error) {
		return r.p.api.SetSetting(ctx, p.Key, value)
	}, func(err error) bool {
		r.field.SetProblem(model.Sentence(err))
		return model.CodeOf(err) == model.CodeInvalid
	}, func(done app.Done) {
		r.p.desk.Done("“"+p.Label+"”已改", done.Op)
		r.load()
	})
}

// valueLabel is the label of a value, with its unit.
func valueLabel(p app.ParameterInfo) string {
	if p.Unit == "" {
		return "取值"
	}
	return "取值（" + p.Unit + "）"
}
