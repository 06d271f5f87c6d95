package sheet

import (
	"cmp"
	"errors"

	"xiangzhen/model/sheet/xls"
	"xiangzhen/model/text"
)

// readXLS reads what Excel 5.0 to 2003 and WPS write as .xls and .et.
func readXLS(src *source) (*Book, error) {
	limits := xls.Limits{Bytes: src.limits.Unzipped, Cells: src.limits.Cells, Strings: src.limits.Strings}
	book, err := xls.Read(src.r, src.size, limits)
	if err != nil {
		return nil, explainXLS(src, err)
	}
	rd := newReading(src)
	rd.book.Date1904, rd.book.Modified, rd.book.Creator = book.Date1904, book.Modified, book.Creator
	formats := make([]numFormat, len(book.Styles))
	for i, s := range book.Styles {
		formats[i] = formatOf(cmp.Or(s.Code, builtinFormats[s.ID]))
		rd.book.Looks = append(rd.book.Looks, lookOfXLS(s.Look))
	}
	for i := range book.Sheets {
		rd.takeXLSSheet(&book.Sheets[i], formats)
		book.Sheets[i].Cells = nil // what was taken need not stay twice in memory
	}
	if book.Pictures {
		rd.warn("文件里有图片，旧格式（.xls）里的照片取不出来，没有收。要交照片，请用 WPS 打开另存为 .xlsx 再交。")
	}
	return rd.book, nil
}

func explainXLS(src *source, err error) error {
	switch {
	case errors.Is(err, xls.ErrEncrypted):
		return src.refused(Encrypted)
	case errors.Is(err, xls.ErrTooOld):
		return src.refused(XLS)
	case errors.Is(err, xls.ErrTooLarge):
		return src.tooLarge(err)
	case errors.Is(err, xls.ErrNoWorkbook):
		return src.refused(Unknown)
	}
	return src.damaged(err)
}

// xlsOddities are the oddities of single cells in this package's words.
var xlsOddities = map[xls.Oddity]oddity{
	xls.OddPlace: oddPlace, xls.OddString: oddString, xls.OddFormula: oddFormula, xls.OddUncalculated: oddUncalculated,
	xls.OddLink: oddLink, xls.OddText: oddGarbled,
}

// takeXLSSheet adds a sheet to the book.
func (rd *reading) takeXLSSheet(s *xls.Sheet, formats []numFormat) {
	if s.Missing {
		rd.warnMissing(s.Name)
		return
	}
	var odd oddities
	for what, n := range s.Notes {
		if to, ok := xlsOddities[xls.Oddity(what)]; ok {
			odd[to].row, odd[to].col, odd[to].n = n.Row, n.Col, n.Count
		}
	}
	hidden := make(map[int]bool, len(s.HiddenRows))
	for _, row := range s.HiddenRows {
		hidden[row] = true
	}
	cells := make([]Cell, len(s.Cells))
	for i := range s.Cells {
		cells[i] = cellOfXLS(&s.Cells[i], formats)
	}
	out := Sheet{Name: text.Plain(s.Name), Visibility: xlsVisibility(s.Visibility), Filtered: s.Filtered, Rows: rowsOf(cells, hidden, &odd)}
	for _, m := range s.Merges {
		out.Merges = append(out.Merges, Range(m))
	}
	for _, w := range s.Widths {
		out.Widths = append(out.Widths, ColWidth{w.C1, w.C2, w.Chars})
	}
	for _, c := range s.HiddenCols {
		out.HiddenCols = append(out.HiddenCols, Range(c))
	}
	odd.report(rd, s.Name)
	if s.Notes[xls.OddEnd].Count > 0 {
		rd.warn("工作表“%s”在文件里没有结尾，可能没有读全，请与原表核对行数。", s.Name)
	}
	rd.book.Sheets = append(rd.book.Sheets, out)
}

// lookOfXLS is a style in this package's words.
func lookOfXLS(l xls.Look) Style {
	return Style{Bold: l.Bold, Wrap: l.Wrap, Border: l.Border, Fill: l.Fill, Align: Align(l.Align)}
}

func xlsVisibility(v xls.Visibility) Visibility { return min(Visibility(v), VeryHidden) }

var xlsKinds = [...]CellKind{xls.Number: Number, xls.Text: Text, xls.Bool: Bool, xls.Error: ErrorValue}

func cellOfXLS(from *xls.Cell, formats []numFormat) Cell {
	c := Cell{Row: from.Row, Col: from.Col, Kind: xlsKinds[from.Kind], Text: lineEnds(from.Text), Formula: from.Formula, Look: uint16(min(from.Style, noLook-1)) + 1}
	if from.Kind == xls.Number {
		var f numFormat
		if from.Style < len(formats) {
			f = formats[from.Style]
		}
		setNumber(&c, from.Num, f)
	}
	return c
}
