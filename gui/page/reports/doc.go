// Package reports is the page 报表: what was asked of whom for a period and who has
// answered, sending forms out (下发), taking returned ones in (收表), and the
// conflicts that wait for a decision.
//
// The page has three views, one at a time: front.go, collect.go, conflicts.go.
package reports
