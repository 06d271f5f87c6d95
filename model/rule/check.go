package rule

import (
	"slices"
	"strings"

	"xiangzhen/model"
)

// Codes of the findings of this package, as Problem.Rule; those of identity
// numbers begin with id_.
const (
	RuleRequired = "required"
	RuleMasked   = "masked" // a value with * in a sensitive field: not given
)

// CheckField returns what is wrong with a value by the kind of its field alone.
// An empty value has no problems here: whether it may be empty is asked by Run.
func CheckField(f *model.Field, v model.Value) []model.Problem {
	if v.IsEmpty() {
		return nil
	}
	if p := checkKind(f, v); p != nil {
		return []model.Problem{*finish(f, p)}
	}
	return nil
}

func checkKind(f *model.Field, v model.Value) *model.Problem {
	switch f.Kind {
	case model.KindIDNumber:
		return idProblem(v.Text)
	case model.KindPhone:
		return phoneProblem(v.Text)
	case model.KindBankCard:
		return cardProblem(v.Text)
	case model.KindPercent:
		return percentProblem(f, v.Num)
	case model.KindEnum:
		return optionProblem(f, []string{v.Text})
	case model.KindMultiEnum:
		return optionProblem(f, v.Entries())
	case model.KindDate:
		return dateProblem(v)
	case model.KindMonth:
		return monthProblem(v.Text)
	}
	return nil
}

func percentProblem(f *model.Field, n int64) *model.Problem {
	hundred := int64(100)
	for range f.Scale {
		hundred *= 10
	}
	if n >= 0 && n <= hundred {
		return nil
	}
	return fault("percent_range", "应在 0–100 之间，现在是 "+model.FormatScaled(n, f.Scale, false), "请改成 0 到 100 的百分数。")
}

// optionProblem names the keys that are no choices of the field. It serves
// values already read; words are read by Parse.
func optionProblem(f *model.Field, keys []string) *model.Problem {
	for _, key := range keys {
		if !slices.ContainsFunc(f.Options, func(o model.Option) bool { return o.Key == key }) {
			return unknownOption(f, key, key)
		}
	}
	return nil
}

func dateProblem(v model.Value) *model.Problem {
	if v.When != "" || v.End != "" {
		return nil
	}
	return doubt("date_words", "写的“"+v.Text+"”看不出是哪一天", "可以写 2026年6月30日、6月底前、每月25日前、长期坚持。")
}

func monthProblem(s string) *model.Problem {
	if m := model.Month(s); m.First() != "" && len(s) == len("2006-01") {
		return nil
	}
	return fault("month", "不是一个月份", "请写成 2026年11月。")
}

// fault and doubt make a problem whose message begins after the field's name.
func fault(code, message, suggestion string) *model.Problem {
	return &model.Problem{Rule: code, Level: model.Fault, Message: message, Suggestion: suggestion}
}

func doubt(code, message, suggestion string) *model.Problem {
	return &model.Problem{Rule: code, Level: model.Doubt, Message: message, Suggestion: suggestion}
}

// finish puts the field before the message and ends the sentence.
func finish(f *model.Field, p *model.Problem) *model.Problem {
	p.Field = f.Key
	p.Message = "“" + f.Label + "”" + strings.TrimSuffix(p.Message, "。") + "。"
	return p
}
