package text

import (
	"strings"

	"xiangzhen/model"
)

// ParsePercent reads a percentage so that 85 at scale 0 means 85 %. What a sign
// or a number format says is taken: the text 85%, ％ or 百分之八十五, and 0.85 in a
// numeric cell whose format shows a percent sign, are all 85. A bare number above
// 1 is taken as percent, 0 as 0. A bare number of at most 1 (0.85, 1) may be a
// share or a percentage: it comes back with a Doubt of level Ask, the Value read
// as a share. Errors are those of ParseNumber.
func ParsePercent(s string, isNumber bool, format string, scale int) (Number, Doubt, error) {
	words, signed := strings.CutPrefix(foldNumber(s), "百分之")
	parse := ParseNumber
	if isNumber {
		parse = ParseCellNumber
	}
	if isNumber && showsPercent(format) {
		share, err := parse(words, scale+2)
		return share, Doubt{}, err
	}
	plain, err := parse(words, scale)
	if err != nil {
		return Number{}, Doubt{}, err
	}
	if plain.Unit != "" && (plain.Unit != "%" || signed) {
		return Number{}, Doubt{}, badNumber(s, "后面有“"+Excerpt(plain.Unit)+"”")
	}
	signed = signed || plain.Unit == "%"
	plain.Unit = ""
	share, err := parse(words, scale+2)
	if signed || err != nil || share.Value == 0 && share.Lost == "" || magnitude(share.Value) > powersOfTen[scale+2] {
		return plain, Doubt{}, nil // an error: too large for a share, so it is percent
	}
	return share, percentDoubt(s, share.Value, plain, scale), nil
}

func percentDoubt(s string, share int64, plain Number, scale int) Doubt {
	d := Doubt{Level: Ask, Suggestions: []string{model.FormatScaled(share, scale, false) + "%"}}
	d.Message = "“" + Excerpt(s) + "”没有百分号，分不清是 " + d.Suggestions[0] + " 还是 " + Excerpt(s) + "%，请写上百分号。"
	if plain.Lost == "" {
		d.Suggestions = append(d.Suggestions, model.FormatScaled(plain.Value, scale, false)+"%")
	}
	return d
}

// showsPercent reports whether a number format displays a percent sign: one
// outside quotes and not escaped.
func showsPercent(format string) bool {
	quoted, escaped := false, false
	for _, r := range format {
		switch {
		case escaped:
			escaped = false
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '\\':
			escaped = true
		case r == '%':
			return true
		}
	}
	return false
}
