package xls

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// pageUTF16 is the code page that BIFF8 names.
const pageUTF16 = 1200

// pages are the code pages that workbooks before BIFF8 keep their text in.
var pages = map[int]encoding.Encoding{
	367: charmap.Windows1252, 437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 855: charmap.CodePage855,
	866: charmap.CodePage866, 874: charmap.Windows874, 932: japanese.ShiftJIS, 936: simplifiedchinese.GB18030, 949: korean.EUCKR,
	950: traditionalchinese.Big5, 1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252,
	1253: charmap.Windows1253, 1254: charmap.Windows1254, 1255: charmap.Windows1255, 1256: charmap.Windows1256,
	1257: charmap.Windows1257, 1258: charmap.Windows1258, 10000: charmap.Macintosh, 10008: simplifiedchinese.GB18030,
	32768: charmap.Macintosh, 32769: charmap.Windows1252, 54936: simplifiedchinese.GB18030, 65001: unicode.UTF8,
}

// decodePage decodes text of a code page; where the file names none that is
// known, it is taken for Chinese. Bytes that fit nowhere become U+FFFD.
func decodePage(b []byte, page int) string {
	e, ok := pages[page]
	if !ok {
		e = simplifiedchinese.GB18030
	}
	out, err := e.NewDecoder().Bytes(b)
	if err != nil { // the decoders replace what they cannot read
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(out)
}

// spread is the body of a record and of the CONTINUE records behind it.
type spread struct {
	parts [][]byte
	units []uint16 // buffers of text
	utf8  []byte
}

// left returns how many bytes of the part at hand are left, going to the next
// one where it is used up; 0 at the end.
func (s *spread) left() int {
	for len(s.parts) > 0 && len(s.parts[0]) == 0 {
		s.parts = s.parts[1:]
	}
	if len(s.parts) == 0 {
		return 0
	}
	return len(s.parts[0])
}

// take hands out the next bytes, at most n, of one part.
func (s *spread) take(n int) []byte {
	n = min(n, s.left())
	if n <= 0 {
		return nil
	}
	b := s.parts[0][:n]
	s.parts[0] = s.parts[0][n:]
	return b
}

// skip passes over bytes, whatever parts they lie in.
func (s *spread) skip(n int) bool {
	for n > 0 {
		b := s.take(n)
		if b == nil {
			return false
		}
		n -= len(b)
	}
	return true
}

// number reads a little-endian number of 1 to 4 bytes.
func (s *spread) number(size int) (n int, ok bool) {
	for shift := 0; shift < 8*size; shift += 8 {
		b := s.take(1)
		if b == nil {
			return 0, false
		}
		n |= int(b[0]) << shift
	}
	return n, true
}

// The flags of a BIFF8 string.
const (
	flagWide     = 0x01 // two bytes a character
	flagPhonetic = 0x04 // a reading guide behind the text
	flagRich     = 0x08 // runs of fonts behind the text
)

// unicodeString reads a BIFF8 string whose length stands in so many bytes. Fonts
// and reading guides are passed over.
func (s *spread) unicodeString(lengthSize int) (string, bool) {
	length, ok := s.number(lengthSize)
	flags, ok2 := s.number(1)
	if !ok || !ok2 {
		return "", false
	}
	behind := 0
	if flags&flagRich != 0 {
		runs, _ := s.number(2)
		behind = 4 * runs
	}
	if flags&flagPhonetic != 0 {
		guide, _ := s.number(4)
		behind += guide
	}
	text, ok := s.chars(length, flags&flagWide != 0)
	return text, ok && s.skip(behind)
}

// chars reads characters. Text that runs into a CONTINUE record says anew there
// how wide its characters are.
func (s *spread) chars(n int, wide bool) (string, bool) {
	s.units = s.units[:0]
	for {
		width := 1
		if wide {
			width = 2
		}
		b := s.take((n - len(s.units)) * width)
		if wide {
			s.units = units(s.units, b)
		} else {
			for _, c := range b {
				s.units = append(s.units, uint16(c))
			}
		}
		if len(s.units) >= n {
			s.utf8 = appendUTF16(s.utf8[:0], s.units)
			return string(s.utf8), true
		}
		flags, ok := s.number(1)
		if !ok {
			return "", false
		}
		wide = flags&flagWide != 0
	}
}

// units appends the characters of UTF-16 text.
func units(to []uint16, b []byte) []uint16 {
	for ; len(b) >= 2; b = b[2:] {
		to = append(to, binary.LittleEndian.Uint16(b))
	}
	return to
}

// appendUTF16 appends UTF-16 as UTF-8; half a pair becomes U+FFFD.
func appendUTF16(to []byte, units []uint16) []byte {
	for i := 0; i < len(units); i++ {
		r := rune(units[i])
		if utf16.IsSurrogate(r) {
			next := rune(0)
			if i+1 < len(units) {
				next = rune(units[i+1])
			}
			if r = utf16.DecodeRune(r, next); r != utf8.RuneError {
				i++
			}
		}
		to = utf8.AppendRune(to, r)
	}
	return to
}

// byteString reads a string of a code page whose length stands in so many bytes.
func (s *spread) byteString(lengthSize, page int) (string, bool) {
	n, ok := s.number(lengthSize)
	if !ok {
		return "", false
	}
	var all []byte
	for len(all) < n {
		b := s.take(n - len(all))
		if b == nil {
			return "", false
		}
		all = append(all, b...)
	}
	return decodePage(all, page), true
}
