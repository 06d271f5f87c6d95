package fill

import (
	"slices"
	"strings"

	"xiangzhen/model/exchange"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// Mode says how a table is filled.
type Mode string

// The ways in which a table takes values.
const (
	Rows   Mode = "rows"   // a list: records go into its empty rows
	Match  Mode = "match"  // its rows are named already: the empty cells beside are filled
	Entry  Mode = "entry"  // a form for one record (登记表)
	Nobody Mode = "nobody" // left to a person; Why says why
)

// Frame is a table of the template and where values go in it.
type Frame struct {
	*exchange.Table
	Mode Mode
	Why  string // Chinese: why it is left to a person
	// First and Last are the rows that take records; of a list the empty ones. Last
	// below First: there is none.
	First, Last int
	Blanks      []exchange.Blank
	SeqCol      int // column of 序号, 0 if there is none
	open        bool
	labelCols   []int          // columns in which the template names its rows
	labels      map[string]int // rows by those words
}

// endless is how many rows a list takes below which nothing stands.
const endless = 100_000

// Recognise returns the tables of a template in the order of its sheets. A sheet on
// which the words give no header away is judged by its borders.
func Recognise(t *sheet.Template) []Frame {
	tables := exchange.FindTables(t.Book)
	for i := range t.Sheets {
		found := slices.ContainsFunc(tables, func(f exchange.Table) bool { return f.SheetIndex == i })
		if at, ok := boxed(t, i); ok && !found && t.Sheets[i].Visibility == sheet.Visible {
			tables = append(tables, exchange.TableAt(t.Book, i, at))
		}
	}
	return frames(t, tables)
}

// Correct reads a table again whose header a person says to be in a block of cells.
func Correct(t *sheet.Template, index int, header sheet.Range) Frame {
	return frames(t, []exchange.Table{exchange.TableAt(t.Book, index, header)})[0]
}

// boxed finds the first row of bordered cells that all hold words, three at least,
// with a bordered row below that has fewer.
func boxed(t *sheet.Template, index int) (sheet.Range, bool) {
	const least = 3
	s := &t.Sheets[index]
	for i := range s.Rows {
		row := &s.Rows[i]
		var at sheet.Range
		n := 0
		for _, c := range row.Cells {
			look := t.Look(s.Name, row.Index, c.Col)
			if c.Kind != sheet.Text || !look.Bordered || look.Formula {
				n = 0
				break
			}
			if n++; n == 1 {
				at = sheet.Range{R1: row.Index, C1: c.Col, R2: row.Index}
			}
			at.C2 = c.Col
		}
		below := s.Row(row.Index + 1)
		if n >= least && n == at.C2-at.C1+1 && t.Look(s.Name, row.Index+1, at.C1).Bordered && (below == nil || len(below.Cells) < n) {
			return at, true
		}
	}
	return sheet.Range{}, false
}

// frames finds where values go in tables.
func frames(t *sheet.Template, tables []exchange.Table) []Frame {
	out := make([]Frame, len(tables))
	for i := range tables {
		f := &out[i]
		f.Table = &tables[i]
		f.Blanks = exchange.Blanks(&t.Sheets[f.SheetIndex], f.Table)
		for _, m := range exchange.MapColumns(f.Table, nil) {
			if m.Path == exchange.PathSeq {
				f.SeqCol = m.Col
			}
		}
		f.settle(t, tables)
	}
	return out
}

// settle finds the rows that take values.
func (f *Frame) settle(t *sheet.Template, all []exchange.Table) {
	switch {
	case f.Table.Entry:
		f.Mode = Entry
		return
	case f.DataFirst > 0 && !f.onlyExamples(t):
		f.Mode, f.First, f.Last = Match, f.DataFirst, f.DataLast
		f.label(t)
		return
	}
	f.Mode = Rows
	f.First = f.HeaderLast + 1
	for _, r := range f.Skipped {
		if r.IsColumnNumbers() {
			f.First = r.Row + 1
		}
	}
	f.First = max(f.First, f.DataLast+1)
	for f.First <= t.LastRow(f.Sheet) && (t.HiddenRow(f.Sheet, f.First) || exchange.IsExampleRow(f.firstWords(t, f.First))) {
		f.First++
	}
	f.measure(t)
	for i := range all {
		o := &all[i]
		beside := o != f.Table && o.Sheet == f.Sheet && o.HeaderFirst <= f.Last && max(o.DataLast, o.HeaderLast) >= f.First
		if beside && (o.FirstCol > f.LastCol || o.LastCol < f.FirstCol) {
			f.Mode, f.Why = Nobody, "旁边还有一张表，加行会弄乱它。"
		}
	}
}

// label notes by which words the template names its rows.
func (f *Frame) label(t *sheet.Template) {
	f.labels = map[string]int{}
	for row := range f.Table.Rows(&t.Sheets[f.SheetIndex]) {
		key := ""
		for _, c := range row.Cells {
			if c.Cell.Kind == sheet.Text && c.Col != f.SeqCol && !t.Look(f.Sheet, c.Cell.Row, c.Cell.Col).Formula {
				key += text.HeaderKey(c.Cell.Text) + "\x00"
				if !slices.Contains(f.labelCols, c.Col) {
					f.labelCols = append(f.labelCols, c.Col)
				}
			}
		}
		if _, twice := f.labels[key]; twice {
			f.labels[key] = 0 // nobody could tell which is meant
			continue
		}
		f.labels[key] = row.Row
	}
}

// onlyExamples reports whether all rows with content show how to fill the table in.
func (f *Frame) onlyExamples(t *sheet.Template) bool {
	for row := f.DataFirst; row <= f.DataLast; row++ {
		if w := f.firstWords(t, row); w != "" && !exchange.IsExampleRow(w) {
			return false
		}
	}
	return true
}

// firstWords are the words furthest to the left in a row of the table.
func (f *Frame) firstWords(t *sheet.Template, row int) string {
	r := t.Sheets[f.SheetIndex].Row(row)
	if r == nil {
		return ""
	}
	for _, c := range r.Cells {
		if c.Col >= f.FirstCol && strings.TrimSpace(c.Text) != "" {
			return c.Text
		}
	}
	return ""
}

// measure finds where the empty rows end: at the first that holds something, or that
// does not look like them any more.
func (f *Frame) measure(t *sheet.Template) {
	f.Last = f.First - 1
	stop := f.nextTaken(t)
	styled := f.bordered(t, f.First)
	for row := f.First; row < stop && row <= t.LastRow(f.Sheet); row++ {
		if styled && !f.bordered(t, row) || f.crossed(t, row) {
			break
		}
		f.Last = row
	}
	if stop > f.First+endless {
		f.open = !styled || f.Last < f.First
		return
	}
	if f.Last < f.First && stop > f.First {
		f.Last = stop - 1 // rows that the file does not even have
	}
	if f.Last < f.First {
		f.Mode, f.Why = Nobody, "表头下面没有空行，看不出从哪一行填起。"
		if words := f.firstWords(t, f.First); words != "" {
			f.Why = "表头下面紧接着“" + clip(words) + "”，看不出从哪一行填起。"
		}
	}
}

// nextTaken is the next row at or behind the first that holds more than a number or
// formulas.
func (f *Frame) nextTaken(t *sheet.Template) int {
	s := &t.Sheets[f.SheetIndex]
	for i := range s.Rows {
		row := &s.Rows[i]
		if row.Index < f.First {
			continue
		}
		for _, c := range row.Cells {
			if c.Col >= f.FirstCol && c.Col <= f.LastCol && c.Col != f.SeqCol && !c.Formula && strings.TrimSpace(c.Text) != "" || exchange.IsTotalRow(c.Text) {
				return row.Index
			}
		}
	}
	return f.First + 2*endless
}

// bordered reports whether most cells of a row in the table have a border.
func (f *Frame) bordered(t *sheet.Template, row int) bool {
	n := 0
	for col := f.FirstCol; col <= f.LastCol; col++ {
		if t.Look(f.Sheet, row, col).Bordered {
			n++
		}
	}
	return 2*n > f.LastCol-f.FirstCol+1
}

// crossed reports whether a merged block begins above a row and goes on in it, and
// holds something: a heading at the side.
func (f *Frame) crossed(t *sheet.Template, row int) bool {
	s := &t.Sheets[f.SheetIndex]
	return slices.ContainsFunc(s.Merges, func(m sheet.Range) bool {
		return m.R1 < f.First && m.R2 >= row && m.C1 <= f.LastCol && m.C2 >= f.FirstCol
	})
}

// Room is how many rows the table takes without growing.
func (f *Frame) Room() int {
	if f.open {
		return endless
	}
	return f.Last - f.First + 1
}

// Growth says how the sheet grows so that a number of rows fits.
func (f *Frame) Growth(rows int) sheet.Growth {
	more := rows - f.Room()
	if more <= 0 {
		return sheet.Growth{}
	}
	if f.Last == f.First {
		return sheet.Growth{After: f.Last, Count: more, Sample: f.Last, Last: true}
	}
	return sheet.Growth{After: f.Last - 1, Count: more, Sample: f.Last - 1}
}

// Headers are the headers of the table in order, as they are compared next month.
func (f *Frame) Headers() []string {
	var out []string
	for _, c := range f.Named() {
		out = append(out, c.Path)
	}
	return out
}

func clip(s string) string {
	const most = 20
	if r := []rune(text.Clean(s)); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text.Clean(s)
}
