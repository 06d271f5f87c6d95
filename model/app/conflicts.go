package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/store"
)

// ConflictItem is one field on which two sides disagree, in people's words.
type ConflictItem struct {
	ID, Ledger, Record, Field string
	Name, Label               string // of the record and the field
	Base, Ours                string
	OursBy                    string // who put Ours there and when; "" if nobody has since the record was made
	Theirs                    []ConflictSide
}

// ConflictSide is what one sender says.
type ConflictSide struct {
	Value, Sender, File, At string
}

// Conflicts lists what is open, in the order in which it came up.
func (a *App) Conflicts(ctx context.Context) ([]ConflictItem, error) {
	var out []ConflictItem
	err := a.store.Each(ctx, openConflicts(), func(rec *model.Record) error {
		item, err := a.conflictItem(ctx, rec)
		if err == nil {
			out = append(out, item)
		}
		return err
	})
	return out, err
}

func openConflicts() model.Query {
	return model.Query{Ledger: ledgers.Conflict, Where: []model.Cond{
		{Field: "state", Op: model.OpEq, Value: model.Text(ledgers.ConflictOpen)},
	}}
}

func (a *App) conflictItem(ctx context.Context, rec *model.Record) (ConflictItem, error) {
	l, f, err := a.conflictField(rec)
	if err != nil {
		return ConflictItem{}, err
	}
	item := ConflictItem{ID: rec.ID, Ledger: l.Key, Record: rec.Get("record").Text, Field: f.Key, Label: f.Label}
	target, err := a.store.Get(ctx, l.Key, item.Record)
	if err != nil {
		return item, err
	}
	item.Name = a.nameOf(ctx, l, target)
	show := Shown(false)
	item.Ours = f.Show(show(f, target.Get(f.Key)))
	if item.OursBy, err = a.lastBy(ctx, l.Key, item.Record, f.Key); err != nil {
		return item, err
	}
	var base model.Value
	if err := json.Unmarshal([]byte(rec.Get("base").Text), &base); err != nil {
		return item, fmt.Errorf("conflict %s: %w", rec.ID, err)
	}
	item.Base = f.Show(show(f, base))
	sides, err := sidesIn(rec)
	if err != nil {
		return item, err
	}
	for _, s := range sides {
		item.Theirs = append(item.Theirs, ConflictSide{Value: f.Show(show(f, s.Value)), Sender: s.Name, File: s.File, At: s.At})
	}
	return item, nil
}

// lastBy says who last wrote a field of a record, and when.
func (a *App) lastBy(ctx context.Context, ledger, record, field string) (string, error) {
	entries, err := a.store.History(ctx, ledger, record)
	for _, e := range entries {
		if wrote([]model.Entry{e}, field) {
			return strings.TrimSpace(e.Op.Actor.Name + " " + e.Op.At.Local().Format("01-02")), err
		}
	}
	return "", err
}

// nameOf names a record; one that is owned is named by its owner (the progress
// of a task by the task).
func (a *App) nameOf(ctx context.Context, l *model.Ledger, rec *model.Record) string {
	owner := l.Owner()
	if owner == nil {
		return l.Name(rec)
	}
	for _, key := range owner.Ref.Ledgers {
		if above, err := a.store.Get(ctx, key, rec.Get(owner.Key).ID); err == nil {
			return a.Catalog().Ledger(key).Name(above)
		}
	}
	return rec.Get(owner.Key).Text
}

func (a *App) conflictField(rec *model.Record) (*model.Ledger, *model.Field, error) {
	l := a.Catalog().Ledger(rec.Get("target_ledger").Text)
	if l == nil {
		return nil, nil, model.Errorf(model.CodeNotFound, "冲突涉及的台账已不存在。")
	}
	f := l.Field(rec.Get("field").Text)
	if f == nil {
		return nil, nil, model.Errorf(model.CodeNotFound, "冲突涉及的项目已不存在。")
	}
	return l, f, nil
}

// conflictSide is how a conflict record keeps what one sender says.
type conflictSide struct {
	Value      model.Value `json:"value"`
	Sender     string      `json:"sender"`
	Name       string      `json:"name"`
	File       string      `json:"file"`
	At         string      `json:"at"`
	Submission string      `json:"submission"`
}

// is reports whether a person means this side.
func (s conflictSide) is(said ConflictSide) bool {
	return s.Name == said.Sender && s.File == said.File && s.At == said.At
}

// sidesIn reads what the senders say from a conflict record.
func sidesIn(rec *model.Record) ([]conflictSide, error) {
	var sides []conflictSide
	if err := json.Unmarshal([]byte(rec.Get("theirs").Text), &sides); err != nil {
		return nil, fmt.Errorf("conflict %s: %w", rec.ID, err)
	}
	return sides, nil
}

// The words by which a conflict is decided; anything else is a value (另填核实值).
const (
	TakeOurs   = "ours"   // 保留镇里的
	TakeTheirs = "theirs" // 采用村里的
)

// Answer says how a conflict is decided.
type Answer struct {
	Conflict string // its id
	Choice   string // TakeOurs, TakeTheirs, or a value in words
	// Side is, for TakeTheirs, the one of several that is taken; without it all
	// must say the same.
	Side   *ConflictSide
	Reason string
}

// Decide answers a conflict: ours, theirs, or a value in words (另填核实值). What
// senders have said so far is answered by it and raises no question again.
func (a *App) Decide(ctx context.Context, id, choice, reason string) (Done, error) {
	return a.DecideMany(ctx, []Answer{{Conflict: id, Choice: choice, Reason: reason}})
}

// DecideMany answers several conflicts in one operation: all of them or, if one
// answer is refused, none.
func (a *App) DecideMany(ctx context.Context, answers []Answer) (Done, error) {
	label := "处理冲突"
	if len(answers) > 1 {
		label = fmt.Sprintf("处理 %d 处冲突", len(answers))
	}
	op, err := a.do(ctx, "decide", label, func(tx *store.Tx) error {
		for _, answer := range answers {
			if err := a.answer(ctx, tx, answer); err != nil {
				return err
			}
		}
		return nil
	})
	return Done{Op: op}, err
}

// answer decides one open conflict.
func (a *App) answer(ctx context.Context, tx *store.Tx, answer Answer) error {
	rec, err := tx.Get(ctx, ledgers.Conflict, answer.Conflict)
	if err != nil {
		return err
	}
	if rec.Get("state").Text != ledgers.ConflictOpen {
		return model.Errorf(model.CodeRefused, "这处冲突已经处理过了。")
	}
	l, f, err := a.conflictField(rec)
	if err != nil {
		return err
	}
	target, err := tx.Get(ctx, l.Key, rec.Get("record").Text)
	if err != nil {
		return err
	}
	value, err := a.chosen(ctx, tx, rec, target, f, answer)
	if err != nil {
		return err
	}
	return a.decide(ctx, tx, decision{rec, target, l, f, value, answer.Reason})
}

// chosen returns the value a person chose.
func (a *App) chosen(ctx context.Context, tx *store.Tx, rec, target *model.Record, f *model.Field, answer Answer) (model.Value, error) {
	switch answer.Choice {
	case TakeOurs:
		return target.Get(f.Key), nil
	case TakeTheirs:
		sides, err := sidesIn(rec)
		if err != nil {
			return model.Value{}, err
		}
		if answer.Side != nil {
			sides = slices.DeleteFunc(sides, func(s conflictSide) bool { return !s.is(*answer.Side) })
		}
		return onlyValue(f, sides)
	}
	v, problems := a.parse(f, answer.Choice, target.Area, a.resolver(ctx, tx))
	return v, firstFault(problems)
}

// onlyValue returns what the senders say if they say the same.
func onlyValue(f *model.Field, sides []conflictSide) (model.Value, error) {
	for _, s := range sides {
		if !f.Same(s.Value, sides[0].Value) {
			return model.Value{}, model.Errorf(model.CodeAmbiguous, "有几份来表填得不一样，请直接写出要采用的值。")
		}
	}
	if len(sides) == 0 {
		return model.Value{}, model.Errorf(model.CodeInvalid, "这处冲突没有来表的值。")
	}
	return sides[0].Value, nil
}

// decision is a conflict with its answer.
type decision struct {
	conflict, target *model.Record
	ledger           *model.Ledger
	field            *model.Field
	value            model.Value
	reason           string
}

func (a *App) decide(ctx context.Context, tx *store.Tx, d decision) error {
	if err := setFields(tx, d.ledger, d.target.ID, map[string]model.Value{d.field.Key: d.value}, a.resolver(ctx, tx)); err != nil {
		return err
	}
	claims, local, err := claimsOf(ctx, tx, d.ledger.Key, d.target.ID)
	if err != nil {
		return err
	}
	if local == nil {
		local = map[string]exchange.Local{}
	}
	local[d.field.Key] = exchange.Decide(d.field, d.value, claims)
	if err := putLocal(ctx, tx, d.ledger.Key, d.target.ID, local); err != nil {
		return err
	}
	_, err = tx.Set(ledgers.Conflict, d.conflict.ID, map[string]model.Value{
		"state": model.Text(ledgers.ConflictDecided), "decision": model.Text(d.field.Show(d.value)),
		"reason": model.Text(d.reason), "decided_by": model.Text(a.Actor().Name), "decided_on": model.OnDay(a.Today()),
	})
	return err
}

// Shown returns how values are shown to people: sensitive ones masked, unless
// unmasked.
func Shown(unmasked bool) func(*model.Field, model.Value) model.Value {
	return func(f *model.Field, v model.Value) model.Value {
		if unmasked || !f.Sensitive {
			return v
		}
		v.Text = rule.Mask(f, v.Text)
		return v
	}
}
