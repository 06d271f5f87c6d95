//go:build x11 || windows || darwin

package main

import (
	"os"
	"path/filepath"

	"xiangzhen/gui"
)

// portableName is the folder beside the program that makes it keep all it has there,
// such as on a USB stick.
const portableName = "data"

// dirs are the folders of the program.
type dirs struct {
	record   string // log and crash file
	portable string // "" for a program that was installed
}

// findDirs finds the folders. A system that names no folder for settings leaves the
// one for temporary files.
func findDirs() dirs {
	if exe, err := os.Executable(); err == nil {
		dir := filepath.Join(filepath.Dir(exe), portableName)
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dirs{record: filepath.Join(dir, "日志"), portable: dir}
		}
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	return dirs{record: filepath.Join(dir, id)}
}

// ledgers is where new ledgers are proposed: 乡振台账 in the user's own folder.
func (d dirs) ledgers(given string) string {
	switch home, err := os.UserHomeDir(); {
	case given != "":
		return given
	case d.portable != "":
		return d.portable
	case err != nil:
		return gui.Name
	default:
		return filepath.Join(home, gui.Name)
	}
}
