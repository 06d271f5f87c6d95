//go:build !windows

package store

import (
	"errors"
	"syscall"
)

// isReadOnlyFS reports whether err means that the whole disk is write-protected.
func isReadOnlyFS(err error) bool { return errors.Is(err, syscall.EROFS) }

// isSharingViolation is of Windows only.
func isSharingViolation(error) bool { return false }
