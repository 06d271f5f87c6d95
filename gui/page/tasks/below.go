package tasks

import (
	"context"
	"fmt"

	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// offerBelow asks, after the limit of items was moved, whether the items below them
// go along: offered, never forced.
func (p *Page) offerBelow(ids []string) {
	ledger := p.source.ledger
	page.Run(p.desk, func(ctx context.Context) (all []ledgers.Offer, err error) {
		for _, id := range ids {
			some, err := p.api.Offers(ctx, ledger.Key, id)
			if err != nil {
				return nil, err
			}
			all = append(all, some...)
		}
		return all, nil
	}, func(all []ledgers.Offer) {
		if len(all) == 0 {
			return
		}
		p.desk.Presenter.Confirm(p.belowQuestion(all), func() { p.takeOffers(ledger.Key, all) })
	})
}

// belowQuestion names some of the items and their new limit.
func (p *Page) belowQuestion(all []ledgers.Offer) task.Question {
	words := ""
	for i, o := range all {
		if i == mostTitles {
			words += "等"
			break
		}
		words += fmt.Sprintf("“%s”", p.source.ledger.Name(p.source.byID[o.Record]))
	}
	return task.Question{
		Title: fmt.Sprintf("下级 %d 项的时限也跟着改吗？", len(all)),
		Text:  fmt.Sprintf("%s，由 %s 改为 %s。不改就照旧；改了可以撤销。", words, all[0].From.Text, all[0].To.Text),
		Yes:   fmt.Sprintf("改 %d 项", len(all)),
	}
}

// takeOffers gives the items below their new limits, in one operation.
func (p *Page) takeOffers(ledger string, all []ledgers.Offer) {
	rows := make([]app.RowChange, len(all))
	for i, o := range all {
		rows[i] = app.RowChange{ID: o.Record, Assign: []app.Assignment{{Field: o.Field, Words: o.To.Text}}}
	}
	p.run(nil, nil, fmt.Sprintf("已改下级 %d 项的时限", len(all)), func(ctx context.Context) (app.Done, error) {
		return p.api.SetMany(ctx, ledger, rows)
	}, nil)
}
