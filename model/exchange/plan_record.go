package exchange

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// What planning a return and planning an import have in common: records as they
// would be, children of a period, and the one word for a row.

// childSpace is the name space of the ids of child records.
var childSpace = uuid.MustParse("c0a5f1de-7b32-5c44-8a17-90d6b1e2f377")

// ChildID derives the id of a record's child of a period, so that two returns
// that both begin it mean the same record.
func ChildID(owner, ledger string, period model.Month) string {
	return uuid.NewSHA1(childSpace, []byte(ledger+"\x00"+owner+"\x00"+string(period))).String()
}

// childGiven is what makes a new record the child of its owner for a period.
func childGiven(l *model.Ledger, owner *model.Record, ownerLedger *model.Ledger, period model.Month) []Given {
	return []Given{
		{l.Owner().Key, model.Reference(owner.ID, ownerLedger.Name(owner))},
		{periodKey, model.Text(string(period))},
	}
}

// after returns the record as it would be with the plan carried out. rec is nil
// for a new one.
func after(rp RecordPlan, rec *model.Record) *model.Record {
	out := &model.Record{ID: rp.ID, Ledger: rp.Ledger, Area: rp.Area, Values: make(map[string]model.Value, len(rp.Fields)+len(rp.Given))}
	if rec != nil {
		out.Area = rec.Area
		maps.Copy(out.Values, rec.Values)
	}
	for _, g := range rp.Given {
		out.Put(g.Field, g.Value)
	}
	for i := range rp.Fields {
		if f := &rp.Fields[i]; f.Outcome == Take || f.Outcome == Conflict {
			out.Put(f.Field, f.Result())
		}
	}
	return out
}

// hold keeps a field as it is: its value is not taken, nor is it claimed.
func (rp *RecordPlan) hold(i int) {
	f := &rp.Fields[i]
	f.Outcome, f.Settled = Held, nil
	delete(rp.Said, f.Field)
}

// check runs the rules over next, the record as it would be. An 错误 holds back the field
// that is to change, and the whole row (stop) if the record is new and cannot be
// without it. What the rules find about fields that do not change is not this
// row's doing and left out.
func (rp *RecordPlan) check(l *model.Ledger, next *model.Record, env Env) (found []model.Problem, stop bool) {
	if !rp.New && !slices.ContainsFunc(rp.Fields, func(f FieldPlan) bool { return f.Outcome == Take }) {
		return nil, false
	}
	stop = rp.New && slices.ContainsFunc(rp.Fields, func(f FieldPlan) bool { return f.Outcome == Held && isNeeded(l, f.Field) })
	for _, q := range rule.Run(model.CheckInput{Ledger: l, Record: next, Params: env.Params, Today: env.Today}) {
		i := slices.IndexFunc(rp.Fields, func(f FieldPlan) bool { return f.Field == q.Field })
		if i < 0 && !rp.New || i >= 0 && rp.Fields[i].Outcome == Keep {
			continue
		}
		stop = stop || rp.New && q.Level == model.Fault && isNeeded(l, q.Field)
		if i >= 0 {
			q.Cell = rp.Fields[i].Cell
			if rp.Fields[i].Outcome == Held {
				continue // what is wrong with it has been said
			}
		}
		if i >= 0 && q.Level == model.Fault {
			rp.hold(i)
			next.Put(q.Field, rp.Fields[i].Result())
		}
		found = append(found, q)
	}
	return found, stop
}

// reported reports whether reading a cell has found the same already.
func reported(cells iter.Seq[Entry], q model.Problem) bool {
	for e := range cells {
		if e.Cell == q.Cell && slices.ContainsFunc(e.problems, func(p model.Problem) bool { return p.Rule == q.Rule && p.Field == q.Field }) {
			return true
		}
	}
	return false
}

// sentence ends words that are to be read as a sentence.
func sentence(words string) string {
	if words == "" || strings.HasSuffix(words, "。") {
		return words
	}
	return words + "。"
}

// finish makes sentences of what the plan's problems say.
func (p *Plan) finish() {
	for i := range p.Problems {
		q := &p.Problems[i]
		q.Message, q.Suggestion = sentence(q.Message), sentence(q.Suggestion)
	}
}

// isNeeded reports whether a record cannot be added without the field: it is
// required, or one by which rows without an id are told.
func isNeeded(l *model.Ledger, key string) bool {
	f := l.Field(key)
	return f != nil && f.Required || slices.ContainsFunc(l.Match, func(m []string) bool { return slices.Contains(m, key) })
}

// kindOf says in one word what happens to a row, the gravest first. What the
// program itself notes down with a report is no change.
func kindOf(plans []RecordPlan, added bool) RowKind {
	counts := map[Outcome]int{}
	clears := 0
	for _, rp := range plans {
		for i := range rp.Fields {
			f := &rp.Fields[i]
			if slices.Contains(stampKeys, f.Field) {
				continue
			}
			counts[f.Outcome]++
			if f.Outcome == Take && f.Result().IsEmpty() {
				clears++
			}
		}
	}
	switch {
	case counts[Conflict] > 0:
		return RowConflict
	case counts[Held] > 0:
		return RowProblem
	case added:
		return RowAdd
	case counts[Take] > 0 && counts[Take] == clears:
		return RowClear
	case counts[Take] > 0:
		return RowUpdate
	}
	return RowSame
}

// The fields by which a report says when, by whom and by which way it came. They
// belong to the latest claim on the record, whichever came first.
const (
	keyReportedOn = "reported_on"
	keyReporter   = "reporter"
	keySource     = "source"
)

var stampKeys = []string{keyReportedOn, keyReporter, keySource}

// sourceReturn is how progress says that it came by a return (上报表).
const sourceReturn = "上报表"

// stamp notes on a child record when, by whom and by which way it was reported:
// if the return says something new of it and no other that does is later.
func (pl *returnPlanner) stamp(l *model.Ledger, rp *RecordPlan, rec *model.Record) error {
	if l.Field(keyReportedOn) == nil || !news(l, rp.Said) {
		return nil
	}
	day := cmp.Or(pl.r.Sender.StatedOn, model.DayOf(pl.r.Sender.Modified.Local()))
	if pl.r.Sender.StatedOn == "" && pl.r.Sender.Modified.IsZero() {
		day = pl.env.Today
	}
	for key, v := range map[string]model.Value{keyReportedOn: model.OnDay(day), keyReporter: model.Text(pl.r.Sender.Filler), keySource: model.Text(sourceReturn)} {
		if l.Field(key) != nil {
			rp.Said[key] = Said{Value: v}
		}
	}
	prior, _, err := pl.lk.Claims(l.Key, rp.ID)
	if err != nil {
		return err
	}
	fresh := pl.claim(rp.Said)
	if slices.ContainsFunc(prior, func(c Claim) bool { return compareStamps(c, fresh) > 0 }) {
		return nil
	}
	for _, key := range stampKeys {
		if f := l.Field(key); f != nil {
			rp.Fields = append(rp.Fields, stampField(f, rec, rp.Said[key].Value, append(slices.Clone(prior), fresh)))
		}
	}
	return nil
}

// news reports whether a claim says anything that its sender did not start from.
func news(l *model.Ledger, said map[string]Said) bool {
	for key, s := range said {
		if !l.Field(key).Same(s.Value, s.Base) {
			return true
		}
	}
	return false
}

func stampField(f *model.Field, rec *model.Record, v model.Value, claims []Claim) FieldPlan {
	ours := rec.Get(f.Key)
	fp := FieldPlan{Field: f.Key, Before: before(ours), Theirs: v, Outcome: Keep,
		Settled: &Settlement{Result: v, Local: Decide(f, v, claims)}}
	if !f.Same(v, ours) {
		fp.Outcome = Take
	}
	return fp
}

// compareStamps orders claims by the day of the report, then by the document's
// own time, then by what they say.
func compareStamps(a, b Claim) int {
	return cmp.Or(
		strings.Compare(string(a.Fields[keyReportedOn].Value.End), string(b.Fields[keyReportedOn].Value.End)),
		a.Modified.Compare(b.Modified),
		strings.Compare(a.Sender, b.Sender),
		strings.Compare(a.Fields[keyReporter].Value.Text, b.Fields[keyReporter].Value.Text),
	)
}
