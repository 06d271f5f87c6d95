package ledgers

import (
	"strconv"

	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// The rules of the teams in the villages, their attendance and absences (DOMAIN §2).

// What these rules look at besides their record.
var (
	besideTeamOfVillage = model.Beside{Ledger: Team, Field: "village", Own: model.RecordID}
	besideTeamTwins     = model.Beside{Ledger: Team, Field: "id_number", Own: "id_number"}
	besideMember        = model.Beside{Ledger: Team, Field: model.RecordID, Own: "member"}
	besideLogs          = model.Beside{Ledger: MemberLog, Field: "member", Own: "member"}
	besideVisits        = model.Beside{Ledger: Visit, Field: "visitor", Own: "member"}
	besideLeaves        = model.Beside{Ledger: Leave, Field: "member", Own: "member"}
)

// notFuture is the rule that a day is not later than today.
func notFuture(id, field, message string) model.Check {
	return model.Check{ID: id, Level: model.Doubt, Source: "时限逻辑", Func: func(in model.CheckInput) []model.Problem {
		if day := in.Record.Get(field).Start; day == "" || in.Today == "" || day <= in.Today {
			return nil
		}
		return found(field, message, "请核对日期。")
	}}
}

// noMore is the rule that one number is not greater than another.
func noMore(field, limit, message string) func(model.CheckInput) []model.Problem {
	return func(in model.CheckInput) []model.Problem {
		v, most := in.Record.Get(field), in.Record.Get(limit)
		if !v.Set || !most.Set || v.Num <= most.Num {
			return nil
		}
		return found(field, message, "请核对两个数。")
	}
}

// inTerm reports whether a member's term runs on a day.
func inTerm(member *model.Record, day model.Day) bool {
	from, to := member.Get("from").Start, member.Get("to").End
	return from <= day && (to == "" || day <= to)
}

func villageTeamChecks() []model.Check {
	return []model.Check{
		{ID: "area.team_size", Level: model.Doubt, Source: "每队一般不少于 3 人（S-24）", Params: []string{rule.TeamSize},
			Beside: []model.Beside{besideTeamOfVillage}, Func: checkTeamSize},
		{ID: "area.first_secretary", Level: model.Doubt, Source: "脱贫村、安置村、软弱涣散村应有第一书记（S-24、S-25）",
			Beside: []model.Beside{besideTeamOfVillage}, Func: checkFirstSecretary},
	}
}

func checkTeamSize(in model.CheckInput) []model.Problem {
	n, least := 0, in.Params.Int(rule.TeamSize)
	for _, m := range in.Beside(besideTeamOfVillage) {
		if inTerm(m, in.Today) {
			n++
		}
	}
	if n == 0 || n >= least {
		return nil
	}
	return found("name", "驻村工作队只有 "+strconv.Itoa(n)+" 人，少于 "+strconv.Itoa(least)+" 人。", "任务较轻的可以减少，请核实。")
}

func checkFirstSecretary(in model.CheckInput) []model.Problem {
	switch in.Record.Get("kind").Text {
	case "脱贫村", "易地搬迁安置村", "软弱涣散村":
	default:
		return nil
	}
	for _, m := range in.Beside(besideTeamOfVillage) {
		if inTerm(m, in.Today) && isFirst(m) {
			return nil
		}
	}
	return found("kind", in.Record.Get("kind").Text+"没有在任的第一书记。", "请核对花名册，或者报县里选派。")
}

// checkTeamTwice finds a person who is in two teams at one time.
func checkTeamTwice(in model.CheckInput) []model.Problem {
	r := in.Record
	for _, other := range in.Beside(besideTeamTwins) {
		if other.ID == r.ID || other.Get("village") == r.Get("village") {
			continue
		}
		if overlap(r.Get("from").Start, r.Get("to").End, other.Get("from").Start, other.Get("to").End) {
			return found("village", "这个人同时在“"+other.Get("village").Text+"”的工作队里。", "请核对任期，或者删去重复的一条。")
		}
	}
	return nil
}

// overlap reports whether two spans share a day; an open end is "".
func overlap(from, to, otherFrom, otherTo model.Day) bool {
	return (otherTo == "" || from <= otherTo) && (to == "" || otherFrom <= to)
}

func attendanceChecks() []model.Check {
	return []model.Check{
		{ID: "attendance.days", Level: model.Doubt, Source: "考勤表逐日填写", Func: checkDaysOfMonth},
		{ID: "attendance.month_days", Level: model.Doubt, Source: "每月驻村不少于 20 天（S-23）；有的县按比例（S-27）",
			Params: []string{rule.MonthDays, rule.MonthShare, rule.ErrandsCount}, Beside: []model.Beside{besideMember}, Func: checkMonthDays},
		{ID: "attendance.two_places", Level: model.Doubt, Source: "同一天不能在两个村驻村",
			Beside: []model.Beside{besideMember, besideLogs, besideVisits}, Func: checkTwoPlaces},
		{ID: "attendance.leave", Level: model.Doubt, Source: "请假要有登记", Beside: []model.Beside{besideLeaves}, Func: checkLeaveMarks},
	}
}

// emptyDay takes a mark off a day that cannot have one.
var emptyDay = model.Fix{Kind: "empty_day", Label: "清空这一天"}

// checkDaysOfMonth finds marks on days that the month does not have or that are to come.
func checkDaysOfMonth(in model.CheckInput) []model.Problem {
	first := model.Month(in.Record.Get("period").Text).First()
	if first == "" {
		return nil
	}
	for n := 1; n <= mostDays; n++ {
		day := first.Add(n - 1)
		switch mark := in.Record.Get(DayField(n)).Text; {
		case mark == "":
		case day.Month() != first.Month():
			return withFix(found(DayField(n), "这个月没有 "+strconv.Itoa(n)+" 日。", "请核对月份，或者清空这一格。"), emptyDay)
		case day > in.Today && in.Today != "" && mark == MarkResident:
			return withFix(found(DayField(n), strconv.Itoa(n)+" 日还没有到，已经填了驻村。", "请清空还没有到的日子。"), emptyDay)
		}
	}
	return nil
}

// checkMonthDays compares a whole month in office with what the county asks for.
func checkMonthDays(in model.CheckInput) []model.Problem {
	month := model.Month(in.Record.Get("period").Text)
	first, last := month.First(), month.Last()
	member := in.One(besideMember)
	if first == "" || last >= in.Today || member == nil || !inTerm(member, first) || !inTerm(member, last) {
		return nil
	}
	c := CountDays(in.Record, in.Today)
	got := c.Counted(in.Params.On(rule.ErrandsCount))
	need := DaysAsked(first.Month(), in.Params)
	if c.Unmarked > 0 || got >= need {
		return nil
	}
	return found("member", "当月驻村 "+strconv.Itoa(got)+" 天，不足 "+strconv.Itoa(need)+" 天。", "请核对考勤，或者补办请假。")
}

// DaysAsked is how many days of a whole month a county asks for in the village; 0
// for none.
func DaysAsked(month model.Month, params model.Params) int {
	return max(params.Int(rule.MonthDays), shareOfDays(month.Last().DayOfMonth(), params.Int(rule.MonthShare)))
}

// shareOfDays is a percentage of a number of days, rounded up.
func shareOfDays(days, percent int) int { return (days*percent + 99) / 100 }

// checkTwoPlaces finds a diary or a visit in another village on a day marked √.
func checkTwoPlaces(in model.CheckInput) []model.Problem {
	own := in.Record.Get("village").ID
	if own == "" {
		own = in.One(besideMember).Get("village").ID
	}
	for _, deed := range deeds(in) {
		there := deed.record.Get("village")
		if there.ID != "" && own != "" && there.ID != own && MarkOn(in.Record, deed.day) == MarkResident {
			return found(DayField(deed.day.DayOfMonth()), string(deed.day)+" 在本村驻村，又有在“"+there.Text+"”的"+deed.word+"。", "请核对是哪一个村。")
		}
	}
	return nil
}

// deed is a diary entry or a visit of a member.
type deed struct {
	record *model.Record
	day    model.Day
	word   string
}

func deeds(in model.CheckInput) []deed {
	var out []deed
	for _, r := range in.Beside(besideLogs) {
		out = append(out, deed{r, r.Get("log_on").Start, "日志"})
	}
	for _, r := range in.Beside(besideVisits) {
		out = append(out, deed{r, r.Get("visited_on").Start, "走访"})
	}
	return out
}

// checkLeaveMarks finds days marked as leave that no registered absence covers.
func checkLeaveMarks(in model.CheckInput) []model.Problem {
	var out []model.Problem
	eachDay(in.Record, func(day model.Day, mark string) {
		if len(out) > 0 || mark != MarkPersonal && mark != MarkSick && mark != MarkRest {
			return
		}
		for _, leave := range in.Beside(besideLeaves) {
			if covers(leave, day) && leaveStage(leave, in.Today) != LeaveRefused {
				return
			}
		}
		out = found(DayField(day.DayOfMonth()), string(day)+" 记为请假，请销假登记里没有。", "请补登记，或者核对考勤。")
	})
	return out
}

func leaveChecks() []model.Check {
	return []model.Check{
		{ID: "leave.approver", Level: model.Doubt, Source: "3 天以内由乡镇党委批准，超过的报县委组织部（S-23）；有的县为 5 天（S-5）",
			Params: []string{rule.LeaveLimit}, Func: checkApprover},
		{ID: "leave.approval", Level: model.Doubt, Source: "先批准后离岗", Func: checkLeaveApproval},
		{ID: "leave.back", Level: model.Doubt, Source: "假满要销假", Func: checkLeaveBack},
		{ID: "leave.days", Level: model.Doubt, Source: "跨栏核对", Func: checkLeaveDays},
		{ID: "leave.overlap", Level: model.Doubt, Source: "请假期间不应有日志、走访", Beside: []model.Beside{besideLogs, besideVisits}, Func: checkLeaveOverlap},
	}
}

func checkApprover(in model.CheckInput) []model.Problem {
	r, limit := in.Record, in.Params.Int(rule.LeaveLimit)
	days, by := spanDays(r), r.Get("approved_by").Text
	if days <= limit || r.Get("kind").Text == errandLeave || by == ApproverCounty || leaveStage(r, in.Today) == LeaveAsked || leaveStage(r, in.Today) == LeaveRefused {
		return nil
	}
	return found("approved_by", "请假 "+strconv.Itoa(days)+" 天，超过 "+strconv.Itoa(limit)+" 天，没有县委组织部批准。", "请补报县委组织部。")
}

func checkLeaveApproval(in model.CheckInput) []model.Problem {
	start := in.Record.Get("span").Start
	if leaveStage(in.Record, in.Today) != LeaveAsked || start == "" || start > in.Today {
		return nil
	}
	return found("approver", "假期已经开始，还没有审批。", "请补办审批。")
}

func checkLeaveBack(in model.CheckInput) []model.Problem {
	r := in.Record
	switch end, back := r.Get("span").End, r.Get("back_on"); {
	case leaveStage(r, in.Today) == LeaveUnclosed:
		return found("back_on", "假期已满，还没有销假。", "请填销假时间。")
	case back.End != "" && back.End < r.Get("span").Start:
		return found("back_on", "销假时间早于请假开始。", "请核对两个时间。")
	case back.End != "" && end != "" && back.Start > end.Add(3):
		return found("back_on", "销假时间比假期结束晚了 3 天以上。", "请核对是否超假。")
	}
	return nil
}

// checkLeaveDays allows for week-ends left out of the count, not for more days than
// there are.
func checkLeaveDays(in model.CheckInput) []model.Problem {
	days, span := in.Record.Get("days"), spanDays(in.Record)
	if !days.Set || span == 0 || days.Num <= int64(span)*10 {
		return nil
	}
	return withFix(found("days", "天数多于起止时间的 "+strconv.Itoa(span)+" 天。", "请核对天数。"),
		model.Fix{Kind: "span_days", Label: "改成起止天数", Words: strconv.Itoa(span)})
}

func checkLeaveOverlap(in model.CheckInput) []model.Problem {
	if stage := leaveStage(in.Record, in.Today); stage == LeaveRefused || in.Record.Get("kind").Text == errandLeave {
		return nil
	}
	back := in.Record.Get("back_on").Start
	for _, deed := range deeds(in) {
		if covers(in.Record, deed.day) && (back == "" || deed.day < back) {
			return found("span", string(deed.day)+" 在请假期间，又有"+deed.word+"。", "请核对日期。")
		}
	}
	return nil
}
