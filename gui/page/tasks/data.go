package tasks

import (
	"cmp"
	"context"
	"slices"

	"xiangzhen/gui/page/form"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

// data is what was read, once, for the whole page: nothing in it is changed
// afterwards.
type data struct {
	ledger   *model.Ledger
	progress *model.Ledger
	all      []*model.Record
	byID     map[string]*model.Record
	own      map[string]bool // ids of tasks of this level and below
	places   places
	home     *model.Record // the area the ledger is kept for; nil if none was set
	actor    model.Actor
	soon     string       // days within which an item counts as due soon
	params   model.Params // in force today
	today    model.Day
	period   model.Month
	// reports are those of the period and of the month before, by task.
	reports, earlier map[string]*model.Record
	refs             form.Refs
}

// places are the areas and units that items belong to.
type places map[string]place

// place is an area or a unit.
type place struct {
	rec   *model.Record
	above string // the area above an area, the area of a unit
	rank  int    // in the order of the divisions
}

// newPlaces puts areas in the order of the divisions, each followed by what is
// below it, and units behind them.
func newPlaces(areas, units []*model.Record) places {
	p, below := places{}, map[string][]*model.Record{}
	known := map[string]bool{}
	for _, a := range areas {
		known[a.ID] = true
	}
	for _, a := range areas {
		above := a.Get("parent").ID
		if !known[above] {
			above = ""
		}
		below[above] = append(below[above], a)
	}
	var walk func(above string)
	walk = func(above string) {
		slices.SortStableFunc(below[above], compareAreas)
		for _, a := range below[above] {
			p[a.ID] = place{a, above, len(p)}
			walk(a.ID)
		}
	}
	walk("")
	for _, u := range units {
		p[u.ID] = place{u, u.Area, len(p)}
	}
	return p
}

// compareAreas orders areas by their given order, then by code; without either they
// stay as entered.
func compareAreas(a, b *model.Record) int {
	return cmp.Or(
		cmp.Compare(a.Get("order").Num, b.Get("order").Num),
		cmp.Compare(a.Get("code").Text, b.Get("code").Text))
}

// rank is the place of an area or unit in the order of the divisions; what is not
// known comes last.
func (p places) rank(id string) int {
	if at, ok := p[id]; ok {
		return at.rank
	}
	return len(p)
}

// deepest bounds how far up is looked: a loop in the data must not hang the window.
const deepest = 12

// within reports whether an area is top or lies below it. Without a top all is.
func (p places) within(id, top string) bool {
	for range deepest {
		switch {
		case id == top || top == "":
			return true
		case id == "":
			return false
		}
		id = p[id].above
	}
	return false
}

// level is that of an area, or of a unit.
func (p places) level(id string) model.Level {
	at, ok := p[id]
	if !ok {
		return ""
	}
	if l := at.rec.Get("level").Text; l != "" || at.rec.Ledger == ledgers.Area {
		return model.Level(l)
	}
	return model.Level(p[at.above].rec.Get("level").Text)
}

// area is that of a unit, or the area itself.
func (p places) area(id string) string {
	if at, ok := p[id]; ok && at.rec.Ledger != ledgers.Area {
		return at.above
	}
	return id
}

// crumb is the way down to an area: 示例县 › 甲镇 › 青山村.
func (p places) crumb(id string) string {
	words := ""
	for range deepest {
		at, ok := p[id]
		if !ok {
			break
		}
		if name := at.rec.Get("name").Text; words == "" {
			words = name
		} else {
			words = name + " › " + words
		}
		id = at.above
	}
	return words
}

// read reads all that the page shows, with the reports of a month.
func read(ctx context.Context, api API, period model.Month) (data, error) {
	d := data{today: api.Today(), period: period, home: api.Home(), actor: api.Actor(),
		own: map[string]bool{}, byID: map[string]*model.Record{}}
	d.progress = api.Catalog().Ledger(ledgers.Progress)
	lists := map[string][]*model.Record{}
	for _, key := range []string{ledgers.Task, ledgers.Area, ledgers.Unit} {
		l, page, err := api.List(ctx, app.ListRequest{Ledger: key})
		if err != nil {
			return d, err
		}
		lists[key] = page.Records
		if key == ledgers.Task {
			d.ledger = l
		}
	}
	d.all, d.places = lists[ledgers.Task], newPlaces(lists[ledgers.Area], lists[ledgers.Unit])
	top := ""
	if d.home != nil {
		top = d.home.ID
	}
	for _, r := range d.all {
		d.byID[r.ID] = r
		d.own[r.ID] = d.places.within(r.Area, top)
	}
	return d, d.readRest(ctx, api)
}

// readRest reads the reports of the period and what entries can choose from.
func (d *data) readRest(ctx context.Context, api API) error {
	params, err := api.Settings(ctx)
	if err != nil {
		return err
	}
	d.params, d.soon = params, params[rule.DueSoonDays]
	if d.reports, err = readReports(ctx, api, d.period); err != nil {
		return err
	}
	if d.earlier, err = readReports(ctx, api, d.period.Add(-1)); err != nil {
		return err
	}
	d.refs, err = form.ReadRefs(ctx, api, d.ledger)
	return err
}

// readReports returns the reports of a month by task.
func readReports(ctx context.Context, api API, period model.Month) (map[string]*model.Record, error) {
	_, page, err := api.List(ctx, app.ListRequest{Ledger: ledgers.Progress, Where: []string{"period=" + string(period)}})
	out := make(map[string]*model.Record, len(page.Records))
	for _, r := range page.Records {
		out[r.Get("task").ID] = r
	}
	return out, err
}
