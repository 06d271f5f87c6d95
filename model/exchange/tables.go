package exchange

import (
	"cmp"
	"slices"
	"strconv"

	"xiangzhen/model/sheet"
)

// Table is one table found on a sheet. Rows and columns count from 1, as Excel
// shows them.
type Table struct {
	Sheet      string
	SheetIndex int    // of the sheet in its book, from 0
	Title      string // the lines above the header, joined by a blank; "" if there are none

	HeaderFirst, HeaderLast int
	DataFirst, DataLast     int // 0 for a blank form
	FirstCol, LastCol       int // physical columns of this table
	Columns                 []TableColumn
	Unit                    string // of a line of its own (单位：万元), "" if there is none
	Frame                   Frame
	Totals                  []SkippedRow // 合计, 小计, 总计
	Skipped                 []SkippedRow // everything else below the header that is no data
	Warnings                []string     // Chinese: hidden rows and columns, a filter, error cells …
	// Entry marks a form for one record (登记表) read as one row: its columns are its
	// labels, and HeaderFirst and HeaderLast the rows of the form.
	Entry bool

	end int // last row that belongs to the table, notes and sign-off included
}

// TableColumn is one physical column. A table has one for each from column 1 to
// its last, so that Columns[c-1] is column c.
type TableColumn struct {
	Col int
	// Path is the header: its levels from the top joined by "/", blanks and line
	// breaks removed, a level that repeats the one above left out; a header merged
	// over several columns stands in each. "" is a column without a header.
	Path string
	Unit string // stated in the header: 总投资（万元）
	// Place is the address of the value in a form for one record; "" in a table.
	Place string
	at    cellPlace // the same
	// levels are the parts of Path; samples are values from the top of the column.
	levels  []string
	samples []string
	// twin is the first column with the same header and the same values row by row,
	// 0 if there is none.
	twin int
}

// Leaf is the lowest level of the header.
func (c TableColumn) Leaf() string {
	if len(c.levels) == 0 {
		return c.Path
	}
	return c.levels[len(c.levels)-1]
}

// cellPlace is a cell of a sheet.
type cellPlace struct{ row, col int }

// Frame is what the lines around a table say of it: 填报单位（盖章）：… and so on.
type Frame struct {
	Unit   Mark // 填报单位
	Filler Mark // 填报人
	Phone  Mark // 联系电话
	Stated Mark // 填报时间, as written
	Period Mark // 期间 of a line or of the title, as written
	Annex  Mark // 附件1
}

// Mark is words with the address of the cell they stand in.
type Mark struct{ Text, Cell string }

// SkippedRow is a row below the header that is not data, and why.
type SkippedRow struct {
	Row int
	Why string // Chinese
}

// FindTables returns the tables of a book in the order of its sheets, on a sheet
// from the top down and from left to right. A sheet that cannot be shown through
// the menus is the program's own and left out. A sheet whose header is not
// beyond doubt has no table: a wrong header would take values wrongly in silence.
func FindTables(b *sheet.Book) []Table {
	var out []Table
	var unread []string
	for i := range b.Sheets {
		s := &b.Sheets[i]
		if s.Visibility == sheet.VeryHidden {
			continue
		}
		tables := findOnSheet(s, b.Format == sheet.CSV)
		if len(tables) == 0 && hasGrid(s) {
			unread = append(unread, "“"+s.Name+"”")
		}
		for j := range tables {
			tables[j].Sheet, tables[j].SheetIndex = s.Name, i
		}
		out = append(out, tables...)
	}
	if len(out) > 0 && len(unread) > 0 {
		out[0].Warnings = append(out[0].Warnings, "工作表"+listed(unread)+"有内容，但没有找到表头，没有读取，请核对。")
	}
	return out
}

// hasGrid reports whether a sheet holds more than lines of words: two rows of two
// cells at least.
func hasGrid(s *sheet.Sheet) bool {
	const least = 2
	rows := 0
	for i := range s.Rows {
		cells := 0
		for _, c := range s.Rows[i].Cells {
			if !isBlank(c) {
				cells++
			}
		}
		if cells >= least {
			rows++
		}
	}
	return rows >= least
}

// maxDescribed bounds the columns described for one sheet, over all its tables:
// each has its columns from A on, and a file made to break readers many tables.
const maxDescribed = 1 << 20

// findOnSheet returns the tables of one sheet. A plain one, of a csv, is one
// block of columns, and its first row is the header if none is found.
func findOnSheet(s *sheet.Sheet, plain bool) []Table {
	g := newGrid(s)
	if t, ok := g.ownTable(); ok {
		g.warn(&t)
		return []Table{t}
	}
	blocks := g.blocks()
	if _, last := s.Extent(); plain && last > 0 {
		blocks = []block{{1, last}}
	}
	var out []Table
	for _, b := range blocks {
		out = append(out, g.tablesIn(b)...)
	}
	if h, ok := g.firstRowHeader(); plain && len(out) == 0 && ok {
		t, _ := g.readTable(h)
		out = append(out, t)
	}
	if len(out) == 0 && !plain {
		out = g.entryForms()
	}
	slices.SortStableFunc(out, func(a, b Table) int {
		return cmp.Or(cmp.Compare(a.HeaderFirst, b.HeaderFirst), cmp.Compare(a.FirstCol, b.FirstCol))
	})
	for i := range out {
		g.warn(&out[i])
	}
	g.warnOutside(out)
	return out
}

// tablesIn returns the tables of a block of columns, one below the other.
func (g *grid) tablesIn(b block) []Table {
	var out []Table
	for at := 0; at < len(g.s.Rows); {
		h, ok := g.findHeader(b, at, len(out) > 0)
		if !ok {
			break
		}
		if g.described > maxDescribed {
			g.full = true
			break
		}
		at = 0
		for _, page := range h.pages() {
			t, after := g.readTable(page)
			out, at = append(out, t), max(at, after)
		}
	}
	return out
}

// readTable reads the body below a header and makes the table of both. It
// returns the position in the sheet's rows at which to look for the next table.
func (g *grid) readTable(h header) (Table, int) {
	t := Table{HeaderFirst: h.first, HeaderLast: h.last, FirstCol: h.block.first, LastCol: h.block.last}
	t.Title, t.Unit, t.Frame = readPreamble(h.preamble)
	body := g.readBody(h)
	t.warnEntry(h.preamble)
	t.DataFirst, t.DataLast, t.end = body.first, body.last, body.end
	t.Totals, t.Skipped = body.totals, body.skipped
	t.FirstCol, t.LastCol = g.tighten(h, body)
	t.warnSkipped()
	t.Columns = h.columns(t.LastCol)
	g.described += t.LastCol
	g.sample(&t)
	g.findTwins(&t)
	for _, l := range body.footer { // what the lines below say where those above are silent
		t.Frame.read(l)
		for _, p := range l.spots {
			t.Unit = cmp.Or(t.Unit, statedUnit(p.text))
		}
	}
	return t, body.next
}

// warnEntry tells of the lines above a table that are a form of their own.
func (t *Table) warnEntry(above []line) {
	var rows []string
	for _, l := range above {
		if isEntryLine(l) && !isFrameLine(l) {
			rows = append(rows, strconv.Itoa(l.row))
		}
	}
	if len(rows) >= entryLines {
		t.Warnings = append(t.Warnings, "表格上方第 "+listed(rows)+" 行像是登记表的栏目，不属于这张表，没有读取。")
	}
}

// warnSkipped tells of rows among the data that look like a form of their own.
func (t *Table) warnSkipped() {
	var rows []string
	for _, r := range t.Skipped {
		if r.Why == skipWords[rowEntry] {
			rows = append(rows, strconv.Itoa(r.Row))
		}
	}
	if len(rows) > 0 {
		t.Warnings = append(t.Warnings, "第 "+listed(rows)+" 行像是登记表的栏目，没有读取，请核对。")
	}
}

// Named returns the columns that have a header.
func (t *Table) Named() []TableColumn {
	return slices.DeleteFunc(slices.Clone(t.Columns), func(c TableColumn) bool { return c.Path == "" })
}
