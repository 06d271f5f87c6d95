package report

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

var (
	done   = Indicator{Key: "done", Label: "已完成", Nature: Cumulative}
	total  = Indicator{Key: "total", Label: "任务总数", Nature: Stock}
	spoken = Indicator{Key: "reported", Label: "已报进展", Nature: Flow}
)

func TestChain(t *testing.T) {
	all, units := []Indicator{done, total, spoken}, []string{"青山村"}
	november := Chain("2026-11", all, units, map[string]Raw{"青山村": {"done": 5, "total": 9, "reported": 7}}, nil, func(string, string) int64 { return 2 })
	december := Chain("2026-12", all, units, map[string]Raw{"青山村": {"done": 4, "total": 8, "reported": 6}}, &november, nil)
	january := Chain("2027-01", all, units, map[string]Raw{"青山村": {"done": 6, "total": 8, "reported": 1}}, &december, nil)
	for _, tt := range []struct {
		f    Figures
		key  string
		want Figure
	}{
		{november, "done", Figure{Now: 2, Sum: 5}}, // nothing known of before: by the days
		{november, "total", Figure{Now: 9}},
		{november, "reported", Figure{Now: 7, Sum: 7}},
		{december, "done", Figure{Now: -1, Sum: 4}}, // a correction takes back
		{december, "reported", Figure{Now: 6, Sum: 13}},
		{january, "done", Figure{Now: 2, Sum: 6}},
		{january, "reported", Figure{Now: 1, Sum: 1}}, // a new year
	} {
		if got := tt.f.Cells["青山村"][tt.key]; got != tt.want {
			t.Errorf("%s %s: %+v, want %+v", tt.f.Period, tt.key, got, tt.want)
		}
	}
}

// TestChain_AddsUp: what the periods brought adds up to what there is in the end,
// whatever was corrected on the way.
func TestChain_AddsUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		counts := rapid.SliceOfN(rapid.Int64Range(0, 500), 1, 11).Draw(rt, "done")
		var before *Figures
		period, sum := model.Period("2026-01"), int64(0)
		for _, n := range counts {
			f := Chain(period, []Indicator{done, spoken}, []string{"甲"}, map[string]Raw{"甲": {"done": n, "reported": n}}, before,
				func(string, string) int64 { return n })
			sum += f.Cells["甲"]["done"].Now
			if sum != n || f.Cells["甲"]["done"].Sum != n {
				rt.Fatalf("%s: the periods add up to %d, 累计 %d, there are %d", period, sum, f.Cells["甲"]["done"].Sum, n)
			}
			before, period = &f, period.Next()
		}
		want := int64(0)
		for _, n := range counts {
			want += n
		}
		if got := before.Cells["甲"]["reported"].Sum; got != want {
			rt.Fatalf("the year's sum of a flow is %d, want %d", got, want)
		}
	})
}

func TestGrowth(t *testing.T) {
	figures := func(p model.Period, n int64) *Figures {
		f := Chain(p, []Indicator{done}, []string{"白石村", "青山村"}, map[string]Raw{"白石村": {"done": n}, "青山村": {"done": 1}}, nil,
			func(string, string) int64 { return n })
		return &f
	}
	now := figures("2026-11", 5)
	lines := Growth(*now, figures("2026-10", 3), figures("2025-11", 4))
	if len(lines) != 2 || lines[0].Unit != "白石村" {
		t.Fatalf("lines %+v", lines)
	}
	for _, tt := range []struct {
		years bool
		want  []string
	}{
		{false, []string{"5", "5", "3", "2"}},
		{true, []string{"5", "5", "3", "2", "4", "1", "25.0"}},
	} {
		got := lines[0].Words(tt.years)
		for i := range tt.want {
			if len(got) != len(tt.want) || got[i] != tt.want[i] && got[i]+".0" != tt.want[i] {
				t.Errorf("years %v: %q, want %q", tt.years, got, tt.want)
				break
			}
		}
	}
	other := figures("2026-10", 3)
	other.Indicators = []Indicator{total}
	if l := Growth(*now, other, nil); l[0].Before != nil || l[0].YearAgo != nil {
		t.Errorf("what was counted otherwise is compared: %+v", l[0])
	}
	if got := (GrowthLine{Indicator: done, Now: Figure{Now: 1}, YearAgo: &Figure{Now: 3}}).percent(); got != "-66.7" {
		t.Errorf("percent %s, want -66.7", got)
	}
}

func TestBeside_AddTo(t *testing.T) {
	s := Summary{Title: "甲镇任务进展汇总", Unit: "甲镇", Period: "2026-11", Today: "2026-11-22", At: time.Unix(1e9, 0),
		Units: []string{"青山村"}, Items: items, Catalog: model.NewCatalog(ledgers.All()...)}
	figures := FiguresOf(s, "2026-11", nil)
	if got := figures.Cells[SumUnit]["done"]; got != (Figure{Now: 1, Sum: 1}) {
		t.Errorf("sum of 已完成 %+v", got)
	}
	out := Workbook(s)
	Beside{}.AddTo(out, s)
	if len(out.Sheets) != 2 {
		t.Fatalf("nothing beside makes %d sheets", len(out.Sheets))
	}
	Beside{Growth: Growth(figures, &figures, nil), Corrections: []Correction{{Period: "2026-10", Unit: "青山村", Name: "一", Header: "完成比例", Before: "40", After: "35"}},
		Signed: &Signed{Cutoff: "2026-11-25 18:00", Filler: "张示例一", Reviewer: "李示例二", Signer: "王示例三", Version: 2, Reason: "更正"}}.AddTo(out, s)
	if len(out.Sheets) != 4 || out.Sheets[2].Name != "较上期" || out.Sheets[3].Name != "更正" {
		t.Fatalf("sheets %d", len(out.Sheets))
	}
	first := out.Sheets[0]
	if got := words(first, len(first.Rows)); got != "截至时间：2026-11-25 18:00　　填表人：张示例一　　审核人：李示例二　　签发人：王示例三　　补报（第2版）：更正" {
		t.Errorf("signed: %q", got)
	}
	if got := words(out.Sheets[3], 4); got != "1 2026年10月 青山村 一 完成比例 40 35  " {
		t.Errorf("correction: %q", got)
	}
}
