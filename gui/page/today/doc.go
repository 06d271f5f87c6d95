// Package today is the page 今日: what asks for attention in the own unit today.
// What is shown is a pure function of what app lists (view.go, words.go); every
// figure and every line opens what is behind it. Nothing is written here but what
// the clerk takes in from a workbook of her own on an empty ledger.
package today
