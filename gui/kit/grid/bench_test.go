package grid

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/look"
)

// many is a source of n made-up rows whose texts all differ.
type many struct{ n int }

func (m many) Len() int { return m.n }

func (m many) Columns() []Column {
	cols := make([]Column, 12)
	for i := range cols {
		cols[i] = Column{Key: fmt.Sprintf("c%d", i), Title: fmt.Sprintf("第%d列", i+1), Width: 110, Pinned: i == 0, Sortable: true, Editable: i > 0}
	}
	return cols
}

// Cell mixes characters by row and column, so that every page has fresh text.
func (m many) Cell(row, col int) Cell {
	const chars = "饮水安全巩固提升改造管网公里更换主入户排查撂荒地整治人居环境集体经济村道路塌方抢修厕所续聘岗位防返贫动态监测移风易俗档案督办"
	r := []rune(chars)
	text := make([]rune, 0, 8)
	for i := range 5 {
		text = append(text, r[(row*7+col*13+i*31+row/60)%len(r)])
	}
	c := Cell{Text: fmt.Sprintf("%s %d", string(text), row)}
	if col == 3 {
		c.Mark = look.MarkSoon
	}
	return c
}

// BenchmarkGridPageDown100k pages through 100,000 rows of 12 columns with fresh
// text on every page, at 1366×768 in the software painter.
func BenchmarkGridPageDown100k(b *testing.B) {
	g := New(Config{Source: many{100_000}})
	w := newWindow(b, g, 1366, 768)
	b.ResetTimer()
	for b.Loop() {
		g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
		w.Canvas().Capture()
	}
}

// BenchmarkGridScroll moves a page to and fro whose glyphs are all drawn already:
// what the grid itself draws, without the painter.
func BenchmarkGridScroll(b *testing.B) {
	g := New(Config{Source: many{100_000}})
	newWindow(b, g, 1366, 768)
	d := float32(25)
	for b.Loop() {
		g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -d}})
		g.body.Draw(1366, 736)
		g.head.Draw(1366, 32)
		d = -d
	}
}

// BenchmarkEmptyWindow is the painter's own cost of a picture of that size.
func BenchmarkEmptyWindow(b *testing.B) {
	w := newWindow(b, New(Config{Source: many{0}}), 1366, 768)
	for b.Loop() {
		w.Canvas().Capture()
	}
}
