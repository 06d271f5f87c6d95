// Package start is the page before any ledger is open: five doors by which a clerk
// comes in (CLERK 10). It opens and makes nothing itself: what she decides goes out
// by the callbacks of Params.
package start
