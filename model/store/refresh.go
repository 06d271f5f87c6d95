package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"xiangzhen/model"
)

func shortHash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:hashBytes])
}

// Refresh brings what depends on the day up to date: days that count down, and
// derived fields whose day has come; or all of them if the parameters or the rules
// are no longer those they were computed with, or the day lies before the last one. It also rebuilds
// the search index of ledgers whose fields or labels have changed. It returns
// the number of records whose derived fields changed; nothing of it is an
// operation, and nothing is published.
func (s *Store) Refresh(ctx context.Context, today model.Day) (int, error) {
	release, err := s.acquire(ctx)
	if err != nil {
		return 0, err
	}
	defer release()
	if err := s.writer.trim(); err != nil {
		return 0, s.explain(err)
	}
	if _, err := s.writer.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return 0, s.explain(err)
	}
	open := true
	defer func() {
		if open {
			_, _ = s.writer.exec(context.WithoutCancel(ctx), "ROLLBACK") // the first error is what matters
		}
	}()
	n, err := s.refresh(ctx, today)
	if err == nil {
		_, err = s.writer.exec(context.WithoutCancel(ctx), "COMMIT")
		open = err != nil
	}
	if err != nil {
		return 0, s.explain(err)
	}
	return n, nil
}

func (s *Store) refresh(ctx context.Context, today model.Day) (int, error) {
	v := &view{ses: s.writer, schema: s.state.Load(), secrets: s.secrets}
	params, hash, err := s.params(ctx, v, today)
	if err != nil {
		return 0, err
	}
	all, err := s.needsAll(ctx, today, hash)
	if err != nil {
		return 0, err
	}
	d := &deriver{ctx: ctx, view: v, params: params, today: today}
	due := seeds{}
	if all {
		err = d.seedAll(due)
	} else if err = d.countDown(); err == nil {
		err = d.seedDue(due)
	}
	if err == nil {
		err = d.run(due)
	}
	if err == nil {
		err = s.remember(ctx, today, hash)
	}
	if err == nil {
		var reindexed int
		if reindexed, err = v.reindex(ctx); reindexed > 0 {
			s.tidyAfter(manyRows)
		}
	}
	return d.n, err
}

// needsAll reports whether the derived fields were computed under conditions
// other than a day gone by.
func (s *Store) needsAll(ctx context.Context, today model.Day, hash string) (bool, error) {
	day, err := getMeta(ctx, s.writer, metaDay)
	if err != nil {
		return false, err
	}
	rules, err := getMeta(ctx, s.writer, metaRules)
	if err != nil {
		return false, err
	}
	changed, err := paramsChanged(ctx, s.writer, hash)
	return changed || rules != s.rules() || day > string(today), err
}

// rules is the version of the derivations with the layout they fill.
func (s *Store) rules() string {
	b := []byte(s.options.Rules)
	for _, t := range s.state.Load().all() {
		if t.hasDerived() {
			b = append(b, "\n"+t.Key+" "+strings.Join(t.derivedDefs(), ", ")...)
		}
		for i := range t.derived {
			f := t.derived[i].field
			b = fmt.Appendf(b, "\n%s %s %s %t", t.Key, f.Key, f.Kind, f.Countdown)
		}
	}
	return shortHash(b)
}

func (s *Store) remember(ctx context.Context, today model.Day, hash string) error {
	for _, e := range [][2]string{{metaDay, string(today)}, {metaParams, hash}, {metaRules, s.rules()}} {
		known, err := getMeta(ctx, s.writer, e[0])
		if err == nil && known != e[1] {
			err = setMeta(ctx, s.writer, e[0], e[1])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// CheckDerived computes every derived field as of the day they were computed for
// and returns of how many records they are not what stands in the file. It writes
// nothing. Where some were computed on a later day, by an operation before the
// Refresh of that day, nothing can be said: 0.
func (s *Store) CheckDerived(ctx context.Context) (wrong int, err error) {
	release, err := s.acquire(ctx)
	if err != nil {
		return 0, err
	}
	defer release()
	if _, err := s.writer.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return 0, s.explain(err)
	}
	defer func() { err = s.explain(rollback(s.writer, err)) }()
	day, err := getMeta(ctx, s.writer, metaDay)
	if err != nil {
		return 0, err
	}
	v := &view{ses: s.writer, schema: s.state.Load(), secrets: s.secrets}
	if mixed, err := v.computedAfter(ctx, day); err != nil || mixed {
		return 0, err
	}
	params, _, err := s.params(ctx, v, model.Day(day))
	if err != nil {
		return 0, err
	}
	d, due := &deriver{ctx: ctx, view: v, params: params, today: model.Day(day)}, seeds{}
	if err := d.seedAll(due); err != nil {
		return 0, err
	}
	err = d.run(due)
	return d.n, err
}

// computedAfter reports whether the derived fields of a record were computed after
// the day of the last Refresh.
func (v *view) computedAfter(ctx context.Context, day string) (bool, error) {
	for _, t := range v.schema.tables {
		if !t.hasDerived() {
			continue
		}
		n, err := v.ses.number(ctx, "SELECT count(*) FROM (SELECT 1 FROM "+t.derivedName()+" WHERE as_of > ? LIMIT 1)", day)
		if err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}
