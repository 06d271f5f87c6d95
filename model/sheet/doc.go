// Package sheet reads and writes workbooks neutrally: cells with their address,
// type and raw text going in, a description of layout going out. It knows
// nothing of ledgers, headers or forms.
//
// Reading is by content, never by a file's name: xlsx, xls (by way of the package
// beneath), pages of tables, XML 2003 and csv. Memory follows what the sheet
// holds, not what its dimension claims. Numbers keep the digits the file has, so
// that an ID number damaged by Excel still shows its damage.
// Pictures of xlsx are found with their place (Sheet.Images), whether they lie over
// the cells or in them; their contents are read when asked for (ReadPictures).
// Writing goes through excelize, which no other package imports.
package sheet
