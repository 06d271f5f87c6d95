package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

// builder makes the SQL of a model.Query.
type builder struct {
	t       *table
	schema  *schema
	secrets secrets
	where   []string
	args    []any
	order   []string
	derived bool // some part needs the derived fields, d
	narrow  bool // an area below the top is asked for: its index should lead
	match   string
	verify  string // words the records found by match must really contain
}

// build checks a query against the ledger and prepares its parts.
func (v *view) build(ctx context.Context, q model.Query) (*builder, error) {
	t, err := v.schema.table(q.Ledger)
	if err != nil {
		return nil, err
	}
	b := &builder{t: t, schema: v.schema, secrets: v.secrets}
	if q.IDs != nil {
		if err := b.in("t.id", "SELECT value FROM json_each(?)", q.IDs); err != nil {
			return nil, err
		}
	}
	if len(q.Areas) > 0 {
		if err := b.areas(ctx, v, q.Areas); err != nil {
			return nil, err
		}
	}
	for _, c := range q.Where {
		if err := b.cond(c); err != nil {
			return nil, err
		}
	}
	b.search(q.Search)
	for _, s := range q.Sort {
		if err := b.sort(s); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func (b *builder) add(condition string, args ...any) {
	b.where = append(b.where, condition)
	b.args = append(b.args, args...)
}

func (b *builder) in(expr, list string, values []string) error {
	arg, err := jsonList(values)
	if err == nil {
		b.add(expr+" IN ("+list+")", arg)
	}
	return err
}

// areas restricts the query to areas and all below them. SQLite cannot guess how
// many records a list of areas has, so it is told by a + (which keeps it from
// using the index of a term) whether the areas or the other conditions lead.
func (b *builder) areas(ctx context.Context, v *view, top []string) error {
	ids, err := v.below(ctx, top)
	if err != nil {
		return err
	}
	all := int64(0)
	if t := v.schema.tables[areaLedger]; t != nil {
		if all, err = v.ses.number(ctx, "SELECT count(*) FROM "+t.sqlName()); err != nil {
			return err
		}
	}
	expr := "+t.area"
	if b.narrow = int64(2*len(ids)) < all; b.narrow {
		expr = "t.area"
	}
	return b.in(expr, "SELECT value FROM json_each(?)", ids)
}

// search adds the words looked for; blanks and punctuation restrict nothing.
func (b *builder) search(words string) {
	tokens, verify := text.QueryTokens(words)
	quoted := make([]string, len(tokens))
	for i, tok := range tokens {
		quoted[i] = quote(tok)
	}
	b.match = strings.Join(quoted, " ")
	if verify {
		b.verify = words
	}
}

// from is the FROM clause. A search drives the query: its hits come in the order
// of creation, so a first page is there before all hits are known.
func (b *builder) from() (string, []any) {
	from, args := b.t.sqlName()+" t", []any(nil)
	if b.match != "" {
		low, high := searchSpan(b.t.number)
		from = "sys_search s CROSS JOIN " + from + " ON s.sys_search MATCH ? AND s.rowid BETWEEN ? AND ? AND t.n = s.rowid - ?"
		args = []any{b.match, low, high, low}
	}
	if b.derived && b.t.hasDerived() {
		from += " LEFT JOIN " + b.t.derivedName() + " d ON d.n = t.n"
	}
	return from, args
}

// body is everything from FROM to WHERE; verified leaves out index hits that do
// not really contain the words.
func (b *builder) body(verified bool) (string, []any) {
	from, args := b.from()
	where := slices.Clone(b.where)
	args = append(args, b.args...)
	if verified && b.verify != "" {
		where = append(where, b.t.containsSQL())
		args = append(args, b.verify)
	}
	if len(where) == 0 {
		return " FROM " + from, args
	}
	return " FROM " + from + " WHERE " + strings.Join(where, " AND "), args
}

// page returns the n of the records of one page, in order.
func (b *builder) page(ctx context.Context, ses *session, limit, offset int) ([]int64, error) {
	body, args := b.body(true)
	tie := "t.n"
	if b.match != "" {
		tie = "s.rowid"
	}
	query := "SELECT t.n" + body + " ORDER BY " + strings.Join(append(slices.Clone(b.order), tie), ", ")
	if limit > 0 || offset > 0 {
		if limit <= 0 {
			limit = -1
		}
		query += " LIMIT ? OFFSET ?"
		args = append(args, limit, offset)
	}
	return ses.numbers(ctx, query, args...)
}

// count is the exact number of records that fit.
func (b *builder) count(ctx context.Context, ses *session) (int, error) {
	if b.verify == "" {
		return b.candidates(ctx, ses)
	}
	body, args := b.body(true)
	n, err := ses.number(ctx, "SELECT count(*)"+body, args...)
	return int(n), err
}

// verifiedTotal is up to how many search hits are checked one by one for the
// total of a page.
const verifiedTotal = 1000

// total is count, except that the hits of a frequent word are not all checked.
func (b *builder) total(ctx context.Context, ses *session) (int, error) {
	candidates, err := b.candidates(ctx, ses)
	if err != nil || b.verify == "" || candidates > verifiedTotal {
		return candidates, err
	}
	return b.count(ctx, ses)
}

// candidates counts what the index finds.
func (b *builder) candidates(ctx context.Context, ses *session) (int, error) {
	body, args := b.body(false)
	if b.match != "" && len(b.where) == 0 { // the index alone can tell
		low, high := searchSpan(b.t.number)
		body, args = " FROM sys_search s WHERE s.sys_search MATCH ? AND s.rowid BETWEEN ? AND ?", []any{b.match, low, high}
	}
	n, err := ses.number(ctx, "SELECT count(*)"+body, args...)
	return int(n), err
}

// countBy groups by the field's whole value.
func (b *builder) countBy(ctx context.Context, ses *session, key string, s secrets) ([]Bucket, error) {
	if key == model.AreaKey {
		return b.buckets(ctx, ses, []string{"t.area"}, func(src []any) (model.Value, error) {
			return model.Reference(asString(src[0]), ""), nil
		})
	}
	c, expr, err := b.column(key)
	if err != nil {
		return nil, err
	}
	if c.secret() {
		return nil, errSecret(c.field, "分组统计")
	}
	names := make([]string, len(c.names()))
	for i, name := range c.names() {
		names[i] = expr(name)
	}
	return b.buckets(ctx, ses, names, func(src []any) (model.Value, error) { return c.scan(src, s) })
}

func (b *builder) buckets(ctx context.Context, ses *session, names []string, scan func([]any) (model.Value, error)) ([]Bucket, error) {
	list := strings.Join(names, ", ")
	body, args := b.body(true)
	src, dst := make([]any, len(names)+1), make([]any, len(names)+1)
	for i := range src {
		dst[i] = &src[i]
	}
	var out []Bucket
	err := ses.each(ctx, func(r *sql.Rows) error {
		if err := r.Scan(dst...); err != nil {
			return err
		}
		v, err := scan(src[:len(names)])
		out = append(out, Bucket{Value: v, N: int(asInt(src[len(names)]))})
		return err
	}, "SELECT "+list+", count(*) AS number"+body+" GROUP BY "+list+" ORDER BY number DESC, "+list, args...)
	return out, err
}

// column finds a field and how to write the names of its columns.
func (b *builder) column(key string) (*column, func(name string) string, error) {
	c := b.t.byKey[key]
	if c == nil {
		return nil, nil, errNoField(b.t.Ledger, key)
	}
	alias := "t."
	if b.t.IsDerived(key) {
		alias, b.derived = "d.", true
	}
	return c, func(name string) string { return alias + quote(name) }, nil
}

// sortable are columns of every record by which lists may be sorted.
var sortable = []string{"id", "area", "revision", "created_at", "changed_at"}

// sort adds one key of the order. Empty values come last either way.
func (b *builder) sort(s model.Sort) error {
	direction := ""
	if s.Descending {
		direction = " DESC"
	}
	if slices.Contains(sortable, s.Field) {
		b.order = append(b.order, "t."+s.Field+direction)
		return nil
	}
	c, expr, err := b.column(s.Field)
	if err != nil {
		return err
	}
	if c.secret() {
		return errSecret(c.field, "排序")
	}
	b.order = append(b.order, expr(c.key)+" IS NULL")
	if c.shape == shapeDate { // days before what has none, like 长期坚持
		b.order = append(b.order, expr(c.comparable())+" = ''"+direction)
	}
	b.order = append(b.order, b.rank(c, expr)+direction)
	return nil
}

// rank is the expression by which values of the field compare: as in
// model.Field.Compare.
func (b *builder) rank(c *column, expr func(string) string) string {
	value := expr(c.comparable())
	if c.field.Kind != model.KindEnum {
		return value
	}
	var sb strings.Builder
	for i, o := range c.field.Options {
		sb.WriteString(" WHEN " + literal(o.Key) + " THEN " + itoa(i))
	}
	if sb.Len() == 0 {
		return value
	}
	return "CASE " + value + sb.String() + " ELSE iif(" + value + " IS NULL, NULL, -1) END"
}

func errSecret(f *model.Field, what string) error {
	return invalid(f.Key, "“%s”是保密项目，不能按它%s。", f.Label, what)
}
