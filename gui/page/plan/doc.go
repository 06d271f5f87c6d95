// Package plan shows what taking in a table would do (exchange.Plan), row by row,
// before anything is written: the old value struck through before the new, chips
// that filter by kind, conflicts with a card to decide them, problems with their
// sentence. 报表 uses it for returns, 导入 for other tables. It writes nothing: what
// the clerk decides is kept in Decisions, for the page to carry out with the rest.
package plan
