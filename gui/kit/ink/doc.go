// Package ink draws text, marks, bars and lines straight into an image. Fyne
// rasterises every fresh string at about 1 ms and keeps no glyphs; ink keeps a
// mask for each glyph, size, weight and quarter of a pixel, and a page of 250
// cells costs a few milliseconds.
//
// A Sheet counts in Fyne's units and turns them into pixels by its scale. Nothing
// here is safe for use by several goroutines: Fyne draws on one.
package ink
