package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

// Text is words that are ready to be copied.
type Text struct {
	Title string
	Head  string // what to know of them
	Words string
	Copy  string // on the button
	Open  func() // opens the folder that they are about; may be nil
}

// ShowText shows words that are ready to be copied.
func (d *Desk) ShowText(t Text) {
	canvas := d.Canvas()
	if canvas == nil {
		return
	}
	para := kit.NewPara(t.Words, look.TextBody, look.Ink, false, 0)
	scroll := container.NewVScroll(container.New(lines{}, para))
	scroll.SetMinSize(fyne.NewSize(textWidth, min(para.HeightFor(textWidth-look.GapPage), textHighest)))
	content := container.NewBorder(container.New(lines{}, kit.NewPara(t.Head, look.TextBody, look.Second, false, 3)), nil, nil, nil,
		container.New(below{}, scroll))
	var dialog *kit.Dialog
	buttons := []*kit.Button{kit.NewButton("关闭", kit.ButtonPlain, func() { dialog.Close() })}
	if t.Open != nil {
		buttons = append(buttons, kit.NewButton("打开文件夹", kit.ButtonPlain, t.Open))
	}
	buttons = append(buttons, kit.NewButton(t.Copy, kit.ButtonMain, func() {
		d.Copy(t.Words)
		d.Done("已复制，可以粘贴到工作群。", 0)
	}))
	dialog = kit.ShowDialog(canvas, t.Title, content, buttons...)
}

const (
	textWidth   float32 = 560
	textHighest float32 = 260
)

// lines gives a paragraph the height that it takes at the width of the dialog.
type lines struct{}

// MinSize is the height at that width.
func (lines) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, o[0].(*kit.Para).HeightFor(textWidth-look.GapPage))
}

// Layout fills the room.
func (lines) Layout(o []fyne.CanvasObject, s fyne.Size) { o[0].Resize(s) }

// below leaves a gap above its one object.
type below struct{}

// MinSize adds the gap.
func (below) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(0, look.GapWide)
}

// Layout leaves the gap free.
func (below) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, look.GapWide))
	o[0].Resize(fyne.NewSize(s.Width, max(0, s.Height-look.GapWide)))
}
