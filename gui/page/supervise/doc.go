// Package supervise is the page 督办: what the rules propose to be reminded of, pressed
// for and put under an order, each step taken by a person; the orders (督办单) with their
// feedback and papers; the dispatch meetings (调度会) with what they decided; and the text
// of a report (汇报材料) whose figures open what they counted.
//
// page.go frames the parts; press.go, orders.go and meetings.go arrange, read and ask, a
// part each; brief.go is the dialog of the text; view.go and words.go decide what is
// shown.
package supervise
