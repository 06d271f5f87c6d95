package app

import (
	"testing"

	"pgregory.net/rapid"
)

// TestTally_AddsUp: every receiver counts once, in the whole and in its group.
func TestTally_AddsUp(t *testing.T) {
	status := rapid.SampledFrom([]string{StandReported, StandLate, StandMissing, StandReturned, StandZero, StandEmpty, StandToCorrect})
	rapid.Check(t, func(rt *rapid.T) {
		var c Completeness
		for range rapid.IntRange(0, 40).Draw(rt, "rows") {
			s := status.Draw(rt, "status")
			c.Rows = append(c.Rows, Standing{Group: rapid.SampledFrom([]string{"甲镇", "乙镇", "丙乡"}).Draw(rt, "group"), Status: s,
				Late: s == StandLate || counted(s) && s != StandReported && rapid.Bool().Draw(rt, "late")})
		}
		all, sum := c.Tally(), Tally{}
		for _, g := range c.ByGroup() {
			sum.Expected += g.Expected
			sum.OnTime += g.OnTime
			sum.Late += g.Late
		}
		if all.Expected != len(c.Rows) || all.OnTime+all.Late != all.Reported || all.Reported+len(c.missing()) != all.Expected {
			rt.Fatalf("%+v of %d", all, len(c.Rows))
		}
		if sum.Expected != all.Expected || sum.OnTime != all.OnTime || sum.Late != all.Late {
			rt.Fatalf("the groups add up to %+v, not %+v", sum, all)
		}
		rate, ok := all.Rate()
		if punctual, _ := all.Punctual(); ok != (all.Expected > 0) || punctual > rate || rate > 1000 {
			rt.Fatalf("rates %d, %d (%v)", punctual, rate, ok)
		}
	})
}
