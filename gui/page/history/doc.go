// Package history is the page 历史: every operation of this ledger, newest first,
// what each did to which record, and the way to undo any of them. An undo is an
// operation too, so that redoing is undoing the undo.
//
// What the page says is decided in words.go and view.go; the page itself only
// arranges, reads and asks.
package history
