package report

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// Comparison is the content of a 环比 workbook.
type Comparison struct {
	Title        string // 甲镇任务进展月报环比
	Unit, Filler string
	Period, With model.Period
	// Was and Is name the two sides; "" for 上期 and 本期.
	Was, Is  string
	Today    model.Day
	At       time.Time
	Demo     bool
	Columns  []CompareColumn
	Rows     []ComparedRow
	Findings []Finding // of Compare, values masked as the purpose asks
	// Where heads the second column; "" is 单位. Name names the marked sheet, "" is 环比.
	Where, Name string
	// Whole lists every finding, not only what wants a look.
	Whole bool
	// Show gives the value that may be seen.
	Show func(*model.Field, model.Value) model.Value
}

// The fills of the marked workbook: 新增 green, 变更 yellow, 删除 red.
const (
	fillNew     = "E2F0D9"
	fillChanged = "FFF2CC"
	fillGone    = "F8CBAD"
)

func (c Comparison) was() string { return cmp.Or(c.Was, "上期") }

func (c Comparison) is() string { return cmp.Or(c.Is, "本期") }

// Workbook lays the comparison out: the table of the later period with what
// changed marked in it, and the list of what wants a look.
func (c Comparison) Workbook() *sheet.Out {
	title := sheet.DemoTitle(c.Title+"（"+cmp.Or(c.Is, c.Period.Words())+"比"+cmp.Or(c.Was, c.With.Words())+"）", c.Demo)
	return &sheet.Out{Title: title, Creator: c.Unit, Modified: c.At, Sheets: []sheet.OutSheet{c.marked(title), c.list(title)}}
}

func (c Comparison) frame(name, title string, columns []column) sheet.OutSheet {
	return Summary{Unit: c.Unit, Filler: c.Filler, Today: c.Today}.frame(name, title, columns)
}

// marked is the table: new rows green, changed cells yellow with the old value in a
// comment, rows that are gone red.
func (c Comparison) marked(title string) sheet.OutSheet {
	columns := []column{{"序号", 6}, {cmp.Or(c.Where, "单位"), 14}}
	for _, col := range c.Columns {
		columns = append(columns, column{col.Header, columnWidth(col.Field)})
	}
	columns = append(columns, column{"说明", 24})
	out := c.frame(cmp.Or(c.Name, "环比"), title, columns)
	byRow := map[string][]Finding{}
	for _, f := range c.Findings {
		byRow[f.ID] = append(byRow[f.ID], f)
	}
	seq := 0
	for _, r := range c.Rows {
		if r.Before == nil && r.After == nil || r.After == nil && r.Closed {
			continue
		}
		seq++
		c.addRow(&out, strconv.Itoa(seq), r, byRow[r.ID])
	}
	out.AddLine("说明：绿色为"+c.is()+"有、"+c.was()+"没有的行，黄色为不一样的格（批注里是"+c.was()+"的内容），红色为"+c.was()+"有、"+c.is()+"没有的行。", sheet.NoteStyle, sheet.SignHeight, 1, len(columns))
	return out
}

func columnWidth(f *model.Field) float64 {
	switch {
	case f == nil:
		return 10
	case f.Kind == model.KindLongText:
		return 32
	case f.Kind.Numeric():
		return 10
	}
	return 16
}

func (c Comparison) addRow(out *sheet.OutSheet, seq string, r ComparedRow, findings []Finding) {
	shown, fill := cmp.Or(r.After, r.Before), ""
	switch {
	case r.Before == nil:
		fill = fillNew
	case r.After == nil:
		fill = fillGone
	}
	style := func(base sheet.Style, fill string) sheet.Style {
		base.Fill = fill
		return base
	}
	cells := []sheet.OutCell{sheet.NumberCell(seq, style(styleNumber, fill)), sheet.TextCell(r.Area, style(styleText, fill))}
	row := len(out.Rows) + 1
	for _, col := range c.Columns {
		at := fill
		if f, marked := findingIn(findings, col.Path); marked {
			at = fillChanged
			out.Comments = append(out.Comments, sheet.Comment{Row: row, Col: len(cells) + 1, Text: string(f.Kind) + "\n" + c.was() + "：" + cmp.Or(f.Before, "（空）")})
		}
		cells = append(cells, c.cell(col, shown.Values[col.Path], at))
	}
	cells = append(cells, sheet.TextCell(kindsOf(findings), style(styleText, fill)))
	out.Rows = append(out.Rows, sheet.OutRow{Cells: cells})
}

func (c Comparison) cell(col CompareColumn, v model.Value, fill string) sheet.OutCell {
	style := styleText
	style.Fill = fill
	if col.Field == nil {
		return sheet.OutCell{Style: style}
	}
	if c.Show != nil {
		v = c.Show(col.Field, v)
	}
	if col.Field.Kind.Numeric() && col.Field.Kind != model.KindBool {
		style.Align = sheet.AlignCenter
		return sheet.NumberCell(col.Field.Show(v), style)
	}
	style.Format = "@"
	return sheet.TextCell(col.Field.Show(v), style)
}

func findingIn(findings []Finding, path string) (Finding, bool) {
	for _, f := range findings {
		if f.Column == path {
			return f, true
		}
	}
	return Finding{}, false
}

// kindsOf names what was found in a row, each kind once, in its order.
func kindsOf(findings []Finding) string {
	var words []string
	for _, f := range findings {
		if w := string(f.Kind); f.Kind != FoundChanged && !strings.Contains(strings.Join(words, "、"), w) {
			words = append(words, w)
		}
	}
	return strings.Join(words, "、")
}

// list is the sheet of what wants a look, in the order of the divisions.
func (c Comparison) list(title string) sheet.OutSheet {
	findings := Notable(c.Findings)
	if c.Whole {
		findings = c.Findings
	}
	out := c.frame("待核对"+strings.TrimPrefix(c.Name, againstSheet), title+"待核对", []column{
		{"序号", 6}, {"类别", 16}, {cmp.Or(c.Where, "单位"), 14}, {"事项", 32}, {"栏目", 16}, {c.was(), 30}, {c.is(), 30},
	})
	for i, f := range findings {
		out.Rows = append(out.Rows, sheet.OutRow{Cells: []sheet.OutCell{
			sheet.NumberCell(strconv.Itoa(i+1), styleNumber), sheet.TextCell(string(f.Kind), styleText), sheet.TextCell(f.Area, styleText),
			sheet.TextCell(f.Name, styleText), sheet.TextCell(f.Header, styleText),
			sheet.TextCell(text.Excerpt(f.Before), styleText), sheet.TextCell(text.Excerpt(f.After), styleText)}})
	}
	return out
}
