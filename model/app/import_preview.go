package app

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// Draft is a file, or pasted words, on the way into the ledger: read once, then
// planned as often as its user changes her mind. A draft itself never changes, and
// only TakeDrafts writes.
type Draft struct {
	Name   string // of the file, or what was pasted
	Path   string // "" for pasted words
	Format string
	Err    error // why it cannot be taken in
	book   *sheet.Book
	sum    string
	tables []exchange.Table
}

// DraftChoice is what the user says of a draft. The zero value leaves all to what the
// tables say themselves.
type DraftChoice struct {
	Tables      map[int]TableChoice // by place among the draft's tables
	Corrections []exchange.Correction
	// Mirror, if not "", keeps the file as it came as an export of the upper system up to
	// that day, and leaves the ledgers alone.
	Mirror model.Day
}

// TableChoice is what the user says of one table.
type TableChoice struct {
	Leave   bool                  // it is not taken in
	Ledger  string                // key; "" = as the table tells
	Columns map[int]exchange.Path // by number; "" leaves a column out
}

// DraftRequest is a draft with what its user said of it.
type DraftRequest struct {
	Draft  *Draft
	Choice DraftChoice
}

// DraftPreview is what taking a draft in would do. Nothing of it has been written.
type DraftPreview struct {
	FileResult
	Tables []TablePreview
}

// TablePreview is one table of a draft.
type TablePreview struct {
	Table   *exchange.Table
	Sheet   SheetView
	Ledger  string // key; "" where nobody knows
	Leave   bool
	Columns []DraftColumn
	Targets []exchange.Target // where columns may go
	Plan    *exchange.Plan    // nil where there is no ledger, or the table is left out
}

// DraftColumn is a column of a table and where it goes.
type DraftColumn struct {
	Col    int
	Name   string // its letter, or the address of the value in a form for one record
	Header string
	Sample string // values from its top, masked where they are sensitive
	// Path is where it goes, "" for nowhere; by How suggested it is only proposed.
	Path  exchange.Path
	How   exchange.How // "" where the headers say nothing, and nobody else did
	Label string       // of the field
}

// Pending reports whether the column's path waits for the user's word.
func (c DraftColumn) Pending() bool { return c.How == exchange.HowSuggested }

// ReadDrafts reads files and folders. A file that cannot be read has its Err set;
// progress (may be nil) is told how many are done.
func (a *App) ReadDrafts(ctx context.Context, paths []string, progress func(done, total int, file string)) ([]*Draft, error) {
	files, err := listFiles(paths)
	if err != nil {
		return nil, err
	}
	var out []*Draft
	for i, path := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if progress != nil {
			progress(i, len(files), text.BaseName(path))
		}
		d := &Draft{Name: text.BaseName(path), Path: path}
		if d.Err = d.open(path); d.Err != nil && !refuses(d.Err) {
			return nil, d.Err
		}
		out = append(out, d)
	}
	return out, nil
}

// open reads a file.
func (d *Draft) open(path string) error {
	book, err := sheet.Open(path)
	if book != nil {
		d.Format = string(book.Format)
	}
	if err != nil {
		return err
	}
	if d.sum, err = fileHash(path); err != nil {
		return err
	}
	return d.find(book)
}

// find looks for the tables of a book.
func (d *Draft) find(book *sheet.Book) error {
	d.book, d.tables = book, exchange.FindTables(book)
	if len(d.tables) == 0 {
		return model.Errorf(model.CodeInvalid, "“%s”里没有找到带表头的表格。请检查表头是否完整。", d.Name)
	}
	return nil
}

// The heads of the columns that a 接龙 is laid out in.
const (
	chatVillage  = "村名"
	chatQuantity = "数量"
	chatWords    = "内容"
)

// ReadWords reads what was pasted from WPS, Word, Excel or a chat group. html and
// plain are the two forms in which a clipboard holds a table; either may be empty.
func (a *App) ReadWords(ctx context.Context, html, plain string) (*Draft, error) {
	sum := sha256.Sum256([]byte(html + "\x00" + plain))
	d := &Draft{Name: "粘贴的表格", sum: hex.EncodeToString(sum[:])}
	if html == "" && !strings.Contains(plain, "\t") {
		names, err := a.placeNames(ctx)
		if err != nil {
			return nil, err
		}
		if chat := exchange.ReadChat(plain, names); len(chat.Rows) > len(chat.Rest) {
			d.Name, d.Format = "粘贴的接龙", string(sheet.CSV)
			book := chat.Book(chatVillage, chatQuantity, chatWords)
			for _, l := range chat.Rest {
				book.Warnings = append(book.Warnings, fmt.Sprintf("第 %d 行“%s”没有认出是哪个村的，没有读取。", l.Line, l.Text))
			}
			return d, d.find(book)
		}
	}
	book, err := sheet.ReadPaste(html, plain)
	if err != nil {
		return nil, err
	}
	d.Format = string(book.Format)
	return d, d.find(book)
}

// placeNames are the names by which the areas are known here.
func (a *App) placeNames(ctx context.Context) ([]string, error) {
	var names []string
	err := a.store.Each(ctx, model.Query{Ledger: ledgers.Area}, func(rec *model.Record) error {
		for _, name := range namesOf(rec) {
			names = append(names, name, text.Place(name))
		}
		return nil
	})
	return names, err
}

// PreviewDraft plans a draft and writes nothing.
func (a *App) PreviewDraft(ctx context.Context, req DraftRequest) (DraftPreview, error) {
	d := req.Draft
	out := DraftPreview{FileResult: FileResult{File: cmp.Or(d.Path, d.Name), Format: d.Format, Err: d.Err}}
	if d.Err != nil {
		return out, nil
	}
	im, tables, err := a.drafting(ctx, req)
	if err != nil {
		return out, err
	}
	im.req.DryRun, im.req.Mirror = true, false
	if err := im.take(ctx); err != nil {
		return out, err
	}
	at := 0
	for i := range tables {
		if t := &tables[i]; t.Ledger != "" && !t.Leave {
			t.Plan = im.out.Plans[at]
			at++
		}
	}
	return DraftPreview{im.out, tables}, nil
}

// drafting prepares the taking in of a draft, and tells table by table what is made
// of it.
func (a *App) drafting(ctx context.Context, req DraftRequest) (*importing, []TablePreview, error) {
	d := req.Draft
	path := cmp.Or(d.Path, d.Name)
	mirror := req.Choice.Mirror
	im := &importing{App: a, path: path, pasted: d.Path == "", req: ImportRequest{Period: a.Period(), Mirror: mirror != "", AsOf: mirror},
		book: exchange.Correct(d.book, req.Choice.Corrections), out: FileResult{File: path, Format: d.Format, Period: model.Period(a.Period())}}
	if mirror != "" && len(req.Choice.Corrections) > 0 {
		im.out.Warnings = append(im.out.Warnings, "系统导出按原样留存，这里改过的格没有算进去。")
	}
	var tables []TablePreview
	for i := range d.tables {
		t, choice := &d.tables[i], req.Choice.Tables[i]
		l, matches, err := a.meaning(ctx, d.book, t, choice.Ledger)
		if err != nil {
			return nil, nil, err
		}
		if l != nil {
			matches = choose(a.Catalog(), l, matches, choice.Columns, exchange.HowChosen)
		}
		tables = append(tables, a.tablePreview(d, t, l, matches, choice))
		if l == nil || choice.Leave {
			continue
		}
		im.out.Ledger = cmp.Or(im.out.Ledger, l.Key)
		im.jobs = append(im.jobs, exchange.ImportInput{File: d.Name, SHA256: d.sum, Book: im.book, Table: t, Ledger: l, Matches: exchange.Sure(matches)})
		if len(choice.Columns) > 0 || choice.Ledger != "" {
			im.memories = append(im.memories, memoryOf(t, l.Key, choice.Columns))
		}
	}
	return im, tables, nil
}

// tablePreview shows a table without its plan.
func (a *App) tablePreview(d *Draft, t *exchange.Table, l *model.Ledger, matches []exchange.Match, choice TableChoice) TablePreview {
	out := TablePreview{Table: t, Leave: choice.Leave, Sheet: viewOf(d.book, t, a.Catalog(), l, matches)}
	if l != nil {
		out.Ledger, out.Targets = l.Key, exchange.Targets(a.Catalog(), l)
	}
	samples := samplesOf(d.book, t)
	for _, c := range t.Named() {
		col := DraftColumn{Col: c.Col, Name: cmp.Or(c.Place, sheet.ColName(c.Col)), Header: c.Path, Sample: samples[c.Col]}
		if i := slices.IndexFunc(matches, func(m exchange.Match) bool { return m.Col == c.Col }); i >= 0 {
			col.Path, col.How = matches[i].Path, matches[i].How
			col.Label = a.pathLabel(l, col.Path)
		} else if _, said := choice.Columns[c.Col]; said {
			col.How = exchange.HowChosen
		}
		if f := out.Sheet.sensitive[c.Col]; f != nil {
			col.Sample = rule.Mask(f, col.Sample)
		}
		out.Columns = append(out.Columns, col)
	}
	return out
}

// pathLabel names what a path ends at: 进展 · 完成比例.
func (a *App) pathLabel(l *model.Ledger, p exchange.Path) string {
	tg, err := exchange.ResolvePath(a.Catalog(), l, p)
	switch {
	case p == exchange.PathSeq:
		return "序号"
	case err != nil || tg.Field == nil:
		return ""
	}
	return TargetLabel(tg)
}

// TargetLabel names what a target ends at: 完成比例（进展）.
func TargetLabel(tg exchange.Target) string {
	if tg.Child != nil {
		return tg.Field.Label + "（" + tg.Child.Label + "）"
	}
	return tg.Field.Label
}

// samplesOf is the first value of each column, from the first rows of a table.
func samplesOf(book *sheet.Book, t *exchange.Table) map[int]string {
	const rows = 20
	out, n := map[int]string{}, 0
	for row := range t.Rows(&book.Sheets[t.SheetIndex]) {
		for _, c := range row.Cells {
			if out[c.Col] == "" {
				out[c.Col] = seenWords(c.Cell, book.Date1904)
			}
		}
		if n++; n == rows {
			break
		}
	}
	return out
}

// TakeDrafts takes drafts in as their previews said: one backup before, one
// operation a file. What the user said of columns is remembered for tables with the
// same headers. onFile (may be nil) hears of each file before it is taken in.
func (a *App) TakeDrafts(ctx context.Context, reqs []DraftRequest, onFile func(done, all int, file string)) ([]FileResult, error) {
	if err := a.backupBefore(ctx, "导入前"); err != nil {
		return nil, err
	}
	var results []FileResult
	for i, req := range reqs {
		if err := ctx.Err(); err != nil {
			return results, err
		}
		if onFile != nil {
			onFile(i, len(reqs), req.Draft.Name)
		}
		im, _, err := a.drafting(ctx, req)
		if err != nil {
			return results, err
		}
		if err := im.take(ctx); err != nil {
			if !refuses(err) {
				return results, err
			}
			im.out.Err = err
		}
		results = append(results, im.out)
	}
	var files []string
	for _, r := range results {
		if isFile(r.File) { // and no pasted words
			files = append(files, r.File)
		}
	}
	return results, a.noteTaken(ctx, files, results)
}

// SortFiles parts files into returned forms, which Collect takes in, and all others,
// by what is in them.
func (a *App) SortFiles(ctx context.Context, paths []string) (returns, others []string, err error) {
	files, err := listFiles(paths)
	if err != nil {
		return nil, nil, err
	}
	forms, err := a.Forms(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, path := range files {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		if isBundle(path) {
			returns = append(returns, path)
			continue
		}
		c := collecting{App: a, forms: forms, path: path}
		if err := c.read(ctx); err != nil && !refuses(err) {
			return nil, nil, err
		}
		if c.ret != nil {
			returns = append(returns, path)
		} else {
			others = append(others, path)
		}
	}
	return returns, others, nil
}
