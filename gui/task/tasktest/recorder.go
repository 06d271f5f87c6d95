// Package tasktest has a Presenter for tests of pages.
package tasktest

import (
	"context"

	"xiangzhen/gui/task"
)

// Recorder is a Presenter that shows nothing and keeps what it was told. Long work
// runs at once on the caller.
type Recorder struct {
	// Answer is what every question is answered with.
	Answer bool

	Errors    []error
	Questions []task.Question
	Titles    []string // of long works
}

var _ task.Presenter = (*Recorder)(nil)

// Error keeps err unless it is nil.
func (r *Recorder) Error(err error) {
	if err != nil {
		r.Errors = append(r.Errors, err)
	}
}

// Confirm keeps q and answers it with Answer.
func (r *Recorder) Confirm(q task.Question, yes func()) {
	r.Questions = append(r.Questions, q)
	if r.Answer {
		yes()
	}
}

// Long runs the work and its Done before it returns.
func (r *Recorder) Long(l task.Long) {
	r.Titles = append(r.Titles, l.Title)
	new(task.Sync).Go(context.Background(), nil, l.Work, l.Done)
}
