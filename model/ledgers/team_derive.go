package ledgers

import (
	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// deriveTeam tells how long a member's term still runs: red once it is over,
// yellow within the days of parameter team.warn_days. Terms are counted every
// day, so the next change is tomorrow wherever an end is known.
func deriveTeam(in model.DeriveInput) model.Derived {
	out := model.NewRecord(Team, in.Record.ID)
	end := in.Record.Get("to").End
	if end == "" {
		out.Put("term_light", model.Text(LightNone))
		return model.Derived{Values: out.Values}
	}
	out.Put("days_left", model.Int(int64(end.Sub(in.Today))))
	out.Put("term_light", model.Text(timeLamp(end, ReasonTime, in.Params.Int(rule.TermWarnDays), in.Today).light))
	return model.Derived{Values: out.Values, NextChange: in.Today.Add(1)}
}
