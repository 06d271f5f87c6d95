package sample

import (
	"strconv"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// reportedMonths are the months before this one for which progress is told.
const reportedMonths = 3

// percentScale is the scale of field percent.
const percentScale = 100

// report is what was reported on a task, month by month.
type report struct {
	task     *model.Record
	quantity quantity
	percents []int64 // of months M−3, M−2, M−1 and perhaps M
	wording  string  // theme in progress_words.csv
	problem  string  // 存在问题 of the newest report
	reporter model.Value
	nth      int // varies words, days and ways from task to task
}

// entry is one report: a month and how far the task was.
type entry struct {
	period   model.Month
	on       model.Day
	percent  int64
	finished bool
	newest   bool
}

// month is the month of the report, 1 to 12.
func (e entry) month() int { return atoi(string(e.period[5:])) }

func (b *builder) addProgress(r report) error {
	for _, e := range b.entries(r) {
		if err := b.addEntry(r, e); err != nil {
			return err
		}
	}
	return nil
}

// entries lays a task's reports out over the months. A closed task's last one
// is of the month in which it was closed; a monthly item has reported for this
// month once its day has passed.
func (b *builder) entries(r report) []entry {
	closed := r.task.Get("closed_on").End
	percents := r.percents
	if due := r.task.Get("due"); due.When == model.DatePeriodic && due.End.Month() > b.month(0) {
		percents = append(percents[:len(percents):len(percents)], 100)
	}
	var out []entry
	for i := range reportedMonths + 1 {
		e := entry{period: b.month(i - reportedMonths)}
		switch {
		case closed != "" && e.period == closed.Month():
			e.percent, e.on, e.finished = 100, closed, true
		case i < len(percents):
			e.percent, e.on = percents[i], b.reportDay(e.period, r.nth)
		default:
			continue
		}
		out = append(out, e)
		if e.finished {
			break
		}
	}
	if n := len(out); n > 0 {
		out[n-1].newest = true
		if r.task.Get("state").Text == ledgers.StateReview {
			out[n-1].finished = true
		}
	}
	return out
}

// reportDay is the 22nd to the 25th, or lately if that is still to come.
func (b *builder) reportDay(period model.Month, nth int) model.Day {
	day := period.First().Add(21 + nth%4)
	if day <= b.words.today {
		return day
	}
	return max(period.First(), b.words.today.Add(-nth%3))
}

func (b *builder) addEntry(r report, e entry) error {
	done := r.quantity.done(e.percent)
	w, err := b.say(r, e, done)
	if err != nil {
		return err
	}
	rec := b.add(ledgers.Progress, idOf(ledgers.Progress, r.task.ID, string(e.period)), r.task.Area)
	rec.Put("task", refTo(r.task, "title"))
	rec.Put("period", model.Text(string(e.period)))
	rec.Put("reported_on", model.OnDay(e.on))
	rec.Put("percent", model.Int(e.percent*percentScale))
	if r.quantity.value > 0 {
		rec.Put("done_qty", model.Int(done.value))
	}
	rec.Put("text", model.Text(w.text))
	if !e.finished {
		rec.Put("next_step", model.Text(w.nextStep))
	} else {
		rec.Put("finished", model.Bool(true))
	}
	if e.newest {
		rec.Put("problem", model.Text(r.problem))
	}
	rec.Put("reporter", model.Text(r.reporter.Text))
	return b.pick(rec, "source", ways[(r.nth+e.month())%len(ways)])
}

// ways are how reports come: most by table.
var ways = []string{"上报表", "上报表", "上报表", "代录", "上报表", "上报表", "群消息", "上报表", "电话"}

// say finds the words for a report: of those meant for its percentage the ones
// whose turn it is with this task in this month.
func (b *builder) say(r report, e entry, done quantity) (wording, error) {
	fits := fitting(b.data.wording[r.wording], e.percent)
	if len(fits) == 0 {
		return wording{}, model.Errorf(model.CodeInvalid, "演示数据 progress_words.csv 里没有“%s”完成 %d%% 时的写法。", r.wording, e.percent)
	}
	w := fits[(r.nth+e.month())%len(fits)]
	var err error
	w.text, err = b.words.fill(w.text, map[string]string{
		"完成量": done.String(), "目标": r.quantity.String(),
		"比例": strconv.FormatInt(e.percent, 10) + "%", "月": strconv.Itoa(e.month()),
	})
	return w, err
}

// fitting returns the wordings of the lowest limit that the percentage keeps to.
func fitting(all []wording, percent int64) []wording {
	var out []wording
	for _, w := range all {
		if w.upTo >= percent && (len(out) == 0 || w.upTo == out[0].upTo) {
			out = append(out, w)
		}
	}
	return out
}
