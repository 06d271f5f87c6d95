// Package ledgers is the page 台账: at the left the ledgers that hold something, at
// the right any of them in the grid, edited in place as in Excel, and beside it a
// drawer with the record, what belongs to it, and its history.
//
// A ledger may have 100,000 records. The grid's source is a window over them: pages
// are read as they come into sight, sorted, filtered and searched by the store.
//
// What is shown is decided by pure functions in shelf_view.go, columns.go,
// request.go, paste.go and words.go; the other files arrange, read and ask.
package ledgers
