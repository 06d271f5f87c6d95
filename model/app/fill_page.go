package app

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/fill"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
)

// FillSeen is a table as it stands on its sheet, blank or filled.
type FillSeen struct {
	Sheet  SheetView
	Table  *exchange.Table      // with the rows that take records as its data
	Cells  map[string]*FillCell // what is filled, by address on the sheet
	Doubts map[string]string    // what a person should look at, by address on the sheet
	down   int                  // rows added above the table
}

// Own is the address by which a FillChoice knows a place of the sheet: rows that are
// added to another table above do not count.
func (s FillSeen) Own(address string) string {
	row, col, ok := sheet.ParseCellName(address)
	if !ok {
		return address
	}
	return sheet.CellName(row-s.down, col)
}

// FillSight is a FillPreview with its sheets as they look, by table.
type FillSight struct {
	FillPreview
	Blank, Filled []FillSeen
	// Refused says in Chinese why the file could not be written; the filled sheets
	// are the blank ones then.
	Refused string
}

// SeeFill plans the filling of a template and shows what would be in the file. It
// writes nothing.
func (a *App) SeeFill(ctx context.Context, req FillRequest) (FillSight, error) {
	preview, err := a.PreviewFill(ctx, req)
	out := FillSight{FillPreview: preview}
	if err != nil {
		return out, err
	}
	book, err := filledBook(req.Draft, preview.Tables)
	var refused *model.Error
	if errors.As(err, &refused) {
		out.Refused, book, err = refused.Message, nil, nil
	}
	for i := range preview.Tables {
		t := &preview.Tables[i]
		blank := t.seen(req.Draft.book.Book, 0, sheet.Growth{})
		out.Blank = append(out.Blank, blank)
		if book == nil {
			out.Filled = append(out.Filled, blank)
			continue
		}
		filled := t.seen(book, addedAbove(preview.Tables, i), t.grow)
		filled.note(t)
		out.Filled = append(out.Filled, filled)
	}
	return out, err
}

// Where are the conditions of the records that the table is about: those said, else
// those remembered.
func (t *FillTable) Where() []string { return t.choice.Where }

// filledBook reads back what filling the tables would write; nil if that is nothing.
func filledBook(d *FillDraft, tables []FillTable) (*sheet.Book, error) {
	fills := sheetFills(tables)
	if len(fills) == 0 {
		return nil, nil
	}
	data, _, err := d.book.Filled(fills)
	if err != nil {
		return nil, err
	}
	return sheet.Read(filepath.Base(d.Path), bytes.NewReader(data), int64(len(data)), sheet.DefaultLimits)
}

// addedAbove is how many rows tables above one on the same sheet are given.
func addedAbove(tables []FillTable, i int) int {
	n := 0
	for j := range tables {
		if tables[j].SheetIndex == tables[i].SheetIndex && tables[j].HeaderFirst < tables[i].HeaderFirst {
			n += tables[j].grow.Count
		}
	}
	return n
}

// seen shows the table on the sheet of a book, rows further down by those added above.
func (t *FillTable) seen(book *sheet.Book, down int, grow sheet.Growth) FillSeen {
	table := *t.Table
	move := func(rows []exchange.SkippedRow) []exchange.SkippedRow {
		out := slices.Clone(rows)
		for i := range out {
			if out[i].Row > grow.After {
				out[i].Row += grow.Count
			}
			out[i].Row += down
		}
		return out
	}
	table.HeaderFirst, table.HeaderLast = table.HeaderFirst+down, table.HeaderLast+down
	table.Totals, table.Skipped = move(table.Totals), move(table.Skipped)
	if !table.Entry {
		table.DataFirst, table.DataLast = t.First+down, max(t.First, t.Last+grow.Count)+down
	}
	v := SheetView{page: &book.Sheets[t.SheetIndex], table: &table, date1904: book.Date1904, sensitive: map[int]*model.Field{}, places: map[string]int{}}
	for i := range t.Columns {
		if c := t.Columns[i]; sensitive(c) {
			v.sensitive[c.Col] = c.Target.Field
			if c.Place != "" {
				v.places[c.Place] = c.Col
			}
		}
	}
	return FillSeen{Sheet: v, Table: &table, Cells: map[string]*FillCell{}, Doubts: map[string]string{}, down: down}
}

// note notes by address what is filled, and what is doubtful.
func (s *FillSeen) note(t *FillTable) {
	place := func(own string) string {
		row, col, ok := sheet.ParseCellName(own)
		if !ok {
			return own
		}
		return sheet.CellName(row+s.down, col)
	}
	for i := range t.Cells {
		s.Cells[place(t.Cells[i].Cell)] = &t.Cells[i]
	}
	for _, p := range t.Problems {
		if p.Cell != "" {
			s.Doubts[place(p.Cell)] = p.Message
		}
	}
}

// WithHeader returns the draft with a table read again whose header a person says to
// stand in the rows from first to last.
func (d *FillDraft) WithHeader(table, first, last int) (*FillDraft, error) {
	s := &d.book.Sheets[d.Tables[table].SheetIndex]
	at := sheet.Range{R1: first, R2: last}
	for row := first; row <= last; row++ {
		r := s.Row(row)
		if r == nil {
			continue
		}
		for _, c := range r.Cells {
			if c.Text == "" {
				continue
			}
			right := c.Col
			if m, merged := s.Merge(row, c.Col); merged {
				right = m.C2
			}
			if at.C1 == 0 || c.Col < at.C1 {
				at.C1 = c.Col
			}
			at.C2 = max(at.C2, right)
		}
	}
	if at.C1 == 0 {
		return nil, model.Errorf(model.CodeUsage, "第 %d 行没有文字，不能当表头。", first)
	}
	out := d.clone()
	out.Correct(table, at)
	return out, nil
}

// WithFirst returns the draft with a table that is filled from a row on.
func (d *FillDraft) WithFirst(table, row int) (*FillDraft, error) {
	f := d.Tables[table]
	if f.Mode == fill.Entry || row <= f.HeaderLast {
		return nil, model.Errorf(model.CodeUsage, "第 %d 行在表头里，不能从这一行填起。", row)
	}
	if d.taken(&f, row) {
		return nil, model.Errorf(model.CodeUsage, "第 %d 行已有内容，不能从这一行填起。请选下面的空行。", row)
	}
	last := row
	for last+1 <= d.book.LastRow(f.Sheet) && !d.taken(&f, last+1) {
		last++
	}
	f.Mode, f.Why, f.First = fill.Rows, "", row
	f.Last = max(f.Last, row)
	if f.Last > last {
		f.Last = last
	}
	out := d.clone()
	out.Tables[table] = f
	return out, nil
}

// taken reports whether a row of a table holds something, but for its number.
func (d *FillDraft) taken(f *fill.Frame, row int) bool {
	r := d.book.Sheets[f.SheetIndex].Row(row)
	return r != nil && slices.ContainsFunc(r.Cells, func(c sheet.Cell) bool {
		return c.Col >= f.FirstCol && c.Col <= f.LastCol && c.Text != "" && (c.Col != f.SeqCol || exchange.IsTotalRow(c.Text))
	})
}

func (d *FillDraft) clone() *FillDraft {
	out := *d
	out.Tables = slices.Clone(d.Tables)
	return &out
}

// sensitive reports whether a column takes values that concern a person.
func sensitive(c fill.Column) bool {
	return c.Source.Kind == fill.OfPath && c.Target.Field != nil && c.Target.Field.Sensitive
}

// FillSensitive lists the columns with sensitive values that the file would carry in
// full, and whether each of its tables was confirmed before for the period (CLERK 8).
func (a *App) FillSensitive(ctx context.Context, p FillPreview, period model.Period) (labels []string, confirmed bool, err error) {
	confirmed = true
	for i := range p.Tables {
		t := &p.Tables[i]
		n := len(labels)
		for j := range t.Columns {
			if c := t.Columns[j]; sensitive(c) && t.Rows > 0 {
				labels = append(labels, c.Path)
			}
		}
		if len(labels) == n {
			continue
		}
		found, err := a.store.Find(ctx, ledgers.Disclosure, map[string]model.Value{"reason": model.Text(fillReason(t, period))}, "")
		if err != nil {
			return nil, false, err
		}
		confirmed = confirmed && len(found) > 0
	}
	return labels, confirmed, nil
}

// fillReason is what is entered where a table carries sensitive values.
func fillReason(t *FillTable, period model.Period) string {
	return "按上级表填报“" + planLabel(t) + "”（" + period.Words() + "）"
}

// MergeSight is what merging copies would write, with the sheets as they look.
type MergeSight struct {
	MergedFiles
	Filled  []FillSeen
	Origins []map[string][]fill.Origin // by table, by address on the sheet
}

// SeeMerge merges copies and shows what would be in the file. It writes nothing.
func (a *App) SeeMerge(ctx context.Context, req MergeRequest) (MergeSight, error) {
	var out MergeSight
	copies, err := a.copies(ctx, req, &out.MergedFiles)
	if err != nil {
		return out, err
	}
	var tables []FillTable
	for i := range req.Draft.Tables {
		t := mergeTable(&req.Draft.Tables[i], copies, &out.MergedFiles)
		ledger, _ := exchange.GuessLedger(t.Table, a.Catalog())
		if t.Columns, err = fill.Columns(req.Draft.book, t.Frame, a.Catalog(), ledger, fill.Said{}); err != nil {
			return out, err
		}
		tables = append(tables, t)
	}
	book, err := filledBook(req.Draft, tables)
	if err != nil || book == nil {
		return out, err
	}
	for i := range tables {
		down := addedAbove(tables, i)
		out.Filled = append(out.Filled, tables[i].seen(book, down, tables[i].grow))
		from := map[string][]fill.Origin{}
		for _, c := range out.Tables[i].Cells {
			from[sheet.CellName(c.Row+down, c.Col)] = c.Origins
		}
		out.Origins = append(out.Origins, from)
	}
	return out, nil
}

// FillCall is the text that asks villages for their copy of a table, in the words of
// the parameters.
func (a *App) FillCall(ctx context.Context, table, due string, villages []string) (string, error) {
	words, err := a.Setting(ctx, rule.CallUrge)
	return callText(words, strings.Join(villages, "、"), table, due, len(villages)), err
}

// copyFile is where the copy of a template for a village is written.
func (req FillRequest) copyFile(dir, area string) string {
	return filepath.Join(dir, area+filepath.Base(req.Draft.Path))
}

// checkFresh refuses, where that was asked for, to write over copies that are there:
// somebody may have filled them.
func (req FillRequest) checkFresh(dir string, areas []*model.Record) error {
	if !req.Fresh {
		return nil
	}
	files := make([]string, len(areas))
	for i, area := range areas {
		files[i] = req.copyFile(dir, area.Get("name").Text)
	}
	return refuseThere(dir, files)
}

// refuseThere refuses if some of the files of a folder are there already.
func refuseThere(dir string, files []string) error {
	there := slices.DeleteFunc(slices.Clone(files), func(file string) bool {
		_, err := os.Lstat(file)
		return err != nil
	})
	if len(there) == 0 {
		return nil
	}
	return model.Errorf(model.CodeExists, "文件夹“%s”里已有 %d 个同名的表，如“%s”，没有覆盖。请换一个文件夹，或选“覆盖”。", filepath.Base(dir), len(there), filepath.Base(there[0]))
}
