package exchange

import (
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

// This file has what filling a table of somebody else's making (套表) asks of header
// finding and mapping.

// FillTargets returns where the columns of a foreign table may be filled from: all
// that may be imported, and what is derived or set by the program.
func FillTargets(c *model.Catalog, l *model.Ledger) []Target {
	out := Targets(c, l)
	for _, fields := range [][]model.Field{l.Fields, l.Derived} {
		for i := range fields {
			f := &fields[i]
			known := slices.ContainsFunc(out, func(t Target) bool { return t.Path == Path(f.Key) })
			if !known && !f.Internal && f.Kind != model.KindFiles {
				out = append(out, Target{Path: Path(f.Key), Ledger: l, Field: f})
			}
		}
	}
	return out
}

// ColumnUnit returns the unit in which the numbers of a column stand if it is not
// the field's own, and whether one can be turned into the other.
func ColumnUnit(t *Table, c TableColumn, f *model.Field) (unit string, ok bool) {
	return unitOf(t, c, f)
}

// Blank is a place of the lines around a table that asks who, when, where.
type Blank struct {
	What     Asked
	Row, Col int
	Words    string // of the whole cell
	// Head is where in Words the value goes, Tail where what follows it begins; both 0
	// where the place is a cell of its own beside the label.
	Head, Tail int
}

// Asked is what a line around a table asks for.
type Asked string

// What lines ask for that the program may know.
const (
	AskedUnit   Asked = "unit"   // 填报单位
	AskedFiller Asked = "filler" // 填报人
	AskedPhone  Asked = "phone"  // 联系电话
	AskedDate   Asked = "date"   // 填报时间
	AskedPeriod Asked = "period" // 统计期
)

// askedOf follows the order of frameLabels.
var askedOf = []Asked{AskedUnit, AskedFiller, AskedPhone, AskedDate, AskedPeriod}

// Blanks returns the places around a table that ask for something and are empty, in
// the lines above its header and below its data.
func Blanks(s *sheet.Sheet, t *Table) []Blank {
	const below = 40
	g := newGrid(s)
	end := max(t.HeaderLast, t.DataLast)
	var out []Blank
	for i := range s.Rows {
		row := s.Rows[i].Index
		if row >= t.HeaderFirst && row <= end || row > end+below {
			continue
		}
		l := g.lineAt(i, block{t.FirstCol, t.LastCol})
		if !isFrameLine(l) {
			continue
		}
		for j, p := range l.spots {
			out = append(out, blanksOf(s, t, l, j, p)...)
		}
	}
	return out
}

func blanksOf(s *sheet.Sheet, t *Table, l line, j int, p spot) []Blank {
	words := s.Cell(p.row, p.col).Text
	labels := findLabels(words)
	var out []Blank
	for i, at := range labels {
		if at.label >= len(askedOf) {
			continue
		}
		end := len(words)
		if i+1 < len(labels) {
			end = labels[i+1].start
		}
		if frameValue(words[at.body:end]) != "" {
			continue
		}
		b := Blank{What: askedOf[at.label], Row: p.row, Col: p.col, Words: words, Head: at.body, Tail: end}
		next := p.right + 1
		taken := j+1 < len(l.spots) && l.spots[j+1].col == next
		if len(labels) == 1 && strings.TrimSpace(words[at.body:]) == "" && next <= t.LastCol && p.right == p.col && (!taken || len(findLabels(l.spots[j+1].text)) == 0) {
			if taken {
				continue // the value stands there already
			}
			b = Blank{What: b.What, Row: p.row, Col: next}
		}
		out = append(out, b)
	}
	return out
}

// Write puts a value into the words of the cell.
func (b Blank) Write(value string) string {
	if b.Words == "" {
		return value
	}
	tail := b.Words[b.Tail:]
	if tail != "" && !strings.HasPrefix(tail, " ") && !strings.HasPrefix(tail, "　") {
		tail = "　　" + tail
	}
	return b.Words[:b.Head] + value + tail
}

// IsTotalRow reports whether the first words of a row say that it adds up others.
func IsTotalRow(words string) bool { return isTotal(words) }

// IsExampleRow reports whether the first words of a row mark it as an example.
func IsExampleRow(words string) bool { return isSample(words) }

// IsColumnNumbers reports whether a skipped row only numbers the columns.
func (r SkippedRow) IsColumnNumbers() bool { return r.Why == "列号行" }

// TableAt reads the table whose header a person, or the borders of a template, say
// to be in a block of cells.
func TableAt(b *sheet.Book, index int, at sheet.Range) Table {
	s := &b.Sheets[index]
	g := newGrid(s)
	h := header{block: block{at.C1, at.C2}, first: at.R1, last: at.R2}
	for i := range s.Rows {
		switch row := s.Rows[i].Index; {
		case row < at.R1:
			h.preamble = append(h.preamble, g.lineAt(i, h.block))
		case row <= at.R2:
			h.lines = append(h.lines, g.lineAt(i, h.block))
		}
	}
	if next := g.line(h.last+1, h.block); numbersColumns(h, next) {
		h.number = next.row
	}
	t, _ := g.readTable(h)
	g.warn(&t)
	t.Sheet, t.SheetIndex = s.Name, index
	return t
}
