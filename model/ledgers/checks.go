package ledgers

import (
	"strconv"

	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// The checks of the built-in ledgers: typed rules over one record, nearly all of
// them 疑点 (DOMAIN §2). A rule says nothing where it does not know enough.

// found is the result of a rule with one finding.
func found(field, message, suggestion string) []model.Problem {
	return []model.Problem{{Field: field, Message: message, Suggestion: suggestion}}
}

// withFix offers a correction of a problem.
func withFix(problems []model.Problem, fix model.Fix) []model.Problem {
	problems[0].Fixes = []model.Fix{fix}
	return problems
}

// ordered is the rule that one date of a record is not before another.
func ordered(id, from, to, message string) model.Check {
	return model.Check{ID: id, Level: model.Doubt, Source: "时限逻辑", Func: func(in model.CheckInput) []model.Problem {
		start, end := in.Record.Get(from).Start, in.Record.Get(to).End
		if start == "" || end == "" || end >= start {
			return nil
		}
		return found(to, message, "请核对两个日期。")
	}}
}

// idMatches is the rule that sex and birth month agree with the ID number.
func idMatches(ledger string) model.Check {
	return model.Check{ID: ledger + ".id_matches", Level: model.Doubt, Source: "GB 11643", Func: func(in model.CheckInput) []model.Problem {
		birth, male, ok := rule.IDInfo(in.Record.Get("id_number").Text)
		if !ok {
			return nil
		}
		var out []model.Problem
		if g := in.Record.Get("gender").Text; g != "" && (g == "男") != male {
			out = append(out, found("gender", "性别与证件号码不一致。", "请对照证件核对。")...)
		}
		if m := in.Record.Get("birth").Text; m != "" && m != string(birth.Month()) {
			out = append(out, found("birth", "出生年月与证件号码不一致。", "请对照证件核对。")...)
		}
		return out
	}}
}

func areaChecks() []model.Check {
	return append(villageTeamChecks(), []model.Check{
		{ID: "area.code", Level: model.Doubt, Source: "统计用区划代码编制规则", Func: checkAreaCode},
		{ID: "area.prefix", Level: model.Doubt, Source: "统计用区划代码编制规则", Func: checkAreaPrefix},
	}...)
}

func checkAreaCode(in model.CheckInput) []model.Problem {
	code := in.Record.Get("code").Text
	if code == "" {
		return nil
	}
	if _, err := strconv.ParseUint(code, 10, 64); err == nil && len(code) == codeLength {
		return nil
	}
	return found("code", "区划代码应为 12 位数字。", "请对照统计用区划代码核对；不清楚可以不填。")
}

// significant is the number of leading digits of a code that a level owns; the
// rest are zeros, and a child begins with what its parent owns.
var significant = map[string]int{
	string(model.LevelCounty): 6, string(model.LevelTown): 9, string(model.LevelVillage): 12,
}

func checkAreaPrefix(in model.CheckInput) []model.Problem {
	own, above := in.Record.Get("code").Text, in.Parent.Get("code").Text
	n := significant[in.Parent.Get("level").Text]
	if len(own) != codeLength || len(above) != codeLength || own[:n] == above[:n] {
		return nil
	}
	return found("code", "区划代码与上级的代码不衔接。", "请核对代码和上级。")
}

func personChecks() []model.Check { return []model.Check{idMatches(Person)} }

func postChecks() []model.Check {
	return []model.Check{ordered("post.dates", "from", "to", "免职时间早于任职时间。")}
}

func progressChecks() []model.Check {
	return []model.Check{
		{ID: "progress.finished", Level: model.Doubt, Source: "跨栏核对", Func: checkFinished},
		{ID: "progress.future", Level: model.Doubt, Source: "时限逻辑", Func: checkFuturePeriod},
	}
}

func checkFinished(in model.CheckInput) []model.Problem {
	percent := in.Record.Get("percent")
	if !in.Record.Get("finished").Bool() || percent.IsEmpty() || percent.Num >= fullPercent {
		return nil
	}
	return found("finished", "填了办结，完成比例还不到 100%。", "请核对完成比例，或者改为未办结。")
}

func checkFuturePeriod(in model.CheckInput) []model.Problem {
	if model.Month(in.Record.Get("period").Text) <= in.Today.Month() || in.Today == "" {
		return nil
	}
	return found("period", "报送期还没有到。", "请核对报送期。")
}

func teamChecks() []model.Check {
	return []model.Check{
		idMatches(Team),
		ordered("team.dates", "from", "to", "任期届满时间早于选派时间。"),
		{ID: "team.term", Level: model.Doubt, Source: "任期一般不少于 2 年（S-26）", Params: []string{rule.TermYears}, Func: checkTerm},
		{ID: "team.party", Level: model.Doubt, Source: "第一书记应为正式党员（S-24）", Params: []string{rule.PartyYears}, Func: checkParty},
		{ID: "team.work", Level: model.Doubt, Source: "第一书记应有 2 年以上工作经历（S-24）", Params: []string{rule.WorkYears}, Func: checkWork},
		{ID: "team.twice", Level: model.Doubt, Source: "同一人不能在两个村任职", Beside: []model.Beside{besideTeamTwins}, Func: checkTeamTwice},
	}
}

func checkTerm(in model.CheckInput) []model.Problem {
	from, to := in.Record.Get("from").Start, in.Record.Get("to").End
	if from == "" || to == "" || to.Add(1) >= yearsAfter(from, in.Params.Int(rule.TermYears)) {
		return nil
	}
	return found("to", "任期不足 "+in.Params[rule.TermYears]+" 年。", "请核对选派时间和任期届满时间。")
}

func isFirst(r *model.Record) bool {
	role := r.Get("role").Text
	return role == roleFirst || role == roleFirstAndLeader
}

func checkParty(in model.CheckInput) []model.Problem {
	politics := in.Record.Get("politics").Text
	switch {
	case !isFirst(in.Record):
		return nil
	case politics != "" && politics != PartyMember:
		return found("politics", "第一书记应为中共正式党员。", "请核对政治面貌。")
	}
	return shortOf(in, "party_since", rule.PartyYears, "党龄")
}

func checkWork(in model.CheckInput) []model.Problem {
	if !isFirst(in.Record) {
		return nil
	}
	return shortOf(in, "work_since", rule.WorkYears, "工龄")
}

// shortOf finds less than the years a parameter asks for between a date and the
// beginning of the term.
func shortOf(in model.CheckInput, since, param, what string) []model.Problem {
	start, from := in.Record.Get(since).Start, in.Record.Get("from").End
	if start == "" || from == "" || from >= yearsAfter(start, in.Params.Int(param)) {
		return nil
	}
	return found(since, "选派时"+what+"不足 "+in.Params[param]+" 年。", "请核对日期。")
}

func yearsAfter(d model.Day, years int) model.Day {
	return model.DayOf(d.Time().AddDate(years, 0, 0))
}
