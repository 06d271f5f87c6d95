package task

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"

	"xiangzhen/model"
)

// Work is what runs away from the window. It returns soon after ctx is done, with
// ctx's error or one that wraps it, and tells how far it is through p.
type Work func(ctx context.Context, p *Progress) error

// Runner runs work and calls back on the window's goroutine.
type Runner interface {
	// Go runs work, counted by p (nil: by nobody), then done with its error. A
	// panic in work reaches done as an Error of CodeInternal that keeps the stack.
	Go(ctx context.Context, p *Progress, work Work, done func(error))
	// After calls f once on the window's goroutine when d has passed, unless the
	// returned stop was called before.
	After(d time.Duration, f func()) (stop func())
}

// Async is the Runner of the real window.
type Async struct {
	// Post hands f to the window's goroutine and returns; nil means fyne.Do.
	Post func(f func())
}

var _ Runner = Async{}

func (a Async) post(f func()) {
	if a.Post != nil {
		a.Post(f)
		return
	}
	fyne.Do(f)
}

// Go runs work on a goroutine of its own.
func (a Async) Go(ctx context.Context, p *Progress, work Work, done func(error)) {
	go func() {
		err := guard(ctx, p, work)
		a.post(func() { done(err) })
	}()
}

// After waits on a timer of its own.
func (a Async) After(d time.Duration, f func()) (stop func()) {
	stopped := false // only touched on the window's goroutine
	timer := time.AfterFunc(d, func() {
		a.post(func() {
			if !stopped {
				f()
			}
		})
	})
	return func() {
		stopped = true
		timer.Stop()
	}
}

// Sync is the Runner of tests: work and done run at once on the caller, and what
// was asked for later waits until Elapse.
type Sync struct {
	waiting []*pending
}

// pending is one call of After that has not come.
type pending struct {
	in time.Duration
	f  func() // nil once stopped
}

var _ Runner = (*Sync)(nil)

// Go runs work and done before it returns.
func (s *Sync) Go(ctx context.Context, p *Progress, work Work, done func(error)) {
	done(guard(ctx, p, work))
}

// After keeps f for Elapse.
func (s *Sync) After(d time.Duration, f func()) (stop func()) {
	w := &pending{in: d, f: f}
	s.waiting = append(s.waiting, w)
	return func() { w.f = nil }
}

// Elapse lets d pass: it calls, in the order they were asked for, what has come
// due by then. What those calls ask for anew waits for the next Elapse.
func (s *Sync) Elapse(d time.Duration) {
	now := s.waiting
	s.waiting = nil
	for _, w := range now {
		w.in -= d
		switch {
		case w.f == nil:
		case w.in <= 0:
			w.f()
		default:
			s.waiting = append(s.waiting, w)
		}
	}
}

// guard runs work and turns a panic into an error, so that a fault in one load
// does not take the window away.
func guard(ctx context.Context, p *Progress, work Work) (err error) {
	defer func() {
		if v := recover(); v != nil {
			cause := fmt.Errorf("panic: %v\n%s", v, debug.Stack())
			err = model.Wrap(cause, model.CodeInternal, "程序内部出错，这一步没有完成。请把日志发给技术人员。")
		}
	}()
	if p == nil {
		p = new(Progress)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return work(ctx, p)
}
