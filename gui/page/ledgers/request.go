package ledgers

import (
	"maps"
	"slices"
	"strings"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/rule"
)

// query is what narrows and orders the records shown.
type query struct {
	search  string
	only    []string          // ids of the records a figure counted; nil for all
	filters map[string]string // words of the filter row, by column
	sort    grid.Sort
}

// sameFilters reports whether the filter rows of both say the same.
func (q query) sameFilters(other query) bool { return maps.Equal(q.filters, other.filters) }

// active reports whether anything is left out.
func (q query) active(l *model.Ledger, today model.Day) bool {
	return q.only != nil || q.search != "" || len(q.where(l, today)) > 0
}

// request asks for a page of the records.
func (q query) request(l *model.Ledger, today model.Day, offset, limit int) app.ListRequest {
	req := app.ListRequest{Ledger: l.Key, IDs: q.only, Search: q.search, Where: q.where(l, today), Offset: offset, Limit: limit}
	if q.sort.Key != "" {
		req.Sort = q.sort.Key
		if q.sort.Desc {
			req.Sort = "-" + req.Sort
		}
	}
	return req
}

// where turns the words of the filter row into conditions, in the order of the
// fields. Words that are not finished yet, as a date half typed, filter nothing.
func (q query) where(l *model.Ledger, today model.Day) []string {
	var out []string
	for _, f := range shownFields(l) {
		if c := condition(f, q.filters[f.Key], today); c != "" {
			out = append(out, c)
		}
	}
	return out
}

// The words by which a filter asks for what is or is not filled in.
const (
	wordEmpty  = "空"
	wordFilled = "非空"
)

// condition is one condition in the words of app.List, "" for none.
func condition(f *model.Field, words string, today model.Day) string {
	words = strings.TrimSpace(words)
	op, value := splitOperator(words)
	switch {
	case words == "" || op != "" && value == "":
		return ""
	case words == wordEmpty:
		return f.Key + "="
	case words == wordFilled:
		return f.Key + "!="
	case op != "":
		return comparison(f, op, value, today)
	case exact(f):
		return comparison(f, "=", value, today)
	}
	return f.Key + "~" + value
}

// exact reports whether the field's values cannot be looked into: numbers, and
// what is kept by its hash alone.
func exact(f *model.Field) bool {
	return f.Sensitive || f.Kind == model.KindBool || f.Kind.Numeric()
}

// comparison is a condition whose value must be readable.
func comparison(f *model.Field, op, value string, today model.Day) string {
	if f.Sensitive && op != "=" && op != "!=" || f.Sensitive && !hashed(f) {
		return ""
	}
	v, problems := rule.Parse(f, rule.Input{Text: value, Ref: today})
	fault := slices.ContainsFunc(problems, func(p model.Problem) bool { return p.Level == model.Fault })
	if v.IsEmpty() || fault {
		return ""
	}
	return f.Key + op + value
}

// hashed reports whether a sensitive value can be found by its whole.
func hashed(f *model.Field) bool {
	return f.Kind == model.KindIDNumber || f.Kind == model.KindPhone || f.Kind == model.KindBankCard
}

// widened are the operators as people type them.
var widened = []struct{ typed, op string }{
	{">=", ">="}, {"<=", "<="}, {"!=", "!="}, {"<>", "!="}, {"≥", ">="}, {"≤", "<="}, {"≠", "!="},
	{">", ">"}, {"<", "<"}, {"=", "="}, {"＞", ">"}, {"＜", "<"}, {"＝", "="},
}

// splitOperator cuts a comparison off the beginning of words.
func splitOperator(words string) (op, value string) {
	for _, w := range widened {
		if rest, ok := strings.CutPrefix(words, w.typed); ok {
			return w.op, strings.TrimSpace(rest)
		}
	}
	return "", words
}
