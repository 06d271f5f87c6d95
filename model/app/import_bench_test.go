package app

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
)

// houseHeaders are 30 columns of a working ledger of monitored households.
var houseHeaders = strings.Fields(`村 组 户主姓名 证件号码 联系电话 家庭人口 户类型 监测对象类别 线索发现时间 公示起止时间 识别监测时间 致贫/返贫风险1 致贫/返贫风险2
	人均纯收入（元） 工资性收入 生产经营性收入 财产性收入 转移性收入 耕地面积（亩） 退耕还林面积（亩） 义务教育保障 基本医疗保障 是否危房户 是否解决安全饮用水
	是否通生活用电 帮扶联系人 联系人单位职务 联系人电话 风险是否已消除 备注`)

// plainRow is a row of words.
func plainRow(texts ...string) sheet.OutRow {
	var row sheet.OutRow
	for _, s := range texts {
		row.Cells = append(row.Cells, sheet.TextCell(s, sheet.Style{}))
	}
	return row
}

// houseTable writes n households of a village, from the given number on.
func houseTable(b testing.TB, name, village string, from, n int) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), name)
	s := sheet.OutSheet{Name: "监测户台账", Rows: []sheet.OutRow{plainRow(houseHeaders...)}}
	for i := from; i < from+n; i++ {
		id := fmt.Sprintf("99%04d19%02d%02d%02d%03d", i/1000, 40+i%60, i%12+1, i%28+1, i%1000)
		s.Rows = append(s.Rows, plainRow(village, fmt.Sprintf("%d组", i%9+1), fmt.Sprintf("张示例%d", i), id+string(rule.IDCheck(id)), fmt.Sprintf("138%08d", i), fmt.Sprint(i%6+1),
			"监测户", "脱贫不稳定户", "2026年3月1日", "2026年3月2日至3月6日", "202603", "因病", "因残",
			fmt.Sprint(8000+i), "5000", "2000", "100", fmt.Sprint(900+i), "3.5", "1.25", "是", "是", "否", "是", "是", "李示例二", "县农业农村局干部", "13900000001", "否", "按月走访"))
	}
	if err := sheet.Write(path, &sheet.Out{Sheets: []sheet.OutSheet{s}}); err != nil {
		b.Fatal(err)
	}
	return path
}

// excelizeRows reads a workbook as its own iterator does and nothing more.
func excelizeRows(b testing.TB, path string) time.Duration {
	b.Helper()
	began := time.Now()
	f, err := excelize.OpenFile(path)
	check(b, err)
	defer f.Close()
	rows, err := f.Rows(f.GetSheetName(0))
	check(b, err)
	for rows.Next() {
		_, err := rows.Columns()
		check(b, err)
	}
	check(b, rows.Close())
	return time.Since(began)
}

// BenchmarkPlan10kx30 takes a table of 10,000 rows and 30 columns from the file to the
// plan: opened, its header found, mapped, checked, planned. The measure is less time
// than excelize's row iterator needs for the same file, in the same run: ratio < 1.
func BenchmarkPlan10kx30(b *testing.B) {
	path := houseTable(b, "监测户 台账.xlsx", "青山村", 0, 10_000)
	a := openDemo(b)
	var plan, rows time.Duration
	for b.Loop() {
		runtime.GC()
		began := time.Now()
		results, err := a.Import(context.Background(), ImportRequest{Files: []string{path}, Ledger: ledgers.Household, DryRun: true})
		plan += time.Since(began)
		if err != nil || results[0].Err != nil || results[0].Counts.Add != 10_000 {
			b.Fatalf("%v %+v %v", err, results[0].Counts, results[0].Err)
		}
		b.StopTimer()
		runtime.GC()
		rows += excelizeRows(b, path)
		b.StartTimer()
	}
	b.ReportMetric(plan.Seconds()/rows.Seconds(), "ratio-to-excelize")
}

// BenchmarkImport30x500 plans the files of 30 villages, 500 rows each, and applies
// them: the measure is 5 s and 10 s.
func BenchmarkImport30x500(b *testing.B) {
	var files []string
	for i := range 30 {
		files = append(files, houseTable(b, fmt.Sprintf("村%d 台账.xlsx", i), "青山村", 500*i, 500))
	}
	var planned, applied time.Duration
	for b.Loop() {
		b.StopTimer()
		a := openDemo(b)
		b.StartTimer()
		for _, dry := range []bool{true, false} {
			began := time.Now()
			results, err := a.Import(context.Background(), ImportRequest{Files: files, Ledger: ledgers.Household, DryRun: dry})
			if dry {
				planned += time.Since(began)
			} else {
				applied += time.Since(began)
			}
			for _, r := range results {
				if err != nil || r.Err != nil || r.Counts.Add != 500 {
					b.Fatalf("%v %+v %v", err, r.Counts, r.Err)
				}
			}
		}
		b.StopTimer()
		check(b, a.Close())
		b.StartTimer()
	}
	b.ReportMetric(planned.Seconds()/float64(b.N), "s-planned")
	b.ReportMetric(applied.Seconds()/float64(b.N), "s-applied")
}

// BenchmarkPlan100kx20 plans a table of 100,000 rows and 20 columns: the measure is
// 1 GB at the peak.
func BenchmarkPlan100kx20(b *testing.B) {
	path := filepath.Join(b.TempDir(), "大 表.xlsx")
	s := sheet.OutSheet{Name: "任务", Rows: []sheet.OutRow{plainRow(benchHeaders...)}}
	for i := range 100_000 {
		s.Rows = append(s.Rows, plainRow(fmt.Sprintf("整治第%d处人居环境", i), "青山村", "2026年12月31日", "清理生活垃圾", "达到标准", fmt.Sprint(i%90+1), "处", "村委会", "张示例一",
			"2026-03-01", "文件", "县农业农村局", fmt.Sprintf("示农发〔2026〕%d号", i), "一般", "乡村振兴", "乡村建设", "乡村振兴办", "无", fmt.Sprintf("已完成第%d处", i), fmt.Sprint(i%99+1)))
	}
	if err := sheet.Write(path, &sheet.Out{Sheets: []sheet.OutSheet{s}}); err != nil {
		b.Fatal(err)
	}
	s = sheet.OutSheet{}
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(-1))
	LimitMemory() // as the programs do
	a := openDemo(b)
	for b.Loop() {
		b.StopTimer()
		debug.FreeOSMemory() // what writing the table took
		resetPeak(b)
		b.StartTimer()
		results, err := a.Import(context.Background(), ImportRequest{Files: []string{path}, Ledger: ledgers.Task, DryRun: true})
		if err != nil || results[0].Err != nil || results[0].Counts.Add != 100_000 {
			b.Fatalf("%v %+v %v", err, results[0].Counts, results[0].Err)
		}
		b.ReportMetric(peakMB(b), "peak-MB")
	}
}

// peers are readers of other makers, as commands that read the workbook whose path
// is their last argument, and one that tells whether they are here.
var peers = []struct {
	name       string
	here, read []string
}{
	{"openpyxl", []string{"python3", "-c", "import openpyxl"}, []string{"python3", "-c",
		"import sys, openpyxl\nfor r in openpyxl.load_workbook(sys.argv[1], read_only=True).worksheets[0].iter_rows(values_only=True): pass"}},
	{"pandas", []string{"python3", "-c", "import pandas, openpyxl"}, []string{"python3", "-c", "import sys, pandas\npandas.read_excel(sys.argv[1], dtype=str)"}},
	{"LibreOffice", []string{"soffice", "--version"}, []string{"soffice", "--headless", "--convert-to", "csv", "--outdir"}},
}

// TestBenchPeers reads one table of 10,000 rows and 30 columns as the program does,
// down to the plan, and with what others have, and prints how many times as long they
// take. It is part of make bench; a reader that is not installed is passed over.
func TestBenchPeers(t *testing.T) {
	if os.Getenv("BENCH_PEERS") == "" {
		t.Skip("make bench runs this")
	}
	path := houseTable(t, "监测户 台账.xlsx", "青山村", 0, 10_000)
	a := openDemo(t)
	began := time.Now()
	results, err := a.Import(context.Background(), ImportRequest{Files: []string{path}, Ledger: ledgers.Household, DryRun: true})
	own := time.Since(began)
	if err != nil || results[0].Err != nil || results[0].Counts.Add != 10_000 {
		t.Fatalf("%v %+v %v", err, results[0].Counts, results[0].Err)
	}
	rows := excelizeRows(t, path)
	t.Logf("own, opened to planned: %.2f s; excelize's row iterator: %.2f s, × %.1f", own.Seconds(), rows.Seconds(), rows.Seconds()/own.Seconds())
	for _, p := range peers {
		if err := exec.Command(p.here[0], p.here[1:]...).Run(); err != nil {
			t.Logf("%s is not installed here: passed over", p.name)
			continue
		}
		args := slices.Clone(p.read[1:])
		if p.name == "LibreOffice" {
			args = append(args, t.TempDir())
		}
		began := time.Now()
		if out, err := exec.Command(p.read[0], append(args, path)...).CombinedOutput(); err != nil {
			t.Errorf("%s: %v %s", p.name, err, out)
			continue
		}
		took := time.Since(began)
		t.Logf("%s, read only: %.2f s, × %.1f", p.name, took.Seconds(), took.Seconds()/own.Seconds())
	}
}
