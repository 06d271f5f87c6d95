package app

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strconv"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/report"
	"xiangzhen/model/sheet"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// TheirsRequest compares a file that came back, or was published, with what was sent
// of a registered table.
type TheirsRequest struct {
	Table  string // id or name
	Period string // "" is the latest that was sent
	Path   string
	Key    []string // headers by which rows are found; nil has them found out
	Out    string   // the marked workbook; "" = none
}

// Theirs is what such a comparison found.
type Theirs struct {
	Table    UpperTable
	Sent     UpperSending
	Tables   []report.Against // of each table of what was sent that theirs has too
	Rows     int
	Problems []model.Problem
}

// Findings are those of all tables.
func (t Theirs) Findings() []Finding {
	var out []Finding
	for _, a := range t.Tables {
		out = append(out, a.Findings...)
	}
	return out
}

// CompareTheirs holds their file against what was sent. Nothing is written but the
// workbook.
func (a *App) CompareTheirs(ctx context.Context, req TheirsRequest) (Theirs, error) {
	var out Theirs
	table, err := a.upperTable(ctx, req.Table)
	if err != nil {
		return out, err
	}
	sent, content, err := a.sentContent(ctx, table.ID, req.Period)
	if err != nil {
		return out, err
	}
	out.Table, out.Sent = table, sent
	ours, err := sheet.Read(sent.File(), bytes.NewReader(content), int64(len(content)), sheet.DefaultLimits)
	if err != nil {
		return out, model.Wrap(err, model.CodeOf(err), "报送的“%s”不是能对照的表格：%s", sent.File(), model.Sentence(err))
	}
	theirs, err := sheet.Open(req.Path)
	if err != nil {
		return out, err
	}
	if err := a.compareBooks(ours, theirs, filepath.Base(req.Path), req.Key, &out); err != nil {
		return out, err
	}
	if req.Out == "" {
		return out, nil
	}
	return out, a.writeTheirs(ctx, req.Out, out)
}

// compareBooks compares each table of what was sent with the one most like it.
func (a *App) compareBooks(ours, theirs *sheet.Book, file string, key []string, out *Theirs) error {
	sent, came := exchange.FindTables(ours), exchange.FindTables(theirs)
	if len(sent) == 0 || len(came) == 0 {
		return model.Errorf(model.CodeInvalid, "“%s”和报送的表里，至少有一个没有找到表头，没有比。", file)
	}
	taken := map[int]bool{}
	for i := range sent {
		at := mostAlike(&sent[i], came, taken)
		if at < 0 {
			out.Problems = append(out.Problems, model.Problem{Level: model.Doubt, File: file, Sheet: sent[i].Sheet, Message: "上级的文件里没有表头相同的表，这张表没有比。"})
			continue
		}
		taken[at] = true
		ledger, _ := exchange.GuessLedger(&sent[i], a.Catalog())
		got, err := report.CompareTheirs(a.plainTable(ours, &sent[i], ledger), a.plainTable(theirs, &came[at], ledger), key)
		if err != nil {
			return err
		}
		maskFindings(got.Findings, got.Columns)
		out.Tables, out.Rows = append(out.Tables, got), out.Rows+len(got.Rows)
		out.Problems = append(out.Problems, got.Problems...)
	}
	if len(out.Tables) == 0 {
		return model.Errorf(model.CodeInvalid, "“%s”与报送的表没有一张表头相同，没有比。请核对是不是同一张表。", file)
	}
	return nil
}

// mostAlike is the table whose headers are most like another's; -1 if none shares
// enough of them.
func mostAlike(t *exchange.Table, all []exchange.Table, taken map[int]bool) int {
	best, top := -1, likeBefore
	for i := range all {
		if share := shared(headersOf(t), headersOf(&all[i])); !taken[i] && share >= top && (best < 0 || share > top) {
			best, top = i, share
		}
	}
	return best
}

func headersOf(t *exchange.Table) []string {
	var out []string
	for _, c := range t.Named() {
		out = append(out, c.Path)
	}
	return out
}

// plainTable is a table in words, its columns with what they mean in a ledger.
func (a *App) plainTable(book *sheet.Book, t *exchange.Table, l *model.Ledger) report.PlainTable {
	out := report.PlainTable{Sheet: t.Sheet}
	var matches []exchange.Match
	if l != nil {
		matches = exchange.MapColumns(t, exchange.Targets(a.Catalog(), l))
	}
	at := map[int]int{}
	for _, c := range t.Named() {
		col := report.PlainColumn{Header: c.Path, Unit: c.Unit}
		if i := slices.IndexFunc(matches, func(m exchange.Match) bool { return m.Col == c.Col && m.Sure() }); i >= 0 {
			if tg, err := exchange.ResolvePath(a.Catalog(), l, matches[i].Path); err == nil {
				col.Meaning, col.Field = string(tg.Path), tg.Field
			}
		}
		at[c.Col] = len(out.Columns)
		out.Columns = append(out.Columns, col)
	}
	for row := range t.Rows(&book.Sheets[t.SheetIndex]) {
		plain := report.PlainRow{Row: row.Row, Cells: make([]string, len(out.Columns))}
		for _, c := range row.Cells {
			if i, named := at[c.Col]; named {
				plain.Cells[i] = plainWords(c.Cell, book.Date1904)
			}
		}
		if !onlyNumber(out.Columns, plain) {
			out.Rows = append(out.Rows, plain)
		}
	}
	return out
}

// onlyNumber reports whether a row holds nothing but its number: an empty row of the
// template.
func onlyNumber(columns []report.PlainColumn, row report.PlainRow) bool {
	for i, words := range row.Cells {
		if words != "" && text.HeaderKey(columns[i].Header) != "序号" {
			return false
		}
	}
	return true
}

// excelDigits is how many digits of a number mean something.
const excelDigits = 15

// plainWords is what a person sees in a cell, numbers with as many digits as Excel
// keeps.
func plainWords(c sheet.Cell, date1904 bool) string {
	words := seenWords(c, date1904)
	if c.Kind == sheet.Number && words == c.Text && len(words) > excelDigits {
		if rounded := strconv.FormatFloat(c.Num, 'f', -1, 64); len(rounded) > excelDigits {
			return strconv.FormatFloat(c.Num, 'g', excelDigits, 64)
		}
	}
	return words
}

func (a *App) writeTheirs(ctx context.Context, path string, t Theirs) error {
	demo, err := a.isDemo(ctx, a.store)
	if err != nil {
		return err
	}
	frame := report.Comparison{Title: t.Table.Title + t.Sent.Period.Words() + "与上级对照", Unit: a.homeName(), Filler: a.Actor().Name,
		Today: a.Today(), At: a.now(), Demo: demo, Show: Shown(false)}
	var book *sheet.Out
	for i, got := range t.Tables {
		one := got.Sheets(frame, i+1).Workbook()
		if book == nil {
			book = one
			continue
		}
		book.Sheets = append(book.Sheets, one.Sheets...)
	}
	return sheet.Write(path, book)
}

// KeepTheirs keeps a file that came back beside what was sent of a registered table for
// a period ("" is the latest).
func (a *App) KeepTheirs(ctx context.Context, table, period, path string) (Done, error) {
	if err := a.may(ctx, RightEnter); err != nil {
		return Done{}, err
	}
	to, err := a.sentPeriod(ctx, table, period)
	if err != nil {
		return Done{}, err
	}
	s := to.Table.sending(to.Period)
	if s == nil {
		return Done{}, notSent(to)
	}
	files, err := a.takeFiles(ctx, []string{path}, true)
	if err != nil {
		return Done{}, err
	}
	theirs := model.Attachments(union(s.Theirs, files)...)
	var done Done
	done.Op, err = a.do(ctx, "upper_sent", "留存上级返回的“"+to.Table.Title+"”（"+to.Period.Words()+"）", func(tx *store.Tx) error {
		if s.ID != "" {
			_, err := tx.Set(ledgers.UpperSent, s.ID, map[string]model.Value{"theirs": theirs})
			return err
		}
		return a.keepFinalSending(ctx, tx, &to, *s, theirs)
	})
	return done, err
}

// keepFinalSending makes the record of a period that a 定稿 stood for, with its file.
func (a *App) keepFinalSending(ctx context.Context, tx *store.Tx, to *KeptFor, s UpperSending, theirs model.Value) error {
	content, err := a.finalContent(ctx, s.Form, s.Period, s.Version)
	if err != nil {
		return err
	}
	file, err := a.keepContent(plainName(s.FormFile), content, true)
	if err != nil {
		return err
	}
	values, err := sentValues(s.Asked)
	if err != nil {
		return err
	}
	values["theirs"], values["how"] = theirs, model.Text(ledgers.SentByFinal)
	return a.keepSending(tx, to, values, file, s.SentOn)
}
