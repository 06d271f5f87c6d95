package task

import (
	"fmt"
	"sync/atomic"
)

// Progress counts how far a piece of work is. The work adds, the window reads, at
// the same time; the zero value is ready.
type Progress struct {
	done, total atomic.Int64
	step        atomic.Pointer[string]
}

// SetTotal says how many things there are to do; 0 means not known.
func (p *Progress) SetTotal(n int) { p.total.Store(int64(n)) }

// Add says that n more things are done.
func (p *Progress) Add(n int) { p.done.Add(int64(n)) }

// Step names what is being done now: a file, a village. It holds no sensitive value.
func (p *Progress) Step(words string) { p.step.Store(&words) }

// State is what a Progress stood at when it was read.
type State struct {
	Done, Total int
	Step        string
}

// State reads the counter.
func (p *Progress) State() State {
	s := State{Done: int(p.done.Load()), Total: int(p.total.Load())}
	if step := p.step.Load(); step != nil {
		s.Step = *step
	}
	return s
}

// Share is the finished part between 0 and 1, or -1 while the total is not known.
func (s State) Share() float64 {
	if s.Total <= 0 {
		return -1
	}
	return min(1, float64(s.Done)/float64(s.Total))
}

// String is the state in words: 已完成 3 / 16 · 甲一村.
func (s State) String() string {
	var words string
	switch {
	case s.Total > 0:
		words = fmt.Sprintf("已完成 %d / %d", min(s.Done, s.Total), s.Total)
	case s.Done > 0:
		words = fmt.Sprintf("已完成 %d", s.Done)
	default:
		words = "正在处理"
	}
	if s.Step != "" {
		words += " · " + s.Step
	}
	return words
}
