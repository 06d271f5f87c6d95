package look

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/image/font/sfnt"

	"xiangzhen/assets/fonts"
)

// TestGlyphs_OfAllWords: every character of the words in the program, the manual and
// the sample is in our faces. One that is not looks foreign where the system has it, is
// a box where it has not, and costs 20 MB for the fonts of the system.
func TestGlyphs_OfAllWords(t *testing.T) {
	lacks := missingFrom(t, fonts.Regular)
	root := filepath.Join("..", "..")
	for _, dir := range []string{"gui", "model", filepath.Join("cmd", "xiangzhen"), "assets"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			for _, words := range wordsOf(t, path) {
				if missing := lacks(words); missing != "" {
					t.Errorf("%s: %q has characters that the faces lack: %s", path, words, missing)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// read are the packages whose literals are what others write, not what we show.
var read = []string{filepath.Join("model", "text"), filepath.Join("model", "sheet"), filepath.Join("model", "exchange"), filepath.Join("model", "rule"), filepath.Join("model", "fill"),
	filepath.Join("model", "store"), filepath.Join("model", "ledgers"), filepath.Join("assets", "licences")}

// wordsOf returns the literals of a source file, or the lines of a text.
func wordsOf(t *testing.T, path string) []string {
	for _, dir := range read {
		if strings.Contains(path, dir) {
			return nil
		}
	}
	switch {
	case strings.HasSuffix(path, "_test.go"):
		return nil
	case strings.HasSuffix(path, ".go"):
		return literals(t, path)
	case strings.HasSuffix(path, ".md"), strings.HasSuffix(path, ".csv"):
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Split(string(data), "\n")
	}
	return nil
}

func literals(t *testing.T, path string) (out []string) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil {
				out = append(out, s)
			}
		}
		return true
	})
	return out
}

// missingFrom returns a function that picks the characters a face lacks.
func missingFrom(t *testing.T, face []byte) func(string) string {
	f, err := sfnt.Parse(face)
	if err != nil {
		t.Fatal(err)
	}
	var buf sfnt.Buffer
	return func(words string) string {
		if !utf8.ValidString(words) {
			return "" // bytes of a file, not words
		}
		return strings.Map(func(r rune) rune {
			if index, err := f.GlyphIndex(&buf, r); !unicode.IsGraphic(r) || err == nil && index != 0 {
				return -1
			}
			return r
		}, words)
	}
}
