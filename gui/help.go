package gui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"xiangzhen/assets/manual"
	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
)

// helpSize is the width of a page of the manual, and the most of its height.
var helpSize = fyne.NewSize(640, 420)

// help shows the manual's page about the page at the front (F1).
func (w *Window) help() {
	name := page.Name("start")
	if w.session != nil {
		name = w.session.front.Page
	}
	words, err := manual.Page(string(name))
	if err != nil {
		w.presenter.Error(err)
		return
	}
	title, body, _ := strings.Cut(words, "\n")
	w.tell(strings.TrimPrefix(title, "# "), manualView(body), helpSize)
}

// manualView draws a page of the manual: headings, points and paragraphs, which is
// all the Markdown the manual uses.
func manualView(body string) fyne.CanvasObject {
	box := container.NewVBox()
	for _, line := range strings.Split(body, "\n") {
		head, isHead := strings.CutPrefix(line, "## ")
		point, isPoint := strings.CutPrefix(line, "- ")
		switch {
		case strings.TrimSpace(line) == "":
		case isHead:
			box.Add(kit.NewLine(head, look.TextBody, look.Ink, true))
		case isPoint:
			box.Add(paragraph("· "+point, helpSize.Width-look.GapPage))
		default:
			box.Add(paragraph(line, helpSize.Width-look.GapPage))
		}
	}
	return box
}

// paragraph is wrapped text of the height it takes at a width.
func paragraph(words string, width float32) fyne.CanvasObject {
	p := kit.NewPara(words, look.TextBody, look.Ink, false, 0)
	return container.New(fixed{fyne.NewSize(width, p.HeightFor(width)+look.GapHair)}, p)
}

// fixed gives its one object a size.
type fixed struct{ size fyne.Size }

// MinSize is the size.
func (l fixed) MinSize([]fyne.CanvasObject) fyne.Size { return l.size }

// Layout fills the room.
func (l fixed) Layout(o []fyne.CanvasObject, s fyne.Size) { put(o[0], 0, 0, s.Width, s.Height) }

// shortcuts lists every key, read from the menus themselves.
func (w *Window) shortcuts() {
	box := container.NewVBox()
	for _, m := range w.win.MainMenu().Items {
		for _, it := range m.Items {
			if keys := shortcutWords(it.Shortcut); keys != "" {
				box.Add(container.New(wide{320}, container.NewGridWithColumns(2,
					kit.NewLine(it.Label, look.TextBody, look.Ink, false), kit.NewLine(keys, look.TextBody, look.Second, false))))
			}
		}
	}
	for _, line := range gridKeys {
		box.Add(container.NewGridWithColumns(2,
			kit.NewLine(line[0], look.TextBody, look.Ink, false), kit.NewLine(line[1], look.TextBody, look.Second, false)))
	}
	w.tell("快捷键一览", box, fyne.NewSize(420, 420))
}

// gridKeys are the keys inside a grid, as in Excel.
var gridKeys = [][2]string{
	{"编辑单元格", "F2，或直接输入"}, {"确认并到下一行", "Enter"}, {"确认并到右边", "Tab"}, {"取消编辑", "Esc"},
	{"复制、粘贴区域", "Ctrl+C、Ctrl+V"}, {"向下填充", "Ctrl+D"}, {"扩大选择", "Shift+方向键"},
	{"本页说明", "F1"}, {"下一处待核对", "F4"},
}

// shortcutWords writes a shortcut as keyboards do: Ctrl+N.
func shortcutWords(s fyne.Shortcut) string {
	switch s := s.(type) {
	case *fyne.ShortcutUndo:
		return "Ctrl+Z"
	case *fyne.ShortcutRedo:
		return "Ctrl+Y"
	case *desktop.CustomShortcut:
		words := "Ctrl+"
		if s.Modifier&fyne.KeyModifierShift != 0 {
			words += "Shift+"
		}
		return words + string(s.KeyName)
	}
	return ""
}

// about says what the program is.
func (w *Window) about() {
	words, err := manual.Page("about")
	if err != nil {
		w.presenter.Error(err)
		return
	}
	title, body, _ := strings.Cut(words, "\n")
	var d *kit.Dialog
	d = kit.ShowDialog(w.Canvas(), strings.TrimPrefix(title, "# "), kit.Scrolled(manualView(body), helpSize.Width, helpSize.Height),
		kit.NewButton("第三方许可", kit.ButtonPlain, func() { d.Close(); w.licences() }),
		kit.NewButton("知道了", kit.ButtonMain, func() { d.Close() }))
}
