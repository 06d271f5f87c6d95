package app

import (
	"context"
	"runtime"
	"sync"

	"xiangzhen/model/sheet"
)

// inParallel calls fn for every number below n, on as many goroutines as there are
// processors, and returns the first error. After an error, or when ctx ends, no further
// call begins; the calls that have begun are waited for.
func inParallel(ctx context.Context, n int, fn func(i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan int)
	var done sync.WaitGroup
	for range min(n, runtime.NumCPU()) {
		done.Go(func() {
			for i := range next {
				if err := fn(i); err != nil {
					cancel(err)
				}
			}
		})
	}
	for i := 0; i < n && ctx.Err() == nil; i++ {
		select {
		case next <- i:
		case <-ctx.Done():
		}
	}
	close(next)
	done.Wait()
	return context.Cause(ctx)
}

// opened is a workbook as it was read, with the hash of its file.
type opened struct {
	book *sheet.Book
	sum  string
	err  error
}

func openSource(s source) opened {
	if s.err != nil {
		return opened{err: s.err}
	}
	book, err := sheet.Open(s.path)
	if err != nil {
		return opened{book: book, err: err}
	}
	sum, err := fileHash(s.path)
	return opened{book, sum, err}
}

// openAhead reads workbooks in their order, some ahead of the one that is asked for:
// reading is most of what taking a workbook in costs, and needs no ledger. Not more
// than a few are held at a time. stop must be called in the end.
func openAhead(ctx context.Context, files []source) (next func() opened, stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	order := make(chan chan opened, runtime.NumCPU())
	var done sync.WaitGroup
	done.Go(func() {
		defer close(order)
		for _, f := range files {
			one := make(chan opened, 1)
			select {
			case order <- one:
				done.Go(func() { one <- openSource(f) })
			case <-ctx.Done():
				return
			}
		}
	})
	next = func() opened {
		one, ok := <-order
		if !ok {
			return opened{err: ctx.Err()}
		}
		return <-one
	}
	return next, func() {
		cancel()
		done.Wait()
	}
}
