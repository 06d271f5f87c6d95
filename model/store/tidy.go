package store

import (
	"context"
	"errors"
)

// FTS5 writes the words of every operation as a segment of its own, and left to
// itself merges segments within the operations that follow: after an import a
// save then takes half a second. So it is told not to, and the store merges bit by
// bit between operations, in a goroutine that lives from connect to Close and
// holds the writer only for one bit at a time.

const (
	// manyRows is the size of an operation after which SQLite looks again at how
	// values are distributed.
	manyRows = 2000
	// manyOps is the number of operations after which their segments are merged: each
	// is one more to look into for a search.
	manyOps = 8
	// mergePages is how much is merged at a time: some 10 ms, a tenth of what a
	// person notices.
	mergePages = 64
)

// tidier is what is to be tidied. Whoever holds the writer may use it.
type tidier struct {
	ops, rows int           // since the last time
	wake      chan struct{} // holds at most one
	stop      context.CancelFunc
	done      chan struct{} // closed when the goroutine has ended
}

// startTidying starts the goroutine.
func (s *Store) startTidying() {
	ctx, stop := context.WithCancel(context.Background())
	s.tidier = tidier{wake: make(chan struct{}, 1), stop: stop, done: make(chan struct{})}
	go s.keepTidy(ctx)
}

// stopTidying ends the goroutine, if there is one, and waits for it. What was not
// merged waits for the next operations; what was not counted is counted now, lest
// a program that imports and ends leave it so.
func (s *Store) stopTidying() {
	if s.tidier.stop == nil {
		return
	}
	s.tidier.stop()
	<-s.tidier.done
	if s.tidier.rows >= manyRows && s.writer != nil {
		s.tidyRows(context.Background())
	}
}

// tidyAfter notes an operation on so many rows.
func (s *Store) tidyAfter(rows int) {
	s.tidier.ops++
	s.tidier.rows += rows
	if s.tidier.ops < manyOps && s.tidier.rows < manyRows {
		return
	}
	select {
	case s.tidier.wake <- struct{}{}:
	default: // awake already
	}
}

// Folding into the file what a big operation has written to the log is left to the
// tidying: the log is safe on the disk once the operation ends.
const (
	checkpointLater = "PRAGMA wal_autocheckpoint = 0;"
	checkpointAgain = "PRAGMA wal_autocheckpoint = 1000;" // pages, as SQLite has it
)

// end commits the operation.
func (tx *Tx) end() error {
	if len(tx.touched) >= manyRows {
		if err := tx.ses.run(tx.quiet, checkpointLater); err != nil {
			return err
		}
	}
	_, err := tx.ses.exec(tx.quiet, "COMMIT")
	if err != nil && len(tx.touched) >= manyRows {
		err = errors.Join(err, tx.ses.run(tx.quiet, checkpointAgain))
	}
	return err
}

func (s *Store) keepTidy(ctx context.Context) {
	defer close(s.tidier.done)
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.tidier.wake:
		}
		for s.tidyBit(ctx) {
		}
	}
}

// tidyBit does a bit of what is to be done and reports whether there is more.
// Only speed depends on it: a failure harms nobody and is not reported.
func (s *Store) tidyBit(ctx context.Context) (more bool) {
	release, err := s.acquire(ctx)
	if err != nil {
		return false
	}
	defer release()
	if s.tidier.rows >= manyRows {
		return s.tidyRows(ctx)
	}
	s.tidier.ops = 0
	more, err = s.writer.merge(ctx)
	return err == nil && more
}

// tidyRows follows many rows: it folds the log into the file, and SQLite counts how
// values are distributed. It reports whether it came through.
func (s *Store) tidyRows(ctx context.Context) bool {
	err := s.writer.run(ctx, checkpointAgain+"PRAGMA wal_checkpoint(PASSIVE); PRAGMA analysis_limit = 1000; PRAGMA optimize = 0x10012")
	if ctx.Err() == nil { // otherwise Close does it again
		s.tidier.rows = 0
	}
	return err == nil
}

// mergedNothing is the number of rows that a merge with nothing to do changes.
const mergedNothing = 1

// merge merges a bit of the search index and reports whether there was any to do.
func (s *session) merge(ctx context.Context) (bool, error) {
	const changes = "SELECT total_changes()"
	before, err := s.number(ctx, changes)
	if err != nil {
		return false, err
	}
	if _, err := s.exec(ctx, "INSERT INTO sys_search(sys_search, rank) VALUES ('merge', ?)", mergePages); err != nil {
		return false, err
	}
	after, err := s.number(ctx, changes)
	return after-before > mergedNothing, err
}

// leaveMerging tells FTS5 not to merge within operations: of itself never, and in
// need only where segments gather faster than they are merged.
func (s *session) leaveMerging(ctx context.Context) error {
	for _, option := range []struct {
		name  string
		value int64
	}{{"automerge", 0}, {"crisismerge", 64}} {
		set, err := s.number(ctx, "SELECT count(*) FROM sys_search_config WHERE k = ? AND v = ?", option.name, option.value)
		if err == nil && set == 0 {
			_, err = s.exec(ctx, "INSERT INTO sys_search(sys_search, rank) VALUES (?, ?)", option.name, option.value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
