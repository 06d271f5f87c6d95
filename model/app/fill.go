package app

import (
	"cmp"
	"context"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/fill"
	"xiangzhen/model/sheet"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// FillDraft is a template handed down, opened to be filled (套表).
type FillDraft struct {
	Path   string
	Tables []fill.Frame
	book   *sheet.Template
}

// OpenTemplate opens a workbook of somebody else's making and finds its tables. xls and
// et are opened by way of LibreOffice where it is installed.
func (a *App) OpenTemplate(ctx context.Context, path string) (*FillDraft, error) {
	book, err := sheet.OpenConverted(ctx, path)
	if err != nil {
		return nil, err
	}
	d := &FillDraft{Path: path, Tables: fill.Recognise(book), book: book}
	if len(d.Tables) == 0 {
		return nil, model.Errorf(model.CodeInvalid, "“%s”里没有找到带表头的表格。请检查表头是否完整。", text.BaseName(path))
	}
	return d, nil
}

// Correct reads a table again whose header a person says to be in a block of cells.
func (d *FillDraft) Correct(table int, header sheet.Range) {
	d.Tables[table] = fill.Correct(d.book, d.Tables[table].SheetIndex, header)
}

// FillChoice is what a person says of one table of a template.
type FillChoice struct {
	Ledger string   // key or label; "" goes by what was said before, else by the headers
	Where  []string // which records, in the words of list --where
	Area   string   // an area's name: it and all below
	Sort   string
	Map    map[string]string // source by column (C), or by place in a form for one record (B3); see fill.ParseSource
	Leave  bool              // the table is not filled
	// Typed are words for single cells of the filled table, by address, for this
	// table only: the ledger does not learn of them.
	Typed map[string]string
}

// FillRequest asks for a template to be filled.
type FillRequest struct {
	Draft  *FillDraft
	Period string             // "" is the current month
	Tables map[int]FillChoice // by index in FillDraft.Tables
	Out    string             // of Fill
	// Register is the registered table, id or name, that the file is kept for; "" is the
	// one that fits, KeepForNone none.
	Register string
	// RegisterFor is the period that the file is kept for, of a table that is asked for
	// more often than Period says; "" follows from Period.
	RegisterFor model.Period
	// Receivers are the ids of the villages that IssueCopies is for; nil is all.
	Receivers []string
	// Fresh keeps IssueCopies from writing over copies that are there already.
	Fresh bool

	area *model.Record // of IssueCopies: for whom the copy is
}

// FillCell is a cell that is filled, and from what.
type FillCell struct {
	Sheet, Cell  string // its place in the filled table
	Header       string
	Words        string    // as written
	Ledger       string    // key; "" for what comes from no record
	Record, Name string    // id and words of the record
	Of           model.Day // the day on which the record was last changed
	Number       bool
}

// FillTable is one table with what becomes of it.
type FillTable struct {
	*fill.Frame
	Leave    bool
	Ledger   *model.Ledger // nil: nobody knows
	Columns  []fill.Column
	Rows     int  // records put in, or rows of the template that were found
	Added    int  // rows added to the template
	Once     bool // items that were broken down are left out: see leaves
	Cells    []FillCell
	Problems []model.Problem
	// Recalled names the mapping that was remembered, Change how the template differs
	// from the one it was remembered for.
	Recalled string
	Change   fill.Difference

	grow   sheet.Growth
	puts   []sheet.Put
	choice FillChoice
	plan   string // id of the mapping that was remembered, "" for none
}

// FillPreview is what filling would write, before anything is written.
type FillPreview struct {
	Tables   []FillTable
	Coverage fill.Coverage
	Problems []model.Problem
	Kept     *KeptFor // nil: the file is kept for no registered table
}

// PreviewFill plans the filling of a template. It writes nothing.
func (a *App) PreviewFill(ctx context.Context, req FillRequest) (FillPreview, error) {
	f, err := a.filler(ctx, req)
	if err != nil {
		return FillPreview{}, err
	}
	for i := range req.Draft.Tables {
		t, err := f.table(&req.Draft.Tables[i], req.Tables[i])
		if err != nil {
			return FillPreview{}, err
		}
		if !t.Leave {
			f.out.Coverage.Add(t.Columns)
		}
		f.out.Problems = append(f.out.Problems, t.Problems...)
		f.out.Tables = append(f.out.Tables, t)
	}
	if f.out.Kept, err = a.keptFor(ctx, req, &f.out); err != nil {
		return FillPreview{}, err
	}
	return f.out, f.look.err
}

// Filled tells what was written.
type Filled struct {
	FillPreview
	Op       int64
	Computed int // formulas whose new value is in the file
	Left     int // formulas that the program which opens the file computes
}

// Fill fills the template into a new file and remembers the mapping for the next one
// with the same headers. Where sensitive values go is entered before anything is
// written: who may not let them out writes nothing.
func (a *App) Fill(ctx context.Context, req FillRequest) (Filled, error) {
	preview, err := a.PreviewFill(ctx, req)
	out := Filled{FillPreview: preview}
	if err != nil {
		return out, err
	}
	if same, err := sameFile(req.Draft.Path, req.Out); err != nil || same {
		return out, cmp.Or[error](err, model.Errorf(model.CodeUsage, "填好的表不能盖掉原来的“%s”，请换一个文件名。", filepath.Base(req.Out)))
	}
	if !slices.ContainsFunc(preview.Tables, func(t FillTable) bool { return len(t.puts) > 0 }) {
		return out, model.Errorf(model.CodeAmbiguous, "“%s”没有一列能填：%s", text.BaseName(req.Draft.Path), whyNothing(preview))
	}
	period, err := a.fillPeriod(req)
	if err != nil {
		return out, err
	}
	if err := a.discloseFill(ctx, preview.Tables, "", period, req.Out); err != nil {
		return out, err
	}
	done, err := req.Draft.book.Fill(req.Out, sheetFills(preview.Tables))
	if err != nil {
		return out, err
	}
	out.Computed, out.Left = done.Computed, done.Left
	var file model.Attachment
	if preview.Kept != nil {
		if file, err = a.keepWritten(req.Out); err != nil {
			return out, err
		}
	}
	out.Op, err = a.do(ctx, "fill", "按上级表填报“"+text.BaseName(req.Draft.Path)+"”", func(tx *store.Tx) error {
		for i := range preview.Tables {
			if err := a.rememberFill(ctx, tx, &preview.Tables[i], req); err != nil {
				return err
			}
		}
		if preview.Kept == nil {
			return nil
		}
		return a.keepFilled(tx, preview.Kept, preview, file)
	})
	return out, err
}

func sameFile(a, b string) (bool, error) {
	x, err := filepath.Abs(a)
	if err != nil {
		return false, err
	}
	y, err := filepath.Abs(b)
	return x == y, err
}

// whyNothing is the reason of the first table that takes nothing.
func whyNothing(p FillPreview) string {
	for _, t := range p.Tables {
		switch {
		case t.Why != "":
			return t.Why
		case len(t.Problems) > 0:
			return t.Problems[0].Message
		case t.Ledger == nil:
			return "表头与各台账都对不上。请用 --ledger 指明台账，或用 --map 指明列。"
		case t.Rows == 0:
			return "台账“" + t.Ledger.Label + "”里没有符合条件的记录。"
		}
	}
	return "请用 --map 指明列。"
}

// sheetFills puts the tables in the order in which they are written: those further
// down first, so that rows added above do not move what is still to be found.
func sheetFills(tables []FillTable) []sheet.SheetFill {
	order := slices.Clone(tables)
	slices.SortStableFunc(order, func(a, b FillTable) int {
		return cmp.Or(cmp.Compare(a.SheetIndex, b.SheetIndex), cmp.Compare(b.HeaderFirst, a.HeaderFirst))
	})
	var out []sheet.SheetFill
	for _, t := range order {
		if len(t.puts) > 0 {
			out = append(out, sheet.SheetFill{Sheet: t.Sheet, Grow: t.grow, Puts: t.puts})
		}
	}
	return out
}

// filler plans the filling of the tables of a template.
type filler struct {
	*App
	ctx    context.Context
	req    FillRequest
	period model.Period
	look   *lookup
	blanks map[string]bool // places around tables that are taken
	calcs  map[string]fill.Cell
	out    FillPreview
}

func (a *App) filler(ctx context.Context, req FillRequest) (*filler, error) {
	period, err := a.fillPeriod(req)
	return &filler{App: a, ctx: ctx, req: req, period: period, look: a.lookup(ctx, a.store),
		blanks: map[string]bool{}, calcs: map[string]fill.Cell{}}, err
}

// fillPeriod is the period that a table is filled for.
func (a *App) fillPeriod(req FillRequest) (model.Period, error) {
	if req.Period == "" {
		return model.Period(a.Period()), nil
	}
	p, ok := model.ParsePeriod(req.Period)
	if !ok {
		return "", model.Errorf(model.CodeUsage, "期间“%s”写得不对，应为 2026-11 这样。", req.Period)
	}
	return p, nil
}

// table plans one table.
func (f *filler) table(frame *fill.Frame, choice FillChoice) (FillTable, error) {
	t := FillTable{Frame: frame, Leave: choice.Leave, choice: choice}
	if choice.Leave {
		return t, nil
	}
	said := fill.Said{Chosen: choice.Map}
	if err := f.settle(&t, &said); err != nil {
		return t, err
	}
	var err error
	if t.Columns, err = fill.Columns(f.req.Draft.book, frame, f.Catalog(), t.Ledger, said); err != nil {
		return t, err
	}
	if err := f.unknownNames(&t); err != nil {
		return t, err
	}
	switch frame.Mode {
	case fill.Rows:
		err = f.rows(&t)
	case fill.Match:
		err = f.match(&t)
	case fill.Entry:
		err = f.entry(&t)
	}
	if err != nil {
		return t, err
	}
	f.around(&t)
	return t, f.typed(&t)
}

// settle finds the ledger of a table and what was said of one with such headers.
func (f *filler) settle(t *FillTable, said *fill.Said) error {
	plan, err := f.recallFill(t.Frame)
	if err != nil {
		return err
	}
	name := t.choice.Ledger
	if plan != nil {
		said.Remembered = plan.Columns
		t.plan, t.Recalled, t.Change = plan.ID, plan.Label, fill.Compare(plan.Headers, t.Headers())
		name = cmp.Or(name, plan.Ledger)
		if t.choice.Where == nil && (t.choice.Ledger == "" || t.choice.Ledger == plan.Ledger) {
			t.choice.Where = append([]string{}, plan.Where...)
		}
	}
	if name != "" {
		t.Ledger, err = f.Catalog().Find(name)
	} else {
		t.Ledger, _ = exchange.GuessLedger(t.Table, f.Catalog())
	}
	if t.choice.Where == nil && t.Mode == fill.Rows {
		t.choice.Where = leaves(t.Ledger)
	}
	t.Once = slices.Equal(t.choice.Where, leaves(t.Ledger)) && len(t.choice.Where) > 0
	return err
}

// childrenTotal is the field of followed items that says how many were split off.
const childrenTotal = "children_total"

// leaves is the condition that leaves out items which were broken down, where the
// ledger has such: their quantities stand in those below, and a sum over both would
// say everything twice. Where people say another condition it does not hold.
func leaves(l *model.Ledger) []string {
	if l == nil || l.Field(childrenTotal) == nil {
		return nil
	}
	return []string{l.Field(childrenTotal).Label + "="}
}

// unknownNames refuses a --map that names no column of the table.
func (f *filler) unknownNames(t *FillTable) error {
	for name := range t.choice.Map {
		if !slices.ContainsFunc(t.Columns, func(c fill.Column) bool { return c.Name == name }) {
			return model.Errorf(model.CodeUsage, "工作表“%s”的表里没有 %s 这一列。", t.Sheet, name)
		}
	}
	return nil
}

// records returns the records that a table is about. A list is of the unit that fills it
// in and all below, where no other is said: a township's ledger may hold items of others
// too.
func (f *filler) records(t *FillTable) ([]*model.Record, error) {
	if t.Ledger == nil {
		return nil, nil
	}
	area := t.choice.Area
	if area == "" && t.Mode == fill.Rows {
		area = f.homeID()
	}
	_, page, err := f.List(f.ctx, ListRequest{Ledger: t.Ledger.Key, Where: t.choice.Where, Area: area, Sort: t.choice.Sort})
	return page.Records, err
}

// rows puts records into the empty rows of a list.
func (f *filler) rows(t *FillTable) error {
	records, err := f.records(t)
	if err != nil || len(records) == 0 {
		return err
	}
	if !slices.ContainsFunc(t.Columns, func(c fill.Column) bool { return c.Source.Kind == fill.OfPath }) {
		return nil // a list of nothing but numbers
	}
	if m, ok := f.mergedDown(t); ok {
		t.Why = "数据行里有跨行合并的单元格 " + m.String() + "，不知道一条记录占几行。"
		t.Problems = append(t.Problems, model.Problem{Sheet: t.Sheet, Cell: sheet.CellName(m.R1, m.C1), Level: model.Fault, Message: t.Why})
		return nil
	}
	t.Rows, t.grow = len(records), t.Growth(len(records))
	t.Added = t.grow.Count
	for i, rec := range records {
		for j := range t.Columns {
			if err := f.put(t, &t.Columns[j], rec, t.First+i, t.Columns[j].Col, i+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// mergedDown returns a merged block over several of the rows that take records.
func (f *filler) mergedDown(t *FillTable) (sheet.Range, bool) {
	for _, m := range f.req.Draft.book.Sheets[t.SheetIndex].Merges {
		if m.R2 > m.R1 && m.R2 >= t.First && m.R1 <= t.Last && m.C2 >= t.FirstCol && m.C1 <= t.LastCol {
			return m, true
		}
	}
	return sheet.Range{}, false
}

// entry fills a form for one record.
func (f *filler) entry(t *FillTable) error {
	records, err := f.records(t)
	switch {
	case err != nil || t.Ledger == nil:
		return err
	case len(records) != 1:
		t.Why = "登记表一次填一条记录，符合条件的有 " + strconv.Itoa(len(records)) + " 条。请写明条件。"
		t.Problems = append(t.Problems, model.Problem{Sheet: t.Sheet, Level: model.Fault, Message: t.Why})
		return nil
	}
	t.Rows = 1
	for j := range t.Columns {
		row, col, ok := sheet.ParseCellName(t.Columns[j].Place)
		if !ok || strings.TrimSpace(f.req.Draft.book.Sheets[t.SheetIndex].Cell(row, col).Text) != "" {
			continue
		}
		if err := f.put(t, &t.Columns[j], records[0], row, col, 1); err != nil {
			return err
		}
	}
	return nil
}

// put plans one cell.
func (f *filler) put(t *FillTable, col *fill.Column, rec *model.Record, row, at, seq int) error {
	cell, err := f.value(col, rec, seq)
	if err != nil {
		return err
	}
	cell = fill.Chosen(cell, f.req.Draft.book.Choices(t.Sheet, min(row, t.lastOwn()), at))
	if cell.Doubt != "" {
		t.Problems = append(t.Problems, model.Problem{Sheet: t.Sheet, Cell: sheet.CellName(row, at), Level: model.Doubt, Ledger: rec.Ledger, Record: rec.ID,
			Field: col.Path, Message: col.Path + "：" + cell.Doubt})
	}
	if cell.Kind == sheet.Blank {
		return nil
	}
	t.puts = append(t.puts, sheet.Put{Row: row, Col: at, Kind: cell.Kind, Text: cell.Text})
	out := FillCell{Sheet: t.Sheet, Cell: sheet.CellName(row, at), Header: col.Path, Words: cell.Text, Number: cell.Kind == sheet.Number}
	switch col.Source.Kind {
	case fill.OfPath:
		out.Ledger, out.Record, out.Of = rec.Ledger, rec.ID, model.DayOf(rec.ChangedAt)
		if l := f.Catalog().Ledger(rec.Ledger); l != nil {
			out.Name = l.Name(rec)
		}
	case fill.OfCalc:
		out.Ledger = col.Source.Calc.Ledger.Key
	}
	t.Cells = append(t.Cells, out)
	return nil
}

// lastOwn is the last row of the template itself that is like those filled: rows that
// are added look and are checked like it.
func (t *FillTable) lastOwn() int {
	if t.Mode == fill.Rows {
		return max(t.First, t.grow.Sample, t.Last)
	}
	return math.MaxInt
}

// value is what goes into a cell of a column for a record.
func (f *filler) value(col *fill.Column, rec *model.Record, seq int) (fill.Cell, error) {
	switch col.Source.Kind {
	case fill.Seq:
		return fill.Cell{Kind: sheet.Number, Text: strconv.Itoa(seq)}, nil
	case fill.Const:
		return fill.WordsCell(col.Source.Words), nil
	case fill.Today:
		return fill.DayCell(f.App.Today(), col.Style), nil
	case fill.Period:
		return fill.WordsCell(f.period.Words()), nil
	case fill.Unit:
		return fill.WordsCell(f.homeName()), nil
	case fill.Filler:
		return fill.WordsCell(f.Actor().Name), nil
	case fill.OfCalc:
		return f.calc(col, rec.Area)
	case fill.OfPath:
		v, err := f.look.pathValue(rec, col.Target, f.period.Month())
		if err != nil {
			return fill.Cell{}, err
		}
		return quantity(col, rec, v), nil
	}
	return fill.Cell{}, nil
}

// quantity writes a value; one that stands in the unit its record names goes only
// into a column of that unit, or of one it can be turned into.
func quantity(col *fill.Column, rec *model.Record, v model.Value) fill.Cell {
	style, field := col.Style, *col.Target.Field
	if named := rec.Get("target_unit").Text; field.Unit == "" && col.Unit != "" && (field.Key == "target_qty" || field.Key == "done_qty") && named != col.Unit {
		if v.IsEmpty() {
			return fill.Cell{}
		}
		field.Unit, style.Unit = text.Clean(named), col.Unit
	}
	return fill.ValueCell(&field, v, style)
}

// around fills what the lines around a table ask for.
func (f *filler) around(t *FillTable) {
	if len(t.puts) == 0 && f.req.area == nil {
		return
	}
	s := &f.req.Draft.book.Sheets[t.SheetIndex]
	words := map[exchange.Asked]string{exchange.AskedUnit: f.homeName(), exchange.AskedFiller: f.Actor().Name,
		exchange.AskedDate: text.FormatDay(f.Today()), exchange.AskedPeriod: f.period.Words()}
	if f.req.area != nil { // the village says who filled it, and when
		words[exchange.AskedUnit] = f.req.area.Get("name").Text
		words[exchange.AskedFiller], words[exchange.AskedDate] = "", ""
	}
	written := map[[2]int]*exchange.Blank{}
	for i := len(t.Blanks) - 1; i >= 0; i-- { // from the right: words put in do not move the places to the left
		b := t.Blanks[i]
		key := t.Sheet + "!" + sheet.CellName(b.Row, b.Col) + string(b.What)
		look := f.req.Draft.book.Look(t.Sheet, b.Row, b.Col)
		if words[b.What] == "" || f.blanks[key] || look.Formula || look.Locked && f.req.Draft.book.Protected(t.Sheet) || b.Words == "" && s.Value(b.Row, b.Col).Kind != sheet.Blank {
			continue
		}
		f.blanks[key] = true
		at := [2]int{b.Row, b.Col}
		if before := written[at]; before != nil {
			b.Words = b.Words[:b.Tail] + before.Words[b.Tail:]
		}
		b.Words = b.Write(words[b.What])
		written[at] = &b
	}
	for at, b := range written {
		row := at[0]
		if t.grow.Count > 0 && row > t.grow.After {
			row += t.grow.Count
		}
		t.puts = append(t.puts, sheet.Put{Row: row, Col: at[1], Kind: sheet.Text, Text: b.Words})
		t.Cells = append(t.Cells, FillCell{Sheet: t.Sheet, Cell: sheet.CellName(row, at[1]), Header: string(b.What), Words: b.Words})
	}
}

// typed puts in what a person typed over single cells.
func (f *filler) typed(t *FillTable) error {
	for address, words := range t.choice.Typed {
		row, col, ok := sheet.ParseCellName(address)
		if !ok {
			return model.Errorf(model.CodeUsage, "“%s”不是单元格，应为 C5 这样。", address)
		}
		p := sheet.Put{Row: row, Col: col, Kind: sheet.Text, Text: words}
		if f.req.Draft.book.Look(t.Sheet, t.First, col).Format != "@" && text.IsPlainNumber(words) && len(words) <= 15 {
			p.Kind = sheet.Number
		}
		if words == "" {
			p.Kind = sheet.Blank
		}
		t.puts = slices.DeleteFunc(t.puts, func(q sheet.Put) bool { return q.Row == row && q.Col == col })
		t.Cells = slices.DeleteFunc(t.Cells, func(c FillCell) bool { return c.Cell == address })
		t.puts = append(t.puts, p)
		t.Cells = append(t.Cells, FillCell{Sheet: t.Sheet, Cell: address, Words: words, Number: p.Kind == sheet.Number})
	}
	return nil
}
