// Package fill decides how a table of somebody else's making (套表) is filled: where
// its empty rows are, which column takes which value, what a value looks like in the
// format that the template gives its cell. Everything here is pure: package app asks
// the ledger, package sheet writes the file.
//
// A value in the wrong column is the worst that can happen here. So only what is
// named alike beyond doubt is filled; all else is left to a person and listed.
package fill
