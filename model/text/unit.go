package text

import (
	"math/bits"

	"xiangzhen/model"
)

// measure is a unit as so many of the smallest unit of its dimension.
type measure struct {
	dimension string
	factor    uint64
}

// measures are the units that convert into one another exactly. 1 公顷 is taken
// as 15 亩, as land statistics do. A bare 万 or 亿 multiplies whatever it stands
// before and has no dimension of its own.
var measures = map[string]measure{
	"":  {"", 1},
	"千": {"", 1_000}, "万": {"", 10_000}, "亿": {"", 100_000_000},
	"元": {"money", 1}, "百元": {"money", 100}, "千元": {"money", 1_000},
	"万元": {"money", 10_000}, "亿元": {"money", 100_000_000},
	"亩": {"land", 1}, "公顷": {"land", 15}, "万亩": {"land", 10_000},
	"平方米": {"area", 1}, "㎡": {"area", 1}, "m²": {"area", 1}, "m2": {"area", 1},
	"平方公里": {"area", 1_000_000}, "万平方米": {"area", 10_000},
	"厘米": {"length", 1}, "cm": {"length", 1}, "米": {"length", 100}, "m": {"length", 100},
	"公里": {"length", 100_000}, "千米": {"length", 100_000}, "km": {"length", 100_000},
	"克": {"weight", 1}, "g": {"weight", 1}, "斤": {"weight", 500}, "公斤": {"weight", 1_000},
	"千克": {"weight", 1_000}, "kg": {"weight", 1_000}, "吨": {"weight", 1_000_000}, "万吨": {"weight", 10_000_000_000},
	"立方米": {"volume", 1}, "方": {"volume", 1}, "万立方米": {"volume", 10_000},
}

// ConvertUnit turns a value in unit from into the same quantity in unit to, both
// at the same scale. It is exact or it fails: with CodeInvalid where the units do
// not go together (户 into 万元), where digits would be lost or where the result
// is too large. The empty unit takes 万 and 亿 as multipliers.
func ConvertUnit(value int64, from, to string) (int64, error) {
	if from == to {
		return value, nil
	}
	a, knownA := measures[from]
	b, knownB := measures[to]
	if isMultiplier(from) && !knownB {
		b, knownB = measures[""], true // 12万 in a column of 户
	}
	if !knownA || !knownB || a.dimension != b.dimension && a.dimension != "" || from == "" {
		return 0, model.Errorf(model.CodeInvalid, "单位“%s”不能换算成“%s”，请按“%s”填写。", from, to, to)
	}
	result, ok := mulDiv(value, a.factor, b.factor)
	if !ok {
		return 0, model.Errorf(model.CodeInvalid, "把“%s”换算成“%s”时位数放不下，请按“%s”直接填写数字。", from, to, to)
	}
	return result, nil
}

// isMultiplier reports whether the word is 千, 万 or 亿 without a unit behind it.
func isMultiplier(unit string) bool {
	m, known := measures[unit]
	return known && unit != "" && m.dimension == ""
}

// mulDiv returns v×mul/div if that is a whole number that fits.
func mulDiv(v int64, mul, div uint64) (int64, bool) {
	hi, lo := bits.Mul64(magnitude(v), mul)
	if hi >= div {
		return 0, false
	}
	q, rest := bits.Div64(hi, lo, div)
	if rest != 0 {
		return 0, false
	}
	return signed(v < 0, q)
}

func magnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}

// signed gives a magnitude its sign; false if the result does not fit.
func signed(negative bool, m uint64) (int64, bool) {
	switch {
	case m < 1<<63 && negative:
		return -int64(m), true
	case m < 1<<63:
		return int64(m), true
	}
	return -1 << 63, negative && m == 1<<63
}
