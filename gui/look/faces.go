package look

import (
	_ "unsafe" // go:linkname

	"fyne.io/fyne/v2"
	"github.com/go-text/typesetting/fontscan"
)

// What Fyne keeps of the fonts of the system (v2.8.1, internal/painter/font.go). A
// version of Fyne without them does not link.
var (
	//go:linkname systemFonts fyne.io/fyne/v2/internal/painter.fm
	systemFonts *fontscan.FontMap
	//go:linkname systemFontsLoaded fyne.io/fyne/v2/internal/painter.loaded
	systemFontsLoaded bool
)

// OpenFaces opens the two faces ahead of the first text.
//
// To every face Fyne adds one of the system for the system's language, which on a
// Chinese PC is read whole, twice: 20 to 100 MB for characters that our faces have.
// Here it finds no fonts of the system. For a character that our faces lack (a rare
// name) it still looks there, when one comes.
func OpenFaces() {
	withoutSystemFonts(func() {
		for _, bold := range []bool{false, true} {
			fyne.MeasureText("字", TextBody, fyne.TextStyle{Bold: bold})
		}
	})
}

// Apply makes Fyne take the theme anew, which closes all faces and opens those that
// are on the screen.
func Apply(a fyne.App) {
	withoutSystemFonts(func() { a.Settings().SetTheme(Theme{}) })
}

// withoutSystemFonts runs on the goroutine of the window, as all that measures text.
func withoutSystemFonts(run func()) {
	fonts, loaded := systemFonts, systemFontsLoaded
	defer func() { systemFonts, systemFontsLoaded = fonts, loaded }()
	systemFonts, systemFontsLoaded = nil, true
	run()
}
