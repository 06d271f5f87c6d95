package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/text"
)

// Agenda is what asks for attention today in the unit the ledger is kept for and
// below it. What its user may not do is not on it.
type Agenda struct {
	Day   model.Day
	Unit  string // 本级单位, "" if none is set
	Items int    // followed items of the unit and below

	Late, Soon int // held up past their day; due within SoonDays
	SoonTasks  int // how many of Soon are tasks
	SoonDays   int
	Review     int // waiting for this unit's answer
	Conflicts  int // open

	Groups   []AgendaGroup // in the order of AgendaGroups, empty ones too
	Areas    []Completion  // next below the unit, in the order of the divisions
	AreaWord string        // what these are: 村, 乡镇
	Reports  []ReportStanding
	Team     TeamStanding
}

// Group returns a group, an empty one before there is any.
func (x Agenda) Group(key AgendaKey) AgendaGroup {
	for _, g := range x.Groups {
		if g.Key == key {
			return g
		}
	}
	return AgendaGroup{}
}

// AgendaKey names a group of the agenda.
type AgendaKey string

// The groups, in their order.
const (
	AgendaLate   AgendaKey = "late"   // 逾期
	AgendaDue    AgendaKey = "due"    // 今明到期
	AgendaUpper  AgendaKey = "upper"  // 上级报表
	AgendaMine   AgendaKey = "mine"   // 待我处理
	AgendaRemind AgendaKey = "remind" // 提醒
)

// AgendaGroup is a group of lines. Total may be more than there are lines; with
// More it is itself only the least it can be. Tasks is how many of Total are tasks,
// the others being of further ledgers.
type AgendaGroup struct {
	Key          AgendaKey
	Total, Tasks int
	More         bool
	Lines        []AgendaLine
}

// OnlyTasks reports whether the list of tasks shows all of the group.
func (g AgendaGroup) OnlyTasks() bool { return g.Tasks == g.Total }

// add puts a line into the group.
func (g *AgendaGroup) add(l AgendaLine) {
	g.Lines = append(g.Lines, l)
	g.count(l.Ledger, 1)
}

// count counts items of a ledger without a line for each.
func (g *AgendaGroup) count(ledger string, n int) {
	g.Total += n
	if ledger == ledgers.Task {
		g.Tasks += n
	}
}

// settle brings what has a day into the order of the days, whatever ledger it is
// of, and leaves as many lines as a group may have.
func (g *AgendaGroup) settle() {
	if g.Key == AgendaLate || g.Key == AgendaDue || g.Key == AgendaUpper {
		slices.SortStableFunc(g.Lines, func(x, y AgendaLine) int { return x.Days - y.Days })
	}
	g.Lines = g.Lines[:min(len(g.Lines), mostLines)]
}

// AgendaKind says why a line is on the agenda.
type AgendaKind string

// The kinds of a line.
const (
	KindLate     AgendaKind = "late"     // past its day
	KindDue      AgendaKind = "due"      // its day is today or tomorrow
	KindReview   AgendaKind = "review"   // 申请办结, 申请销号 …, to be answered
	KindExtend   AgendaKind = "extend"   // 申请延期, to be answered
	KindAssign   AgendaKind = "assign"   // 待交办 by this unit
	KindAccept   AgendaKind = "accept"   // 待签收 by this unit
	KindConflict AgendaKind = "conflict" // two sides differ
	KindGap      AgendaKind = "gap"      // behind its schedule
	KindSilence  AgendaKind = "silence"  // not reported in time
	KindRecheck  AgendaKind = "recheck"  // its 复核日期 has come
	KindTerm     AgendaKind = "term"     // a resident's term ends
	KindUnissued AgendaKind = "unissued" // a report of the month has not gone out
	KindBackup   AgendaKind = "backup"   // no second place for too long
	KindInbox    AgendaKind = "inbox"    // tables in the watched folder that were not taken in
	KindCarried  AgendaKind = "carried"  // a ledger carried to the villages is not back

	KindUpperLate AgendaKind = "upper_late" // a registered table past its time, not sent
	KindUpperDue  AgendaKind = "upper_due"  // one that is due soon
)

// AgendaLine is one thing to look at. Ledger and Record say what it is about, where
// it is about a record.
type AgendaLine struct {
	Kind           AgendaKind
	Ledger, Record string
	Of             string // the ledger in words, "" for tasks and what is about no record
	Title          string
	Unit           string // whose it is, in words
	Days           int    // left, below 0 when past; of a backup since the last one
	Due            string // the limit as written
	Note           string // what holds it up, what differs, what was applied for; of a registered table the period
	More           int    // of a registered table: how many later periods are open too; of tables in the folder: how many besides
}

// Completion counts the items of an area and all below it: Done + Soon + Late and
// what is in hand besides make All. Ended items owe nothing and do not count.
type Completion struct {
	AreaID, Area          string
	All, Done, Soon, Late int
}

// ReportStanding is a report of the current month: who has reported, or that it
// has not gone out yet.
type ReportStanding struct {
	Completeness
	Issued bool
	Due    model.Day
}

// TeamStanding counts the roster of resident teams.
type TeamStanding struct {
	Members, InOffice int
	Ending, Over      int // terms that end soon, that have ended
}

const (
	// mostLines is how many lines of a group are given.
	mostLines = 50
	// mostAsked is how many items waiting in one state are asked whose move it is.
	mostAsked = 300
	// dueWithin is 今明: today and tomorrow.
	dueWithin = 1
)

// Agenda gathers what asks for attention today.
func (a *App) Agenda(ctx context.Context) (Agenda, error) {
	g := &gatherer{App: a, ctx: ctx, res: a.resolver(ctx, a.store), above: map[string]*model.Record{}}
	g.out = Agenda{Day: a.Today(), Unit: a.home.Get("name").Text}
	for _, key := range []AgendaKey{AgendaLate, AgendaDue, AgendaUpper, AgendaMine, AgendaRemind} {
		g.out.Groups = append(g.out.Groups, AgendaGroup{Key: key})
	}
	for _, part := range []func() error{
		g.counts, g.lights, g.uppers, g.reviews, g.moves, g.conflicts, g.inbox, g.carriedOut, g.completion, g.reports, g.team, g.backup,
	} {
		if err := part(); err != nil {
			return g.out, err
		}
	}
	for i := range g.out.Groups {
		g.out.Groups[i].settle()
	}
	return g.out, g.res.err
}

// gatherer puts an Agenda together, one part after the other.
type gatherer struct {
	*App
	ctx      context.Context
	res      *resolver
	params   model.Params
	above    map[string]*model.Record // items above, by id, nil where there is none
	followed []*model.Ledger          // those with items
	out      Agenda
}

func (g *gatherer) group(key AgendaKey) *AgendaGroup {
	i := slices.IndexFunc(g.out.Groups, func(x AgendaGroup) bool { return x.Key == key })
	return &g.out.Groups[i]
}

// own asks for records of the unit and below.
func (g *gatherer) own(ledger string, where ...model.Cond) model.Query {
	q := model.Query{Ledger: ledger, Where: where}
	if g.home.Get("parent").ID != "" { // else all there is lies below
		q.Areas = []string{g.home.ID}
	}
	return q
}

func is(field, word string) model.Cond {
	return model.Cond{Field: field, Op: model.OpEq, Value: model.Text(word)}
}

// conflicts lists where two sides differ, in the order in which it came up.
func (g *gatherer) conflicts() error {
	q := openConflicts()
	q.Limit = mostLines
	page, err := g.store.List(g.ctx, q)
	if err != nil {
		return err
	}
	g.out.Conflicts = page.Total
	group := g.group(AgendaMine)
	for _, rec := range page.Records {
		item, err := g.conflictItem(g.ctx, rec)
		if err != nil {
			return err
		}
		group.add(AgendaLine{Kind: KindConflict, Ledger: item.Ledger, Record: item.Record, Title: item.Name, Note: item.Label})
	}
	group.Total += page.Total - len(page.Records)
	return nil
}

// completion counts the items of the areas next below.
func (g *gatherer) completion() error {
	if g.home == nil {
		return nil
	}
	page, err := g.store.List(g.ctx, model.Query{Ledger: ledgers.Area, Where: []model.Cond{
		{Field: "parent", Op: model.OpEq, Value: model.Reference(g.home.ID, g.homeName())},
	}})
	if err != nil {
		return err
	}
	f := g.Catalog().Ledger(ledgers.Area).Field("level")
	g.out.AreaWord = f.OptionLabel(string(LevelBelow(g.homeLevel())))
	slices.SortStableFunc(page.Records, func(x, y *model.Record) int { return g.res.compareAreas(x.ID, y.ID) })
	at := map[string]int{}
	for i, area := range page.Records {
		at[area.ID] = i
		g.out.Areas = append(g.out.Areas, Completion{AreaID: area.ID, Area: area.Get("name").Text})
	}
	byTime := is("light_reason", ledgers.ReasonTime)
	for _, part := range []struct {
		where []model.Cond
		count func(c *Completion, n int)
	}{
		{nil, func(c *Completion, n int) { c.All += n }},
		{[]model.Cond{is("state", ledgers.StateEnded)}, func(c *Completion, n int) { c.All -= n }},
		{[]model.Cond{is("state", ledgers.StateDone)}, func(c *Completion, n int) { c.Done += n }},
		{[]model.Cond{is("light", ledgers.LightYellow), byTime}, func(c *Completion, n int) { c.Soon += n }},
		{[]model.Cond{is("light", ledgers.LightRed), byTime}, func(c *Completion, n int) { c.Late += n }},
	} {
		buckets, err := g.store.CountBy(g.ctx, g.own(ledgers.Task, part.where...), model.AreaKey)
		if err != nil {
			return err
		}
		for _, b := range buckets {
			if i, known := g.rowOf(at, b.Value.ID); known {
				part.count(&g.out.Areas[i], b.N)
			}
		}
	}
	return nil
}

// rowOf finds the area next below the unit in which an area lies.
func (g *gatherer) rowOf(at map[string]int, area string) (int, bool) {
	for range maxDepth {
		if i, known := at[area]; known || area == "" {
			return i, known
		}
		area = g.res.above(area)
	}
	return 0, false
}

// reports tells where each report of the month stands, and reminds of one that has
// not gone out though there is something to report on.
func (g *gatherer) reports() error {
	if here, err := g.CarriedHere(g.ctx); err != nil || here != nil {
		return err // nothing is sent out from a carried ledger
	}
	forms, err := g.Forms(g.ctx)
	if err != nil {
		return err
	}
	for i, f := range forms {
		// A form that was never sent out is none of this township's, but for the first,
		// with which one begins (CLERK 14).
		sent, err := g.store.Count(g.ctx, model.Query{Ledger: ledgers.Dispatch, Where: []model.Cond{{Field: "form", Op: model.OpEq, Value: model.Text(f.Key)}}})
		if err != nil {
			return err
		}
		if i > 0 && sent == 0 {
			continue
		}
		r, err := g.report(f)
		if err != nil {
			return err
		}
		g.out.Reports = append(g.out.Reports, r)
		if !r.Issued && g.home != nil && g.out.Items > 0 && r.Due >= g.out.Day {
			g.group(AgendaRemind).add(AgendaLine{Kind: KindUnissued, Title: f.Label, Days: r.Due.Sub(g.out.Day)})
		}
	}
	return nil
}

func (g *gatherer) report(f exchange.Form) (ReportStanding, error) {
	period := f.PeriodOn(g.out.Day)
	c, err := g.Missing(g.ctx, f.Key, period)
	calendar, calendarErr := g.calendar(g.ctx, g.store)
	if calendarErr != nil {
		return ReportStanding{}, calendarErr
	}
	r := ReportStanding{Completeness: c, Issued: err == nil, Due: f.Due.In(period, calendar)}
	r.Form, r.Period = f, period
	if model.CodeOf(err) == model.CodeNotFound {
		return r, nil
	}
	return r, err
}

// team counts the roster and lists the terms that end.
func (g *gatherer) team() error {
	buckets, err := g.store.CountBy(g.ctx, g.own(ledgers.Team), "term_light")
	if err != nil {
		return err
	}
	t := &g.out.Team
	for _, b := range buckets {
		t.Members += b.N
		switch b.Value.Text {
		case ledgers.LightYellow:
			t.Ending = b.N
		case ledgers.LightRed:
			t.Over = b.N
		}
	}
	today := model.OnDay(g.out.Day)
	later, err := g.store.Count(g.ctx, g.own(ledgers.Team, model.Cond{Field: "from", Op: model.OpGt, Value: today}))
	t.InOffice = t.Members - t.Over - later
	if err != nil || t.Ending+t.Over == 0 {
		return err
	}
	return g.terms()
}

func (g *gatherer) terms() error {
	group := g.group(AgendaRemind)
	for _, light := range []string{ledgers.LightRed, ledgers.LightYellow} {
		q := g.own(ledgers.Team, is("term_light", light))
		q.Sort, q.Limit = []model.Sort{{Field: "days_left"}}, mostLines
		page, err := g.store.List(g.ctx, q)
		if err != nil {
			return err
		}
		for _, rec := range page.Records {
			group.add(AgendaLine{Kind: KindTerm, Ledger: ledgers.Team, Record: rec.ID, Unit: rec.Get("village").Text,
				Title: rec.Get("name").Text, Days: int(rec.Get("days_left").Num), Due: rec.Get("to").Text,
				Note: g.Catalog().Ledger(ledgers.Team).Field("role").Show(rec.Get("role"))})
		}
		group.Total += page.Total - len(page.Records)
	}
	return nil
}

// inbox reminds of the tables in the watched folder: Title is the newest, More how
// many there are besides, Note the paths of all, a line each.
func (g *gatherer) inbox() error {
	in, err := g.Inbox(g.ctx)
	if err != nil || len(in.Files) == 0 {
		return err
	}
	paths := make([]string, len(in.Files))
	for i, f := range in.Files {
		paths[i] = f.Path
	}
	g.group(AgendaRemind).add(AgendaLine{Kind: KindInbox, Title: text.BaseName(paths[0]), More: len(paths) - 1, Note: strings.Join(paths, "\n")})
	return nil
}

// carriedOut reminds of the ledgers that are out in the villages: Title is who took one
// along, Note where to, Days for how long.
func (g *gatherer) carriedOut() error {
	_, out, err := g.CarriedOut(g.ctx)
	if err != nil {
		return err
	}
	for _, rec := range out {
		if IsOut(rec) {
			made := rec.Get("made_on").End
			g.group(AgendaRemind).add(AgendaLine{Kind: KindCarried, Record: rec.ID, Title: rec.Get("who").Text,
				Note: rec.Get("places").Text, Due: string(made), Days: g.Today().Sub(made)})
		}
	}
	return nil
}

// backup reminds of the second place for backups once a ledger is a week old
// (CLERK 25). The sample needs none.
func (g *gatherer) backup() error {
	demo, err := g.isDemo(g.ctx, g.store)
	if err != nil || demo || g.home == nil {
		return err
	}
	b, err := g.Backups(g.ctx)
	if err != nil {
		return err
	}
	last := b.SecondAt
	if last.IsZero() {
		last = g.home.CreatedAt
	}
	if days := int(g.now().Sub(last) / (24 * time.Hour)); b.SecondLate && days >= secondDays {
		g.group(AgendaRemind).add(AgendaLine{Kind: KindBackup, Title: b.Second, Days: days})
	}
	return nil
}
