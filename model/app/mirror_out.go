package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/report"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// DifferencesOut asks for a workbook of differences.
type DifferencesOut struct {
	Ledger string
	Filter DifferenceFilter
	Out    string
	Unmask string // the reason for showing sensitive values in full
}

// WriteDifferences writes the differences that fit as a workbook marked like a 环比, and
// returns how many there are.
func (a *App) WriteDifferences(ctx context.Context, req DifferencesOut) (int, error) {
	s, err := a.mirrored(ctx, req.Ledger)
	if err != nil {
		return 0, err
	}
	items := s.Pick(req.Filter)
	if err := a.unmaskFor(ctx, s.Ledger, req, len(items)); err != nil {
		return 0, err
	}
	demo, err := a.isDemo(ctx, a.store)
	if err != nil {
		return 0, err
	}
	book := report.Comparison{Title: a.homeName() + s.Ledger.Label + "差异", Unit: a.homeName(), Filler: a.Actor().Name, Was: "台账", Is: s.Source(),
		Today: a.Today(), At: a.now(), Demo: demo, Show: Shown(req.Unmask != "")}
	for _, f := range s.Fields {
		book.Columns = append(book.Columns, report.CompareColumn{Path: f.Key, Header: f.Header(), Field: f})
	}
	s.compared(&book, items)
	return len(items), sheet.Write(req.Out, book.Workbook())
}

// compared fills in the rows that differ, each once, with what differs in them.
func (s *mirrored) compared(book *report.Comparison, items []SystemDifference) {
	at := map[string]int{}
	for _, d := range items {
		id := cmp.Or(d.Record, fmt.Sprintf("%d %s", d.Export, sheet.CellName(d.Row, 1)))
		i, known := at[id]
		if !known {
			i = len(book.Rows)
			at[id] = i
			book.Rows = append(book.Rows, s.sides(id, d))
		}
		if after := book.Rows[i].After; d.Kind == exchange.OtherValue {
			after.Values[d.Field.Key] = d.Theirs
		}
		f := report.Finding{Kind: report.FindingKind(d.Kind), ID: id, Area: d.Village, Name: d.Who()}
		if d.Field != nil {
			f.Column, f.Header = d.Field.Key, d.Field.Header()
		}
		f.Before, f.After = d.Words(book.Show)
		book.Findings = append(book.Findings, f)
	}
}

// sides are what the ledger holds of a row, and the system.
func (s *mirrored) sides(id string, d SystemDifference) report.ComparedRow {
	row := report.ComparedRow{ID: id, Area: d.Village, Name: d.Name}
	if rec := s.records[d.Record]; rec != nil {
		row.Before = &report.Snapshot{Values: rec.Values}
	}
	switch {
	case d.Kind == exchange.OnlySystem:
		row.After = &report.Snapshot{Values: d.Values}
	case d.Kind == exchange.Unclear:
		row.After = &report.Snapshot{Values: map[string]model.Value{s.Ledger.Title: model.Text(d.Name)}}
	case row.Before != nil && d.Kind != exchange.OnlyLedger:
		values := map[string]model.Value{}
		for key, v := range row.Before.Values {
			values[key] = v
		}
		row.After = &report.Snapshot{Values: values}
	}
	return row
}

// unmaskFor enters that sensitive values leave in full, where a reason was given.
func (a *App) unmaskFor(ctx context.Context, l *model.Ledger, req DifferencesOut, rows int) error {
	if req.Unmask == "" {
		return nil
	}
	return a.Disclose(ctx, l, SensitiveLabels(l), rows, req.Unmask, req.Out)
}

// WriteCorrections writes what waits for the system to be corrected (待系统更正) as a
// list for whoever does it, and returns how many there are.
func (a *App) WriteCorrections(ctx context.Context, req DifferencesOut) (int, error) {
	s, err := a.mirrored(ctx, req.Ledger)
	if err != nil {
		return 0, err
	}
	req.Filter.Noted = true
	items := s.Pick(req.Filter)
	if len(items) == 0 {
		return 0, model.Errorf(model.CodeNotFound, "“%s”没有待系统更正的差异。", s.Ledger.Label)
	}
	if err := a.unmaskFor(ctx, s.Ledger, req, len(items)); err != nil {
		return 0, err
	}
	demo, err := a.isDemo(ctx, a.store)
	if err != nil {
		return 0, err
	}
	t := report.Table{Title: a.homeName() + s.Ledger.Label + "待系统更正清单（" + s.Source() + "）", Unit: a.homeName(), Filler: a.Actor().Name,
		Today: a.Today(), At: a.now(), Demo: demo, Columns: correctionColumns}
	show := Shown(req.Unmask != "")
	for i, d := range items {
		t.Rows = append(t.Rows, append([]string{strconv.Itoa(i + 1)}, s.correction(d, show)...))
	}
	return len(items), sheet.Write(req.Out, t.Book())
}

var correctionColumns = []report.Column{{Header: "序号", Width: 6, Number: true}, {Header: "村", Width: 14}, {Header: "户主或姓名", Width: 14},
	{Header: "证件号码", Width: 22}, {Header: "项目", Width: 18}, {Header: "系统里的内容", Width: 26}, {Header: "应更正为（以台账为准）", Width: 26},
	{Header: "原因", Width: 30}, {Header: "记录日期", Width: 12}}

// correction is one line of the list.
func (s *mirrored) correction(d SystemDifference, show func(*model.Field, model.Value) model.Value) []string {
	ours, theirs := d.Words(show)
	switch d.Kind {
	case exchange.OnlySystem:
		ours = "台账没有，请核实后在系统中删除或转出"
	case exchange.OnlyLedger:
		theirs, ours = "没有", "请在系统中补录"
	}
	number := ""
	if f := s.Ledger.Field("id_number"); f != nil {
		v := d.Values[f.Key]
		if rec := s.records[d.Record]; rec != nil {
			v = rec.Get(f.Key)
		}
		number = f.Show(show(f, v))
	}
	return []string{d.Village, d.Name, number, d.Label(), cmp.Or(theirs, "（空）"), cmp.Or(ours, "（空）"), d.Note.Reason, string(d.Note.On)}
}

// MirrorRow is one row of an export of the system with all its columns, also those of
// which the ledger knows nothing: where a figure comes from (一数一源).
type MirrorRow struct {
	Mirror
	Row   int
	Cells []MirrorCell
}

// MirrorCell is one column of a row, masked where it is sensitive or looks it.
type MirrorCell struct {
	Col    string // C
	Header string // all its levels
	Leaf   string // the lowest
	Field  string // label of the ledger's field, "" where it has none
	Text   string
}

// MirrorRow reads one row of a mirror.
func (a *App) MirrorRow(ctx context.Context, id string, row int) (MirrorRow, error) {
	rec, err := a.store.Get(ctx, ledgers.Mirror, id)
	if err != nil {
		return MirrorRow{}, err
	}
	m, err := mirrorFrom(rec)
	if err != nil {
		return MirrorRow{}, err
	}
	im, err := a.openMirror(m)
	if err != nil {
		return MirrorRow{}, err
	}
	job := im.jobs[0]
	m.Label = job.Ledger.Label
	out := MirrorRow{Mirror: m, Row: row}
	for d := range job.Table.Rows(&job.Book.Sheets[job.Table.SheetIndex]) {
		if d.Row == row {
			out.Cells = a.mirrorCells(job, d)
			return out, nil
		}
	}
	return out, model.Errorf(model.CodeNotFound, "系统导出“%s”里没有第 %d 行。", m.File, row)
}

func (a *App) mirrorCells(job exchange.ImportInput, row exchange.DataRow) []MirrorCell {
	by := map[int]exchange.DataCell{}
	for _, c := range row.Cells {
		by[c.Col] = c
	}
	secret := a.sensitiveHeaders()
	var out []MirrorCell
	for _, col := range job.Table.Named() {
		c := MirrorCell{Col: sheet.ColName(col.Col), Header: col.Path, Leaf: col.Leaf(), Text: seenWords(by[col.Col].Cell, job.Book.Date1904)}
		i := slices.IndexFunc(job.Matches, func(m exchange.Match) bool { return m.Col == col.Col })
		var f *model.Field
		if i >= 0 {
			if tg, err := exchange.ResolvePath(a.Catalog(), job.Ledger, job.Matches[i].Path); err == nil && tg.Field != nil {
				f, c.Field = tg.Field, tg.Field.Label
			}
		}
		if f == nil {
			f = guessSensitive(secret, col.Path, c.Text)
		}
		if f != nil && f.Sensitive {
			c.Text = rule.Mask(f, c.Text)
		}
		out = append(out, c)
	}
	return out
}

// sensitiveHeaders are the words of all sensitive fields of the ledgers.
func (a *App) sensitiveHeaders() map[string]*model.Field {
	out := map[string]*model.Field{}
	for _, l := range a.Catalog().All() {
		for i := range l.Fields {
			if f := &l.Fields[i]; f.Sensitive {
				for _, w := range append([]string{f.Label}, f.Synonyms...) {
					out[text.HeaderKey(w)] = f
				}
			}
		}
	}
	return out
}

// guessSensitive finds what a column that goes into no field of the ledger is to be
// masked like, nil for nothing: one whose header has the words of a sensitive field of
// any ledger, and numbers as long as those of people, phones and cards.
func guessSensitive(headers map[string]*model.Field, header, value string) *model.Field {
	key := text.HeaderKey(header)
	longest := ""
	for w := range headers {
		if strings.Contains(key, w) && (len(w) > len(longest) || len(w) == len(longest) && w > longest) {
			longest = w
		}
	}
	if longest != "" {
		return headers[longest]
	}
	const phone, card = 11, 15
	digits := strings.IndexFunc(value, func(r rune) bool { return !unicode.IsDigit(r) && r != 'X' && r != 'x' }) < 0
	switch {
	case digits && len(value) >= card:
		return &model.Field{Kind: model.KindIDNumber, Sensitive: true}
	case digits && len(value) == phone && value[0] == '1':
		return &model.Field{Kind: model.KindPhone, Sensitive: true}
	}
	return nil
}
