package app

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// meaning returns the ledger that a table belongs to and what its columns mean,
// suggestions included: by the table's own marks, by what a person said of one with
// the same headers, else by the headers themselves. ledger, if not "", is the user's
// own word. No ledger at all means that nobody knows.
func (a *App) meaning(ctx context.Context, book *sheet.Book, t *exchange.Table, ledger string) (*model.Ledger, []exchange.Match, error) {
	page := &book.Sheets[t.SheetIndex]
	memories, err := recall(ctx, a.store, t)
	if err != nil {
		return nil, nil, err
	}
	l := exchange.OwnLedger(page, t, a.Catalog())
	if l == nil && len(memories) == 1 {
		l = a.Catalog().Ledger(memories[0].ledger)
	}
	var matches []exchange.Match
	switch {
	case ledger != "":
		if l, err = a.editable(ledger); err != nil {
			return nil, nil, err
		}
	case l == nil:
		l, matches = exchange.GuessLedger(t, a.Catalog())
	}
	if l == nil {
		return nil, nil, nil
	}
	if own, ok := exchange.OwnColumns(page, t, a.Catalog(), l); ok {
		matches = own
	} else if matches == nil {
		matches = exchange.MapColumns(t, exchange.Targets(a.Catalog(), l))
	}
	for _, m := range memories {
		if m.ledger == l.Key {
			matches = m.apply(a.Catalog(), t, matches)
		}
	}
	return l, matches, nil
}

// memory is what a person said of the columns of a table: by header, for every table
// with the same headers. A column that is to stay out has the path "".
type memory struct {
	fingerprint, ledger string
	columns             map[string]exchange.Path
}

// memorySpace is the name space of the ids of memories, so that each layout and
// ledger has one.
var memorySpace = uuid.MustParse("7b1d20f4-93c5-5e6a-a0d7-64f2c8e1953b")

func (m memory) id() string {
	return uuid.NewSHA1(memorySpace, []byte(m.fingerprint+"\x00"+m.ledger)).String()
}

// recall reads what was said of tables with the headers of t.
func recall(ctx context.Context, r store.Reader, t *exchange.Table) ([]memory, error) {
	hits, err := r.Find(ctx, ledgers.Mapping, map[string]model.Value{"fingerprint": model.Text(exchange.Fingerprint(t))}, "")
	if err != nil {
		return nil, err
	}
	var out []memory
	for _, rec := range hits {
		m, err := memoryFrom(rec)
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}

func memoryFrom(rec *model.Record) (memory, error) {
	m := memory{fingerprint: rec.Get("fingerprint").Text, ledger: rec.Get("ledger").Text, columns: map[string]exchange.Path{}}
	if words := rec.Get("columns").Text; words != "" {
		if err := json.Unmarshal([]byte(words), &m.columns); err != nil {
			return m, fmt.Errorf("mapping %s: %w", rec.ID, err)
		}
	}
	return m, nil
}

// remember keeps a memory, over what was kept of the same layout before.
func remember(ctx context.Context, tx *store.Tx, m memory) error {
	old, err := tx.Get(ctx, ledgers.Mapping, m.id())
	exists := err == nil
	if err != nil && model.CodeOf(err) != model.CodeNotFound {
		return err
	}
	if exists {
		before, err := memoryFrom(old)
		if err != nil {
			return err
		}
		maps.Copy(before.columns, m.columns)
		m.columns = before.columns
	}
	words, err := json.Marshal(m.columns)
	if err != nil {
		return err
	}
	values := map[string]model.Value{"fingerprint": model.Text(m.fingerprint), "ledger": model.Text(m.ledger), "columns": model.Text(string(words))}
	if exists {
		_, err := tx.Set(ledgers.Mapping, m.id(), values)
		return err
	}
	rec := model.NewRecord(ledgers.Mapping, m.id())
	for key, v := range values {
		rec.Put(key, v)
	}
	return tx.Add(rec)
}

// memoryOf is what there is to remember of a user's choices. Of columns with the
// same header nobody could tell next time which was meant: they are left out.
func memoryOf(t *exchange.Table, ledger string, chosen map[int]exchange.Path) memory {
	m := memory{fingerprint: exchange.Fingerprint(t), ledger: ledger, columns: map[string]exchange.Path{}}
	once := byHeader(t)
	for col, path := range chosen {
		if c, ok := columnAt(t, col); ok && once[text.HeaderKey(c.Path)] == col {
			m.columns[text.HeaderKey(c.Path)] = path
		}
	}
	return m
}

// apply puts what is remembered over what the headers say.
func (m memory) apply(c *model.Catalog, t *exchange.Table, matches []exchange.Match) []exchange.Match {
	once := byHeader(t)
	chosen := map[int]exchange.Path{}
	for header, path := range m.columns {
		if col := once[header]; col > 0 {
			chosen[col] = path
		}
	}
	return choose(c, c.Ledger(m.ledger), matches, chosen, exchange.HowRemembered)
}

// byHeader finds the column of each header that stands over one column only.
func byHeader(t *exchange.Table) map[string]int {
	out := map[string]int{}
	for _, c := range t.Named() {
		key := text.HeaderKey(c.Path)
		if _, twice := out[key]; twice {
			out[key] = 0
			continue
		}
		out[key] = c.Col
	}
	return out
}

// choose puts chosen columns over matches: what was said of a column or a field is
// said no more. A path that the ledger does not have any longer is passed over.
func choose(c *model.Catalog, l *model.Ledger, matches []exchange.Match, chosen map[int]exchange.Path, how exchange.How) []exchange.Match {
	out := slices.Clone(matches)
	for _, col := range slices.Sorted(maps.Keys(chosen)) {
		path := chosen[col]
		if path == "" {
			out = slices.DeleteFunc(out, func(m exchange.Match) bool { return m.Col == col })
			continue
		}
		if _, err := exchange.ResolvePath(c, l, path); err != nil {
			continue
		}
		out = slices.DeleteFunc(out, func(m exchange.Match) bool { return m.Col == col || m.Path == path })
		out = append(out, exchange.Match{Col: col, Path: path, How: how, Score: 1})
	}
	slices.SortFunc(out, func(a, b exchange.Match) int { return a.Col - b.Col })
	return out
}

// columnAt returns a column of a table by its number.
func columnAt(t *exchange.Table, col int) (exchange.TableColumn, bool) {
	i := slices.IndexFunc(t.Columns, func(c exchange.TableColumn) bool { return c.Col == col })
	if i < 0 {
		return exchange.TableColumn{}, false
	}
	return t.Columns[i], true
}
