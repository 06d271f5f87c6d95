package ledgers

import "xiangzhen/model"

// The two things a calendar says of a day that differ from the week.
const (
	DayOff    = "off"  // 休: a day without work
	DayWorked = "work" // 班: a Saturday or Sunday worked for a holiday (调休上班)
)

// holiday lists the days off and the weekend days worked (节假日与调休) that a user
// adds to those of assets/calendar, or has otherwise.
func holiday() *model.Ledger {
	return &model.Ledger{
		Key: Holiday, Label: "节假日", Synonyms: []string{"节假日安排", "调休上班"}, Group: groupSystem, System: true,
		Title: "day", Match: [][]string{{"day"}}, Once: true,
		Fields: []model.Field{
			{Key: "day", Label: "日期", Kind: model.KindDate, Required: true, Index: true},
			{Key: "kind", Label: "休班", Kind: model.KindEnum, Required: true, Options: []model.Option{
				keyed(DayOff, "休", "放假", "休息"), keyed(DayWorked, "班", "上班", "调休上班")}},
			{Key: "name", Label: "节日", Kind: model.KindText},
			{Key: "source", Label: "来源", Kind: model.KindText, Help: "哪一份放假通知。"},
		},
	}
}
