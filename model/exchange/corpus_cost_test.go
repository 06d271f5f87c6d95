package exchange

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

// What reading any one workbook may cost.
const (
	mostTime   = 5 * time.Second
	mostMemory = 500 // MB of the whole process
)

// cost is what one workbook took.
type cost struct {
	file, answer string
	took         time.Duration
	peak         int // MB, 0 where the system does not tell
}

// readWhole reads a workbook down to the cells of every table, held against the
// ledger that it seems to be of or else that of tasks, and says what came of it.
func readWhole(path string, c *model.Catalog) string {
	b, err := sheet.Open(path)
	if err != nil {
		return "refused: " + model.Sentence(err)
	}
	rows := 0
	tables := FindTables(b)
	for i := range tables {
		l, matches := GuessLedger(&tables[i], c)
		if l == nil {
			matches = MapColumns(&tables[i], Targets(c, c.Ledger("task")))
		}
		rows += len(ReadRows(&b.Sheets[tables[i].SheetIndex], &tables[i], matches, 0))
	}
	return fmt.Sprintf("%d tables, %d rows", len(tables), rows)
}

// peakOf runs f and returns the peak of the process's memory meanwhile in MB.
func peakOf(f func()) int {
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		f()
		return 0
	}
	f()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kb, err := strconv.Atoi(strings.Fields(rest + " 0")[0])
	if err != nil {
		return 0
	}
	return kb / 1024
}

// TestCorpusCost: every workbook of the corpus, made to break readers or real, gets
// an answer in time and within memory.
func TestCorpusCost(t *testing.T) {
	c := builtin()
	for _, folder := range []string{"odd", "chinese"} {
		files, err := filepath.Glob(filepath.Join(corpus, folder, "*"))
		if err != nil || len(files) == 0 {
			t.Skip("the corpus is not here")
		}
		var all []cost
		for _, f := range files {
			k := cost{file: filepath.Base(f)}
			k.peak = peakOf(func() {
				began := time.Now()
				k.answer = readWhole(f, c)
				k.took = time.Since(began)
			})
			if k.took > mostTime || k.peak > mostMemory || k.answer == "" {
				t.Errorf("%s: %v, %d MB, %q", k.file, k.took, k.peak, k.answer)
			}
			all = append(all, k)
		}
		report(t, folder, all)
	}
}

// report tells the dearest workbooks of a folder.
func report(t *testing.T, folder string, all []cost) {
	const told = 3
	slices.SortFunc(all, func(a, b cost) int { return cmp.Compare(b.took, a.took) })
	for _, k := range all[:min(told, len(all))] {
		t.Logf("%s, slowest: %s %v, %d MB: %s", folder, k.file, k.took.Round(time.Millisecond), k.peak, k.answer)
	}
	slices.SortFunc(all, func(a, b cost) int { return cmp.Compare(b.peak, a.peak) })
	for _, k := range all[:min(told, len(all))] {
		t.Logf("%s, largest: %s %v, %d MB: %s", folder, k.file, k.took.Round(time.Millisecond), k.peak, k.answer)
	}
	t.Logf("%s: %d workbooks, each with an answer", folder, len(all))
}

// TestPeakOf: the measure of memory itself sees what is used.
func TestPeakOf(t *testing.T) {
	const mb = 200
	if peak := peakOf(func() {
		block := make([]byte, mb<<20)
		for i := range block {
			block[i] = 1
		}
	}); peak > 0 && peak < mb {
		t.Errorf("%d MB seen of %d", peak, mb)
	}
}
