package main

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"xiangzhen/model/sheet"
)

// TestMain makes xzctl a command of the scripts.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"xzctl": func() { os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs one script for each command, in a folder with Chinese and a
// blank in its name.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			dir := filepath.Join(env.WorkDir, "台 账")
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return err
			}
			env.Setenv("XIANGZHEN_DB", filepath.Join(dir, "甲镇 台账.xzdb"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "json": jsonPath, "docx": docx, "keep": keep, "cell": cell, "fill": fill, "files": files,
			"fillrow": fillRow, "zipped": zipped, "template": makeTemplate, "saved": saved, "paper": paper, "photograph": photograph,
		},
	})
}

// exits runs a command and checks its exit code: exits 12 xzctl list …
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARG…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if err != nil {
		if _, scanErr := fmt.Sscanf(err.Error(), "exit status %d", &got); scanErr != nil {
			ts.Fatalf("%v", err)
		}
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// jsonPath checks a value in the JSON of the last command: json files.0.add 3.
// A number in the path indexes a list, len is its length; ! negates.
func jsonPath(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: json PATH VALUE")
	}
	got := lookUp(ts, args[0])
	want := os.Expand(args[1], ts.Getenv)
	if (got == want) == neg {
		ts.Fatalf("%s = %q, want %q (negated: %v)", args[0], got, want, neg)
	}
}

// keep puts a value of the last command's JSON into the environment: keep ID records.0.id.
func keep(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: keep NAME PATH")
	}
	ts.Setenv(args[0], lookUp(ts, args[1]))
}

func lookUp(ts *testscript.TestScript, path string) string {
	dec := json.NewDecoder(strings.NewReader(ts.ReadFile("stdout")))
	dec.UseNumber()
	var v any
	ts.Check(dec.Decode(&v))
	for part := range strings.SplitSeq(path, ".") {
		v = step(ts, v, part, path)
	}
	if s, ok := v.(string); ok {
		return s
	}
	out, err := json.Marshal(v)
	ts.Check(err)
	return string(out)
}

func step(ts *testscript.TestScript, v any, part, path string) any {
	switch x := v.(type) {
	case map[string]any:
		return x[part]
	case []any:
		if part == "len" {
			return len(x)
		}
		i, err := strconv.Atoi(part)
		if err != nil || i < 0 || i >= len(x) {
			ts.Fatalf("%s: no element %s in a list of %d", path, part, len(x))
		}
		return x[i]
	}
	ts.Fatalf("%s: nothing at %s", path, part)
	return nil
}

// docx makes a Word document of a text file: docx 清单.docx 清单.txt. Lines with a
// tab are rows of a table, the others paragraphs.
func docx(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: docx FILE TEXT")
	}
	body, inTable := "", false
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		line = strings.TrimRight(line, "\n")
		if row := strings.Contains(line, "\t"); row != inTable {
			body += map[bool]string{true: "<w:tbl>", false: "</w:tbl>"}[row]
			inTable = row
		}
		par := "<w:p><w:r><w:t>" + line + "</w:t></w:r></w:p>"
		if inTable {
			par = "<w:tr><w:tc>" + strings.ReplaceAll(par, "\t", "</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>") + "</w:tc></w:tr>"
		}
		body += par
	}
	if inTable {
		body += "</w:tbl>"
	}
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	z := zip.NewWriter(f)
	w, err := z.Create("word/document.xml")
	ts.Check(err)
	_, err = w.Write([]byte(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`))
	ts.Check(err)
	ts.Check(z.Close())
	ts.Check(f.Close())
}

// cell checks a cell of a workbook: cell 表.xlsx 表名 B4 事项.
func cell(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 4 {
		ts.Fatalf("usage: cell FILE SHEET CELL TEXT")
	}
	book, err := sheet.Open(ts.MkAbs(args[0]))
	ts.Check(err)
	s := book.Sheet(args[1])
	if s == nil {
		ts.Fatalf("no sheet %s", args[1])
	}
	letters := strings.TrimRight(args[2], "0123456789")
	row, err := strconv.Atoi(strings.TrimPrefix(args[2], letters))
	ts.Check(err)
	if got := s.Value(row, sheet.ParseColName(letters)).Text; (got == args[3]) == neg {
		ts.Fatalf("%s = %q, want %q (negated: %v)", args[2], got, args[3], neg)
	}
}

// fill types into a workbook as a person would: fill FILE 表头 ROW VALUE, the
// column found by its header, the row counted from the first below it.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: fill FILE HEADER ROW VALUE")
	}
	path := ts.MkAbs(args[0])
	offset, err := strconv.Atoi(args[2])
	ts.Check(err)
	e, err := sheet.Edit(path)
	ts.Check(err)
	defer e.Close()
	name := e.Sheets()[0]
	for row := 1; row <= 10; row++ {
		for col := 1; col <= 40; col++ {
			text, err := e.Cell(name, row, col)
			ts.Check(err)
			if text == args[1] {
				ts.Check(e.Set(name, row+offset, col, args[3]))
				ts.Check(e.SaveAs(path))
				return
			}
		}
	}
	ts.Fatalf("no header %s", args[1])
}

// files checks how many files a folder holds: files 下发 16.
func files(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: files DIR N")
	}
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	if got := strconv.Itoa(len(entries)); got != args[1] {
		ts.Fatalf("%s holds %s files, want %s", args[0], got, args[1])
	}
}
