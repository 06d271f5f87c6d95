package app

import (
	"context"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/store"
)

// AddLedger makes a ledger of the user's own (自定义台账) with one field, 名称,
// and returns its key.
func (a *App) AddLedger(ctx context.Context, label string) (string, Done, error) {
	label = strings.TrimSpace(label)
	if label == "" {
		return "", Done{}, model.Errorf(model.CodeUsage, "请写出台账的名称。")
	}
	if _, err := a.Catalog().Find(label); err == nil {
		return "", Done{}, model.Errorf(model.CodeExists, "已有名为“%s”的台账。", label)
	}
	key := store.MintKey()
	name := model.Field{Key: store.MintKey(), Label: "名称", Kind: model.KindText, Required: true}
	op, err := a.do(ctx, "ledger", "新建台账“"+label+"”", func(tx *store.Tx) error {
		l := model.NewRecord("user_ledger", "")
		l.Put("key", model.Text(key))
		l.Put("label", model.Text(label))
		l.Put("match", model.Text(name.Key))
		if err := tx.Add(l); err != nil {
			return err
		}
		return tx.Add(userField(key, name))
	})
	return key, Done{Op: op}, err
}

// AddField adds a field of the user's own to any ledger and returns its key.
// options are the choices of a 单选 or 多选 field.
func (a *App) AddField(ctx context.Context, ledger, label, kind string, options []string) (string, Done, error) {
	l, err := a.editable(ledger)
	if err != nil {
		return "", Done{}, err
	}
	f, err := newUserField(l, strings.TrimSpace(label), kind, options)
	if err != nil {
		return "", Done{}, err
	}
	op, err := a.do(ctx, "field", "台账“"+l.Label+"”增加项目“"+f.Label+"”", func(tx *store.Tx) error {
		return tx.Add(userField(l.Key, f))
	})
	return f.Key, Done{Op: op}, err
}

// defaultScale is the number of digits kept after the point of a user's decimal:
// 万元 to 4 places.
const defaultScale = 4

func newUserField(l *model.Ledger, label, kind string, options []string) (model.Field, error) {
	k, ok := model.ParseKind(kind)
	switch {
	case label == "":
		return model.Field{}, model.Errorf(model.CodeUsage, "请写出项目的名称。")
	case l.FindField(label) != nil:
		return model.Field{}, model.Errorf(model.CodeExists, "台账“%s”已有“%s”这一项。", l.Label, label)
	case !ok:
		return model.Field{}, model.Errorf(model.CodeUsage, "没有“%s”这种项目。可用：文字、长文字、整数、小数、百分比、日期、月份、单选、多选、是否、证件号码、电话、银行卡号。", kind)
	case k == model.KindRef || k == model.KindFiles:
		return model.Field{}, model.Errorf(model.CodeUnsupported, "自定义项目暂不能用“%s”。", k.Label())
	case (k == model.KindEnum || k == model.KindMultiEnum) && len(options) == 0:
		return model.Field{}, model.Errorf(model.CodeUsage, "“%s”要给出可选的各项。", k.Label())
	}
	f := model.Field{Key: store.MintKey(), Label: label, Kind: k, Options: model.Options(options...)}
	if k == model.KindDecimal {
		f.Scale = defaultScale
	}
	f.Sensitive = k == model.KindIDNumber || k == model.KindPhone || k == model.KindBankCard
	return f, nil
}

// userField is the system record that describes a user's field.
func userField(ledger string, f model.Field) *model.Record {
	labels := make([]string, len(f.Options))
	for i, o := range f.Options {
		labels[i] = o.Label
	}
	rec := model.NewRecord("user_field", "")
	for key, v := range map[string]model.Value{
		"ledger": model.Text(ledger), "key": model.Text(f.Key), "label": model.Text(f.Label),
		"kind": model.Text(string(f.Kind)), "options": model.List(labels...), "unit": model.Text(f.Unit),
		"scale": model.Int(int64(f.Scale)), "required": model.Bool(f.Required), "sensitive": model.Bool(f.Sensitive),
	} {
		rec.Put(key, v)
	}
	return rec
}
