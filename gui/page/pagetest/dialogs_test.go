package pagetest

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

// TestFaultsOf: what a dialog must not be is found, and what it may be is left alone.
func TestFaultsOf(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	long := strings.Repeat("很长的说明", 30)
	wide := kit.NewLine(long, look.TextBody, look.Ink, false)
	wide.Fixed = true
	tall := container.NewVBox()
	for range 40 {
		tall.Add(kit.NewButton("一项", kit.ButtonPlain, nil))
	}
	scrolls := container.NewVScroll(tall)
	scrolls.SetMinSize(fyne.NewSize(300, 200))
	hint := kit.NewEntry(long)
	for name, c := range map[string]struct {
		content fyne.CanvasObject
		want    string // "" for no fault
	}{
		"good":     {kit.NewLine("用 WPS 另存为 .xlsx", look.TextBody, look.Ink, false), ""},
		"cut":      {kit.NewLine(long, look.TextBody, look.Ink, false), "is cut to"},
		"para cut": {kit.NewPara(long+long, look.TextBody, look.Ink, false, 1), "is cut"},
		"hint cut": {hint, "the hint"},
		"english":  {kit.NewLine("Save the file", look.TextBody, look.Ink, false), "says Save"},
		"too tall": {tall, "out of the window"},
		"scrolls":  {scrolls, ""},
	} {
		w := test.NewTempWindow(t, container.NewWithoutLayout())
		w.Resize(screens[1])
		d := kit.ShowDialog(w.Canvas(), "标题", c.content, kit.NewButton("确定", kit.ButtonMain, nil))
		d.Resize(screens[1])
		got := strings.Join(faultsOf(d, screens[1]), "\n")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}
