package report

import (
	"strconv"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

// Correction is one value of a table that was 定稿 and has changed since (定稿后变动);
// it enters the next period as 更正. Before and After are in words.
type Correction struct {
	Period       model.Period // of the table that was sent
	Unit, Name   string
	Header       string
	Before       string // as sent
	After        string
	At, By       string // when and by whom it was changed, "" if unknown
	Area, Record string
	Path         string
}

// Signed says under whose hands a table goes up.
type Signed struct {
	Cutoff, Filler, Reviewer, Signer string
	Version                          int
	Reason                           string // of a 补报
}

// line is the line of signatures under the table.
func (s *Signed) line() string {
	out := "截至时间：" + s.Cutoff + "　　填表人：" + s.Filler + "　　审核人：" + s.Reviewer + "　　签发人：" + s.Signer
	if s.Version > 1 {
		out += "　　补报（第" + strconv.Itoa(s.Version) + "版）：" + s.Reason
	}
	return out
}

var growthColumns = []column{{"序号", 6}, {"乡镇（村）", 16}, {"指标", 12}, {"累计", 10}, {"本期", 10}, {"上期", 10}, {"较上期", 10}}

var yearColumns = []column{{"去年同期", 10}, {"同比增减", 10}, {"同比（%）", 10}}

// growthSheet lays out 本期/累计/较上期, and 同比 where a year-ago 定稿 exists.
func (s Summary) growthSheet(title string, lines []GrowthLine, years bool) sheet.OutSheet {
	columns := growthColumns
	if years {
		columns = append(columns[:len(columns):len(columns)], yearColumns...)
	}
	out := s.frame("较上期", title+"较上期", columns)
	for i, l := range lines {
		out.Rows = append(out.Rows, sheet.OutRow{Height: 22, Cells: l.cells(strconv.Itoa(i+1), years)})
	}
	out.AddLine("按定稿到定稿计算；没有上期（去年同期）定稿的，相应各列空着。", sheet.NoteStyle, sheet.LineHeight, 1, len(columns))
	return out
}

func (l GrowthLine) cells(seq string, years bool) []sheet.OutCell {
	cells := []sheet.OutCell{sheet.NumberCell(seq, styleNumber), sheet.TextCell(l.Unit, styleText), sheet.TextCell(l.Indicator.Label, styleText)}
	for _, w := range l.Words(years) {
		cells = append(cells, sheet.NumberCell(w, styleNumber))
	}
	return cells
}

// Words are the figures of a line: 累计, 本期, 上期, 较上期, and with years 去年同期,
// 同比增减, 同比（%）; "" for what is not known.
func (l GrowthLine) Words(years bool) []string {
	show := func(n int64) string { return model.FormatScaled(n, l.Indicator.Scale, false) }
	against := func(f *Figure) (then, more string) {
		if f == nil {
			return "", ""
		}
		return show(f.Now), show(l.Now.Now - f.Now)
	}
	sum := ""
	if l.Indicator.Nature != Stock {
		sum = show(l.Now.Sum)
	}
	before, more := against(l.Before)
	out := []string{sum, show(l.Now.Now), before, more}
	if !years {
		return out
	}
	then, grown := against(l.YearAgo)
	return append(out, then, grown, l.percent())
}

// percent is the growth against a year ago in percent with one decimal, rounded half
// away from zero; "" of nothing.
func (l GrowthLine) percent() string {
	if l.YearAgo == nil || l.YearAgo.Now <= 0 {
		return ""
	}
	thousandfold := (l.Now.Now - l.YearAgo.Now) * 1000
	half := l.YearAgo.Now / 2
	if thousandfold < 0 {
		half = -half
	}
	return model.FormatScaled((thousandfold+half)/l.YearAgo.Now, 1, false)
}

var correctionColumns = []column{{"序号", 6}, {"期间", 12}, {"乡镇（村）", 14}, {"事项", 30}, {"项目", 14}, {"定稿时", 20}, {"现在", 20}, {"变动时间", 16}, {"变动人", 10}}

// correctionSheet lists what changed after 定稿 of earlier periods and enters this one.
func (s Summary) correctionSheet(title string, list []Correction) sheet.OutSheet {
	out := s.frame("更正", title+"更正", correctionColumns)
	for i, c := range list {
		cells := []sheet.OutCell{sheet.NumberCell(strconv.Itoa(i+1), styleNumber)}
		for _, w := range []string{c.Period.Words(), c.Unit, c.Name, c.Header, c.Before, c.After, c.At, c.By} {
			cells = append(cells, sheet.TextCell(w, styleText))
		}
		out.Rows = append(out.Rows, sheet.OutRow{Cells: cells})
	}
	out.AddLine("以上是前几期定稿后变动的内容，已计入本期。", sheet.NoteStyle, sheet.LineHeight, 1, len(correctionColumns))
	return out
}

// Beside is what stands beside a table that goes up: the figures against other
// periods, the corrections that enter it, and, of a 定稿, who signs.
type Beside struct {
	Growth      []GrowthLine // nil where no earlier period is 定稿
	YearAgo     bool         // the growth has a year ago
	Corrections []Correction
	Signed      *Signed
}

// AddTo adds sheets and the line of signatures to the workbook of a table. s has the
// words of their frames.
func (b Beside) AddTo(out *sheet.Out, s Summary) {
	if b.Signed != nil {
		first := &out.Sheets[0]
		first.AddLine(b.Signed.line(), sheet.LineStyle, sheet.SignHeight, 1, len(first.Cols))
	}
	if len(b.Growth) > 0 {
		out.Sheets = append(out.Sheets, s.growthSheet(out.Title, b.Growth, b.YearAgo))
	}
	if len(b.Corrections) > 0 {
		out.Sheets = append(out.Sheets, s.correctionSheet(out.Title, b.Corrections))
	}
}
