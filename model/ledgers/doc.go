// Package ledgers describes the built-in ledgers (内置台账), one file each, in the
// order and the words of the paper form they come from, together with the
// behaviour that only some ledgers have: the flow and the lights of followed items
// (follow.go), a member's term, a ledger's own checks.
// Everything here is pure: no clock, no file, no database.
//
// To add a ledger:
//  1. write a file named after its key with one func returning *model.Ledger,
//     fields in the order of the paper form, headers met in the wild as Synonyms;
//  2. name its natural keys (Match), the field people know a record by (Title)
//     and the references its area follows from (AreaFrom);
//  3. put derived fields, flow and checks beside it, as pure functions; a check that
//     looks at other records (members of a household, the same number elsewhere)
//     names them in Check.Beside;
//  4. add the func to the list in All;
//  5. run the tests: they hold every ledger to the rules of ledgers_test.go.
//
// Table, grid, form, import, merge, search and command line follow from that.
package ledgers
