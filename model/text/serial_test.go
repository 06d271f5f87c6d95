package text

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
)

func TestParseSerial(t *testing.T) {
	cases := []struct {
		num      float64
		date1904 bool
		isDate   bool
		text     string
		start    model.Day
		end      model.Day
		doubt    DoubtLevel
	}{
		{44635, false, true, "2022-03-15", "2022-03-15", "2022-03-15", ""},
		{43173, true, true, "2022-03-15", "2022-03-15", "2022-03-15", ""},
		{44635.75, false, true, "2022-03-15 18:00", "2022-03-15", "2022-03-15", ""},
		{44635.75, false, false, "2022-03-15 18:00", "2022-03-15", "2022-03-15", ""},
		{44635, false, false, "2022-03-15", "2022-03-15", "2022-03-15", Note},
		{61, false, true, "1900-03-01", "1900-03-01", "1900-03-01", ""},
		{60, false, true, "60", "", "", Wrong},
		{1, false, true, "1", "", "", Wrong},
		{25, false, true, "25", "", "", Wrong},
		{0, false, true, "", "", "", ""},
		{0, false, false, "", "", "", ""},
		{20220315, false, false, "20220315", "2022-03-15", "2022-03-15", ""},
		{20220315, false, true, "20220315", "2022-03-15", "2022-03-15", ""},
		{202203, false, false, "202203", "2022-03-01", "2022-03-31", ""},
		{202203, false, true, "202203", "2022-03-01", "2022-03-31", ""},
		{2022, false, false, "2022", "2022-01-01", "2022-12-31", ""},
		{2022.03, false, false, "2022.03", "2022-03-01", "2022-03-31", ""},
		{2022.12, false, false, "2022.12", "2022-12-01", "2022-12-31", ""},
		{2022.2, false, false, "2022.2", "2022-02-01", "2022-02-28", ""},
		{2022.1, false, false, "2022.1", "", "", Ask},
		{3.15, false, false, "3.15", "2022-03-15", "2022-03-15", Note},
		{3.1, false, false, "3.1", "", "", Ask},
		{2.3, false, false, "2.3", "2022-02-03", "2022-02-03", Note}, // there is no 30 February
		{-5, false, true, "-5", "", "", Wrong},
		{math.NaN(), false, true, "NaN", "", "", Wrong},
		{math.Inf(1), false, false, "+Inf", "", "", Wrong},
		{1e12, false, true, "1000000000000", "", "", Wrong},
		{20220230, false, false, "20220230", "", "", Wrong},
		{7, false, false, "7", "", "", Ask},
	}
	for _, c := range cases {
		got, doubt := ParseSerial(c.num, c.date1904, c.isDate, ref)
		if got.Text != c.text || got.Start != c.start || got.End != c.end || doubt.Level != c.doubt {
			t.Errorf("ParseSerial(%v, %v, %v) = %+v, %+v; want %+v", c.num, c.date1904, c.isDate, got, doubt, c)
		}
	}
}

func TestParseSerial_DroppedZeroOffersBoth(t *testing.T) {
	cases := map[float64][]string{2022.1: {"2022年1月", "2022年10月"}, 3.1: {"3月1日", "3月10日"}, 12.3: {"12月3日", "12月30日"}}
	for num, want := range cases {
		_, doubt := ParseSerial(num, false, false, ref)
		if !slices.Equal(doubt.Suggestions, want) || !strings.Contains(doubt.Message, "末尾的 0") {
			t.Errorf("%v: %+v", num, doubt)
		}
	}
}

// A serial is the number of days since the calendar's start, in both calendars.
func TestParseSerial_CountsDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := min(drawDay(t, "day"), "2150-12-31") // Day.Sub counts up to 292 years
		for mac, epoch := range map[bool]model.Day{false: "1899-12-30", true: "1904-01-01"} {
			got, doubt := ParseSerial(float64(day.Sub(epoch)), mac, true, "")
			if got != (model.DateWords{Text: string(day), Start: day, End: day, Kind: model.DateFixed}) || !doubt.IsZero() {
				t.Fatalf("%s (1904 %v) = %+v, %+v", day, mac, got, doubt)
			}
		}
	})
}

func TestParseMonth(t *testing.T) {
	cases := []struct {
		words string
		want  model.Month
		doubt DoubtLevel
	}{
		{"2026-11", "2026-11", ""}, {"2026年11月", "2026-11", ""}, {"2026年11月份", "2026-11", ""}, {"202611", "2026-11", ""},
		{"1985.03", "1985-03", ""}, {"2026-11-25", "2026-11", ""}, {"6月", "2022-06", Note}, {"本月", "2022-04", ""}, {"上月", "2022-03", ""},
		{"", "", ""}, {"/", "", ""},
		{"2026年", "", Wrong}, {"一季度", "", Wrong}, {"长期", "", Wrong}, {"每月25日前", "", Wrong}, {"2026-13", "", Wrong}, {"待定", "", Ask},
		{"2022年3月至今", "", Wrong},
	}
	for _, c := range cases {
		if got, doubt := ParseMonth(c.words, ref); got != c.want || doubt.Level != c.doubt {
			t.Errorf("ParseMonth(%q) = %s, %+v; want %s %s", c.words, got, doubt, c.want, c.doubt)
		}
	}
}

func TestDueIn(t *testing.T) {
	cases := []struct {
		period model.Month
		day    int
		want   model.Day
	}{
		{"2026-11", 25, "2026-11-25"}, {"2026-11", 1, "2026-11-01"}, {"2026-11", 31, "2026-11-30"}, {"2026-02", 30, "2026-02-28"},
		{"2026-11", 0, "2026-11-30"}, {"", 25, ""},
	}
	for _, c := range cases {
		if got := DueIn(c.period, c.day); got != c.want {
			t.Errorf("DueIn(%s, %d) = %s, want %s", c.period, c.day, got, c.want)
		}
	}
}

func TestFormatDayAndMonth(t *testing.T) {
	if got := FormatDay("2022-03-05"); got != "2022年3月5日" {
		t.Error(got)
	}
	if got := FormatMonth("2026-11") + FormatMonth("2026-03"); got != "2026年11月2026年3月" {
		t.Error(got)
	}
	if FormatDay("") != "" || FormatMonth("") != "" {
		t.Error("nothing is written as something")
	}
}
