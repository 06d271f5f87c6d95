package app

import (
	"context"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/store"
)

// offeredLedgers are those whose records a village's form offers by name, with what
// they must fit: the households that are watched, and who is in the team.
var offeredLedgers = map[string]func(*model.Record) bool{
	ledgers.Household: func(r *model.Record) bool { return ledgers.MonitorStage(r) != ledgers.StageNone },
	ledgers.Team:      func(r *model.Record) bool { return r.Get("term_light").Text != ledgers.LightRed },
}

// namesToOffer returns the names to choose from in the columns of references that an
// area fills: of its own records only, and none that several share.
func (a *App) namesToOffer(ctx context.Context, r store.Reader, form exchange.Form, area *model.Record) (map[exchange.Path][]string, error) {
	out := map[exchange.Path][]string{}
	for _, c := range form.Columns {
		tg, err := exchange.ResolvePath(a.Catalog(), a.Catalog().Ledger(form.Over), c.Path)
		if err != nil {
			return nil, err
		}
		if !c.Fill || tg.Field == nil || tg.Field.Ref == nil {
			continue
		}
		for _, key := range tg.Field.Ref.Ledgers {
			if fits := offeredLedgers[key]; fits != nil {
				if out[c.Path], err = a.namesIn(ctx, r, key, area, fits); err != nil {
					return nil, err
				}
				break
			}
		}
	}
	return out, nil
}

func (a *App) namesIn(ctx context.Context, r store.Reader, ledger string, area *model.Record, fits func(*model.Record) bool) ([]string, error) {
	l := a.Catalog().Ledger(ledger)
	times := map[string]int{}
	var names []string
	err := r.Each(ctx, model.Query{Ledger: ledger, Areas: []string{area.ID}}, func(rec *model.Record) error {
		if name := l.Name(rec); fits(rec) && name != "" {
			names = append(names, name)
			times[name]++
		}
		return nil
	})
	names = slices.DeleteFunc(names, func(n string) bool { return times[n] > 1 })
	return names, err
}
