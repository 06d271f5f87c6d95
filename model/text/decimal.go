package text

import (
	"strconv"
	"strings"
)

// decimal is a number as its digits: 0.digits × 10^point, exactly.
type decimal struct {
	negative bool
	digits   string // without leading zeros; "" is zero
	point    int
}

// MaxScale is the largest number of digits after the point that a field keeps.
const MaxScale = 9

// powersOfTen holds 10^0 to 10^19, all that uint64 can.
var powersOfTen = func() (p [20]uint64) {
	p[0] = 1
	for i := range p[1:] {
		p[i+1] = p[i] * 10
	}
	return p
}()

// scanDecimal reads a signed decimal from the front of s and returns what is
// left; fault says in Chinese why there is none.
func scanDecimal(s string) (d decimal, rest, fault string) {
	if inner, after, ok := accounting(s); ok {
		d, rest, fault = scanDecimal(inner)
		if rest != "" || d.negative {
			return decimal{}, "", "括号里不是一个数字"
		}
		d.negative = true
		return d, after, fault
	}
	for _, sign := range []string{"-", "负", "+"} {
		if after, ok := strings.CutPrefix(s, sign); ok {
			d.negative, s = sign != "+", after
			break
		}
	}
	whole, rest, fault := scanWhole(s)
	if fault != "" {
		return decimal{}, "", fault
	}
	fraction := ""
	if after, ok := strings.CutPrefix(rest, "."); ok {
		fraction, rest = leadingDigits(after)
		if fraction == "" && whole == "" {
			return decimal{}, "", "没有数字"
		}
	}
	if whole == "" && fraction == "" {
		return scanHan(d.negative, s)
	}
	exponent, rest := scanExponent(rest)
	d.set(whole, fraction, exponent)
	return d, rest, ""
}

// accounting recognises (5), the bookkeeper's -5.
func accounting(s string) (inner, after string, ok bool) {
	if s, ok = strings.CutPrefix(s, "("); !ok {
		return "", "", false
	}
	return strings.Cut(s, ")")
}

// scanWhole reads the digits before the point, with commas or single spaces
// where they part groups of three, or of four as some write in Chinese.
func scanWhole(s string) (digits, rest, fault string) {
	first, rest := leadingDigits(s)
	if first == "" || rest == "" || rest[0] != ',' && rest[0] != ' ' {
		return first, rest, ""
	}
	separator, size := rest[0], 0
	digits = first
	for rest != "" && rest[0] == separator {
		group, after := leadingDigits(rest[1:])
		if group == "" {
			break // a comma that ends the words
		}
		if size == 0 {
			size = len(group)
		}
		if size != 3 && size != 4 || len(group) != size || len(first) > size {
			return "", "", "逗号或空格的位置不对，可能是两个数"
		}
		digits, rest = digits+group, after
	}
	return digits, rest, ""
}

func leadingDigits(s string) (digits, rest string) {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return s[:n], s[n:]
}

// scanHan reads Chinese numerals: 三十户. Lone 一 in words is left to them.
func scanHan(negative bool, s string) (decimal, string, string) {
	n := len(s) - len(strings.TrimLeftFunc(s, func(r rune) bool {
		return isNumeral(r) || r == '百' || r == '千' || r == '两'
	}))
	value, ok := hanNumber(s[:n])
	if !ok {
		return decimal{}, "", "没有数字"
	}
	d := decimal{negative: negative}
	d.set(strconv.Itoa(value), "", 0)
	return d, s[n:], ""
}

// scanExponent reads e3 or E+05; anything else is left where it is.
func scanExponent(s string) (int, string) {
	if s == "" || s[0] != 'e' && s[0] != 'E' {
		return 0, s
	}
	body := strings.TrimPrefix(s[1:], "+")
	bare := strings.TrimPrefix(body, "-")
	digits, rest := leadingDigits(bare)
	if digits == "" || len(digits) > 3 {
		return 0, s
	}
	n := 0
	for i := range len(digits) {
		n = n*10 + int(digits[i]-'0')
	}
	if bare != body {
		n = -n
	}
	return n, rest
}

func (d *decimal) set(whole, fraction string, exponent int) {
	d.point = len(whole) + exponent
	all := whole + fraction
	d.digits = strings.TrimLeft(all, "0")
	d.point -= len(all) - len(d.digits)
	d.digits = strings.TrimRight(d.digits, "0")
}

// round keeps n significant digits, half away from zero.
func (d *decimal) round(n int) {
	if len(d.digits) <= n {
		return
	}
	up := d.digits[n] >= '5'
	kept := []byte(d.digits[:n])
	for i := n - 1; up && i >= 0; i-- {
		if up = kept[i] == '9'; up {
			kept[i] = '0'
		} else {
			kept[i]++
		}
	}
	d.digits = string(kept)
	if up {
		d.digits = "1" + d.digits
		d.point++
	}
	d.digits = strings.TrimRight(d.digits, "0")
}

// scaled returns the number times 10^scale as an integer, the digits that it had
// to cut, and whether it fits.
func (d decimal) scaled(scale int) (value int64, lost string, fits bool) {
	if d.digits == "" {
		return 0, "", true
	}
	keep := d.point + scale // digits in front of the cut
	if keep > len(powersOfTen)-1 {
		return 0, "", false
	}
	if keep < 0 {
		return 0, strings.Repeat("0", min(-keep, len(powersOfTen))) + d.digits, true
	}
	kept := d.digits[:min(keep, len(d.digits))]
	lost = d.digits[len(kept):]
	m := uint64(0)
	for i := range len(kept) {
		m = m*10 + uint64(kept[i]-'0')
	}
	m *= powersOfTen[keep-len(kept)]
	if lost != "" && lost[0] >= '5' {
		m++
	}
	value, fits = signed(d.negative, m)
	return value, lost, fits
}
