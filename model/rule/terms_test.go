package rule

import (
	"testing"

	"xiangzhen/model"
)

func TestTerm_ByDate(t *testing.T) {
	tests := []struct {
		day        model.Day
		word, want string
	}{
		{"2022-03-15", "监测对象", "监测对象"},
		{"2025-12-31", "监测对象", "监测对象"},
		{"2026-01-01", "监测对象", "防止返贫致贫对象"},
		{"", "监测对象", "防止返贫致贫对象"}, // no day: the newest set
		{"2026-01-01", "村民", "村民"},
	}
	for _, tt := range tests {
		if got := Term(tt.day, tt.word); got != tt.want {
			t.Errorf("Term(%q, %s) = %s, want %s", tt.day, tt.word, got, tt.want)
		}
	}
}

func TestRuleSets_KnowTheSameWords(t *testing.T) {
	oldest := ruleSets[0]
	if oldest.From != "" {
		t.Error("the oldest set must have been in force since ever")
	}
	for i, set := range ruleSets[1:] {
		if set.From <= ruleSets[i].From {
			t.Errorf("set %s is out of order", set.Key)
		}
		for word := range oldest.Terms {
			if set.Terms[word] == "" {
				t.Errorf("set %s has no word for %s", set.Key, word)
			}
		}
	}
}

func TestTerms_AreCopies(t *testing.T) {
	Terms("2022-01-01")["监测对象"] = "x"
	if Term("2022-01-01", "监测对象") != "监测对象" {
		t.Error("a caller changed the shipped words")
	}
}
