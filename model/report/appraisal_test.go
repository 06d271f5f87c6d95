package report

import "testing"

// TestAppraisee_SaysWhatTheDaysComeFrom: three months' sheets are not taken for a year's.
func TestAppraisee_SaysWhatTheDaysComeFrom(t *testing.T) {
	p := Appraisee{Days: YearLine{Sum: 63}, Months: 3}
	p.Days.Has[0], p.Days.Has[1], p.Days.Has[2] = true, true, true
	if got := p.days(" 天"); got != "63 天" {
		t.Errorf("whole: %s", got)
	}
	p.Months = 11
	if got := p.Facts(); got != "驻村 63 天（11 个月中有考勤表的 3 个月），走访 0 户次，写日志 0 篇，负责的事项办结 0 项" {
		t.Errorf("in part: %s", got)
	}
}
