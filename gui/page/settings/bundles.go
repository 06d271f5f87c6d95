package settings

import (
	"cmp"
	"strings"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/model"
)

// bundleSource shows entries of the ledger 数据包: 科室包 or 下村包.
type bundleSource struct {
	columns []bundleColumn
	// words says a field otherwise than the ledger does; nil where it says all well.
	words   func(rec *model.Record, key, words string) string
	ledger  *model.Ledger // nil until it is read
	bundles []*model.Record
}

// bundleColumn is a field shown, with the width of its column; its title is the
// ledger's if none is given. The last column takes the room that is left.
type bundleColumn struct {
	key, title string
	width      float32
}

// Len is the number of entries.
func (s *bundleSource) Len() int { return len(s.bundles) }

// Columns lists the columns.
func (s *bundleSource) Columns() []grid.Column {
	if s.ledger == nil {
		return nil
	}
	out := make([]grid.Column, len(s.columns))
	for i, c := range s.columns {
		f := s.ledger.Field(c.key)
		out[i] = grid.Column{Key: c.key, Title: cmp.Or(c.title, f.Label), Width: c.width, Grow: i == len(s.columns)-1}
		if f.Kind.Numeric() {
			out[i].Align = grid.AlignRight
		}
	}
	return out
}

// Cell shows a field of an entry.
func (s *bundleSource) Cell(row, col int) grid.Cell {
	key, rec := s.columns[col].key, s.bundles[row]
	words := s.ledger.Field(key).Show(rec.Get(key))
	if key == "made_at" {
		words = strings.Replace(words, "T", " ", 1) // as it is kept: 2026-11-22T09:30
	}
	if s.words != nil {
		words = s.words(rec, key, words)
	}
	return grid.Cell{Text: words}
}
