package rule

import (
	"regexp"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

var (
	mobile   = regexp.MustCompile(`^1[3-9]\d{9}$`)
	landLine = regexp.MustCompile(`^(0\d{2,3}-?)?[2-8]\d{6,7}(-\d{1,6})?$`)
	hotLine  = regexp.MustCompile(`^(400|800)\d{7}$`)
	// masked numbers are shown in part only (138****0001).
	maskedPhone = regexp.MustCompile(`^1\d{2}\*{4}\d{4}$`)
)

// phoneSep stands between two numbers of one cell in a normalised value.
const phoneSep = "、"

// phoneProblem checks a normalised phone value, every number of it. A phone is
// never wrong enough to be held back.
func phoneProblem(s string) *model.Problem {
	for number := range strings.SplitSeq(s, phoneSep) {
		if !isPhone(number) {
			return doubt("phone", "不像电话号码", "手机号是 11 位数字，座机请写区号；两个号码用、分开。")
		}
	}
	return nil
}

func isPhone(s string) bool {
	return mobile.MatchString(s) || landLine.MatchString(s) || hotLine.MatchString(s) || maskedPhone.MatchString(s)
}

// normalPhone writes the numbers of a cell without blanks and country code,
// parted by 、. What is no phone number stays as written.
func normalPhone(s string) string {
	if mobile.MatchString(s) {
		return s
	}
	var out []string
	for _, part := range strings.FieldsFunc(text.Clean(s), isPhoneSep) {
		if whole := bareNumber(part); isPhone(whole) {
			out = append(out, whole)
			continue
		}
		numbers := strings.Fields(part)
		for i, n := range numbers {
			numbers[i] = bareNumber(n)
		}
		if slices.ContainsFunc(numbers, func(n string) bool { return !isPhone(n) }) {
			numbers = []string{part}
		}
		out = append(out, numbers...)
	}
	return strings.Join(out, phoneSep)
}

func isPhoneSep(r rune) bool { return strings.ContainsRune("、/／;；,，\n", r) }

// areaBrackets writes (0851)5550001 with a dash.
var areaBrackets = strings.NewReplacer("(", "", ")", "-")

// bareNumber drops blanks, the country code, and the dashes of a mobile number.
func bareNumber(s string) string {
	s = areaBrackets.Replace(text.Code(s))
	for _, code := range []string{"+86-", "+86", "0086-", "0086"} {
		if rest, ok := strings.CutPrefix(s, code); ok {
			s = rest
			break
		}
	}
	s = strings.ReplaceAll(s, "--", "-") // (0851)-…
	if plain := strings.ReplaceAll(s, "-", ""); mobile.MatchString(plain) || hotLine.MatchString(plain) {
		return plain
	}
	return s
}

// cardProblem checks a normalised bank card number: 16 to 19 digits and the
// check digit of Luhn, both only as 疑点 since banks differ.
func cardProblem(s string) *model.Problem {
	switch {
	case scientific(s):
		return fault("card_damaged", "被 Excel 改坏了", "请把这一列设成“文本”格式，重新填写卡号。")
	case !digits(s) || len(s) < 16 || len(s) > 19:
		return doubt("card_length", "应为 16 到 19 位数字", "请对照银行卡核对。")
	case !luhn(s):
		return doubt("card_check", "校验位不对，可能有一位填错了", "请对照银行卡逐位核对。")
	}
	return nil
}

// luhn checks the last digit by ISO/IEC 7812-1.
func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
