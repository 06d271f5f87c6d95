package ledgers

import (
	"cmp"
	"slices"

	"xiangzhen/model"
)

// upperTable lists the tables that the levels above ask this unit for (报表登记): who
// asks, how often, by when, whom to call there. What was sent of each stands in
// upperSent.
func upperTable() *model.Ledger {
	return &model.Ledger{
		Key: UpperTable, Label: "报表登记", Synonyms: []string{"报表登记台账", "上级报表登记", "报送任务登记"}, Group: groupUpper,
		Title: "title", Match: [][]string{{"title", "asker"}},
		Fields: slices.Concat([]model.Field{
			{Key: "title", Label: "报表名称", Kind: model.KindText, Required: true, Index: true},
			{Key: "asker", Label: "要表单位", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"布置单位", "报送上级单位"}},
			{Key: "basis", Label: "报表依据", Kind: model.KindText, Help: "文号，或报表准入编号；没有的不填。"},
		}, dueFields(), []model.Field{
			{Key: "from", Label: "起报日期", Kind: model.KindDate, Help: "从哪一天起算到期；空着从登记那天起。"},
			{Key: "until", Label: "停报日期", Kind: model.KindDate, Help: "过了这一天不再提醒。"},
			{Key: "contact", Label: "对接人", Kind: model.KindText},
			{Key: "phone", Label: "对接电话", Kind: model.KindPhone},
			{Key: "template", Label: "套表方案", Kind: model.KindRef, Ref: refTo(Template), Index: true,
				Help: "按上级表填报时认得是这张表；第一次填报后自动记下。"},
			{Key: "form", Label: "用哪张报表报", Kind: model.KindText,
				Help: "由各村的报表汇总后上报的，写那张报表的名称；它定稿就算已报。"},
			{Key: "files", Label: "通知和空表", Kind: model.KindFiles},
			remark(),
		}),
		Checks: []model.Check{
			{ID: "upper_table.due", Level: model.Fault, Source: "报送周期与截止日要合得上", Func: checkUpperDue},
			ordered("upper_table.dates", "from", "until", "停报日期早于起报日期。"),
		},
	}
}

// upperSent is what was sent of one registered table for one period, with the files
// themselves and what the program could fill of them.
func upperSent() *model.Ledger {
	return &model.Ledger{
		Key: UpperSent, Label: "报送留存", Group: groupUpper,
		Title: "table", Match: [][]string{{"table", "period"}},
		Fields: []model.Field{
			{Key: "table", Label: "登记的报表", Kind: model.KindRef, Ref: ownedBy(UpperTable), Required: true, Index: true},
			{Key: "period", Label: "报送期间", Kind: model.KindText, Required: true, Index: true},
			{Key: "sent_on", Label: "报送日期", Kind: model.KindDate, Index: true},
			{Key: "sent_at", Label: "报送时刻", Kind: model.KindText},
			{Key: "how", Label: "怎样填的", Kind: model.KindEnum, Options: model.Options(SentFilled, SentByHand, SentByFinal, SentMerged)},
			{Key: "files", Label: "报送的文件", Kind: model.KindFiles, Help: "最后一份是最近报送的。"},
			{Key: "columns", Label: "列数", Kind: model.KindInteger},
			{Key: "by_program", Label: "程序填的列", Kind: model.KindInteger},
			{Key: "by_hand", Label: "人工填的列", Kind: model.KindInteger},
			{Key: "unknown", Label: "未知的列", Kind: model.KindInteger, Help: "程序不知道填什么的列。"},
			{Key: "asked", Label: "要的各列", Kind: model.KindLongText, Internal: true},
			{Key: "theirs", Label: "上级返回的文件", Kind: model.KindFiles, Help: "上级退回或公布的表，与报送的对照。"},
			remark(),
		},
	}
}

// How a file that was sent came to be.
const (
	SentFilled  = "按上级表填报"
	SentByHand  = "手工登记"
	SentByFinal = "报表定稿"
	SentMerged  = "各村合并"
)

func checkUpperDue(in model.CheckInput) []model.Problem {
	t := UpperTableOf(in.Record)
	if field, message := DueFault(t.Cadence, t.Due); field != "" {
		return found(field, message, "请改正。")
	}
	if t.Cadence == model.Once && t.Due.On == "" {
		return found("due_on", "一次性的报表要写截止日期。", "请填截止日期。")
	}
	return nil
}

// Registered is a record of upperTable, read.
type Registered struct {
	ID, Area            string
	Title, Asker, Basis string
	Contact, Phone      string
	Cadence             model.Cadence
	Due                 model.Due
	From, Until         model.Day // nothing is due before and after; Until "" is without end
	Template            string    // id, "" for none
	Form                string    // name or key of the form whose 定稿 it is, "" for none
}

// UpperTableOf reads a record. A cadence that was not said is the month, a time of day
// the end of the day; a due day on a holiday goes to the next working day.
func UpperTableOf(rec *model.Record) Registered {
	text := func(key string) string { return rec.Get(key).Text }
	t := Registered{ID: rec.ID, Area: rec.Area, Title: text("title"), Asker: text("asker"), Basis: text("basis"), Contact: text("contact"), Phone: text("phone"),
		From: rec.Get("from").Start, Until: rec.Get("until").End, Template: rec.Get("template").ID, Form: text("form")}
	t.Cadence, t.Due = DueOf(rec)
	t.Cadence, t.Due.Roll = cmp.Or(t.Cadence, model.Monthly), cmp.Or(t.Due.Roll, model.RollLater)
	if t.Due.Hour == 0 && t.Due.Minute == 0 {
		t.Due.Hour = 24
	}
	if t.From == "" && !rec.CreatedAt.IsZero() {
		t.From = model.DayOf(rec.CreatedAt)
	}
	return t
}

// Asked is one period for which a table is asked.
type Asked struct {
	Period model.Period
	Due    model.Day
	Moment string // by when, as model.MomentLayout
}

// rollRoom is how far a due day may be rolled out of its period.
const rollRoom = 31

// Asked lists the periods for which the table is due from first to last, the earliest
// first.
func (t Registered) Asked(first, last model.Day, c model.Calendar) []Asked {
	first = max(first, t.From)
	if t.Until != "" {
		last = min(last, t.Until)
	}
	var out []Asked
	add := func(p model.Period) {
		if due := t.Due.In(p, c); due != "" && due >= first && due <= last {
			out = append(out, Asked{p, due, t.Due.Moment(due)})
		}
	}
	switch {
	case first == "" || last < first:
	case t.Cadence == model.Once:
		if t.Due.On != "" {
			add(model.Once.Of(t.Due.On))
		}
	default:
		for p := t.Cadence.Of(first.Add(-rollRoom)).Previous(); p.IsValid() && p.First() <= last.Add(rollRoom); p = p.Next() {
			add(p)
		}
	}
	return out
}

// PeriodFor is the period of the table that another period, of a form or of the month
// that is looked at, means on a day: of one that is shorter the one it lies in, of one
// that is longer the last that has begun.
func (t Registered) PeriodFor(p model.Period, today model.Day) model.Period {
	switch {
	case t.Cadence == model.Once && t.Due.On != "":
		return model.Once.Of(t.Due.On) // it is asked for once, whatever it is about
	case p.Cadence() == t.Cadence:
		return p
	case p.First() <= today && today <= p.Last():
		return t.Cadence.Of(today)
	}
	return t.Cadence.Of(p.Last())
}
