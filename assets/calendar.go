package assets

import (
	"embed"
	"io/fs"
)

//go:embed calendar/*.csv
var calendar embed.FS

// Calendar returns the holidays and the weekend days worked for them, one csv
// file a year; see calendar/README.md.
func Calendar() fs.FS {
	sub, err := fs.Sub(calendar, "calendar")
	if err != nil {
		panic(err) // the path is a constant and valid
	}
	return sub
}
