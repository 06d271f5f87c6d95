package tasks

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// mostShown is how many receivers the dialog shows at once; the rest is found by
// its name, or pasted.
const mostShown = 64

// splitter is the dialog in which an item is split (分解).
type splitter struct {
	page   *Page
	item   *node
	list   []*receiver
	words  string // searched for
	rows   *fyne.Container
	every  *kit.Tick
	sum    *kit.Para
	paste  *kit.Entry
	dialog *kit.Dialog
}

// splitItem opens the dialog.
func (p *Page) splitItem(n *node) {
	c := p.desk.Canvas()
	if n == nil || c == nil {
		p.desk.Say(kit.Toast{Text: "请先选一项要分解的任务。"})
		return
	}
	s := &splitter{page: p, item: n, list: receivers(p.tree, n)}
	if len(s.list) == 0 {
		p.desk.Say(kit.Toast{Text: "“" + p.source.ledger.Name(n.rec) + "”的责任单位下面没有可以分解到的单位。可以在“设置”里登记。"})
		return
	}
	s.dialog = kit.ShowDialog(c, "分解：“"+p.source.ledger.Name(n.rec)+"”", s.content(c.Size()),
		kit.NewButton("取消", kit.ButtonPlain, func() { s.dialog.Close() }),
		kit.NewButton("分解", kit.ButtonMain, s.run))
	s.fill()
	s.tell()
}

// splitWidth is the width of the dialog's content.
const splitWidth float32 = 560

// content arranges the search, the receivers, the pasted list and the sum.
func (s *splitter) content(room fyne.Size) fyne.CanvasObject {
	find := kit.NewEntry("找单位，可用拼音首字母")
	find.OnChanged = func(words string) {
		s.words = words
		s.fill()
	}
	s.every = kit.NewTick("全选", false, s.all)
	s.rows = container.NewVBox()
	scroll := container.NewVScroll(container.New(kit.Inset{}, s.rows))
	scroll.SetMinSize(fyne.NewSize(splitWidth, min(300, room.Height-330)))
	s.paste = kit.NewLongEntry("或粘贴名单，一行一个：青山村 1.2", 2)
	take := kit.NewButton("按名单勾选", kit.ButtonPlain, s.takePasted)
	s.sum = kit.NewPara("", look.TextBody, look.Ink, false, 2)
	top := container.NewBorder(kit.NewNote(s.headWords()), nil, s.every, nil, find)
	below := container.NewVBox(container.NewBorder(nil, nil, nil, container.NewVBox(take), s.paste),
		container.New(introLayout{splitWidth}, s.sum))
	return container.NewBorder(top, below, nil, nil, scroll)
}

// headWords says what there is to hand down.
func (s *splitter) headWords() string {
	d, item := s.page.source.data, s.item.rec
	if item.Get("target_qty").IsEmpty() {
		return "这一项没有填目标量，分解后各单位自己填。"
	}
	f := d.ledger.Field("target_qty")
	unit := item.Get("target_unit").Text
	words := "目标量 " + showNumber(f, item.Get("target_qty")) + unit
	return words + "，未分解 " + trim(model.FormatScaled(owedNow(item), f.Scale, false)) + unit
}

// fill lists the receivers that fit what is searched for.
func (s *splitter) fill() {
	shown, more := matching(s.list, s.words, mostShown)
	s.rows.Objects = nil
	for _, r := range shown {
		s.rows.Add(s.line(r))
	}
	if more > 0 {
		s.rows.Add(kit.NewNote(fmt.Sprintf("还有 %d 个单位，请输入名称查找，或粘贴名单。", more)))
	}
	s.rows.Refresh()
}

// line is one receiver: chosen or not, and its share.
func (s *splitter) line(r *receiver) fyne.CanvasObject {
	label := r.name
	if r.has {
		label += "（已分解过）"
	}
	share := kit.NewEntry("分解量")
	share.SetText(r.share)
	check := kit.NewTick(label, r.chosen, func(on bool) {
		r.chosen = on
		s.tell()
	})
	share.OnChanged = func(words string) {
		r.share = strings.TrimSpace(words)
		if words != "" && !r.chosen {
			r.chosen = true
			check.Set(true)
		}
		s.tell()
	}
	return container.New(shareLineLayout{}, check, share)
}

// all chooses every receiver that fits the search, or none.
func (s *splitter) all(on bool) {
	shown, _ := matching(s.list, s.words, len(s.list))
	for _, r := range shown {
		r.chosen = on
	}
	s.fill()
	s.tell()
}

// takePasted chooses the units of the pasted list.
func (s *splitter) takePasted() {
	unknown := pasteShares(s.list, s.paste.Text)
	s.fill()
	s.tell()
	if len(unknown) > 0 {
		s.sum.SetText("名单里这些单位没有找到：" + strings.Join(unknown, "、") + "。请核对写法。")
		return
	}
	s.paste.SetText("")
}

// tell shows what the split comes to.
func (s *splitter) tell() {
	s.sum.SetText(sum(s.page.source.data, s.item.rec, s.list).words(s.page.source.data, s.item.rec))
}

// run splits the item.
func (s *splitter) run() {
	d := s.page.source.data
	total := sum(d, s.item.rec, s.list)
	if total.problem != "" {
		return
	}
	if total.chosen == 0 {
		s.sum.SetText("请先勾选要分解到的单位。")
		return
	}
	req := splitRequest(d.ledger.Key, s.item.rec.ID, s.list)
	s.page.run(nil, s.dialog, fmt.Sprintf("已分解到 %d 个单位", total.chosen), func(ctx context.Context) (app.Done, error) {
		return s.page.api.Split(ctx, req)
	}, nil)
}

// splitRequest names the chosen receivers by their ids, which no two share, and
// their shares if any has one.
func splitRequest(ledger, id string, list []*receiver) app.SplitRequest {
	req := app.SplitRequest{Ledger: ledger, ID: id}
	some := false
	for _, r := range list {
		if r.chosen {
			req.To, req.Shares = append(req.To, r.id), append(req.Shares, r.share)
			some = some || r.share != ""
		}
	}
	if !some {
		req.Shares = nil
	}
	return req
}

// shareLineLayout places a check box and, at a fixed place, the share.
type shareLineLayout struct{}

// MinSize is that of both.
func (shareLineLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(360, max(o[0].MinSize().Height, o[1].MinSize().Height))
}

// Layout places them.
func (shareLineLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	const share float32 = 140
	o[0].Resize(fyne.NewSize(s.Width-share-look.Gap, s.Height))
	o[1].Move(fyne.NewPos(s.Width-share, 0))
	o[1].Resize(fyne.NewSize(share, s.Height))
}
