package sheetview

import (
	"strings"
	"unicode"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// RowKind is what a row of a sheet is to a table.
type RowKind int

// The kinds of rows.
const (
	Outside RowKind = iota // before the title ends, behind the data, of another table
	Title
	Head
	Data
	Skipped
)

// Row is a row of a sheet: its kind, the word that marks it, and why it is left out.
type Row struct {
	Kind RowKind
	Word string
	Why  string
}

// RowOf tells what a row of the sheet is to a table.
func RowOf(t *exchange.Table, row int) Row {
	for _, s := range t.Totals {
		if s.Row == row {
			return Row{Skipped, "合计", s.Why}
		}
	}
	for _, s := range t.Skipped {
		if s.Row == row {
			return Row{Skipped, "跳过", s.Why}
		}
	}
	switch {
	case t.Entry && row >= t.HeaderFirst && row <= t.HeaderLast:
		return Row{Kind: Data}
	case row < t.HeaderFirst:
		return Row{Kind: Title}
	case row <= t.HeaderLast:
		return Row{Head, "表头", ""}
	case t.DataFirst == 0 || row < t.DataFirst || row > t.DataLast:
		return Row{Kind: Outside}
	case row == t.DataFirst:
		return Row{Data, "首行", ""}
	case row == t.DataLast:
		return Row{Data, "末行", ""}
	}
	return Row{Kind: Data}
}

// cellOf shows a cell of the sheet in a row.
func cellOf(r Row, c app.SeenCell) grid.Cell {
	out := grid.Cell{Text: OneLine(c.Text), Span: c.Span}
	switch r.Kind {
	case Head:
		if out.Bold = true; c.Span > 0 { // else the ground of the first cell reaches here
			out.Fill = grid.FillMuted
		}
	case Title:
		out.Bold = c.Span > 1
	case Skipped, Outside:
		out.Tone, out.Hint = look.ToneQuiet, r.Why
	}
	return out
}

// OneLine joins the lines of a cell.
func OneLine(words string) string { return strings.Join(strings.Fields(words), " ") }

// columnWidth is the width of a column of the sheet on screen: as the file has it, but
// wide enough for its head and, where the file does not say, for its first value.
func columnWidth(chars float64, title, sample string) float32 {
	const usual, char, least, most = 11, 8, 74, 260
	wide := room(title)
	if chars == 0 {
		chars, wide = usual, max(wide, room(OneLine(sample)))
	}
	return min(most, max(least, float32(chars)*char, wide))
}

// room is about what words take, with the gaps of a cell.
func room(words string) float32 {
	width := 2 * look.GapWide
	for _, r := range words {
		if width += 8; r > unicode.MaxLatin1 {
			width += 6
		}
	}
	return width
}
