// Package sheetview draws a sheet of somebody else's making as it looks, for the pages
// that read or fill one: numbered rows, lettered columns, merged blocks, and a word
// beside the rows that mean something to the table on it.
package sheetview
