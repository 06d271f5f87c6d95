package app

import (
	"context"
	"fmt"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/rule"
	"xiangzhen/model/sample"
	"xiangzhen/model/store"
)

// CreateDemo makes a new ledger file with the sample county as seen by unit
// (甲镇 or 示例县), its days relative to today, and scale times as many villages.
func CreateDemo(ctx context.Context, o Options, unit string, scale int) (*App, error) {
	a, err := Create(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := a.fillDemo(ctx, o, unit, scale); err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

func (a *App) fillDemo(ctx context.Context, o Options, unit string, scale int) error {
	county, err := sample.Build(sample.Options{Today: a.Today(), Unit: unit, Scale: scale})
	if err != nil {
		return err
	}
	_, err = a.do(ctx, model.KindFound, "载入示例县", func(tx *store.Tx) error {
		for _, rec := range county.Records {
			if err := tx.Add(rec); err != nil {
				return fmt.Errorf("sample %s %s: %w", rec.Ledger, rec.ID, err)
			}
		}
		for key, value := range map[string]string{rule.UnitHome: county.Home, rule.UnitOwner: county.Owner, rule.Demo: "1"} {
			if err := putSetting(ctx, tx, key, value, ""); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return a.settle(ctx, o)
}

// Counts returns the number of records of each ledger that people fill.
func (a *App) Counts(ctx context.Context) (map[string]int, error) {
	counts := map[string]int{}
	for _, l := range a.Catalog().All() {
		if l.System {
			continue
		}
		n, err := a.store.Count(ctx, model.Query{Ledger: l.Key})
		if err != nil {
			return nil, err
		}
		counts[l.Key] = n
	}
	return counts, nil
}

// CountWords says counts in words, in the order of the catalog.
func CountWords(c *model.Catalog, counts map[string]int) string {
	var parts []string
	for _, l := range c.All() {
		if n := counts[l.Key]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", l.Label, n))
		}
	}
	return strings.Join(parts, "，")
}

// IsDemo reports whether the ledger holds the sample county (演示数据).
func (a *App) IsDemo(ctx context.Context) (bool, error) {
	return a.isDemo(ctx, a.store)
}
