package store

import (
	"context"

	"xiangzhen/model"
)

// Among returns the records whose field, or id, is one of the values, in order of
// creation. A reference is compared by id, a sensitive value by its keyed hash, any
// other by its text. It answers for many records at once what Find answers for one.
// The conditions also are looked at on the records found so.
func (v *view) Among(ctx context.Context, ledger, field string, values []string, also ...model.Cond) ([]*model.Record, error) {
	b, err := v.build(ctx, model.Query{Ledger: ledger, Where: also})
	if err != nil {
		return nil, err
	}
	for i, where := range b.where {
		b.where[i] = "+(" + where + ")" // the values lead, not the index of what else is asked
	}
	expr, hashed, err := b.keyColumn(field)
	if err != nil {
		return nil, err
	}
	if hashed {
		values = v.secrets.hashes(values)
	}
	if err := b.in(expr, "SELECT value FROM json_each(?)", values); err != nil {
		return nil, err
	}
	ns, err := b.page(ctx, v.ses, 0, 0)
	if err != nil {
		return nil, err
	}
	return v.inOrder(ctx, b.t, ns)
}

// Known returns those of the values that a record has in the field. A reference is
// compared by id, any other by its text, a sensitive value by its keyed hash.
func (v *view) Known(ctx context.Context, ledger, field string, values []string) ([]string, error) {
	b, err := v.build(ctx, model.Query{Ledger: ledger})
	if err != nil {
		return nil, err
	}
	expr, hashed, err := b.keyColumn(field)
	if err != nil {
		return nil, err
	}
	asked := values
	if hashed {
		asked = v.secrets.hashes(values)
	}
	list, err := jsonList(asked)
	if err != nil {
		return nil, err
	}
	there, err := v.ses.strings(ctx, "SELECT DISTINCT "+expr+" FROM "+b.t.sqlName()+" t WHERE "+expr+" IN (SELECT value FROM json_each(?))", list)
	if err != nil || !hashed {
		return there, err
	}
	found := make(map[string]bool, len(there))
	for _, hash := range there {
		found[hash] = true
	}
	var known []string
	for i, hash := range asked {
		if found[hash] {
			known = append(known, values[i])
		}
	}
	return known, nil
}

// Repeated returns the ids of the records that share the value of a field with
// another record of the ledger; an empty value is shared with none.
func (v *view) Repeated(ctx context.Context, ledger, field string) ([]string, error) {
	b, err := v.build(ctx, model.Query{Ledger: ledger})
	if err != nil {
		return nil, err
	}
	expr, _, err := b.keyColumn(field)
	if err != nil {
		return nil, err
	}
	return v.ses.strings(ctx, "SELECT t.id FROM "+b.t.sqlName()+" t WHERE "+expr+" IN (SELECT "+expr+" FROM "+b.t.sqlName()+
		" t WHERE "+expr+" IS NOT NULL GROUP BY 1 HAVING count(*) > 1)")
}

// keyColumn is the column by which values of a field are compared for being equal.
func (b *builder) keyColumn(field string) (expr string, hashed bool, err error) {
	if field == model.RecordID {
		return "t.id", false, nil
	}
	col, name, err := b.column(field)
	switch {
	case err != nil:
		return "", false, err
	case col.shape == shapeRef:
		return name(col.key + "__id"), false, nil
	case col.secret() && col.shape < shapeHashed:
		return "", false, errSecret(col.field, "这样查找")
	case col.secret():
		return name(col.key + "__h"), true, nil
	}
	return name(col.key), false, nil
}

// Among implements Reader.
func (s *Store) Among(ctx context.Context, ledger, field string, values []string, also ...model.Cond) ([]*model.Record, error) {
	return ask(ctx, s, func(v *view) ([]*model.Record, error) { return v.Among(ctx, ledger, field, values, also...) })
}

// Known implements Reader.
func (s *Store) Known(ctx context.Context, ledger, field string, values []string) ([]string, error) {
	return ask(ctx, s, func(v *view) ([]string, error) { return v.Known(ctx, ledger, field, values) })
}

// Repeated implements Reader.
func (s *Store) Repeated(ctx context.Context, ledger, field string) ([]string, error) {
	return ask(ctx, s, func(v *view) ([]string, error) { return v.Repeated(ctx, ledger, field) })
}
