package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/store"
)

// lookup answers what planning asks of the ledger (exchange.Lookup).
type lookup struct {
	*resolver
	known known // empty unless expect was called
}

func (a *App) lookup(ctx context.Context, r store.Reader) *lookup {
	return &lookup{resolver: a.resolver(ctx, r)}
}

// Record returns the record of that id, or nil.
func (k *lookup) Record(ledger, id string) (*model.Record, error) {
	if rec := k.known.records[target{ledger, id}]; rec != nil {
		return rec, nil
	}
	rec, err := k.r.Get(k.ctx, ledger, id)
	if model.CodeOf(err) == model.CodeNotFound {
		return nil, nil
	}
	return rec, err
}

// Match returns the records whose fields equal the keys.
func (k *lookup) Match(ledger string, keys map[string]model.Value) ([]*model.Record, error) {
	area := keys[model.AreaKey].Text
	fields := make(map[string]model.Value, len(keys))
	for key, v := range keys {
		if key != model.AreaKey {
			fields[key] = v
		}
	}
	return k.r.Find(k.ctx, ledger, fields, area)
}

// Known returns those of the words that a record has in the field.
func (k *lookup) Known(ledger, field string, words []string) ([]string, error) {
	return k.r.Known(k.ctx, ledger, field, words)
}

// Child returns the owned record of this owner and period, or nil.
func (k *lookup) Child(ledger, owner string, period model.Month) (*model.Record, error) {
	hits, read := k.known.children[target{ledger, owner}]
	var err error
	if !read || period != k.known.period {
		hits, err = k.r.Find(k.ctx, ledger, map[string]model.Value{
			k.r.Catalog().Ledger(ledger).Owner().Key: model.Reference(owner, ""),
			"period":                                 model.Text(string(period)),
		}, "")
	}
	if err != nil || len(hits) == 0 {
		return nil, err
	}
	return hits[0], nil
}

// Children returns the owned records of this owner, the newest period first.
func (k *lookup) Children(ledger, owner string) ([]*model.Record, error) {
	f := k.r.Catalog().Ledger(ledger).Owner()
	hits, err := k.r.Find(k.ctx, ledger, map[string]model.Value{f.Key: model.Reference(owner, "")}, "")
	slices.SortStableFunc(hits, func(a, b *model.Record) int {
		return strings.Compare(b.Get("period").Text, a.Get("period").Text)
	})
	return hits, err
}

// Claims returns what senders and this side hold of a record.
func (k *lookup) Claims(ledger, record string) ([]exchange.Claim, map[string]exchange.Local, error) {
	hits, err := k.claimRecords(target{ledger, record})
	if err != nil {
		return nil, nil, err
	}
	return claimsIn(hits)
}

// Submission returns the earlier submission of the same sender and content.
func (k *lookup) Submission(sender, form string, period model.Period, fingerprint string) (string, bool, error) {
	hits, err := k.r.Find(k.ctx, ledgers.Submission, map[string]model.Value{
		"sender": model.Text(sender), "form": model.Text(form),
		"period": model.Text(string(period)), "fingerprint": model.Text(fingerprint),
	}, "")
	if err != nil || len(hits) == 0 {
		return "", false, err
	}
	return hits[0].ID, true, nil
}

// claimsOf reads the claims on one record, and this side's own line.
func claimsOf(ctx context.Context, r store.Reader, ledger, record string) ([]exchange.Claim, map[string]exchange.Local, error) {
	hits, err := findClaims(ctx, r, target{ledger, record})
	if err != nil {
		return nil, nil, err
	}
	return claimsIn(hits)
}

// findClaims returns the claim records on one record. The one without a submission
// holds this side's own line.
func findClaims(ctx context.Context, r store.Reader, t target) ([]*model.Record, error) {
	return r.Find(ctx, ledgers.Claim, map[string]model.Value{
		"target_ledger": model.Text(t.ledger), "record": model.Text(t.record),
	}, "")
}

func isLine(rec *model.Record) bool { return rec.Get("submission").IsEmpty() }

// claimsIn reads claim records.
func claimsIn(records []*model.Record) ([]exchange.Claim, map[string]exchange.Local, error) {
	var claims []exchange.Claim
	var local map[string]exchange.Local
	var err error
	for _, rec := range records {
		values := []byte(rec.Get("values").Text)
		if isLine(rec) {
			err = json.Unmarshal(values, &local)
		} else {
			var c exchange.Claim
			c, err = claimFrom(rec, values)
			claims = append(claims, c)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("claim %s: %w", rec.ID, err)
		}
	}
	return claims, local, nil
}

func claimFrom(rec *model.Record, values []byte) (exchange.Claim, error) {
	c := exchange.Claim{
		Submission: rec.Get("submission").Text,
		Sender:     rec.Get("sender").Text,
		Form:       rec.Get("form").Text,
		Period:     model.Period(rec.Get("period").Text),
		StatedOn:   rec.Get("stated_on").End,
		File:       rec.Get("file").Text,
	}
	var err error
	if c.Modified, err = parseTime(rec.Get("modified").Text); err != nil {
		return c, err
	}
	if c.Issued, err = parseTime(rec.Get("issued").Text); err != nil {
		return c, err
	}
	return c, json.Unmarshal(values, &c.Fields)
}

// parseTime reads a time kept in a text field; "" is the zero time.
func parseTime(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339, s)
}

// formatTime is the reverse of parseTime.
func formatTime(t time.Time) model.Value {
	if t.IsZero() {
		return model.Value{}
	}
	return model.Text(t.UTC().Format(time.RFC3339))
}

// NewID gives a record that a table adds its id: an area's follows from its code
// or its path, any other's from the time.
func (k *lookup) NewID(l *model.Ledger, values map[string]model.Value) string {
	if l.Key == ledgers.Area {
		return ledgers.AreaID(values["code"].Text, append(k.path(values["parent"].ID), values["name"].Text))
	}
	return uuid.Must(uuid.NewV7()).String()
}
