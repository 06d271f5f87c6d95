package text

import (
	"cmp"

	"xiangzhen/model"
)

// point is one point in time as far as it was written.
type point struct {
	year, month, day int // 0 = not written
	quarter, half    int // of the year; 0 = none
	part             part
	before           bool // 前
	swapped          bool // 4/5/2022: day and month could change places
	late             int  // 12-5-26: the year if it is the last of three, 0 if it cannot be
	short            bool // 22.3: could be more than one thing
}

// part is which part of its year, quarter or month a point means.
type part int

const (
	whole    part = iota
	firstTen      // 上旬
	midTen        // 中旬
	lastTen       // 下旬
	opening       // 初
	middle        // 中
	closing       // 底, 末
)

// unit is the word for the finest unit written.
func (p point) unit() string {
	switch {
	case p.day > 0:
		return "日"
	case p.month > 0:
		return "月"
	case p.quarter > 0:
		return "季度"
	}
	return "年"
}

// bounds returns the first and last day of the point in a year; "" where the
// calendar does not have it.
func (p point) bounds(year int) (first, last model.Day) {
	from, to := 1, 12
	switch {
	case year < firstYear || year > lastYear || p.month > 12:
		return "", ""
	case p.day > 0:
		first = model.NewDay(year, p.month, p.day)
		return first, first
	case p.month > 0:
		return p.withinMonth(model.NewDay(year, p.month, 1))
	case p.quarter > 0:
		from, to = 3*p.quarter-2, 3*p.quarter
	case p.half > 0:
		from, to = 6*p.half-5, 6*p.half
	}
	switch p.part {
	case opening:
		to = from
	case middle: // June of a year, the second month of a quarter
		from = (from + to) / 2
		to = from
	}
	first, last = model.NewDay(year, from, 1), model.NewDay(year, to, daysIn(year, to))
	if p.part == closing {
		first = last
	}
	return first, last
}

func (p point) withinMonth(first model.Day) (model.Day, model.Day) {
	last := first.Month().Last()
	switch p.part {
	case firstTen, opening:
		return first, first.Add(9)
	case midTen, middle:
		return first.Add(10), first.Add(19)
	case lastTen:
		return first.Add(20), last
	case closing:
		return last, last
	}
	return first, last
}

// resolve turns a point into the days it means, with what there is to tell.
func (r dateReader) resolve(p point) reading {
	guessed := p.year == 0
	if guessed && !r.lend(&p) {
		return reading{doubt: Doubt{Level: Ask, Message: "“" + Excerpt(r.words) + "”没有写年份，请写完整，如 2026年6月30日。"}}
	}
	first, last := p.bounds(p.year)
	switch {
	case first == "":
		return reading{doubt: Doubt{Level: Wrong, Message: "“" + Excerpt(r.words) + "”不对：日历上没有这一天，请改正。"}}
	case p.swapped:
		return reading{doubt: r.swapDoubt(p)}
	}
	found := reading{start: first, end: last, kind: model.DateFixed}
	imprecise := p.day == 0 && p.part != closing
	switch {
	case p.before && imprecise:
		found.end = first.Add(-1)
		found.doubt = r.noted(found.end, last)
	case p.part == opening || p.part == middle || p.short:
		found.doubt = r.noted(found.end)
	}
	if p.before {
		found.start = found.end
	}
	if guessed && found.doubt.IsZero() {
		found.doubt = r.noted(found.end, p.otherYears(found.end)...)
	}
	return found
}

// noted is the note that the words, which leave something open, are taken as a
// day, with the other days that may be meant.
func (r dateReader) noted(taken model.Day, others ...model.Day) Doubt {
	d := Doubt{Level: Note, Message: "“" + Excerpt(r.words) + "”没有写明是哪年哪天，按 " + FormatDay(taken) + " 算。"}
	for _, day := range append([]model.Day{taken}, others...) {
		d.Suggestions = append(d.Suggestions, FormatDay(day))
	}
	return d
}

func (r dateReader) swapDoubt(p point) Doubt {
	d := Doubt{Level: Ask, Message: "“" + Excerpt(r.words) + "”分不清月和日，请写成 2026-03-15 的样子。"}
	other := model.NewDay(p.year, p.day, p.month)
	if p.late > 0 {
		other = model.NewDay(p.late, p.year%100, p.month)
	}
	for _, day := range []model.Day{model.NewDay(p.year, p.month, p.day), other} {
		if day != "" {
			d.Suggestions = append(d.Suggestions, FormatDay(day))
		}
	}
	return d
}

// The window around the reporting day in which a date without a year is sought,
// in months.
const (
	windowBefore = 3
	windowAfter  = 9
)

// lend gives a point the year, and a lone day of the month the month, that the
// reporting day suggests. Without a reporting day there is nothing to lend.
func (r dateReader) lend(p *point) bool {
	if r.ref == "" {
		return false
	}
	year := r.ref.Year()
	if p.month == 0 && p.day > 0 {
		p.year, p.month = year, monthOf(r.ref)
		return true
	}
	from, to := addMonths(r.ref, -windowBefore), addMonths(r.ref, windowAfter)
	p.year = year
	for _, y := range []int{year, year + 1, year - 1} {
		if _, last := p.bounds(y); last >= from && last < to {
			p.year = y
			return true
		}
	}
	if first, _ := p.bounds(year); first == "" { // 29 February, outside the window
		p.year = year + 1
	}
	return true
}

// otherYears offers the same date a year earlier and later.
func (p point) otherYears(taken model.Day) []model.Day {
	var out []model.Day
	for _, y := range []int{p.year - 1, p.year + 1} {
		if _, last := p.bounds(y); last != "" && last != taken {
			out = append(out, last)
		}
	}
	return out
}

func monthOf(d model.Day) int { return int(d.Time().Month()) }

// century completes a year of two digits: 22 is 2022, 85 is 1985. What lies more
// than ten years after the reporting day is of the last century.
func century(year int, ref model.Day) int {
	if 2000+year > cmp.Or(ref.Year(), 2040)+10 {
		return 1900 + year
	}
	return 2000 + year
}
