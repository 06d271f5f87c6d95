package text

import (
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"任务　月报 1.xlsx":               "任务　月报 1.xlsx",
		"照片\u202egpj.exe":            "照片gpj.exe",
		"a\u202a\u202b\u202c\u202db": "ab",
		"a\u2066\u2067\u2068\u2069b": "ab",
		"a\u200e\u200f\u200bb\ufeff": "ab",
		"a\x00\x1b[31m\x7f\u009bb":   "a[31mb",
		"两\r\n行\t表":                  "两  行 表",
		"":                           "",
	} {
		if got := Plain(in); got != want {
			t.Errorf("Plain(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFileName(t *testing.T) {
	for in, want := range map[string]string{
		"a/b\u202e\x1fgpj.exe ": "abgpj.exe", "..": "", `..\..\x`: "x", "甲:乙?.jpg": "甲乙.jpg", "../../x\u2066.png": "x.png",
	} {
		if got := FileName(in); got != want {
			t.Errorf("FileName(%q) = %q, want %q", in, got, want)
		}
	}
	if got := BaseName("/甲/照\u202e片.jpg"); got != "照片.jpg" {
		t.Errorf("%q", got)
	}
}

func TestPlainNames(t *testing.T) {
	got := PlainNames([]string{"表\u202e", "表", "表\u200f", "二"})
	if want := []string{"表(2)", "表", "表(3)", "二"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// No name leads out of its folder, whatever is in it.
func TestFileName_StaysInItsFolder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.StringOf(rapid.RuneFrom([]rune("../\\甲\u202e\u2066\x00\n \u200e:"))).Draw(t, "name")
		got := FileName(in)
		if got != "" && filepath.Join("/a", got) != "/a/"+got || got != FileName(got) || Plain(got) != got {
			t.Fatalf("%q became %q", in, got)
		}
	})
}
