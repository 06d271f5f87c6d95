package exchange

import (
	"iter"
	"slices"
)

// entries are the cells of a row in the order of its columns. A row has a few
// dozen: looking through them is no slower than a map, which takes as long to make
// as the row to read.
type entries []pathEntry

type pathEntry struct {
	path Path
	Entry
}

// get returns the entry of a path and whether there is one.
func (es entries) get(p Path) (Entry, bool) {
	for i := range es {
		if es[i].path == p {
			return es[i].Entry, true
		}
	}
	return Entry{}, false
}

// at returns the entry of a path, the zero one if there is none.
func (es entries) at(p Path) Entry {
	e, _ := es.get(p)
	return e
}

// set replaces the entry of a path that has one.
func (es entries) set(p Path, e Entry) {
	for i := range es {
		if es[i].path == p {
			es[i].Entry = e
			return
		}
	}
}

// all goes through the entries.
func (es entries) all() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for i := range es {
			if !yield(es[i].Entry) {
				return
			}
		}
	}
}

// worthHalving is the number of rows that are worth a goroutine.
const worthHalving = 200

// halves does the second half of a list on a goroutine of its own while it does
// the first, and returns what both gave, in order, when both are done: the
// clerks' computers have two cores. Neither half may depend on the other.
func halves[T, R any](list []T, do func([]T) R) []R {
	if len(list) < worthHalving {
		return []R{do(list)}
	}
	second := make(chan R, 1)
	go func() { second <- do(list[len(list)/2:]) }()
	return []R{do(list[:len(list)/2]), <-second}
}

// planRows plans the rows. Those that only add records ask nothing of the ledger
// and may be planned in halves.
func (pl *importPlanner) planRows(rows []*importRow) error {
	var parts []plannedRows
	if slices.ContainsFunc(rows, func(r *importRow) bool { return r.rec != nil }) {
		parts = []plannedRows{pl.planPart(rows)}
	} else {
		parts = halves(rows, pl.planPart)
	}
	for _, part := range parts {
		if part.err != nil {
			return part.err
		}
		pl.plan.Rows, pl.plan.Problems = append(pl.plan.Rows, part.plan.Rows...), append(pl.plan.Problems, part.plan.Problems...)
	}
	return nil
}

// plannedRows are rows planned, with what is to be said of them.
type plannedRows struct {
	plan *Plan
	err  error
}

// planPart plans some of the rows and lets go of their cells. It changes nothing else.
func (pl *importPlanner) planPart(rows []*importRow) plannedRows {
	part := *pl
	part.plan = &Plan{Period: pl.plan.Period, Rows: make([]PlanRow, 0, len(rows))}
	for _, row := range rows {
		out, err := part.row(row)
		if err != nil {
			return plannedRows{err: err}
		}
		part.plan.Rows = append(part.plan.Rows, out)
		row.cells, row.quantities = nil, nil // the plan has what it needs of them
	}
	return plannedRows{plan: part.plan}
}
