package app

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// Previewed is what taking one file in would do. Nothing of it has been written.
type Previewed struct {
	FileResult
	AreaID  string
	Table   exchange.Form // the form it is a return of; empty where Err is set
	Columns []PreviewColumn
	Rows    []PreviewRow
	// General are the problems that stand in no row shown.
	General []model.Problem
}

// Plan is the plan in full; nil where the file was refused.
func (p *Previewed) Plan() *exchange.Plan {
	if len(p.Plans) == 0 {
		return nil
	}
	return p.Plans[0]
}

// PreviewColumn is a column of the form and where it stands in the file.
type PreviewColumn struct {
	Header string // as it went out
	Path   exchange.Path
	Fill   bool // the sender fills it
	Kind   model.Kind
	Col    string // letter in the file, "" if the file does not have it
	Found  string // the words above it there
}

// PreviewRow is one row of the file, or one that is missing from it (Row 0).
type PreviewRow struct {
	Kind   exchange.RowKind
	Row    int
	Name   string
	Record string        // of a missing row whose deletion can be asked for
	Cells  []PreviewCell // one for each column; none for a missing row
}

// PreviewCell is one cell as it would be, in words, sensitive values masked.
type PreviewCell struct {
	Cell     string           // A1
	Text     string           // the value afterwards; what was written where it is held back
	Before   string           // the value it replaces
	Outcome  exchange.Outcome // "" where the row says nothing new of it
	Problems []model.Problem
	Conflict *ConflictItem // where Outcome is Conflict
}

// Preview plans the files as Collect would take them in, each as if it came alone,
// several at a time, and writes nothing. Progress (may be nil) is told how many files
// are done, one call after the other.
func (a *App) Preview(ctx context.Context, paths []string, progress func(done, total int, file string)) ([]Previewed, error) {
	files, err := a.sources(paths)
	if err != nil {
		return nil, err
	}
	forms, err := a.everyForm(ctx)
	if err != nil {
		return nil, err
	}
	req := CollectRequest{DryRun: true}
	out := make([]Previewed, len(files))
	var telling sync.Mutex
	done := 0
	err = inParallel(ctx, len(files), func(i int) error {
		file := files[i]
		preview := a.previewBundle
		if !isBundle(file.path) {
			c := collecting{App: a, req: req, forms: forms, path: file.path, broken: file.err, out: FileResult{File: file.path}}
			preview = func(ctx context.Context, _ string) (Previewed, error) { return c.preview(ctx) }
		}
		p, err := preview(ctx, file.path)
		if err != nil && !refuses(err) {
			return err
		}
		p.Err = err
		out[i] = p
		telling.Lock()
		defer telling.Unlock()
		if done++; progress != nil {
			progress(done, len(files), text.BaseName(file.path))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	tellTwins(out)
	return out, nil
}

// preview plans one file and says the plan in words.
func (c *collecting) preview(ctx context.Context) (Previewed, error) {
	if err := c.read(ctx); err != nil {
		return Previewed{FileResult: c.out}, err
	}
	plan, err := c.dryRun(ctx)
	if err != nil {
		return Previewed{FileResult: c.out}, err
	}
	p := Previewed{FileResult: c.out, AreaID: c.ret.Sender.Area, Table: c.ret.Form()}
	s := &shower{collecting: c, plan: plan, res: c.resolver(ctx, c.store)}
	if err := s.columns(&p); err != nil {
		return p, err
	}
	for _, row := range plan.Rows {
		shown, err := s.row(ctx, row)
		if err != nil {
			return p, err
		}
		p.Rows = append(p.Rows, shown)
	}
	p.General = s.general()
	return p, s.res.err
}

// tellTwins warns of files of one sender, form and period: each is planned as if
// it came alone, and only merging decides between them.
func tellTwins(files []Previewed) {
	type sender struct {
		area, form string
		period     model.Period
	}
	first := map[sender]int{}
	for i := range files {
		f := &files[i]
		if f.Plan() == nil || exchange.IsBundle(f.Form) {
			continue
		}
		key := sender{f.AreaID, f.Form, f.Period}
		j, twice := first[key]
		if !twice {
			first[key] = i
			continue
		}
		words := "是同一个村同一期的表，并入时按填报时间的先后核对，以这里逐个文件看到的为参考。"
		if f.Plan().Fingerprint == files[j].Plan().Fingerprint {
			words = "内容相同，只会并入一次。"
		}
		f.Warnings = append(f.Warnings, "与“"+text.BaseName(files[j].File)+"”"+words)
		files[j].Warnings = append(files[j].Warnings, "与“"+text.BaseName(f.File)+"”"+words)
	}
}

// shower says a plan in words, column by column of its form.
type shower struct {
	*collecting
	plan    *exchange.Plan
	res     *resolver
	targets []exchange.Target // by column
	heads   []PreviewColumn
	seen    map[int]bool // problems that stand in a cell shown
	rows    map[int]exchange.ReturnRow
}

// columns finds where each column of the form stands in the file.
func (s *shower) columns(p *Previewed) error {
	s.seen, s.rows = map[int]bool{}, map[int]exchange.ReturnRow{}
	for _, row := range s.ret.Rows {
		s.rows[row.Row] = row
	}
	l := s.Catalog().Ledger(s.plan.Ledger)
	for _, col := range p.Table.Columns {
		if col.Path == exchange.PathSeq {
			continue
		}
		tg, err := exchange.ResolvePath(s.Catalog(), l, col.Path)
		if err != nil {
			return err
		}
		head := PreviewColumn{Header: col.Header, Path: col.Path, Fill: col.Fill}
		if tg.Field != nil {
			head.Header, head.Kind = cmp.Or(col.Header, tg.Field.Header()), tg.Field.Kind
		}
		head.Col, head.Found = s.found(col.Path)
		s.targets, s.heads = append(s.targets, tg), append(s.heads, head)
	}
	p.Columns = s.heads
	return nil
}

// found returns the letter of a path's column in the file and the words above it.
func (s *shower) found(path exchange.Path) (letter, words string) {
	page := s.book.Sheet(s.ret.Sheet)
	for _, r := range s.ret.Rows {
		row, col, ok := sheet.ParseCellName(r.Cells[path].Cell)
		if !ok {
			continue
		}
		for row--; row > 0; row-- {
			if at := page.Row(row); at != nil && !at.Hidden && page.Value(row, col).Text != "" {
				words = text.Plain(page.Value(row, col).Text)
				break
			}
		}
		return sheet.ColName(col), words
	}
	return "", ""
}

// row shows one row of the plan.
func (s *shower) row(ctx context.Context, row exchange.PlanRow) (PreviewRow, error) {
	out := PreviewRow{Kind: row.Kind, Row: row.Row, Name: row.Name}
	if row.Row == 0 {
		if len(row.Records) > 0 {
			out.Record = row.Records[0].ID
		}
		return out, nil
	}
	for i := range s.heads {
		cell, err := s.cell(ctx, row, i)
		if err != nil {
			return out, err
		}
		out.Cells = append(out.Cells, cell)
	}
	return out, nil
}

// cell shows one cell: what the plan does with it, else what stands in the file.
func (s *shower) cell(ctx context.Context, row exchange.PlanRow, i int) (PreviewCell, error) {
	tg, path := s.targets[i], s.heads[i].Path
	entry := s.rows[row.Row].Cells[path]
	out := PreviewCell{Cell: entry.Cell, Problems: s.problemsAt(entry.Cell)}
	rp, fp := planned(row, tg)
	if fp == nil || tg.Field == nil {
		out.Text = s.written(tg.Field, entry)
		return out, nil
	}
	show := func(v model.Value) string { return tg.Field.Show(Shown(false)(tg.Field, v)) }
	out.Outcome, out.Text = fp.Outcome, show(fp.Result())
	switch fp.Outcome {
	case exchange.Held:
		out.Text, out.Before = s.written(tg.Field, entry), show(fp.Ours())
	case exchange.Take:
		out.Before = show(fp.Ours())
	case exchange.Conflict:
		item, err := s.conflict(ctx, row, rp, fp, tg.Field, show)
		out.Conflict = &item
		return out, err
	}
	return out, nil
}

// planned returns what a row does to the field a column ends at, nil if nothing.
func planned(row exchange.PlanRow, tg exchange.Target) (*exchange.RecordPlan, *exchange.FieldPlan) {
	if tg.Field == nil || tg.Through != nil {
		return nil, nil
	}
	for i := range row.Records {
		rp := &row.Records[i]
		if rp.Ledger != tg.Ledger.Key {
			continue
		}
		if j := slices.IndexFunc(rp.Fields, func(f exchange.FieldPlan) bool { return f.Field == tg.Field.Key }); j >= 0 {
			return rp, &rp.Fields[j]
		}
	}
	return nil, nil
}

// conflict lists the sides of a conflict that merging would open.
func (s *shower) conflict(ctx context.Context, row exchange.PlanRow, rp *exchange.RecordPlan, fp *exchange.FieldPlan,
	f *model.Field, show func(model.Value) string) (ConflictItem, error) {
	item := ConflictItem{ID: conflictID(target{rp.Ledger, rp.ID}, f.Key), Ledger: rp.Ledger, Record: rp.ID, Field: f.Key,
		Name: row.Name, Label: f.Label, Base: show(fp.Settled.BaseOf(fp.Settled.Open[0])), Ours: show(fp.Result())}
	for _, o := range fp.Settled.Open {
		item.Theirs = append(item.Theirs, ConflictSide{Value: show(o.Said.Value),
			Sender: s.res.sender(o.Claim.Sender), File: o.Claim.File, At: claimTime(o.Claim)})
	}
	if rp.New {
		return item, nil
	}
	by, err := s.lastBy(ctx, rp.Ledger, rp.ID, f.Key)
	item.OursBy = by
	return item, err
}

// written is what stands in a cell of the file.
func (s *shower) written(f *model.Field, e exchange.Entry) string {
	if f != nil && e.Value.Set {
		return f.Show(Shown(false)(f, e.Value))
	}
	row, col, ok := sheet.ParseCellName(e.Cell)
	if !ok {
		return ""
	}
	words := text.Clean(s.book.Sheet(s.ret.Sheet).Value(row, col).Text)
	if f != nil && f.Sensitive {
		return rule.Mask(f, words)
	}
	return words
}

// problemsAt returns the problems of a cell and notes that they are shown.
func (s *shower) problemsAt(cell string) []model.Problem {
	var out []model.Problem
	for i, p := range s.plan.Problems {
		if cell != "" && p.Cell == cell && p.Sheet == s.plan.Sheet {
			out = append(out, p)
			s.seen[i] = true
		}
	}
	return out
}

// general returns the problems that stand in no cell shown.
func (s *shower) general() []model.Problem {
	var out []model.Problem
	for i, p := range s.plan.Problems {
		if !s.seen[i] && s.plan.Repeat == "" {
			out = append(out, p)
		}
	}
	return out
}
