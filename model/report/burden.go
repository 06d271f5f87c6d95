package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// AskedColumn is one column that a table of the level above asked for, and who filled
// it.
type AskedColumn struct {
	Header string `json:"header"`
	// Meaning tells the same column of another table: a path of a ledger where it was
	// filled from one, else the header's key. "" is what every table has, or what only
	// names its rows: 序号, 村, 姓名.
	Meaning string   `json:"meaning,omitempty"`
	By      FilledBy `json:"by"`
}

// FilledBy says who filled a column.
type FilledBy string

// Who filled a column.
const (
	ByProgram FilledBy = "程序"
	ByHand    FilledBy = "人工"
	ByNobody  FilledBy = "未知"
)

// same reports whether two columns ask for the same.
func (c AskedColumn) same(o AskedColumn) bool {
	return c.Meaning != "" && o.Meaning != "" && (c.Meaning == o.Meaning || text.HeaderKey(c.Header) == text.HeaderKey(o.Header))
}

// BurdenAsk is one time that a table was asked for.
type BurdenAsk struct {
	Table  string // id
	Title  string
	Asker  string
	Period model.Period
	Due    model.Day // "" where it was sent without having been due
	SentOn model.Day // "" while it is not sent
	Asked  []AskedColumn
}

// month is the month that it counts in: that in which it is due.
func (a BurdenAsk) month() model.Month { return cmp.Or(a.Due, a.SentOn).Month() }

// BurdenLine counts what one unit asked for.
type BurdenLine struct {
	Asker    string
	ByMonth  []int // times, by month of Burden.Months
	Times    int
	Tables   int // different ones
	Columns  int // of what was sent
	Program  int // of these, filled by the program
	Again    int // of these, given to somebody within the 30 days before
	distinct map[string]bool
}

// Share is the part of the columns that the program filled, in tenths of a percent;
// false where nothing was sent.
func (l BurdenLine) Share() (tenths int64, ok bool) {
	if l.Columns == 0 {
		return 0, false
	}
	return int64(l.Program) * 1000 / int64(l.Columns), true
}

// AskedAgain is a column that was asked for though it had been given.
type AskedAgain struct {
	Header, Title, Asker string
	Period               model.Period
	On                   model.Day // when it was given again
	Given, GivenTo       string    // the table in which it was given before, and to whom
	GivenOn              model.Day
}

// Burden is what the levels above asked for in a stretch of months (报表负担): of the own
// unit, by who asked, in the order in which they first did. It names no person and
// ranks nobody.
type Burden struct {
	Months []model.Month
	Lines  []BurdenLine
	Sum    BurdenLine
	Again  []AskedAgain
}

// againWithin is how many days back the same question counts as asked before.
const againWithin = 30

// RollUpBurden counts what was asked for in the months from first to last.
func RollUpBurden(asks []BurdenAsk, first, last model.Month) Burden {
	var out Burden
	for m := first; m <= last; m = m.Add(1) {
		out.Months = append(out.Months, m)
	}
	out.Sum = newBurdenLine("合计", len(out.Months))
	for _, a := range asks {
		at := slices.Index(out.Months, a.month())
		if at < 0 {
			continue
		}
		i := slices.IndexFunc(out.Lines, func(l BurdenLine) bool { return l.Asker == a.Asker })
		if i < 0 {
			i = len(out.Lines)
			out.Lines = append(out.Lines, newBurdenLine(a.Asker, len(out.Months)))
		}
		again := askedAgain(a, asks)
		out.Again = append(out.Again, again...)
		out.Lines[i].add(a, at, len(again))
		out.Sum.add(a, at, len(again))
	}
	slices.SortStableFunc(out.Again, func(x, y AskedAgain) int { return cmp.Compare(x.On, y.On) })
	return out
}

func newBurdenLine(asker string, months int) BurdenLine {
	return BurdenLine{Asker: asker, ByMonth: make([]int, months), distinct: map[string]bool{}}
}

func (l *BurdenLine) add(a BurdenAsk, month, again int) {
	l.ByMonth[month]++
	l.Times++
	l.distinct[a.Table] = true
	l.Tables = len(l.distinct)
	l.Columns += len(a.Asked)
	l.Again += again
	for _, c := range a.Asked {
		if c.By == ByProgram {
			l.Program++
		}
	}
}

// askedAgain are the columns of a table that another one, sent before it, had given. A
// table that asks for the next period asks for something new.
func askedAgain(a BurdenAsk, all []BurdenAsk) []AskedAgain {
	var out []AskedAgain
	for _, c := range a.Asked {
		var before *BurdenAsk
		for i := range all {
			if b := &all[i]; b.gave(c, a) && (before == nil || b.SentOn > before.SentOn) {
				before = b
			}
		}
		if before != nil {
			out = append(out, AskedAgain{c.Header, a.Title, a.Asker, a.Period, a.SentOn, before.Title, before.Asker, before.SentOn})
		}
	}
	return out
}

// gave reports whether b gave a column in the 30 days before a was sent. Of two sent on
// one day the one registered first is the earlier.
func (b *BurdenAsk) gave(c AskedColumn, a BurdenAsk) bool {
	if b.Table == a.Table || b.SentOn == "" || a.SentOn == "" || b.SentOn > a.SentOn || a.SentOn.Sub(b.SentOn) > againWithin {
		return false
	}
	if b.SentOn == a.SentOn && b.Table > a.Table {
		return false
	}
	return slices.ContainsFunc(b.Asked, c.same)
}

// BurdenBook is a Burden with what its workbook says of it.
type BurdenBook struct {
	Burden
	Unit  string
	Today model.Day
	At    time.Time
	Demo  bool
}

// Workbook lays the burden out: the counts by who asked and month, and the columns
// asked for again.
func (b BurdenBook) Workbook() *sheet.Out {
	title := sheet.DemoTitle(b.Unit+"报表负担（"+text.FormatMonth(b.Months[0])+"至"+text.FormatMonth(b.Months[len(b.Months)-1])+"）", b.Demo)
	frame := Summary{Unit: b.Unit, Today: b.Today} // who filled it in is nobody's business here
	return &sheet.Out{Title: title, Creator: b.Unit, Modified: b.At, Sheets: []sheet.OutSheet{b.counts(frame, title), b.again(frame, title)}}
}

func (b BurdenBook) counts(frame Summary, title string) sheet.OutSheet {
	columns := []column{{"序号", 6}, {"要表单位", 22}}
	for _, m := range b.Months {
		columns = append(columns, column{fmt.Sprintf("%d月", int(m.First().Time().Month())), 6})
	}
	columns = append(columns, []column{{"要表次数", 9}, {"几张表", 8}, {"报送列数", 9}, {"程序填的列", 11}, {"程序填的比例（%）", 12}, {"给过又要的列", 12}}...)
	out := frame.frame("报表负担", title, columns)
	for i, l := range b.Lines {
		out.Rows = append(out.Rows, sheet.OutRow{Height: 22, Cells: burdenCells(strconv.Itoa(i+1), l, styleNumber)})
	}
	out.Rows = append(out.Rows, sheet.OutRow{Height: 22, Cells: burdenCells("", b.Sum, styleSum)})
	out.AddLine("说明：按截止日所在的月计；列数只计已报送的；给过又要的列，指报送前 30 天内在别的表里已经报过的同一项。", sheet.NoteStyle, sheet.SignHeight, 1, len(columns))
	return out
}

func burdenCells(seq string, l BurdenLine, style sheet.Style) []sheet.OutCell {
	cells := []sheet.OutCell{sheet.NumberCell(seq, style), sheet.TextCell(l.Asker, style)}
	for _, n := range slices.Concat(l.ByMonth, []int{l.Times, l.Tables, l.Columns, l.Program}) {
		cells = append(cells, sheet.NumberCell(strconv.Itoa(n), style))
	}
	share := ""
	if tenths, ok := l.Share(); ok {
		share = model.FormatScaled(tenths, 1, false)
	}
	return append(cells, sheet.NumberCell(share, style), sheet.NumberCell(strconv.Itoa(l.Again), style))
}

func (b BurdenBook) again(frame Summary, title string) sheet.OutSheet {
	out := frame.frame("给过又要的列", title+"给过又要的列", []column{{"序号", 6}, {"要的列", 24}, {"要它的表", 30}, {"要表单位", 22}, {"期间", 14}, {"报送日期", 12},
		{"已在哪张表里报过", 30}, {"报给", 22}, {"报过日期", 12}})
	for i, a := range b.Again {
		cells := []sheet.OutCell{sheet.NumberCell(strconv.Itoa(i+1), styleNumber)}
		for _, words := range []string{a.Header, a.Title, a.Asker, a.Period.Words(), string(a.On), a.Given, a.GivenTo, string(a.GivenOn)} {
			cells = append(cells, sheet.TextCell(words, styleText))
		}
		out.Rows = append(out.Rows, sheet.OutRow{Cells: cells})
	}
	return out
}
