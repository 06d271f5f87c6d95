package task

import (
	"context"
	"time"
)

// Latest runs loads of which only the newest counts: the rows of a page while the
// clerk goes on typing in the search box. A new one cancels the older, whose
// result is never shown. Used on the window's goroutine only.
type Latest struct {
	runner Runner
	cancel context.CancelFunc
	turn   int
}

// NewLatest makes a group that runs on r.
func NewLatest(r Runner) *Latest { return &Latest{runner: r} }

// Load fetches with the newest arguments and shows the result, unless a newer
// Load or Stop came in between. Fetch must not touch the window.
func Load[T any](l *Latest, fetch func(context.Context) (T, error), show func(T, error)) {
	ctx := l.next()
	turn := l.turn
	var result T
	work := func(ctx context.Context, _ *Progress) (err error) {
		result, err = fetch(ctx)
		return err
	}
	l.runner.Go(ctx, nil, work, func(err error) {
		if turn == l.turn {
			l.Stop()
			show(result, err)
		}
	})
}

// next cancels the load that runs and makes room for a new one.
func (l *Latest) next() context.Context {
	l.Stop()
	ctx, cancel := context.WithCancel(context.Background())
	l.cancel = cancel
	return ctx
}

// Stop cancels the load that runs; its result will not be shown. A page calls it
// when it is left.
func (l *Latest) Stop() {
	l.turn++
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
}

// Delay calls only the last of several calls that follow each other in less than
// a given time: the search box asks once the typing rests.
type Delay struct {
	runner Runner
	stop   func()
}

// NewDelay makes a Delay that waits on r.
func NewDelay(r Runner) *Delay { return &Delay{runner: r} }

// Do calls f when wait has passed without another Do.
func (d *Delay) Do(wait time.Duration, f func()) {
	if d.stop != nil {
		d.stop()
	}
	d.stop = d.runner.After(wait, f)
}
