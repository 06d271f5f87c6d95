package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/seal"
	"xiangzhen/model/sheet"
)

const (
	testDay    = model.Day("2026-11-22")
	testPeriod = model.Period("2026-11")
)

// openDemo makes a sample ledger in a folder with Chinese and a blank.
func openDemo(t testing.TB) *App {
	t.Helper()
	return mustOpen(t, copyOf(t, demoFile(t)))
}

var demoPath string

// demoFile makes the sample ledger once for all tests and issues its form.
func demoFile(t testing.TB) string {
	t.Helper()
	if demoPath != "" {
		return demoPath
	}
	dir, err := os.MkdirTemp("", "台 账")
	check(t, err)
	path := filepath.Join(dir, "甲镇 台账.xzdb")
	a, err := CreateDemo(context.Background(), Options{Path: path, Today: testDay, Origin: "test"}, "甲镇", 1)
	check(t, err)
	_, err = a.Issue(context.Background(), IssueRequest{Form: "task_month", Period: testPeriod, Dir: filepath.Join(dir, "下发")})
	check(t, err)
	check(t, a.Close())
	if os.Getenv(lockedEnv) != "" {
		lockDemo(t, path)
	}
	demoPath = path
	return path
}

// lockedEnv has the tests run over a sample with a password: see TestLock_MainJob.
const lockedEnv = "XIANGZHEN_TEST_LOCKED"

// demoKey opens the sample, if it has a password.
var demoKey *seal.Key

func lockDemo(t testing.TB, path string) {
	t.Helper()
	cheapLock(t)
	o := Options{Path: path, Today: testDay}
	_, err := SetLock(context.Background(), o, testPassword)
	check(t, err)
	o.Password = testPassword
	a, err := Open(context.Background(), o)
	check(t, err)
	demoKey = a.Key()
	check(t, a.Close())
}

func TestMain(m *testing.M) {
	if path := os.Getenv(tortureEnv); path != "" {
		fmt.Fprintln(os.Stderr, torture(path, os.Getenv(tortureForms)))
		os.Exit(1)
	}
	code := m.Run()
	if demoPath != "" {
		if err := os.RemoveAll(filepath.Dir(demoPath)); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	if benchCounty.path != "" {
		if err := os.RemoveAll(filepath.Dir(benchCounty.path)); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	os.Exit(code)
}

func copyOf(t testing.TB, path string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "台 账", filepath.Base(path))
	check(t, os.MkdirAll(filepath.Dir(to), 0o755))
	in, err := os.Open(path)
	check(t, err)
	defer in.Close()
	out, err := os.Create(to)
	check(t, err)
	_, err = io.Copy(out, in)
	check(t, err)
	check(t, out.Close())
	return to
}

func mustOpen(t testing.TB, path string) *App {
	t.Helper()
	a, err := Open(context.Background(), Options{Path: path, Today: testDay, Origin: "test", Key: demoKey})
	check(t, err)
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v (%s)", err, model.Sentence(err))
	}
}

// typed is what a village types into one row.
type typed map[string]string // header → text

// respond fills a village's form as a person would and saves it under a name.
func respond(t testing.TB, village, name string, at time.Time, rows map[int]typed) string {
	t.Helper()
	form := filepath.Join(filepath.Dir(demoFile(t)), "下发", village+"任务进展月报（2026年11月）.xlsx")
	to := filepath.Join(t.TempDir(), "上 报", name+".xlsx")
	e, err := sheet.Edit(form)
	check(t, err)
	defer e.Close()
	page := e.Sheets()[0]
	for row, a := range rows {
		for header, text := range a {
			check(t, e.Set(page, 4+row, headerCol(t, e, page, header), text))
		}
	}
	check(t, e.SetModified(at))
	check(t, e.SaveAs(to))
	return to
}

func headerCol(t testing.TB, e *sheet.Editor, page, header string) int {
	t.Helper()
	for col := 1; col <= 40; col++ {
		text, err := e.Cell(page, 4, col)
		check(t, err)
		if strings.HasPrefix(text, header) {
			return col
		}
	}
	t.Fatalf("no column %s", header)
	return 0
}

// state writes down what a ledger holds: the values of tasks and progress, and
// the open conflicts. Ids, revisions and times play no part.
func state(t testing.TB, a *App) string {
	t.Helper()
	var lines []string
	for _, key := range []string{ledgers.Task, ledgers.Progress} {
		l, page, err := a.List(context.Background(), ListRequest{Ledger: key})
		check(t, err)
		for _, rec := range page.Records {
			var parts []string
			for i := range l.Fields {
				f := &l.Fields[i]
				parts = append(parts, f.Key+"="+f.Show(rec.Get(f.Key)))
			}
			lines = append(lines, key+" "+strings.Join(parts, " "))
		}
	}
	open, err := a.Conflicts(context.Background())
	check(t, err)
	for _, c := range open {
		lines = append(lines, fmt.Sprintf("conflict %s %s %s %s %v", c.Name, c.Field, c.Base, c.Ours, c.Theirs))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func collect(t testing.TB, a *App, paths ...string) []FileResult {
	t.Helper()
	var all []FileResult
	for _, p := range paths {
		results, err := a.Collect(context.Background(), CollectRequest{Paths: []string{p}, Receipts: t.TempDir()})
		check(t, err)
		for _, r := range results {
			check(t, r.Err)
		}
		all = append(all, results...)
	}
	return all
}

func diff(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	var out []string
	for _, l := range x {
		if !slices.Contains(y, l) {
			out = append(out, "- "+l)
		}
	}
	for _, l := range y {
		if !slices.Contains(x, l) {
			out = append(out, "+ "+l)
		}
	}
	return strings.Join(out, "\n")
}

// wantCode checks the code of an error and that it has a sentence for people.
func wantCode(t testing.TB, err error, code model.Code) {
	t.Helper()
	if model.CodeOf(err) != code || model.Sentence(err) == "" {
		t.Errorf("code %q (%v), want %q", model.CodeOf(err), err, code)
	}
}
