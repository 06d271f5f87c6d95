package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"xiangzhen/model"
)

// inspect lays the catalog over the file as it is, changing nothing. A file that
// lacks a table or a column was last written by an older program.
func (s *Store) inspect(ctx context.Context, ses *session) (*schema, error) {
	p, err := s.plan(ctx, ses)
	if err != nil {
		return nil, err
	}
	if len(p.steps) > 0 {
		return nil, model.Errorf(model.CodeReadOnly, "台账“%s”是用旧版本的程序建立的。请先正常打开一次，再以只读方式查看。", s.name())
	}
	return p.schema, nil
}

// update brings the file up to the catalog, in a transaction of its own: new
// tables, columns, indexes and triggers. It only ever adds.
func (s *Store) update(ctx context.Context, ses *session) (*schema, error) {
	p, err := s.plan(ctx, ses)
	if err != nil || len(p.steps) == 0 {
		return p.schema, err
	}
	if err := ses.run(ctx, "BEGIN IMMEDIATE"); err != nil {
		return nil, err
	}
	sch, err := s.apply(ctx, ses, p)
	if err == nil {
		err = ses.run(ctx, "COMMIT")
	}
	if err != nil {
		return nil, rollback(ses, err)
	}
	return sch, nil
}

// rollback ends a failed transaction; the first error is what matters.
func rollback(ses *session, cause error) error {
	if err := ses.run(context.Background(), "ROLLBACK"); err != nil && cause == nil {
		return err
	}
	return cause
}

// planned is a schema and what is missing in the file for it.
type planned struct {
	schema  *schema
	steps   []string                   // DDL
	numbers map[string]int64           // of ledgers in the search index
	search  map[string]searchSignature // that the index was built by
}

// plan compares the catalog with the file.
func (s *Store) plan(ctx context.Context, ses *session) (planned, error) {
	have, err := loadPhysical(ctx, ses)
	if err != nil {
		return planned{}, err
	}
	catalog, err := s.catalogIn(ctx, ses, have)
	if err != nil {
		return planned{}, err
	}
	objects, err := loadObjects(ctx, ses)
	if err != nil {
		return planned{}, err
	}
	p := planned{schema: &schema{catalog: catalog, tables: map[string]*table{}}}
	if p.numbers, p.search, err = loadNumbers(ctx, ses); err != nil {
		return planned{}, err
	}
	for _, l := range catalog.All() {
		if err := p.add(l, have, objects); err != nil {
			return planned{}, err
		}
	}
	return p, nil
}

// add lays out one ledger and notes what is missing for it.
func (p *planned) add(l *model.Ledger, have physical, objects map[string]string) error {
	t, err := newTable(l, have)
	if err != nil {
		return err
	}
	p.schema.tables[l.Key] = t
	for _, step := range t.ddl(have) {
		if name, ok := strings.CutPrefix(step, "CREATE INDEX IF NOT EXISTS "); ok && objects[firstName(name)] != "" {
			continue
		}
		p.steps = append(p.steps, step)
	}
	for name, text := range t.guards() {
		if objects[name] != text {
			p.steps = append(p.steps, "DROP TRIGGER IF EXISTS "+quote(name), text)
		}
	}
	number, known := p.numbers[l.Key]
	if t.number = number; !known {
		p.steps = append(p.steps, "INSERT INTO sys_ledger(key) VALUES ("+literal(l.Key)+")")
	} else if step := t.searchStep(p.search[l.Key], have); step != "" {
		p.steps = append(p.steps, step)
	}
	return nil
}

// firstName reads the quoted name a statement goes on with.
func firstName(rest string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(rest, `"`), `"`)
	return name
}

// apply takes the steps and returns the schema with the numbers new ledgers got.
func (s *Store) apply(ctx context.Context, ses *session, p planned) (*schema, error) {
	for _, step := range p.steps {
		if err := ses.run(ctx, step); err != nil {
			return nil, err
		}
	}
	numbers, search, err := loadNumbers(ctx, ses)
	if err != nil {
		return nil, err
	}
	for key, t := range p.schema.tables {
		t.number = numbers[key]
		if step := t.searchStep(search[key], nil); step != "" {
			if err := ses.run(ctx, step); err != nil {
				return nil, err
			}
		}
	}
	return p.schema, nil
}

func loadPhysical(ctx context.Context, ses *session) (physical, error) {
	out := physical{}
	err := ses.each(ctx, func(r *sql.Rows) error {
		var tableName string
		var c physicalColumn
		if err := r.Scan(&tableName, &c.name, &c.sqlType); err != nil {
			return err
		}
		out[tableName] = append(out[tableName], c)
		return nil
	}, `SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c
WHERE m.type = 'table' AND m.name NOT GLOB 'sys_*' AND m.name NOT GLOB 'sqlite_*' ORDER BY m.name, c.cid`)
	return out, err
}

// loadObjects returns the SQL of indexes and triggers by name.
func loadObjects(ctx context.Context, ses *session) (map[string]string, error) {
	out := map[string]string{}
	err := ses.each(ctx, func(r *sql.Rows) error {
		var name, text string
		err := r.Scan(&name, &text)
		out[name] = text
		return err
	}, "SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL")
	return out, err
}

func loadNumbers(ctx context.Context, ses *session) (map[string]int64, map[string]searchSignature, error) {
	numbers, search := map[string]int64{}, map[string]searchSignature{}
	err := ses.each(ctx, func(r *sql.Rows) error {
		var number int64
		var key, signature string
		err := r.Scan(&number, &key, &signature)
		numbers[key], search[key] = number, searchSignature(signature)
		return err
	}, "SELECT number, key, search FROM sys_ledger")
	return numbers, search, err
}

// table returns the table of a ledger in force.
func (s *schema) table(key string) (*table, error) {
	t := s.tables[key]
	if t == nil {
		return nil, errNoLedger(key)
	}
	return t, nil
}

// all returns the tables in the order of the catalog.
func (s *schema) all() []*table {
	out := make([]*table, 0, len(s.tables))
	for _, l := range s.catalog.All() {
		out = append(out, s.tables[l.Key])
	}
	return slices.Clip(out)
}
