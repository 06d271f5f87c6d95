package rule

import (
	"maps"
	"strings"

	"xiangzhen/model"
)

// RuleSet is a policy year's words (规则方案): what people of that time call
// things. Terms maps the standing word, as code and ledgers write it, to the
// word of the day.
type RuleSet struct {
	Key   string
	Label string
	From  model.Day // first day in force; "" = since ever
	Terms map[string]string
}

// ruleSets are the shipped sets, oldest first. The words of 2026 are those of
// CLERK 20; words without a known successor are not guessed.
var ruleSets = []RuleSet{
	{Key: "2022", Label: "2022 年口径", Terms: map[string]string{
		"监测对象": "监测对象",
		"监测户":  "监测户",
	}},
	{Key: "2026", Label: "2026 年口径", From: "2026-01-01", Terms: map[string]string{
		"监测对象": "防止返贫致贫对象",
		"监测户":  "防止返贫致贫对象",
	}},
}

// RuleSetOn returns the set of words in force on a day, the newest for no day.
func RuleSetOn(day model.Day) RuleSet {
	set := ruleSets[0]
	for _, s := range ruleSets {
		if day == "" || s.From <= day {
			set = s
		}
	}
	set.Terms = maps.Clone(set.Terms)
	return set
}

// Terms returns the words in force on a day by their standing word.
func Terms(day model.Day) map[string]string { return RuleSetOn(day).Terms }

// Term returns the word of the day for a standing word, itself if it has no other.
func Term(day model.Day, word string) string {
	if w, ok := RuleSetOn(day).Terms[word]; ok {
		return w
	}
	return word
}

// Words returns the words in force on a day with those a county has given itself
// (TermPrefix) in place of the set's.
func Words(day model.Day, params model.Params) map[string]string {
	out := Terms(day)
	for key, value := range params {
		if word, ok := strings.CutPrefix(key, TermPrefix); ok && value != "" {
			out[word] = value
		}
	}
	return out
}

// Word returns the word of the day for a standing word, as Words says.
func Word(day model.Day, params model.Params, word string) string {
	if own := params[TermPrefix+word]; own != "" {
		return own
	}
	return Term(day, word)
}
