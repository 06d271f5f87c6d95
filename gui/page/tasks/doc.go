// Package tasks is the page 任务: the items as a tree from the county down to the
// villages, quick filters with counts, and a drawer in which progress is entered,
// fields are edited, steps are taken and the history is read (CLERK 23).
//
// What is shown is decided by pure functions: view.go lays the tree out, columns.go
// and words.go say what stands in a cell, plan.go what a paste would change, steps.go
// who may take which step, shares.go how an item is split. The page itself reads,
// asks and writes through app alone.
package tasks
