package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
)

// display chooses the size of text on this PC (字号, CLERK 24).
type display struct {
	p       *Page
	content fyne.CanvasObject
	row     *fyne.Container
	buttons map[string]*kit.Button // by label
}

// scales are the sizes on offer.
var scales = []struct {
	scale look.Scale
	label string
}{{look.ScaleNormal, "标准"}, {look.ScaleLarge, "大"}, {look.ScaleHuge, "特大"}}

func newDisplay(p *Page) section {
	d := &display{p: p, buttons: map[string]*kit.Button{}, row: line()}
	for _, s := range scales {
		b := kit.NewButton(s.label, kit.ButtonPlain, func() {
			p.params.SetScale(s.scale)
			d.load()
		})
		d.buttons[s.label] = b
		d.row.Add(b)
	}
	card := kit.NewCard("字号", nil, container.NewVBox(d.row,
		kit.NewLine("甲镇 2026年11月：饮水安全巩固提升，完成 12 / 16 个村。", look.TextBody, look.Ink, false),
		kit.NewNote("马上生效，只影响这台电脑，不影响导出的表。")))
	d.content = frame(page.NewHeader("显示"), scrolled(container.NewVBox(card)))
	return d
}

func (d *display) object() fyne.CanvasObject { return d.content }

// load shows which size is chosen.
func (d *display) load() {
	for _, s := range scales {
		if s.scale == d.p.params.Scale() {
			switched(d.row, d.buttons, s.label)
		}
	}
}
