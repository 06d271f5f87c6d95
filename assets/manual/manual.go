// Package manual holds the program's manual (使用说明): one page of Markdown for
// each page of the window, in Chinese. Only headings, points and paragraphs are
// used.
package manual

import (
	"embed"
	"fmt"
)

//go:embed *.md
var pages embed.FS

// Page returns the manual's page of a name; the names are those of page.Name, and
// start and about.
func Page(name string) (string, error) {
	words, err := pages.ReadFile(name + ".md")
	if err != nil {
		return "", fmt.Errorf("manual page %s: %w", name, err)
	}
	return string(words), nil
}
