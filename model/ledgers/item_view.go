package ledgers

import (
	"math"
	"math/bits"

	"xiangzhen/model"
)

// itemView is a followed item as its behaviour sees it: the stored fields of the
// record with their types, and what was last reported.
type itemView struct {
	state        string
	due          model.DateWords
	assigned     model.Day // handed out, else the day of its creation
	reviewOn     model.Day
	targetQty    int64 // scaled by quantityScale, 0 if none
	targetUnit   string
	even         bool // the quantity grows evenly with time
	steps        []Milestone
	every        string // "" also for a single report (一次性)
	unit         string // words of 责任单位
	assigner     string // words of the unit that handed it out
	latest       *model.Record
	percent      model.Value // 完成比例, newest known
	doneQty      model.Value // 已完成量, newest known
	reportedIn   model.Month // 最近报送期
	lastReportOn model.Day   // 最近更新
}

// viewItem reads an item. Percent and quantity are cumulative, so a newest report
// that leaves them out does not unsay what the one before it said.
func viewItem(in model.DeriveInput) itemView {
	r := in.Record
	t := itemView{
		state:      stateOf(r),
		due:        r.Get("due").Words(),
		assigned:   r.Get("assigned").End,
		reviewOn:   r.Get("review_on").End,
		targetQty:  max(r.Get("target_qty").Num, 0),
		targetUnit: r.Get("target_unit").Text,
		even:       r.Get("schedule").Text == ScheduleEven,
		every:      r.Get("report_every").Text,
		unit:       r.Get("unit").Text,
		assigner:   r.Get(assignerField(r.Ledger)).Text,
		latest:     in.Latest,
		percent:    either(in.Latest.Get("percent"), in.Previous.Get("percent")),
		doneQty:    either(in.Latest.Get("done_qty"), in.Previous.Get("done_qty")),
		reportedIn: model.Month(in.Latest.Get("period").Text),
	}
	if t.assigned == "" && !r.CreatedAt.IsZero() {
		t.assigned = model.DayOf(r.CreatedAt)
	}
	if t.every == Once {
		t.every = ""
	}
	if words := r.Get("milestones").Text; words != "" {
		t.steps, _ = Milestones(words, t.assigned)
	}
	if unit := in.Parent.Get("unit").Text; unit != "" {
		t.assigner = unit
	}
	t.lastReportOn = in.Latest.Get("reported_on").End
	if t.lastReportOn == "" && in.Latest != nil && !in.Latest.ChangedAt.IsZero() {
		t.lastReportOn = model.DayOf(in.Latest.ChangedAt)
	}
	return t
}

// stateOf returns an item's state; one without a state has not been handed out.
func stateOf(r *model.Record) string {
	if s := r.Get("state").Text; s != "" {
		return s
	}
	return StateTodo
}

func (t itemView) finished() bool { return t.state == StateDone || t.state == StateEnded }

// working reports whether the holder has the item in hand, so that its progress
// may be asked about.
func (t itemView) working() bool { return t.state == StateSign || t.state == StateDoing }

// holder returns the words of the unit whose move it is: who handed the item out
// before it is received and while it waits for review, else the responsible unit.
func (t itemView) holder() string {
	if (t.state == StateTodo || t.state == StateReview) && t.assigner != "" {
		return t.assigner
	}
	return t.unit
}

func either(a, b model.Value) model.Value {
	if a.IsEmpty() {
		return b
	}
	return a
}

// fullPercent is 100 % at percentScale.
const fullPercent = 100_00

// shareOf returns part of whole in percent at percentScale, cut off below the
// last digit; whole must be positive. Shares too large to hold saturate.
func shareOf(part, whole int64) int64 {
	if part <= 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(part), fullPercent)
	if hi >= uint64(whole) {
		return math.MaxInt64
	}
	q, _ := bits.Div64(hi, lo, uint64(whole))
	return int64(min(q, math.MaxInt64))
}
