package text

import (
	"math/big"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"xiangzhen/model"
)

// The tests here compare the package's own arithmetic with slower ways that
// cannot share its faults.

func TestDaysIn_AsTimeKnows(t *testing.T) {
	for year := firstYear; year <= lastYear; year++ {
		for month := 1; month <= 12; month++ {
			want := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
			if got := daysIn(year, month); got != want {
				t.Fatalf("daysIn(%d, %d) = %d, want %d", year, month, got, want)
			}
		}
	}
}

// decimalOracle writes n/10^places with an optional exponent and returns the
// exact value as a fraction.
func decimalOracle(t *rapid.T) (words string, exact *big.Rat) {
	digits := rapid.StringMatching(`[0-9]{1,17}`).Draw(t, "whole")
	fraction := rapid.StringMatching(`[0-9]{0,9}`).Draw(t, "fraction")
	exponent := rapid.IntRange(-9, 9).Draw(t, "exponent")
	words = digits
	if fraction != "" {
		words += "." + fraction
	}
	exact, ok := new(big.Rat).SetString(words)
	if !ok {
		t.Fatalf("oracle cannot read %q", words)
	}
	if exponent != 0 {
		words += "e" + big.NewInt(int64(exponent)).String()
		exact.Mul(exact, power(exponent))
	}
	if rapid.Bool().Draw(t, "negative") {
		return "-" + words, exact.Neg(exact)
	}
	return words, exact
}

func power(n int) *big.Rat {
	r := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(n, -n))), nil))
	if n < 0 {
		return r.Inv(r)
	}
	return r
}

// half away from zero, in exact arithmetic
func roundOracle(r *big.Rat) *big.Int {
	half := big.NewRat(1, 2)
	sum := new(big.Rat).Add(new(big.Rat).Abs(r), half)
	q := new(big.Int).Quo(sum.Num(), sum.Denom())
	if r.Sign() < 0 {
		q.Neg(q)
	}
	return q
}

func TestParseNumber_AsFractionsKnow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words, exact := decimalOracle(t)
		scale := rapid.IntRange(0, MaxScale).Draw(t, "scale")
		exact.Mul(exact, power(scale))
		want := roundOracle(exact)
		got, err := ParseNumber(words, scale)
		switch {
		case err != nil && want.IsInt64():
			t.Fatalf("ParseNumber(%q, %d): %v, want %s", words, scale, err, want)
		case err == nil && (!want.IsInt64() || want.Int64() != got.Value):
			t.Fatalf("ParseNumber(%q, %d) = %d, want %s", words, scale, got.Value, want)
		case err == nil && (got.Lost == "") != exact.IsInt():
			t.Fatalf("ParseNumber(%q, %d) says it lost %q", words, scale, got.Lost)
		}
	})
}

// A numeric cell is read as the 15 digits that Excel shows.
func TestParseCellNumber_AsFifteenDigits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shown := rapid.Int64Range(-999_999_999_999_999, 999_999_999_999_999).Draw(t, "digits")
		f, _ := new(big.Rat).SetFrac(big.NewInt(shown), big.NewInt(10_000)).Float64()
		raw := new(big.Float).SetFloat64(f).Text('g', 17) // as Excel writes it
		got, err := ParseCellNumber(raw, 4)
		if err != nil || got.Value != shown || got.Lost != "" {
			t.Fatalf("ParseCellNumber(%s) = %+v, %v; want %d", raw, got, err, shown)
		}
	})
}

func TestConvertUnit_AsFractionsKnow(t *testing.T) {
	var units []string
	for u, m := range measures {
		if m.dimension == "money" {
			units = append(units, u)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Int64().Draw(t, "value")
		from, to := rapid.SampledFrom(units).Draw(t, "from"), rapid.SampledFrom(units).Draw(t, "to")
		want := new(big.Rat).SetInt64(value)
		want.Mul(want, big.NewRat(int64(measures[from].factor), int64(measures[to].factor)))
		got, err := ConvertUnit(value, from, to)
		if fits := want.IsInt() && want.Num().IsInt64(); fits != (err == nil) || fits && want.Num().Int64() != got {
			t.Fatalf("ConvertUnit(%d, %s, %s) = %d, %v; want %s", value, from, to, got, err, want)
		}
	})
}

// distanceOracle is the definition of the edit distance, without a table.
func distanceOracle(a, b []rune) int {
	switch {
	case len(a) == 0 || len(b) == 0:
		return len(a) + len(b)
	case a[0] == b[0]:
		return distanceOracle(a[1:], b[1:])
	}
	return 1 + min(distanceOracle(a[1:], b), distanceOracle(a, b[1:]), distanceOracle(a[1:], b[1:]))
}

func TestDistance_AsDefined(t *testing.T) {
	words := rapid.StringOfN(rapid.SampledFrom([]rune("青山村")), 0, 6, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := words.Draw(t, "a"), words.Draw(t, "b")
		if got, want := Distance(a, b), distanceOracle([]rune(a), []rune(b)); got != want {
			t.Fatalf("Distance(%s, %s) = %d, want %d", a, b, got, want)
		}
	})
}

// dueOracles say of a single day whether the words fall due on it.
var dueOracles = map[string]func(model.Day) bool{
	"每月25日前":    func(d model.Day) bool { return d.DayOfMonth() == 25 },
	"每月底前":      func(d model.Day) bool { return d == d.Month().Last() },
	"每月31日":     func(d model.Day) bool { return d == d.Month().Last() },
	"每旬":        func(d model.Day) bool { return d.DayOfMonth() == 10 || d.DayOfMonth() == 20 || d == d.Month().Last() },
	"每周五前":      func(d model.Day) bool { return d.Time().Weekday() == time.Friday },
	"每周":        func(d model.Day) bool { return d.Time().Weekday() == time.Sunday },
	"每天":        func(model.Day) bool { return true },
	"每季度末":      func(d model.Day) bool { return d == d.Month().Last() && monthOf(d)%3 == 0 },
	"每季度首月10日前": func(d model.Day) bool { return d.DayOfMonth() == 10 && monthOf(d)%3 == 1 },
	"每半年":       func(d model.Day) bool { return d == d.Month().Last() && monthOf(d)%6 == 0 },
	"每年":        func(d model.Day) bool { return strings.HasSuffix(string(d), "-12-31") },
	"每年3月15日前":  func(d model.Day) bool { return strings.HasSuffix(string(d), "-03-15") },
}

func TestNextOccurrence_DayByDay(t *testing.T) {
	for words, due := range dueOracles {
		w := model.DateWords{Text: words, Kind: model.DatePeriodic}
		next := model.Day("")
		for d := model.Day("2025-12-31"); d >= "2023-12-01"; d = d.Add(-1) { // over a leap day
			if due(d) {
				next = d
			}
			if got := NextOccurrence(w, d); next != "" && got != next {
				t.Errorf("NextOccurrence(%s, %s) = %s, want %s", words, d, got, next)
				break
			}
		}
	}
}

// Whatever day the words are read on, the year chosen is the one that lies in
// the window, and there is exactly one.
func TestParseDate_WindowHoldsOneYear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, meant := min(drawDay(t, "ref"), "2198-01-01"), drawDay(t, "meant")
		if strings.HasSuffix(string(meant), "02-29") {
			t.Skip("not in every year")
		}
		got, _ := ParseDate(meant.Time().Format("1月2日"), from)
		if got.End < addMonths(from, -windowBefore) || got.End >= addMonths(from, windowAfter) || got.End[4:] != meant[4:] {
			t.Fatalf("%s read on %s: %s", meant, from, got.End)
		}
	})
}

// In texts without letters Contains is strings.Contains, whatever blanks stand
// between the characters.
func TestContains_AsWritten(t *testing.T) {
	chars := []rune("青山村道路组乡镇")
	words := rapid.StringOfN(rapid.SampledFrom(chars), 1, 10, -1)
	rapid.Check(t, func(t *rapid.T) {
		text, q := words.Draw(t, "text"), rapid.StringOfN(rapid.SampledFrom(chars), 1, 3, -1).Draw(t, "q")
		spaced := strings.Join(strings.Split(text, ""), rapid.SampledFrom([]string{"", " ", "　", "\n"}).Draw(t, "blank"))
		if got, want := Contains(q, spaced), strings.Contains(text, q); got != want {
			t.Fatalf("Contains(%s, %q) = %v", q, spaced, got)
		}
	})
}
