// Package word writes documents (.docx) in the layout of Chinese official papers (GB/T
// 9704): A4, the title in 方正小标宋 22 pt, text in 仿宋 16 pt on lines of 28 pt with an
// indent of two characters, headings in 黑体 and 楷体, page numbers at the foot. Fonts
// are named, not embedded; a PC without them shows its own 宋体.
//
// It only writes; documents that come in are read by package sheet. The same
// Document gives the same bytes.
package word
