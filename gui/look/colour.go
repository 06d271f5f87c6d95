package look

import "image/color"

// The colours of the window. Names say what a colour is for.
var (
	Paper = rgb(0xFFFFFF) // cards, grid, drawer
	Page  = rgb(0xF4F5F7) // behind the cards
	Head  = rgb(0xFAFBFC) // head of a grid, wash of the row under the mouse

	Ink    = rgb(0x1F2329) // text
	Second = rgb(0x646A73) // text of less weight; the lightest that may be read
	Faint  = rgb(0x8A9099) // marks and lines only, never text to be read

	Line     = rgb(0xE3E5E8) // borders
	SoftLine = rgb(0xEEF0F2) // between rows; the empty part of a bar
	Badge    = rgb(0xE3E5E8) // behind a neutral count

	Accent      = rgb(0xA61E1E) // deep red: the primary button, the open page
	AccentWash  = rgb(0xFBEDEC)
	AccentLine  = rgb(0xE9B9B5) // border of a chosen chip
	AccentHover = rgb(0x8E1919)

	Overdue     = rgb(0xC62828) // 逾期
	OverdueText = rgb(0xB71C1C)
	Soon        = rgb(0xD98E04) // 临期
	SoonText    = rgb(0x946200)
	Fine        = rgb(0x2E7D32) // 正常
	Bar         = rgb(0x5B7FA6) // progress

	Selected     = rgb(0xFFF7E8) // fill of a chosen row
	SelectedLine = rgb(0xD9A441) // its outline

	Added    = rgb(0xE7F4E8) // 新增
	Changed  = rgb(0xFFF7E0) // 修改
	Conflict = rgb(0xFBE3E1) // 冲突, 问题

	Clear = color.NRGBA{}
	Shade = color.NRGBA{A: 0x40} // over the page, behind a dialog
	Glow  = color.NRGBA{A: 0x1F} // shadow of what floats: menu, toast, list
)

// rgb makes an opaque colour from its six hexadecimal digits.
func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xFF}
}
