package rule

import (
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

func readDate(f *model.Field, in Input) (model.Value, *model.Problem) {
	if in.Number {
		w, d := text.ParseSerial(in.Num, in.Date1904, in.IsDate, in.Ref)
		return model.Date(w), unclear(f, in, d)
	}
	w, d := text.ParseDate(in.Text, in.Ref)
	return model.Date(w), unclear(f, in, d)
}

// readMonth reads a numeric cell as a date and keeps its month.
func readMonth(f *model.Field, in Input) (model.Value, *model.Problem) {
	words := in.Text
	if in.Number {
		w, d := text.ParseSerial(in.Num, in.Date1904, in.IsDate, in.Ref)
		if d.Level == text.Ask || d.Level == text.Wrong {
			return model.Value{}, unclear(f, in, d)
		}
		words = w.Text
	}
	m, d := text.ParseMonth(words, in.Ref)
	return model.Text(string(m)), unclear(f, in, d)
}

// unclear turns a reader's doubt into a problem: what was not read is an 错误. A
// sensitive field's problem leaves out the sentence, which quotes the words.
func unclear(f *model.Field, in Input, d text.Doubt) *model.Problem {
	code := string(f.Kind) + "_unclear"
	suggestion := "请改写清楚。"
	if len(d.Suggestions) > 0 && !f.Sensitive {
		suggestion = "可以写成：" + strings.Join(d.Suggestions, "，或 ") + "。"
	}
	message := "：" + d.Message
	if f.Sensitive {
		message = "写得不清楚"
	}
	switch d.Level {
	case "":
		return nil
	case text.Note:
		return doubt(code, message, suggestion)
	}
	p := fault(code, message, suggestion)
	p.Fixes = readings(f, text.Clean(in.Text), d)
	return p
}
