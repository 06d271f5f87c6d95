package store

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// diskOf asks Windows about the drive a folder lies on. What cannot be told
// counts as local.
func diskOf(folder string) diskKind {
	volume := filepath.VolumeName(folder)
	root, err := windows.UTF16PtrFromString(volume + `\`)
	if err != nil {
		return diskLocal
	}
	switch windows.GetDriveType(root) {
	case windows.DRIVE_REMOTE:
		return diskNetwork
	case windows.DRIVE_REMOVABLE:
		return diskRemovable
	}
	return diskLocal
}
