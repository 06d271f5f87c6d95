package gui

import (
	"context"
	"log/slog"
	"math"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model/app"
)

// mostBlocked is how long nothing may keep the window from answering.
const mostBlocked = 100 * time.Millisecond

// slowly is a Runner whose work takes long, as on an old disk, and which notes how
// long what it hands back keeps the window busy.
type slowly struct {
	task.Async
	posts chan func()
}

func (s slowly) Go(ctx context.Context, p *task.Progress, work task.Work, done func(error)) {
	s.Async.Go(ctx, p, func(ctx context.Context, p *task.Progress) error {
		time.Sleep(3 * mostBlocked)
		return work(ctx, p)
	}, done)
}

// TestWindow_ASlowStoreNeverBlocksIt opens every page over a store that answers
// after 300 ms and one hundred times the villages: no page waits for it, and none
// takes long to show what has come.
func TestWindow_ASlowStoreNeverBlocksIt(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a large ledger")
	}
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.Theme{})
	path := filepath.Join(t.TempDir(), "台 账.xzdb")
	big, err := app.CreateDemo(context.Background(), app.Options{Path: path, Today: testDay}, "示例县", 20)
	if err != nil {
		t.Fatal(err)
	}
	if err := big.Close(); err != nil {
		t.Fatal(err)
	}
	posts := make(chan func(), 1000)
	r := slowly{Async: task.Async{Post: func(f func()) { posts <- f }}, posts: posts}
	w, err := New(Params{App: a, Runner: r, Log: slog.New(slog.DiscardHandler), Folder: t.TempDir(),
		Options: app.Options{Path: path, Today: testDay, Origin: "test"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.closeSession)
	w.Start()
	w.win.Resize(fyne.NewSize(1366, 740))
	if took := drain(posts); took > mostBlocked {
		t.Logf("the start kept the window busy for %v", took)
	}
	for _, e := range entries {
		took := time.Duration(math.MaxInt64)
		// The machine may be busy with something else for a moment: what counts is the
		// best of a few times.
		for n := 0; n < 3 && took > mostBlocked; n++ {
			took = min(took, max(busy(func() { w.open(page.Route{Page: e.name}) }), drain(posts)))
		}
		if took > mostBlocked {
			t.Errorf("%s kept the window busy for %v", e.word, took)
		}
	}
}

// busy runs what the window itself would run and says how long that took.
func busy(f func()) time.Duration {
	begin := time.Now()
	f()
	return time.Since(begin)
}

// drain runs what comes back until nothing has come for a while, and says how long
// the longest of it took.
func drain(posts <-chan func()) (longest time.Duration) {
	for {
		select {
		case f := <-posts:
			longest = max(longest, busy(f))
		case <-time.After(10 * mostBlocked):
			return longest
		}
	}
}
