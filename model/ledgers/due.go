package ledgers

import (
	"fmt"
	"slices"

	"xiangzhen/model"
)

// dueFields are how often a table is asked for and when it is due. Forms for the level
// below and tables of the level above share them, and DueOf reads both.
func dueFields() []model.Field {
	return []model.Field{
		{Key: "cadence", Label: "报送周期", Kind: model.KindEnum,
			Options: model.Options("日", "周", "旬", "半月", "月", "季", "半年", "年", "一次性")},
		{Key: "due_day", Label: "截止日", Kind: model.KindInteger,
			Help: "月报填几号，周报填星期几（5 是周五）；空着是每期的最后一天。"},
		{Key: "due_next", Label: "次期截止", Kind: model.KindBool, Help: "截止日在下一期里：上月的数这个月 5 日前报。"},
		{Key: "due_on", Label: "截止日期", Kind: model.KindDate, Help: "一次性的报表在这一天截止。"},
		{Key: "due_hour", Label: "截止时", Kind: model.KindInteger, Help: "几点以前报，如 18；空着到当天结束。"},
		{Key: "due_minute", Label: "截止分", Kind: model.KindInteger},
		{Key: "roll", Label: "遇节假日", Kind: model.KindEnum, Options: model.Options("顺延", "提前", "不调整"),
			Help: "截止日逢周末或放假时怎么办；空着为顺延。"},
	}
}

// DueOf reads what dueFields say of a record.
func DueOf(rec *model.Record) (model.Cadence, model.Due) {
	number := func(key string) int { return int(rec.Get(key).Num) }
	return model.Cadence(rec.Get("cadence").Text), model.Due{
		Day: number("due_day"), Next: rec.Get("due_next").Bool(), On: rec.Get("due_on").End,
		Hour: number("due_hour"), Minute: number("due_minute"), Roll: model.Roll(rec.Get("roll").Text)}
}

// DueFault says which of dueFields cannot be, and why; "" if all can.
func DueFault(c model.Cadence, d model.Due) (field, message string) {
	switch {
	case !slices.Contains(model.Rolls(), d.Roll):
		return "roll", "遇节假日可选：顺延、提前、不调整。"
	case d.Day < 0 || d.Day > 31, c == model.Weekly && d.Day > 7:
		return "due_day", fmt.Sprintf("截止日“%d”写得不对。", d.Day)
	case d.Hour < 0 || d.Hour > 24, d.Minute < 0 || d.Minute > 59, d.Hour == 24 && d.Minute > 0:
		return "due_hour", fmt.Sprintf("截止时刻“%s”写得不对，应为 18:00 这样。", d.Clock())
	case d.On != "" && c != model.Once:
		return "due_on", "只有一次性的报表才写截止日期，其他的写每期的截止日。"
	}
	return "", ""
}
