package exchange

import (
	"strings"
	"testing"

	"xiangzhen/model/sheet"
)

// linesSheet is a sheet of lines whose cells are parted by tabs.
func linesSheet(name, content string) sheet.Sheet {
	s := sheet.Sheet{Name: name, Visibility: sheet.VeryHidden}
	for i, words := range strings.Split(content, "\n") {
		row := sheet.Row{Index: i + 1}
		for j, w := range strings.Split(words, "\t") {
			if w != "" {
				row.Cells = append(row.Cells, sheet.Cell{Row: i + 1, Col: j + 1, Kind: sheet.Text, Text: w})
			}
		}
		if len(row.Cells) > 0 {
			s.Rows = append(s.Rows, row)
		}
	}
	return s
}

// FuzzReadHidden reads made-up hidden sheets of forms: a base is taken only under
// its own checksum.
func FuzzReadHidden(f *testing.F) {
	f.Add(`{"form":"task_month","version":1}` + "\n" + taskID(1) + "\t" + `{"title":{"Text":"修路","Set":true}}` + "\n" + checksumMark + "\tx")
	f.Add("null\n" + checksumMark)
	f.Add("\t{}\n\n" + checksumMark + "\t\t")
	f.Fuzz(func(t *testing.T, content string) {
		b := &sheet.Book{Sheets: []sheet.Sheet{linesSheet("月报", "任务名称"), linesSheet(hiddenName, content)}}
		h, warning := readHidden(b)
		switch {
		case h == nil && warning == "" && len(b.Sheets[1].Rows) > 0:
			t.Error("neither what was hidden nor a word on it")
		case h != nil && warning != "" && (h.base != nil || h.order != nil):
			t.Error("a base that has been changed is used")
		case h != nil && len(h.order) > len(b.Sheets[1].Rows):
			t.Error("more rows than lines")
		}
	})
}

// FuzzReceipt reads made-up receipts, with and without their hidden sheet, and codes
// as people say them.
func FuzzReceipt(f *testing.F) {
	f.Add(`{"version":1,"code":"ABC234","rows":[{"id":"x","left":["title"]}]}`, "AB C2 34")
	f.Add("", "ＡＢＣ２３４")
	f.Add(`{"version":99}`, "0O1I")
	f.Fuzz(func(t *testing.T, content, code string) {
		if got, ok := IsReceiptCode(code); ok {
			if again, still := IsReceiptCode(got); !still || again != got || len(got) != 6 {
				t.Errorf("%q is the code %q, which is %q", code, got, again)
			}
		}
		front := linesSheet("回执", "回执\n"+codeHead+"\t"+strings.NewReplacer("\n", " ", "\t", " ").Replace(code))
		for _, sheets := range [][]sheet.Sheet{{front}, {front, linesSheet(receiptName, content)}} {
			r, err := ReadReceipt(&sheet.Book{Sheets: sheets})
			if r != nil && err != nil || r != nil && r.Version > wireVersion {
				t.Errorf("receipt %+v, error %v", r, err)
			}
		}
	})
}
