package exchange

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// Return is a workbook that came back, read but not yet compared with anything.
type Return struct {
	File, SHA256 string
	Sheet        string
	Period       model.Period
	Issue        string
	IssuedAt     time.Time
	Sender       Sender
	Rows         []ReturnRow
	Zero         bool // says 本月无 and nothing else
	Problems     []model.Problem
	Warnings     []string
	// Receipts are of what this ledger has reported before, where the form came from
	// above.
	Receipts []ReceiptMark

	form    *resolved
	columns []Path   // that the workbook still has
	order   []string // ids as they went out
	base    map[string]map[Path]model.Value
	hasBase bool
	// pictures lie on the sheet of the form.
	pictures []sheet.Image
	unread   []string // entries that stand where they are not read
	above    bool     // it came from the unit above; see FromAbove
	place    string   // of what came from above: this ledger's own area
}

// Form returns the form the workbook is of.
func (r *Return) Form() Form { return r.form.Form }

// ReturnRow is one row with the values of its cells by path. A path without an
// entry stands in no column: nothing is said of it.
type ReturnRow struct {
	Row   int
	ID    string // "" for a row the village added without one
	Cells map[Path]Entry

	hidden  bool // by hand or by a filter
	stopped bool // held back whole: it could not be told what the row is about
}

// Entry is what stands in one cell.
type Entry struct {
	Cell  string
	Value model.Value
	Blank bool // the cell is empty
	Held  bool // an 错误 holds the value back
	same  bool // shows what is known already: nothing to resolve

	raw      *sheet.Cell     // as it stands in the book; nil where no cell was read
	problems []model.Problem // of reading the cell
	// unresolved are the problems of a reference whose record was not found.
	unresolved []model.Problem
}

// shown is the cell as it stands in the sheet.
func (e *Entry) shown() sheet.Cell {
	if e.raw == nil {
		return sheet.Cell{}
	}
	return *e.raw
}

// ReadInput is what reading a return needs to know.
type ReadInput struct {
	File, SHA256 string // the name as people know it; the hash of the content
	Catalog      *model.Catalog
	Forms        []Form
	// Place finds the area that words mean; ok is false if there is none or several.
	Place func(words string) (id, name string, ok bool)
	Today model.Day
}

// ReadReturn recognises a workbook as the return of a form: by its hidden sheet,
// else by its hidden path row, else by its headers. It answers nil without an
// error for a workbook that is no return of a known form.
func ReadReturn(b *sheet.Book, in ReadInput) (*Return, error) {
	rd := &returnReader{b: b, in: in, ret: &Return{File: in.File, SHA256: in.SHA256, Warnings: slices.Clone(b.Warnings)}}
	rd.hidden, rd.warning = readHidden(b)
	if rd.warning != "" {
		rd.ret.Warnings = append(rd.ret.Warnings, rd.warning)
	}
	if rd.hidden != nil && rd.hidden.Version > wireVersion {
		return nil, model.Errorf(model.CodeNewer, "“%s”是较新版本的程序下发的，请先升级本程序再收。", in.File)
	}
	found, err := rd.findPage()
	if err != nil || !found {
		return nil, err
	}
	steps := []func() error{rd.readPeriod, rd.readSender}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	rd.ret.Sheet = rd.s.Name
	rd.judgeColumns()
	rd.tellOthers()
	rd.takeBase()
	rd.readRows()
	rd.takePictures()
	return rd.ret, nil
}

// returnReader reads one return.
type returnReader struct {
	b       *sheet.Book
	in      ReadInput
	ret     *Return
	hidden  *hidden
	warning string

	s       *sheet.Sheet
	table   Table
	matches []Match
	heads   map[int]string // the words above each column
	byPath  bool           // the matches are those of the hidden path row
	idCol   int
	frame   Frame
	title   string
	inCell  map[cellAt]bool // cells that hold a picture; nil until asked for
}

// findPage finds the sheet of the form and the meaning of its columns.
func (rd *returnReader) findPage() (bool, error) {
	for i := range rd.b.Sheets {
		s := &rd.b.Sheets[i]
		if s.Visibility == sheet.VeryHidden {
			continue
		}
		if row, idCol, matches := findPaths(s); row > 0 {
			rd.s, rd.idCol, rd.matches = s, idCol, matches
			return rd.byPaths(row)
		}
	}
	return rd.byHeaders()
}

// findPaths looks for the hidden path row: the mark of the id column and beside
// it the paths, wherever their columns have been moved to.
func findPaths(s *sheet.Sheet) (row, idCol int, matches []Match) {
	const depth = 20
	for i := 0; i < len(s.Rows) && s.Rows[i].Index <= depth; i++ {
		r := &s.Rows[i]
		at := slices.IndexFunc(r.Cells, func(c sheet.Cell) bool { return c.Text == formMark })
		if at < 0 {
			continue
		}
		for j, c := range r.Cells {
			if j != at && isPath(c.Text) {
				matches = append(matches, Match{Col: c.Col, Path: Path(c.Text), How: HowExact, Score: scoreExact})
			}
		}
		return r.Index, r.Cells[at].Col, matches
	}
	return 0, 0, nil
}

var pathShape = regexp.MustCompile(`^#?[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$`)

func isPath(s string) bool { return pathShape.MatchString(s) }

func (rd *returnReader) byPaths(pathRow int) (bool, error) {
	form, ok := rd.formOf(rd.matches)
	switch {
	case !ok && rd.hidden != nil:
		return false, model.Errorf(model.CodeNotFound, "“%s”是报表“%s”的上报表，本程序里没有这张报表，没有采用。", rd.in.File, rd.hidden.Label)
	case !ok:
		return false, nil
	}
	if err := rd.resolve(form); err != nil {
		return false, err
	}
	header := rd.headerBelow(pathRow)
	rd.table, rd.byPath = wholeBelow(rd.s, header), true
	if header != pathRow {
		rd.heads = headsOf(rd.s, header)
	}
	rd.stateUnits()
	rd.readFrame(pathRow)
	if rd.hidden == nil && rd.warning == "" {
		rd.warn("下发时的原值没有带回来，按台账里的现值核对；有出入的地方都会列出来请您核对。")
	}
	return true, nil
}

// headerBelow returns the header row of a form: the first below the paths that
// has several cells. Where a record comes before that, the header was deleted and
// the answer is the row of the paths.
func (rd *returnReader) headerBelow(pathRow int) int {
	for i := range rd.s.Rows {
		r := &rd.s.Rows[i]
		if r.Index <= pathRow || len(r.Cells) < 2 {
			continue
		}
		if id, ok := r.Cell(rd.idCol); ok && isID(strings.TrimSpace(id.Text)) {
			return pathRow
		}
		return r.Index
	}
	return pathRow
}

// formOf finds the form by the hidden sheet, else the one that has all the paths.
func (rd *returnReader) formOf(matches []Match) (Form, bool) {
	if rd.hidden != nil {
		return formByKey(rd.in.Forms, rd.hidden.Form)
	}
	i := slices.IndexFunc(rd.in.Forms, func(f Form) bool {
		return len(matches) > 0 && !slices.ContainsFunc(matches, func(m Match) bool {
			return !slices.ContainsFunc(f.Columns, func(c FormColumn) bool { return c.Path == m.Path })
		})
	})
	if i < 0 {
		return Form{}, false
	}
	return rd.in.Forms[i], true
}

func formByKey(forms []Form, key string) (Form, bool) {
	i := slices.IndexFunc(forms, func(f Form) bool { return f.Key == key })
	if i < 0 {
		return Form{}, false
	}
	return forms[i], true
}

func (rd *returnReader) resolve(f Form) error {
	r, err := resolve(f, rd.in.Catalog)
	rd.ret.form = r
	return err
}

// wholeBelow makes a table of everything below a header row: rows are then told
// by their ids and words, not by where a table seems to end.
func wholeBelow(s *sheet.Sheet, header int) Table {
	last, width := s.Extent()
	t := Table{Sheet: s.Name, HeaderFirst: header, HeaderLast: header, DataFirst: header + 1, DataLast: last, end: last,
		FirstCol: 1, LastCol: width}
	for col := 1; col <= width; col++ {
		t.Columns = append(t.Columns, TableColumn{Col: col})
	}
	return t
}

// stateUnits gives the columns the units that went out with the form, whatever
// their headers have become.
func (rd *returnReader) stateUnits() {
	for _, m := range rd.matches {
		if tg, ok := rd.ret.form.targets[m.Path]; ok && m.Col <= len(rd.table.Columns) {
			rd.table.Columns[m.Col-1].Unit = tg.Field.Unit
		}
	}
}

// headerShare is how much of a form's columns must be found by their headers
// where the hidden rows are gone.
const headerShare = 0.6

// byHeaders recognises a form whose hidden rows and columns are gone by its
// headers. Only sure matches count.
func (rd *returnReader) byHeaders() (bool, error) {
	for _, t := range FindTables(rd.b) {
		for _, f := range rd.in.Forms {
			r, err := resolve(f, rd.in.Catalog)
			if err != nil {
				return false, err
			}
			heads, matches, ok := r.heads(&t)
			if rd.hidden != nil && rd.hidden.Form != f.Key || !ok {
				continue
			}
			rd.s, rd.ret.form, rd.matches, rd.heads = &rd.b.Sheets[t.SheetIndex], r, matches, heads
			rd.table = wholeBelow(rd.s, t.HeaderLast)
			rd.frame, rd.title = t.Frame, t.Title
			rd.ret.Warnings = append(rd.ret.Warnings, "表里的隐藏列已经没有了，按表头和事项名称认；有出入的地方都会列出来请您核对。")
			return true, nil
		}
	}
	return false, nil
}

// heads maps a table by its headers; ok says whether it is one of this form.
func (r *resolved) heads(t *Table) (heads map[int]string, matches []Match, ok bool) {
	heads = map[int]string{}
	for _, c := range t.Named() {
		heads[c.Col] = c.Path
	}
	matches = r.matchHeaders(heads, nil)
	return heads, matches, float64(len(matches)) >= headerShare*float64(len(r.Columns))
}

// readFrame reads the lines above the hidden path row.
func (rd *returnReader) readFrame(pathRow int) {
	g := newGrid(rd.s)
	_, width := rd.s.Extent()
	var above []line
	for row := 1; row < pathRow; row++ {
		if l := g.line(row, block{1, width}); len(l.spots) > 0 {
			above = append(above, l)
		}
	}
	rd.title, _, rd.frame = readPreamble(above)
}

// readPeriod takes the period from the hidden sheet, else from the title. Where
// the two name different times, a file of another period was used on: that is
// asked, never guessed. A bare year in the title of a monthly form says nothing.
func (rd *returnReader) readPeriod() error {
	seen, _ := model.FindPeriod(bare(rd.title + rd.frame.Period.Text))
	if h := rd.hidden; h != nil {
		if seen != "" && !seen.Within(h.Period) && !h.Period.Within(seen) {
			return model.Errorf(model.CodeAmbiguous, "“%s”是下发的%s的表，标题却写着%s，没有采用。请用这一期下发的表填报。",
				rd.in.File, PeriodWords(h.Period), PeriodWords(seen))
		}
		rd.ret.Period, rd.ret.Issue, rd.ret.IssuedAt, rd.ret.Receipts = h.Period, h.Issue, h.IssuedAt, h.Receipts
		return nil
	}
	rd.ret.Period = rd.ret.form.periodOf(seen)
	if rd.ret.Period == "" {
		return model.Errorf(model.CodeAmbiguous, "“%s”看不出是哪一期的“%s”，请在标题里写明%s后再收。", rd.in.File, rd.ret.form.Label, periodHints[rd.ret.form.Cadence])
	}
	return nil
}

// readSender finds who reports: by the hidden sheet, the 填报单位 line, the file's
// or the sheet's name. Where the hidden sheet and the line name two places,
// somebody copied another village's file: that is asked, never guessed.
func (rd *returnReader) readSender() error {
	s := &rd.ret.Sender
	s.Filler, s.Phone, s.Modified = rd.frame.Filler.Text, rd.frame.Phone.Text, rd.b.Modified
	if w, _ := text.ParseDate(rd.frame.Stated.Text, rd.in.Today); w.Kind == model.DateFixed && w.Start == w.End {
		s.StatedOn = w.End
	}
	lineID, lineName, byLine := rd.place(rd.frame.Unit.Text)
	if rd.hidden != nil {
		s.Area, s.Name, s.How = rd.hidden.Area, rd.hidden.AreaName, "hidden"
		if id, name, ok := rd.place(rd.hidden.AreaName); ok && rd.hidden.AreaCode == "" {
			s.Area, s.Name = id, name // without codes two ledgers may know one place by two ids
		}
		if byLine && lineID != s.Area {
			return model.Errorf(model.CodeAmbiguous, "“%s”是下发给%s的表，填报单位却写着%s，没有采用。请确认是不是拿错了别村的表。", rd.in.File, rd.hidden.AreaName, lineName)
		}
		return nil
	}
	if byLine {
		s.Area, s.Name, s.How = lineID, lineName, "line"
		return nil
	}
	base, _, _ := strings.Cut(rd.in.File, ".")
	for _, words := range []string{base, rd.s.Name, rd.title} {
		if id, name, ok := rd.placeWithin(words); ok {
			s.Area, s.Name, s.How = id, name, "name"
			return nil
		}
	}
	return model.Errorf(model.CodeAmbiguous, "“%s”认不出是哪个村报的，请在“填报单位”后写明村名，或把村名写进文件名。", rd.in.File)
}

func (rd *returnReader) place(words string) (id, name string, ok bool) {
	if words = text.Clean(words); words == "" || rd.in.Place == nil {
		return "", "", false
	}
	return rd.in.Place(words)
}

var nameParts = regexp.MustCompile(`[\s\x{3000}_\-—（）()【】、，,.：:]+`)

// placeWithin finds a place among the parts of a name such as 青山村(1)(最终).
func (rd *returnReader) placeWithin(words string) (id, name string, ok bool) {
	if id, name, ok = rd.place(words); ok {
		return id, name, ok
	}
	for _, part := range nameParts.Split(words, -1) {
		if cut := strings.Index(part, rd.ret.form.Label); cut > 0 {
			part = part[:cut]
		}
		if id, name, ok = rd.place(part); ok {
			return id, name, ok
		}
	}
	return "", "", false
}

// takeBase takes over what went out, if it came back whole.
func (rd *returnReader) takeBase() {
	if rd.hidden == nil || rd.hidden.base == nil {
		return
	}
	rd.ret.order, rd.ret.base, rd.ret.hasBase = rd.hidden.order, rd.hidden.base, true
}
