package ledgers

import (
	"strconv"

	"xiangzhen/model"
)

// followedChecks are the rules that every ledger of followed items shares, as far
// as it has the fields.
func followedChecks(l *model.Ledger) []model.Check {
	checks := []model.Check{
		ordered(l.Key+".dates", "assigned", "due", l.Field("due").Label+"早于"+l.Field("assigned").Label+"。"),
		{ID: l.Key + ".long_term", Level: model.Doubt, Source: "长期事项要有复核日期", Func: checkLongTerm},
		{ID: l.Key + ".closed_on", Level: model.Doubt, Source: "跨栏核对", Func: checkClosedOn},
	}
	if l.Parent != "" {
		checks = append(checks, model.Check{ID: l.Key + ".after_parent", Level: model.Doubt, Source: "时限逻辑", Func: checkAfterParent})
	}
	if l.Field("target_qty") != nil {
		checks = append(checks, model.Check{ID: l.Key + ".over_split", Level: model.Doubt, Source: "合计等于各行之和", Func: checkOverSplit})
	}
	if l.Field("milestones") != nil {
		checks = append(checks, model.Check{ID: l.Key + ".milestones", Level: model.Doubt, Source: "时限逻辑", Func: checkMilestones})
	}
	return checks
}

func checkAfterParent(in model.CheckInput) []model.Problem {
	own, above := in.Record.Get("due"), in.Parent.Get("due")
	if own.When != model.DateFixed || above.When != model.DateFixed || own.End <= above.End {
		return nil
	}
	return found("due", in.Ledger.Field("due").Label+"晚于上级"+in.Ledger.Label+"的“"+above.Text+"”。", "请核对，或者向上级申请延期。")
}

func checkLongTerm(in model.CheckInput) []model.Problem {
	if in.Record.Get("due").When != model.DateLongTerm || !in.Record.Get("review_on").IsEmpty() {
		return nil
	}
	return found("review_on", "长期事项没有复核日期，不会亮灯提醒。", "请填一个复核日期。")
}

func checkClosedOn(in model.CheckInput) []model.Problem {
	done, closed := stateOf(in.Record) == StateDone, !in.Record.Get("closed_on").IsEmpty()
	day, state := in.Ledger.Field("closed_on").Label, in.Ledger.Field("state")
	switch {
	case closed && !done:
		return found("closed_on", "填了"+day+"，"+state.Label+"还不是"+state.OptionLabel(StateDone)+"。", "请核对"+state.Label+"。")
	case done && !closed:
		return found("closed_on", state.OptionLabel(StateDone)+"，没有"+day+"。", "请补填"+day+"。")
	}
	return nil
}

func checkOverSplit(in model.CheckInput) []model.Problem {
	over := -in.Record.Get("owed").Num
	if over <= 0 {
		return nil
	}
	return found("target_qty", "下级的目标量合计超出 "+model.FormatScaled(over, quantityScale, false)+in.Record.Get("target_unit").Text+"。",
		"请核对下级事项的目标量。")
}

func checkMilestones(in model.CheckInput) []model.Problem {
	r := in.Record
	steps, unread := Milestones(r.Get("milestones").Text, either(r.Get("assigned"), model.OnDay(in.Today)).End)
	var out []model.Problem
	for _, line := range unread {
		out = append(out, found("milestones", "阶段目标第 "+strconv.Itoa(line)+" 行看不出是哪一天。", "请写成“6月底前：完成勘测 30%”。")...)
	}
	due := r.Get("due")
	if n := len(steps); n > 0 && due.When == model.DateFixed && steps[n-1].Day > due.End {
		out = append(out, found("milestones", "最后一个阶段目标晚于完成时限“"+due.Text+"”。", "请核对阶段目标和完成时限。")...)
	}
	return out
}
