package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// FormInput is all that one receiver's workbook is made of.
type FormInput struct {
	Form     Form
	Catalog  *model.Catalog
	Period   model.Period
	Area     string // id of the receiver's area
	AreaName string
	AreaCode string
	From     string    // the unit that issues: 甲镇
	Due      string    // 2026年11月25日18时
	DueOn    model.Day // its day
	IssueID  string
	IssuedAt time.Time
	Rows     []FormRow
	FreeIDs  []string // ids of the empty rows, minted already
	// Choices are names to offer in a column of references; others may be typed.
	Choices map[Path][]string
	Demo    bool // the title says 演示数据
	// Filler and FilledOn are set where the workbook is filled here for the receiver
	// (手工代填): who says what is in it, and when.
	Filler   string
	FilledOn model.Day
	// Receipts are of what the receiver has reported before.
	Receipts []ReceiptMark
	// Hash returns the keyed hash by which a sensitive base value is kept.
	Hash func(string) string
}

// FormRow is one record with its values by path.
type FormRow struct {
	ID     string
	Values map[Path]model.Value
}

// The rows of a form's frame, below its title in row 1.
const (
	formLineRow   = 2 // 填报单位
	formPathRow   = 3 // hidden
	formHeaderRow = 4
)

// idColumn is the hidden column of record ids, in the rows' own sheet so that it
// moves with them.
const idColumn = 1

// formMark begins the hidden path row's id cell.
const formMark = string(PathID)

// requirementMark begins the line that says by when the form is due.
const requirementMark = "报送要求"

// signLine is for the signatures on paper.
const signLine = "村党组织书记（签字）：　　　　　　　　审核人：　　　　　　　　填表人："

// fillHeader heads a column that the receiver fills.
var fillHeader = sheet.Style{Role: sheet.Header, Align: sheet.AlignCenter, Wrap: true, Border: true, Fill: "FFF7E0"}

const (
	guardFill = "F4F5F7"
	greyText  = "646A73"
)

// BuildForm lays out the workbook for one receiver: title, 填报单位 line, hidden
// paths, header, rows, free rows, notes, and the very hidden base.
func BuildForm(in FormInput) (*sheet.Out, error) {
	r, err := resolve(in.Form, in.Catalog)
	if err != nil {
		return nil, err
	}
	title := sheet.DemoTitle(fmt.Sprintf("%s%s（%s）", in.AreaName, in.Form.Label, PeriodWords(in.Period)), in.Demo)
	base, err := hiddenSheet(in, r)
	if err != nil {
		return nil, err
	}
	return &sheet.Out{Title: title, Creator: in.From, Modified: in.IssuedAt,
		Sheets: []sheet.OutSheet{r.page(in, title), base}}, nil
}

// page is the sheet that people see.
func (r *resolved) page(in FormInput, title string) sheet.OutSheet {
	width := len(r.Columns) + 1
	s := sheet.OutSheet{Name: r.Label, FreezeRow: formHeaderRow, FreezeCol: r.frozen(),
		Print: sheet.Print{Landscape: true, RepeatFrom: formHeaderRow, RepeatTo: formHeaderRow, PageNumbers: true},
		Cols:  []sheet.OutCol{{Width: 4, Hidden: true}},
	}
	for _, c := range r.Columns {
		s.Cols = append(s.Cols, sheet.OutCol{Width: c.Width, Text: r.isText(c.Path)})
	}
	line := in.unitLine()
	s.AddLine(title, sheet.TitleStyle, sheet.TitleHeight, 2, width)
	s.AddLine(line, sheet.LineStyle, sheet.LineHeight, 2, width)
	s.Rows = append(s.Rows, r.pathRow(), r.headerRow())
	for i, row := range in.Rows {
		s.Rows = append(s.Rows, r.dataRow(strconv.Itoa(i+1), row))
	}
	for _, id := range in.FreeIDs {
		s.Rows = append(s.Rows, r.dataRow("", FormRow{ID: id}))
	}
	last := len(s.Rows)
	r.guardCells(&s, last, last-len(in.FreeIDs))
	r.offerNames(&s, in.Choices, last)
	for _, note := range append(slices.Clone(r.Notes), fmt.Sprintf(requirementMark+"：请于%s前报%s。", in.Due, in.From), signLine) {
		s.AddLine(note, sheet.NoteStyle, sheet.SignHeight, 2, width)
	}
	return s
}

// unitLine is the line above the table in which the receiver says who she is, filled
// in where it is known.
func (in FormInput) unitLine() string {
	if in.Filler == "" {
		return fmt.Sprintf("填报单位：%s　　填报人：　　　　联系电话：　　　　　　填报时间：　　　年　　月　　日", in.AreaName)
	}
	return fmt.Sprintf("填报单位：%s　　填报人：%s　　填报时间：%s", in.AreaName, in.Filler, text.FormatDay(in.FilledOn))
}

// frozen keeps the columns up to the record's name in sight.
func (r *resolved) frozen() int {
	for i, c := range r.Columns {
		if c.Path == Path(r.ledger.Title) {
			return i + 2
		}
	}
	return 0
}

// isText reports whether a column takes text as typed: everything but numbers,
// so that dates in words and ID numbers stay what they are.
func (r *resolved) isText(p Path) bool {
	tg, ok := r.targets[p]
	return ok && !tg.Field.Kind.Numeric()
}

func (r *resolved) pathRow() sheet.OutRow {
	row := sheet.OutRow{Hidden: true, Cells: []sheet.OutCell{sheet.TextCell(formMark, sheet.Style{})}}
	for _, c := range r.Columns {
		row.Cells = append(row.Cells, sheet.TextCell(string(c.Path), sheet.Style{}))
	}
	return row
}

func (r *resolved) headerRow() sheet.OutRow {
	row := sheet.OutRow{Height: 34, Cells: []sheet.OutCell{{}}}
	for _, c := range r.Columns {
		style := sheet.HeaderStyle
		if c.Fill {
			style = fillHeader
		}
		row.Cells = append(row.Cells, sheet.TextCell(r.header(c), style))
	}
	return row
}

func (r *resolved) dataRow(seq string, row FormRow) sheet.OutRow {
	out := sheet.OutRow{Cells: []sheet.OutCell{sheet.TextCell(row.ID, sheet.Style{Format: "@"})}}
	for _, c := range r.Columns {
		tg, ok := r.targets[c.Path]
		style := sheet.Style{Border: true, Wrap: true}
		if !c.Fill && len(row.Values) > 0 {
			style.Fill = guardFill
		}
		if c.Grey {
			style.Color = greyText
		}
		if !ok {
			style.Align = sheet.AlignCenter
			out.Cells = append(out.Cells, sheet.NumberCell(seq, style))
			continue
		}
		out.Cells = append(out.Cells, ValueCell(tg.Field, row.Values[c.Path], style))
	}
	return out
}

// ValueCell writes a value: numbers as exact numbers, all else as text that
// stays text.
func ValueCell(f *model.Field, v model.Value, style sheet.Style) sheet.OutCell {
	if f.Kind.Numeric() && f.Kind != model.KindBool {
		style.Align = sheet.AlignCenter
		return sheet.NumberCell(f.Show(v), style)
	}
	if style.Align == sheet.AlignAuto {
		style.Align = sheet.AlignLeft
	}
	style.Format = "@"
	return sheet.TextCell(f.Show(v), style)
}

// guardCells adds what each column accepts, from the first data row to last;
// rows behind lastKnown are free and may be typed into everywhere.
func (r *resolved) guardCells(s *sheet.OutSheet, last, lastKnown int) {
	for i, c := range r.Columns {
		col := i + 2
		block := sheet.Range{R1: formHeaderRow + 1, C1: col, R2: last, C2: col}
		tg, ok := r.targets[c.Path]
		if !c.Fill {
			if block.R2 = lastKnown; block.R2 >= block.R1 {
				s.Validations = append(s.Validations, sheet.Validation{Range: block, Locked: true,
					ErrorTitle: "这一列由镇里填写", Error: "改动不会被采用。如有错误，请写在“存在问题”里或与镇里联系。"})
			}
			continue
		}
		if v, need := accepts(tg.Field); ok && need && last >= block.R1 {
			v.Range, v.PromptTitle, v.Prompt = block, tg.Field.Label, tg.Field.Help
			s.Validations = append(s.Validations, v)
		}
	}
}

// offerNames adds the names to choose from in columns of references.
func (r *resolved) offerNames(s *sheet.OutSheet, choices map[Path][]string, last int) {
	for i, c := range r.Columns {
		if names := choices[c.Path]; c.Fill && len(names) > 0 && last > formHeaderRow {
			s.Validations = append(s.Validations, sheet.Validation{Range: sheet.Range{R1: formHeaderRow + 1, C1: i + 2, R2: last, C2: i + 2}, List: names, Warn: true,
				ErrorTitle: r.header(c), Error: "名单里没有这个名字。确实没有登记过的，可以照实填写。"})
		}
	}
}

// accepts returns what the cells of a field accept, and whether anything is to
// be said at all.
func accepts(f *model.Field) (sheet.Validation, bool) {
	v := sheet.Validation{ErrorTitle: f.Label}
	switch f.Kind {
	case model.KindBool:
		v.List, v.Error = []string{"是", "否"}, "请选“是”或“否”。"
	case model.KindEnum:
		for _, o := range f.Options {
			v.List = append(v.List, o.Label)
		}
		v.Error = "请从下拉列表中选。"
	case model.KindPercent:
		low, high := 0.0, 100.0
		v.Min, v.Max, v.Error = &low, &high, "请填 0 到 100 之间的数，不写百分号。"
	case model.KindInteger, model.KindDecimal:
		low, high := -1e12, 1e12
		v.Min, v.Max, v.Error = &low, &high, "请填数字，单位不要写在格子里。"
	case model.KindDate:
		return v, f.Help != ""
	default:
		return v, false
	}
	return v, true
}
