// Package filling is the page 按上级表填报: a table of the level above is filled out of the
// ledgers, in its own file. At the left stands the sheet as it looks, blank or as it
// will be written; at the right its columns with what fills each and why, and below
// them from where the value of the cell at the left comes. Nothing is written before
// 生成.
//
// The same blank table goes down to the villages (发给各村) and their copies come back
// into one (收回合并); that needs no ledger.
package filling
