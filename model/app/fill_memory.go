package app

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/uuid"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/fill"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// FillPlan is how a table with certain headers is filled (套表方案).
type FillPlan struct {
	ID            string
	Label, Ledger string
	Where         []string
	Columns       map[string]string // source by header key
	Headers       []string
	File          string
	FilledOn      model.Day
}

// likeBefore is which part of the headers a changed template must share with the one
// remembered for the mapping to be carried over.
const likeBefore = 0.6

// FillPlans lists what is remembered of templates.
func (a *App) FillPlans(ctx context.Context) ([]FillPlan, error) {
	var out []FillPlan
	err := a.store.Each(ctx, model.Query{Ledger: ledgers.Template}, func(rec *model.Record) error {
		p, err := planFrom(rec)
		out = append(out, p)
		return err
	})
	return out, err
}

func planFrom(rec *model.Record) (FillPlan, error) {
	p := FillPlan{ID: rec.ID, Label: rec.Get("label").Text, Ledger: rec.Get("ledger").Text, File: rec.Get("file").Text, FilledOn: rec.Get("filled_on").End, Columns: map[string]string{}}
	if w := rec.Get("where").Text; w != "" {
		p.Where = strings.Split(w, "\n")
	}
	for key, into := range map[string]any{"columns": &p.Columns, "headers": &p.Headers} {
		if words := rec.Get(key).Text; words != "" {
			if err := json.Unmarshal([]byte(words), into); err != nil {
				return p, fmt.Errorf("template %s: %w", rec.ID, err)
			}
		}
	}
	return p, nil
}

// recallFill returns what is remembered of a table with these headers, or of the one
// that is most like it; nil if there is none.
func (f *filler) recallFill(frame *fill.Frame) (*FillPlan, error) {
	hits, err := f.store.Find(f.ctx, ledgers.Template, map[string]model.Value{"fingerprint": model.Text(exchange.Fingerprint(frame.Table))}, "")
	if err != nil {
		return nil, err
	}
	if len(hits) > 0 {
		p, err := planFrom(hits[0])
		return &p, err
	}
	plans, err := f.FillPlans(f.ctx)
	if err != nil {
		return nil, err
	}
	best, top := -1, 0.0
	for i := range plans {
		if share := shared(plans[i].Headers, frame.Headers()); share > top {
			best, top = i, share
		}
	}
	if top < likeBefore {
		return nil, nil
	}
	return &plans[best], nil
}

// shared is which part of the longer list of headers both have.
func shared(a, b []string) float64 {
	var keys []string
	for _, h := range a {
		keys = append(keys, text.HeaderKey(h))
	}
	n := 0
	for _, h := range b {
		if slices.Contains(keys, text.HeaderKey(h)) {
			n++
		}
	}
	return float64(n) / float64(max(len(a), len(b), 1))
}

// rememberFill keeps the mapping of a table that was filled.
func (a *App) rememberFill(ctx context.Context, tx *store.Tx, t *FillTable, req FillRequest) error {
	if len(t.puts) == 0 {
		return nil
	}
	columns, err := json.Marshal(fill.Remember(t.Frame, t.Columns))
	if err != nil {
		return err
	}
	headers, err := json.Marshal(t.Headers())
	if err != nil {
		return err
	}
	print := exchange.Fingerprint(t.Table)
	ledger := ""
	if t.Ledger != nil {
		ledger = t.Ledger.Key
	}
	values := map[string]model.Value{
		"fingerprint": model.Text(print), "label": model.Text(planLabel(t)), "ledger": model.Text(ledger),
		"where": model.Text(strings.Join(t.choice.Where, "\n")), "columns": model.Text(string(columns)), "headers": model.Text(string(headers)),
		"file": model.Text(filepath.Base(req.Out)), "filled_on": model.OnDay(a.Today()),
	}
	id := templateID(print)
	_, err = tx.Get(ctx, ledgers.Template, id)
	switch {
	case err == nil:
		_, err = tx.Set(ledgers.Template, id, values)
		return err
	case model.CodeOf(err) != model.CodeNotFound:
		return err
	}
	rec := model.NewRecord(ledgers.Template, id)
	for key, v := range values {
		rec.Put(key, v)
	}
	return tx.Add(rec)
}

// templateID is the id of what is remembered of tables with a fingerprint.
func templateID(print string) string {
	return uuid.NewSHA1(memorySpace, []byte("template\x00"+print)).String()
}

func planLabel(t *FillTable) string {
	if t.Title != "" {
		return t.Title
	}
	return t.Sheet
}

// discloseFill enters where sensitive values went; how stands before the reason.
func (a *App) discloseFill(ctx context.Context, tables []FillTable, how string, period model.Period, file string) error {
	for _, t := range tables {
		if t.Rows == 0 {
			continue
		}
		var columns []string
		for _, c := range t.Columns {
			if sensitive(c) {
				columns = append(columns, c.Target.Field.Label)
			}
		}
		if err := a.Disclose(ctx, t.Ledger, columns, t.Rows, how+fillReason(&t, period), file); err != nil {
			return err
		}
	}
	return nil
}
