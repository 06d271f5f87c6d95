package text

import (
	"testing"

	"pgregory.net/rapid"
)

func TestGuard(t *testing.T) {
	for in, want := range map[string]string{
		"":                        "",
		"甲一村":                     "甲一村",
		"-5":                      "-5",
		"-5.25":                   "-5.25",
		"-":                       "-",
		"12%":                     "12%",
		"-5%":                     "-5%",
		"-5%+1":                   "'-5%+1",
		"-05":                     "'-05",
		"=1+1":                    "'=1+1",
		"=HYPERLINK(\"x\",\"看\")": "'=HYPERLINK(\"x\",\"看\")",
		"@SUM(1)":                 "'@SUM(1)",
		"-1+2":                    "'-1+2",
		"-5.":                     "'-5.",
		"+86-01000000000":         "'+86-01000000000",
		"- 已清理三处":                 "'- 已清理三处",
		"'=1":                     "''=1",
		"2026-11-22":              "2026-11-22",
	} {
		if got := Guard(in); got != want {
			t.Errorf("Guard(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestIsPlainNumber(t *testing.T) {
	for s, want := range map[string]bool{
		"0": true, "12": true, "-12.5": true, "0.50": true, "-0.5": true,
		"": false, "-": false, ".": false, "5.": false, ".5": false, "+5": false, "007": false, "00": false,
		"1+2": false, "1.2.3": false, "2026-11-22": false, "--5": false, "1e3": false, "１２": false, "1,234": false,
	} {
		if got := IsPlainNumber(s); got != want {
			t.Errorf("IsPlainNumber(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestUnguard(t *testing.T) {
	for in, want := range map[string]string{"'=1": "=1", "'-甲": "-甲", "''甲": "'甲", "'甲": "'甲", "=1": "=1", "'": "'", "": ""} {
		if got := Unguard(in); got != want {
			t.Errorf("Unguard(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestUnguard_OfGuard(t *testing.T) {
	s := rapid.StringOf(rapid.SampledFrom([]rune("=+-@'\t\r1.甲")))
	rapid.Check(t, func(t *rapid.T) {
		if in := s.Draw(t, "text"); Unguard(Guard(in)) != in {
			t.Fatalf("%q became %q", in, Unguard(Guard(in)))
		}
	})
}
