package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

// TestDemo_MainJobFromEndToEnd runs the whole demonstration, twice in the same
// folder: the second run clears away what the first has made.
func TestDemo_MainJobFromEndToEnd(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the command line and runs LibreOffice")
	}
	dir := filepath.Join(t.TempDir(), "演 示")
	for range 2 {
		var stdout, stderr bytes.Buffer
		if code := run([]string{"demo", "--out", dir, "--today", "2026-11-30"}, &stdout, &stderr); code != exitDone {
			t.Fatalf("exit %d\n%s%s", code, &stdout, &stderr)
		}
		lines := strings.Split(strings.TrimSpace(stdout.String()), "\n")
		if want := len(demoSteps()) + 1; len(lines) != want {
			t.Errorf("%d lines, want one a step and the folder, %d:\n%s", len(lines), want, &stdout)
		}
		if last := lines[len(lines)-1]; !strings.HasSuffix(last, dir) {
			t.Errorf("the last line does not name the folder: %s", last)
		}
	}
	for _, name := range []string{dirIssued, dirReturned, dirSentBack, dirReceipts, fileSummary, fileLedger} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestRun_WrongUsage(t *testing.T) {
	tests := []struct {
		name string
		args []string
	}{
		{"no command", nil},
		{"unknown command", []string{"演示"}},
		{"no folder", []string{"demo"}},
		{"stray word", []string{"demo", "--out", "x", "y"}},
		{"unknown flag", []string{"demo", "--到", "x"}},
		{"no day", []string{"demo", "--out", "x", "--today", "2026-02-30"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			if code := run(tt.args, &stdout, &stderr); code != exitUsage {
				t.Errorf("exit %d, want %d", code, exitUsage)
			}
			if stdout.Len() > 0 || stderr.Len() == 0 {
				t.Errorf("stdout %q, stderr %q: the fault belongs on stderr", &stdout, &stderr)
			}
		})
	}
}

func TestRun_StepThatFailsEndsIt(t *testing.T) {
	d := &demo{dir: t.TempDir()}
	var stdout bytes.Buffer
	err := d.run(&stdout, []step{
		{"好", func(*demo) (string, error) { return "1 个", nil }},
		{"坏", func(*demo) (string, error) { return "", os.ErrNotExist }},
		{"不到", func(*demo) (string, error) { t.Error("went on"); return "", nil }},
	})
	if err == nil || !strings.Contains(err.Error(), "第 2 步“坏”") {
		t.Errorf("error %v does not name the step", err)
	}
	if got := stdout.String(); got != " 1. 好：1 个\n" {
		t.Errorf("printed %q", got)
	}
	if _, err := os.Stat(d.tmp); err == nil {
		t.Error("the temporary folder is still there")
	}
}

func TestPrepare_LeavesOtherPeoplesFilesAlone(t *testing.T) {
	d := &demo{dir: filepath.Join(t.TempDir(), "报 表")}
	theirs := d.path(dirReturned, "青山村.xlsx")
	mustWrite(t, theirs)
	if _, err := d.prepare(); err == nil {
		t.Fatal("cleared a folder that it has not made")
	}
	if _, err := os.Stat(theirs); err != nil {
		t.Error(err)
	}
}

func TestPrepare_ClearsWhatItMade(t *testing.T) {
	d := &demo{dir: filepath.Join(t.TempDir(), "报 表")}
	other := d.path("我的.xlsx")
	mustWrite(t, other)
	if _, err := d.prepare(); err != nil {
		t.Fatal(err)
	}
	ours := []string{d.path(dirReturned, "x.xlsx"), d.path(fileSummary), d.path(fileLedger + "-wal"), d.path("甲镇 台账-备份", "x.xzdb")}
	for _, name := range ours {
		mustWrite(t, name)
	}
	if _, err := d.prepare(); err != nil {
		t.Fatal(err)
	}
	for _, name := range ours {
		if _, err := os.Stat(name); err == nil {
			t.Errorf("%s is still there", name)
		}
	}
	if _, err := os.Stat(other); err != nil {
		t.Error(err)
	}
}

func mustWrite(t *testing.T, name string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// mustSheet writes a workbook of one sheet; a string of digits becomes a number.
func mustSheet(t *testing.T, name string, rows [][]string) string {
	t.Helper()
	out := sheet.OutSheet{Name: name}
	for _, row := range rows {
		var cells []sheet.OutCell
		for _, s := range row {
			if s != "" && strings.Trim(s, "0123456789") == "" {
				cells = append(cells, sheet.NumberCell(s, sheet.Style{}))
			} else {
				cells = append(cells, sheet.TextCell(s, sheet.Style{}))
			}
		}
		out.Rows = append(out.Rows, sheet.OutRow{Cells: cells})
	}
	path := filepath.Join(t.TempDir(), "台 账.xlsx")
	if err := sheet.Write(path, &sheet.Out{Title: name, Modified: time.Now(), Sheets: []sheet.OutSheet{out}}); err != nil {
		t.Fatal(err)
	}
	return path
}

// testDemo is a demo in the month of the examples.
func testDemo() *demo {
	return &demo{today: "2026-11-23", period: model.Month("2026-11"), areas: map[string]string{villageTwice: "a1", villageTypo: "a2"}}
}
