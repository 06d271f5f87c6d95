package start

import (
	"slices"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/model/rule"
)

// allDesks chooses every part.
const allDesks = "全部"

// desks asks 我管哪几摊: some of the parts, or all.
type desks struct {
	object  *fyne.Container
	buttons []*kit.Button // of rule.Desks, then of all
	on      map[string]bool
}

func newDesks() *desks {
	d := &desks{object: newFlow()}
	for _, name := range append(rule.Desks(), allDesks) {
		b := kit.NewButton(name, kit.ButtonPlain, func() { d.toggle(name) })
		d.buttons = append(d.buttons, b)
		d.object.Add(b)
	}
	d.set(nil)
	return d
}

// set chooses some parts; none means all.
func (d *desks) set(names []string) {
	d.on = map[string]bool{}
	for _, n := range names {
		d.on[n] = true
	}
	d.show()
}

// toggle chooses a part or lets it go; 全部 lets every single one go.
func (d *desks) toggle(name string) {
	if name == allDesks {
		d.set(nil)
		return
	}
	d.on[name] = !d.on[name]
	d.show()
}

// chosen lists the parts in their order; none means all.
func (d *desks) chosen() []string {
	return slices.DeleteFunc(rule.Desks(), func(n string) bool { return !d.on[n] })
}

func (d *desks) show() {
	none := len(d.chosen()) == 0
	for _, b := range d.buttons {
		b.Kind, b.Icon = kit.ButtonPlain, ""
		if d.on[b.Label] || b.Label == allDesks && none {
			b.Kind, b.Icon = kit.ButtonFirst, look.IconCheck
		}
		b.Refresh()
	}
	d.object.Refresh()
}
