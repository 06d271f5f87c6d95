package app

import (
	"context"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

// Hit is a record found by a search over all ledgers.
type Hit struct {
	Ledger, ID string
	Title      string
	Note       string // which ledger, and where: 任务 · 甲二村
}

// hitsOfOne bounds the hits of one ledger, so that none fills the list alone.
const hitsOfOne = 8

// Find searches every ledger that people fill, in the order of the catalog, for
// words or initials of pinyin, and returns at most limit hits: those whose title
// fits before those that hold the words elsewhere. What belongs to another record
// (progress) leads to that record.
func (a *App) Find(ctx context.Context, words string, limit int) ([]Hit, error) {
	var byTitle, elsewhere []Hit
	for _, l := range a.Catalog().All() {
		if l.System {
			continue
		}
		page, err := a.store.List(ctx, model.Query{Ledger: l.Key, Search: words, Limit: hitsOfOne})
		if err != nil {
			return nil, err
		}
		for _, r := range page.Records {
			if h := newHit(l, r); text.Contains(words, h.Title) && l.Owner() == nil {
				byTitle = append(byTitle, h)
			} else {
				elsewhere = append(elsewhere, h)
			}
		}
	}
	hits := append(byTitle, elsewhere...)
	return hits[:min(len(hits), limit)], nil
}

// newHit shows a record, or for an owned one its owner.
func newHit(l *model.Ledger, r *model.Record) Hit {
	h := Hit{Ledger: l.Key, ID: r.ID, Title: l.Name(r), Note: hitNote(l, r)}
	if owner := l.Owner(); owner != nil && r.Get(owner.Key).ID != "" {
		h.Ledger, h.ID = owner.Ref.Ledgers[0], r.Get(owner.Key).ID
		h.Note = l.Label + " · " + owner.Show(r.Get(owner.Key))
	}
	return h
}

// hitNote says what a hit is and where it belongs.
func hitNote(l *model.Ledger, r *model.Record) string {
	for _, key := range []string{"unit", "area", l.Parent} {
		if f := l.Field(key); f != nil && !r.Get(key).IsEmpty() {
			return l.Label + " · " + f.Show(r.Get(key))
		}
	}
	return l.Label
}
