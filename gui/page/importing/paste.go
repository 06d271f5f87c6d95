package importing

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/model"
)

// openPaste asks for a table or words copied elsewhere, and takes them as a file.
func (p *Page) openPaste() {
	canvas := p.desk.Canvas()
	if canvas == nil {
		return
	}
	entry := kit.NewLongEntry("在这里按 Ctrl+V。可以是 WPS、Word、Excel 里复制的表格（带表头一起复制），也可以是群接龙：\n1. 青山村 12户 已完成\n2. 柳河村 无", pasteRows)
	field := kit.NewField("粘贴的内容", true, "粘贴后先看清单，不会马上写入。", entry)
	entry.OnChanged = func(string) { field.SetProblem("") }
	box := container.New(sized{fyne.NewSize(pasteWidth, 0)}, field)
	var d *kit.Dialog
	d = kit.ShowDialog(canvas, "粘贴表格或文字", box,
		kit.NewButton("取消", kit.ButtonPlain, func() { d.Close() }),
		kit.NewButton("读取", kit.ButtonMain, func() {
			p.readWords(entry.Text, func(err error) {
				if err != nil {
					field.SetProblem(model.Sentence(err))
					return
				}
				d.Close()
			})
		}))
	p.focus(entry)
}

const (
	pasteRows          = 12
	pasteWidth float32 = 640
)

// sized gives its one object a least size.
type sized struct{ least fyne.Size }

// MinSize is the object's, widened.
func (l sized) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize().Max(l.least) }

// Layout fills the room.
func (l sized) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
}
