package task_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"xiangzhen/gui/task"
)

func TestGate(t *testing.T) {
	run := &task.Sync{}
	g := task.NewGate(run)
	var got []string
	say := func(words string) func() { return func() { got = append(got, words) } }
	work := func(words string) {
		g.Go(context.Background(), nil, func(context.Context, *task.Progress) error {
			got = append(got, "work "+words)
			return errors.New(words)
		}, func(err error) { got = append(got, "done "+err.Error()) })
	}
	work("a")
	g.After(time.Second, say("after b"))
	stop := g.After(time.Second, say("stopped c"))
	g.Shut()
	work("d")
	run.Elapse(time.Second)
	stop() // while it is held back
	g.Past().Go(context.Background(), nil, func(context.Context, *task.Progress) error { return nil }, func(error) { got = append(got, "past") })
	if want := []string{"work a", "done a", "work d", "past"}; !slices.Equal(got, want) {
		t.Fatalf("before it opens: %q", got)
	}
	g.Open()
	g.Open() // a second time lets nothing through twice
	work("e")
	if want := []string{"done d", "after b", "work e", "done e"}; !slices.Equal(got[4:], want) {
		t.Errorf("afterwards: %q", got[4:])
	}
}
