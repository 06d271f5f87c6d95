package rule

import (
	"strconv"
	"strings"

	"xiangzhen/model"
)

// idWeights and idChecks are those of GB 11643-1999: the weighted sum of the
// first seventeen digits, modulo eleven, names the check character.
var idWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

const idChecks = "10X98765432"

// Lengths of identity numbers and of the cards built on them.
const (
	idLength      = 18
	oldIDLength   = 15 // issued before 1999
	cardLength    = 20 // 残疾人证: ID number, category 1–7, grade 1–4
	reissueLength = 22 // 残疾人证 reissued
)

// IDCheck returns the check character of the first seventeen digits of an
// identity number, 0 if they are not seventeen digits.
func IDCheck(first17 string) byte {
	if len(first17) != len(idWeights) || !digits(first17) {
		return 0
	}
	sum := 0
	for i, w := range idWeights {
		sum += int(first17[i]-'0') * w
	}
	return idChecks[sum%11]
}

// IDInfo reads birth day and sex from an identity number of 18 or 15 digits, or
// from a disability card; ok is false if it is none or its check digit is wrong.
func IDInfo(s string) (birth model.Day, male, ok bool) {
	switch len(s) {
	case cardLength, reissueLength:
		if !validCard(s[idLength:]) {
			return "", false, false
		}
		return IDInfo(s[:idLength])
	case idLength:
		birth = idBirth(s[6:14])
		return birth, odd(s[16]), birth != "" && IDCheck(s[:17]) == s[17] && s[17] != 0
	case oldIDLength:
		if !digits(s) {
			return "", false, false
		}
		birth = idBirth("19" + s[6:12])
		return birth, odd(s[14]), birth != ""
	}
	return "", false, false
}

func idBirth(yyyymmdd string) model.Day {
	n, err := strconv.Atoi(yyyymmdd)
	if err != nil || !digits(yyyymmdd) || n < 18000101 {
		return ""
	}
	return model.NewDay(n/10000, n/100%100, n%100)
}

// validCard checks what a disability card adds to the ID number.
func validCard(tail string) bool {
	return digits(tail) && tail[0] >= '1' && tail[0] <= '7' && tail[1] >= '1' && tail[1] <= '4'
}

// idProblem says what is wrong with a normalised identity number (证件号码); nil
// if nothing is.
func idProblem(s string) *model.Problem {
	_, _, ok := IDInfo(s)
	switch {
	case ok && len(s) == oldIDLength:
		p := doubt("id_old", "是 15 位的旧身份证号", "请核对后改填 18 位身份证号。")
		p.Fixes = longID(s)
		return p
	case ok && strings.HasSuffix(s[:min(len(s), idLength)], "000"):
		return doubt("id_tail", "末三位是 000，可能被 Excel 改过", "请对照证件核对末三位。")
	case ok:
		return nil
	case scientific(s) || len(s) == idLength && strings.HasSuffix(s, "000"):
		return damagedID()
	case otherDocument(s):
		return doubt("id_other", "不是居民身份证号", "如果是护照或其他证件请核对，否则请改填身份证号。")
	case !onlyIDSigns(s):
		return fault("id_signs", "里有不是数字的字", "请对照证件重新填写。")
	case len(s) != idLength && len(s) != oldIDLength && len(s) != cardLength && len(s) != reissueLength:
		return fault("id_length", "有 "+strconv.Itoa(len(s))+" 位，身份证号应为 18 位", "请对照证件重新填写。")
	case len(s) >= idLength && idBirth(s[6:14]) == "" || len(s) == oldIDLength:
		return fault("id_birth", "中间的出生日期不对", "请对照证件重新填写。")
	case len(s) > idLength && !validCard(s[idLength:]):
		return fault("id_card", "的残疾类别或等级不对", "请对照残疾人证重新填写。")
	}
	return fault("id_check", "校验位不对，有一位填错了", "请对照证件逐位核对后重新填写。")
}

func damagedID() *model.Problem {
	return fault("id_damaged", "被 Excel 改坏了，只剩前 15 位是对的", "请把这一列设成“文本”格式，对照证件重新填写。")
}

// scientific reports digits that a spreadsheet has turned into 9.90101E+17.
func scientific(s string) bool {
	mantissa, exponent, found := strings.Cut(s, "E")
	return found && digits(strings.Replace(mantissa, ".", "", 1)) && digits(strings.TrimPrefix(exponent, "+"))
}

// otherDocument reports the shape of passports and permits: a letter or two,
// then digits.
func otherDocument(s string) bool {
	rest := strings.TrimLeft(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	letters := len(s) - len(rest)
	return letters >= 1 && letters <= 3 && len(rest) >= 6 && len(rest) <= 10 && digits(rest)
}

// onlyIDSigns reports whether s has digits only, but for the X in the place of
// the check digit.
func onlyIDSigns(s string) bool {
	if len(s) >= idLength && s[idLength-1] == 'X' {
		s = s[:idLength-1] + s[idLength:]
	}
	return digits(s)
}

func odd(c byte) bool { return (c-'0')%2 == 1 }

// digits reports whether s is one or more ASCII digits.
func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
