package text

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
)

// The reporting day of all tests of dates in words.
const ref = model.Day("2022-04-28")

const (
	fixed    = model.DateFixed
	periodic = model.DatePeriodic
	longTerm = model.DateLongTerm
	atOnce   = model.DateAtOnce
)

var dateCases = []struct {
	words      string
	start, end model.Day
	kind       model.DateKind
	doubt      DoubtLevel
}{
	// one day in every layout
	{"2022-03-15", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022年3月15日", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022-3-15", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022/3/15", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022.3.15", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022。3。15", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022、3、15", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022 3 15", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022，3，15", "2022-03-15", "2022-03-15", fixed, ""},
	{"22.3.15", "2022-03-15", "2022-03-15", fixed, ""},
	{"22年3月15日", "2022-03-15", "2022-03-15", fixed, ""},
	{"85.3.15", "1985-03-15", "1985-03-15", fixed, ""},
	{"二〇二二年三月十五日", "2022-03-15", "2022-03-15", fixed, ""},
	{"二○二二年十二月三十一日", "2022-12-31", "2022-12-31", fixed, ""},
	{"２０２２年３月１５日", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022年03月15日 ", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022年 3月 15日", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022年3月15号", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022年3.15", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022—03—15", "2022-03-15", "2022-03-15", fixed, ""},
	{"'2022-3-15", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022年3月15日（星期二）", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022年3月15日周二", "2022-03-15", "2022-03-15", fixed, ""},
	{"20220315", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022/3/15 0:00:00", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022-03-15 08:30", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022-03-15T08:30:00Z", "2022-03-15", "2022-03-15", fixed, ""},
	{"3/15/2022", "2022-03-15", "2022-03-15", fixed, ""},
	{"15/3/2022", "2022-03-15", "2022-03-15", fixed, ""},
	{"3/3/2022", "2022-03-03", "2022-03-03", fixed, ""},
	{"4/5/2022", "", "", "", Ask},
	{"44635", "2022-03-15", "2022-03-15", fixed, Note},
	{"截至2022年3月15日", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022年3月15日前", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022年3月15日之前完成", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022年3月15日18:00前", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022年3月15日下班前报送", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022年3月15日下午3点前", "2022-03-15", "2022-03-15", fixed, ""},
	{"2022年3月15日18时30分前", "2022-03-15", "2022-03-15", fixed, ""},
	// months, quarters, years
	{"2022.03", "2022-03-01", "2022-03-31", fixed, ""},
	{"2022-3", "2022-03-01", "2022-03-31", fixed, ""},
	{"2022.1", "2022-01-01", "2022-01-31", fixed, ""},
	{"202203", "2022-03-01", "2022-03-31", fixed, ""},
	{"2022年3月", "2022-03-01", "2022-03-31", fixed, ""},
	{"2022年3月份", "2022-03-01", "2022-03-31", fixed, ""},
	{"2022.3月", "2022-03-01", "2022-03-31", fixed, ""},
	{"二〇二二年十二月", "2022-12-01", "2022-12-31", fixed, ""},
	{"2024年2月", "2024-02-01", "2024-02-29", fixed, ""},
	{"2022年", "2022-01-01", "2022-12-31", fixed, ""},
	{"2022", "2022-01-01", "2022-12-31", fixed, ""},
	{"2022年度", "2022-01-01", "2022-12-31", fixed, ""},
	{"2022年全年", "2022-01-01", "2022-12-31", fixed, ""},
	{"2022年一季度", "2022-01-01", "2022-03-31", fixed, ""},
	{"2022年第三季度", "2022-07-01", "2022-09-30", fixed, ""},
	{"2022年第4季度末", "2022-12-31", "2022-12-31", fixed, ""},
	{"2022Q2", "2022-04-01", "2022-06-30", fixed, ""},
	{"2022年上半年", "2022-01-01", "2022-06-30", fixed, ""},
	{"2022年下半年", "2022-07-01", "2022-12-31", fixed, ""},
	{"22.3", "2022-03-01", "2022-03-31", fixed, Note},
	// deadlines in words
	{"2022年底", "2022-12-31", "2022-12-31", fixed, ""},
	{"2022年12月底前", "2022-12-31", "2022-12-31", fixed, ""},
	{"2022年12月中旬", "2022-12-11", "2022-12-20", fixed, ""},
	{"2022年12月上旬", "2022-12-01", "2022-12-10", fixed, ""},
	{"2022年2月下旬", "2022-02-21", "2022-02-28", fixed, ""},
	{"6月底前", "2022-06-30", "2022-06-30", fixed, Note},
	{"6月底前完成", "2022-06-30", "2022-06-30", fixed, Note},
	{"六月底", "2022-06-30", "2022-06-30", fixed, Note},
	{"年底前", "2022-12-31", "2022-12-31", fixed, ""},
	{"年内", "2022-01-01", "2022-12-31", fixed, ""},
	{"年底", "2022-12-31", "2022-12-31", fixed, ""},
	{"今年底", "2022-12-31", "2022-12-31", fixed, ""},
	{"今年年底前", "2022-12-31", "2022-12-31", fixed, ""},
	{"明年6月底", "2023-06-30", "2023-06-30", fixed, ""},
	{"上半年", "2022-01-01", "2022-06-30", fixed, Note},
	{"一季度", "2022-01-01", "2022-03-31", fixed, Note},
	{"第三季度", "2022-07-01", "2022-09-30", fixed, Note},
	{"12月中旬", "2022-12-11", "2022-12-20", fixed, Note},
	{"12月", "2022-12-01", "2022-12-31", fixed, Note},
	{"月底前", "2022-04-30", "2022-04-30", fixed, ""},
	{"本月底", "2022-04-30", "2022-04-30", fixed, ""},
	{"本月25日", "2022-04-25", "2022-04-25", fixed, ""},
	{"下月10日前", "2022-05-10", "2022-05-10", fixed, ""},
	{"至2022年6月30日", "2022-06-30", "2022-06-30", fixed, ""},
	{"本季度末", "2022-06-30", "2022-06-30", fixed, ""},
	{"本季度", "2022-04-01", "2022-06-30", fixed, ""},
	{"上月底", "2022-03-31", "2022-03-31", fixed, ""},
	{"去年底", "2021-12-31", "2021-12-31", fixed, ""},
	{"第三季度末前", "2022-09-30", "2022-09-30", fixed, Note},
	{"2022年第三季度初", "2022-07-01", "2022-07-31", fixed, Note},
	{"2022年第三季度中", "2022-08-01", "2022-08-31", fixed, Note},
	{"4月中旬前", "2022-04-10", "2022-04-10", fixed, Note},
	{"月初", "2022-04-01", "2022-04-10", fixed, Note},
	{"2022年初", "2022-01-01", "2022-01-31", fixed, Note},
	{"2022年6月前", "2022-05-31", "2022-05-31", fixed, Note},
	{"“十四五”末", "2025-12-31", "2025-12-31", fixed, ""},
	{"十四五期末", "2025-12-31", "2025-12-31", fixed, ""},
	// the year is missing
	{"3.15", "2022-03-15", "2022-03-15", fixed, Note},
	{"3月15日", "2022-03-15", "2022-03-15", fixed, Note},
	{"3-15", "2022-03-15", "2022-03-15", fixed, Note},
	{"12月31日", "2022-12-31", "2022-12-31", fixed, Note},
	{"1月10日", "2023-01-10", "2023-01-10", fixed, Note},
	{"2月10日", "2022-02-10", "2022-02-10", fixed, Note},
	{"15日", "2022-04-15", "2022-04-15", fixed, Note},
	{"11月25日18:00前", "2022-11-25", "2022-11-25", fixed, Note},
	{"11月25日下班前", "2022-11-25", "2022-11-25", fixed, Note},
	// spans
	{"2022.3-2023.3", "2022-03-01", "2023-03-31", fixed, ""},
	{"2022.3.1-2022.3.15", "2022-03-01", "2022-03-15", fixed, ""},
	{"2022.3.1-3.15", "2022-03-01", "2022-03-15", fixed, ""},
	{"2022-03-01至2022-04-01", "2022-03-01", "2022-04-01", fixed, ""},
	{"2022-03-01-2022-04-01", "2022-03-01", "2022-04-01", fixed, ""},
	{"2022年3月—5月", "2022-03-01", "2022-05-31", fixed, ""},
	{"2022年3-5月", "2022-03-01", "2022-05-31", fixed, ""},
	{"2022年11月至2月", "2022-11-01", "2023-02-28", fixed, ""},
	{"2022年3月1日～15日", "2022-03-01", "2022-03-15", fixed, ""},
	{"2022年3月1-15日", "2022-03-01", "2022-03-15", fixed, ""},
	{"2022-2023年", "2022-01-01", "2023-12-31", fixed, ""},
	{"2013-2015", "2013-01-01", "2015-12-31", fixed, ""},
	{"202105-202305", "2021-05-01", "2023-05-31", fixed, ""},
	{"20210501-20230430", "2021-05-01", "2023-04-30", fixed, ""},
	{"2022年1月1日起至2022年12月31日止", "2022-01-01", "2022-12-31", fixed, ""},
	{"2022.4.5-6", "2022-04-05", "2022-04-06", fixed, ""},
	{"一至三季度", "2022-01-01", "2022-09-30", fixed, Note},
	{"3月至6月", "2022-03-01", "2022-06-30", fixed, Note},
	{"3-6月", "2022-03-01", "2022-06-30", fixed, Note},
	{"11月至次年2月", "2022-11-01", "2023-02-28", fixed, ""},
	{"2022年3月至今", "2022-03-01", "", longTerm, ""},
	{"2022.3-至今", "2022-03-01", "", longTerm, ""},
	{"自2022年3月起", "2022-03-01", "", longTerm, ""},
	// periodic, long-term, at once
	{"每月25日前", "2022-05-25", "2022-05-25", periodic, ""},
	{"每月30日前", "2022-04-30", "2022-04-30", periodic, ""},
	{"每季度末", "2022-06-30", "2022-06-30", periodic, ""},
	{"每周五前", "2022-04-29", "2022-04-29", periodic, ""},
	{"每年12月底前", "2022-12-31", "2022-12-31", periodic, ""},
	{"每月至少1次", "2022-04-30", "2022-04-30", periodic, ""},
	{"按月报送", "2022-04-30", "2022-04-30", periodic, ""},
	{"每两周", "", "", periodic, ""},
	{"长期坚持", "", "", longTerm, ""},
	{"持续推进", "", "", longTerm, ""},
	{"常态化", "", "", longTerm, ""},
	{"长期", "", "", longTerm, ""},
	{"一直坚持", "", "", longTerm, ""},
	{"全年", "", "", longTerm, ""},
	{"长期坚持，12月底前初见成效", "", "", longTerm, Note},
	{"立行立改", "2022-04-28", "2022-04-28", atOnce, ""},
	{"立即整改", "2022-04-28", "2022-04-28", atOnce, ""},
	{"立行立改，2022年6月底前完成", "2022-06-30", "2022-06-30", fixed, Note},
	// nothing, or nothing sound
	{"", "", "", "", ""},
	{"　", "", "", "", ""},
	{"/", "", "", "", ""},
	{"——", "", "", "", ""},
	{"无", "", "", "", ""},
	{"0", "", "", "", ""},
	{"1900-01-00", "", "", "", ""},
	{"1900/1/0", "", "", "", ""},
	{"2022-02-30", "", "", "", Wrong},
	{"2022年2月30日", "", "", "", Wrong},
	{"2022-13-01", "", "", "", Wrong},
	{"2022-00-15", "", "", "", Wrong},
	{"2022-03-00", "", "", "", Wrong},
	{"20220230", "", "", "", Wrong},
	{"202213", "", "", "", Wrong},
	{"20220300", "", "", "", Wrong},
	{"20220015", "", "", "", Wrong},
	{"202200", "", "", "", Wrong},
	{"1/0/2000", "", "", "", Wrong},
	{"13/14/2022", "", "", "", Wrong},
	{"2022.4-5-6", "", "", "", Ask},
	{"4月31日", "", "", "", Wrong},
	{"9999-12-31", "", "", "", Wrong},
	{"2202-20-01", "", "", "", Wrong},
	{"0022-03-15", "", "", "", Wrong},
	{"2022.2.1-2022.2.30", "", "", "", Wrong},
	{"2022年5月至2022年3月", "", "", "", Ask},
	{"待定", "", "", "", Ask},
	{"下周五", "", "", "", Ask},
	{"春节前", "", "", "", Ask},
	{"15日内", "", "", "", Ask},
	{"3个月内", "", "", "", Ask},
	{"5个工作日内完成", "", "", "", Ask},
	{"2022年3月15日25:00", "", "", "", Ask},
	{"123", "", "", "", Ask},
	{"2022年3月15日和4月1日", "", "", "", Ask},
	{"张示例一", "", "", "", Ask},
}

func TestParseDate(t *testing.T) {
	for _, c := range dateCases {
		got, doubt := ParseDate(c.words, ref)
		if got.Start != c.start || got.End != c.end || got.Kind != c.kind || doubt.Level != c.doubt {
			t.Errorf("ParseDate(%q) = %s…%s %s, doubt %q %s; want %s…%s %s, doubt %q",
				c.words, got.Start, got.End, got.Kind, doubt.Level, doubt.Message, c.start, c.end, c.kind, c.doubt)
		}
		nothing := c.kind == "" && c.doubt == ""
		if want := Clean(c.words); !nothing && got.Text != want || nothing && !got.IsZero() {
			t.Errorf("ParseDate(%q) keeps the words %q", c.words, got.Text)
		}
	}
}

func TestParseDate_OffersReadings(t *testing.T) {
	cases := []struct {
		words   string
		message string // part of it
		offers  []string
	}{
		{"3月15日", "2022年3月15日", []string{"2022年3月15日", "2021年3月15日", "2023年3月15日"}},
		{"2022年6月前", "2022年5月31日", []string{"2022年5月31日", "2022年6月30日"}},
		{"4/5/2022", "分不清月和日", []string{"2022年4月5日", "2022年5月4日"}},
		{"15日内", "没有写从哪一天算起", []string{"2022年5月13日"}},
		{"3个月内", "没有写从哪一天算起", []string{"2022年7月28日"}},
		{"44635", "日期序号", []string{"2022年3月15日"}},
		{"2022-02-30", "日历上没有这一天", nil},
		{"待定", "看不出是哪一天", nil},
		{"立行立改，2022年6月底前完成", "2022年6月30日", nil},
	}
	for _, c := range cases {
		_, doubt := ParseDate(c.words, ref)
		if !strings.Contains(doubt.Message, c.message) || !slices.Equal(doubt.Suggestions, c.offers) {
			t.Errorf("ParseDate(%q): %s %q", c.words, doubt.Message, doubt.Suggestions)
		}
	}
}

// What the words leave out is never made up without a reporting day.
func TestParseDate_WithoutReportingDay(t *testing.T) {
	for _, words := range []string{"3月15日", "15日", "6月底前", "年底前", "本月底", "上半年", "一季度", "3月-6月", "明年6月"} {
		got, doubt := ParseDate(words, "")
		if got.End != "" || got.Text != words || doubt.Level != Ask {
			t.Errorf("ParseDate(%q) = %+v, %+v", words, got, doubt)
		}
	}
	for _, words := range []string{"2022年3月15日", "22.3.15", "长期", "每月25日前", "立行立改"} {
		if _, doubt := ParseDate(words, ""); !doubt.IsZero() {
			t.Errorf("ParseDate(%q): doubt %+v", words, doubt)
		}
	}
}

func TestParseDate_YearNearestToReport(t *testing.T) {
	cases := []struct {
		ref   model.Day
		words string
		end   model.Day
	}{
		{"2022-01-05", "12月25日", "2021-12-25"},
		{"2022-01-05", "10月5日", "2021-10-05"},
		{"2022-01-05", "10月4日", "2022-10-04"},
		{"2022-11-30", "1月15日", "2023-01-15"},
		{"2022-11-30", "8月30日", "2022-08-30"},
		{"2022-11-30", "8月29日", "2023-08-29"},
		{"2022-02-10", "年底前", "2022-12-31"},
		{"2023-05-01", "2月29日", "2024-02-29"},
		{"2022-05-31", "2月28日", "2022-02-28"},
	}
	for _, c := range cases {
		if got, _ := ParseDate(c.words, c.ref); got.End != c.end {
			t.Errorf("ParseDate(%q, %s) ends %s, want %s", c.words, c.ref, got.End, c.end)
		}
	}
}

func drawDay(t *rapid.T, label string) model.Day {
	year := rapid.IntRange(firstYear+51, lastYear).Draw(t, label+" year")
	month := rapid.IntRange(1, 12).Draw(t, label+" month")
	return model.NewDay(year, month, rapid.IntRange(1, daysIn(year, month)).Draw(t, label+" day"))
}

// Every layout that the program or Excel writes reads back as the day.
func TestParseDate_ReadsWhatIsWritten(t *testing.T) {
	layouts := []func(model.Day) string{
		func(d model.Day) string { return string(d) },
		FormatDay,
		func(d model.Day) string { return strings.ReplaceAll(string(d), "-", "") },
		func(d model.Day) string { return d.Time().Format("2006/1/2") },
		func(d model.Day) string { return d.Time().Format("2006.1.2") },
		func(d model.Day) string { return d.Time().Format(" 2006年01月02日　") },
		func(d model.Day) string { return d.Time().Format("2006-01-02 15:04:05") },
	}
	rapid.Check(t, func(t *rapid.T) {
		day, from := drawDay(t, "a"), drawDay(t, "ref")
		words := rapid.SampledFrom(layouts).Draw(t, "layout")(day)
		got, doubt := ParseDate(words, from)
		if got.Start != day || got.End != day || !doubt.IsZero() {
			t.Fatalf("ParseDate(%q) = %+v, %+v", words, got, doubt)
		}
		month, doubt := ParseMonth(FormatMonth(day.Month()), from)
		if month != day.Month() || !doubt.IsZero() {
			t.Fatalf("ParseMonth(%q) = %s, %+v", FormatMonth(day.Month()), month, doubt)
		}
	})
}

// A span of two days reads back as both, whatever joins them.
func TestParseDate_ReadsSpans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawDay(t, "a"), drawDay(t, "b")
		a, b = min(a, b), max(a, b)
		words := FormatDay(a) + rapid.SampledFrom([]string{"-", "至", "—", "～", " - "}).Draw(t, "mark") + FormatDay(b)
		if got, doubt := ParseDate(words, ref); got.Start != a || got.End != b || !doubt.IsZero() {
			t.Fatalf("ParseDate(%q) = %+v, %+v", words, got, doubt)
		}
	})
}

// A reading is whole: a fixed date ends, spans are in order, and what is not read
// has a doubt and keeps its words.
func checkReading(t interface{ Errorf(string, ...any) }, words string, got model.DateWords, doubt Doubt) {
	_, okStart := model.ParseDay(string(got.Start))
	_, okEnd := model.ParseDay(string(got.End))
	switch {
	case got.Start != "" && !okStart, got.End != "" && !okEnd:
		t.Errorf("%q: no days: %+v", words, got)
	case got.Start != "" && got.End != "" && got.Start > got.End:
		t.Errorf("%q: span back to front: %+v", words, got)
	case got.Kind == fixed && (got.End == "" || got.Start == ""):
		t.Errorf("%q: a fixed date without an end: %+v", words, got)
	case got.Kind == "" && !got.IsZero() && doubt.Level != Ask && doubt.Level != Wrong:
		t.Errorf("%q: not read and no doubt: %+v", words, got)
	case !doubt.IsZero() && doubt.Message == "":
		t.Errorf("%q: a doubt without words: %+v", words, doubt)
	}
	for _, s := range doubt.Suggestions {
		if again, d := ParseDate(s, ref); again.End == "" || d.Level == Ask || d.Level == Wrong {
			t.Errorf("%q: suggestion %q is no date", words, s)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, c := range dateCases {
		f.Add(c.words)
	}
	f.Fuzz(func(t *testing.T, words string) {
		got, doubt := ParseDate(words, ref)
		checkReading(t, words, got, doubt)
		if again, _ := ParseDate(got.Text, ref); again != got && !got.IsZero() {
			t.Errorf("%q: its own words %q read %+v, not %+v", words, got.Text, again, got)
		}
	})
}

func BenchmarkParseDate_ISO(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ParseDate("2022-03-15", ref)
	}
}

func BenchmarkParseDate_Words(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ParseDate("2022年3月15日前", ref)
	}
}
