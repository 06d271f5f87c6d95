package app

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	_ "modernc.org/sqlite" // the baseline inserts by plain SQL

	"xiangzhen/model/sheet"
)

const benchRows = 10_000

// benchHeaders are the 20 columns of the table imported, in the words of a
// county's task ledger.
var benchHeaders = strings.Fields("任务名称 责任单位 完成时限 具体内容 目标要求 目标量 计量单位 配合单位 责任人 交办时间 任务来源 来文单位 文号 紧急程度 领域 工作类别 主管科室 备注 进展情况 完成比例(%)")

// benchTable writes the workbook that both sides read.
func benchTable(b *testing.B) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "任 务.xlsx")
	s := sheet.OutSheet{Name: "任务"}
	s.Rows = append(s.Rows, textRow(benchHeaders...))
	for i := range benchRows {
		s.Rows = append(s.Rows, textRow(
			fmt.Sprintf("整治第%d处人居环境", i), "青山村", "2026年12月31日", "清理生活垃圾和农业废弃物，落实长效保洁", "达到村庄清洁标准",
			fmt.Sprint(i%90+1), "处", "村委会", "张示例一", "2026-03-01", "文件", "县农业农村局", fmt.Sprintf("示农发〔2026〕%d号", i),
			"一般", "乡村振兴", "乡村建设", "乡村振兴办", "无", fmt.Sprintf("已完成第%d处", i), fmt.Sprint(i%99+1)))
	}
	if err := sheet.Write(path, &sheet.Out{Sheets: []sheet.OutSheet{s}}); err != nil {
		b.Fatal(err)
	}
	return path
}

func textRow(texts ...string) sheet.OutRow {
	var row sheet.OutRow
	for _, s := range texts {
		row.Cells = append(row.Cells, sheet.TextCell(s, sheet.Style{}))
	}
	return row
}

// BenchmarkImport10kx20 takes the table in: checked, journalled, searchable.
func BenchmarkImport10kx20(b *testing.B) {
	path := benchTable(b)
	for b.Loop() {
		b.StopTimer()
		a := openDemo(b)
		b.StartTimer()
		results, err := a.Import(context.Background(), ImportRequest{Files: []string{path}, Ledger: "task"})
		if err != nil || results[0].Err != nil || results[0].Counts.Add != benchRows {
			b.Fatalf("%v %+v", err, results[0].Counts)
		}
		b.StopTimer()
		check(b, a.Close())
		b.StartTimer()
	}
}

// BenchmarkBaselineExcelizePlusInserts is excelize's row iterator over the same
// file and raw inserts of its texts, in one transaction.
func BenchmarkBaselineExcelizePlusInserts(b *testing.B) {
	path := benchTable(b)
	for b.Loop() {
		b.StopTimer()
		db, err := sql.Open("sqlite", filepath.Join(b.TempDir(), "基线.db")+"?_pragma=journal_mode(wal)&_pragma=synchronous(full)")
		check(b, err)
		db.SetMaxOpenConns(1)
		b.StartTimer()
		check(b, insertAll(db, path))
		b.StopTimer()
		check(b, db.Close())
		b.StartTimer()
	}
}

func insertAll(db *sql.DB, path string) error {
	f, err := excelize.OpenFile(path)
	if err != nil {
		return err
	}
	defer f.Close()
	columns := make([]string, len(benchHeaders))
	for i := range columns {
		columns[i] = fmt.Sprintf("c%d TEXT", i)
	}
	if _, err := db.Exec("CREATE TABLE IF NOT EXISTS t (" + strings.Join(columns, ",") + ")"); err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	insert, err := tx.Prepare("INSERT INTO t VALUES (" + strings.TrimSuffix(strings.Repeat("?,", len(columns)), ",") + ")")
	if err != nil {
		return err
	}
	rows, err := f.Rows("任务")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		texts, err := rows.Columns()
		if err != nil {
			return err
		}
		args := make([]any, len(columns))
		for i := range args {
			if i < len(texts) {
				args[i] = texts[i]
			}
		}
		if _, err := insert.Exec(args...); err != nil {
			return err
		}
	}
	return tx.Commit()
}
