package text

import (
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
)

func TestNextOccurrence(t *testing.T) {
	cases := []struct {
		words string
		today model.Day
		want  model.Day
	}{
		{"每月25日前", "2022-04-24", "2022-04-25"},
		{"每月25日前", "2022-04-25", "2022-04-25"},
		{"每月25日前", "2022-04-26", "2022-05-25"},
		{"每月25号前报送", "2022-12-26", "2023-01-25"},
		{"每月的25日", "2022-04-01", "2022-04-25"},
		{"每个月25日", "2022-04-01", "2022-04-25"},
		{"每月31日", "2022-04-01", "2022-04-30"},
		{"每月底前", "2024-02-01", "2024-02-29"},
		{"每月月底", "2022-02-01", "2022-02-28"},
		{"每月", "2022-02-01", "2022-02-28"},
		{"每月上旬", "2022-02-11", "2022-03-10"},
		{"每月5日、20日前", "2022-04-06", "2022-04-20"},
		{"每月5、20日前", "2022-04-21", "2022-05-05"},
		{"每月至少走访1次", "2022-04-06", "2022-04-30"},
		{"每半月", "2022-04-06", "2022-04-15"},
		{"每半个月", "2022-04-16", "2022-04-30"},
		{"每旬", "2022-04-11", "2022-04-20"},
		{"每季度末", "2022-04-28", "2022-06-30"},
		{"每季度", "2022-12-31", "2022-12-31"},
		{"每季度末月25日前", "2022-06-26", "2022-09-25"},
		{"每季度首月10日前", "2022-04-28", "2022-07-10"},
		{"每半年", "2022-04-28", "2022-06-30"},
		{"每年", "2022-04-28", "2022-12-31"},
		{"每年6月、12月底前", "2022-07-01", "2022-12-31"},
		{"每年3月15日前", "2022-03-16", "2023-03-15"},
		{"每周", "2022-04-28", "2022-05-01"},
		{"每周五前", "2022-04-28", "2022-04-29"},
		{"每周五前", "2022-04-30", "2022-05-06"},
		{"每周日", "2022-04-28", "2022-05-01"},
		{"每周一、三、五", "2022-04-28", "2022-04-29"},
		{"每星期三", "2022-04-28", "2022-05-04"},
		{"每周一次", "2022-04-28", "2022-05-01"},
		{"每天", "2022-04-28", "2022-04-28"},
		{"按季度报送", "2022-04-28", "2022-06-30"},
		{"每两周", "2022-04-28", ""},
		{"每3个月", "2022-04-28", ""},
		{"每月25日前", "", ""},
	}
	for _, c := range cases {
		w, doubt := ParseDate(c.words, c.today)
		if w.Kind != model.DatePeriodic || !doubt.IsZero() || w.End != c.want {
			t.Errorf("ParseDate(%q, %s) = %+v, %+v; want the end %s", c.words, c.today, w, doubt, c.want)
		}
		if got := NextOccurrence(w, c.today); got != c.want {
			t.Errorf("NextOccurrence(%q, %s) = %s, want %s", c.words, c.today, got, c.want)
		}
	}
	for _, words := range []string{"2022年3月15日", "长期", "每况愈下", ""} {
		w, _ := ParseDate(words, ref)
		if got := NextOccurrence(w, ref); got != "" {
			t.Errorf("NextOccurrence(%q) = %s", words, got)
		}
	}
	if got := NextOccurrence(model.DateWords{Text: "乱写", Kind: model.DatePeriodic}, ref); got != "" {
		t.Errorf("words that are no cycle: %s", got)
	}
}

// The next occurrence is not in the past, is its own next occurrence, and no
// occurrence lies between.
func TestNextOccurrence_IsTheNext(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SampledFrom([]string{"每月25日前", "每月31日", "每季度末", "每周五前", "每半年", "每旬", "每年2月29日", "每周一、四"}).Draw(t, "words")
		w := model.DateWords{Text: words, Kind: model.DatePeriodic}
		today := drawDay(t, "today")
		next := NextOccurrence(w, today)
		if next < today || NextOccurrence(w, next) != next {
			t.Fatalf("%s after %s is %s, then %s", words, today, next, NextOccurrence(w, next))
		}
		between := today.Add(rapid.IntRange(0, next.Sub(today)).Draw(t, "days"))
		if got := NextOccurrence(w, between); got != next {
			t.Fatalf("%s after %s is %s, but after %s it is %s", words, today, next, between, got)
		}
	})
}
