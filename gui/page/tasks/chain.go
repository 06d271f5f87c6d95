package tasks

import (
	"fmt"
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page/steps"
	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// link is one item of a chain of responsibility.
type link struct {
	node  *node
	depth int
	here  bool // the item the chain is of
}

// mostLinks is how many parts of an item the chain shows; the grid shows all.
const mostLinks = 40

// chain is the item with all above it and its parts, from the county down: who
// answers for each and who holds it up. The parts that hold it up come first.
func chain(n *node) (links []link, more int) {
	var above []*node
	for at := n.above; at != nil; at = at.above {
		above = append([]*node{at}, above...)
	}
	for i, at := range above {
		links = append(links, link{at, i, false})
	}
	links = append(links, link{n, len(above), true})
	for _, held := range []bool{true, false} {
		for _, c := range n.children {
			if holdsUp(c.rec) != held {
				continue
			}
			if len(links) >= mostLinks {
				more++
				continue
			}
			links = append(links, link{c, len(above) + 1, false})
		}
	}
	return links, more
}

// holdsUp reports whether an item or one below it is late.
func holdsUp(r *model.Record) bool {
	l := r.Get(colLight).Text
	return l == ledgers.LightRed || l == ledgers.LightBelow
}

// chain shows the chain of the item.
func (d *drawer) chain() fyne.CanvasObject {
	links, more := chain(d.node)
	box := container.NewVBox()
	for _, l := range links {
		box.Add(d.link(l))
	}
	if more > 0 {
		box.Add(kit.NewNote(fmt.Sprintf("还有 %d 项，在左边的表里看。", more)))
	}
	if len(d.node.children) == 0 && !d.node.foreign {
		box.Add(kit.NewNote("这一项还没有分解到下级。"))
	}
	return box
}

// link is one item: mark and light, what it is, who answers for it.
func (d *drawer) link(l link) fyne.CanvasObject {
	r, data := l.node.rec, d.page.source.data
	mark, status := steps.Light(r)
	state := kit.NewLine(orWords(status, data.ledger.Field(colState).Show(r.Get(colState))), look.TextSmall, mark.Tone().Text(), false)
	state.Fixed = true
	var ink color.Color = look.Ink
	if !l.here && l.node.foreign {
		ink = look.Second
	}
	title := kit.NewLine(data.ledger.Name(r), look.TextBody, ink, l.here)
	who := kit.NewNote(linkNote(r))
	open := kit.NewIconButton(look.IconRight, func() { d.page.goTo(r.ID) })
	if l.here {
		open.Hide()
	}
	lines := container.NewVBox(title, container.NewBorder(nil, nil, container.NewHBox(kit.NewMark(mark), state), nil, who))
	if held := r.Get("held_up").Text; held != "" && holdsUp(r) {
		lines.Add(kit.NewNote("滞后环节：" + held))
	}
	return container.New(linkLayout{float32(l.depth)}, container.NewBorder(nil, nil, nil, open, lines), separator())
}

// linkNote says who answers for an item.
func linkNote(r *model.Record) string {
	words := r.Get(colUnit).Text
	if p := r.Get(colPerson).Text; p != "" {
		words += " · " + p
	}
	return words
}

func orWords(words, other string) string {
	if words != "" {
		return words
	}
	return other
}

// linkLayout moves a link in by its level and draws the line under it.
type linkLayout struct{ depth float32 }

// MinSize is that of the link.
func (linkLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(160, o[0].MinSize().Height+look.Gap)
}

// Layout places link and line.
func (l linkLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	in := l.depth * look.GapPage
	o[0].Move(fyne.NewPos(in, 0))
	o[0].Resize(fyne.NewSize(s.Width-in, s.Height-look.GapHair))
	o[1].Move(fyne.NewPos(in, s.Height-1))
	o[1].Resize(fyne.NewSize(s.Width-in, 1))
}

// headNote stands behind the light of an item: who holds it up and why.
func headNote(r *model.Record) string {
	held, problem := r.Get("held_up").Text, oneLine(r.Get(colProblem).Text)
	switch {
	case held == "" || !holdsUp(r):
		return ""
	case problem == "":
		return "滞后环节：" + held
	}
	return "滞后环节：" + held + " · " + problem
}

// rollup is what the parts of an item come to: 78% where they count alike, else 3/16 项.
func rollup(l *model.Ledger, r *model.Record) string {
	if v := r.Get("computed_percent"); !v.IsEmpty() {
		return withPercent(showNumber(l.Field("computed_percent"), v))
	}
	if total := r.Get("children_total").Num; total > 0 {
		return strconv.FormatInt(r.Get("children_done").Num, 10) + "/" + strconv.FormatInt(total, 10) + " 项"
	}
	return ""
}

func orDash(words string) string { return orWords(words, "—") }

// allKeys are all fields of a ledger that people read.
func allKeys(l *model.Ledger) []string {
	var out []string
	for i := range l.Fields {
		if f := &l.Fields[i]; !f.Internal {
			out = append(out, f.Key)
		}
	}
	return append(out, readOnlyKeys(l)...)
}

// readOnlyKeys are fields that are only shown beside the form: what steps and the
// program set.
func readOnlyKeys(l *model.Ledger) []string {
	return []string{colState, "due_first", "extend_to", "extend_reason", "closed_on", "held_up", "children_total", "children_done", "owed", "reported_period", colUpdated}
}

// shownRef are the words of a reference that is kept by its id.
func shownRef(d data, field, words string) string {
	f := d.ledger.Field(field)
	if f == nil || f.Ref == nil {
		return words
	}
	for _, key := range f.Ref.Ledgers {
		for _, c := range d.refs[key] {
			if c.ID == words {
				return c.Text
			}
		}
	}
	return words
}
