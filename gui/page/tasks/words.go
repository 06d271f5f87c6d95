package tasks

import (
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// quantity is 完成量/目标量 with the unit: 0.9/1.5 公里.
func quantity(l *model.Ledger, r *model.Record) string {
	target := r.Get("target_qty")
	if target.IsEmpty() {
		return ""
	}
	done := r.Get("done_qty")
	if done.IsEmpty() {
		done = r.Get("computed_qty")
	}
	return trim(number(l, "done_qty", done)) + "/" + trim(number(l, "target_qty", target)) + " " + r.Get("target_unit").Text
}

func number(l *model.Ledger, key string, v model.Value) string {
	if v.IsEmpty() {
		return "0"
	}
	return l.Field(key).Show(v)
}

// trim leaves out zeros behind the point: in a column of whole numbers they say
// nothing.
func trim(n string) string {
	if strings.Contains(n, ".") {
		return strings.TrimSuffix(strings.TrimRight(n, "0"), ".")
	}
	return n
}

// percent is how far an item is, in whole percent, and whether anything is known:
// what was reported, else the sum of what is below, else the finished share of it.
func percent(r *model.Record) (share float32, words string, known bool) {
	const full = 100_00 // 100 % with two decimals
	v := r.Get("percent")
	if v.IsEmpty() {
		v = r.Get("computed_percent")
	}
	switch total := r.Get("children_total").Num; {
	case r.Get("state").Text == ledgers.StateDone:
		return 1, "100%", true
	case !v.IsEmpty():
		return min(1, float32(v.Num)/full), strconv.FormatInt(v.Num/(full/100), 10) + "%", true
	case total > 0:
		done := r.Get("children_done").Num
		return float32(done) / float32(total), strconv.FormatInt(done, 10) + "/" + strconv.FormatInt(total, 10) + " 项", true
	}
	return 0, "", false
}

// showNumber shows a value, of numbers without zeros behind the point.
func showNumber(f *model.Field, v model.Value) string {
	words := f.Show(v)
	if f.Kind.Numeric() {
		return trim(words)
	}
	return words
}

// withPercent puts the sign behind a number, unless there is none.
func withPercent(words string) string {
	if words == "" {
		return ""
	}
	return words + "%"
}

// owed says how much of an item's quantity is not handed down yet: 未分解1.2公里.
func owed(l *model.Ledger, r *model.Record) string {
	v := r.Get("owed")
	if v.Num <= 0 {
		return ""
	}
	return "未分解" + trim(l.Field("owed").Show(v)) + r.Get("target_unit").Text
}

// shortDay leaves the year out of a day of this year.
func shortDay(words string, today model.Day) string {
	if d, ok := model.ParseDay(words); ok && d.Year() == today.Year() {
		return string(d)[5:]
	}
	return words
}

// oneLine joins the lines of a long text for a cell.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
