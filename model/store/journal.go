package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"

	"xiangzhen/model"
)

const opColumns = "o.id, o.kind, o.label, o.person, o.name, o.unit, o.level, o.at, o.origin, o.undoes, o.undone, o.records"

// opTargets are the destinations for opColumns and what follows them.
type opTargets struct {
	op    model.Operation
	level string
	at    int64
}

func (o *opTargets) targets(more ...any) []any {
	return append([]any{
		&o.op.ID, &o.op.Kind, &o.op.Label, &o.op.Actor.Person, &o.op.Actor.Name, &o.op.Actor.Unit,
		&o.level, &o.at, &o.op.Origin, &o.op.Undoes, &o.op.Undone, &o.op.Rows,
	}, more...)
}

func (o *opTargets) operation() model.Operation {
	o.op.Actor.Level, o.op.At = model.Level(o.level), asTime(o.at)
	return o.op
}

// Operations implements Reader.
func (v *view) Operations(ctx context.Context, limit, offset int) ([]model.Operation, error) {
	if limit <= 0 {
		limit = -1
	}
	return v.operations(ctx, "true ORDER BY o.id DESC LIMIT ? OFFSET ?", limit, offset)
}

func (v *view) operations(ctx context.Context, where string, args ...any) ([]model.Operation, error) {
	var out []model.Operation
	err := v.ses.each(ctx, func(r *sql.Rows) error {
		var o opTargets
		err := r.Scan(o.targets()...)
		out = append(out, o.operation())
		return err
	}, "SELECT "+opColumns+" FROM sys_op o WHERE "+where, args...)
	return out, err
}

// operation returns the one operation that fits, or nil.
func (v *view) operation(ctx context.Context, where string, args ...any) (*model.Operation, error) {
	ops, err := v.operations(ctx, where, args...)
	if err != nil || len(ops) == 0 {
		return nil, err
	}
	return &ops[0], nil
}

// History implements Reader.
func (v *view) History(ctx context.Context, ledger, id string) ([]model.Entry, error) {
	if _, err := v.schema.table(ledger); err != nil {
		return nil, err
	}
	return v.entries(ctx, "c.record = ? AND c.ledger = ? ORDER BY c.n DESC", id, ledger)
}

// Entries implements Reader.
func (v *view) Entries(ctx context.Context, op int64) ([]model.Entry, error) {
	return v.entries(ctx, "c.op = ? ORDER BY c.n", op)
}

// EntriesSince returns what the operations after one did, in their order.
func (s *Store) EntriesSince(ctx context.Context, op int64) ([]model.Entry, error) {
	return ask(ctx, s, func(v *view) ([]model.Entry, error) { return v.entries(ctx, "c.op > ? ORDER BY c.n", op) })
}

func (v *view) entries(ctx context.Context, where string, args ...any) ([]model.Entry, error) {
	var out []model.Entry
	err := v.eachEntry(ctx, func(e model.Entry) error {
		out = append(out, e)
		return nil
	}, where, args...)
	return out, err
}

func (v *view) eachEntry(ctx context.Context, fn func(model.Entry) error, where string, args ...any) error {
	return v.ses.each(ctx, func(r *sql.Rows) error {
		var o opTargets
		var e model.Entry
		var before, after sql.NullString
		if err := r.Scan(o.targets(&e.Ledger, &e.Record, &e.Kind, &before, &after)...); err != nil {
			return err
		}
		t := v.schema.tables[e.Ledger]
		if t == nil {
			return nil // an alias, or a ledger no longer in force
		}
		e.Op = o.operation()
		var err error
		if e.Before, err = t.valuesOf(before.String, v.secrets.of(e.Ledger, e.Record)); err == nil {
			e.After, err = t.valuesOf(after.String, v.secrets.of(e.Ledger, e.Record))
		}
		if err != nil {
			return err
		}
		return fn(e)
	}, "SELECT "+opColumns+", c.ledger, c.record, c.kind, c.before, c.after FROM sys_change c JOIN sys_op o ON o.id = c.op WHERE "+where, args...)
}

// The members of journal JSON that are no fields.
const (
	jsonArea = model.AreaKey
	jsonRow  = "#"
)

// valuesOf reads journal JSON as values by field; fields that nothing describes
// any more are left out.
func (t *table) valuesOf(text string, s secrets) (map[string]model.Value, error) {
	if text == "" {
		return nil, nil
	}
	members, err := parseJournal(text)
	if err != nil {
		return nil, err
	}
	out := map[string]model.Value{}
	for key, raw := range members {
		if key == jsonArea {
			area, err := columnValues(raw)
			if err != nil {
				return nil, err
			}
			out[key] = model.Reference(asString(area[0]), "")
			continue
		}
		c := t.byKey[key]
		if c == nil {
			continue
		}
		src, err := columnValues(raw)
		if err != nil {
			return nil, err
		}
		if len(src) < c.visible() && src[0] != nil {
			return nil, fault("journal of %s.%s has %d columns", t.Key, key, len(src))
		}
		if out[key], err = c.scan(src, s); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func parseJournal(text string) (map[string]json.RawMessage, error) {
	var members map[string]json.RawMessage
	err := json.Unmarshal([]byte(text), &members)
	return members, err
}

// columnValues reads a field's journal JSON as the values of its columns: strings
// and whole numbers; one nil for the empty value.
func columnValues(raw json.RawMessage) ([]any, error) {
	if len(raw) > 0 && raw[0] == '[' {
		var list []any
		err := decodeExact(raw, &list)
		return list, err
	}
	var v any
	err := decodeExact(raw, &v)
	return []any{v}, err
}

// decodeExact reads JSON with whole numbers as int64: a float64 would round them.
func decodeExact(raw json.RawMessage, dst any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(dst); err != nil {
		return err
	}
	switch v := dst.(type) {
	case *any:
		return wholeNumber(v)
	case *[]any:
		for i := range *v {
			if err := wholeNumber(&(*v)[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func wholeNumber(v *any) error {
	n, isNumber := (*v).(json.Number)
	if !isNumber {
		return nil
	}
	whole, err := n.Int64()
	*v = whole
	return err
}

// Operation returns one operation, nil if there is none of that number.
func (s *Store) Operation(ctx context.Context, op int64) (*model.Operation, error) {
	return ask(ctx, s, func(v *view) (*model.Operation, error) { return v.operation(ctx, "o.id = ?", op) })
}
