package rule

import (
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

func readNumber(f *model.Field, in Input) (model.Value, *model.Problem) {
	scale := f.Scale
	if f.Kind == model.KindInteger {
		scale = 0
	}
	parse := text.ParseNumber
	if in.Number {
		parse = text.ParseCellNumber
	}
	n, err := parse(in.Text, scale)
	if err != nil {
		p := numberFault(f, err, "请只填数字。")
		p.Fixes = inOwnUnit(f, in.Text)
		return model.Value{}, p
	}
	if n.Lost != "" && f.Kind == model.KindInteger {
		return model.Value{}, fault("integer", "应为整数", "请去掉小数部分。")
	}
	p := numberDoubt(n, scale)
	if p == nil && n.Value < 0 && f.Kind == model.KindInteger {
		p = doubt("number_negative", "是负数", "请核对。")
	}
	if p == nil && n.Value < 0 && !in.Number && !strings.ContainsAny(in.Text, "-－−负") {
		p = doubt("number_bracket", "写在括号里，按负数收下", "请核对；不是负数的请去掉括号。")
	}
	if n.Unit != "" && n.Unit != f.Unit {
		if n.Value, p = convert(f, n, p); p != nil && p.Level == model.Fault {
			return model.Value{}, p
		}
	}
	return model.Int(n.Value), p
}

func numberDoubt(n text.Number, scale int) *model.Problem {
	switch {
	case n.Lost != "":
		return doubt("number_rounded", "的小数位数太多，已四舍五入到 "+strconv.Itoa(scale)+" 位", "请核对。")
	case n.About:
		return doubt("number_about", "写的是约数，按所写的数收下", "请核实准确的数。")
	}
	return nil
}

// convert brings a number with a unit of its own to the unit of the field. A
// field without a unit takes the number and says that the unit was left out.
func convert(f *model.Field, n text.Number, before *model.Problem) (int64, *model.Problem) {
	v, err := text.ConvertUnit(n.Value, n.Unit, f.Unit)
	switch {
	case err == nil && f.Unit == "":
		return v, before
	case err == nil:
		return v, doubt("unit_converted", "写的单位是“"+text.Excerpt(n.Unit)+"”，已按“"+f.Unit+"”换算", "请核对。")
	case f.Unit == "":
		return n.Value, doubt("unit_dropped", "带有单位“"+text.Excerpt(n.Unit)+"”，只收数字", "请核对单位。")
	}
	return 0, numberFault(f, err, "请按“"+f.Unit+"”填写数字。")
}

func readPercent(f *model.Field, in Input) (model.Value, *model.Problem) {
	n, d, err := text.ParsePercent(in.Text, in.Number, in.Format, f.Scale)
	switch {
	case err != nil:
		return model.Value{}, numberFault(f, err, "请填 0 到 100 的百分数，例如 85%。")
	case !d.IsZero():
		return model.Value{}, unclear(f, in, d)
	}
	return model.Int(n.Value), numberDoubt(n, f.Scale)
}

// numberFault takes over the sentence of a reader, unless the field is sensitive:
// the sentence repeats what was written.
func numberFault(f *model.Field, err error, suggestion string) *model.Problem {
	if f.Sensitive {
		return fault("number", "不是一个能用的数", suggestion)
	}
	return fault("number", "填得不对："+model.Sentence(err), suggestion)
}
