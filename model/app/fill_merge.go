package app

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/fill"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// IssuedCopy is a template that goes down to one village.
type IssuedCopy struct {
	Area, File string
	Rows       int // filled in beforehand out of the ledger
}

// IssueCopies writes one copy of a template for each village into a folder: the
// county's own layout with the village's name, and what the ledger knows filled in
// (急表). A hidden sheet says whose it is. What comes back is merged by MergeCopies.
func (a *App) IssueCopies(ctx context.Context, req FillRequest, dir string) ([]IssuedCopy, error) {
	areas, err := a.below(ctx)
	if err != nil {
		return nil, err
	}
	if req.Receivers != nil {
		areas = slices.DeleteFunc(areas, func(area *model.Record) bool { return !slices.Contains(req.Receivers, area.ID) })
	}
	if err := req.checkFresh(dir, areas); err != nil {
		return nil, err
	}
	mark, err := a.copyMark(req)
	if err != nil {
		return nil, err
	}
	if err := a.discloseCopies(ctx, req, areas, dir); err != nil {
		return nil, err
	}
	var out []IssuedCopy
	for _, area := range areas {
		made, err := a.issueCopy(ctx, req.forArea(area), dir, mark)
		if err != nil {
			return out, err
		}
		out = append(out, made)
	}
	return out, nil
}

// forArea is the request for the copy of one village.
func (r FillRequest) forArea(area *model.Record) FillRequest {
	one := r
	one.area, one.Tables, one.Register = area, map[int]FillChoice{}, KeepForNone
	for i := range r.Draft.Tables {
		choice := r.Tables[i]
		choice.Area = area.Get("name").Text
		one.Tables[i] = choice
	}
	return one
}

// issueCopy writes the copy of one village.
func (a *App) issueCopy(ctx context.Context, req FillRequest, dir string, mark exchange.CopyMark) (IssuedCopy, error) {
	if err := ctx.Err(); err != nil {
		return IssuedCopy{}, err
	}
	preview, err := a.PreviewFill(ctx, req)
	if err != nil {
		return IssuedCopy{}, err
	}
	name := req.area.Get("name").Text
	made := IssuedCopy{Area: name, File: req.copyFile(dir, name)}
	for _, t := range preview.Tables {
		made.Rows += t.Rows
	}
	mark.Area, mark.AreaName = req.area.ID, name
	page, err := mark.Page()
	if err != nil {
		return IssuedCopy{}, err
	}
	return made, req.Draft.book.FillHiding(made.File, sheetFills(preview.Tables), page)
}

// discloseCopies enters what sensitive values go down to the villages, once for all of
// them and before a copy is written.
func (a *App) discloseCopies(ctx context.Context, req FillRequest, areas []*model.Record, dir string) error {
	all, err := a.PreviewFill(ctx, req)
	if err != nil || !slices.ContainsFunc(all.Tables, func(t FillTable) bool { return slices.ContainsFunc(t.Columns, sensitive) }) {
		return err
	}
	for i := range all.Tables {
		all.Tables[i].Rows = 0
	}
	for _, area := range areas {
		one, err := a.PreviewFill(ctx, req.forArea(area))
		if err != nil {
			return err
		}
		for i := range all.Tables {
			all.Tables[i].Rows += one.Tables[i].Rows
		}
	}
	period, err := a.fillPeriod(req)
	if err != nil {
		return err
	}
	return a.discloseFill(ctx, all.Tables, fmt.Sprintf("发给 %d 个村：", len(areas)), period, dir)
}

// copyMark is what all copies of one gesture carry.
func (a *App) copyMark(req FillRequest) (exchange.CopyMark, error) {
	issue, err := uuid.NewV7()
	first := &req.Draft.Tables[0]
	m := exchange.CopyMark{Print: exchange.Fingerprint(first.Table), Title: cmp.Or(first.Title, first.Sheet), Period: model.Period(a.Period()),
		From: a.homeName(), Issue: issue.String(), IssuedAt: a.now().UTC().Truncate(time.Second)}
	if req.Period != "" {
		m.Period = model.Period(req.Period)
	}
	return m, err
}

// MergeRequest asks for many copies of a template to become one.
type MergeRequest struct {
	Draft *FillDraft
	Paths []string // files and folders
	Out   string
	Due   string // by when the copies are asked for, in words; "" is 今天下班
	// Register is the registered table, id or name, that MergeCopies keeps the file for,
	// and RegisterFor its period, as KeepSentRequest has them; "" keeps it for none.
	Register, RegisterFor string
}

// MergedTable is one table of the template with what the copies say.
type MergedTable struct {
	*fill.Frame
	fill.Merged
	Added int // rows added to the template
}

// MergedFiles is what became of the copies.
type MergedFiles struct {
	Tables   []MergedTable
	Files    int
	From     []string // villages whose copies were taken, in their order
	Missing  []string // villages without one
	Call     string   // 催报 text for the chat group, "" if nobody is missing
	Problems []model.Problem
	Kept     *KeptFor // nil: it was kept for no registered table
}

// MergeCopies merges the copies that villages sent back of a table of somebody else's
// making: rows below one another in the order of the villages, numbers of named rows
// added up. The ledger plays no part but for the names of the villages.
func (a *App) MergeCopies(ctx context.Context, req MergeRequest) (MergedFiles, error) {
	var out MergedFiles
	copies, err := a.copies(ctx, req, &out)
	if err != nil {
		return out, err
	}
	if same, err := sameFile(req.Draft.Path, req.Out); err != nil || same {
		return out, cmp.Or[error](err, model.Errorf(model.CodeUsage, "合并的表不能盖掉原来的“%s”，请换一个文件名。", filepath.Base(req.Out)))
	}
	var tables []FillTable
	for i := range req.Draft.Tables {
		t := mergeTable(&req.Draft.Tables[i], copies, &out)
		tables = append(tables, t)
	}
	if !slices.ContainsFunc(tables, func(t FillTable) bool { return len(t.puts) > 0 }) {
		return out, model.Errorf(model.CodeInvalid, "没有一份表能并入“%s”。请核对是不是同一张表。", text.BaseName(req.Draft.Path))
	}
	if _, err = req.Draft.book.Fill(req.Out, sheetFills(tables)); err != nil {
		return out, err
	}
	if req.Register != "" && req.Register != KeepForNone {
		_, kept, err := a.KeepSent(ctx, KeepSentRequest{Table: req.Register, Period: req.RegisterFor, Path: req.Out, how: ledgers.SentMerged})
		if err != nil {
			return out, err
		}
		out.Kept = &kept
	}
	out.Call, err = a.copyCall(ctx, req, out.Missing)
	return out, err
}

// copyCall asks for the copies that are missing.
func (a *App) copyCall(ctx context.Context, req MergeRequest, missing []string) (string, error) {
	if len(missing) == 0 {
		return "", nil
	}
	p, err := params(ctx, a.store, a.Today())
	if err != nil {
		return "", err
	}
	first := &req.Draft.Tables[0]
	table := "《" + strings.TrimSpace(cmp.Or(first.Title, strings.TrimSuffix(text.BaseName(req.Draft.Path), filepath.Ext(req.Draft.Path)))) + "》"
	return callText(p[rule.CallUrge], strings.Join(missing, "、"), table, cmp.Or(req.Due, "今天下班"), len(missing)), nil
}

// mergeTable merges one table and says what is written.
func mergeTable(frame *fill.Frame, copies []fill.Copy, out *MergedFiles) FillTable {
	t := FillTable{Frame: frame}
	m := MergedTable{Frame: frame}
	if frame.Mode == fill.Rows || frame.Mode == fill.Match {
		m.Merged = fill.Merge(frame, copies)
	}
	if frame.Mode == fill.Rows {
		t.grow = frame.Growth(m.Rows)
		for i := range m.Rows {
			if frame.SeqCol > 0 {
				t.puts = append(t.puts, seqPut(frame, i))
			}
		}
	}
	m.Added = t.grow.Count
	for _, c := range m.Cells {
		t.puts = append(t.puts, sheet.Put{Row: c.Row, Col: c.Col, Kind: c.Kind, Text: c.Text})
	}
	out.Tables = append(out.Tables, m)
	out.Problems = append(out.Problems, m.Problems...)
	return t
}

func seqPut(frame *fill.Frame, i int) sheet.Put {
	n := model.Field{Kind: model.KindInteger}
	return sheet.Put{Row: frame.First + i, Col: frame.SeqCol, Kind: sheet.Number, Text: n.Show(model.Int(int64(i + 1)))}
}

// copies reads the files, in the order of the villages they are from. A second copy of
// one village is left out and listed: nobody could say which counts.
func (a *App) copies(ctx context.Context, req MergeRequest, out *MergedFiles) ([]fill.Copy, error) {
	files, err := listFiles(req.Paths)
	if err != nil {
		return nil, err
	}
	areas, err := a.below(ctx)
	if err != nil {
		return nil, err
	}
	byName := map[string]fill.Copy{}
	for _, path := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c := fill.Copy{File: text.BaseName(path)}
		if c.Book, err = sheet.Open(path); err != nil {
			out.Problems = append(out.Problems, model.Problem{File: c.File, Level: model.Fault, Message: model.Sentence(err)})
			continue
		}
		why := ""
		c.From, why = ownerOf(req, c, areas)
		before, twice := byName[c.From]
		switch {
		case why != "":
			out.Problems = append(out.Problems, model.Problem{File: c.File, Level: model.Fault, Message: why})
		case c.From == "":
			out.Problems = append(out.Problems, model.Problem{File: c.File, Level: model.Fault, Message: "“" + c.File + "”看不出是哪个村的，没有并入。请在文件名或填报单位里写明村名。"})
		case twice:
			out.Problems = append(out.Problems, model.Problem{File: c.File, Level: model.Fault, Message: c.From + "有两份表（“" + before.File + "”“" + c.File + "”），只并入了第一份，请核对。"})
		default:
			byName[c.From] = c
		}
	}
	var copies []fill.Copy
	for _, area := range areas {
		name := area.Get("name").Text
		if c, ok := byName[name]; ok {
			copies, out.From = append(copies, c), append(out.From, name)
		} else {
			out.Missing = append(out.Missing, name)
		}
	}
	out.Files = len(copies)
	return copies, nil
}

// ownerOf tells whose a copy is, by its hidden sheet before all else; why is said where
// it is a copy of another table, or for another village than it says itself.
func ownerOf(req MergeRequest, c fill.Copy, areas []*model.Record) (name, why string) {
	mark, ok := exchange.ReadCopyMark(c.Book)
	if !ok {
		return villageOf(c, areas), ""
	}
	if !slices.ContainsFunc(req.Draft.Tables, func(t fill.Frame) bool { return exchange.Fingerprint(t.Table) == mark.Print }) {
		return "", "“" + c.File + "”是另一张表“" + mark.Title + "”，没有并入。"
	}
	i := slices.IndexFunc(areas, func(a *model.Record) bool { return a.ID == mark.Area })
	if i < 0 {
		return "", "“" + c.File + "”是下发给" + mark.AreaName + "的，本级下面没有这个单位，没有并入。"
	}
	name = areas[i].Get("name").Text
	lines := c
	lines.File = name // the file may be called anything
	if said := villageOf(lines, areas); said != name {
		return "", "“" + c.File + "”是下发给" + name + "的表，填报单位却写着" + said + "，没有并入。请确认是不是拿错了别村的表。"
	}
	return name, ""
}

// villageOf tells whose a copy is: by its 填报单位 line, else by the file's name; ""
// where neither names one village alone.
func villageOf(c fill.Copy, areas []*model.Record) string {
	var said []string
	for _, t := range exchange.FindTables(c.Book) {
		said = append(said, t.Frame.Unit.Text)
	}
	for _, words := range append(said, c.File) {
		found := ""
		for _, area := range areas {
			name := area.Get("name").Text
			if strings.Contains(text.HeaderKey(words), text.HeaderKey(name)) {
				if found != "" {
					found = ""
					break
				}
				found = name
			}
		}
		if found != "" {
			return found
		}
	}
	return ""
}
