// Package reports is the page 报表: what was asked of whom for a period and who has
// answered, the forms themselves (表样), sending them out (下发), taking returned ones
// in (收表), what differs from the period before (对比), and the conflicts that wait for
// a decision. What was said on the phone, on paper or in the chat group becomes a
// return like any other (hand.go, group.go).
//
// The page has five views, one at a time: front.go, collect.go, conflicts.go, forms.go,
// compare.go.
package reports
