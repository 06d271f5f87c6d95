package exchange

import (
	"strconv"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// ExportInput is all that an exported ledger is made of.
type ExportInput struct {
	Ledger  *model.Ledger
	Catalog *model.Catalog
	Columns []Path // nil: every field a person sees
	Records []*model.Record
	// Value returns a record's value of a path, masked where it has to be.
	Value  func(*model.Record, Target) model.Value
	Unit   string // 填报单位
	Filler string // 填报人
	Today  model.Day
	At     time.Time
	Public bool // for a public notice (公示): sensitive columns are left out
	Demo   bool // the title says 演示数据
}

// ExportColumns returns the paths an export has if none are named: the fields
// people fill, then the derived ones; before them the area of a record that
// follows from none of its fields.
func ExportColumns(l *model.Ledger) []Path {
	var out []Path
	if len(l.AreaFrom) == 0 && l.Key != ledgers.Area {
		out = append(out, PathArea)
	}
	for _, fields := range [][]model.Field{l.Fields, l.Derived} {
		for _, f := range fields {
			if !f.Internal && f.Kind != model.KindFiles {
				out = append(out, Path(f.Key))
			}
		}
	}
	return out
}

// exportTargets resolves the columns of an export.
func (in *ExportInput) targets() ([]Target, error) {
	columns := in.Columns
	if columns == nil {
		columns = ExportColumns(in.Ledger)
	}
	var out []Target
	for _, p := range columns {
		tg, err := ResolvePath(in.Catalog, in.Ledger, p)
		if err != nil {
			return nil, err
		}
		if in.Public && tg.Field != nil && tg.Field.Sensitive {
			continue
		}
		out = append(out, tg)
	}
	return out, nil
}

// ExportSheet lays a ledger out as a county would accept it: title, 填报单位 line,
// header, bordered rows, sign-off. A hidden column carries the records' ids and a
// hidden row the paths, so that the file can be taken in again.
func ExportSheet(in ExportInput) (*sheet.Out, error) {
	targets, err := in.targets()
	if err != nil {
		return nil, err
	}
	title := sheet.DemoTitle(in.Ledger.Label, in.Demo)
	width := len(targets) + 2
	s := sheet.OutSheet{Name: in.Ledger.Label, FreezeRow: formHeaderRow, FreezeCol: 2,
		Print: sheet.Print{Landscape: true, RepeatFrom: formHeaderRow, RepeatTo: formHeaderRow, PageNumbers: true},
		Cols:  []sheet.OutCol{{Width: 4, Hidden: true}, {Width: 6}}}
	s.AddLine(title, sheet.TitleStyle, sheet.TitleHeight, 2, width)
	s.AddLine(sheet.UnitLine(in.Unit, in.Filler, text.FormatDay(in.Today)), sheet.LineStyle, sheet.LineHeight, 2, width)
	paths := []sheet.OutCell{sheet.TextCell(formMark, sheet.Style{}), sheet.TextCell(string(PathSeq), sheet.Style{})}
	header := []sheet.OutCell{{}, sheet.TextCell("序号", sheet.HeaderStyle)}
	for _, tg := range targets {
		s.Cols = append(s.Cols, sheet.OutCol{Width: columnWidth(tg.Field), Text: !tg.Field.Kind.Numeric()})
		paths = append(paths, sheet.TextCell(string(tg.Path), sheet.Style{}))
		header = append(header, sheet.TextCell(tg.Field.Header(), sheet.HeaderStyle))
	}
	s.Rows = append(s.Rows, sheet.OutRow{Hidden: true, Cells: paths}, sheet.OutRow{Height: sheet.HeaderHeight, Cells: header})
	for i, rec := range in.Records {
		s.Rows = append(s.Rows, in.row(i+1, rec, targets))
	}
	in.choices(&s, targets)
	s.AddLine(sheet.SignLine, sheet.NoteStyle, sheet.SignHeight, 2, width)
	return &sheet.Out{Title: title, Creator: in.Unit, Modified: in.At, Sheets: []sheet.OutSheet{s}}, nil
}

func (in *ExportInput) row(seq int, rec *model.Record, targets []Target) sheet.OutRow {
	style := sheet.Style{Border: true, Wrap: true}
	number := style
	number.Align = sheet.AlignCenter
	out := sheet.OutRow{Cells: []sheet.OutCell{sheet.TextCell(rec.ID, sheet.Style{Format: "@"}), sheet.NumberCell(strconv.Itoa(seq), number)}}
	for _, tg := range targets {
		out.Cells = append(out.Cells, ValueCell(tg.Field, in.Value(rec, tg), style))
	}
	return out
}

// choices adds the native dropdowns of enums and yes/no fields.
func (in *ExportInput) choices(s *sheet.OutSheet, targets []Target) {
	if len(in.Records) == 0 {
		return
	}
	for i, tg := range targets {
		if tg.Field.Kind != model.KindEnum && tg.Field.Kind != model.KindBool || in.Ledger.IsDerived(tg.Field.Key) {
			continue
		}
		v, _ := accepts(tg.Field)
		v.Range = sheet.Range{R1: formHeaderRow + 1, C1: i + 3, R2: formHeaderRow + len(in.Records), C2: i + 3}
		s.Validations = append(s.Validations, v)
	}
}

// columnWidth is a field's own width, or one that suits its kind, in characters.
func columnWidth(f *model.Field) float64 {
	if f.Width > 0 {
		return float64(f.Width)
	}
	switch f.Kind {
	case model.KindLongText:
		return 32
	case model.KindIDNumber, model.KindBankCard:
		return 21
	case model.KindInteger, model.KindDecimal, model.KindPercent, model.KindBool:
		return 10
	case model.KindPhone, model.KindDate:
		return 14
	}
	return 16
}

// ExportRows is ExportSheet for a csv file: the header and the values as words.
// The first column carries the records' ids, so that the file can be taken in
// again; a public notice does without.
func ExportRows(in ExportInput) ([][]string, error) {
	targets, err := in.targets()
	if err != nil {
		return nil, err
	}
	var header []string
	if !in.Public {
		header = append(header, idHeader)
	}
	for _, tg := range targets {
		header = append(header, tg.header())
	}
	rows := [][]string{header}
	for _, rec := range in.Records {
		row := make([]string, 0, len(header))
		if !in.Public {
			row = append(row, rec.ID)
		}
		for _, tg := range targets {
			row = append(row, tg.Field.Show(in.Value(rec, tg)))
		}
		rows = append(rows, row)
	}
	return rows, nil
}
