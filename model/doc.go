// Package model holds the words everything else is written in: what a ledger
// (台账) and its fields are, what a record and a value are, where a record
// belongs (areas), who acts (actors), what a change is, and what an error says.
//
// A ledger is data, not code. From one Ledger value come the SQL table, the
// journal triggers, the grid, the entry form, the import mapping, the workbook
// that goes out to a village and the merge of what comes back. The built-in
// ledgers are in model/ledgers, one file each; a user's own are made at run time
// and behave alike.
//
// The package imports only the standard library, so that every other package
// can import it.
package model
