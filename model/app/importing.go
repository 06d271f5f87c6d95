package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/sheet"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// ImportRequest takes foreign workbooks in.
type ImportRequest struct {
	Files  []string
	Ledger string      // "" = told by title and headers
	Sheet  string      // "" = every sheet with a table
	Map    []string    // 列=路径: C=title; overrides what the headers say
	Period model.Month // of progress columns; "" = what the table says, else the current month
	DryRun bool
	Strict bool
	// Mirror keeps the tables as an export of the upper system as it was on a day
	// (系统导出, 镜像) and leaves the ledgers alone; AsOf "" is the day that they name.
	Mirror bool
	AsOf   model.Day
}

// Import takes in workbooks: one backup before, one operation a file. What is
// sound goes in, the rest is held back and listed.
func (a *App) Import(ctx context.Context, req ImportRequest) ([]FileResult, error) {
	given := req.Period != ""
	if !given {
		req.Period = a.Period()
	}
	if req.Period.First() == "" {
		return nil, model.Errorf(model.CodeUsage, "期间“%s”写得不对，应为 2026-11 这样。", req.Period)
	}
	if req.Ledger != "" {
		if _, err := a.editable(req.Ledger); err != nil {
			return nil, err
		}
	}
	files := make([]source, len(req.Files))
	for i, path := range req.Files {
		files[i].path = path
	}
	ahead, stop := openAhead(ctx, files) // while the ledger is backed up
	defer stop()
	if !req.DryRun {
		if err := a.backupBefore(ctx, "导入前"); err != nil {
			return nil, err
		}
	}
	var results []FileResult
	for _, path := range req.Files {
		im := importing{App: a, req: req, path: path, ready: ahead(), periodGiven: given, out: FileResult{File: path, Period: model.Period(req.Period)}}
		if err := im.run(ctx); err != nil {
			if !refuses(err) {
				return results, err
			}
			im.out.Err = err
		}
		results = append(results, im.out)
	}
	if req.DryRun {
		return results, nil
	}
	return results, a.noteTaken(ctx, req.Files, results)
}

// importing is the taking in of one file.
type importing struct {
	*App
	req   ImportRequest
	path  string
	ready opened // the workbook, read ahead
	// periodGiven says that the period is the user's own word.
	periodGiven bool
	// pasted says that there is no file.
	pasted bool

	book     *sheet.Book
	jobs     []exchange.ImportInput // one a table
	memories []memory               // what the user said of columns, kept with the operation
	out      FileResult
}

func (im *importing) run(ctx context.Context) error {
	if err := im.read(ctx); err != nil {
		return err
	}
	return im.take(ctx)
}

// take plans the tables and, unless it is a dry run, writes what is sound; or keeps
// them as a mirror.
func (im *importing) take(ctx context.Context) error {
	if im.req.Mirror {
		return im.keepMirror(ctx)
	}
	if im.req.DryRun {
		plans, err := im.plan(ctx, im.store)
		if err == nil {
			im.tell(plans)
			im.out.Status = statusPlanned
		}
		return err
	}
	op, err := im.do(ctx, "import", "导入“"+text.BaseName(im.path)+"”", func(tx *store.Tx) error {
		plans, err := im.plan(ctx, tx)
		if err != nil {
			return err
		}
		im.tell(plans)
		if im.req.Strict && im.out.Undecided() {
			im.out.Status = statusHeld
			return nil
		}
		return im.write(ctx, tx, plans)
	})
	im.out.Op = op
	return err
}

func (im *importing) write(ctx context.Context, tx *store.Tx, plans []*exchange.Plan) error {
	for _, plan := range plans {
		w := planWriter{App: im.App, ctx: ctx, tx: tx, plan: plan}
		if err := w.write(); err != nil {
			return err
		}
	}
	for _, m := range im.memories {
		if err := remember(ctx, tx, m); err != nil {
			return err
		}
	}
	return nil
}

// read opens the file and settles for each table the ledger and the columns.
func (im *importing) read(ctx context.Context) error {
	im.book = im.ready.book
	if im.book != nil {
		im.out.Format = string(im.book.Format)
	}
	if im.ready.err != nil {
		return im.ready.err
	}
	name, sum := text.BaseName(im.path), im.ready.sum
	tables := exchange.FindTables(im.book)
	for i := range tables {
		t := &tables[i]
		if im.req.Sheet != "" && t.Sheet != im.req.Sheet {
			continue
		}
		l, matches, err := im.columns(ctx, t)
		if err != nil {
			return err
		}
		if l != nil {
			im.jobs = append(im.jobs, exchange.ImportInput{File: name, SHA256: sum, Book: im.book, Table: t, Ledger: l, Matches: matches})
		}
	}
	return im.checkJobs(name, len(tables))
}

func (im *importing) checkJobs(name string, tables int) error {
	switch {
	case len(im.jobs) > 0:
		im.out.Ledger = im.jobs[0].Ledger.Key
		return nil
	case im.req.Sheet != "" && im.book.Sheet(im.req.Sheet) == nil:
		return model.Errorf(model.CodeNotFound, "“%s”里没有工作表“%s”。", name, im.req.Sheet)
	case tables == 0:
		return model.Errorf(model.CodeInvalid, "“%s”里没有找到带表头的表格。请检查表头是否完整。", name)
	}
	return model.Errorf(model.CodeAmbiguous, "“%s”的表头与各台账都对不上。请用 --ledger 指明台账，或用 --map 指明列。", name)
}

// columns returns the ledger of a table and the matches to apply: the sure ones,
// and what the user said. A suggestion is listed, never applied.
func (im *importing) columns(ctx context.Context, t *exchange.Table) (*model.Ledger, []exchange.Match, error) {
	l, matches, err := im.meaning(ctx, im.book, t, im.req.Ledger)
	if l == nil || err != nil {
		return nil, nil, err
	}
	im.suggest(t, l, matches)
	matches, err = im.chosen(l, exchange.Sure(matches))
	return l, matches, err
}

// suggest lists columns that are only like a field.
func (im *importing) suggest(t *exchange.Table, l *model.Ledger, matches []exchange.Match) {
	for _, m := range matches {
		tg, err := exchange.ResolvePath(im.Catalog(), l, m.Path)
		if m.Sure() || err != nil || tg.Field == nil {
			continue
		}
		col := sheet.ColName(m.Col)
		im.out.Warnings = append(im.out.Warnings, "“"+t.Columns[m.Col-1].Path+"”（"+col+" 列）像是“"+tg.Field.Label+
			"”，没有导入。确认的话请加 --map "+col+"="+string(m.Path)+"。")
	}
}

// chosen applies the user's own 列=路径 over the matches.
func (im *importing) chosen(l *model.Ledger, matches []exchange.Match) ([]exchange.Match, error) {
	for _, arg := range im.req.Map {
		name, path, ok := strings.Cut(arg, "=")
		col := sheet.ParseColName(strings.TrimSpace(name))
		if !ok || col == 0 {
			return nil, model.Errorf(model.CodeUsage, "--map“%s”写得不对，应为 列=路径，例如 C=title。", arg)
		}
		path = strings.TrimSpace(path)
		if f := l.FindField(path); f != nil {
			path = f.Key
		}
		p := exchange.Path(path)
		if _, err := exchange.ResolvePath(im.Catalog(), l, p); err != nil {
			return nil, model.Errorf(model.CodeUsage, "--map“%s”：%s", arg, model.Sentence(err))
		}
		matches = slices.DeleteFunc(matches, func(m exchange.Match) bool { return m.Col == col || m.Path == p })
		matches = append(matches, exchange.Match{Col: col, Path: p, How: exchange.HowChosen, Score: 1})
	}
	return matches, nil
}

func (im *importing) plan(ctx context.Context, r store.Reader) ([]*exchange.Plan, error) {
	env, err := im.env(ctx, r, im.req.Period)
	if err != nil {
		return nil, err
	}
	env.PeriodGiven = im.periodGiven
	look := im.lookup(ctx, r)
	var plans []*exchange.Plan
	for _, job := range im.jobs {
		plan, err := exchange.PlanImport(job, look, env)
		if err := errors.Join(err, look.err); err != nil {
			return nil, err
		}
		plans = append(plans, plan)
	}
	return plans, nil
}

func (im *importing) tell(plans []*exchange.Plan) {
	im.out.Status, im.out.Plans = statusMerged, plans
	for _, p := range plans {
		im.out.Period = p.Period
		n := p.Counts()
		c := &im.out.Counts
		c.Add += n.Add
		c.Update += n.Update
		c.Cleared += n.Cleared
		c.Same += n.Same
		c.Problem += n.Problem
		im.out.Problems = append(im.out.Problems, p.Problems...)
		im.out.Warnings = append(im.out.Warnings, p.Warnings...)
	}
	if im.out.Counts.Problem > 0 {
		im.out.Status = statusProblem
	}
}

// Inspection is what the reader sees in a file.
type Inspection struct {
	File, Format string
	Sheets       []SheetSeen
}

// SheetSeen is one table found on a sheet.
type SheetSeen struct {
	Name, Title         string
	HeaderFirst         int
	HeaderLast          int
	DataFirst, DataLast int
	Columns             []ColumnSeen
	Unit                string
	Skipped             []int
	Warnings            []string
	Ledger              string
	Mapping             []MatchSeen
}

// ColumnSeen is a physical column with its header path.
type ColumnSeen struct{ Col, Path string }

// MatchSeen is a column with the path it is mapped to.
type MatchSeen struct {
	Col, Path, How string
	Score          float64
}

// Inspect tells what is in a file, by the built-in ledgers alone. The format is
// told even where the file is refused.
func Inspect(path string) (Inspection, error) {
	out := Inspection{File: path}
	book, err := sheet.Open(path)
	if book != nil {
		out.Format = string(book.Format)
	}
	if err != nil {
		return out, err
	}
	catalog := builtinCatalog()
	for _, t := range exchange.FindTables(book) {
		out.Sheets = append(out.Sheets, seen(&book.Sheets[t.SheetIndex], &t, catalog))
	}
	return out, nil
}

func seen(page *sheet.Sheet, t *exchange.Table, c *model.Catalog) SheetSeen {
	s := SheetSeen{Name: t.Sheet, Title: t.Title, HeaderFirst: t.HeaderFirst, HeaderLast: t.HeaderLast,
		DataFirst: t.DataFirst, DataLast: t.DataLast, Unit: t.Unit, Warnings: t.Warnings}
	for _, col := range t.Columns {
		s.Columns = append(s.Columns, ColumnSeen{sheet.ColName(col.Col), col.Path})
	}
	for _, r := range slices.Concat(t.Totals, t.Skipped) {
		s.Skipped = append(s.Skipped, r.Row)
	}
	slices.Sort(s.Skipped)
	l := exchange.OwnLedger(page, t, c)
	var matches []exchange.Match
	if l != nil {
		matches, _ = exchange.OwnColumns(page, t, c, l)
	} else {
		l, matches = exchange.GuessLedger(t, c)
	}
	if l != nil {
		s.Ledger = l.Key
	}
	for _, m := range matches {
		s.Mapping = append(s.Mapping, MatchSeen{sheet.ColName(m.Col), string(m.Path), string(m.How), m.Score})
	}
	return s
}
