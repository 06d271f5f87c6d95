// Package kit holds the window's own parts: button, entry, chips, drawer, toast,
// date, picker, charts, cards. They render what they are given and emit callbacks;
// they store nothing, ask nobody, and know of the model only its kinds of fields.
// The grid stands in kit/grid, drawing pixel by pixel in kit/ink.
//
// A part has exported fields to be set before it is shown and calls of the form
// SetX for later. Nothing here starts a goroutine or binds typed text to data:
// data binding cuts Chinese input.
package kit
