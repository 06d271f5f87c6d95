package reports_test

import "testing"

func TestPage_FollowsTheMonthOfTheTopBar(t *testing.T) {
	r := newRoom(t)
	r.page.SetPeriod("2026-10")
	r.Shows("2026年10月")
	r.page.SetPeriod("2026-11")
	r.Shows("2026年11月")
	r.NoErrors()
}
