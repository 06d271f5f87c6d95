package app

import (
	"os"
	"testing"
)

// TestDraft_Corpus previews what villages and others really send, and looks at every
// sheet as the page does: always an answer, never a crash.
func TestDraft_Corpus(t *testing.T) {
	const corpus = "../../../shared/corpus/"
	if _, err := os.Stat(corpus); err != nil || testing.Short() {
		t.Skip("the corpus is not here")
	}
	a := openDemo(t)
	drafts, err := a.ReadDrafts(t.Context(), []string{corpus + "chinese", corpus + "odd"}, nil)
	check(t, err)
	tables := 0
	for _, d := range drafts {
		for _, p := range previewDraft(t, a, d, DraftChoice{}).Tables {
			tables++
			rows, cols := p.Sheet.Extent()
			for row := 1; row <= min(rows, 60); row++ {
				for col := 1; col <= min(cols, 40); col++ {
					if c := p.Sheet.At(row, col); c.Covered && c.Text != "" {
						t.Fatalf("%s: %s says %q under a merged block", d.Name, p.Sheet.Address(row, col), c.Text)
					}
				}
			}
		}
	}
	if tables < 50 {
		t.Errorf("%d tables in %d files", tables, len(drafts))
	}
}
