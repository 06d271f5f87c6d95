package gui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

const (
	searchRest = 120 * time.Millisecond // how long the typing rests before it is searched
	mostHits   = 30
)

// search opens the list of what fits the words typed, over every ledger.
func (w *Window) search() {
	s := w.session
	if s == nil {
		return
	}
	latest, delay := task.NewLatest(w.params.Runner), task.NewDelay(w.params.Runner)
	hits := map[string]app.Hit{}
	ask := func(words string, show func([]kit.Choice)) {
		if words == "" {
			show(nil)
			return
		}
		delay.Do(searchRest, func() {
			page.Load(w.desk, latest, func(ctx context.Context) ([]app.Hit, error) {
				return s.app.Find(ctx, words, mostHits)
			}, func(found []app.Hit) { show(hitChoices(found, hits)) })
		})
	}
	box := w.top.search
	kit.ShowChooser(w.win.Canvas(), kit.Chooser{
		At:   fyne.CurrentApp().Driver().AbsolutePositionForObject(box),
		Size: box.Size(), Hint: searchHint, Ask: ask,
		Done: func(c kit.Choice, _ fyne.KeyName) { w.open(routeTo(hits[c.ID])) },
	})
}

// hitChoices shows hits as choices and remembers them by id.
func hitChoices(found []app.Hit, hits map[string]app.Hit) []kit.Choice {
	out := make([]kit.Choice, len(found))
	for i, h := range found {
		hits[h.ID] = h
		out[i] = kit.Choice{ID: h.ID, Text: h.Title, Note: h.Note}
	}
	return out
}

// routeTo is the page on which a record is at home.
func routeTo(h app.Hit) page.Route {
	if h.Ledger == ledgers.Task {
		return page.Route{Page: page.Tasks, Ledger: h.Ledger, Record: h.ID}
	}
	return page.Route{Page: page.Ledgers, Ledger: h.Ledger, Record: h.ID}
}
