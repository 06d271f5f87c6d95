package supervise

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// brief is the open dialog of 汇报材料: the text of a month, whose figures open what they
// counted.
type brief struct {
	p      *Page
	month  model.Month
	now    app.Brief
	text   *fyne.Container
	scroll *container.Scroll
	dialog *kit.Dialog
	reads  *task.Latest
}

// Sizes of the dialog.
const (
	briefWidth  float32 = 720
	briefFrame  float32 = 230 // what the dialog and its first line add to the text
	monthsBack          = 12
	monthsWidth float32 = 150
)

// brief opens the dialog at the current month.
func (p *Page) brief() {
	c := p.desk.Canvas()
	if c == nil {
		return
	}
	b := &brief{p: p, month: p.api.Period(), text: container.NewVBox(), reads: task.NewLatest(p.desk.Runner)}
	months := monthChoices(b.month)
	picker := kit.NewSelect("", months)
	picker.SetChoice(months[0])
	picker.OnChosen = func(choice kit.Choice) {
		b.month = model.Month(choice.ID)
		b.load()
	}
	b.scroll = container.NewVScroll(container.New(kit.Inset{}, b.text))
	b.scroll.SetMinSize(fyne.NewSize(briefWidth, max(200, c.Size().Height-briefFrame)))
	note := kit.NewNote("红字是数出来的，点开看是哪些记录；请核对后增删改写。")
	head := container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(monthsWidth, look.ButtonHeight), picker), nil, container.NewPadded(note))
	b.dialog = kit.ShowDialog(c, "汇报材料", container.NewBorder(head, nil, nil, nil, b.scroll),
		kit.NewButton("关闭", kit.ButtonPlain, func() { b.close() }),
		kit.NewButton("导出 Word", kit.ButtonPlain, b.export),
		kit.NewButton("复制文字", kit.ButtonMain, b.copy))
	b.load()
}

// monthChoices are the months a text can be of, the newest first.
func monthChoices(newest model.Month) []kit.Choice {
	var out []kit.Choice
	for m := newest; len(out) < monthsBack; m = m.Add(-1) {
		out = append(out, kit.Choice{ID: string(m), Text: model.Period(m).Words()})
	}
	return out
}

func (b *brief) load() {
	month := b.month
	page.Load(b.p.desk, b.reads, func(ctx context.Context) (app.Brief, error) {
		return b.p.api.Brief(ctx, model.Period(month))
	}, func(now app.Brief) {
		b.now = now
		b.text.Objects = b.paragraphs()
		b.text.Refresh()
		b.scroll.ScrollToTop()
	})
}

// paragraphs are the text on screen.
func (b *brief) paragraphs() []fyne.CanvasObject {
	if len(b.now.Paragraphs) == 0 {
		return []fyne.CanvasObject{kit.NewNote("这个月没有可以写的记录。")}
	}
	out := []fyne.CanvasObject{container.New(proseRoom{}, kit.NewPara(b.now.Title, look.TextHead, look.Ink, true, 2))}
	for _, parts := range b.now.Paragraphs {
		phrases := []kit.Phrase{{Words: "　　"}}
		for _, part := range parts {
			phrases = append(phrases, phrasesOf(part, b.opens(part))...)
		}
		out = append(out, container.New(proseRoom{}, kit.NewProse(phrases...)))
	}
	return out
}

// phrasesOf are the words of a part: of a figure its number alone is marked.
func phrasesOf(part app.BriefPart, open func()) []kit.Phrase {
	at := strings.LastIndex(strings.TrimRight(part.Words, "项条"), " ")
	at = strings.LastIndex(part.Words[:max(at, 0)], " ") + 1
	if !part.Figure || at <= 0 {
		return []kit.Phrase{{Words: part.Words, OnTap: open}}
	}
	return []kit.Phrase{{Words: part.Words[:at]}, {Words: part.Words[at:], OnTap: open, Marked: true}}
}

// opens goes to what a part counted, nil for one that counts nothing.
func (b *brief) opens(part app.BriefPart) func() {
	if len(part.IDs) == 0 {
		return nil
	}
	return func() {
		b.close()
		if len(part.IDs) == 1 {
			b.p.desk.Open(page.RecordRoute(part.Ledger, part.IDs[0]))
			return
		}
		b.p.desk.Open(page.Route{Page: page.Ledgers, Ledger: part.Ledger, Only: part.IDs})
	}
}

func (b *brief) close() {
	b.reads.Stop()
	b.dialog.Close()
}

// copy puts the text on the clipboard.
func (b *brief) copy() {
	b.p.desk.Copy(b.now.Title + "\n" + b.now.Text())
	b.p.say("已复制汇报材料，可以粘贴到文档或群里。")
}

// export writes the text as a document.
func (b *brief) export() {
	b.p.write(strings.TrimSpace(b.now.Title)+".docx", app.ReportRequest{Kind: "汇报", Period: model.Period(b.month)})
}

// proseRoom gives wrapped text its height in the dialog.
type proseRoom struct{}

// tall is text that knows its height in a width.
type tall interface{ HeightFor(width float32) float32 }

// proseWidth is the room of the text beside the scroll bar.
const proseWidth = briefWidth - 2*look.GapPage

// MinSize is the height of the words, and a gap.
func (proseRoom) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(proseWidth, o[0].(tall).HeightFor(proseWidth)+look.GapHair)
}

// Layout gives the text the width it was reckoned for.
func (proseRoom) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Resize(fyne.NewSize(proseWidth, s.Height-look.GapHair))
}

// separator is a thin line between parts of a drawer.
func separator() fyne.CanvasObject {
	line := canvas.NewRectangle(look.SoftLine)
	line.SetMinSize(fyne.NewSize(0, 1))
	return line
}
