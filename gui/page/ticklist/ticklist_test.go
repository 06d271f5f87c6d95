package ticklist

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

func TestList_TicksWhatIsFound(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	changed := 0
	l := New("找", func() { changed++ })
	l.Set([]kit.Choice{{ID: "1", Text: "青山村"}, {ID: "2", Text: "白石村"}, {ID: "3", Text: "柳河村"}})
	if got := l.IDs(); !slices.Equal(got, []string{"1", "2", "3"}) {
		t.Fatalf("%v at first", got)
	}
	l.Only([]string{"3", "1"})
	if got := l.IDs(); !slices.Equal(got, []string{"1", "3"}) || l.every.On() {
		t.Errorf("%v, all %v", got, l.every.On())
	}
	l.find.SetText("bsc") // initials of 白石村
	if got := l.found(); len(got) != 1 || got[0].ID != "2" {
		t.Errorf("found %v", got)
	}
	l.tickAll(true)
	if got := l.IDs(); len(got) != 3 || changed != 1 {
		t.Errorf("%v, told %d times", got, changed)
	}
	if l.Focusable() != l.find {
		t.Error("something else takes the keyboard")
	}
}
