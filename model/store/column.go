package store

import (
	"strconv"

	"xiangzhen/model"
)

// shape is how a field lies in columns.
type shape int

const (
	shapeText   shape = iota // key TEXT
	shapeNumber              // key INTEGER
	shapeDate                // key, key__start, key__end, key__kind TEXT
	shapeRef                 // key, key__id TEXT
	shapeSecret              // key TEXT, as the codec made it
	shapeHashed              // key, key__h TEXT
	shapeIDHash              // key, key__h, key__h15 TEXT
)

// suffixes of the columns of a shape; the main column, whose suffix is "", is
// NULL exactly when no value is given.
var suffixes = map[shape][]string{
	shapeText:   {""},
	shapeNumber: {""},
	shapeDate:   {"", "__start", "__end", "__kind"},
	shapeRef:    {"", "__id"},
	shapeSecret: {""},
	shapeHashed: {"", "__h"},
	shapeIDHash: {"", "__h", "__h15"},
}

// column is one field of a table. A field that the table has but no description
// mentions any more (hidden by the user) has field nil: it is journalled and put
// back by undo like the others, and otherwise left alone.
type column struct {
	key   string
	shape shape
	field *model.Field
}

func (c *column) secret() bool { return c.shape >= shapeSecret }

// names are the SQL names, unquoted, the main column first.
func (c *column) names() []string {
	out := make([]string, len(suffixes[c.shape]))
	for i, s := range suffixes[c.shape] {
		out[i] = c.key + s
	}
	return out
}

// visible is the number of columns that hold the value itself, hashes left out.
func (c *column) visible() int {
	if c.secret() {
		return 1
	}
	return len(suffixes[c.shape])
}

func (c *column) sqlType() string {
	if c.shape == shapeNumber {
		return "INTEGER"
	}
	return "TEXT"
}

// shapeOf tells how a stored field lies in columns.
func shapeOf(f *model.Field) shape {
	switch {
	case f.Sensitive && f.Kind == model.KindIDNumber:
		return shapeIDHash
	case f.Sensitive && (f.Kind == model.KindPhone || f.Kind == model.KindBankCard):
		return shapeHashed
	case f.Sensitive:
		return shapeSecret
	}
	return plainShape(f.Kind)
}

func plainShape(k model.Kind) shape {
	switch {
	case k.Numeric():
		return shapeNumber
	case k == model.KindDate:
		return shapeDate
	case k == model.KindRef:
		return shapeRef
	}
	return shapeText
}

// bind appends the value's columns to args, in the order of names.
func (c *column) bind(args []any, v model.Value, s secrets) ([]any, error) {
	if !v.Set {
		for range suffixes[c.shape] {
			args = append(args, nil)
		}
		return args, nil
	}
	switch c.shape {
	case shapeNumber:
		return append(args, v.Num), nil
	case shapeDate:
		return append(args, v.Text, string(v.Start), string(v.End), string(v.When)), nil
	case shapeRef:
		return append(args, v.Text, v.ID), nil
	case shapeText:
		return append(args, v.Text), nil
	}
	return c.bindSecret(args, v, s)
}

func (c *column) bindSecret(args []any, v model.Value, s secrets) ([]any, error) {
	stored, err := s.encode(c.field, v)
	if err != nil {
		return nil, err
	}
	args = append(args, stored)
	if c.shape >= shapeHashed {
		args = append(args, s.hash(v.Text))
	}
	if c.shape == shapeIDHash {
		args = append(args, s.hashFirst(v.Text))
	}
	return args, nil
}

// scan reads a value from its visible columns.
func (c *column) scan(src []any, s secrets) (model.Value, error) {
	if src[0] == nil {
		return model.Value{}, nil
	}
	switch c.shape {
	case shapeNumber:
		return model.Int(asInt(src[0])), nil
	case shapeDate:
		return model.Value{
			Text: asString(src[0]), Start: model.Day(asString(src[1])), End: model.Day(asString(src[2])),
			When: model.DateKind(asString(src[3])), Set: true,
		}, nil
	case shapeRef:
		return model.Value{Text: asString(src[0]), ID: asString(src[1]), Set: true}, nil
	case shapeText:
		return model.Value{Text: asString(src[0]), Set: true}, nil
	}
	return s.decode(c.field, asString(src[0]))
}

func asInt(v any) int64 {
	switch x := v.(type) {
	case int64:
		return x
	}
	return 0
}

func asString(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case int64:
		return strconv.FormatInt(x, 10)
	}
	return ""
}

// fits refuses a value whose members do not belong to the field's kind: it would
// be lost in silence.
func fits(f *model.Field, v model.Value) error {
	stray := false
	switch {
	case !v.Set:
		stray = v != model.Value{}
	case f.Kind.Numeric():
		stray = v != model.Int(v.Num)
	case f.Kind == model.KindDate:
		stray = v.Num != 0 || v.ID != ""
	case f.Kind == model.KindRef:
		stray = v != model.Value{Text: v.Text, ID: v.ID, Set: true}
	default:
		stray = v != model.Value{Text: v.Text, Set: true}
	}
	if stray {
		return &model.Error{
			Code: model.CodeInvalid, Field: f.Key,
			Message: "“" + f.Label + "”的值与它的类型（" + f.Kind.Label() + "）不符。",
		}
	}
	return nil
}
