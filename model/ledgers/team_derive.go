package ledgers

import (
	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// deriveTeam tells how long a member's term still runs: red once it is over,
// yellow within the days of parameter team.warn_days.
func deriveTeam(in model.DeriveInput) model.Derived {
	out := model.NewRecord(Team, in.Record.ID)
	end := in.Record.Get("to").End
	if end == "" {
		out.Put("term_light", model.Text(LightNone))
		return model.Derived{Values: out.Values}
	}
	out.Put("days_left", model.Int(int64(end.Sub(in.Today))))
	warn := in.Params.Int(rule.TermWarnDays)
	out.Put("term_light", model.Text(timeLamp(end, ReasonTime, warn, in.Today).light))
	return model.Derived{Values: out.Values, NextChange: firstAfter(in.Today, end.Add(-warn), end.Add(1))}
}
