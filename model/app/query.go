package app

import (
	"context"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// ListRequest asks for records in the words of the command line.
type ListRequest struct {
	Ledger string   // key, label or synonym
	IDs    []string // only these records, if not nil
	Where  []string // field=value, with = != < <= > >= ~; all must hold
	Search string
	Area   string // an area's name: it and all below
	Sort   string // field, or -field for descending
	Limit  int
	Offset int
}

// List returns the records asked for with their ledger.
func (a *App) List(ctx context.Context, req ListRequest) (*model.Ledger, model.Page, error) {
	l, q, err := a.query(ctx, req)
	if err != nil {
		return nil, model.Page{}, err
	}
	page, err := a.store.List(ctx, q)
	return l, page, err
}

// Get returns one record; the beginning of its id is enough where it is unique.
func (a *App) Get(ctx context.Context, ledger, id string) (*model.Ledger, *model.Record, error) {
	l, err := a.Catalog().Find(ledger)
	if err != nil {
		return nil, nil, err
	}
	rec, err := a.store.Get(ctx, l.Key, id)
	return l, rec, err
}

// query turns a request into the store's terms.
func (a *App) query(ctx context.Context, req ListRequest) (*model.Ledger, model.Query, error) {
	l, err := a.Catalog().Find(req.Ledger)
	if err != nil {
		return nil, model.Query{}, err
	}
	q := model.Query{Ledger: l.Key, IDs: req.IDs, Search: req.Search, Limit: req.Limit, Offset: req.Offset}
	if q.Where, err = a.conditions(ctx, l, req.Where); err != nil {
		return nil, q, err
	}
	if req.Area != "" {
		v, err := a.resolver(ctx, a.store).one(areaRef, req.Area, a.homeID())
		if err != nil {
			return nil, q, err
		}
		q.Areas = []string{v.ID}
	}
	q.Sort, err = sortKeys(l, req.Sort)
	return l, q, err
}

// ownColumns are what every record has besides its fields.
var ownColumns = []string{"id", "revision", "created_at", "changed_at"}

func sortKeys(l *model.Ledger, by string) ([]model.Sort, error) {
	if by == "" {
		return nil, nil
	}
	name, descending := strings.CutPrefix(by, "-")
	if slices.Contains(ownColumns, name) {
		return []model.Sort{{Field: name, Descending: descending}}, nil
	}
	f := l.FindField(name)
	if f == nil {
		return nil, noField(l, name)
	}
	return []model.Sort{{Field: f.Key, Descending: descending}}, nil
}

func noField(l *model.Ledger, name string) error {
	return &model.Error{Code: model.CodeUsage, Field: name, Message: "台账“" + l.Label + "”没有“" + name + "”这一项。用 fields " + l.Key + " 可以看到全部项目。"}
}

func (a *App) conditions(ctx context.Context, l *model.Ledger, where []string) ([]model.Cond, error) {
	var out []model.Cond
	res := a.resolver(ctx, a.store)
	for _, w := range where {
		name, op, words, ok := splitCondition(w)
		if !ok {
			return nil, model.Errorf(model.CodeUsage, "条件“%s”写得不对，应为 项目=值，也可以用 != < <= > >= ~（包含）。", w)
		}
		c, err := a.condition(l, res, name, op, words)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// operators in the order in which they are looked for: longer ones first.
var operators = []model.Op{model.OpNe, model.OpLe, model.OpGe, model.OpEq, model.OpLt, model.OpGt, model.OpContains}

// splitCondition cuts "field<=value" at its first operator.
func splitCondition(s string) (name string, op model.Op, value string, ok bool) {
	at := strings.IndexAny(s, "=!<>~")
	if at <= 0 {
		return "", "", "", false
	}
	for _, op := range operators {
		if rest, found := strings.CutPrefix(s[at:], string(op)); found {
			return strings.TrimSpace(s[:at]), op, strings.TrimSpace(rest), true
		}
	}
	return "", "", "", false
}

func (a *App) condition(l *model.Ledger, res *resolver, name string, op model.Op, words string) (model.Cond, error) {
	if name == "id" || name == model.AreaKey {
		return a.placeCondition(res, name, op, words)
	}
	f := l.FindField(name)
	if f == nil {
		return model.Cond{}, noField(l, name)
	}
	c := model.Cond{Field: f.Key, Op: op}
	if words == "" {
		return c, nil
	}
	if op == model.OpContains {
		c.Value = model.Text(words)
		return c, nil
	}
	v, problems := rule.Parse(f, rule.Input{Text: words, Ref: a.Today()})
	if v.IsEmpty() {
		return c, faultOf(problems, "条件里“%s”的值“%s”读不懂。", f.Label, words)
	}
	if f.Kind == model.KindRef {
		v, _ = res.Resolve(f, words, a.homeID())
	}
	c.Value = v
	return c, res.err
}

// placeCondition is a condition on the record's id or its area, by name.
func (a *App) placeCondition(res *resolver, name string, op model.Op, words string) (model.Cond, error) {
	c := model.Cond{Field: name, Op: op, Value: model.Text(words)}
	if name == "id" || words == "" {
		return c, nil
	}
	v, err := res.one(areaRef, words, a.homeID())
	c.Value = model.Text(v.ID)
	return c, err
}

// faultOf returns the first problem as an error, or a sentence of its own.
func faultOf(problems []model.Problem, format string, args ...any) error {
	for _, p := range problems {
		if p.Message != "" {
			return &model.Error{Code: model.CodeInvalid, Field: p.Field, Message: p.Message + p.Suggestion}
		}
	}
	return model.Errorf(model.CodeInvalid, format, args...)
}
