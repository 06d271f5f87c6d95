package rule

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

// Input is what stands in a cell or was typed, before it is a value. For typed
// text only Text and Ref are given.
type Input struct {
	Text   string
	Number bool    // a numeric cell: Text has the digits as the file has them
	Num    float64 // of a numeric cell
	Format string  // number format of a numeric cell
	IsDate bool    // that format shows a date
	// Date1904 says that the workbook counts days from 1904.
	Date1904 bool
	// Ref is the day of reporting, for dates that leave the year out.
	Ref model.Day
}

// Parse reads an input into a value of the field and checks it by its kind. A
// value that cannot be read, or that can be read in two ways, is empty and comes
// with an 错误; one that is read but looks wrong comes with a 疑点 or an 错误. A
// reference gets its words only: finding the record is up to the caller. Every
// problem has a message and a suggestion and repeats no sensitive value.
//
// / — - and 无 alone mean "nothing" except that 无 is words in a text and any of
// them may be a choice. A value
// with * in a sensitive field was masked on its way and is "not given".
func Parse(f *model.Field, in Input) (model.Value, []model.Problem) {
	if isNothing(f.Kind, text.Clean(in.Text)) && !isChoice(f, in.Text) {
		return model.Value{}, nil
	}
	if f.Sensitive && strings.ContainsAny(in.Text, "*＊") {
		return model.Value{}, []model.Problem{*finish(f, &model.Problem{Rule: RuleMasked, Level: model.Hint,
			Message: "带星号，当作没有填", Suggestion: "要改请填完整的内容。"})}
	}
	if ditto[text.Clean(in.Text)] {
		return model.Value{}, []model.Problem{*finish(f, fault("ditto", "写的是“同上”，没有写出内容", "请把上一行的内容写出来：行的次序一变，“同上”就指别的了。"))}
	}
	v, p := readKind(f, in)
	if p == nil {
		return v, CheckField(f, v)
	}
	problems := []model.Problem{*finish(f, p)}
	if p.Level == model.Fault {
		return model.Value{}, problems
	}
	return v, append(problems, CheckField(f, v)...)
}

// ditto are the ways to write that a cell says what the one above it says.
var ditto = map[string]bool{"同上": true, "同上行": true, "同上。": true, "同左": true, "〃": true, "″": true, "〞": true, "”": true, "\"": true, "''": true, "々": true}

// isChoice reports whether words that mean nothing elsewhere are a choice of the
// field: — is 双休/节假日 on an attendance sheet.
func isChoice(f *model.Field, words string) bool {
	if f.Kind != model.KindEnum {
		return false
	}
	_, ok := f.FindOption(text.Clean(words))
	return ok
}

// isNothing reports whether the words stand for an empty cell.
func isNothing(k model.Kind, s string) bool {
	switch s {
	case "", "/", "／", "\\", "—", "——", "-", "--", "－", "–":
		return true
	case "无", "暂无":
		return k != model.KindText && k != model.KindLongText && k != model.KindBool && k != model.KindEnum && k != model.KindMultiEnum
	}
	return false
}

// readKind reads the words by the field's kind. The value counts unless the
// problem is an 错误.
func readKind(f *model.Field, in Input) (model.Value, *model.Problem) {
	switch f.Kind {
	case model.KindInteger, model.KindDecimal:
		return readNumber(f, in)
	case model.KindPercent:
		return readPercent(f, in)
	case model.KindDate:
		return readDate(f, in)
	case model.KindMonth:
		return readMonth(f, in)
	case model.KindEnum:
		return readEnum(f, shown(in))
	case model.KindMultiEnum:
		return readMultiEnum(f, shown(in))
	case model.KindBool:
		return readBool(shown(in))
	case model.KindIDNumber:
		return readID(in)
	case model.KindBankCard:
		return readCard(in)
	case model.KindPhone:
		return model.Text(normalPhone(shown(in))), nil
	case model.KindRef:
		return model.Reference("", oneLine(shown(in))), nil
	case model.KindFiles:
		return model.List(splitList(shown(in))...), nil
	}
	return readWords(f, in)
}

// readWords reads a text. A spreadsheet keeps fifteen digits of a number, and makes
// days of what looks like one (1-2 组): neither is taken for what was typed.
func readWords(f *model.Field, in Input) (model.Value, *model.Problem) {
	words := oneLine(shown(in))
	if f.Kind == model.KindLongText {
		words = text.Clean(shown(in))
	}
	if code := strings.TrimLeft(words, "'‘’"); code != "" && strings.Trim(code, "0123456789") == "" {
		words = code // '00123: people keep Excel off a code so
	}
	switch {
	case in.Number && !in.IsDate && len(strings.TrimLeft(cellDigits(math.Trunc(in.Num)), "-")) > keptDigits:
		return model.Value{}, fault("digits_lost", "被 Excel 改坏了，只剩前 15 位是对的", "请把这一列设成“文本”格式，重新填写。")
	case in.Number && in.IsDate && f.Kind == model.KindText:
		return model.Text(words), doubt("text_date", "在表里是日期", "请核对：“1-2”这样的编号会被 Excel 改成日期。")
	}
	return model.Text(words), nil
}

// keptDigits are the significant digits of a number in a spreadsheet.
const keptDigits = 15

// shown returns the words of an input as a person saw them: a numeric cell's
// fifteen digits, its percent sign, its day.
func shown(in Input) string {
	switch {
	case !in.Number:
		return in.Text
	case in.IsDate:
		if w, _ := text.ParseSerial(in.Num, in.Date1904, true, in.Ref); w.End != "" {
			return text.FormatDay(w.End)
		}
	case strings.Contains(in.Format, "%"):
		return cellDigits(in.Num*100) + "%"
	}
	return cellDigits(in.Num)
}

// cellDigits writes a number with the fifteen significant digits a spreadsheet
// keeps, without an exponent.
func cellDigits(n float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64)
	if err != nil { // infinite or no number: shown as it is
		return strconv.FormatFloat(n, 'g', -1, 64)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// oneLine joins the lines of a cell: nothing between Chinese characters, a space
// between Latin ones.
func oneLine(s string) string {
	if s = text.Clean(s); !strings.Contains(s, "\n") {
		return s
	}
	var out []rune
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimSpace(line)
		if n := len(out); n > 0 && line != "" && out[n-1] <= unicode.MaxASCII && line[0] <= unicode.MaxASCII {
			out = append(out, ' ')
		}
		out = append(out, []rune(line)...)
	}
	return string(out)
}

// splitList parts the entries of a cell.
func splitList(s string) []string {
	entries := strings.FieldsFunc(text.Clean(s), func(r rune) bool { return strings.ContainsRune("、，,;；/／\n", r) })
	for i, e := range entries {
		entries[i] = strings.TrimSpace(e)
	}
	return slices.DeleteFunc(entries, func(e string) bool { return e == "" })
}

func readID(in Input) (model.Value, *model.Problem) {
	if in.Number {
		return model.Value{}, damagedID()
	}
	switch s := text.Code(in.Text); {
	case scientific(s):
		return model.Value{}, damagedID()
	case severalIDs(s):
		return model.Value{}, fault("id_two", "一格里有两个号码", "一行只填一个人的号码。")
	default:
		return model.Text(s), nil
	}
}

// severalIDs reports whether a cell holds more than one identity number, parted by
// whatever sign or by none.
func severalIDs(s string) bool {
	if len(s) == 2*idLength {
		return true
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != 'X' })
	return len(parts) > 1 && !slices.ContainsFunc(parts, func(p string) bool { return len(p) != idLength && len(p) != oldIDLength })
}

func readCard(in Input) (model.Value, *model.Problem) {
	if digits := cellDigits(in.Num); in.Number && len(digits) > keptDigits {
		return model.Value{}, fault("card_damaged", "被 Excel 改坏了，只剩前 15 位是对的", "请把这一列设成“文本”格式，重新填写卡号。")
	}
	return model.Text(strings.ReplaceAll(text.Code(shown(in)), "-", "")), nil
}
