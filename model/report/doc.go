// Package report turns query results into the tables and words that go up:
// 汇总 and 月报. It counts, it does not judge: order is that of the divisions,
// never by value, and nobody is ranked. Everything is pure.
package report
