// Package exchange is the wire: how workbooks become plans and plans become
// workbooks. It finds tables and headers in a sheet, maps columns to paths,
// turns rows into a Plan (新增, 修改, 清空, 少报的行, 相同, 冲突, 问题), merges
// what several senders say by their claims, builds the forms that go out, and
// makes receipts.
//
// Everything here is pure over sheet and model: the ledger is asked through
// Lookup, nothing is written, and the same input gives the same plan in the
// window, on the command line and in tests.
package exchange
