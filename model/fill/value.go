package fill

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// Cell is a value as it goes into a cell.
type Cell struct {
	Kind  sheet.CellKind // Blank: nothing is written
	Text  string
	Doubt string // Chinese: why a person should look, or why nothing is written
}

// Style is what the template says of the cells of a column.
type Style struct {
	Look     sheet.Look
	Header   string // with its unit, if it has one
	Unit     string // the unit of the column if it is not the field's own
	Date1904 bool
}

// ValueCell writes a value in the template's own format: IDs, phones and codes as
// text, days as days where the format shows days, numbers in the unit of the column.
func ValueCell(f *model.Field, v model.Value, s Style) Cell {
	if v.IsEmpty() {
		return Cell{}
	}
	switch f.Kind {
	case model.KindInteger, model.KindDecimal:
		return quantityCell(f, v, s)
	case model.KindPercent:
		return percentCell(f, v, s)
	case model.KindDate:
		return dayCell(v, s)
	case model.KindMonth:
		return monthCell(v, s)
	}
	return Cell{Kind: sheet.Text, Text: f.Show(v)}
}

// finer is how many digits a number gets for its unit to be changed: 元 into 万元.
const finer = 8

func quantityCell(f *model.Field, v model.Value, s Style) Cell {
	n, scale := v.Num, f.Scale
	if f.Kind == model.KindInteger {
		scale = 0
	}
	if s.Unit != "" {
		by := int64(math.Pow10(finer))
		if n > math.MaxInt64/by || n < math.MinInt64/by {
			return Cell{Doubt: "数太大，没有按“" + s.Unit + "”换算，请手工填。"}
		}
		var err error
		if n, err = text.ConvertUnit(n*by, f.Unit, s.Unit); err != nil {
			return Cell{Doubt: model.Sentence(err)}
		}
		scale += finer
	}
	return numberCell(model.FormatScaled(n, scale, false), s)
}

func numberCell(digits string, s Style) Cell {
	if s.Look.Format == "@" {
		return Cell{Kind: sheet.Text, Text: digits}
	}
	return Cell{Kind: sheet.Number, Text: digits}
}

// percentCell writes 85 % as 0.85 where the format shows per cent, as 85 where the
// header says so, else in words: 85 alone could mean anything.
func percentCell(f *model.Field, v model.Value, s Style) Cell {
	digits := model.FormatScaled(v.Num, f.Scale, false)
	switch {
	case strings.Contains(s.Look.Format, "%"):
		return Cell{Kind: sheet.Number, Text: model.FormatScaled(v.Num, f.Scale+2, false)}
	case strings.ContainsAny(s.Header, "%％") || strings.Contains(s.Header, "百分"):
		return numberCell(digits, s)
	}
	return Cell{Kind: sheet.Text, Text: digits + "%"}
}

// dayCell writes a plain day as a date where the format shows one. What is said in
// words stays words.
func dayCell(v model.Value, s Style) Cell {
	if !v.IsPlainDay() || !s.Look.Date {
		return Cell{Kind: sheet.Text, Text: v.Text}
	}
	return Cell{Kind: sheet.Number, Text: serial(v.End, s.Date1904)}
}

func monthCell(v model.Value, s Style) Cell {
	if !s.Look.Date {
		return Cell{Kind: sheet.Text, Text: v.Text}
	}
	return Cell{Kind: sheet.Number, Text: serial(model.Month(v.Text).First(), s.Date1904)}
}

// serial is the number by which a workbook knows a day (sheet.SerialDay).
func serial(d model.Day, date1904 bool) string {
	base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if date1904 {
		base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	t := d.Time()
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return strconv.Itoa(int(day.Sub(base).Hours() / 24))
}

// WordsCell writes words that are no value of a field.
func WordsCell(words string) Cell {
	if words == "" {
		return Cell{}
	}
	return Cell{Kind: sheet.Text, Text: words}
}

// DayCell writes a day of the program's own: 填报时间.
func DayCell(d model.Day, s Style) Cell {
	if s.Look.Date {
		return Cell{Kind: sheet.Number, Text: serial(d, s.Date1904)}
	}
	return WordsCell(text.FormatDay(d))
}

// Chosen holds a value against what the template offers for its cell; nothing offered
// allows all. What is not offered is not written but left to the person: the sender's
// own check would refuse it.
func Chosen(c Cell, offered []string) Cell {
	if c.Kind == sheet.Blank || len(offered) == 0 || slices.Contains(offered, c.Text) {
		return c
	}
	key := text.HeaderKey(c.Text)
	for _, o := range offered {
		if text.HeaderKey(o) == key {
			c.Text = o
			return c
		}
	}
	const most = 6
	shown := strings.Join(offered[:min(len(offered), most)], "、")
	if len(offered) > most {
		shown += "……"
	}
	return Cell{Doubt: "“" + clip(c.Text) + "”不在这一格的下拉选项里（" + shown + "），没有填，请从下拉里选。"}
}
