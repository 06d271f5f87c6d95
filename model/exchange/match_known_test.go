package exchange

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
)

// Rows whose words the ledger does not have are not looked for one by one, and
// those that it has are found all the same.
func TestPlanImport_AsksOnlyForKnownWords(t *testing.T) {
	m := newLedger(t)
	rows := [][]string{taskHeader, {"1", "改造危房", "甲一村", "", ""}}
	for i := range 30 {
		rows = append(rows, []string{fmt.Sprint(i + 2), fmt.Sprintf("新修水渠%d", i), "甲一村", "", ""})
	}
	b := table(rows...)
	in := ImportInput{Book: b, Table: &FindTables(b)[0], Ledger: m.catalog.Ledger("task"), Matches: []Match{{Col: 2, Path: "title"}, {Col: 3, Path: "unit"}}}
	matcher := &countingMatch{memLedger: m}
	p, err := PlanImport(in, matcher, m.env())
	if err != nil || p.Counts().Add != 30 || p.Counts().Same != 1 {
		t.Fatalf("%+v %v", p.Counts(), err)
	}
	if matcher.n != 1 {
		t.Errorf("asked %d times for one known row", matcher.n)
	}
}

// countingMatch counts the calls of Match.
type countingMatch struct {
	*memLedger
	n int
}

func (c *countingMatch) Match(ledger string, keys map[string]model.Value) ([]*model.Record, error) {
	c.n++
	return c.memLedger.Match(ledger, keys)
}

// The short ways to a shape, a total and an example come to what the expressions
// alone come to.
func TestShortcuts_AgreeWithTheExpressions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.StringOfN(rapid.RuneFrom([]rune("0123456789-./,年月日+¥%e元x合计总累例如(:)张")), 1, 12, -1).Draw(t, "key")
		want, ok := shapeText, false
		switch {
		case numberWords.MatchString(key):
			want, ok = shapeNumber, true
		case dayWords.MatchString(key):
			want, ok = shapeDate, true
		case codeWords.MatchString(key):
			want, ok = shapeNumber, true
		}
		if got, is := valueShape(key); got != want || is != ok {
			t.Fatalf("valueShape(%q) = %v %v", key, got, is)
		}
		if isTotal(key) != totalWords.MatchString(key) {
			t.Fatalf("isTotal(%q)", key)
		}
		if isSample(key) != sampleWord.MatchString(key) {
			t.Fatalf("isSample(%q)", key)
		}
	})
}
