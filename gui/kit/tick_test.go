package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/look"
)

func TestTick(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	n := 0
	k := NewTick("青山村", false, func(bool) { n++ })
	w := test.NewTempWindow(t, k)
	test.Tap(k)
	w.Canvas().Focus(k)
	k.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	k.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
	k.TypedRune('x')
	if k.On() || n != 2 || !k.focused {
		t.Errorf("%v after %d changes", k.On(), n)
	}
	k.Set(true)
	if w.Canvas().Unfocus(); !k.On() || n != 2 || k.mark.Hidden {
		t.Error("set")
	}
}
