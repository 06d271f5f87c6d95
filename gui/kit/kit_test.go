package kit

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"xiangzhen/gui/look"
	"xiangzhen/model"
)

func pressKey(w fyne.Window, name fyne.KeyName) {
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
}

func typeInto(w fyne.Window, words string) {
	for _, r := range words {
		w.Canvas().Focused().TypedRune(r)
	}
}

func TestButton_ByMouseAndKeyboard(t *testing.T) {
	newApp(t)
	n := 0
	b := NewButton("导入", ButtonPlain, func() { n++ })
	w := newWindow(t, b, 100, 40)
	test.Tap(b)
	w.Canvas().Focus(b)
	for _, k := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace} {
		pressKey(w, k)
	}
	if n != 4 {
		t.Errorf("pressed %d times, want 4", n)
	}
	passed := false
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { passed = true })
	pressKey(w, fyne.KeyF1)
	if !passed {
		t.Error("F1 stayed in the button")
	}
	b.Disable()
	test.Tap(b)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if n != 4 || b.Cursor() != desktop.DefaultCursor {
		t.Errorf("a button that is greyed out was pressed (%d)", n)
	}
}

func TestButton_StateShows(t *testing.T) {
	newApp(t)
	for _, kind := range []ButtonKind{ButtonPlain, ButtonMain, ButtonFirst, ButtonLink, ButtonIcon} {
		b := NewButton("导入", kind, noop)
		newWindow(t, b, 100, 40)
		seen := map[string]string{}
		note := func(state string) {
			fill, border, ink := b.colours()
			key := fmt.Sprint(fill, border, ink)
			if other, ok := seen[key]; ok {
				t.Errorf("kind %d looks %s as it looks %s", kind, state, other)
			}
			seen[key] = state
		}
		note("at rest")
		b.MouseIn(nil)
		note("under the mouse")
		b.MouseOut()
		b.FocusGained()
		note("with the keyboard")
		b.FocusLost()
		b.Disable()
		note("greyed out")
	}
}

func TestEntry_EnterGoesOnAndTabSelects(t *testing.T) {
	newApp(t)
	a, b := NewEntry(""), NewEntry("")
	b.SetText("甲镇")
	w := newWindow(t, container.NewVBox(a, b), 200, 100)
	w.Canvas().Focus(a)
	pressKey(w, fyne.KeyReturn)
	if w.Canvas().Focused() != fyne.Focusable(b) || b.SelectedText() != "甲镇" {
		t.Errorf("focus %T, selected %q", w.Canvas().Focused(), b.SelectedText())
	}
	typeInto(w, "乙")
	if b.Text != "乙" {
		t.Errorf("typing after Tab gives %q", b.Text)
	}
	b.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	if b.Shift(); b.OnKey == nil && b.AcceptsTab() {
		t.Error("Tab is kept in a plain entry")
	}
	b.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

// TestDialog_EnterInTheLastEntryLeadsToTheVerb: Enter twice does what the dialog was
// opened for; Tab stops at 取消 too.
func TestDialog_EnterInTheLastEntryLeadsToTheVerb(t *testing.T) {
	newApp(t)
	w := newWindow(t, container.NewVBox(), 800, 600)
	a, b := NewEntry(""), NewEntry("")
	kept := 0
	cancel, keep := NewButton("取消", ButtonPlain, nil), NewButton("留存", ButtonMain, func() { kept++ })
	ShowDialog(w.Canvas(), "留存", container.NewVBox(a, b), cancel, keep)
	w.Canvas().Focus(a)
	for i, want := range []fyne.Focusable{b, keep} {
		if pressKey(w, fyne.KeyReturn); w.Canvas().Focused() != want {
			t.Errorf("Enter %d: %T", i+1, w.Canvas().Focused())
		}
	}
	if pressKey(w, fyne.KeyReturn); kept != 1 {
		t.Errorf("kept %d times", kept)
	}
	w.Canvas().Focus(b)
	if pressKey(w, fyne.KeyTab); w.Canvas().Focused() != fyne.Focusable(cancel) {
		t.Errorf("Tab: %T", w.Canvas().Focused())
	}
}

func TestEntry_KeysForTheWindow(t *testing.T) {
	newApp(t)
	e := NewEntry("")
	w := newWindow(t, e, 200, 40)
	w.Canvas().Focus(e)
	var got []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { got = append(got, k.Name) })
	for _, k := range []fyne.KeyName{fyne.KeyF1, fyne.KeyF4, fyne.KeyEscape, fyne.KeyLeft, fyne.KeyHome} {
		pressKey(w, k)
	}
	if !slices.Equal(got, []fyne.KeyName{fyne.KeyF1, fyne.KeyF4, fyne.KeyEscape}) {
		t.Errorf("passed on %v", got)
	}
}

func TestLongEntry_EnterBreaksTheLine(t *testing.T) {
	newApp(t)
	e := NewLongEntry("", 3)
	w := newWindow(t, e, 200, 90)
	w.Canvas().Focus(e)
	typeInto(w, "一")
	pressKey(w, fyne.KeyReturn)
	typeInto(w, "二")
	if e.Text != "一\n二" {
		t.Errorf("text %q", e.Text)
	}
}

func TestLine_CutsToItsRoom(t *testing.T) {
	newApp(t)
	l := NewLine("水池清淤、管网 1.5 公里改造提升工程", look.TextBody, look.Ink, false)
	newWindow(t, container.NewWithoutLayout(l), 300, 40)
	for _, width := range []float32{40, 80, 120, 400} {
		l.Resize(fyne.NewSize(width, 20))
		got := fyne.MeasureText(l.text.Text, look.TextBody, fyne.TextStyle{}).Width
		if got > width+1 {
			t.Errorf("%q takes %v of %v", l.text.Text, got, width)
		}
		if cut := strings.HasSuffix(l.text.Text, "…"); cut == (width == 400) {
			t.Errorf("width %v: %q", width, l.text.Text)
		}
	}
	if l.Text() != "水池清淤、管网 1.5 公里改造提升工程" {
		t.Error("the words themselves were cut")
	}
}

func TestWrapText_LosesNothing(t *testing.T) {
	newApp(t)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringOfN(rapid.SampledFrom([]rune("甲一村，。“（2026:公里ab ")), 0, 60, -1).Draw(t, "words")
		width := float32(rapid.IntRange(30, 200).Draw(t, "width"))
		lines := WrapText(words, look.TextBody, false, width)
		if strings.Join(lines, "") != words {
			t.Fatalf("%q became %q", words, lines)
		}
		for i, l := range lines {
			first := []rune(l + "甲")[0]
			if i > 0 && strings.ContainsRune(neverFirst, first) {
				t.Fatalf("line begins with %c: %q", first, lines)
			}
			if i > 0 && inWord(first) {
				before := []rune(lines[i-1])
				if word := strings.IndexFunc(lines[i-1], func(r rune) bool { return !inWord(r) && !strings.ContainsRune(neverLast+neverFirst, r) }) < 0; !word && inWord(before[len(before)-1]) {
					t.Fatalf("a word is parted: %q", lines)
				}
			}
			core := strings.TrimRight(l, neverFirst)
			if n := len([]rune(core)); n > 1 && fyne.MeasureText(core, look.TextBody, fyne.TextStyle{}).Width > width {
				t.Fatalf("%q is wider than %v", l, width)
			}
		}
	})
	if got := WrapText("一\n\n二", 14, false, 100); len(got) != 3 {
		t.Errorf("line breaks: %q", got)
	}
	if got := WrapText("请于 2026年", 14, false, 60); len(got) != 2 || got[1] != "2026年" {
		t.Errorf("a number is parted: %q", got)
	}
	if got := WrapText("上期完成比例（%）", 12, false, 88); len(got) != 2 || fyne.MeasureText(got[0], 12, fyne.TextStyle{}).Width > 88 {
		t.Errorf("closing signs run over: %q", got)
	}
	if got := WrapText("每天的（12:30前）", 14, false, 90); len(got) != 2 || got[1] != "（12:30前）" {
		t.Errorf("an opening sign ends the line, or a time of day is parted: %q", got)
	}
}

func TestPara_HeightAndMostLines(t *testing.T) {
	newApp(t)
	p := NewPara(strings.Repeat("水池清淤", 20), look.TextBody, look.Ink, false, 3)
	one, wide := p.lineHeight(), p.HeightFor(5000)
	if wide != one {
		t.Errorf("one line is %v high, want %v", wide, one)
	}
	if got := p.HeightFor(100); got != 3*one {
		t.Errorf("three lines are %v high, want %v", got, 3*one)
	}
	if last := p.lines[2].Text; !strings.HasSuffix(last, "…") {
		t.Errorf("last line %q", last)
	}
	p.SetText("短")
	if got := p.HeightFor(100); got != one {
		t.Errorf("after SetText %v", got)
	}
}

// TestPara_AskingMovesNothing guards against lines drawn over each other: a layout
// that asks for the height at another width after it placed the text.
func TestPara_AskingMovesNothing(t *testing.T) {
	p := NewPara("水池清淤已经完成，主管沟开挖零点九公里，管材还没有运到现场", look.TextBody, look.Ink, false, 0)
	newWindow(t, p, 200, 200)
	p.Resize(fyne.NewSize(200, 200))
	places := func() (out []float32) {
		for _, o := range test.WidgetRenderer(p).Objects() {
			out = append(out, o.Position().Y)
		}
		return out
	}
	before := places()
	if p.HeightFor(90) <= p.HeightFor(200) || len(before) < 2 {
		t.Error("a narrow text is not higher")
	}
	if after := places(); !slices.Equal(before, after) {
		t.Errorf("the lines went from %v to %v", before, after)
	}
}

func TestChips_ChooseAndKeepObjects(t *testing.T) {
	newApp(t)
	c := sampleChips()
	var got []string
	c.OnTap = func(key string, below fyne.Position) { got = append(got, key); c.Select(key) }
	newWindow(t, c, 740, 40)
	first := c.chips[1]
	test.Tap(first)
	first.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if !slices.Equal(got, []string{"late", "late"}) || c.Selected() != "late" || !first.selected || c.chips[0].selected {
		t.Errorf("tapped %v, selected %q", got, c.Selected())
	}
	c.Set([]Chip{{Key: "all", Label: "全部"}, {Key: "late", Label: "逾期", Count: 0, HasCount: true}}, "all")
	if len(c.chips) != 2 || c.chips[1] != first || first.words() != "逾期 0" || first.selected {
		t.Errorf("%d chips, %q, selected %v", len(c.chips), first.words(), first.selected)
	}
}

func TestBarChart_EveryPartOpensItsList(t *testing.T) {
	newApp(t)
	var got [][2]int
	b := sampleChart(func(row, part int) { got = append(got, [2]int{row, part}) })
	newWindow(t, b, 500, 160)
	mid := func(row, part int) fyne.Position {
		r := b.segment(row, part)
		return fyne.NewPos(r.X+r.W/2, r.MidY())
	}
	test.TapAt(b, mid(1, 2))
	test.TapAt(b, mid(0, 0))
	test.TapAt(b, fyne.NewPos(5, b.track(3).MidY()))
	test.TapAt(b, fyne.NewPos(5, 2))
	if want := [][2]int{{1, 2}, {0, 0}, {3, -1}}; !slices.Equal(got, want) {
		t.Errorf("opened %v, want %v", got, want)
	}
	for row, r := range b.rows {
		last := b.segment(row, 2)
		if end := b.track(row).X + b.track(row).W; last.X+last.W > end+0.5 {
			t.Errorf("%s runs over its track", r.Label)
		}
	}
}

func TestBarChart_NothingToCount(t *testing.T) {
	newApp(t)
	b := NewBarChart([]Part{{"办结", look.Bar}}, nil)
	b.SetRows([]BarRow{{Label: "甲一村", Counts: []int{0}, Total: 0, Note: "—"}})
	w := newWindow(t, b, 300, 80)
	w.Canvas().Capture() // must not divide by nothing
	test.TapAt(b, fyne.NewPos(100, 30))
}

func TestFigure_OpensWhatItCounts(t *testing.T) {
	newApp(t)
	n := 0
	f := NewFigure("逾期事项", func() { n++ })
	newWindow(t, f, 200, 100)
	f.Set("12", look.ToneOverdue, "较上周减少 3 项")
	test.Tap(f)
	if n != 1 || f.value.Text() != "12" || f.value.text.Color != look.OverdueText {
		t.Errorf("opened %d, value %q in %v", n, f.value.Text(), f.value.text.Color)
	}
	NewFigure("不开", nil).Tapped(nil) // must not fail
}

func TestDrawer_Tabs(t *testing.T) {
	newApp(t)
	d := sampleDrawer()
	var got []string
	d.OnTab = func(key string) { got = append(got, key) }
	w := newWindow(t, d, 352, 580)
	test.Tap(d.bar.labels[3])
	if !slices.Equal(got, []string{"proof"}) || d.bar.selected != "proof" {
		t.Errorf("told %v, selected %q", got, d.bar.selected)
	}
	d.SetTabs(d.tabs, "history")
	if d.bar.selected != "history" || len(got) != 1 {
		t.Errorf("selected %q, told %v", d.bar.selected, got)
	}
	d.SetTabs(d.tabs[:2], "history")
	if d.bar.selected != "progress" {
		t.Errorf("an unknown tab gives %q", d.bar.selected)
	}
	closed := false
	d.OnClose = func() { closed = true }
	test.Tap(d.cross)
	if !closed {
		t.Error("the cross closes nothing")
	}
	w.Canvas().Capture()
}

// TestDrawer_NothingOverlaps: head, tabs, body and footer stand below each other
// at every size, with the longest title and without anything.
func TestDrawer_NothingOverlaps(t *testing.T) {
	newApp(t)
	for _, h := range []Head{{Title: strings.Repeat("很长的事项名称", 12), Crumb: "县", Status: "逾期 12 天", Mark: look.MarkOverdue}, {Title: "短"}} {
		for _, height := range []float32{300, 560} {
			d := sampleDrawer()
			d.SetHead(h)
			newWindow(t, d, 352, height)
			y := d.title.Position().Y + d.title.Size().Height
			for name, o := range map[string]fyne.CanvasObject{"tabs": d.bar} {
				if o.Position().Y < y {
					t.Errorf("%s at %v under the title's end %v", name, o.Position().Y, y)
				}
			}
			if end := d.body.Position().Y + d.body.Size().Height; end > d.footLine.Position().Y+1 {
				t.Errorf("height %v: body ends at %v, footer begins at %v", height, end, d.footLine.Position().Y)
			}
		}
	}
}

// later is the After of a runner: it keeps what is to come.
type later struct{ f func() }

func (l *later) after(_ time.Duration, f func()) func() {
	l.f = f
	return func() { l.f = nil }
}

func TestToaster(t *testing.T) {
	newApp(t)
	l := &later{}
	ts := NewToaster(l.after)
	under := NewButton("下面", ButtonPlain, noop)
	w := newWindow(t, container.NewStack(under, ts), 1000, 400)
	undone := 0
	ts.Say(Toast{Text: "已并入 5 处修改", Action: "撤销", OnAction: func() { undone++ }})
	savePicture(t, "kit-toast", w.Canvas().Capture())
	if ts.Text() != "已并入 5 处修改" {
		t.Errorf("shown %q", ts.Text())
	}
	test.Tap(ts.action)
	if undone != 1 || ts.Text() != "" || l.f != nil {
		t.Errorf("undone %d, shown %q, still to come %v", undone, ts.Text(), l.f != nil)
	}
	ts.Say(Toast{Text: "一"})
	first := l.f
	ts.Say(Toast{Text: "二"})
	if l.f == nil || first == nil || ts.Text() != "二" || ts.action.Visible() {
		t.Errorf("shown %q", ts.Text())
	}
	l.f()
	if ts.Text() != "" {
		t.Error("the toast stays")
	}
	test.TapCanvas(w.Canvas(), fyne.NewPos(100, 100))
	if !under.Visible() {
		t.Error("the layer covers the window")
	}
}

func TestDateEntry_SaysWhatItUnderstood(t *testing.T) {
	newApp(t)
	parse := func(s string) (string, error) {
		if s == "6月底前" {
			return "定时，2026-06-30 止", nil
		}
		return "", model.Errorf(model.CodeInvalid, "看不懂“%s”，请写成 2026-6-30。", s)
	}
	d := NewDateEntry("完成时限", true, parse)
	var got []string
	d.OnChanged = func(words string, ok bool) { got = append(got, fmt.Sprint(words, ok)) }
	newWindow(t, d, 300, 80)
	d.SetText("6月底前")
	if !d.OK() || d.Note() != "定时，2026-06-30 止" || d.Text() != "6月底前" {
		t.Errorf("ok %v, note %q, text %q", d.OK(), d.Note(), d.Text())
	}
	d.SetText("明后天")
	if d.OK() || !strings.Contains(d.Note(), "看不懂") {
		t.Errorf("ok %v, note %q", d.OK(), d.Note())
	}
	d.SetProblem("不能早于开始时间。")
	if d.Note() != "不能早于开始时间。" {
		t.Errorf("an error from elsewhere: %q", d.Note())
	}
	d.SetText("")
	if !d.OK() || d.Note() != "" {
		t.Errorf("empty: ok %v, note %q", d.OK(), d.Note())
	}
	if want := []string{"6月底前 true", "明后天 false", " true"}; fmt.Sprint(got) != fmt.Sprint(want) && len(got) != 3 {
		t.Errorf("told %q", got)
	}
}

func TestField_ProblemAndHelp(t *testing.T) {
	newApp(t)
	f := NewField("进度", true, "0 到 100", NewEntry(""))
	before := f.MinSize()
	f.SetProblem("应在 0–100 之间")
	if f.Note() != "应在 0–100 之间" || f.note.like.Color != look.OverdueText || f.MinSize().Height != before.Height {
		t.Errorf("note %q, size %v, before %v", f.Note(), f.MinSize(), before)
	}
	if f.SetProblem(""); f.Note() != "0 到 100" || f.label.Text() != "进度 *" {
		t.Errorf("note %q, label %q", f.Note(), f.label.Text())
	}
	f.Resize(fyne.NewSize(160, f.MinSize().Height))
	f.SetProblem("日期要写到哪一天，例如 2026年11月25日。")
	if f.MinSize().Height <= before.Height || len(f.note.wrapped(160)) != 2 {
		t.Errorf("a sentence longer than the field has %v", f.MinSize())
	}
	if f.SetProblem(""); f.MinSize().Height != before.Height {
		t.Errorf("without it %v, before %v", f.MinSize(), before)
	}
}

func TestConflictCard_Decisions(t *testing.T) {
	newApp(t)
	var got []string
	calls := ConflictCalls{
		OnKeep:  func() { got = append(got, "keep") },
		OnTake:  func(i int) { got = append(got, fmt.Sprint("take ", i)) },
		OnLeave: func() { got = append(got, "leave") },
		OnOther: func(v, r string) { got = append(got, "other "+v+" "+r) },
	}
	k := NewConflictCard(Conflict{Title: "冲突", Base: Side{Value: "40%"}, Ours: Side{Value: "60%"},
		Theirs: []Side{{Value: "45%"}, {Value: "50%"}}, Keep: "保留镇里的", Take: "采用村里的"}, calls)
	w := newWindow(t, k, 900, 300)
	for _, r := range "123x" {
		k.UseRune(r)
	}
	test.Tap(k.sides[3])
	test.Tap(k.take)
	test.Tap(k.sides[0]) // what was sent out cannot be chosen
	if k.take.Kind != ButtonMain || k.keep.Kind == ButtonMain {
		t.Error("the chosen side's button is not the red one")
	}
	test.Tap(k.sides[4])
	test.Tap(k.other) // nothing typed yet
	k.value.SetText(" 48% ")
	test.Tap(k.other)
	k.reason.SetText("现场核实")
	savePicture(t, "kit-conflict-other", w.Canvas().Capture())
	test.Tap(k.other)
	want := []string{"keep", "take 0", "leave", "take 1", "other 48% 现场核实"}
	if !slices.Equal(got, want) {
		t.Errorf("decided %q, want %q", got, want)
	}
}

func TestCard_TitleAndRight(t *testing.T) {
	newApp(t)
	link := NewButton("27 项，查看全部", ButtonLink, noop)
	c := NewCard("待办事项", link, NewEntry(""))
	newWindow(t, c, 300, 120)
	c.SetTitle(strings.Repeat("很长的标题", 10))
	if end := c.title.Position().X + c.title.Size().Width; end > link.Position().X {
		t.Errorf("title ends at %v, its neighbour begins at %v", end, link.Position().X)
	}
	f := NewFlushCard(NewEntry(""))
	newWindow(t, f, 300, 120)
	if f.content.Position() != fyne.NewPos(1, 1) {
		t.Errorf("content of a flush card at %v", f.content.Position())
	}
}

func TestMark_TakesNoRoomWithoutShape(t *testing.T) {
	newApp(t)
	m := NewMark(look.MarkNone)
	if m.MinSize() != (fyne.Size{}) {
		t.Errorf("no mark takes %v", m.MinSize())
	}
	m.SetMark(look.MarkSoon)
	if m.MinSize().Width != look.MarkSize {
		t.Errorf("a mark takes %v", m.MinSize())
	}
}

func TestMeter_SetShare(t *testing.T) {
	newApp(t)
	m := NewMeter(0, look.Bar)
	w := newWindow(t, m, 100, 6)
	m.SetShare(1)
	r, _, b, _ := w.Canvas().Capture().At(50, 3).RGBA()
	if uint8(r>>8) != look.Bar.R || uint8(b>>8) != look.Bar.B {
		t.Errorf("middle of a full bar is %x %x", r>>8, b>>8)
	}
}
