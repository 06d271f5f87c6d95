// Package importing is the page 导入: tables of any make on their way into the ledger.
// At the left the files with their tables; of the chosen one the sheet as it looks,
// and under it what would become of it, which column means what, and what is wrong.
// A click in one goes to the same cell in the other. Nothing is written before the
// red button says how many rows.
package importing
