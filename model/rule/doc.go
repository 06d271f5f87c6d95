// Package rule is the machinery of checks and of what a county or a year may
// change: parameters dated by the day they come into force (口径与参数), the words
// of a policy year, the checks that every kind of field has, and the reading of
// typed or imported text into values. It knows no ledger, asks for no clock and
// keeps nothing.
//
// An 错误 (model.Fault) holds its field back; a 疑点 (model.Doubt) never does; a
// 提示 (model.Hint) is only told.
package rule
