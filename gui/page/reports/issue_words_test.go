package reports

import (
	"slices"
	"strings"
	"testing"

	"xiangzhen/gui/kit"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
)

func TestParseClock(t *testing.T) {
	for words, want := range map[string][3]int{"18": {18, 0, 1}, "18:00": {18, 0, 1}, "18：30": {18, 30, 1}, "17时30分": {17, 30, 1}, "9点": {9, 0, 1},
		"24:00": {24, 0, 1}, "24:01": {}, "25": {}, "下班前": {}, "": {}, "18:61": {}} {
		h, m, ok := parseClock(words)
		if ok != (want[2] == 1) || ok && (h != want[0] || m != want[1]) {
			t.Errorf("%q is %d:%d %v", words, h, m, ok)
		}
	}
}

func TestDayWords(t *testing.T) {
	if got := dayWords("2026-11-25") + clockWords(9, 5); got != "11月25日（周三）09:05" {
		t.Errorf("%q", got)
	}
	if dayWords("") != "" || dayOnly("") != "" {
		t.Error("no day has words")
	}
}

func TestPeriodChoices(t *testing.T) {
	for cadence, want := range map[model.Cadence]string{model.Daily: "2026年11月23日", model.Weekly: "2026年第48周", model.Monthly: "2026年12月", model.Quarterly: "2027年第一季度",
		model.HalfYearly: "2027年上半年", model.Yearly: "2027年", model.Once: "2026年11月22日"} {
		got := periodChoices(exchange.Form{Cadence: cadence}, "2026-11-22")
		if got[0].Text != want || cadence != model.Once && (got[1].Note != "本期" || len(got) != 8) {
			t.Errorf("%s: %+v", cadence, got)
		}
	}
}

func TestFitting(t *testing.T) {
	for period, want := range map[model.Period]model.Period{"2026-10": "2026-10", "": "2026-11", "2026Q1": "2026-11"} {
		if got := fitting(exchange.Form{Cadence: model.Monthly}, period, "2026-11-22"); got != want {
			t.Errorf("%q is %q, want %q", period, got, want)
		}
	}
	if got := fitting(exchange.Form{Cadence: model.Quarterly}, "2026-11", "2026-01-01"); got != "2026Q4" {
		t.Errorf("of a month: %q", got)
	}
}

func TestAdviceLines(t *testing.T) {
	got := adviceLines(app.Advice{Rows: 9, Held: []app.HeldColumn{{Path: "person", Header: "责任人"}, {Path: "phone", Header: "电话"}},
		Asked: []app.AskedBefore{{Label: "问题整改台账", IssuedOn: "2026-11-03", Headers: []string{"责任人"}}}}, "甲镇")
	if len(got) != 2 || !strings.Contains(got[0].words, "甲镇已有：责任人、电话（9 行都有）") || len(got[0].held) != 2 || !strings.Contains(got[1].words, "11月3日（周二）已发过《问题整改台账》") {
		t.Errorf("%+v", got)
	}
	if adviceLines(app.Advice{}, "甲镇") != nil {
		t.Error("something to say of nothing")
	}
}

// formOf is the shipped monthly form with the built-in ledgers.
func formOf(t *testing.T) (*model.Catalog, exchange.Form) {
	t.Helper()
	return model.NewCatalog(ledgers.All()...), exchange.Shipped()[0]
}

// TestColumnLines_ThereAndBack: what is shown makes the same columns.
func TestColumnLines_ThereAndBack(t *testing.T) {
	c, f := formOf(t)
	lines := columnLines(c, f)
	if got := columnsFrom(lines); !slices.Equal(got, f.Columns) {
		t.Errorf("%+v", got)
	}
	if len(lines) <= len(f.Columns) {
		t.Error("nothing is offered")
	}
	texts, numbers := spokenColumns(c, f)
	if first(texts).ID != "progress.text" || first(numbers).ID != "progress.percent" || first(nil) != (kit.Choice{}) {
		t.Errorf("%+v %+v", texts, numbers)
	}
}

func TestColumnLines_WaysAndOrder(t *testing.T) {
	c, f := formOf(t)
	lines := columnLines(c, f)
	at := func(path exchange.Path) int {
		return slices.IndexFunc(lines, func(l columnLine) bool { return l.path == path })
	}
	for path, never := range map[exchange.Path]string{"title": useNone, "progress.text": useGrey, "percent": useFill} {
		l := lines[at(path)]
		for range 5 {
			if l.use = l.nextUse(); l.use == never {
				t.Errorf("%s became %s", path, never)
			}
		}
	}
	used := len(f.Columns)
	if got := setUse(lines, at("progress.text"), useNone); got != used-1 || len(columnsFrom(lines)) != used-1 {
		t.Errorf("it went to %d", got)
	}
	if got := setUse(lines, at("progress.text"), useFill); got != used-1 {
		t.Errorf("it came back to %d", got)
	}
	if got := move(lines, used-1, -1); got != used-2 || lines[used-2].path != "progress.text" {
		t.Errorf("it moved to %d", got)
	}
	if got := move(lines, used-1, 1); got != used-1 {
		t.Errorf("it moved among those out of use: %d", got)
	}
	if got := move(lines, 0, -1); got != 0 {
		t.Errorf("it moved above the first: %d", got)
	}
}

func TestKindChips(t *testing.T) {
	found := []app.Finding{{Kind: app.FoundNew}, {Kind: app.FoundBackward}, {Kind: app.FoundNew}}
	chips := kindChips(found)
	if len(chips) != 4 || chips[0].Count != 1 || chips[1].Key != "进度倒退" || chips[2].Count != 2 || chips[3].Count != 3 {
		t.Errorf("%+v", chips)
	}
	if len(ofKind(found, "新增的行")) != 2 || len(ofKind(found, chipAll)) != 3 || len(ofKind(found, chipCheck)) != 1 {
		t.Error("a kind shows other rows")
	}
}

func TestHandRows_OnlyWhatWasSaid(t *testing.T) {
	f := model.Field{Key: "percent", Kind: model.KindPercent}
	r := handRows{said: map[[2]int]string{}, table: app.HandSheet{Columns: []app.HandColumn{{Path: "progress.percent", Field: &f}},
		Rows: []app.HandRow{{ID: "a", Name: "修渠", Values: []string{"40"}}, {ID: "b", Name: "修路", Values: []string{""}}}}}
	for row, words := range map[int]string{0: "40", 1: "55"} {
		if err := r.edit(row, 1, words); err != nil {
			t.Fatal(err)
		}
	}
	if got := r.cells(); len(got) != 1 || got[0] != (app.HandCell{Row: "b", Path: "progress.percent", Words: "55"}) {
		t.Errorf("%+v", got)
	}
	if c := r.Cell(1, 1); c.Text != "55" {
		t.Errorf("shows %+v", c)
	}
}
