package store

import (
	"errors"

	"golang.org/x/sys/windows"
)

// isReadOnlyFS reports whether err means that the whole disk is write-protected.
func isReadOnlyFS(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }

// isSharingViolation reports whether another program has the file open.
func isSharingViolation(err error) bool {
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION)
}
