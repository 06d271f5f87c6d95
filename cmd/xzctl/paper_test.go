package main

import (
	"archive/zip"
	"io"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

var markup = regexp.MustCompile(`<[^>]*>`)

// paper looks for words in a document (.docx): paper FILE WORDS….
func paper(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: paper FILE WORDS…")
	}
	z, err := zip.OpenReader(ts.MkAbs(args[0]))
	ts.Check(err)
	defer z.Close()
	f, err := z.Open("word/document.xml")
	ts.Check(err)
	defer f.Close()
	xml, err := io.ReadAll(f)
	ts.Check(err)
	words := markup.ReplaceAllString(strings.ReplaceAll(string(xml), "</w:p>", "\n"), "")
	for _, w := range args[1:] {
		if strings.Contains(words, w) == neg {
			ts.Fatalf("%q in %s: %v; it says\n%s", w, args[0], neg, words)
		}
	}
}
