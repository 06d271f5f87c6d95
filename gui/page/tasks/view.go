package tasks

import (
	"cmp"
	"slices"
	"strings"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/text"
)

// node is an item in the tree.
type node struct {
	rec      *model.Record
	above    *node
	children []*node
	foreign  bool // of a level above: read-only, grey
}

// row is a visible line of the grid.
type row struct {
	*node
	depth int
	open  bool
}

// tree is all items that are shown here.
type tree struct {
	data
	roots []*node
	nodes map[string]*node // by id, only what is in the tree
}

// grow makes the tree of the own items and of those above them: the topmost in the
// order in which they came, parts in the order of the divisions. Other townships'
// items stay out.
func grow(d data) *tree {
	t := &tree{data: d, nodes: map[string]*node{}}
	every := map[string]*node{}
	for _, r := range d.all {
		every[r.ID] = &node{rec: r, foreign: !d.own[r.ID]}
	}
	for _, r := range d.all {
		for at := every[r.ID]; d.own[r.ID] && at != nil && t.nodes[at.rec.ID] == nil; at = every[at.rec.Get("parent").ID] {
			t.nodes[at.rec.ID] = at
		}
	}
	for _, r := range d.all {
		n := t.nodes[r.ID]
		if n == nil {
			continue
		}
		if above := t.nodes[r.Get("parent").ID]; above != nil && above != n {
			n.above = above
			above.children = append(above.children, n)
		} else {
			t.roots = append(t.roots, n)
		}
	}
	for _, n := range t.nodes {
		slices.SortStableFunc(n.children, func(a, b *node) int { return cmp.Compare(d.rankOf(a.rec), d.rankOf(b.rec)) })
	}
	return t
}

// rankOf is the place of an item's unit in the order of the divisions.
func (d *data) rankOf(r *model.Record) int {
	if id := r.Get(colUnit).ID; id != "" {
		return d.places.rank(id)
	}
	return d.places.rank(r.Area)
}

// leaves are the items at or below n that have none below them.
func (n *node) leaves() []*node {
	if len(n.children) == 0 {
		return []*node{n}
	}
	var out []*node
	for _, c := range n.children {
		out = append(out, c.leaves()...)
	}
	return out
}

// size is the number of items below n.
func (n *node) size() int {
	total := 0
	for _, c := range n.children {
		total += 1 + c.size()
	}
	return total
}

// view is how the items are looked at: what may be kept under a name.
type view struct {
	Chip     string            `json:"chip,omitempty"`
	Category string            `json:"category,omitempty"`
	Unit     string            `json:"unit,omitempty"`   // words of 责任单位
	Search   string            `json:"search,omitempty"` // words looked for in all that is written
	Columns  map[string]string `json:"filters,omitempty"`
	Sort     grid.Sort         `json:"sort"`
	Flat     bool              `json:"flat,omitempty"`
}

// narrows reports whether some items are left out.
func (v view) narrows() bool {
	if v.Chip != chipAll && v.Chip != "" || v.Category != "" || v.Unit != "" || v.Search != "" {
		return true
	}
	for _, w := range v.Columns {
		if w != "" {
			return true
		}
	}
	return false
}

// The chips.
const (
	chipAll    = "all"
	chipLate   = "late"
	chipSoon   = "soon"
	chipGap    = "gap"
	chipReview = "review"
	chipTodo   = "todo"
	chipStale  = "stale"
	chipDone   = "done"
)

// chipFits decides for each chip which items it shows.
var chipFits = map[string]func(*model.Record) bool{
	chipAll:    func(*model.Record) bool { return true },
	chipLate:   func(r *model.Record) bool { return lit(r, ledgers.LightRed, ledgers.ReasonTime) },
	chipSoon:   func(r *model.Record) bool { return lit(r, ledgers.LightYellow, ledgers.ReasonTime) },
	chipGap:    func(r *model.Record) bool { return r.Get("light_reason").Text == ledgers.ReasonGap },
	chipStale:  func(r *model.Record) bool { return r.Get("light_reason").Text == ledgers.ReasonSilence },
	chipReview: func(r *model.Record) bool { return r.Get("state").Text == ledgers.StateReview },
	chipTodo: func(r *model.Record) bool {
		s := r.Get("state").Text
		return s == ledgers.StateTodo || s == ledgers.StateSign
	},
	chipDone: func(r *model.Record) bool { return r.Get("state").Text == ledgers.StateDone },
}

func lit(r *model.Record, light, reason string) bool {
	return r.Get("light").Text == light && r.Get("light_reason").Text == reason
}

// counts returns for each chip how many of the own items it shows.
func counts(d data) map[string]int {
	out := map[string]int{}
	for _, r := range d.all {
		if !d.own[r.ID] {
			continue
		}
		for key, fits := range chipFits {
			if fits(r) {
				out[key]++
			}
		}
	}
	return out
}

// rows lays the tree out. Narrowed, what fits is shown with all that stands above
// it, unfolded; else folded as shut says. Flat shows own items without their tree.
func (t *tree) rows(v view, shut map[string]bool) []row {
	s := shower{tree: t, view: v, shut: shut, narrow: v.narrows()}
	if v.Flat {
		s.flat(t.roots)
		s.sortFlat()
	} else {
		s.walk(t.roots, 0)
	}
	return s.out
}

type shower struct {
	*tree
	view   view
	shut   map[string]bool
	narrow bool
	out    []row
}

// walk adds the nodes that are shown and reports whether there were any.
func (s *shower) walk(nodes []*node, depth int) bool {
	shown := false
	for _, n := range s.sorted(nodes) {
		at := len(s.out)
		open := s.narrow || !s.shut[n.rec.ID]
		s.out = append(s.out, row{n, depth, open})
		below := open && s.walk(n.children, depth+1)
		if s.narrow && !below && !s.fits(n) {
			s.out = s.out[:at]
			continue
		}
		shown = true
	}
	return shown
}

// flat adds the own items that fit, one after the other.
func (s *shower) flat(nodes []*node) {
	for _, n := range nodes {
		if !n.foreign && s.fits(n) {
			s.out = append(s.out, row{node: n, open: true})
		}
		s.flat(n.children)
	}
}

// fits reports whether an item itself passes the filter.
func (s *shower) fits(n *node) bool {
	v := s.view
	if fits := chipFits[v.Chip]; fits != nil && v.Chip != chipAll && (n.foreign || !fits(n.rec)) {
		return false
	}
	if v.Category != "" && n.rec.Get("category").Text != v.Category || v.Unit != "" && n.rec.Get(colUnit).Text != v.Unit {
		return false
	}
	if v.Search != "" && !text.Contains(v.Search, texts(s.data, n.rec)...) {
		return false
	}
	for key, words := range v.Columns {
		if words != "" && !text.Contains(words, columnText(s.data, n.rec, key)) {
			return false
		}
	}
	return true
}

// texts are the words of an item that a search looks through.
func texts(d data, r *model.Record) []string {
	var out []string
	for _, key := range []string{colTitle, colUnit, colPerson, colDocNo, colProblem, "content", "latest_text"} {
		out = append(out, columnText(d, r, key))
	}
	return out
}

// keyed is something with the text by which it is sorted.
type keyed[T any] struct {
	key  string
	item T
}

// sorted returns siblings in the chosen order.
func (s *shower) sorted(nodes []*node) []*node {
	if s.view.Sort.Key == "" || len(nodes) < 2 {
		return nodes
	}
	return sortBy(nodes, s.view.Sort, func(n *node) string { return sortValue(s.data, n.rec, s.view.Sort.Key) })
}

// sortFlat puts the rows of the flat view in the chosen order.
func (s *shower) sortFlat() {
	if s.view.Sort.Key != "" {
		s.out = sortBy(s.out, s.view.Sort, func(r row) string { return sortValue(s.data, r.rec, s.view.Sort.Key) })
	}
}

// sortBy returns items in the order of their keys, each made once; empty keys come
// last either way.
func sortBy[T any](items []T, by grid.Sort, key func(T) string) []T {
	list := make([]keyed[T], len(items))
	for i, it := range items {
		list[i] = keyed[T]{key(it), it}
	}
	slices.SortStableFunc(list, func(a, b keyed[T]) int {
		if (a.key == "") != (b.key == "") {
			return cmp.Compare(b.key, a.key)
		}
		if by.Desc {
			return strings.Compare(b.key, a.key)
		}
		return strings.Compare(a.key, b.key)
	})
	out := make([]T, len(items))
	for i, k := range list {
		out[i] = k.item
	}
	return out
}

// rowOf is the row that shows an item, or -1.
func rowOf(rows []row, id string) int {
	return slices.IndexFunc(rows, func(r row) bool { return r.rec.ID == id })
}
