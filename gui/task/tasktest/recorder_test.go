package tasktest_test

import (
	"context"
	"errors"
	"testing"

	"xiangzhen/gui/task"
	"xiangzhen/gui/task/tasktest"
)

func TestRecorder(t *testing.T) {
	var r tasktest.Recorder
	n := 0
	r.Error(nil)
	r.Error(errors.New("x"))
	r.Confirm(task.Question{Title: "删除"}, func() { n++ })
	r.Answer = true
	r.Confirm(task.Question{Title: "删除"}, func() { n++ })
	bad := errors.New("bad")
	var got error
	r.Long(task.Long{Title: "收表", Work: func(context.Context, *task.Progress) error { return bad }, Done: func(err error) { got = err }})
	if len(r.Errors) != 1 || len(r.Questions) != 2 || n != 1 || got != bad || r.Titles[0] != "收表" {
		t.Errorf("%+v, yes %d, long %v", r, n, got)
	}
}
