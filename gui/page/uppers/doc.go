// Package uppers is the page 报表登记: the tables that levels above ask for, when each is
// due, what was sent, and the files themselves. page.go arranges and reads, ask.go asks
// for a table to be registered; view.go and words.go say what stands in the lines.
package uppers
