// Package grid is the program's face: a table with the habits of Excel over any
// number of rows.
//
// Head and body are each one image, drawn by package ink from its glyph masks; the
// filter row and the editor are Fyne objects laid over them. Only visible cells are
// asked for, so everything costs what the window shows, not what the ledger holds.
//
// A grid has two ways of being used. With Config.Rows set it is a list: the choice
// is whole rows, Enter opens. Without, it is a sheet: a cell cursor, ranges, typing
// edits, copy and paste in Excel's own text format.
//
// Keys: arrows, PageUp and PageDown, Home and End (row), Ctrl+Home and Ctrl+End
// (grid), all with Shift to extend; Tab and Shift+Tab across, Enter and Shift+Enter
// down and up; F2 or typing edits, Esc drops the edit, Delete empties; Space folds a
// branch; Ctrl+A, Ctrl+C, Ctrl+X, Ctrl+V, Ctrl+D (fill down),
// Ctrl+Shift+D (fill right). Columns may have letters of their own (Column.Quick). A key without a use here goes on to the
// window.
package grid
