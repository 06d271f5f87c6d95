package store

import (
	"errors"
	"io/fs"
	"os"
	"time"
)

// On Windows a virus scanner or a cloud client opens a file just written for a
// moment, and renaming it fails meanwhile. Waiting is all that helps.
const (
	patience  = 3 * time.Second
	firstNap  = 20 * time.Millisecond
	longestIn = 4 // naps grow to a quarter of what is left
)

// patiently tries again for a while as long as fn fails because another program
// holds the file.
func patiently(fn func() error) error { return patientlyWith(fn, time.Sleep) }

func patientlyWith(fn func() error, sleep func(time.Duration)) error {
	left, nap := patience, firstNap
	for {
		err := fn()
		if err == nil || left <= 0 || !isHeld(err) {
			return err
		}
		sleep(nap)
		left -= nap
		nap = max(firstNap, min(2*nap, left/longestIn))
	}
}

// isHeld: Windows says access denied, or sharing violation, of a file that another
// program has open.
func isHeld(err error) bool {
	return errors.Is(err, fs.ErrPermission) || isSharingViolation(err)
}

func rename(from, to string) error { return patiently(func() error { return os.Rename(from, to) }) }
