package settings

import (
	"cmp"
	"slices"
	"strconv"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/text"
)

// areaRow is a visible division.
type areaRow struct {
	rec    *model.Record
	depth  int
	branch bool
}

// areaTree shows the divisions as a tree, in their own order.
type areaTree struct {
	ledger  *model.Ledger
	records []*model.Record
	uses    map[string][]app.Use
	folded  map[string]bool
	words   string // shows only what contains them, and what stands above it
	rows    []areaRow
}

// byOrder is the order of the divisions: 排序, then code, then creation.
func byOrder(a, b *model.Record) int {
	order := func(r *model.Record) int64 {
		if v := r.Get("order"); v.Set || v.Num != 0 {
			return v.Num
		}
		return 1 << 40
	}
	return cmp.Or(cmp.Compare(order(a), order(b)), cmp.Compare(a.Get("code").Text, b.Get("code").Text))
}

// arrange works out the visible rows.
func (t *areaTree) arrange() {
	known, below := map[string]bool{}, map[string][]*model.Record{}
	for _, r := range t.records {
		known[r.ID] = true
	}
	for _, r := range t.records {
		above := r.Get("parent").ID
		if !known[above] {
			above = ""
		}
		below[above] = append(below[above], r)
	}
	for _, list := range below {
		slices.SortStableFunc(list, byOrder)
	}
	t.rows = t.branch(below, "", 0)
}

// branch lists the rows below a division.
func (t *areaTree) branch(below map[string][]*model.Record, above string, depth int) []areaRow {
	var out []areaRow
	for _, r := range below[above] {
		inner := t.branch(below, r.ID, depth+1)
		if t.words != "" && len(inner) == 0 && !t.fits(r) {
			continue
		}
		out = append(out, areaRow{rec: r, depth: depth, branch: len(below[r.ID]) > 0})
		if t.words != "" || !t.folded[r.ID] {
			out = append(out, inner...)
		}
	}
	return out
}

func (t *areaTree) fits(r *model.Record) bool {
	for _, key := range []string{"name", "aliases", "code"} {
		if text.Contains(t.words, r.Get(key).Text) {
			return true
		}
	}
	return false
}

// rowOf returns the row of a division, or -1.
func (t *areaTree) rowOf(id string) int {
	return slices.IndexFunc(t.rows, func(r areaRow) bool { return r.rec.ID == id })
}

// total counts what refers to a division.
func total(uses []app.Use) int {
	n := 0
	for _, u := range uses {
		n += u.N
	}
	return n
}

// Len is the number of visible divisions.
func (t *areaTree) Len() int { return len(t.rows) }

// Columns lists the columns.
func (t *areaTree) Columns() []grid.Column {
	return []grid.Column{
		{Key: "name", Title: "名称", Width: 150, Grow: true}, {Key: "level", Title: "级别", Width: 56},
		{Key: "code", Title: "区划代码", Width: 112}, {Key: "aliases", Title: "别名", Width: 90},
		{Key: "uses", Title: "被引用", Width: 64, Align: grid.AlignRight},
	}
}

// Cell shows a division.
func (t *areaTree) Cell(row, col int) grid.Cell {
	r := t.rows[row]
	key := t.Columns()[col].Key
	switch key {
	case "uses":
		if n := total(t.uses[r.rec.ID]); n > 0 {
			return grid.Cell{Text: strconv.Itoa(n)}
		}
		return grid.Cell{Text: "—", Tone: look.ToneQuiet}
	case "name":
		c := grid.Cell{Text: r.rec.Get(key).Text, Indent: r.depth, Bold: r.branch}
		switch {
		case r.branch && t.folded[r.rec.ID] && t.words == "":
			c.Twist = grid.TwistClosed
		case r.branch:
			c.Twist = grid.TwistOpen
		}
		return c
	}
	return grid.Cell{Text: t.ledger.Field(key).Show(r.rec.Get(key))}
}

// foldLow folds what stands below the villages when there are many divisions.
func foldLow(records []*model.Record) map[string]bool {
	folded := map[string]bool{}
	for _, r := range records {
		if model.Level(r.Get("level").Text) == model.LevelVillage {
			folded[r.ID] = true
		}
	}
	return folded
}

// levelBelow is the level of what is added below a division.
func levelBelow(r *model.Record) string {
	if r == nil {
		return string(model.LevelCounty)
	}
	switch model.Level(r.Get("level").Text) {
	case model.LevelProvince:
		return string(model.LevelCity)
	case model.LevelCity:
		return string(model.LevelCounty)
	case model.LevelCounty:
		return string(model.LevelTown)
	case model.LevelTown:
		return string(model.LevelVillage)
	}
	return string(model.LevelGroup)
}
