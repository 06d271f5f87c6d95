package rule

import (
	"regexp"
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

// readings offers the ways in which words can be read. Of a percentage the ways
// are the same for every cell (0.85 and 0.9 are shares both); of other words each
// stands for itself.
func readings(f *model.Field, written string, d text.Doubt) []model.Fix {
	var out []model.Fix
	for i, words := range d.Suggestions {
		kind := written + "→" + words
		if f.Kind == model.KindPercent {
			kind = "reading_" + strconv.Itoa(i+1)
		}
		label := "按“" + words + "”算"
		if f.Sensitive {
			label = "按第 " + strconv.Itoa(i+1) + " 种读法算"
		}
		out = append(out, model.Fix{Kind: kind, Label: label, Words: words})
	}
	return out
}

// instead offers one entry of a cell's words in place of another. What a sensitive
// cell says is not repeated, so nothing is offered there.
func instead(f *model.Field, words, entry, near string) []model.Fix {
	if near == "" || f.Sensitive {
		return nil
	}
	return []model.Fix{{Kind: entry + "→" + near, Label: "改成“" + near + "”", Words: strings.Replace(words, entry, near, 1)}}
}

// amount finds the numbers with a unit in words: 3户9人.
var amount = regexp.MustCompile(`(\d[\d,]*(?:\.\d+)?)(\p{Han}+)`)

// inOwnUnit offers the one number of several that is in the unit of the field: of
// 3户9人 in a column of 户 that is 3.
func inOwnUnit(f *model.Field, words string) []model.Fix {
	var found [][]string
	for _, m := range amount.FindAllStringSubmatch(text.Code(words), -1) {
		if f.Unit != "" && strings.HasPrefix(m[2], f.Unit) {
			found = append(found, m)
		}
	}
	if len(found) != 1 || found[0][2] != f.Unit || f.Sensitive {
		return nil
	}
	return []model.Fix{{Kind: "own_unit", Label: "只取“" + found[0][1] + f.Unit + "”", Words: found[0][1]}}
}

// longID offers the number of eighteen digits that belongs to one of fifteen: the
// century before the year of birth, and the check digit behind (GB 11643-1999).
func longID(s string) []model.Fix {
	if len(s) != oldIDLength {
		return nil
	}
	long := s[:6] + "19" + s[6:]
	return []model.Fix{{Kind: "long_id", Label: "换成对应的 18 位号码", Words: long + string(IDCheck(long))}}
}
