package task

import (
	"context"
	"time"
)

// Gate is a Runner that can be shut: work goes on, but what it would bring to the
// window waits until the gate is open again. While the window is locked nothing
// that was under way can show itself over the lock. Used on the window's goroutine
// only.
type Gate struct {
	runner Runner
	shut   bool
	held   []func()
}

var _ Runner = (*Gate)(nil)

// NewGate makes an open gate before r.
func NewGate(r Runner) *Gate { return &Gate{runner: r} }

// Past is the Runner behind the gate: for what may come to a locked window.
func (g *Gate) Past() Runner { return g.runner }

// Go runs work at once, and done at once or when the gate opens.
func (g *Gate) Go(ctx context.Context, p *Progress, work Work, done func(error)) {
	g.runner.Go(ctx, p, work, func(err error) { g.pass(func() { done(err) }) })
}

// After calls f when d has passed and the gate is open, unless stopped before.
func (g *Gate) After(d time.Duration, f func()) (stop func()) {
	stopped := false
	end := g.runner.After(d, func() {
		g.pass(func() {
			if !stopped {
				f()
			}
		})
	})
	return func() {
		stopped = true
		end()
	}
}

func (g *Gate) pass(f func()) {
	if g.shut {
		g.held = append(g.held, f)
		return
	}
	f()
}

// Shut holds back what comes from now on.
func (g *Gate) Shut() { g.shut = true }

// Open lets through what was held back, in the order in which it came.
func (g *Gate) Open() {
	held := g.held
	g.shut, g.held = false, nil
	for _, f := range held {
		f()
	}
}
