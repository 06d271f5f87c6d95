package sheet

import (
	"regexp"
	"strconv"
	"strings"
)

// readStrings reads the table of shared strings. Runs of rich text are joined;
// phonetic guides (rPh) are left out.
func (x *xlsxFile) readStrings(part string) error {
	var t textReader
	return x.scan(part, func(s *xmlScanner) error {
		switch {
		case s.is("si"):
			t.reset()
			if s.selfClose {
				x.strings = append(x.strings, "")
			}
		case s.ends("si"):
			x.strings = append(x.strings, t.String())
		default:
			t.take(s)
		}
		if len(x.strings) > x.src.limits.Strings {
			return errTooLarge
		}
		return nil
	})
}

// textReader gathers the text of a string item.
type textReader struct {
	b        strings.Builder
	inText   bool
	phonetic bool
}

func (t *textReader) reset() {
	t.b.Reset()
	t.inText, t.phonetic = false, false
}

// take follows the tokens inside a string item.
func (t *textReader) take(s *xmlScanner) {
	switch {
	case s.kind == tokenText:
		if t.inText && !t.phonetic {
			t.b.Write(s.text)
		}
	case string(s.name) == "t":
		t.inText = s.kind == tokenStart && !s.selfClose
	case string(s.name) == "rPh":
		t.phonetic = s.kind == tokenStart && !s.selfClose
	}
}

// String returns the text gathered.
func (t *textReader) String() string { return cellText(t.b.String()) }

// cellText gives text its line ends as XML means them, resolves _x000D_ and the
// like, and lets nothing through that is not UTF-8.
func cellText(s string) string {
	return unescapeXL(strings.ToValidUTF8(lineEnds(s), "\uFFFD"))
}

// lineEnds gives text the line ends that a cell has.
func lineEnds(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// escaped is how Excel writes characters that XML cannot hold.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

func unescapeXL(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(m string) string {
		n, err := strconv.ParseUint(m[2:6], 16, 16)
		if err != nil || n >= 0xD800 && n < 0xE000 {
			return m
		}
		return string(rune(n))
	})
}
