package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestOpenFaces: what our faces lack is still looked for among the fonts of the
// system, but not before it is needed.
func TestOpenFaces(t *testing.T) {
	test.NewTempApp(t)
	OpenFaces()
	if systemFontsLoaded || systemFonts != nil {
		t.Error("the fonts of the system were read for characters that our faces have")
	}
	fyne.MeasureText("𰻝", TextBody, fyne.TextStyle{})
	if !systemFontsLoaded {
		t.Error("a rare character is not looked for among the fonts of the system")
	}
}
