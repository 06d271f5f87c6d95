package exchange

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
)

// TestHalves_KeepsTheOrder: however long the list, everything is done once and in
// order.
func TestHalves_KeepsTheOrder(t *testing.T) {
	for _, n := range []int{0, 1, worthHalving - 1, worthHalving, worthHalving + 1, 3 * worthHalving} {
		list := make([]int, n)
		for i := range list {
			list[i] = i
		}
		parts := halves(list, slices.Clone[[]int])
		if got := slices.Concat(parts...); !slices.Equal(got, list) {
			t.Errorf("%d: %v", n, got)
		}
		if want := 1 + min(n/worthHalving, 1); len(parts) != want {
			t.Errorf("%d done in %d parts, want %d", n, len(parts), want)
		}
	}
}

// TestEntries_AreLikeAMap compares them with one.
func TestEntries_AreLikeAMap(t *testing.T) {
	paths := []Path{"title", "unit", "progress.text", "progress.done"}
	rapid.Check(t, func(rt *rapid.T) {
		var list entries
		want := map[Path]Entry{}
		for _, p := range paths {
			if rapid.Bool().Draw(rt, string(p)) {
				e := Entry{Cell: string(p), Value: model.Text("原")}
				list, want[p] = append(list, pathEntry{p, e}), e
			}
		}
		p := rapid.SampledFrom(paths).Draw(rt, "set")
		e := Entry{Cell: "A1", Value: model.Text("改")}
		list.set(p, e)
		if _, ok := want[p]; ok {
			want[p] = e
		}
		for _, p := range paths {
			got, ok := list.get(p)
			w, wanted := want[p]
			if ok != wanted || got.Cell != w.Cell || got.Value != w.Value || list.at(p).Value != w.Value {
				rt.Fatalf("%s: %+v %t, want %+v %t", p, got, ok, w, wanted)
			}
		}
		if n := len(slices.Collect(list.all())); n != len(want) {
			rt.Fatalf("%d entries, want %d", n, len(want))
		}
	})
}
