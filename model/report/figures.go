package report

import (
	"slices"

	"xiangzhen/model"
)

// Nature says how a figure of one period stands to that of the period before.
type Nature string

// The natures of a figure.
const (
	Stock      Nature = "stock"      // as it stands: 任务总数, 逾期
	Cumulative Nature = "cumulative" // counted since the beginning: 已完成; what the period brought is the difference
	Flow       Nature = "flow"       // of the period alone: 已报进展; the year's sum is 累计
)

// Indicator is one figure that a report counts. Scale is the number of its decimals.
type Indicator struct {
	Key    string `json:"key"`
	Label  string `json:"label"`
	Nature Nature `json:"nature"`
	Scale  int    `json:"scale,omitempty"`
}

// Figure is what one unit has of an indicator: of the period, and, except of a
// stock, 累计.
type Figure struct {
	Now int64 `json:"now"`
	Sum int64 `json:"sum,omitempty"`
}

// Figures are the counted figures of a form and period, as a 定稿 keeps them. Cells
// are by unit, then by the indicator's key; the last unit is their sum.
type Figures struct {
	Period     model.Period                 `json:"period"`
	Indicators []Indicator                  `json:"indicators"`
	Units      []string                     `json:"units"`
	Cells      map[string]map[string]Figure `json:"cells"`
}

// SumUnit is the line of the sum over all units.
const SumUnit = "合计"

// Raw are the figures of one unit as counted, by the indicator's key.
type Raw map[string]int64

// Chain makes the figures of a period out of what was counted, from 定稿 to 定稿:
// before is the 定稿 of the period before, nil where there is none. Of a cumulative
// figure the period has what came since, corrections included; a flow is added to the
// sum of the same year. began says what a cumulative figure's period had where nothing
// is known of before; nil is none.
func Chain(period model.Period, indicators []Indicator, units []string, raw map[string]Raw, before *Figures, began func(unit, key string) int64) Figures {
	out := Figures{Period: period, Indicators: indicators, Units: units, Cells: map[string]map[string]Figure{}}
	for _, unit := range units {
		out.Cells[unit] = map[string]Figure{}
		for _, in := range indicators {
			n, last := raw[unit][in.Key], before.at(unit, in.Key)
			f := Figure{Now: n}
			switch {
			case in.Nature == Cumulative && before == nil:
				f = Figure{Now: n, Sum: n}
				if began != nil {
					f.Now = began(unit, in.Key)
				}
			case in.Nature == Cumulative:
				f = Figure{Now: n - last.Sum, Sum: n}
			case in.Nature == Flow && before != nil && before.Period.First().Year() == period.First().Year():
				f.Sum = last.Sum + n
			case in.Nature == Flow:
				f.Sum = n
			}
			out.Cells[unit][in.Key] = f
		}
	}
	return out
}

// at is a unit's figure; zero where nothing is known.
func (f *Figures) at(unit, key string) Figure {
	if f == nil {
		return Figure{}
	}
	return f.Cells[unit][key]
}

// TaskIndicators are the figures of a summary of followed items.
func TaskIndicators() []Indicator {
	out := make([]Indicator, len(lineFigures))
	for i, l := range lineFigures {
		out[i] = l.Indicator
	}
	return out
}

// lineFigures are the figures of a Line.
var lineFigures = []struct {
	Indicator
	of func(Line) int
}{
	{Indicator{Key: "total", Label: "任务总数", Nature: Stock}, func(l Line) int { return l.Total }},
	{Indicator{Key: "done", Label: "已完成", Nature: Cumulative}, func(l Line) int { return l.Done }},
	{Indicator{Key: "doing", Label: "推进中", Nature: Stock}, func(l Line) int { return l.Doing }},
	{Indicator{Key: "not_started", Label: "未启动", Nature: Stock}, func(l Line) int { return l.NotStarted }},
	{Indicator{Key: "stopped", Label: "中止终止", Nature: Stock}, func(l Line) int { return l.Stopped }},
	{Indicator{Key: "overdue", Label: "逾期", Nature: Stock}, func(l Line) int { return l.Overdue }},
	{Indicator{Key: "reported", Label: "已报进展", Nature: Flow}, func(l Line) int { return l.Reported }},
	{Indicator{Key: "problems", Label: "收集问题", Nature: Flow}, func(l Line) int { return l.Problems }},
}

// FiguresOf chains the lines of a summary to the 定稿 before. Where there is none,
// what was finished in the period is counted by the days of the items' ends.
func FiguresOf(s Summary, period model.Period, before *Figures) Figures {
	lines, sum := Summarise(s.Units, s.Items, s.Period)
	sum.Unit = SumUnit
	lines = append(lines, sum)
	units, raw, closed := []string{}, map[string]Raw{}, map[string]int64{}
	for _, l := range lines {
		units, raw[l.Unit] = append(units, l.Unit), Raw{}
		closed[l.Unit] = int64(l.ClosedNow)
		for _, f := range lineFigures {
			raw[l.Unit][f.Key] = int64(f.of(l))
		}
	}
	return Chain(period, TaskIndicators(), units, raw, before, func(unit, _ string) int64 { return closed[unit] })
}

// GrowthLine is one unit's figure beside that of the period before and of the year
// before; a nil Before or YearAgo was never 定稿.
type GrowthLine struct {
	Unit            string
	Indicator       Indicator
	Now             Figure
	Before, YearAgo *Figure
}

// Growth puts figures beside those of the period before and of a year ago, either of
// which may be nil: unit by unit in their order, never by value. Only what both have
// counted is compared.
func Growth(now Figures, before, yearAgo *Figures) []GrowthLine {
	var out []GrowthLine
	for _, unit := range now.Units {
		for _, in := range now.Indicators {
			out = append(out, GrowthLine{Unit: unit, Indicator: in, Now: now.Cells[unit][in.Key],
				Before: before.known(unit, in), YearAgo: yearAgo.known(unit, in)})
		}
	}
	return out
}

// known is a unit's figure of an indicator that was counted alike.
func (f *Figures) known(unit string, in Indicator) *Figure {
	if f == nil || !slices.Contains(f.Indicators, in) {
		return nil
	}
	v, ok := f.Cells[unit][in.Key]
	if !ok {
		return nil
	}
	return &v
}
