// Package assets holds the files that are built into the program. It only embeds
// them; the packages that use them read and check them.
package assets

import (
	"embed"
	"io/fs"
)

//go:embed sample/*.csv
var sample embed.FS

// Sample returns the tables of the sample county (示例县): csv files in UTF-8 with
// a header line, described for whoever edits them in sample/README.md.
func Sample() fs.FS {
	sub, err := fs.Sub(sample, "sample")
	if err != nil {
		panic(err) // the path is a constant and valid
	}
	return sub
}

// Icon is the program's icon as PNG, 256 pixels wide; icon.svg is its source.
//
//go:embed icon.png
var Icon []byte
