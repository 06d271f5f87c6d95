package form

import (
	"context"

	"xiangzhen/gui/kit"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/text"
)

// Refs are the records of each ledger that references may point at, as choices.
type Refs map[string][]kit.Choice

// Lister is what reading the choices needs of app.
type Lister interface {
	List(ctx context.Context, req app.ListRequest) (*model.Ledger, model.Page, error)
	Catalog() *model.Catalog
}

// refLimit bounds how many records of one ledger are offered; who has more types
// the name.
const refLimit = 5000

// ReadRefs reads the choices for all references of a ledger.
func ReadRefs(ctx context.Context, from Lister, l *model.Ledger) (Refs, error) {
	refs := Refs{}
	for _, f := range l.Fields {
		if f.Ref == nil || f.Internal {
			continue
		}
		for _, key := range f.Ref.Ledgers {
			if refs[key] != nil {
				continue
			}
			choices, err := readChoices(ctx, from, key)
			if err != nil {
				return nil, err
			}
			refs[key] = choices
		}
	}
	return refs, nil
}

func readChoices(ctx context.Context, from Lister, ledger string) ([]kit.Choice, error) {
	l, page, err := from.List(ctx, app.ListRequest{Ledger: ledger, Limit: refLimit})
	if err != nil {
		return nil, err
	}
	out := make([]kit.Choice, len(page.Records))
	for i, r := range page.Records {
		out[i] = kit.Choice{ID: r.ID, Text: l.Name(r), Note: noteOf(l, r)}
	}
	return out, nil
}

// noteOf tells records of one name apart: the unit of a person, the place above a
// village or a household, the item above a task.
func noteOf(l *model.Ledger, r *model.Record) string {
	for _, key := range []string{"unit", "village", l.Parent, "area"} {
		if f := l.Field(key); f != nil && !r.Get(key).IsEmpty() {
			return f.Show(r.Get(key))
		}
	}
	return ""
}

// For are the choices of a reference field, all its ledgers together.
func (r Refs) For(f *model.Field) []kit.Choice {
	var out []kit.Choice
	for _, key := range f.Ref.Ledgers {
		out = append(out, r[key]...)
	}
	return out
}

// mostChoices bounds how many choices a list shows at once.
const mostChoices = 60

// Filter searches choices by their words and the initials of their pinyin.
func Filter(all []kit.Choice) func(query string) []kit.Choice {
	return func(query string) []kit.Choice {
		var out []kit.Choice
		for _, c := range all {
			if query == "" || text.Contains(query, c.Text) {
				out = append(out, c)
			}
			if len(out) == mostChoices {
				break
			}
		}
		return out
	}
}
