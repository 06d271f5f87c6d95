package app

import (
	"context"
	"maps"
	"slices"

	"github.com/google/uuid"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// RosterLine is a member on the roster (花名册) with the team's village.
type RosterLine struct {
	Village string
	Member  *model.Record
}

// Roster lists everybody who is or was on the roster, in the order of the divisions
// and within a village by duty.
func (a *App) Roster(ctx context.Context) ([]RosterLine, error) {
	groups, err := a.roster(ctx, func(*model.Record) bool { return true })
	var out []RosterLine
	for _, g := range groups {
		for _, m := range g.members {
			out = append(out, RosterLine{g.name, m})
		}
	}
	return out, err
}

// HandoverItem is something that passes to a successor (人员交接, CLERK 12).
type HandoverItem struct {
	Ledger, Label string // 任务
	Record, Title string
	Field, As     string // the field that names the person: 责任人
	Unit          string // where it is
	Due, State    string // in words, where it has them
	Left          string // why the name stays: 待党政办改; "" where it passes
}

// HandoverRequest passes what is open from a member of a team to another one.
type HandoverRequest struct {
	Leaver, Successor string // ids on the roster
	On                string // from which day, in words
	Witness           string // 监交人
}

// Handed tells what was handed over.
type Handed struct {
	Done
	On                         model.Day
	Village                    string
	Leaver, Successor, Witness string
	Items                      []HandoverItem
}

// passing are the fields whose person changes with a handover. Who signed, promised
// or visited stays who it was.
var passing = []string{"person", "lead_person", "helper"}

// HandoverItems lists what would pass from a member: open items, households in
// their care, running measures, posts. Finished items and history keep the name.
func (a *App) HandoverItems(ctx context.Context, leaver string) ([]HandoverItem, error) {
	who, err := a.persons(ctx, a.store, leaver)
	if err != nil {
		return nil, err
	}
	held, err := a.holdings(ctx, a.store, who)
	if err != nil {
		return nil, err
	}
	p, err := a.Settings(ctx)
	items := make([]HandoverItem, len(held))
	for i, h := range held {
		items[i] = h.item(keepingOf(p, h.l))
	}
	return items, err
}

// identity is one person under the ids that different ledgers know them by.
type identity struct {
	member *model.Record // on the roster
	ids    map[string]string
}

// is reports whether a reference means the person.
func (w identity) is(v model.Value) bool {
	return v.ID != "" && slices.Contains(slices.Collect(maps.Values(w.ids)), v.ID)
}

// persons finds a member of a team and, among the persons of the village and of the
// unit that sent them, the one of that name: 任职 and 任务 know persons only.
func (a *App) persons(ctx context.Context, r store.Reader, member string) (identity, error) {
	rec, err := r.Get(ctx, ledgers.Team, member)
	if err != nil {
		return identity{}, err
	}
	who := identity{rec, map[string]string{ledgers.Team: rec.ID}}
	hits, err := r.Find(ctx, ledgers.Person, map[string]model.Value{"name": rec.Get("name")}, "")
	near := slices.DeleteFunc(hits, func(p *model.Record) bool {
		unit := p.Get("unit").ID
		return p.Area != rec.Area && (unit == "" || unit != rec.Get("home_unit").ID)
	})
	if len(near) == 1 {
		who.ids[ledgers.Person] = near[0].ID
	}
	return who, err
}

// holding is a record that a person answers for, with the field that says so.
type holding struct {
	l     *model.Ledger
	field *model.Field
	rec   *model.Record
}

// item is the holding as it is listed. What another office keeps is on the list for
// that office to change: here it is read only.
func (h holding) item(k Keeping) HandoverItem {
	it := HandoverItem{Ledger: h.l.Key, Label: h.l.Label, Record: h.rec.ID, Title: h.l.Name(h.rec), Field: h.field.Key, As: h.field.Label, Due: h.rec.Get("due").Text}
	for _, key := range []string{"unit", "village", "at", "household"} {
		if f := h.l.Field(key); f != nil && it.Unit == "" {
			it.Unit = f.Show(h.rec.Get(key))
		}
	}
	for _, key := range []string{"state", "stage"} {
		if f := h.l.Field(key); f != nil && it.State == "" {
			it.State = f.Show(h.rec.Get(key))
		}
	}
	if !k.Mine {
		it.Left = "待" + k.Office + "改"
	}
	return it
}

// holdings finds what a person answers for and has not finished, in the order of the
// catalog.
func (a *App) holdings(ctx context.Context, r store.Reader, who identity) ([]holding, error) {
	var out []holding
	for _, l := range a.Catalog().All() {
		for i := range l.Fields {
			f := &l.Fields[i]
			if f.Ref == nil || l.System || !slices.Contains(passing, f.Key) {
				continue
			}
			for _, ledger := range f.Ref.Ledgers {
				if who.ids[ledger] == "" {
					continue
				}
				hits, err := r.Find(ctx, l.Key, map[string]model.Value{f.Key: model.Reference(who.ids[ledger], "")}, "")
				if err != nil {
					return nil, err
				}
				for _, rec := range hits {
					if a.passes(l, rec) {
						out = append(out, holding{l, f, rec})
					}
				}
			}
		}
	}
	return out, nil
}

// passes reports whether a record still has something to be done: an item that is
// not finished, a post or a measure without an end, a household not yet cleared.
func (a *App) passes(l *model.Ledger, rec *model.Record) bool {
	end := rec.Get("to").End
	switch {
	case l.Flow != nil:
		state := rec.Get(l.Flow.State).Text
		return state != ledgers.StateDone && state != ledgers.StateEnded
	case l.Key == ledgers.Household:
		return ledgers.MonitorStage(rec) != ledgers.StageCleared
	case l.Key == ledgers.Post || l.Key == ledgers.Measure:
		return end == "" || end >= a.Today()
	}
	return false
}

// Handover passes everything open from the leaver to the successor in one operation,
// ends the leaver's term and posts, and keeps the change as a record of 轮换交接.
func (a *App) Handover(ctx context.Context, req HandoverRequest) (Handed, error) {
	on, err := a.handoverDay(req)
	if err != nil {
		return Handed{}, err
	}
	h := Handed{On: on, Witness: req.Witness}
	from, err := a.persons(ctx, a.store, req.Leaver)
	if err != nil {
		return h, err
	}
	to, err := a.persons(ctx, a.store, req.Successor)
	if err != nil {
		return h, err
	}
	h.Village, h.Leaver, h.Successor = from.member.Get("village").Text, from.member.Get("name").Text, to.member.Get("name").Text
	h.Op, err = a.do(ctx, "set", "人员交接：“"+h.Leaver+"”交给“"+h.Successor+"”", func(tx *store.Tx) error {
		return a.passAll(ctx, tx, from, to, &h)
	})
	return h, err
}

// handoverDay reads the day and refuses a handover to oneself.
func (a *App) handoverDay(req HandoverRequest) (model.Day, error) {
	if uuid.Validate(req.Successor) != nil {
		return "", &model.Error{Code: model.CodeInvalid, Field: "successor", Message: "请从花名册里选接任人员。还没有登记的，先新增队员。"}
	}
	if req.Leaver == req.Successor {
		return "", &model.Error{Code: model.CodeInvalid, Field: "successor", Message: "接任人员和移交人是同一个人，请另选。"}
	}
	words, doubt := text.ParseDate(req.On, a.Today())
	if words.Start == "" || words.Start != words.End {
		return "", &model.Error{Code: model.CodeInvalid, Field: "came_on", Message: "交接日期要写到哪一天，例如 2026年11月25日。" + doubt.Message}
	}
	return words.Start, nil
}

// passAll writes the handover.
func (a *App) passAll(ctx context.Context, tx *store.Tx, from, to identity, h *Handed) error {
	held, err := a.holdings(ctx, tx, from)
	if err != nil {
		return err
	}
	p, err := params(ctx, tx, a.Today())
	if err != nil {
		return err
	}
	for _, item := range held {
		listed := item.item(keepingOf(p, item.l))
		if h.Items = append(h.Items, listed); listed.Left != "" {
			continue
		}
		if err := a.pass(ctx, tx, item, &to, h.On); err != nil {
			return err
		}
	}
	if end := from.member.Get("to").End; end == "" || end > h.On {
		if _, err := tx.Set(ledgers.Team, from.member.ID, map[string]model.Value{"to": model.OnDay(h.On)}); err != nil {
			return err
		}
	}
	return a.keepRotation(ctx, tx, from, to, h)
}

// pass puts the successor in the place of the leaver. A post is not renamed: it ends
// the day before, and the successor's begins.
func (a *App) pass(ctx context.Context, tx *store.Tx, item holding, to *identity, on model.Day) error {
	id, err := a.idFor(tx, item.field, to)
	if err != nil {
		return err
	}
	name := model.Reference(id, to.member.Get("name").Text)
	if item.l.Key == ledgers.Post {
		next := model.NewRecord(ledgers.Post, "")
		maps.Copy(next.Values, item.rec.Values)
		next.Area = item.rec.Area
		next.Put("person", name)
		next.Put("from", model.OnDay(on))
		next.Put("to", model.Value{})
		if _, err := tx.Set(ledgers.Post, item.rec.ID, map[string]model.Value{"to": model.OnDay(on.Add(-1))}); err != nil {
			return err
		}
		return tx.Add(next)
	}
	values := map[string]model.Value{item.field.Key: name}
	if item.field.Key == "helper" {
		values["helper_unit"], values["helper_phone"] = model.Text(to.member.Get("home_unit").Text), to.member.Get("phone")
	}
	_, err = tx.Set(item.l.Key, item.rec.ID, values)
	return err
}

// idFor is the successor's id as a field may refer to it. Where it takes persons
// only, a person of that name is entered if there is none.
func (a *App) idFor(tx *store.Tx, f *model.Field, to *identity) (string, error) {
	if slices.Contains(f.Ref.Ledgers, ledgers.Team) {
		return to.ids[ledgers.Team], nil
	}
	if id := to.ids[ledgers.Person]; id != "" {
		return id, nil
	}
	rec := model.NewRecord(ledgers.Person, "")
	rec.Area = to.member.Area
	for _, key := range []string{"name", "phone", "gender"} {
		rec.Put(key, to.member.Get(key))
	}
	rec.Put("unit", to.member.Get("village"))
	if err := tx.Add(rec); err != nil {
		return "", err
	}
	to.ids[ledgers.Person] = rec.ID
	return rec.ID, nil
}

// keepRotation enters the handover in 轮换交接, in the line that is there already if
// the recall was registered before.
func (a *App) keepRotation(ctx context.Context, tx *store.Tx, from, to identity, h *Handed) error {
	values := map[string]model.Value{
		"successor": model.Reference(to.member.ID, h.Successor), "left_on": model.OnDay(h.On), "handed_on": model.OnDay(h.On),
		"witness": model.Text(h.Witness),
	}
	if came := to.member.Get("from"); came.Start != "" {
		values["came_on"] = model.OnDay(came.Start)
	}
	hits, err := tx.Find(ctx, ledgers.Rotation, map[string]model.Value{"leaver": model.Reference(from.member.ID, "")}, "")
	if err != nil {
		return err
	}
	if len(hits) > 0 {
		for key := range values {
			if had := hits[0].Get(key); !had.IsEmpty() && (key == "left_on" || key == "came_on" || values[key].IsEmpty()) {
				delete(values, key)
			}
		}
		_, err := tx.Set(ledgers.Rotation, hits[0].ID, values)
		return err
	}
	rec := model.NewRecord(ledgers.Rotation, "")
	rec.Area = from.member.Area
	rec.Put("village", from.member.Get("village"))
	rec.Put("leaver", model.Reference(from.member.ID, h.Leaver))
	for key, v := range values {
		rec.Put(key, v)
	}
	return tx.Add(rec)
}
