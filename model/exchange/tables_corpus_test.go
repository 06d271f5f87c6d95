package exchange

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
)

// corpus is the folder of real workbooks, beside the project and no part of it.
const corpus = "../../../shared/corpus"

// truth is a line of TRUTH.tsv: what a person sees in a table.
type truth struct {
	file, sheet                                  string
	headerFirst, headerLast, dataFirst, dataLast int
	headers                                      []string
	total                                        int
}

func readTruth(t *testing.T) []truth {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(corpus, "TRUTH.tsv"))
	if err != nil {
		t.Skip("the corpus is not here")
	}
	var out []truth
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if f[0] == "file" {
			continue
		}
		n := func(i int) int { v, _ := strconv.Atoi(f[i]); return v } // an empty column is 0
		out = append(out, truth{f[0], f[1], n(2), n(3), n(4), n(5), strings.Split(f[7], "|"), n(8)})
	}
	return out
}

// check says in which of header and data rows the tables of a book differ from
// what a person sees; "" where they agree.
func (w truth) check(tables []Table) (header, data string) {
	for _, t := range tables {
		if t.Sheet != w.sheet || t.HeaderFirst != w.headerFirst {
			continue
		}
		var paths []string
		for _, c := range t.Columns {
			paths = append(paths, c.Path)
		}
		if t.HeaderLast != w.headerLast || strings.Join(paths, "|") != strings.Join(w.headers, "|") {
			header = "header " + strconv.Itoa(t.HeaderFirst) + "–" + strconv.Itoa(t.HeaderLast) + " " + strings.Join(paths, "|")
		}
		first, last := w.dataFirst, w.dataLast
		if last == 0 {
			first = 0
		}
		if t.DataFirst != first || t.DataLast != last {
			data = "data " + strconv.Itoa(t.DataFirst) + "–" + strconv.Itoa(t.DataLast) + ", want " + strconv.Itoa(first) + "–" + strconv.Itoa(last)
		}
		if w.total > 0 && (len(t.Totals) == 0 || t.Totals[0].Row != w.total) {
			data += " total row not found"
		}
		return header, data
	}
	return "no such table", "no such table"
}

// TestFindTablesCorpus counts how many of the listed tables are found as a person
// sees them, among the files that can be read.
func TestFindTablesCorpus(t *testing.T) {
	headers, data, all := 0, 0, 0
	for _, w := range readTruth(t) {
		ext := filepath.Ext(w.file)
		if ext != ".xlsx" && ext != ".xls" && ext != ".csv" {
			continue
		}
		b, err := sheet.Open(filepath.Join(corpus, w.file))
		if err != nil {
			t.Errorf("%s: %v", w.file, err)
			continue
		}
		all++
		header, rows := w.check(FindTables(b))
		if header == "" {
			headers++
		} else {
			t.Logf("%s [%s]: %s", w.file, w.sheet, header)
		}
		if rows == "" {
			data++
		} else {
			t.Logf("%s [%s]: %s", w.file, w.sheet, rows)
		}
	}
	t.Logf("headers %d/%d, data rows %d/%d", headers, all, data, all)
	if 10*headers < 9*all || 10*data < 9*all {
		t.Errorf("headers right %d and data rows right %d of %d, want 9 in 10", headers, data, all)
	}
}

// TestFindTablesOdd: files made to break readers break nothing here either.
func TestFindTablesOdd(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpus, "odd", "*.*"))
	if err != nil || len(files) == 0 {
		t.Skip("the corpus is not here")
	}
	for _, f := range files {
		b, err := sheet.Open(f)
		if err != nil {
			continue // refused with a reason, which sheet's own test looks at
		}
		begun := time.Now()
		for _, table := range FindTables(b) {
			s := &b.Sheets[table.SheetIndex]
			if wrong := sound(s, table); wrong != "" {
				t.Errorf("%s [%s]: %s", f, table.Sheet, wrong)
			}
			ReadRows(s, &table, nil, 0)
		}
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("%s took %v", f, took)
		}
	}
}

// TestGuessLedgerCorpus: none of the public workbooks is a table of ours but for
// the one address book, and none of their columns is taken for something else.
func TestGuessLedgerCorpus(t *testing.T) {
	c := builtin()
	for _, w := range readTruth(t) {
		b, err := sheet.Open(filepath.Join(corpus, w.file))
		if err != nil {
			continue // refused with a reason, which sheet's own test looks at
		}
		for _, table := range FindTables(b) {
			l, _ := GuessLedger(&table, c)
			if people := strings.Contains(w.file, "groupName"); l != nil && !(people && l.Key == ledgers.Person) {
				t.Errorf("%s [%s] was taken for %s", w.file, table.Sheet, l.Key)
			}
		}
	}
}
