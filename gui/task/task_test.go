package task

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/look"
	"xiangzhen/model"
)

// newAsync makes a runner whose callbacks come over a channel, as they come over
// Fyne's queue in the real window.
func newAsync() (Async, chan func()) {
	posts := make(chan func(), 16)
	return Async{Post: func(f func()) { posts <- f }}, posts
}

// await runs the next callback, on the test's goroutine.
func await(t *testing.T, posts chan func()) {
	t.Helper()
	select {
	case f := <-posts:
		f()
	case <-time.After(5 * time.Second):
		t.Fatal("no callback came")
	}
}

func TestRunners_DoneGetsTheError(t *testing.T) {
	bad := errors.New("坏了")
	async, posts := newAsync()
	for name, c := range map[string]struct {
		r     Runner
		await func()
	}{"async": {async, func() { await(t, posts) }}, "sync": {&Sync{}, func() {}}} {
		t.Run(name, func(t *testing.T) {
			for _, want := range []error{nil, bad} {
				got := errors.New("not called")
				c.r.Go(context.Background(), nil, func(context.Context, *Progress) error { return want }, func(err error) { got = err })
				c.await()
				if !errors.Is(got, want) {
					t.Errorf("got %v, want %v", got, want)
				}
			}
		})
	}
}

func TestRunners_PanicBecomesAnError(t *testing.T) {
	var got error
	new(Sync).Go(context.Background(), nil, func(context.Context, *Progress) error { panic("李示例二") }, func(err error) { got = err })
	if model.CodeOf(got) != model.CodeInternal || strings.Contains(model.Sentence(got), "李示例二") {
		t.Errorf("got %v (%s)", got, model.CodeOf(got))
	}
	if d := Details(got); !strings.Contains(d, "task_test.go") {
		t.Errorf("no stack in %q", d)
	}
}

func TestRunners_CancelledWorkDoesNotBegin(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var got error
	new(Sync).Go(ctx, nil, func(context.Context, *Progress) error { t.Error("begun"); return nil }, func(err error) { got = err })
	if !errors.Is(got, context.Canceled) {
		t.Errorf("got %v", got)
	}
}

func TestAsync_AfterAndStop(t *testing.T) {
	r, posts := newAsync()
	n := 0
	r.After(time.Millisecond, func() { n++ })
	await(t, posts)
	stop := r.After(time.Millisecond, func() { n += 10 })
	f := <-posts // it has come, but was not run yet
	stop()
	f()
	r.After(time.Hour, func() { n += 100 })()
	if n != 1 {
		t.Errorf("n = %d, want 1", n)
	}
}

func TestSync_Elapse(t *testing.T) {
	var s Sync
	var got []string
	s.After(100*time.Millisecond, func() {
		got = append(got, "a")
		s.After(0, func() { got = append(got, "again") })
	})
	s.After(300*time.Millisecond, func() { got = append(got, "b") })
	s.After(50*time.Millisecond, func() { got = append(got, "never") })()
	s.Elapse(50 * time.Millisecond)
	if len(got) != 0 {
		t.Errorf("too early: %v", got)
	}
	s.Elapse(50 * time.Millisecond)
	s.Elapse(200 * time.Millisecond)
	if want := []string{"a", "b", "again"}; !slices.Equal(got, want) && !slices.Equal(got, []string{"a", "again", "b"}) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestLatest_OnlyTheNewestIsShown(t *testing.T) {
	r, posts := newAsync()
	l := NewLatest(r)
	release := make(chan struct{})
	var shown []string
	load := func(name string, wait bool) {
		Load(l, func(ctx context.Context) (string, error) {
			if wait {
				<-release
			}
			return name, ctx.Err()
		}, func(s string, err error) { shown = append(shown, fmt.Sprint(s, err)) })
	}
	load("old", true)
	load("new", false)
	await(t, posts)
	close(release)
	await(t, posts) // the old one's callback
	if want := []string{"new<nil>"}; !slices.Equal(shown, want) {
		t.Errorf("shown %v, want %v", shown, want)
	}
}

func TestLatest_OlderIsCancelled(t *testing.T) {
	r, posts := newAsync()
	l := NewLatest(r)
	begun, ended := make(chan struct{}), make(chan error, 1)
	Load(l, func(ctx context.Context) (int, error) {
		close(begun)
		<-ctx.Done()
		ended <- ctx.Err()
		return 0, ctx.Err()
	}, func(int, error) { t.Error("shown after Stop") })
	<-begun
	l.Stop()
	if got := <-ended; !errors.Is(got, context.Canceled) {
		t.Errorf("got %v", got)
	}
	await(t, posts)
}

func TestDelay_OnlyTheLast(t *testing.T) {
	var s Sync
	d := NewDelay(&s)
	var got []string
	for _, w := range []string{"青", "青山", "青山村"} {
		d.Do(200*time.Millisecond, func() { got = append(got, w) })
		s.Elapse(100 * time.Millisecond)
	}
	s.Elapse(100 * time.Millisecond)
	if !slices.Equal(got, []string{"青山村"}) {
		t.Errorf("asked for %v", got)
	}
}

func TestProgress_Words(t *testing.T) {
	for _, c := range []struct {
		total, done int
		step, want  string
		share       float64
	}{
		{0, 0, "", "正在处理", -1},
		{0, 12, "", "已完成 12", -1},
		{16, 3, "甲一村", "已完成 3 / 16 · 甲一村", 3.0 / 16},
		{16, 20, "", "已完成 16 / 16", 1},
	} {
		var p Progress
		p.SetTotal(c.total)
		p.Add(c.done)
		if c.step != "" {
			p.Step(c.step)
		}
		if s := p.State(); s.String() != c.want || s.Share() != c.share {
			t.Errorf("%q, %v; want %q, %v", s, s.Share(), c.want, c.share)
		}
	}
}

// newPresenter shows a window with a presenter over a runner.
func newPresenter(t *testing.T, r Runner) (*Window, fyne.Window, *bytes.Buffer) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	win := test.NewTempWindow(t, test.NewTempWindow(t, nil).Content())
	win.Resize(fyne.NewSize(900, 500))
	log := &bytes.Buffer{}
	return NewWindow(win, r, slog.New(slog.NewTextHandler(log, nil))), win, log
}

// savePicture keeps a picture for a person to look at, in the folder named by SHOTS.
func savePicture(t *testing.T, name string, win fyne.Window) {
	t.Helper()
	dir := os.Getenv("SHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(dir + "/" + name + ".png")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, win.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}

// press gives a key to whatever has the keyboard.
func press(win fyne.Window, key fyne.KeyName) {
	win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
}

func TestWindow_Error(t *testing.T) {
	w, win, log := newPresenter(t, &Sync{})
	for _, quiet := range []error{nil, context.Canceled, model.Errorf(model.CodeCancelled, "已停止")} {
		w.Error(quiet)
	}
	if win.Canvas().Overlays().Top() != nil || log.Len() > 0 {
		t.Fatal("what is no error was shown or logged")
	}
	before := 0
	win.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { before++ })
	cause := errors.New("disk I/O error")
	w.Error(model.Wrap(cause, model.CodeReadOnly, "文件“甲镇 台账.xz”不能写入，请检查是否设成只读。"))
	if win.Canvas().Overlays().Top() == nil || !strings.Contains(log.String(), "disk I/O error") {
		t.Fatalf("shown %v, logged %q", win.Canvas().Overlays().Top(), log)
	}
	savePicture(t, "task-error", win)
	press(win, fyne.KeyEscape)
	if win.Canvas().Overlays().Top() != nil {
		t.Error("Esc does not close it")
	}
	win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF1})
	if before != 1 {
		t.Error("the window's keys were not given back")
	}
}

func TestWindow_Confirm(t *testing.T) {
	w, win, _ := newPresenter(t, &Sync{})
	n := 0
	q := Question{Title: "删除任务", Text: "“水池清淤、管网 1.5 公里”和它的 3 条进展将被删除，可以撤销。", Yes: "删除", Danger: true}
	w.Confirm(q, func() { n++ })
	savePicture(t, "task-confirm", win)
	press(win, fyne.KeyReturn) // stands on 取消
	if n != 0 || win.Canvas().Overlays().Top() != nil {
		t.Errorf("Enter deleted (%d)", n)
	}
	q.Danger = false
	w.Confirm(q, func() { n++ })
	press(win, fyne.KeyReturn)
	if n != 1 {
		t.Errorf("answered yes %d times", n)
	}
}

// slow is a runner whose work is run by the test when it wants.
type slow struct {
	Sync
	ctx  context.Context
	p    *Progress
	done func(error)
}

func (s *slow) Go(ctx context.Context, p *Progress, _ Work, done func(error)) {
	s.ctx, s.p, s.done = ctx, p, done
}

func TestWindow_LongShowsItsCountAndStops(t *testing.T) {
	r := &slow{}
	w, win, _ := newPresenter(t, r)
	var got error
	w.Long(Long{Title: "正在读 16 个文件", Done: func(err error) { got = err }})
	if win.Canvas().Overlays().Top() != nil {
		t.Error("shown before its time")
	}
	r.p.SetTotal(16)
	r.p.Add(3)
	r.p.Step("甲三村.xlsx")
	r.Elapse(longGrace)
	savePicture(t, "task-long", win)
	r.p.Add(2)
	r.Elapse(longTick)
	press(win, fyne.KeyReturn) // 停止
	if r.ctx.Err() == nil || win.Canvas().Overlays().Top() == nil {
		t.Fatal("not cancelled, or the dialog left before the work did")
	}
	r.done(r.ctx.Err())
	if win.Canvas().Overlays().Top() != nil || model.CodeOf(got) != model.CodeCancelled {
		t.Errorf("ended with %v (%s)", got, model.CodeOf(got))
	}
	r.Elapse(time.Second) // nothing ticks on
}

func TestWindow_ShortWorkShowsNothing(t *testing.T) {
	r := &Sync{}
	w, win, _ := newPresenter(t, r)
	n := 0
	w.Long(Long{Title: "x", Work: func(context.Context, *Progress) error { return nil }, Done: func(err error) { n++ }})
	r.Elapse(time.Second)
	if n != 1 || win.Canvas().Overlays().Top() != nil {
		t.Errorf("done %d times", n)
	}
}
