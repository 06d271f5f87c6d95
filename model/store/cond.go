package store

import (
	"slices"
	"strconv"
	"strings"

	"xiangzhen/model"
)

func itoa(n int) string { return strconv.Itoa(n) }

// comparisons are the operators SQL shares with a query.
var comparisons = map[model.Op]string{
	model.OpEq: "IS", model.OpNe: "IS NOT", model.OpLt: "<", model.OpLe: "<=", model.OpGt: ">", model.OpGe: ">=",
}

// cond adds one condition.
func (b *builder) cond(c model.Cond) error {
	if c.Op != model.OpContains && comparisons[c.Op] == "" {
		return invalid(c.Field, "条件里的“%s”不认识。可以用 = != < <= > >= ~。", c.Op)
	}
	if c.Field == "id" || c.Field == model.AreaKey {
		return b.identity(c)
	}
	col, expr, err := b.column(c.Field)
	if err != nil {
		return err
	}
	if !c.Value.Set {
		return b.emptiness(c, expr(col.key))
	}
	switch {
	case col.secret():
		return b.secretCond(c, col, expr)
	case c.Op == model.OpContains:
		return b.contains(col, expr, c.Value.Text)
	case col.shape == shapeDate:
		return b.dateCond(c, col, expr)
	case col.shape == shapeRef:
		return b.refCond(c, col, expr)
	case col.field.Kind == model.KindMultiEnum:
		return b.listCond(c, col, expr)
	case col.field.Kind == model.KindEnum && c.Op != model.OpEq && c.Op != model.OpNe:
		b.add(b.rank(col, expr)+" "+comparisons[c.Op]+" ?", slices.IndexFunc(col.field.Options, func(o model.Option) bool {
			return o.Key == c.Value.Text
		}))
		return nil
	}
	name := expr(col.key)
	if b.narrow && col.field.Kind == model.KindEnum {
		name = "+" + name // few values: the areas single out more
	}
	b.compare(name, c.Op, col.plain(c.Value))
	return nil
}

// plain is a value of one column as an argument.
func (c *column) plain(v model.Value) any {
	if c.shape == shapeNumber {
		return v.Num
	}
	return v.Text
}

// compare adds a plain comparison. "=" is written so that an index serves it.
func (b *builder) compare(expr string, op model.Op, arg any) {
	if op == model.OpEq {
		b.add(expr+" = ?", arg)
		return
	}
	b.add(expr+" "+comparisons[op]+" ?", arg)
}

// identity compares the id of the record or of its area.
func (b *builder) identity(c model.Cond) error {
	want := c.Value.ID
	if want == "" {
		want = c.Value.Text
	}
	if want == "" {
		return b.emptiness(c, "t."+c.Field)
	}
	if c.Op != model.OpEq && c.Op != model.OpNe {
		return invalid(c.Field, "记录编号和所属区划只能用 = 和 !=。")
	}
	b.compare("t."+c.Field, c.Op, want)
	return nil
}

// emptiness is a condition with the empty value.
func (b *builder) emptiness(c model.Cond, expr string) error {
	switch c.Op {
	case model.OpEq:
		b.add(expr + " IS NULL")
	case model.OpNe:
		b.add(expr + " IS NOT NULL")
	default:
		return invalid(c.Field, "与空值只能用 = 和 != 比较。")
	}
	return nil
}

// dateCond compares dates by their end. A span on the right counts with its
// start for < and >= and with its end for <= and >, so that ">= 2026年11月" means
// from the first of November on.
func (b *builder) dateCond(c model.Cond, col *column, expr func(string) string) error {
	end := expr(col.key + "__end")
	v := c.Value
	switch c.Op {
	case model.OpEq, model.OpNe:
		same, args := expr(col.key)+" = ?", []any{v.Text}
		if v.End != "" && v.Start == v.End {
			same, args = "("+same+" OR "+end+" = ?)", append(args, string(v.End))
		}
		if c.Op == model.OpNe {
			same = "(" + expr(col.key) + " IS NULL OR NOT " + same + ")"
		}
		b.add(same, args...)
		return nil
	}
	day := v.End
	if c.Op == model.OpLt || c.Op == model.OpGe {
		day = v.Start
	}
	if day == "" {
		return invalid(c.Field, "“%s”不是具体日期，不能比较先后。", v.Text)
	}
	b.add("("+end+" <> '' AND "+end+" "+comparisons[c.Op]+" ?)", string(day))
	return nil
}

// refCond compares by id where one is given, else by the words.
func (b *builder) refCond(c model.Cond, col *column, expr func(string) string) error {
	if c.Value.ID != "" {
		if c.Op != model.OpEq && c.Op != model.OpNe {
			return invalid(c.Field, "“%s”指向另一条记录，只能用 = 和 != 比较。", col.field.Label)
		}
		b.compare(expr(col.key+"__id"), c.Op, c.Value.ID)
		return nil
	}
	b.compare(expr(col.key), c.Op, c.Value.Text)
	return nil
}

// listCond: = means that all the entries given are among the record's.
func (b *builder) listCond(c model.Cond, col *column, expr func(string) string) error {
	if c.Op != model.OpEq && c.Op != model.OpNe {
		return invalid(c.Field, "“%s”是多选，只能用 =、!= 和 ~ 比较。", col.field.Label)
	}
	var parts []string
	var args []any
	for _, e := range c.Value.Entries() {
		parts = append(parts, hasEntry(expr(col.key)))
		args = append(args, e)
	}
	all := "(" + strings.Join(parts, " AND ") + ")"
	if c.Op == model.OpNe {
		all = "(" + expr(col.key) + " IS NULL OR NOT " + all + ")"
	}
	b.add(all, args...)
	return nil
}

func hasEntry(expr string) string {
	return "instr(char(31) || " + expr + " || char(31), char(31) || ? || char(31)) > 0"
}

// contains looks for text inside the words people see.
func (b *builder) contains(col *column, expr func(string) string, words string) error {
	f := col.field
	switch f.Kind {
	case model.KindInteger, model.KindDecimal, model.KindPercent, model.KindBool:
		return invalid(f.Key, "“%s”是数字，不能用 ~（包含），请用 = < > 比较。", f.Label)
	case model.KindEnum, model.KindMultiEnum:
		b.optionContains(col, expr(col.key), words)
		return nil
	}
	b.add("instr("+expr(col.key)+", ?) > 0", words)
	return nil
}

// optionContains takes the options whose label contains the words, and stored
// keys that are no longer offered and contain them.
func (b *builder) optionContains(col *column, expr, words string) {
	parts, args := []string{}, []any{}
	known := []string{"''"}
	for _, o := range col.field.Options {
		known = append(known, literal(o.Key))
		if strings.Contains(o.Label, words) {
			parts = append(parts, hasEntry(expr))
			args = append(args, o.Key)
		}
	}
	parts = append(parts, "("+expr+" NOT IN ("+strings.Join(known, ", ")+") AND instr("+expr+", ?) > 0)")
	b.add("("+strings.Join(parts, " OR ")+")", append(args, words)...)
}

// secretCond compares a sensitive value by its keyed hash. ~ with the first 15
// digits of an ID number finds what Excel has left of it.
func (b *builder) secretCond(c model.Cond, col *column, expr func(string) string) error {
	switch {
	case c.Op == model.OpContains && col.shape == shapeIDHash && len(c.Value.Text) == firstDigits:
		b.add(expr(col.key+"__h15")+" = ?", b.secrets.hash(c.Value.Text))
	case col.shape >= shapeHashed && (c.Op == model.OpEq || c.Op == model.OpNe):
		b.compare(expr(col.key+"__h"), c.Op, b.secrets.hash(c.Value.Text))
	default:
		return errSecret(col.field, "这样筛选")
	}
	return nil
}

// equal adds exact equality on a field, AreaKey or id; the empty value equals
// only itself.
func (b *builder) equal(key string, v model.Value) error {
	if c := b.t.byKey[key]; c != nil && c.shape == shapeDate && v.Set {
		_, expr, err := b.column(key)
		if err == nil {
			b.add(expr(c.key)+" = ?", v.Text)
		}
		return err
	}
	return b.cond(model.Cond{Field: key, Op: model.OpEq, Value: v})
}
