package app

import (
	"fmt"
	"path/filepath"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/report"
	"xiangzhen/model/rule"
	"xiangzhen/model/store"
)

// BenchmarkCheck100kHouseholds runs every rule over 100,000 households with 300,000
// members: at most 10 s on two cores.
func BenchmarkCheck100kHouseholds(b *testing.B) {
	a, err := CreateDemo(b.Context(), Options{Path: filepath.Join(b.TempDir(), "大.xzdb"), Today: testDay, Origin: "test"}, "", 1)
	check(b, err)
	defer a.Close()
	_, villages, err := a.List(b.Context(), ListRequest{Ledger: ledgers.Area, Where: []string{"level=村"}})
	check(b, err)
	const households, each = 100_000, 3
	var records []*model.Record
	for i := range households {
		records = append(records, benchHousehold(i, each, villages.Records[i%len(villages.Records)])...)
	}
	_, err = a.do(b.Context(), "import", "大量农户", func(tx *store.Tx) error { return tx.AddAll(records) })
	check(b, err)
	records = nil
	for b.Loop() {
		n := 0
		for _, ledger := range []string{ledgers.Household, ledgers.HouseholdMember} {
			problems, err := a.Check(b.Context(), ledger)
			check(b, err)
			n += len(problems)
		}
		if n == 0 {
			b.Fatal("the planted defects were not found")
		}
	}
}

func benchHousehold(i, members int, village *model.Record) []*model.Record {
	h := model.NewRecord(ledgers.Household, fmt.Sprintf("019b0000-0000-7000-8000-%012d", i))
	h.Area = village.ID
	h.Put("village", model.Reference(village.ID, village.Get("name").Text))
	h.Put("householder", model.Text(fmt.Sprintf("户主%06d", i)))
	h.Put("population", model.Int(int64(members)))
	h.Put("income_pc", model.Int(900000))
	h.Put("kind", model.List("一般户"))
	h.Put("water", model.Bool(true))
	out := []*model.Record{h}
	for n := range members {
		m := model.NewRecord(ledgers.HouseholdMember, fmt.Sprintf("019b0000-0000-7001-8000-%012d", i*members+n))
		m.Area = village.ID
		m.Put("household", model.Reference(h.ID, h.Get("householder").Text))
		m.Put("name", model.Text(fmt.Sprintf("成员%06d%d", i, n)))
		m.Put("id_number", model.Text(benchNumber(i*members+n)))
		m.Put("gender", model.Text([]string{"女", "男"}[(i*members+n)%2]))
		m.Put("labour", model.Text("普通劳动力"))
		if n == 0 {
			h.Put("id_number", m.Get("id_number"))
		}
		out = append(out, m)
	}
	return out
}

// benchNumber is the nth of a million valid numbers of the unassigned area 990103.
func benchNumber(n int) string {
	digits := fmt.Sprintf("990103%d%02d%02d%03d", 1940+n/1000/336%80, 1+n/1000/28%12, 1+n/1000%28, n%1000)
	return digits + string(rule.IDCheck(digits))
}

// BenchmarkRollUp2000 reads the attendance of 2,000 people over twelve months and
// rolls it up: at most 500 ms.
func BenchmarkRollUp2000(b *testing.B) {
	a, err := CreateDemo(b.Context(), Options{Path: filepath.Join(b.TempDir(), "县.xzdb"), Today: "2026-12-31", Origin: "test"}, "示例县", 1)
	check(b, err)
	defer a.Close()
	_, villages, err := a.List(b.Context(), ListRequest{Ledger: ledgers.Area, Where: []string{"level=村"}})
	check(b, err)
	var records []*model.Record
	for i := range 2000 {
		records = append(records, benchMember(i, villages.Records[i%len(villages.Records)])...)
	}
	_, err = a.do(b.Context(), "import", "考勤", func(tx *store.Tx) error { return tx.AddAll(records) })
	check(b, err)
	params, err := a.Settings(b.Context())
	check(b, err)
	calendar, err := a.calendar(b.Context(), a.store)
	check(b, err)
	for b.Loop() {
		teams, err := a.teams(b.Context(), "2026-12")
		check(b, err)
		people := 0
		for _, v := range teams {
			for _, m := range v.Members {
				report.RollUp(m, "2026-12", a.Today(), params, calendar)
				people++
			}
		}
		if people < 2000 {
			b.Fatal(people)
		}
	}
}

func benchMember(i int, village *model.Record) []*model.Record {
	m := model.NewRecord(ledgers.Team, fmt.Sprintf("019b0000-0000-7002-8000-%012d", i))
	m.Area = village.ID
	at := model.Reference(village.ID, village.Get("name").Text)
	m.Put("village", at)
	m.Put("name", model.Text(fmt.Sprintf("队员%04d", i)))
	m.Put("from", model.OnDay("2025-01-01"))
	out := []*model.Record{m}
	for month := 1; month <= 12; month++ {
		line := model.NewRecord(ledgers.Attendance, fmt.Sprintf("019b0000-0000-7003-8000-%012d", i*12+month))
		line.Area = village.ID
		line.Put("member", model.Reference(m.ID, m.Get("name").Text))
		line.Put("village", at)
		line.Put("period", model.Text(fmt.Sprintf("2026-%02d", month)))
		for day := 1; day <= 28; day++ {
			line.Put(ledgers.DayField(day), model.Text(ledgers.MarkResident))
		}
		out = append(out, line)
	}
	return out
}
