package reports

import (
	"strings"
	"testing"

	"xiangzhen/gui/look"
	"xiangzhen/model/app"
)

func TestNewestFirst(t *testing.T) {
	all := []app.Final{{Period: "2026-09", Version: 1}, {Period: "2026-10", Version: 1}, {Period: "2026-10", Version: 2}}
	got := newestFirst(all)
	if got[0].Version != 2 || got[1].Period != "2026-10" || got[2].Period != "2026-09" || all[0].Period != "2026-09" {
		t.Errorf("%+v of %+v", got, all)
	}
}

func TestFinalIntro(t *testing.T) {
	all := []app.Final{{Period: "2026-10", Version: 1, SentAt: "2026-10-26 09:00"}, {Period: "2026-10", Version: 2, SentAt: "2026-10-28 09:00"}}
	if got := finalIntro(all, "2026-10"); !strings.Contains(got, "2026-10-28 09:00 定稿（第2版）") || !strings.Contains(got, "存为第3版") {
		t.Error(got)
	}
	if got := finalIntro(all, "2026-11"); strings.Contains(got, "补报") {
		t.Errorf("a first one is called 补报: %s", got)
	}
}

func TestChangesTitle(t *testing.T) {
	one, two := app.Final{Period: "2026-10", Version: 1}, app.Final{Period: "2026-10", Version: 2}
	for want, got := range map[string]string{
		"2026年10月定稿后变动：没有":             changesTitle(two, two, 0),
		"2026年10月定稿后变动：3 处":            changesTitle(two, two, 3),
		"2026年10月定稿后变动：3 处（从最新的第2版算起）": changesTitle(one, two, 3),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if versionWords(one) != "第1版" || versionWords(two) != "第2版（补报）" {
		t.Errorf("%s, %s", versionWords(one), versionWords(two))
	}
	if enteredWords(app.FinalChange{}) != "将列入下期" || enteredWords(app.FinalChange{Entered: "2026-11"}) != "已列入2026年11月" {
		t.Error("where a change is told")
	}
}

func TestFinalDone(t *testing.T) {
	if got := finalDone(app.Reported{Version: 1}, "2026-10", "甲.xlsx"); strings.Contains(got, "更正") || !strings.Contains(got, "第1版") {
		t.Error(got)
	}
	if got := finalDone(app.Reported{Version: 2, Corrections: 4}, "2026-10", "甲.xlsx"); !strings.Contains(got, "更正 4 处") {
		t.Error(got)
	}
}

func TestStampedWords(t *testing.T) {
	for _, c := range []struct {
		in    app.Standing
		words string
		mark  look.Mark
		hint  string
	}{
		{app.Standing{}, "", look.MarkNone, ""},
		{app.Standing{Stamped: 2}, "2 个", look.MarkFine, "盖章件 2 个"},
		{app.Standing{Stamped: 1, StampedBefore: true}, "另一版", look.MarkSoon, "另一版上报的"},
	} {
		words, mark, _ := stampedWords(c.in)
		if hint := stampedHint(c.in); words != c.words || mark != c.mark || !strings.Contains(hint, c.hint) || (c.hint == "") != (hint == "") {
			t.Errorf("%+v: %q %v %q", c.in, words, mark, hint)
		}
	}
}

func TestAllPaper(t *testing.T) {
	for _, c := range []struct {
		paths []string
		want  bool
	}{
		{nil, false}, {[]string{"/甲/盖章.PDF", "照片.jpeg", "图.png"}, true}, {[]string{"盖章.pdf", "月报.xlsx"}, false}, {[]string{"/甲/文件夹"}, false},
	} {
		if got := allPaper(c.paths); got != c.want {
			t.Errorf("%v: %v", c.paths, got)
		}
	}
	if got := takeWords([]string{"/甲/一.pdf", "二.pdf"}, "青山村《月报》2026年11月"); !strings.Contains(got, "“一.pdf” 等 2 个文件") || !strings.Contains(got, "青山村") {
		t.Error(got)
	}
	if fileWords(app.Attachment{}) != "扫描件" || fileWords(app.Attachment{Photo: true}) != "照片" || fileWords(app.Attachment{Broken: "坏了"}) != "坏了" {
		t.Error("what a file is")
	}
}
