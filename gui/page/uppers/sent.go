package uppers

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/dialog"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/page/trail"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// mostSent is how many sendings of a table the drawer shows; the record has them all.
const mostSent = 12

// sentTab shows what was sent of a table, the latest first, with its file at hand.
func (p *Page) sentTab(t *app.UpperTable) fyne.CanvasObject {
	box := container.NewVBox()
	if len(t.Sent) == 0 {
		box.Add(trail.Para("还没有报过。按上级表填报的自动留存；用别的办法报的，点“登记报送”，把报出的文件存进来。", look.Second))
	}
	for i := range t.Sent {
		if i == mostSent {
			box.Add(trail.Para(fmt.Sprintf("还有更早的 %d 期，在台账“报送留存”里查看。", len(t.Sent)-mostSent), look.Second))
			break
		}
		box.Add(p.sentEntry(t, t.Sent[i]))
	}
	return box
}

// sentEntry is one period that was sent.
func (p *Page) sentEntry(t *app.UpperTable, s app.UpperSending) fyne.CanvasObject {
	head := kit.NewLine(s.Period.Words(), look.TextBody, look.Ink, true)
	lines := container.NewVBox(head, trail.Para(sentWords(s), look.Second))
	if words := coverageWords(s); words != "" {
		lines.Add(trail.Para(words, look.Second))
	}
	if s.File() == "" {
		return lines
	}
	lines.Add(trail.Para(s.File(), look.Ink))
	if n := len(s.Theirs); n > 0 {
		lines.Add(trail.Para("上级返回："+s.Theirs[n-1].Name, look.Second))
	}
	lines.Add(container.NewHBox(p.sentButtons(t, s)...))
	return lines
}

func (p *Page) sentButtons(t *app.UpperTable, s app.UpperSending) []fyne.CanvasObject {
	return []fyne.CanvasObject{kit.NewButton("取出文件", kit.ButtonPlain, func() { p.takeOut(t, s) }),
		kit.NewButton("与上级对照…", kit.ButtonPlain, func() { p.theirs.ask(t, s) })}
}

// takeOut writes a file as it was sent.
func (p *Page) takeOut(t *app.UpperTable, s app.UpperSending) {
	p.desk.Save(s.File(), func(path string) {
		page.Run(p.desk, func(ctx context.Context) (app.UpperSending, error) {
			return p.api.SentFile(ctx, t.ID, string(s.Period), path)
		}, func(app.UpperSending) { p.wrote(path, "已取出") })
	})
}

// wrote says what was written, with its folder at hand.
func (p *Page) wrote(path, what string) {
	p.desk.Say(kit.Toast{Text: what + "，存为“" + filepath.Base(path) + "”。", Action: "打开文件夹", OnAction: func() { p.desk.Reveal(filepath.Dir(path)) }})
}

// keepSent asks for the file that was sent of the table of the cursor, and for which
// period.
func (p *Page) keepSent() {
	t := p.current()
	if t == nil {
		return
	}
	p.desk.Materials(func(paths []string) {
		if len(paths) > 0 {
			p.askPeriod(t, paths[0])
		}
	})
}

func (p *Page) askPeriod(t *app.UpperTable, path string) {
	l := p.api.Catalog().Ledger(ledgers.UpperSent)
	dialog.Ask(p.desk, p.api, dialog.Question{
		Title: "登记报送：" + t.Title, Intro: "把“" + filepath.Base(path) + "”留存为报给" + t.Asker + "的表。", Fields: dialog.Fields(l, "period", "sent_on"), Yes: "留存",
		Begin: func(f *form.Form) {
			f.Propose("period", periodToSend(t, p.now.Day).Words(), "")
			f.Propose("sent_on", string(p.now.Day), "")
		},
		Work: func(ctx context.Context, got []app.Assignment) (app.Done, error) {
			req := app.KeepSentRequest{Table: t.ID, Path: path}
			for _, as := range got {
				if as.Field == "period" {
					req.Period = as.Words
				} else if day, ok := model.ParseDay(as.Words); ok {
					req.On = day
				} else {
					return app.Done{}, &model.Error{Code: model.CodeUsage, Field: "sent_on", Message: "报送日期应写成 2026-11-22 这样。"}
				}
			}
			done, _, err := p.api.KeepSent(ctx, req)
			return done, err
		},
		Done: func(done app.Done) {
			words := "已登记报送，文件已留存。"
			if len(done.Problems) > 0 {
				words = done.Problems[0].Message
			}
			p.tab = tabSent
			p.desk.Done(words, done.Op)
			p.reload()
		},
	})
}
