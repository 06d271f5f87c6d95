package kit

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// villages searches invented villages by name and by pinyin initials.
func villages(query string) []Choice {
	all := []Choice{{"1", "青山村", "qsc · 甲镇"}, {"2", "清水村", "qsc · 乙镇"}, {"3", "柳河村", "lhc · 甲镇"}}
	for i := range 20 {
		all = append(all, Choice{fmt.Sprint(10 + i), fmt.Sprintf("示例%d村", i+1), "slc · 丙乡"})
	}
	return FilterChoices(all)(query)
}

func TestFilterChoices(t *testing.T) {
	f := FilterChoices(TextChoices([]string{"待签收", "办理中", "已办结"}))
	for query, want := range map[string]int{"": 3, " 办 ": 2, "中": 1, "无": 0} {
		if got := len(f(query)); got != want {
			t.Errorf("%q finds %d, want %d", query, got, want)
		}
	}
}

// openPicker shows a picker above an entry, with the keyboard in the picker.
func openPicker(t *testing.T, p *Picker) (fyne.Window, *Entry) {
	t.Helper()
	next := NewEntry("")
	w := newWindow(t, container.NewVBox(p, next), 320, 420)
	w.Canvas().Focus(p)
	return w, next
}

func TestPicker_TypingFindsByInitials(t *testing.T) {
	newApp(t)
	p := NewPicker("选择村", villages)
	var got []Choice
	p.OnChosen = func(c Choice) { got = append(got, c) }
	w, next := openPicker(t, p)
	typeInto(w, "qs")
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("typing opens no list")
	}
	savePicture(t, "kit-picker", w.Canvas().Capture())
	pressKey(w, fyne.KeyDown)
	pressKey(w, fyne.KeyReturn)
	if len(got) != 1 || got[0].Text != "清水村" || p.Choice().ID != "2" {
		t.Errorf("chosen %v", got)
	}
	if w.Canvas().Overlays().Top() != nil || w.Canvas().Focused() != fyne.Focusable(next) {
		t.Errorf("focus %T", w.Canvas().Focused())
	}
}

func TestPicker_Keys(t *testing.T) {
	for name, c := range map[string]struct {
		keys []fyne.KeyName
		want string
	}{
		"down and Enter": {[]fyne.KeyName{fyne.KeyDown, fyne.KeyReturn}, "青山村"},
		"second":         {[]fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn}, "清水村"},
		"up again":       {[]fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn}, "青山村"},
		"page down":      {[]fyne.KeyName{fyne.KeyDown, fyne.KeyPageDown, fyne.KeyReturn}, "示例7村"},
		"past the end":   {[]fyne.KeyName{fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyReturn}, "示例20村"},
		"Esc":            {[]fyne.KeyName{fyne.KeyDown, fyne.KeyEscape}, ""},
		"Tab takes":      {[]fyne.KeyName{fyne.KeyDown, fyne.KeyTab}, "青山村"},
		"Enter at once":  {[]fyne.KeyName{fyne.KeyReturn, fyne.KeyEscape}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			newApp(t)
			p := NewPicker("选择村", villages)
			w, _ := openPicker(t, p)
			p.Open("")
			for _, k := range c.keys {
				pressKey(w, k)
			}
			if p.Choice().Text != c.want || w.Canvas().Overlays().Top() != nil {
				t.Errorf("chosen %q, want %q", p.Choice().Text, c.want)
			}
		})
	}
}

func TestPicker_FreeWords(t *testing.T) {
	newApp(t)
	p := NewPicker("责任单位", villages)
	p.Free = true
	w, _ := openPicker(t, p)
	typeInto(w, "县水利局")
	pressKey(w, fyne.KeyReturn)
	if p.Choice() != (Choice{Text: "县水利局"}) {
		t.Errorf("chosen %+v", p.Choice())
	}
	p.Free = false
	p.Open("没有的村")
	pressKey(w, fyne.KeyReturn)
	if w.Canvas().Overlays().Top() == nil {
		t.Error("words that no choice has closed the list")
	}
	savePicture(t, "kit-picker-none", w.Canvas().Capture())
	pressKey(w, fyne.KeyEscape)
	if p.Choice().Text != "县水利局" || w.Canvas().Focused() != fyne.Focusable(p) {
		t.Errorf("after Esc %+v, focus %T", p.Choice(), w.Canvas().Focused())
	}
}

func TestPicker_MouseAndEmptying(t *testing.T) {
	newApp(t)
	p := NewSelect("状态", TextChoices([]string{"待签收", "办理中", "已办结"}))
	n := 0
	p.OnChosen = func(Choice) { n++ }
	w, _ := openPicker(t, p)
	test.Tap(p)
	list := w.Canvas().Overlays().Top().(*Overlay).panel.(*chooserPanel).s.list
	list.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(20, choiceHeight*1.5)}})
	if p.Choice().Text != "办理中" || n != 1 {
		t.Errorf("chosen %q, told %d times", p.Choice().Text, n)
	}
	p.Open("")
	if c, ok := w.Canvas().Overlays().Top().(*Overlay).panel.(*chooserPanel).s.list.current(); !ok || c.Text != "办理中" {
		t.Errorf("the list opens at %+v", c)
	}
	w.Canvas().Overlays().Top().(*Overlay).MouseDown(nil) // beside it
	if w.Canvas().Overlays().Top() != nil || p.Choice().Text != "办理中" {
		t.Error("a click outside chose or left the list open")
	}
	w.Canvas().Focus(p)
	pressKey(w, fyne.KeyDelete)
	if p.Choice() != (Choice{}) || n != 2 {
		t.Errorf("after Delete %+v, told %d times", p.Choice(), n)
	}
	p.Disable()
	test.Tap(p)
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if w.Canvas().Overlays().Top() != nil {
		t.Error("a field that is greyed out opens")
	}
}

func TestChooser_StaysInTheWindow(t *testing.T) {
	newApp(t)
	w := newWindow(t, container.NewWithoutLayout(), 400, 300)
	for _, at := range []fyne.Position{{X: 0, Y: 0}, {X: 380, Y: 280}, {X: 390, Y: 10}} {
		ShowChooser(w.Canvas(), Chooser{At: at, Size: fyne.NewSize(60, 29), Query: villages, Done: func(Choice, fyne.KeyName) {}})
		o := w.Canvas().Overlays().Top().(*Overlay)
		p, s := o.panel.Position(), o.panel.Size()
		if p.X < 0 || p.Y < 0 || p.X+s.Width > 400 || p.Y+s.Height > 320 {
			t.Errorf("opened at %v: panel at %v, size %v", at, p, s)
		}
		o.Close()
		o.Close() // twice does no harm
	}
}

func TestChoiceList_Scrolls(t *testing.T) {
	newApp(t)
	l := newChoiceList(func(Choice) {})
	newWindow(t, l, 220, choiceHeight*choiceVisible)
	l.set(villages(""), false)
	l.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -25}})
	if l.first != 3 || !strings.HasPrefix(l.rows[0].text.Text(), "示例1") {
		t.Errorf("first %d, %q", l.first, l.rows[0].text.Text())
	}
	for range 20 {
		l.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -25}})
	}
	if l.first != len(l.choices)-choiceVisible {
		t.Errorf("scrolled past the end: %d", l.first)
	}
	if l.at(-1) != -1 || l.at(choiceHeight*float32(choiceVisible)+5) != -1 {
		t.Error("found a choice outside the list")
	}
}
