package sample

import (
	"cmp"
	"strconv"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/text"
)

// quantity is how much a task is about (目标量), at the scale of field target_qty.
type quantity struct {
	value    int64
	unit     string
	decimals int // digits after the point that reports give
}

// quantityScale is the scale of target_qty and done_qty.
const quantityScale = 4

// String is 1.5公里; "" where the task has no quantity.
func (q quantity) String() string {
	if q.unit == "" {
		return ""
	}
	return model.FormatScaled(q.value, quantityScale, false) + q.unit
}

// done is the part of q that a percentage means, rounded down to what people
// count in: 12户, never 12.4户.
func (q quantity) done(percent int64) quantity {
	if percent == 100 {
		return q
	}
	step := int64(1)
	for range quantityScale - q.decimals {
		step *= 10
	}
	q.value = q.value * percent / 100 / step * step
	return q
}

// householdsWord in a csv file is the number of households of the place.
const householdsWord = "户数"

// theme is a county task with what its children share.
type theme struct {
	countyTask
	rec *model.Record
}

// inherited are the fields that a child takes from the task above.
var inherited = []string{"domain", "category", "content", "target", "urgency"}

// handedDown are the days of the month M−3 on which the levels handed tasks out.
const (
	countyAssigned  = 5
	townAssigned    = 8
	villageAssigned = 12
)

// addTasks adds the county's tasks, each followed by those of the townships and
// of their villages, then all progress.
func (b *builder) addTasks() error {
	var reports []report
	for _, row := range b.data.county {
		t, err := b.addCountyTask(row)
		if err != nil {
			return err
		}
		var total int64
		for _, town := range b.county.below {
			rec, more, err := b.addTownTasks(t, town)
			if err != nil {
				return err
			}
			if rec != nil {
				total += rec.Get("target_qty").Num
			}
			reports = append(reports, more...)
		}
		b.putQuantity(t.rec, quantity{value: total, unit: row.unit})
	}
	for _, r := range reports {
		if err := b.addProgress(r); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) addCountyTask(row countyTask) (theme, error) {
	t := theme{countyTask: row}
	lead, err := b.unitRef(row.leadUnit)
	if err != nil {
		return t, err
	}
	t.rec = b.add(ledgers.Task, idOf(ledgers.Task, row.key), b.county.id)
	for key, s := range map[string]string{
		"title": row.title, "content": row.content, "target": row.target, "doc_no": row.docNo,
		"source_unit": row.sourceUnit, "category": row.category,
	} {
		filled, err := b.fillTask(s, b.county, quantity{})
		if err != nil {
			return t, err
		}
		t.rec.Put(key, model.Text(filled))
	}
	t.rec.Put("unit", lead)
	t.rec.Put("lead_unit", lead)
	t.rec.Put("lead_person", b.holder(b.county, row.leader))
	t.rec.Put("state", model.Text(ledgers.StateDoing))
	return t, cmp.Or(b.pick(t.rec, "domain", row.domain), b.pick(t.rec, "source", row.source),
		b.pick(t.rec, "urgency", row.urgency), b.putDates(t.rec, row.due, countyAssigned))
}

// putDates sets the limit, the day of handing out and, for what has no end, the
// day to look at it again.
func (b *builder) putDates(rec *model.Record, due when, assigned int) error {
	v, err := b.words.date(due)
	if err != nil {
		return err
	}
	rec.Put("due", v)
	rec.Put("assigned", model.OnDay(b.assigned(assigned)))
	if v.When == model.DateLongTerm {
		b.putReview(rec)
	}
	return nil
}

// putReview sets the review date (复核日期) a month or so ahead, not the same day
// for all.
func (b *builder) putReview(rec *model.Record) {
	rec.Put("review_on", model.OnDay(b.words.today.Add(20+len(b.records)%20)))
}

// assigned is a day of the month in which the year's tasks went out.
func (b *builder) assigned(day int) model.Day {
	return b.month(-reportedMonths).First().Add(day - 1)
}

// month is the month so many months after that of today.
func (b *builder) month(n int) model.Month { return b.words.today.Month().Add(n) }

func (b *builder) putQuantity(rec *model.Record, q quantity) {
	if q.value == 0 {
		return
	}
	rec.Put("target_qty", model.Int(q.value))
	rec.Put("target_unit", model.Text(q.unit))
}

// fillTask fills the placeholders of a task's words.
func (b *builder) fillTask(s string, at *place, q quantity) (string, error) {
	return b.words.fill(s, map[string]string{
		"乡镇": at.name, "量": q.String(), "年": strconv.Itoa(b.assigned(1).Year()),
	})
}

// quantityOf reads a quantity of the csv files for a place.
func (t theme) quantityOf(s string, at *place) (quantity, error) {
	q := quantity{unit: t.unit, decimals: t.decimals}
	switch s {
	case "":
		return quantity{}, nil
	case householdsWord:
		q.value = at.households
		for range quantityScale {
			q.value *= 10
		}
		return q, nil
	}
	n, err := text.ParseNumber(s, quantityScale)
	if err == nil && (n.Unit != "" || n.Lost != "") {
		err = model.Errorf(model.CodeInvalid, "演示数据里的目标量“%s”应只写数字。", s)
	}
	q.value = n.Value
	return q, err
}

// addTownTasks adds what one township does under a theme, down to its villages;
// nil if it has no part in it.
func (b *builder) addTownTasks(t theme, town *place) (*model.Record, []report, error) {
	var reports []report
	var rec *model.Record
	for _, row := range b.data.town {
		if row.town != town.pattern || row.theme != t.key {
			continue
		}
		var err error
		var own []report
		if rec, own, err = b.addTownTask(t, row, town); err != nil {
			return nil, nil, err
		}
		reports = append(reports, own...)
		for _, village := range town.below {
			for i, item := range b.data.village[villageKey{town.pattern, village.pattern, t.key}] {
				r, err := b.addVillageTask(villageItem{t, row, item, village, rec, i})
				if err != nil {
					return nil, nil, err
				}
				reports = append(reports, r)
			}
		}
	}
	return rec, reports, nil
}

func (b *builder) addTownTask(t theme, row townTask, town *place) (*model.Record, []report, error) {
	q, err := t.quantityOf(row.quantity, town)
	if err != nil {
		return nil, nil, err
	}
	title, err := b.fillTask(row.title, town, q)
	if err != nil {
		return nil, nil, err
	}
	rec := b.child(t.rec, idOf(ledgers.Task, t.key, town.id), town)
	rec.Put("title", model.Text(title))
	rec.Put("lead_unit", t.rec.Get("lead_unit"))
	rec.Put("lead_person", t.rec.Get("lead_person"))
	rec.Put("person", b.holder(town, "分管副书记"))
	for _, key := range []string{"source", "source_unit", "doc_no"} {
		rec.Put(key, t.rec.Get(key))
	}
	rec.Put("state", model.Text(ledgers.StateDoing))
	b.putQuantity(rec, q)
	if err := b.putDates(rec, row.due, townAssigned); err != nil {
		return nil, nil, err
	}
	if row.reports == nil {
		return rec, nil, nil
	}
	rec.Put("report_every", model.Text(ledgers.EveryMonth))
	return rec, []report{{
		task: rec, quantity: q, percents: row.reports, wording: t.key,
		reporter: b.holder(town, "党政办"+clerkDuty),
	}}, nil
}

// child adds a task below another, for a place, with what it takes over.
func (b *builder) child(above *model.Record, id string, at *place) *model.Record {
	rec := b.add(ledgers.Task, id, at.id)
	rec.Put("parent", refTo(above, "title"))
	rec.Put("unit", at.ref())
	for _, key := range inherited {
		rec.Put(key, above.Get(key))
	}
	return rec
}

// villageItem is a line of village_tasks.csv at its place in the tree.
type villageItem struct {
	theme
	town  townTask
	row   villageTask
	at    *place
	above *model.Record
	nth   int // among the village's items under the theme
}

// villageStates are the words of column 状态.
var villageStates = map[string]string{
	"办理中": ledgers.StateDoing,
	"退回":  ledgers.StateDoing, // 申请办结 was turned down; 备注 says why
	"待签收": ledgers.StateSign,
	"待审核": ledgers.StateReview,
	"中止":  ledgers.StatePaused,
	"已办结": ledgers.StateDone,
}

func (b *builder) addVillageTask(it villageItem) (report, error) {
	q, err := it.quantityOf(it.row.quantity, it.at)
	if err != nil {
		return report{}, err
	}
	title, err := b.fillTask(it.row.title, it.at, q)
	if err != nil {
		return report{}, err
	}
	rec := b.child(it.above, idOf(ledgers.Task, it.key, it.at.id, strconv.Itoa(it.nth)), it.at)
	rec.Put("title", model.Text(title))
	rec.Put("lead_person", b.holder(it.at.above, "分管副书记"))
	rec.Put("person", b.holder(it.at, ledgers.TitleVillageSecretary))
	b.putQuantity(rec, q)
	if err := cmp.Or(b.putSource(rec, it), b.putDates(rec, it.row.due, villageAssigned), b.putState(rec, it)); err != nil {
		return report{}, err
	}
	if it.row.even {
		rec.Put("schedule", model.Text(ledgers.ScheduleEven))
	}
	return report{
		task: rec, quantity: q, percents: it.row.reports, wording: it.row.wording, problem: it.row.problem,
		reporter: b.holder(it.at, ledgers.TitleReporter, ledgers.TitleVillageSecretary), nth: len(b.records),
	}, nil
}

// putSource sets who handed the item to the village, by which document.
func (b *builder) putSource(rec *model.Record, it villageItem) error {
	town := it.at.above
	lead := town.ref()
	if it.town.leadUnit != "" && !town.isCopy() {
		var err error
		if lead, err = b.unitRef(it.town.leadUnit); err != nil {
			return err
		}
	}
	rec.Put("lead_unit", lead)
	rec.Put("source_unit", model.Text(town.name))
	docNo, err := b.fillTask(it.town.docNo, town, quantity{})
	rec.Put("doc_no", model.Text(docNo))
	return cmp.Or(err, b.pick(rec, "source", "文件"))
}

// putState sets how far the item is on its way.
func (b *builder) putState(rec *model.Record, it villageItem) error {
	state := villageStates[it.row.state]
	rec.Put("state", model.Text(state))
	remark, err := b.words.fill(it.row.remark, nil)
	if err != nil {
		return err
	}
	rec.Put("remark", model.Text(remark))
	switch state {
	case ledgers.StateDone:
		rec.Put("closed_on", model.OnDay(b.words.today.Add(-it.row.closedAgo)))
	case ledgers.StatePaused:
		b.putReview(rec)
	case ledgers.StateReview:
		rec.Put("applied_by", model.Text(b.holder(it.at, ledgers.TitleReporter).ID))
	}
	// The sample has no photos: only what is still to be shown asks for them.
	if it.evidence && (state == ledgers.StateDoing || state == ledgers.StateSign) {
		rec.Put("evidence_need", model.Bool(true))
	}
	if state == ledgers.StateDoing && len(it.row.reports) > 0 {
		rec.Put("report_every", model.Text(ledgers.EveryMonth))
	}
	return b.putExtension(rec, it.row)
}

// putExtension sets the first limit of an item whose limit was moved, and the
// day to which more time is asked for.
func (b *builder) putExtension(rec *model.Record, row villageTask) error {
	first, err := b.words.date(row.dueFirst)
	if err != nil {
		return err
	}
	rec.Put("due_first", first)
	extend, err := b.words.date(row.extendTo)
	if err != nil {
		return err
	}
	rec.Put("extend_to", extend)
	if !extend.IsEmpty() {
		rec.Put("extend_reason", model.Text(row.problem))
	}
	return nil
}
