package fill

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"xiangzhen/model/sheet"
)

// heavyTemplate is a template of about 2 MB: bordered rows of words that hardly press
// together, as in a table that is sent back to be completed.
func heavyTemplate(tb testing.TB) string {
	tb.Helper()
	const columns, rows = 16, 6500
	heads := []string{"序号", "任务名称", "责任单位", "责任人", "完成时限", "备注", "联系电话", "姓名"}
	r := rand.New(rand.NewPCG(1, 2))
	box := sheet.Style{Border: true}
	s := sheet.OutSheet{Name: "附件1"}
	s.AddLine("统计表", sheet.TitleStyle, sheet.TitleHeight, 1, columns)
	for i := range rows {
		row := sheet.OutRow{}
		for c := range columns {
			words := make([]rune, 6)
			for j := range words {
				words[j] = rune(0x4e00 + r.IntN(5000))
			}
			if i == 0 {
				words = []rune(heads[c%len(heads)] + strings.Repeat("二", c/len(heads)))
			}
			if i > 0 && c == 0 {
				row.Cells = append(row.Cells, sheet.NumberCell(strconv.Itoa(i), box))
				continue
			}
			row.Cells = append(row.Cells, sheet.TextCell(string(words), box))
		}
		s.Rows = append(s.Rows, row)
	}
	path := filepath.Join(tb.TempDir(), "重 表.xlsx")
	if err := sheet.Write(path, &sheet.Out{Sheets: []sheet.OutSheet{s}}); err != nil {
		tb.Fatal(err)
	}
	return path
}

// BenchmarkRecognise opens and recognises a template of 2 MB; reading alone is the
// baseline, and no more than 300 ms over it are wanted.
func BenchmarkRecognise(b *testing.B) {
	path := heavyTemplate(b)
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	var read, whole time.Duration
	for b.Loop() {
		begin := time.Now()
		if _, err := sheet.Open(path); err != nil {
			b.Fatal(err)
		}
		read += time.Since(begin)
		begin = time.Now()
		t, err := sheet.OpenTemplate(path)
		if err != nil {
			b.Fatal(err)
		}
		if len(Recognise(t)) == 0 {
			b.Fatal("no table")
		}
		whole += time.Since(begin)
	}
	b.ReportMetric(float64(info.Size())/1e6, "MB")
	b.ReportMetric(float64(read.Milliseconds())/float64(b.N), "ms-reading")
	b.ReportMetric(float64((whole-read).Milliseconds())/float64(b.N), "ms-over")
}
