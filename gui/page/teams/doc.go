// Package teams is the page 驻村: who is stationed where and until when, the month
// sheet of attendance entered by keyboard, the visits, and what the rules doubt.
//
// Each side of the page is a part with its own lines above the grid; the parts share
// the row of chips by which one goes to another. Nobody is ranked: lines stand in
// the order of the divisions and of the roster.
package teams
