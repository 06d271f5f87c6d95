package exchange

import (
	"cmp"
	"fmt"
	"math/big"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// reviewed says which fields a header of the public workbooks may be mapped to
// without asking, as a person read them. A pair that is not here is a wrong mapping
// taken in silence until somebody has looked at it and added it.
var reviewed = map[string]string{
	"村名": "#area village name", "村名称": "#area village", "行政村名称": "name #area", "乡镇": "#area", "备注": "remark", "说明": "remark",
	"时间": "done_on", "类型": "kind category", "类别": "kind category", "姓名": "name person member", "金额": "amount", "单位": "unit at name", "名称": "name",
	"人数": "population", "编号": "doc_no", "联系人": "contact", "联系电话": "phone", "电话号码": "phone", "手机号码": "phone", "性别": "gender",
	"出生日期": "birth", "状态": "state", "项目名称": "title project", "计量单位": "target_unit qty_unit unit", "数量": "qty",
}

// TestSilentlyWrong_Corpus counts over the public workbooks the columns that would
// be mapped wrongly and the values that would be read wrongly without a word: none
// may be. Every table is held against every ledger, as if the user had named it.
func TestSilentlyWrong_Corpus(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpus, "chinese", "*.*"))
	if err != nil || len(files) == 0 {
		t.Skip("the corpus is not here")
	}
	c := builtin()
	var n counted
	for _, f := range files {
		b, err := sheet.Open(f)
		if err != nil {
			continue // refused with a reason, which sheet's own test looks at
		}
		for _, table := range FindTables(b) {
			for _, l := range c.All() {
				if !l.System {
					n.hold(t, filepath.Base(f), b, &table, c, l)
				}
			}
		}
	}
	t.Logf("%d columns mapped for sure, %d wrongly; %d values taken in silence, %d wrongly", n.columns, n.wrongColumns, n.values, n.wrongValues)
	if n.wrongColumns+n.wrongValues > 0 || n.columns == 0 || n.values == 0 {
		t.Fail()
	}
}

type counted struct{ columns, wrongColumns, values, wrongValues int }

// hold reads a table as one of a ledger and judges what is taken without asking.
func (n *counted) hold(t *testing.T, file string, b *sheet.Book, table *Table, c *model.Catalog, l *model.Ledger) {
	targets := Targets(c, l)
	byPath := map[Path]Target{}
	for _, tg := range targets {
		byPath[tg.Path] = tg
	}
	matches := Sure(MapColumns(table, targets))
	for _, m := range matches {
		if m.Path == PathSeq {
			continue
		}
		n.columns++
		header := table.Columns[m.Col-1]
		leaf := text.HeaderCore(header.levels[len(header.levels)-1])
		key := string(m.Path)[strings.LastIndex(string(m.Path), ".")+1:]
		if !slices.Contains(strings.Fields(reviewed[leaf]), key) {
			n.wrongColumns++
			t.Errorf("%s [%s]: %s was mapped to %s of %s without asking", file, table.Sheet, header.Path, m.Path, l.Key)
		}
	}
	s := &b.Sheets[table.SheetIndex]
	ctx := ParseContext{File: file, Sheet: s.Name, Date1904: b.Date1904, Ref: today}
	for _, row := range ReadRows(s, table, matches, 0) {
		for _, cell := range row.Cells {
			p := cell.Path
			v, problems := ParseCell(byPath[p], cell.RawCell, ctx)
			if !v.Set || len(problems) > 0 {
				continue
			}
			n.values++
			if !saysSame(byPath[p].Field, cell.RawCell, v, b.Date1904) {
				n.wrongValues++
				t.Errorf("%s [%s] %s: %q was read as %+v for %s without a word", file, table.Sheet, cell.Addr, cell.Cell.Text, v, p)
			}
		}
	}
}

// saysSame judges a value by means of its own whether it says what the cell says.
func saysSame(f *model.Field, c RawCell, v model.Value, date1904 bool) bool {
	switch f.Kind {
	case model.KindInteger, model.KindDecimal, model.KindPercent:
		want, ok := amountIn(f, c)
		got := big.NewRat(v.Num, 1)
		for range f.Scale {
			got.Quo(got, big.NewRat(10, 1))
		}
		return ok && want.Cmp(got) == 0
	case model.KindDate, model.KindMonth:
		if c.Cell.Date {
			d, ok := sheet.SerialDay(c.Cell.Num, date1904)
			return ok && strings.HasPrefix(string(d), cmp.Or(string(v.End), v.Text))
		}
		return digitsIn(string(v.Start)+v.Text, c.Cell.Text)
	case model.KindEnum:
		o, ok := optionOf(f, c.Cell.Text)
		return ok && o == v.Text
	case model.KindBool:
		return yesWords[solid(c.Cell.Text)] == map[int64]string{1: "yes", 0: "no"}[v.Num]
	case model.KindMultiEnum:
		return sameChoices(f, c.Cell.Text, v)
	case model.KindIDNumber, model.KindPhone, model.KindBankCard:
		return digitsIn(v.Text, c.Cell.Text) && digitsIn(c.Cell.Text, v.Text)
	case model.KindFiles:
		return false // no column of a table is files
	}
	return solid(v.Text) == solid(seenIn(c.Cell, date1904))
}

// inSmallest is how many of the smallest unit of its measure each unit is.
var inSmallest = map[string]struct {
	measure string
	times   *big.Rat
}{
	"元": {"money", big.NewRat(1, 1)}, "千元": {"money", big.NewRat(1000, 1)}, "万元": {"money", big.NewRat(10_000, 1)}, "亿元": {"money", big.NewRat(100_000_000, 1)},
	"平方米": {"area", big.NewRat(3, 2000)}, "亩": {"area", big.NewRat(1, 1)}, "公顷": {"area", big.NewRat(15, 1)}, "万亩": {"area", big.NewRat(10_000, 1)},
	"万人": {"people", big.NewRat(10_000, 1)}, "人": {"people", big.NewRat(1, 1)}, "万户": {"homes", big.NewRat(10_000, 1)}, "户": {"homes", big.NewRat(1, 1)},
}

// amountIn reads the number that a person sees in a cell, in the unit of the field:
// digits, thousands, a unit behind it or else that of the column.
func amountIn(f *model.Field, c RawCell) (*big.Rat, bool) {
	words := text.Code(strings.NewReplacer(",", "", "，", "").Replace(c.Cell.Text))
	end := strings.LastIndexAny(words, "0123456789.") + 1
	unit := cmp.Or(words[end:], unitFor(c.Unit, f.Unit), f.Unit)
	n, ok := new(big.Rat).SetString(words[:end])
	if !ok {
		return nil, false
	}
	if c.Cell.Kind == sheet.Number && strings.Contains(c.Cell.Format, "%") {
		n.Mul(n, big.NewRat(100, 1))
	}
	from, to := inSmallest[unit], inSmallest[f.Unit]
	switch {
	case unit == f.Unit:
		return n, true
	case from.measure == "" || from.measure != to.measure:
		return nil, false
	}
	return n.Quo(n.Mul(n, from.times), to.times), true
}

var yesWords = map[string]string{"是": "yes", "√": "yes", "✓": "yes", "✔": "yes", "有": "yes", "1": "yes", "Y": "yes", "y": "yes", "TRUE": "yes", "true": "yes", "已": "yes", "对": "yes",
	"否": "no", "×": "no", "无": "no", "没有": "no", "0": "no", "N": "no", "n": "no", "FALSE": "no", "false": "no", "未": "no", "不是": "no"}

// optionOf returns the key of the choice that is written, by its words alone.
func optionOf(f *model.Field, words string) (string, bool) {
	for _, o := range f.Options {
		if slices.Contains(append(o.Synonyms, o.Key, o.Label), text.Clean(words)) || solid(o.Label) == solid(words) {
			return o.Key, true
		}
	}
	return "", false
}

// sameChoices reports whether the choices of a value are those written, none more
// and none less.
func sameChoices(f *model.Field, words string, v model.Value) bool {
	var want []string
	for part := range strings.FieldsFuncSeq(words, func(r rune) bool { return strings.ContainsRune("、，,;；/\n", r) }) {
		key, ok := optionOf(f, part)
		if !ok {
			return false
		}
		want = append(want, key)
	}
	got := slices.Clone(v.Entries())
	slices.Sort(want)
	slices.Sort(got)
	return slices.Equal(slices.Compact(want), got)
}

// seenIn is what a person sees in a cell: of a number, at most fifteen digits of
// it, in hundredths with a % or as the day it is shown as.
func seenIn(c sheet.Cell, date1904 bool) string {
	if c.Kind != sheet.Number {
		return c.Text
	}
	if d, ok := sheet.SerialDay(c.Num, date1904); ok && c.Date {
		y, m, day := d.Time().Date()
		return fmt.Sprintf("%d年%d月%d日", y, m, day)
	}
	n, tail := c.Num, ""
	if strings.Contains(c.Format, "%") {
		n, tail = n*100, "%"
	}
	digits, _ := new(big.Float).SetString(strconv.FormatFloat(n, 'g', 15, 64))
	if digits == nil {
		return c.Text
	}
	return digits.Text('f', -1) + tail
}

// digitsIn reports whether the groups of digits of a occur in b, leading zeros aside.
func digitsIn(a, b string) bool {
	isNoDigit := func(r rune) bool { return r < '0' || r > '9' }
	b = text.Code(b)
	for _, group := range strings.FieldsFunc(text.Code(a), isNoDigit) {
		if !strings.Contains(b, strings.TrimLeft(group, "0")) {
			return false
		}
	}
	return true
}

// solid drops what cannot be seen.
func solid(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
}

// TestSaysSame: the judge itself can say no.
func TestSaysSame(t *testing.T) {
	kinds := builtin().Ledger(ledgers.Household).Field("kind")
	for _, c := range []struct {
		f    *model.Field
		cell sheet.Cell
		v    model.Value
		want bool
	}{
		{fieldCount, wordCell("1,234"), model.Int(1234), true}, {fieldCount, wordCell("12"), model.Int(13), false},
		{fieldMoney, wordCell("1.5"), model.Int(15000), true}, {fieldMoney, wordCell("1.5"), model.Int(15), false},
		{fieldDate, datedCell("44635", 44635), model.OnDay("2022-03-15"), true}, {fieldDate, datedCell("44635", 44635), model.OnDay("2022-03-16"), false},
		{fieldPhone, wordCell("138 0000 0001"), model.Text("13800000001"), true}, {fieldPhone, wordCell("13800000001"), model.Text("13800000002"), false},
		{fieldText, wordCell("修 路"), model.Text("修路"), true}, {fieldText, wordCell("修路"), model.Text("修桥"), false},
		{builtin().Ledger(ledgers.Person).Field("gender"), wordCell("男"), model.Text("女"), false},
		{fieldYes, wordCell("√"), model.Bool(true), true}, {fieldYes, wordCell("未"), model.Bool(true), false}, {fieldYes, wordCell("部分"), model.Bool(false), false},
		{kinds, wordCell("低保户、脱贫户"), model.List("脱贫户", "低保户"), true}, {kinds, wordCell("低保户、脱贫户"), model.List("脱贫户"), false},
		{kinds, wordCell("低保户"), model.List("脱贫户", "低保户"), false},
		{fieldMoney, wordCell("185000元"), model.Int(185000), true}, {fieldMoney, wordCell("185000元"), model.Int(1850000000), false}, {fieldMoney, wordCell("3公里"), model.Int(30000), false},
		{fieldPart, sheet.Cell{Kind: sheet.Number, Text: "0.85", Num: 0.85, Format: "0%"}, model.Int(8500), true}, {fieldPart, sheet.Cell{Kind: sheet.Number, Text: "0.85", Num: 0.85, Format: "0%"}, model.Int(85), false},
		{fieldText, digitCell("12", 12), model.Text("12"), true}, {fieldText, digitCell("12", 12), model.Text("13"), false},
		{fieldText, datedCell("44635", 44635), model.Text("2022年3月15日"), true}, {fieldText, datedCell("44635", 44635), model.Text("44635"), false},
	} {
		if got := saysSame(c.f, RawCell{Cell: c.cell}, c.v, false); got != c.want {
			t.Errorf("%s %q %+v: %v", c.f.Kind, c.cell.Text, c.v, got)
		}
	}
}
