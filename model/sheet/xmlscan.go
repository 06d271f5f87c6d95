package sheet

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// xmlScanner reads the XML of a workbook's parts as a stream of tokens, several
// times as fast as encoding/xml. It knows what spreadsheets need: elements by
// local name, attributes, text, CDATA, the five named entities and character
// references. A DOCTYPE is refused, so no entity can grow.
type xmlScanner struct {
	r        io.Reader
	buf      []byte
	pos, end int
	eof      bool
	scratch  []byte

	// The token last read. The slices are good until the next call.
	kind      tokenKind
	name      []byte // local name of an element
	attrs     []byte // the inside of a start tag, behind the name
	text      []byte // unescaped text
	selfClose bool
}

type tokenKind uint8

const (
	tokenStart tokenKind = iota
	tokenEnd
	tokenText
)

// maxToken bounds one tag or one run of text: far above what Excel writes.
const maxToken = 32 << 20

var errXML = errors.New("malformed XML")

func newXMLScanner(r io.Reader) *xmlScanner {
	return &xmlScanner{r: r, buf: make([]byte, 64<<10)}
}

// next reads a token; io.EOF at the end.
func (s *xmlScanner) next() error {
	for {
		if s.pos == s.end {
			if err := s.fill(); err != nil {
				return err
			}
		}
		if s.buf[s.pos] != '<' {
			return s.readText()
		}
		skipped, err := s.readMarkup()
		if err != nil || !skipped {
			return err
		}
	}
}

// fill makes at least one more byte available behind s.pos.
func (s *xmlScanner) fill() error {
	if s.eof {
		return io.EOF
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= maxToken {
			return errXML
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := 0, error(nil)
	for n == 0 && err == nil {
		n, err = s.r.Read(s.buf[s.end:])
	}
	s.end += n
	if errors.Is(err, io.EOF) {
		s.eof = true
		if n > 0 {
			return nil
		}
		return io.EOF
	}
	return err
}

// until returns the offset behind s.pos at which pattern starts, reading on as
// needed.
func (s *xmlScanner) until(from int, pattern string) (int, error) {
	for {
		if i := bytes.Index(s.buf[s.pos+from:s.end], []byte(pattern)); i >= 0 {
			return from + i, nil
		}
		from = max(from, s.end-s.pos-len(pattern)+1)
		if err := s.more(); err != nil {
			return 0, err
		}
	}
}

// more is fill inside a token, where the end of the file is an error.
func (s *xmlScanner) more() error {
	err := s.fill()
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (s *xmlScanner) readText() error {
	n := 0
	for {
		if i := bytes.IndexByte(s.buf[s.pos+n:s.end], '<'); i >= 0 {
			n += i
			break
		}
		n = s.end - s.pos
		if err := s.fill(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
	}
	s.kind = tokenText
	s.text = s.unescape(s.buf[s.pos : s.pos+n])
	s.pos += n
	return nil
}

// readMarkup reads what starts with "<"; skipped tells that it was a comment or
// an instruction.
func (s *xmlScanner) readMarkup() (skipped bool, err error) {
	for s.end-s.pos < 2 {
		if err := s.more(); err != nil {
			return false, err
		}
	}
	switch s.buf[s.pos+1] {
	case '?':
		return true, s.skipPast("?>")
	case '!':
		return s.readDeclaration()
	}
	n, err := s.tagEnd()
	if err != nil {
		return false, err
	}
	s.readTag(s.buf[s.pos+1 : s.pos+n])
	s.pos += n + 1
	return false, nil
}

func (s *xmlScanner) skipPast(pattern string) error {
	n, err := s.until(0, pattern)
	if err == nil {
		s.pos += n + len(pattern)
	}
	return err
}

const (
	commentMark = "<!--"
	cdataMark   = "<![CDATA["
)

func (s *xmlScanner) readDeclaration() (skipped bool, err error) {
	for s.end-s.pos < len(cdataMark) && !s.eof {
		if err := s.more(); err != nil {
			return false, err
		}
	}
	rest := s.buf[s.pos:s.end]
	switch {
	case bytes.HasPrefix(rest, []byte(commentMark)):
		return true, s.skipPast("-->")
	case bytes.HasPrefix(rest, []byte(cdataMark)):
		n, err := s.until(len(cdataMark), "]]>")
		if err != nil {
			return false, err
		}
		s.kind = tokenText
		s.text = append(s.scratch[:0], s.buf[s.pos+len(cdataMark):s.pos+n]...)
		s.scratch = s.text
		s.pos += n + len("]]>")
		return false, nil
	}
	return false, errXML
}

// tagEnd returns the offset of the ">" that ends the tag; one inside quotes does
// not.
func (s *xmlScanner) tagEnd() (int, error) {
	var quote byte
	for n := 1; ; n++ {
		for s.pos+n >= s.end {
			if err := s.more(); err != nil {
				return 0, err
			}
		}
		switch c := s.buf[s.pos+n]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return n, nil
		}
	}
}

func (s *xmlScanner) readTag(tag []byte) {
	s.kind, s.selfClose = tokenStart, false
	if len(tag) > 0 && tag[0] == '/' {
		s.kind = tokenEnd
		tag = tag[1:]
	} else if len(tag) > 0 && tag[len(tag)-1] == '/' {
		s.selfClose = true
		tag = tag[:len(tag)-1]
	}
	end := 0
	for end < len(tag) && !isBlank(tag[end]) {
		end++
	}
	s.name, s.attrs = localName(tag[:end]), tag[end:]
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// trimLeft is bytes.TrimLeft of blanks, without its set-up for every call.
func trimLeft(b []byte) []byte {
	for len(b) > 0 && isBlank(b[0]) {
		b = b[1:]
	}
	return b
}

func localName(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// attributes yields the attributes of the tag: local names and raw values, good
// until the next call. Only attr resolves entities.
func (s *xmlScanner) attributes(yield func(name, value []byte) bool) {
	rest := s.attrs
	for {
		rest = trimLeft(rest)
		eq := bytes.IndexByte(rest, '=')
		if eq < 0 {
			return
		}
		name := localName(bytes.TrimRight(rest[:eq], " \t\r\n"))
		rest = trimLeft(rest[eq+1:])
		if len(rest) == 0 {
			return
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 || !yield(name, rest[1:1+end]) {
			return
		}
		rest = rest[end+2:]
	}
}

// attr returns the value of the attribute with the local name, and whether the
// tag has it.
func (s *xmlScanner) attr(want string) (string, bool) {
	for name, value := range s.attributes {
		if string(name) == want {
			return string(s.unescape(value)), true
		}
	}
	return "", false
}

// is reports whether the token is the start of the element.
func (s *xmlScanner) is(name string) bool { return s.kind == tokenStart && string(s.name) == name }

// ends reports whether the token is the end of the element.
func (s *xmlScanner) ends(name string) bool { return s.kind == tokenEnd && string(s.name) == name }

// on reports whether a yes/no attribute is set.
func (s *xmlScanner) on(name string) bool {
	v, _ := s.attr(name)
	return isTrue([]byte(v))
}

func isTrue(v []byte) bool {
	return string(v) == "1" || string(v) == "true" || string(v) == "on"
}

func (s *xmlScanner) intAttr(name string) int {
	v, ok := s.attr(name)
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(v)
	if err != nil {
		return 0
	}
	return n
}

// maxEntity is the length of the longest reference, so that text full of stray
// ampersands costs no more than other text.
const maxEntity = len("&#x0010FFFF;")

var entities = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "quot": '"', "apos": '\''}

// unescape resolves entities; text without one is returned as it is.
func (s *xmlScanner) unescape(b []byte) []byte {
	i := bytes.IndexByte(b, '&')
	if i < 0 {
		return b
	}
	out := append(s.scratch[:0], b[:i]...)
	for i < len(b) {
		if b[i] != '&' {
			out = append(out, b[i])
			i++
			continue
		}
		end := bytes.IndexByte(b[i:min(len(b), i+maxEntity)], ';')
		r, ok := rune(0), false
		if end > 0 {
			r, ok = entity(string(b[i+1 : i+end]))
		}
		if !ok {
			out = append(out, b[i])
			i++
			continue
		}
		out = utf8.AppendRune(out, r)
		i += end + 1
	}
	s.scratch = out
	return out
}

func entity(name string) (rune, bool) {
	if r, ok := entities[name]; ok {
		return r, true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	base, digits := 10, name[1:]
	if digits[0] == 'x' || digits[0] == 'X' {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune {
		return 0, false
	}
	return rune(n), true
}
