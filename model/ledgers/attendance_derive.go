package ledgers

import (
	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// deriveAttendance computes the sums of a line. While the month runs, days without
// a mark become more from one day to the next.
func deriveAttendance(in model.DeriveInput) model.Derived {
	c := CountDays(in.Record, in.Today)
	out := model.Derived{Values: map[string]model.Value{}}
	for key, n := range map[string]int{
		"resident_days": c.Resident, "errand_days": c.Errand, "leave_days": c.Leave, "absent_days": c.Absent,
		"counted_days": c.Counted(in.Params.On(rule.ErrandsCount)), "unmarked_days": c.Unmarked,
	} {
		out.Values[key] = model.Int(int64(n))
	}
	month := model.Month(in.Record.Get("period").Text)
	if first, last := month.First(), month.Last(); last > in.Today {
		out.NextChange = max(first, in.Today.Add(1))
	}
	return out
}
