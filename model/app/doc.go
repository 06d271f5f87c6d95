// Package app holds the use cases: the only door through which the window and
// the command line reach the ledger. It joins the pure packages (exchange,
// report, rule, ledgers) with the store, owns the one clock and the actor, and
// turns every gesture into one operation.
//
// A use case reads its request, decides with pure functions, writes in one
// App.do and returns what happened. Nothing here draws, prints or asks.
package app
