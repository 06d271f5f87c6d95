package app

import (
	"context"
	"fmt"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/store"
)

// settingsOf returns every parameter kept, with the day from which it holds.
func settingsOf(ctx context.Context, r store.Reader) ([]rule.Setting, error) {
	var out []rule.Setting
	err := r.Each(ctx, model.Query{Ledger: ledgers.Parameter}, func(rec *model.Record) error {
		out = append(out, rule.Setting{
			Key:   rec.Get("key").Text,
			Value: rec.Get("value").Text,
			From:  rec.Get("from").End,
		})
		return nil
	})
	return out, err
}

// Setting returns the value in force today of a parameter or setting, its
// default included; "" if there is none.
func (a *App) Setting(ctx context.Context, key string) (string, error) {
	p, err := params(ctx, a.store, a.Today())
	return p[key], err
}

// Settings returns all parameters in force today, by key.
func (a *App) Settings(ctx context.Context) (model.Params, error) {
	return params(ctx, a.store, a.Today())
}

// SetSetting sets a parameter, named by its key or label. Earlier days keep the value
// they had.
func (a *App) SetSetting(ctx context.Context, key, value string) (Done, error) {
	if err := rule.CheckSetting(key, value); err != nil {
		return Done{}, err
	}
	if p, ok := rule.FindParameter(key); ok {
		key = p.Key // a value under a label would be found by nobody
	}
	now, err := a.Settings(ctx)
	if err != nil {
		return Done{}, err
	}
	now[key] = value
	if err := checkTogether(now); err != nil {
		return Done{}, err
	}
	if key == rule.UnitOffices {
		if err := a.checkOffices(now); err != nil {
			return Done{}, err
		}
	}
	op, err := a.do(ctx, "settings", fmt.Sprintf("修改参数“%s”", rule.ParameterLabel(key)), func(tx *store.Tx) error {
		return putSetting(ctx, tx, key, value, a.since(key))
	})
	if err != nil {
		return Done{}, err
	}
	if _, err := a.store.Refresh(ctx, a.Today()); err != nil {
		return Done{}, err
	}
	return Done{Op: op}, a.loadHome(ctx)
}

// since is the day from which a new value holds: today for what a county or a
// year decides, always for what the ledger file itself is.
func (a *App) since(key string) model.Day {
	if p, ok := rule.FindParameter(key); ok && p.Kind != "" && p.Kind != model.KindMultiEnum {
		return ""
	}
	return a.Today()
}

// checkTogether refuses parameters that contradict each other.
func checkTogether(p model.Params) error {
	if p.Int(rule.GapYellow) > p.Int(rule.GapRed) {
		return model.Errorf(model.CodeInvalid, "“%s”不能大于“%s”。", rule.ParameterLabel(rule.GapYellow), rule.ParameterLabel(rule.GapRed))
	}
	return nil
}

// putSetting writes a parameter that holds from a day on.
func putSetting(ctx context.Context, tx *store.Tx, key, value string, from model.Day) error {
	same := map[string]model.Value{"key": model.Text(key), "from": model.OnDay(from)}
	hits, err := tx.Find(ctx, ledgers.Parameter, same, "")
	if err != nil {
		return err
	}
	if len(hits) > 0 {
		_, err := tx.Set(ledgers.Parameter, hits[0].ID, map[string]model.Value{"value": model.Text(value)})
		return err
	}
	rec := model.NewRecord(ledgers.Parameter, "")
	rec.Put("key", same["key"])
	rec.Put("from", same["from"])
	rec.Put("value", model.Text(value))
	return tx.Add(rec)
}

// ParameterInfo is a parameter with the value in force today.
type ParameterInfo struct {
	rule.Parameter
	Value string
	Since model.Day // from which it holds; "" where it is the shipped one
}

// Parameters returns every parameter people may change, with its value today.
func (a *App) Parameters(ctx context.Context) ([]ParameterInfo, error) {
	settings, err := settingsOf(ctx, a.store)
	if err != nil {
		return nil, err
	}
	p, today := rule.Effective(settings, a.Today()), a.Today()
	since := map[string]model.Day{}
	for _, s := range settings {
		if s.From <= today && s.From > since[s.Key] {
			since[s.Key] = s.From
		}
	}
	var out []ParameterInfo
	for _, par := range rule.Parameters() {
		out = append(out, ParameterInfo{par, p[par.Key], since[par.Key]})
	}
	return out, nil
}
