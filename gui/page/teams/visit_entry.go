package teams

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page/dialog"
	"xiangzhen/gui/page/form"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/text"
)

// entry is the dialog 记走访: one day, one visitor, several households in one go.
type entry struct {
	p      *Page
	all    []*model.Record // households that can be chosen
	chosen []*model.Record

	search *kit.Picker
	field  *kit.Field
	list   *fyne.Container
}

// add asks for visits: of the households chosen in the matrix, if there are some.
func (v *visits) add() { v.ask(v.chosen(), nil) }

// again asks for the same as on the last day on which somebody was visited.
func (v *visits) again() {
	last := lastDay(v.newest(), v.p.api.Today())
	if len(last) == 0 {
		v.p.say("还没有可以照抄的走访。")
		return
	}
	var households []*model.Record
	for _, r := range last {
		if h := v.household(r.Get("household").ID); h != nil && !slices.Contains(households, h) {
			households = append(households, h)
		}
	}
	v.ask(households, last[0])
}

// newest are the visits read, newest first.
func (v *visits) newest() []*model.Record { return v.data.visits }

// household is a household of the matrix by its id, nil if it is not there.
func (v *visits) household(id string) *model.Record {
	for _, h := range v.data.coverage.Households {
		if h.ID == id {
			return h
		}
	}
	return nil
}

// kept are the fields that pass from one entry to the next.
var kept = []string{"visitor", "at_home", "topics"}

// ask opens the dialog, begun with households and with what an earlier visit says;
// without one the visitor of the newest visit is proposed.
func (v *visits) ask(households []*model.Record, like *model.Record) {
	l := v.p.api.Catalog().Ledger(ledgers.Visit)
	e := newEntry(v.p, v.data.coverage.Households, households)
	keys := kept
	if like == nil && len(v.data.visits) > 0 {
		like, keys = v.data.visits[0], kept[:1]
	}
	dialog.Ask(v.p.desk, v.p.api, dialog.Question{Title: "记走访", Ledger: l, Fields: dialog.Fields(l, "visited_on", "visitor", "at_home", "topics", "problem", "handling"), Above: e.object(), First: e.search, Yes: "保存",
		Begin: func(f *form.Form) {
			f.Propose("visited_on", string(v.p.api.Today()), "")
			for _, key := range keys {
				if like != nil {
					f.Propose(key, l.Field(key).Show(like.Get(key)), like.Get(key).ID)
				}
			}
		},
		Work: func(ctx context.Context, got []app.Assignment) (app.Done, error) {
			if len(e.chosen) == 0 {
				return app.Done{}, model.Errorf(model.CodeInvalid, "还没有选户。在“走访户”里输入姓名或拼音首字母，按回车加上。")
			}
			return v.p.api.SetMany(ctx, l.Key, visitRows(e.chosen, got))
		},
		Done: func(done app.Done) {
			v.p.desk.Done(fmt.Sprintf("已记下 %d 户的走访", len(done.Records)), done.Op)
		}})
}

func newEntry(p *Page, all, chosen []*model.Record) *entry {
	e := &entry{p: p, all: all, chosen: chosen, list: container.NewVBox()}
	e.search = kit.NewPicker("输入姓名或拼音首字母，回车加上，可以加几户", e.find)
	e.search.OnChosen = e.take
	e.field = kit.NewField("走访户", true, "", e.search)
	e.show()
	return e
}

func (e *entry) object() fyne.CanvasObject { return container.NewVBox(e.field, e.list) }

// find searches the households by their names and villages.
func (e *entry) find(query string) []kit.Choice {
	var all []kit.Choice
	for _, h := range e.all {
		name, village := h.Get("householder").Text, h.Get("village").Text
		if query == "" || text.Contains(query, name, village) {
			all = append(all, kit.Choice{ID: h.ID, Text: name, Note: village + " " + h.Get("group").Text})
		}
	}
	return form.Filter(all)("")
}

// take adds a household and is ready for the next.
func (e *entry) take(c kit.Choice) {
	i := slices.IndexFunc(e.all, func(h *model.Record) bool { return h.ID == c.ID })
	if i >= 0 && !slices.Contains(e.chosen, e.all[i]) {
		e.chosen = append(e.chosen, e.all[i])
	}
	e.search.SetChoice(kit.Choice{})
	e.show()
	e.p.focus(e.search)
}

// show lists the chosen households; a click takes one away again.
func (e *entry) show() {
	e.list.Objects = nil
	for _, h := range e.chosen {
		e.list.Add(container.NewHBox(kit.NewButton(h.Get("householder").Text+"（"+h.Get("village").Text+"）　移除", kit.ButtonLink, func() {
			e.chosen = slices.DeleteFunc(slices.Clone(e.chosen), func(o *model.Record) bool { return o == h })
			e.show()
		})))
	}
	e.field.SetMeaning(fmt.Sprintf("已选 %d 户", len(e.chosen)))
	e.list.Refresh()
}
