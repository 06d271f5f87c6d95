package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestProse_WrapsAndOpens(t *testing.T) {
	test.NewTempApp(t)
	var opened []string
	tap := func(what string) func() { return func() { opened = append(opened, what) } }
	p := NewProse(Phrase{Words: "　　截至11月22日，甲镇"}, Phrase{Words: "共有任务 84 项", OnTap: tap("all")}, Phrase{Words: "，"},
		Phrase{Words: "已办结 30 项", OnTap: tap("done")}, Phrase{Words: "。"})
	win := test.NewTempWindow(t, p)
	win.Resize(fyne.NewSize(200, 200))
	words := ""
	for _, r := range p.runs {
		words += r.text.Text
	}
	if words != p.Text() || p.HeightFor(200) < 2*proseLine {
		t.Fatalf("%q at a height of %v", words, p.HeightFor(200))
	}
	for _, r := range p.runs {
		if o, s := r.text.Position(), r.text.Size(); o.X+s.Width > p.Size().Width+16 { // a comma may hang over
			t.Errorf("%q reaches %v", r.text.Text, o.X+s.Width)
		}
		if p.phrases[r.phrase].OnTap != nil {
			at := r.wash.Position().AddXY(2, 2)
			p.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
			if p.Cursor() != desktop.PointerCursor {
				t.Errorf("nothing under the mouse at %v", at)
			}
		}
	}
	p.MouseOut()
	p.Tapped(&fyne.PointEvent{Position: fyne.NewPos(1, 1)})
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyRight, fyne.KeyRight, fyne.KeyReturn, fyne.KeyLeft, fyne.KeyReturn} {
		p.FocusGained()
		p.TypedKey(&fyne.KeyEvent{Name: key})
	}
	p.FocusLost()
	if len(opened) != 3 || opened[0] != "all" || opened[1] != "done" || opened[2] != "all" {
		t.Errorf("%q", opened)
	}
	NewProse(Phrase{Words: "没有"}).TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}
