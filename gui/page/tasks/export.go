package tasks

import (
	"slices"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// chipWhere says in app's words what each chip shows, as chipFits does.
var chipWhere = map[string][]string{
	chipLate:   {"light=" + ledgers.LightRed, "light_reason=" + ledgers.ReasonTime},
	chipSoon:   {"light=" + ledgers.LightYellow, "light_reason=" + ledgers.ReasonTime},
	chipGap:    {"light_reason=" + ledgers.ReasonGap},
	chipStale:  {"light_reason=" + ledgers.ReasonSilence},
	chipReview: {"state=" + ledgers.StateReview},
	chipTodo:   notStates(ledgers.StateDoing, ledgers.StateReview, ledgers.StateDone, ledgers.StatePaused, ledgers.StateEnded),
	chipDone:   {"state=" + ledgers.StateDone},
}

func notStates(keys ...string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = "state!=" + k
	}
	return out
}

// exportRequest writes the own items that the view shows, with the columns it has.
func exportRequest(d data, v view, cols []grid.Column, out string) app.ExportRequest {
	req := app.ExportRequest{Out: out, List: app.ListRequest{Ledger: d.ledger.Key, Area: d.homeID(), Search: v.Search}}
	req.List.Where = slices.Clone(chipWhere[v.Chip])
	if v.Category != "" {
		req.List.Where = append(req.List.Where, "category="+v.Category)
	}
	if v.Unit != "" {
		req.List.Where = append(req.List.Where, "unit~"+v.Unit)
	}
	for _, c := range cols {
		if words := v.Columns[c.Key]; words != "" && d.ledger.Field(c.Key) != nil {
			req.List.Where = append(req.List.Where, c.Key+"~"+words)
		}
		req.Columns = append(req.Columns, exportColumns(c.Key)...)
	}
	return req
}

// exportColumns are the fields of a column on the screen: some show several.
func exportColumns(key string) []string {
	switch key {
	case colQuantity:
		return []string{"target_qty", "target_unit", "done_qty"}
	case colDue:
		return []string{"due_first", "due"}
	}
	return []string{key}
}
