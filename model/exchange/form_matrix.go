package exchange

import (
	"slices"
	"strconv"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// A matrix is a form like any other whose columns go across the days of the month: a
// row a person, a column a field of the one month sheet that the person has. So its
// days are claimed, merged and taken back one by one.

// attendanceMonth is the monthly attendance of the resident teams (驻村考勤月报).
func attendanceMonth() Form {
	columns := []FormColumn{
		{Path: PathSeq, Header: "序号", Width: 6},
		{Path: "name", Header: "姓名", Width: 10},
		{Path: "role", Width: 12},
	}
	for day := 1; day <= 31; day++ {
		columns = append(columns, FormColumn{Path: dayOfSheet(day), Header: strconv.Itoa(day), Width: 4.5, Fill: true})
	}
	columns = append(columns, FormColumn{Path: ledgers.Attendance + ".remark", Header: "备注", Width: 16, Fill: true})
	return Form{
		Key: "attendance_month", Label: "驻村考勤月报", Over: ledgers.Team, Where: []string{"term_light!=已届满"}, Columns: columns,
		Cadence: model.Monthly, Due: model.Due{Day: 3, Hour: 18, Next: true, Roll: model.RollLater},
		Notes: []string{
			"填表说明：1. 照签到簿填，每人每天一个符号：√驻村　△公出　○事假　☆病假　＋休假　×缺勤　—双休、节假日。2. 还没有到的日子空着。3. 名单有变动的，请与镇里联系。",
		},
	}
}

func dayOfSheet(day int) Path { return Path(ledgers.Attendance + "." + ledgers.DayField(day)) }

// visitMonth is the monthly list of calls on monitored households (监测对象走访月报):
// a row a visit, none going out.
func visitMonth() Form {
	return Form{
		Key: "visit_month", Label: "监测对象走访月报", Over: ledgers.Visit, Shape: ShapeNew,
		Columns: []FormColumn{
			{Path: PathSeq, Header: "序号", Width: 6},
			{Path: "visited_on", Width: 13, Fill: true},
			{Path: "household", Width: 12, Fill: true},
			{Path: "visitor", Width: 12, Fill: true},
			{Path: "at_home", Width: 10, Fill: true},
			{Path: "topics", Width: 24, Fill: true},
			{Path: "problem", Width: 28, Fill: true},
			{Path: "handling", Width: 12, Fill: true},
			{Path: "done_on", Width: 13, Fill: true},
			{Path: "satisfied", Width: 10, Fill: true},
		},
		Cadence: model.Monthly, Due: model.Due{Day: 3, Hour: 18, Next: true, Roll: model.RollLater}, ZeroOK: true, FreeRows: 40,
		Notes: []string{
			"填表说明：1. 走访一次填一行，户主姓名从下拉列表里选。2. 行不够时在下面接着填。3. 本月没有走访的，在“走访内容”写“本月无”。",
		},
	}
}

// Within returns the form for a period: without the days that its month does not have.
func (f Form) Within(period model.Period) Form {
	last := period.Last()
	if last == "" {
		return f
	}
	f.Columns = slices.DeleteFunc(slices.Clone(f.Columns), func(c FormColumn) bool {
		for day := last.DayOfMonth() + 1; day <= 31; day++ {
			if c.Path == dayOfSheet(day) {
				return true
			}
		}
		return false
	})
	return f
}
