// Package gui is the window: rail, top bar, status line, menus, and the pages
// between which they lead. It opens and closes ledgers, hands every page its Desk,
// and tells the pages what operations changed; what a page shows and does is the
// page's own (gui/page/…).
//
// To add a page: write its package under gui/page, name it in page.Name, and give
// it a line in entries.go. To add a shortcut: menu.go.
package gui
