// Package page holds what all pages of the window share: what a page is given
// (Desk), what it is to the window (Page), where one can go (Route), and how its
// parts are arranged. Each page is a package of its own beneath; pages never
// import each other: they go to one another by Desk.Open.
package page
