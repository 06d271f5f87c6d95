// Package licences holds the licences of all that ships inside the programs, as
// `make licences` gathers them from the modules themselves.
package licences

import (
	_ "embed"
	"strings"
)

//go:embed licences.txt
var all string

// Licence is one part of the program that others made.
type Licence struct {
	Name string // a module's path, or a font's name
	Text string
}

// mark begins the heading of each part.
const mark = "\n==== "

// All returns the licences in the order of their names.
func All() []Licence {
	var out []Licence
	for _, part := range strings.Split(all, mark)[1:] {
		name, text, _ := strings.Cut(part, " ====\n")
		out = append(out, Licence{Name: name, Text: strings.TrimSpace(text)})
	}
	return out
}
