package report

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
)

func ask(table, asker string, due, sent model.Day, columns ...AskedColumn) BurdenAsk {
	return BurdenAsk{Table: table, Title: "表" + table, Asker: asker, Period: model.Period(due.Month()), Due: due, SentOn: sent, Asked: columns}
}

var (
	fundsColumn  = AskedColumn{"下达资金", "fund.amount", ByProgram}
	fundsHeader  = AskedColumn{"下达 资金", "下达资金", ByHand}
	otherWords   = AskedColumn{"已到位资金", "fund.amount", ByProgram}
	nameColumn   = AskedColumn{"姓名", "", ByProgram}
	unknownThing = AskedColumn{"抽查结果", "抽查结果", ByNobody}
)

func TestRollUpBurden(t *testing.T) {
	got := RollUpBurden([]BurdenAsk{
		ask("b", "农业局", "2026-10-26", "2026-10-25", fundsColumn, nameColumn),
		ask("b", "农业局", "2026-11-25", "2026-11-24", fundsColumn, nameColumn), // the next period of the same table
		ask("a", "组织部", "2026-11-20", "2026-11-20", otherWords, nameColumn, unknownThing),
		ask("c", "农业局", "2026-11-30", "", nil...),                // not sent yet
		ask("d", "应急局", "2026-12-25", "2026-12-25", fundsHeader), // 31 days after the last
		ask("e", "应急局", "", "2026-12-20", fundsHeader),           // sent without having been due
		ask("f", "别的年", "2027-01-05", "2027-01-05", fundsHeader),
	}, "2026-10", "2026-12")
	if !slices.Equal(got.Months, []model.Month{"2026-10", "2026-11", "2026-12"}) || len(got.Lines) != 3 {
		t.Fatalf("%+v", got)
	}
	for i, want := range []struct {
		asker   string
		byMonth []int
		counts  [5]int // times, tables, columns, program, again
	}{
		{"农业局", []int{1, 2, 0}, [5]int{3, 2, 4, 4, 1}},
		{"组织部", []int{0, 1, 0}, [5]int{1, 1, 3, 2, 1}},
		{"应急局", []int{0, 0, 2}, [5]int{2, 2, 2, 0, 2}},
	} {
		l := got.Lines[i]
		if l.Asker != want.asker || !slices.Equal(l.ByMonth, want.byMonth) || [5]int{l.Times, l.Tables, l.Columns, l.Program, l.Again} != want.counts {
			t.Errorf("%+v, want %+v", l, want)
		}
	}
	if got.Sum.Times != 6 || got.Sum.Tables != 5 || got.Sum.Again != len(got.Again) {
		t.Errorf("sum %+v over %d", got.Sum, len(got.Again))
	}
	if tenths, ok := got.Lines[1].Share(); tenths != 666 || !ok {
		t.Errorf("share %d %v", tenths, ok)
	}
	first := got.Again[0]
	if first.Header != "已到位资金" || first.Given != "表b" || first.GivenOn != "2026-10-25" || first.On != "2026-11-20" {
		t.Errorf("%+v", first)
	}
}

// TestRollUpBurden_Properties: the lines add up to the sum, and the order in which tables were
// asked for changes no count.
func TestRollUpBurden_Properties(t *testing.T) {
	columns := []AskedColumn{fundsColumn, fundsHeader, otherWords, nameColumn, unknownThing}
	rapid.Check(t, func(t *rapid.T) {
		var asks []BurdenAsk
		for range rapid.IntRange(0, 15).Draw(t, "asks") {
			day := model.Day("2026-09-15").Add(rapid.IntRange(0, 120).Draw(t, "day"))
			sent := day
			if rapid.Bool().Draw(t, "open") {
				sent = ""
			}
			asks = append(asks, ask(rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "table"), rapid.SampledFrom([]string{"甲局", "乙局"}).Draw(t, "asker"),
				day, sent, rapid.SliceOfN(rapid.SampledFrom(columns), 0, 4).Draw(t, "columns")...))
		}
		got := RollUpBurden(asks, "2026-10", "2026-12")
		times, again := 0, 0
		for _, l := range got.Lines {
			n := 0
			for _, m := range l.ByMonth {
				n += m
			}
			if n != l.Times || l.Program > l.Columns || l.Again > l.Columns {
				t.Fatalf("%+v", l)
			}
			times, again = times+l.Times, again+l.Again
		}
		other := RollUpBurden(rapid.Permutation(asks).Draw(t, "order"), "2026-10", "2026-12")
		if times != got.Sum.Times || again != got.Sum.Again || other.Sum.Times != got.Sum.Times || other.Sum.Again != got.Sum.Again || len(got.Again) != again {
			t.Fatalf("%+v\n%+v", got.Sum, other.Sum)
		}
	})
}
