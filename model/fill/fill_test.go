package fill

import (
	"path/filepath"
	"slices"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
)

func catalog() *model.Catalog { return model.NewCatalog(ledgers.All()...) }

// template writes a sheet of bordered cells; rows of "|" parted words, "~" a row
// without borders, merges as A1:B2.
func template(t *testing.T, merges []string, rows ...[]string) *sheet.Template {
	t.Helper()
	s := sheet.OutSheet{Name: "表 1"}
	for _, words := range rows {
		row := sheet.OutRow{}
		style := sheet.Style{Border: true}
		if words[0] == "~" {
			words, style = words[1:], sheet.Style{}
		}
		for _, w := range words {
			row.Cells = append(row.Cells, sheet.TextCell(w, style))
		}
		s.Rows = append(s.Rows, row)
	}
	for _, m := range merges {
		var r sheet.Range
		from, to := m[:2], m[3:]
		r.R1, r.C1, _ = sheet.ParseCellName(from)
		r.R2, r.C2, _ = sheet.ParseCellName(to)
		s.Merges = append(s.Merges, r)
	}
	path := filepath.Join(t.TempDir(), "空 表.xlsx")
	if err := sheet.Write(path, &sheet.Out{Sheets: []sheet.OutSheet{s}}); err != nil {
		t.Fatal(err)
	}
	out, err := sheet.OpenTemplate(path)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var (
	title  = []string{"~", "重点工作任务清单"}
	header = []string{"序号", "任务名称", "责任单位", "完成时限", "完成比例（%）", "备注"}
	empty  = []string{"", "", "", "", "", ""}
	total  = []string{"合计", "", "", "", "", ""}
	note   = []string{"~", "注：请于25日前报送。"}
)

// TestRecognise finds the rows that take records in all the shapes of templates.
func TestRecognise(t *testing.T) {
	for name, c := range map[string]struct {
		rows        [][]string
		mode        Mode
		first, last int
	}{
		"three empty rows":        {[][]string{title, header, empty, empty, empty, total, note}, Rows, 3, 5},
		"numbered":                {[][]string{title, header, {"1", "", "", "", "", ""}, {"2", "", "", "", "", ""}, total}, Rows, 3, 4},
		"column numbers":          {[][]string{title, header, {"（1）", "（2）", "（3）", "（4）", "（5）", "（6）"}, empty, total}, Rows, 4, 4},
		"an example":              {[][]string{title, header, {"例", "修路", "甲镇", "2026-11", "50", ""}, empty, empty, note}, Rows, 4, 5},
		"no row":                  {[][]string{title, header, total, note}, Nobody, 3, 2},
		"rows that are named":     {[][]string{title, header, {"1", "修路", "甲镇", "", "", ""}, {"2", "治水", "乙镇", "", "", ""}}, Match, 3, 4},
		"nothing below the notes": {[][]string{title, header, empty, note, empty}, Rows, 3, 3},
	} {
		frames := Recognise(template(t, nil, c.rows...))
		if len(frames) != 1 {
			t.Errorf("%s: %d tables", name, len(frames))
			continue
		}
		if f := frames[0]; f.Mode != c.mode || f.First != c.first || f.Last != c.last {
			t.Errorf("%s: %s %d–%d (%s), want %s %d–%d", name, f.Mode, f.First, f.Last, f.Why, c.mode, c.first, c.last)
		}
	}
}

// TestFrame_Growth: rows are added among the data, behind it only where there is one.
func TestFrame_Growth(t *testing.T) {
	f := Recognise(template(t, nil, title, header, empty, empty, empty, total))[0]
	if g := f.Growth(3); g.Count != 0 {
		t.Errorf("grows %+v", g)
	}
	if g := f.Growth(10); g != (sheet.Growth{After: 4, Count: 7, Sample: 4}) {
		t.Errorf("grows %+v", g)
	}
	f = Recognise(template(t, nil, title, header, empty, total))[0]
	if g := f.Growth(3); g != (sheet.Growth{After: 3, Count: 2, Sample: 3, Last: true}) {
		t.Errorf("grows %+v", g)
	}
}

// TestColumns: what is named alike is filled, what is doubtful or unknown is not; a
// person's word and what is remembered go before.
func TestColumns(t *testing.T) {
	tpl := template(t, nil, title, append(slices.Clone(header), "任务完成的时间限制", "县级抽查结果"), append(slices.Clone(empty), "", ""), total)
	f := Recognise(tpl)[0]
	l := catalog().Ledger(ledgers.Task)
	cols, err := Columns(tpl, &f, catalog(), l, Said{Chosen: map[string]string{"H": "“未抽查”"}, Remembered: map[string]string{"备注": "不填"}})
	if err != nil {
		t.Fatal(err)
	}
	var got []Status
	for _, c := range cols {
		got = append(got, c.Status)
		if c.Status != Filled && c.Source.Kind != None {
			t.Errorf("%s has a source and is not filled", c.Path)
		}
	}
	if want := []Status{Filled, Filled, Filled, Filled, Filled, Person}; !slices.Equal(got[:6], want) {
		t.Errorf("statuses %v", got)
	}
	if got[6] == Filled || got[7] != Filled {
		t.Errorf("statuses %v", got)
	}
	var c Coverage
	c.Add(cols)
	if c.Columns != 8 || c.Filled != 6 {
		t.Errorf("coverage %+v", c)
	}
	if kept := Remember(&f, cols); kept["备注"] != "不填" || kept["县级抽查结果"] != "“未抽查”" || kept["任务名称"] != "title" {
		t.Errorf("remembered %v", kept)
	}
}

// TestParseSource: what is written is read again, what is no source is refused.
func TestParseSource(t *testing.T) {
	c := catalog()
	task := c.Ledger(ledgers.Task)
	for words, want := range map[string]string{
		"任务名称": "title", "progress.percent": "progress.percent", "今天": "今天", "“甲 镇”": "“甲 镇”", "不填": "不填", "序号": "序号",
		"任务.个数 where 工作类别=产业振兴 and state!=已办结": "task.个数 where 工作类别=产业振兴 and state!=已办结",
		"任务.目标量": "task.target_qty", "任务.目标量 最大": "task.target_qty 最大", "任务进展.完成比例": "progress.percent",
	} {
		s, err := ParseSource(words, c, task)
		if err != nil || s.String() != want {
			t.Errorf("%s = %s, %v; want %s", words, s, err, want)
			continue
		}
		if again, err := ParseSource(s.String(), c, task); err != nil || again.String() != want {
			t.Errorf("%s again = %s, %v", want, again, err)
		}
	}
	for _, words := range []string{"没有这一项", "任务.没有", "没有.个数", "任务.任务名称 合计", "任务.目标量 乱来", "任务.个数 where", "=SUM(A1:A2)", "任务.个数 where a=1 and"} {
		if s, err := ParseSource(words, c, task); err == nil {
			t.Errorf("%s is %s", words, s)
		}
	}
}

// TestValueCell: IDs stay text, days follow the format, numbers the unit.
func TestValueCell(t *testing.T) {
	id := &model.Field{Kind: model.KindIDNumber}
	money := &model.Field{Kind: model.KindDecimal, Scale: 2, Unit: "元"}
	tenth := &model.Field{Kind: model.KindDecimal, Scale: 4, Unit: "万元"}
	percent := &model.Field{Kind: model.KindPercent}
	date := &model.Field{Kind: model.KindDate}
	day := model.OnDay("2026-11-22")
	about := model.Date(model.DateWords{Text: "2026年底前", Start: "2026-01-01", End: "2026-12-31", Kind: model.DateFixed})
	for _, c := range []struct {
		f    *model.Field
		v    model.Value
		s    Style
		kind sheet.CellKind
		want string
	}{
		{id, model.Text("990000199001011234"), Style{}, sheet.Text, "990000199001011234"},
		{money, model.Int(1234567), Style{Unit: "万元"}, sheet.Number, "1.234567"},
		{tenth, model.Int(185000), Style{Unit: "元"}, sheet.Number, "185000"},
		{tenth, model.Int(185000), Style{}, sheet.Number, "18.5"},
		{tenth, model.Int(185000), Style{Look: sheet.Look{Format: "@"}}, sheet.Text, "18.5"},
		{money, model.Int(1), Style{Unit: "户"}, sheet.Blank, ""},
		{percent, model.Int(85), Style{Look: sheet.Look{Format: "0%"}}, sheet.Number, "0.85"},
		{percent, model.Int(85), Style{Header: "完成比例（%）"}, sheet.Number, "85"},
		{percent, model.Int(85), Style{Header: "完成比例"}, sheet.Text, "85%"},
		{date, day, Style{Look: sheet.Look{Date: true}}, sheet.Number, "46348"},
		{date, day, Style{Look: sheet.Look{Date: true}, Date1904: true}, sheet.Number, "44886"},
		{date, day, Style{}, sheet.Text, "2026-11-22"},
		{date, about, Style{Look: sheet.Look{Date: true}}, sheet.Text, "2026年底前"},
		{date, model.Value{}, Style{}, sheet.Blank, ""},
	} {
		got := ValueCell(c.f, c.v, c.s)
		if got.Kind != c.kind || got.Text != c.want {
			t.Errorf("%s %+v = %+v, want %q", c.f.Kind, c.s, got, c.want)
		}
	}
	if got, ok := sheet.SerialDay(46348, false); !ok || got != "2026-11-22" {
		t.Errorf("serial %s", got)
	}
}

// TestCompare tells added, removed, renamed and moved columns apart.
func TestCompare(t *testing.T) {
	before := []string{"序号", "任务名称", "责任单位", "完成时限", "备注", "电话"}
	d := Compare(before, []string{"序号", "任务名称", "责任单位名称", "完成时限", "电话", "备注", "是否达标"})
	if !slices.Equal(d.Added, []string{"是否达标"}) || len(d.Removed) != 0 || len(d.Renamed) != 1 || d.Renamed[0] != [2]string{"责任单位", "责任单位名称"} || len(d.Moved) != 1 {
		t.Errorf("%+v", d)
	}
	if !Compare(before, before).None() {
		t.Error("the same differs")
	}
	if d := Compare(before, before[1:]); !slices.Equal(d.Removed, []string{"序号"}) || len(d.Moved) != 0 {
		t.Errorf("%+v", d)
	}
}
