// Package reports is the page 报表: what was asked of whom for a period and who has
// answered, the forms themselves (表样), sending them out (下发), taking returned ones
// in (收表), what differs from the period before (对比), and the conflicts that wait for
// a decision. What was said on the phone, on paper or in the chat group becomes a
// return like any other (hand.go, group.go).
//
// A table that went up is 定稿 (finals.go, finalize.go); the scan of the sealed paper
// copy is kept with what a village reported (stamp.go).
//
// The page has six views, one at a time: front.go, collect.go, conflicts.go, forms.go,
// compare.go, finals.go.
package reports
