package store

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"

	"xiangzhen/model"
)

// The system ledgers that hold what the user has described. Their fields are in
// package ledgers; only their keys are known here.
const (
	userLedger = "user_ledger" // key, label, match
	userField  = "user_field"  // ledger, key, label, kind, options, unit, scale, required, sensitive, ref, hidden
)

// userPrefix begins the keys of all that a user adds, so that no later version
// of the program can mean something else by them.
const userPrefix = "u_"

// mintedLength letters and digits make two keys minted anywhere the same once in
// a million million times.
const mintedLength = 8

// MintKey makes the key of a new user field or user ledger. It travels with
// every form and is never used again.
func MintKey() string { return userPrefix + strings.ToLower(rand.Text())[:mintedLength] }

// catalogIn adds what the user described to the built-in ledgers.
func (s *Store) catalogIn(ctx context.Context, ses *session, have physical) (*model.Catalog, error) {
	ledgers := slices.Clone(s.options.Builtin)
	own, err := s.described(ctx, ses, userLedger, have)
	if err != nil {
		return nil, err
	}
	for _, r := range own {
		if l, err := ledgerOf(r); err == nil {
			ledgers = append(ledgers, l)
		}
	}
	fields, err := s.described(ctx, ses, userField, have)
	if err != nil {
		return nil, err
	}
	for i, l := range ledgers {
		ledgers[i] = withFields(l, fields)
	}
	return model.NewCatalog(ledgers...), nil
}

// described reads the records of a system ledger before there is a catalog.
func (s *Store) described(ctx context.Context, ses *session, key string, have physical) ([]*model.Record, error) {
	i := slices.IndexFunc(s.options.Builtin, func(l *model.Ledger) bool { return l.Key == key })
	if i < 0 || have[key] == nil {
		return nil, nil
	}
	for _, f := range s.options.Builtin[i].Fields {
		if !slices.ContainsFunc(have[key], func(c physicalColumn) bool { return c.name == f.Key }) {
			return nil, nil // about to be added by this program; empty until then
		}
	}
	t, err := newTable(s.options.Builtin[i], have)
	if err != nil {
		return nil, err
	}
	return loadWhere(ctx, ses, t, s.secrets, "true ORDER BY t.n")
}

// ledgerOf makes a ledger of its user_ledger record.
func ledgerOf(r *model.Record) (*model.Ledger, error) {
	key := r.Get("key").Text
	if err := checkUserKey(key); err != nil {
		return nil, err
	}
	l := &model.Ledger{Key: key, Label: r.Get("label").Text, Group: "自定义台账"}
	if match := splitList(r.Get("match").Text); len(match) > 0 {
		l.Match = [][]string{match}
		l.Title = match[0]
	}
	return l, nil
}

// withFields returns the ledger with the user's fields that are not hidden. A
// description that cannot be used is left out; its column stays.
func withFields(l *model.Ledger, records []*model.Record) *model.Ledger {
	out := l
	for _, r := range records {
		if r.Get("ledger").Text != l.Key || r.Get("hidden").Bool() {
			continue
		}
		f, err := fieldOf(r)
		if err != nil || out.Field(f.Key) != nil {
			continue
		}
		if out == l {
			copied := *l
			copied.Fields = slices.Clone(l.Fields)
			out = &copied
		}
		out.Fields = append(out.Fields, f)
		if out.Title == "" {
			out.Title = f.Key
		}
	}
	return out
}

// maxScale keeps a scaled number of useful size within 64 bits.
const maxScale = 6

// fieldOf makes a field of its user_field record.
func fieldOf(r *model.Record) (model.Field, error) {
	kind, known := model.ParseKind(r.Get("kind").Text)
	f := model.Field{
		Key: r.Get("key").Text, Label: r.Get("label").Text, Kind: kind, Unit: r.Get("unit").Text,
		Required: r.Get("required").Bool(), Sensitive: r.Get("sensitive").Bool(),
	}
	if err := checkUserKey(f.Key); err != nil {
		return f, err
	}
	if !known {
		return f, invalid("kind", "项目“%s”的类型“%s”不存在。请从列出的类型里选。", f.Label, r.Get("kind").Text)
	}
	scale := r.Get("scale").Num
	if scale < 0 || scale > maxScale {
		return f, invalid("scale", "项目“%s”的小数位数应在 0–%d 之间。", f.Label, maxScale)
	}
	f.Scale = int(scale)
	f.Options = model.Options(splitList(r.Get("options").Text)...)
	if kind == model.KindRef {
		f.Ref = &model.Ref{Ledgers: splitList(r.Get("ref").Text)}
	}
	return f, nil
}

func checkUserKey(key string) error {
	if !strings.HasPrefix(key, userPrefix) || !validKey.MatchString(key) {
		return invalid("key", "自定义项目的代号“%s”不合规则，应由程序生成。", key)
	}
	return nil
}

func invalid(field, format string, args ...any) *model.Error {
	err := model.Errorf(model.CodeInvalid, format, args...)
	err.Field = field
	return err
}

// splitList reads a list kept as one text: by the separator of lists, or by the
// marks people write.
func splitList(s string) []string {
	out := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(model.ListSep+"、，,;；", r) })
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

// checkDescription refuses a new description that could not be used, or a change
// of one that would make other of what is stored already.
func (tx *Tx) checkDescription(ledger string, r, before *model.Record) error {
	switch ledger {
	case userLedger:
		return tx.checkUserLedger(r, before)
	case userField:
		return tx.checkUserField(r, before)
	}
	return nil
}

func (tx *Tx) checkUserLedger(r, before *model.Record) error {
	l, err := ledgerOf(r)
	if err != nil {
		return err
	}
	if l.Label == "" {
		return invalid("label", "自定义台账要有名称。")
	}
	if before == nil && tx.schema.catalog.Ledger(l.Key) != nil {
		return invalid("key", "自定义台账“%s”的代号已被使用。", l.Label)
	}
	if before != nil && before.Get("key") != r.Get("key") {
		return invalid("key", "自定义台账“%s”的代号不能改。", l.Label)
	}
	return nil
}

// fixed are the members of a field that decide what its stored values mean.
var fixed = []string{"ledger", "key", "kind", "scale", "sensitive"}

func (tx *Tx) checkUserField(r, before *model.Record) error {
	f, err := fieldOf(r)
	if err != nil {
		return err
	}
	l := tx.schema.catalog.Ledger(r.Get("ledger").Text)
	if l == nil {
		return errNoLedger(r.Get("ledger").Text)
	}
	if f.Label == "" {
		return invalid("label", "自定义项目要有名称。")
	}
	if before == nil {
		return tx.checkNewKey(l, f)
	}
	for _, key := range fixed {
		if before.Get(key) != r.Get(key) {
			return invalid(key, "项目“%s”已经建立，不能改变类型。请新建一个项目，再把内容转过去。", f.Label)
		}
	}
	return nil
}

// checkNewKey refuses a key that is or was in use in the ledger.
func (tx *Tx) checkNewKey(l *model.Ledger, f model.Field) error {
	again, err := tx.ses.number(tx.quiet, `SELECT count(*) FROM "user_field" WHERE "ledger" = ? AND "key" = ?`, l.Key, f.Key)
	if err != nil {
		return err
	}
	if again > 0 || l.Field(f.Key) != nil {
		return invalid("key", "项目“%s”的代号已被使用。", f.Label)
	}
	return nil
}

// redescribe brings tables and catalog up to date after a description changed.
func (tx *Tx) redescribe() error {
	p, err := tx.store.plan(tx.quiet, tx.ses)
	if err != nil {
		return err
	}
	sch, err := tx.store.apply(tx.quiet, tx.ses, p)
	if err != nil {
		return err
	}
	tx.schema = sch
	return tx.ses.keepJournal(tx.quiet, sch)
}
