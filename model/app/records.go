package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/store"
)

// Done is the outcome of a writing use case.
type Done struct {
	Op       int64 // 0 if nothing changed
	Records  []*model.Record
	Problems []model.Problem // 疑点 and 提示: written all the same
}

// Assignment is "field=value" in a person's words.
type Assignment struct{ Field, Words string }

// ParseAssignments splits field=value arguments at their first "=".
func ParseAssignments(args []string) ([]Assignment, error) {
	out := make([]Assignment, 0, len(args))
	for _, arg := range args {
		name, words, ok := strings.Cut(arg, "=")
		if !ok || strings.TrimSpace(name) == "" {
			return nil, model.Errorf(model.CodeUsage, "“%s”写得不对，应为 项目=值。", arg)
		}
		out = append(out, Assignment{strings.TrimSpace(name), strings.TrimSpace(words)})
	}
	return out, nil
}

// Add adds one record. A value that breaks a rule (错误) stops the whole; a 疑点
// is reported and does not.
func (a *App) Add(ctx context.Context, ledger string, assign []Assignment) (Done, error) {
	l, err := a.editable(ledger)
	if err != nil {
		return Done{}, err
	}
	return a.addAs(ctx, l, "新增"+l.Label+quoted(l, titleIn(l, assign)), assign, func(*store.Tx) (*model.Record, error) { return model.NewRecord(l.Key, ""), nil })
}

// Arise adds a record of the ledger to out of another record, to which it is
// linked: a decision or a problem becomes a task, a late item gets its order. The
// assignments come on top of what follows from the source.
func (a *App) Arise(ctx context.Context, from, id, to string, assign []Assignment) (Done, error) {
	source, err := a.Catalog().Find(from)
	if err != nil {
		return Done{}, err
	}
	l, err := a.editable(to)
	if err != nil {
		return Done{}, err
	}
	return a.addAs(ctx, l, source.Label+"转"+l.Label, assign, func(tx *store.Tx) (*model.Record, error) {
		rec, err := tx.Get(ctx, source.Key, id)
		if err != nil {
			return nil, err
		}
		return ledgers.Arise(source, rec, l)
	})
}

// addAs adds one record that begins as given, under an operation of its own.
func (a *App) addAs(ctx context.Context, l *model.Ledger, label string, assign []Assignment, begin func(*store.Tx) (*model.Record, error)) (Done, error) {
	var done Done
	op, err := a.do(ctx, "add", label, func(tx *store.Tx) error {
		rec, err := begin(tx)
		if err != nil {
			return err
		}
		res := a.resolver(ctx, tx)
		if done.Problems, err = a.assign(l, rec, assign, res); err != nil {
			return err
		}
		a.complete(l, rec, res)
		if err := refuseTwin(ctx, tx, l, rec); err != nil {
			return err
		}
		if err := a.check(ctx, tx, l, rec, &done); err != nil {
			return err
		}
		done.Records = []*model.Record{rec}
		return tx.Add(rec)
	})
	done.Op = op
	return done, err
}

// refuseTwin keeps a record from being entered twice where there can be but one:
// progress of one task for one month is one record, on which a later report goes on.
func refuseTwin(ctx context.Context, tx *store.Tx, l *model.Ledger, rec *model.Record) error {
	if l.Owner() == nil && !l.Once {
		return nil
	}
	for _, key := range l.Match {
		values, labels, whole := map[string]model.Value{}, []string{}, true
		for _, k := range key {
			values[k] = rec.Get(k)
			whole = whole && !values[k].IsEmpty()
			labels = append(labels, l.Field(k).Label)
		}
		if l.Once && !whole {
			continue // nobody knows yet which one it is
		}
		hits, err := tx.Find(ctx, l.Key, values, "")
		if err != nil {
			return err
		}
		if len(hits) > 0 {
			return model.Errorf(model.CodeExists, "“%s”已有一条%s相同的记录，请直接修改它（编号 %s）。", l.Label, strings.Join(labels, "、"), hits[0].ID)
		}
	}
	return nil
}

// Set changes fields of one record; "field=" clears a field.
func (a *App) Set(ctx context.Context, ledger, id string, assign []Assignment) (Done, error) {
	l, err := a.editable(ledger)
	if err != nil {
		return Done{}, err
	}
	var done Done
	done.Op, err = a.do(ctx, "set", a.labelOf(ctx, "修改", l, id), func(tx *store.Tx) error {
		rec, err := tx.Get(ctx, l.Key, id)
		if err != nil {
			return err
		}
		res := a.resolver(ctx, tx)
		if done.Problems, err = a.assign(l, rec, assign, res); err != nil {
			return err
		}
		if err := a.check(ctx, tx, l, rec, &done); err != nil {
			return err
		}
		done.Records = []*model.Record{rec}
		return a.write(tx, l, rec, assign, res)
	})
	return done, err
}

// write stores the assigned fields of rec.
func (a *App) write(tx *store.Tx, l *model.Ledger, rec *model.Record, assign []Assignment, res *resolver) error {
	values := map[string]model.Value{}
	for _, as := range assign {
		key := l.FindField(as.Field).Key
		values[key] = rec.Values[key]
	}
	return setFields(tx, l, rec.ID, values, res)
}

// setFields changes fields of a record, whoever says so: a person, a workbook or a
// decision. Where one of them is what its area follows from, the record goes there too.
func setFields(tx *store.Tx, l *model.Ledger, id string, values map[string]model.Value, res *resolver) error {
	changed, err := tx.Set(l.Key, id, values)
	if err != nil || !changed || !slices.ContainsFunc(l.AreaFrom, func(key string) bool { _, given := values[key]; return given }) {
		return cmp.Or(err, res.err)
	}
	rec, err := tx.Get(res.ctx, l.Key, id)
	if err != nil {
		return err
	}
	if area := areaFrom(l, rec, res); area != "" {
		err = tx.SetArea(l.Key, id, area)
	}
	return cmp.Or(err, res.err)
}

// Delete removes a record, and with children the whole sub-tree; what it owns
// always goes along.
func (a *App) Delete(ctx context.Context, ledger, id string, withChildren bool) (Done, error) {
	l, err := a.editable(ledger)
	if err != nil {
		return Done{}, err
	}
	op, err := a.do(ctx, "delete", a.labelOf(ctx, "删除", l, id), func(tx *store.Tx) error {
		return tx.Delete(l.Key, id, withChildren)
	})
	return Done{Op: op}, err
}

// MergeRecords makes two records of the same thing one: the loser's references
// and id pass to the winner.
func (a *App) MergeRecords(ctx context.Context, ledger, winner, loser string) (Done, error) {
	l, err := a.editable(ledger)
	if err != nil {
		return Done{}, err
	}
	op, err := a.do(ctx, "merge", "合并"+l.Label, func(tx *store.Tx) error {
		return tx.Merge(l.Key, winner, loser)
	})
	return Done{Op: op}, err
}

// labelOf names an operation on one record: 修改任务“水池清淤”. Where the record
// cannot be read the operation itself will say why.
func (a *App) labelOf(ctx context.Context, verb string, l *model.Ledger, id string) string {
	rec, err := a.store.Get(ctx, l.Key, id)
	if err != nil {
		return verb + l.Label
	}
	return verb + l.Label + quoted(l, a.nameOf(ctx, l, rec))
}

// longestLabel is how many characters of a record's name an operation carries.
const longestLabel = 20

// quoted writes a record's name behind its ledger's; nothing where the name is
// sensitive, because operations are shown to everybody.
func quoted(l *model.Ledger, name string) string {
	if f := l.Field(l.Title); name == "" || f == nil || f.Sensitive {
		return ""
	}
	if r := []rune(name); len(r) > longestLabel {
		name = string(r[:longestLabel-1]) + "…"
	}
	return "“" + name + "”"
}

// titleIn is the name that the words give a new record; "" for one that is named by
// its owner.
func titleIn(l *model.Ledger, assign []Assignment) string {
	for _, as := range assign {
		if f := l.FindField(as.Field); f != nil && f.Key == l.Title && l.Owner() == nil {
			return as.Words
		}
	}
	return ""
}

// editable finds a ledger that people may write to.
func (a *App) editable(name string) (*model.Ledger, error) {
	l, err := a.Catalog().Find(name)
	if err != nil {
		return nil, err
	}
	if l.System && l.Key != ledgers.Holiday {
		return nil, model.Errorf(model.CodeInvalid, "“%s”由程序自动记录，不能直接改。", l.Label)
	}
	return l, nil
}

// assign parses the words into rec and returns the 疑点; the first 错误 is the error.
func (a *App) assign(l *model.Ledger, rec *model.Record, assign []Assignment, res *resolver) ([]model.Problem, error) {
	var doubts []model.Problem
	for _, as := range assign {
		f := l.FindField(as.Field)
		if f == nil {
			return nil, noField(l, as.Field)
		}
		if l.IsDerived(f.Key) || f.ReadOnly {
			return nil, &model.Error{Code: model.CodeInvalid, Field: f.Key, Message: "“" + f.Label + "”由程序算出，不能直接填。"}
		}
		if f.Kind == model.KindFiles {
			return nil, &model.Error{Code: model.CodeInvalid, Field: f.Key, Message: "“" + f.Label + "”要附加文件，不能直接填名称。"}
		}
		v, problems := a.parse(f, as.Words, rec.Area, res)
		if err := firstFault(problems); err != nil {
			return nil, err
		}
		doubts = append(doubts, problems...)
		rec.Put(f.Key, v)
	}
	return doubts, res.err
}

// parse reads one value in a person's words; references are resolved.
func (a *App) parse(f *model.Field, words, area string, res *resolver) (model.Value, []model.Problem) {
	v, problems := rule.Parse(f, rule.Input{Text: words, Ref: a.Today()})
	if f.Kind != model.KindRef || v.IsEmpty() {
		return v, problems
	}
	if area == "" {
		area = a.homeID()
	}
	v, more := res.Resolve(f, v.Text, area)
	return v, append(problems, more...)
}

func firstFault(problems []model.Problem) error {
	for _, p := range problems {
		if p.Level == model.Fault {
			return &model.Error{Code: model.CodeInvalid, Field: p.Field, Message: p.Message + p.Suggestion}
		}
	}
	return nil
}

// complete gives a new record what follows from the rest: defaults, its area, its
// own id if the ledger's ids are derived, the first state of its flow.
func (a *App) complete(l *model.Ledger, rec *model.Record, res *resolver) {
	for _, f := range l.Fields {
		if f.Default != "" && rec.Get(f.Key).IsEmpty() {
			rec.Put(f.Key, model.Text(f.Default))
		}
	}
	rec.Area = areaFrom(l, rec, res)
	if rec.Area == "" {
		rec.Area = a.homeID()
	}
	if l.Key == ledgers.Area {
		rec.ID = ledgers.AreaID(rec.Get("code").Text, append(res.path(rec.Get("parent").ID), rec.Get("name").Text))
		rec.Area = rec.ID
	}
	if l.Flow != nil && rec.Get(l.Flow.State).IsEmpty() {
		rec.Put(l.Flow.State, model.Text(l.Flow.Initial))
	}
}

// areaFrom returns the area that follows from the record's references, or "".
func areaFrom(l *model.Ledger, rec *model.Record, res *resolver) string {
	for _, key := range l.AreaFrom {
		if f := l.Field(key); f != nil {
			if area := res.AreaOf(f, rec.Get(key)); area != "" {
				return area
			}
		}
	}
	return ""
}

// path returns the names from the top down to the area.
func (r *resolver) path(area string) []string {
	var names []string
	for at := area; at != "" && len(names) < maxDepth; at = r.above(at) {
		names = append([]string{r.area(at).Get("name").Text}, names...)
	}
	return names
}
