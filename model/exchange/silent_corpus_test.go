package exchange

import (
	"cmp"
	"math/big"
	"path/filepath"
	"slices"
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
		for p, cell := range row.Cells {
			v, problems := ParseCell(byPath[p], cell, ctx)
			if !v.Set || len(problems) > 0 {
				continue
			}
			n.values++
			if !saysSame(byPath[p].Field, cell, v, b.Date1904) {
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
		want, ok := new(big.Rat).SetString(strings.TrimSuffix(text.Code(strings.ReplaceAll(c.Cell.Text, ",", "")), "%"))
		got := big.NewRat(v.Num, 1)
		for range f.Scale {
			got.Quo(got, big.NewRat(10, 1))
		}
		if c.Unit != "" && c.Unit != f.Unit || strings.Contains(c.Cell.Format, "%") {
			return true // converted: the tests of units look at it
		}
		return ok && want.Cmp(got) == 0
	case model.KindDate, model.KindMonth:
		if c.Cell.Date {
			d, ok := sheet.SerialDay(c.Cell.Num, date1904)
			return ok && strings.HasPrefix(string(d), cmp.Or(string(v.End), v.Text))
		}
		return digitsIn(string(v.Start)+v.Text, c.Cell.Text)
	case model.KindEnum:
		o, ok := f.FindOption(text.Clean(c.Cell.Text))
		return ok && o.Key == v.Text
	case model.KindBool, model.KindMultiEnum, model.KindFiles:
		return true
	case model.KindIDNumber, model.KindPhone, model.KindBankCard:
		return digitsIn(v.Text, c.Cell.Text) && digitsIn(c.Cell.Text, v.Text)
	}
	return solid(v.Text) == solid(c.Cell.Text) || c.Cell.Kind == sheet.Number
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
	} {
		if got := saysSame(c.f, RawCell{Cell: c.cell}, c.v, false); got != c.want {
			t.Errorf("%s %q %+v: %v", c.f.Kind, c.cell.Text, c.v, got)
		}
	}
}
