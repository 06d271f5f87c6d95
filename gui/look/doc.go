// Package look holds what the window looks like and nothing of what it does:
// the theme, colours, sizes, marks and icons of ../../../shared/design, and the
// Chinese words for the few strings that Fyne shows by itself.
//
// Light always; one accent; a status is told by colour, shape and word together.
// Text that is to be read is never lighter than Second on Paper (5.4:1).
package look
