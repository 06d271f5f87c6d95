package ledgers

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

// Milestone is a dated step of an item (阶段目标): what should be done by a day, and
// how far the whole should be by then.
type Milestone struct {
	Day     model.Day
	Words   string // the line as written
	Percent int64  // cumulative, at percentScale; 0 = not said
	Done    bool   // ticked off (√) at the end of the line
}

// Milestones reads the dated steps of an item, one a line or parted by ；, earliest
// first. Each begins with its day in words (6月底前：完成勘测 30%); what the words
// leave out follows from ref, the day the item was handed out. unread are the
// numbers of the lines, from 1, that begin with no day.
func Milestones(words string, ref model.Day) (steps []Milestone, unread []int) {
	ref = yearFrom(ref)
	lines := strings.FieldsFunc(words, func(r rune) bool { return r == '\n' || r == '\r' || r == '；' || r == ';' })
	n := 0
	for _, line := range lines {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		n++
		day := dayAhead(line, ref)
		if day == "" {
			unread = append(unread, n)
			continue
		}
		steps = append(steps, Milestone{Day: day, Words: line, Percent: percentIn(line), Done: isTicked(line)})
	}
	slices.SortStableFunc(steps, func(a, b Milestone) int { return cmp.Compare(a.Day, b.Day) })
	return steps, unread
}

// yearFrom moves the day by which dates get their year so that they fall within
// the year after it: text.ParseDate looks back by three months.
func yearFrom(day model.Day) model.Day {
	if day == "" {
		return ""
	}
	return model.DayOf(day.Time().AddDate(0, 3, 0))
}

// dayAhead reads the day that a line begins with: before a colon or blank, else
// the longest beginning that is a day.
func dayAhead(line string, ref model.Day) model.Day {
	if at := strings.IndexAny(line, "：: \t　，,"); at > 0 {
		if w, _ := text.ParseDate(line[:at], ref); w.End != "" {
			return w.End
		}
	}
	var found model.Day
	for at, r := range line {
		if !strings.ContainsRune("前底末日月度年旬", r) {
			continue
		}
		if w, _ := text.ParseDate(line[:at+len(string(r))], ref); w.End != "" {
			found = w.End
		}
	}
	return found
}

// percentIn returns the last percentage in a line at percentScale, at most 100 %,
// 0 for none.
func percentIn(line string) int64 {
	at := max(strings.LastIndex(line, "%"), strings.LastIndex(line, "％"))
	if at < 0 {
		return 0
	}
	digits := strings.TrimRight(line[:at], " ")
	from := len(digits)
	for from > 0 && (digits[from-1] == '.' || digits[from-1] >= '0' && digits[from-1] <= '9') {
		from--
	}
	n, err := strconv.ParseFloat(digits[from:], 64)
	if err != nil {
		return 0 // no number before the sign
	}
	return int64(math.Round(min(n*100, fullPercent)))
}

func isTicked(line string) bool {
	line = strings.TrimRight(line, "）)。 ")
	return strings.HasSuffix(line, "√") || strings.HasSuffix(line, "✔") || strings.HasSuffix(line, "✓") || strings.HasSuffix(line, "已完成")
}

// milestonesDue returns how far an item should be before today by its milestones.
func milestonesDue(steps []Milestone, today model.Day) int64 {
	return reached(steps, func(m Milestone) bool { return m.Day < today })
}

// milestonesDone returns how far an item is by the milestones that are ticked off.
func milestonesDone(steps []Milestone) int64 {
	return reached(steps, func(m Milestone) bool { return m.Done })
}

// reached adds up the milestones that count: the furthest percentage where any is
// given, else their share of all.
func reached(steps []Milestone, counts func(Milestone) bool) int64 {
	said, furthest, n := false, int64(0), 0
	for _, m := range steps {
		said = said || m.Percent > 0
		if counts(m) {
			n++
			furthest = max(furthest, m.Percent)
		}
	}
	if said || len(steps) == 0 {
		return furthest
	}
	return shareOf(int64(n), int64(len(steps)))
}
