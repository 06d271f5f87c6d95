package tasks

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

// notice is the line above the grid that says what it is used for just now: cells
// that wait to be written, or progress being filled in.
type notice struct {
	object *fyne.Container
	shown  noticeWords
}

// noticeWords are what the line says, and its buttons; "" leaves one out.
type noticeWords struct{ words, write, leave string }

func newNotice() *notice {
	n := &notice{object: container.New(layout.NewCustomPaddedLayout(0, look.Gap, 0, 0))}
	n.object.Hide()
	return n
}

// noticeWords says what the line is to say; nothing hides it.
func (p *Page) noticeWords() noticeWords {
	switch ready, bad := p.source.edits.counts(); {
	case ready > 0:
		return noticeWords{p.source.edits.words(), fmt.Sprintf("写入 %d 格", ready), "放弃"}
	case bad > 0:
		return noticeWords{words: p.source.edits.words(), leave: "放弃"}
	case p.fast != nil && p.tree != nil:
		return noticeWords{words: fastWords(p.tree, p.fast, len(p.source.rows)), leave: "完成"}
	}
	return noticeWords{}
}

// show brings the line up to date. It is made anew when its words change: a button
// takes its room when it is placed.
func (n *notice) show(p *Page) {
	now := p.noticeWords()
	if now == n.shown {
		return
	}
	n.shown = now
	n.object.Objects = nil
	if n.object.Hide(); now.words != "" {
		n.object.Objects = []fyne.CanvasObject{p.noticeLine(now)}
		n.object.Show()
	}
	n.object.Refresh()
	p.body.Refresh()
}

// noticeLine is the line with its ground.
func (p *Page) noticeLine(say noticeWords) fyne.CanvasObject {
	buttons := container.NewHBox()
	if say.write != "" {
		buttons.Add(kit.NewButton(say.write, kit.ButtonFirst, p.writeStaged))
	}
	buttons.Add(kit.NewButton(say.leave, kit.ButtonPlain, p.leaveNotice))
	line := container.NewBorder(nil, nil, nil, buttons, kit.NewLine(say.words, look.TextBody, look.Ink, false))
	ground := canvas.NewRectangle(look.Changed)
	ground.CornerRadius, ground.StrokeColor, ground.StrokeWidth = look.ControlRadius, look.SelectedLine, 1
	padded := container.New(layout.NewCustomPaddedLayout(look.GapHair, look.GapHair, look.GapWide, look.GapHair), line)
	return container.NewStack(ground, padded)
}

// leaveNotice drops what is staged, or ends the filling in.
func (p *Page) leaveNotice() {
	if ready, bad := p.source.edits.counts(); ready+bad > 0 {
		p.source.edits = edits{}
		p.setRows()
		return
	}
	p.toggleFast()
}
