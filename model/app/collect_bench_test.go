package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
	"xiangzhen/model/store"
)

// The county of the measures: villages, rows that go out to each, records in all.
const (
	benchVillages = 300
	benchAsked    = 100
	benchRecords  = 100_000
)

var benchCounty struct {
	path    string   // the ledger, its form issued
	returns []string // one filled workbook a village
}

// returnsOfACounty makes, once, a ledger of 100,000 tasks whose form has gone out, and
// the workbooks that came back.
func returnsOfACounty(b *testing.B) (string, []string) {
	b.Helper()
	if benchCounty.path != "" {
		return benchCounty.path, benchCounty.returns
	}
	dir, err := os.MkdirTemp("", "台 账")
	check(b, err)
	setup := Setup{Above: "示例市", Unit: "示例县", Level: model.LevelTown}
	for i := range benchVillages {
		setup.Villages = append(setup.Villages, Village{Name: fmt.Sprintf("第%d村", i+1)})
	}
	path := filepath.Join(dir, "示例县.xzdb")
	a, err := CreateWith(context.Background(), Options{Path: path, Today: testDay, Origin: "test"}, setup)
	check(b, err)
	addBenchTasks(b, a)
	issued, err := a.Issue(context.Background(), IssueRequest{Form: "task_month", Period: testPeriod, Dir: filepath.Join(dir, "下发")})
	check(b, err)
	for i, f := range issued.Files {
		benchCounty.returns = append(benchCounty.returns, fillBenchForm(b, f.File, filepath.Join(dir, "上报", fmt.Sprintf("%d.xlsx", i))))
	}
	check(b, a.Close())
	benchCounty.path = path
	return path, benchCounty.returns
}

// addBenchTasks adds the records: benchAsked of each village are open, the others done.
func addBenchTasks(b *testing.B, a *App) {
	areas, err := a.below(context.Background())
	check(b, err)
	_, err = a.do(context.Background(), "add", "任务", func(tx *store.Tx) error {
		var all []*model.Record
		for n := range benchRecords {
			area := areas[n%len(areas)]
			rec := model.NewRecord(ledgers.Task, "")
			rec.Area = area.ID
			state := ledgers.StateDoing
			if n >= benchVillages*benchAsked {
				state = ledgers.StateDone
			}
			for key, v := range map[string]model.Value{"title": model.Text(fmt.Sprintf("整治第%d处人居环境", n)),
				"unit": model.Reference(area.ID, area.Get("name").Text), "due": model.OnDay("2026-12-31"), "state": model.Text(state),
				"target_qty": model.Int(900000), "target_unit": model.Text("处")} {
				rec.Put(key, v)
			}
			all = append(all, rec)
		}
		return tx.AddAll(all)
	})
	check(b, err)
}

// fillBenchForm types progress into every row.
func fillBenchForm(b *testing.B, form, to string) string {
	e, err := sheet.Edit(form)
	check(b, err)
	defer e.Close()
	page := e.Sheets()[0]
	percent, words := headerCol(b, e, page, "完成比例（%）"), headerCol(b, e, page, "进展情况")
	for row := range benchAsked {
		check(b, e.Set(page, 5+row, percent, strconv.Itoa(row%99+1)))
		check(b, e.Set(page, 5+row, words, fmt.Sprintf("已完成第%d处的清理，下月继续", row)))
	}
	check(b, e.SetModified(noon))
	check(b, e.SaveAs(to))
	return to
}

// BenchmarkCollect300x100 takes the returns of 300 villages, 100 rows each, into a
// ledger of 100,000 records: the measure is 30 s on 2 cores, 600 MB, one backup.
func BenchmarkCollect300x100(b *testing.B) {
	path, files := returnsOfACounty(b)
	for b.Loop() {
		b.StopTimer()
		a := mustOpen(b, copyOf(b, path))
		receipts := filepath.Join(b.TempDir(), "回执")
		resetPeak(b)
		b.StartTimer()
		results, err := a.Collect(context.Background(), CollectRequest{Paths: files, Receipts: receipts})
		b.StopTimer()
		check(b, err)
		b.ReportMetric(peakMB(b), "peak-MB")
		for _, r := range results {
			if r.Err != nil || r.Counts.Update != benchAsked {
				b.Fatalf("%s: %v %+v", r.File, r.Err, r.Counts)
			}
		}
		made, err := a.Backups(context.Background())
		check(b, err)
		if len(made.Files) != 1 {
			b.Fatalf("%d backups for one gesture", len(made.Files))
		}
		b.StartTimer()
	}
}

// BenchmarkPlanReturn100 plans one returned file of 100 rows into the same ledger: the
// measure is 100 ms, at least 70 % of it reading the workbook.
func BenchmarkPlanReturn100(b *testing.B) {
	path, files := returnsOfACounty(b)
	a := mustOpen(b, copyOf(b, path))
	forms, err := a.everyForm(context.Background())
	check(b, err)
	var reading, all time.Duration
	for b.Loop() {
		began := time.Now()
		c := collecting{App: a, req: CollectRequest{DryRun: true}, forms: forms, path: files[7], out: FileResult{File: files[7]}}
		check(b, c.run(context.Background()))
		all += time.Since(began)
		if c.out.Counts.Update != benchAsked {
			b.Fatalf("%+v", c.out.Counts)
		}
		b.StopTimer()
		began = time.Now()
		_, err := sheet.Open(files[7])
		check(b, err)
		reading += time.Since(began)
		b.StartTimer()
	}
	b.ReportMetric(100*reading.Seconds()/all.Seconds(), "%reading")
}

// resetPeak starts the kernel's count of the process's peak memory anew, without what
// making the returns has left; where there is no such count nothing is reported.
func resetPeak(b *testing.B) {
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		b.Logf("no peak of memory: %v", err)
	}
}

// peakMB is the peak of the process's memory since resetPeak.
func peakMB(b *testing.B) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Logf("no peak of memory: %v", err)
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if words := strings.Fields(line); len(words) == 3 && words[0] == "VmHWM:" {
			kb, err := strconv.ParseFloat(words[1], 64)
			check(b, err)
			return kb / 1024
		}
	}
	return 0
}
