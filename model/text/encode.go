package text

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// The names of encodings that Decode tells.
const (
	EncodingUTF8    = "UTF-8"
	EncodingUTF8BOM = "UTF-8 BOM"
	EncodingUTF16LE = "UTF-16LE"
	EncodingUTF16BE = "UTF-16BE"
	EncodingGB18030 = "GB18030"
)

// Decode turns the bytes of a text file into a string, telling the encoding by
// content: a byte order mark, the zero bytes of UTF-16, valid UTF-8, and else
// GB18030, which covers GBK and GB 2312. Bytes that fit nowhere become U+FFFD,
// so a caller can see damage; Decode itself never fails.
func Decode(b []byte) (s, name string) {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return strings.ToValidUTF8(string(b[3:]), "\uFFFD"), EncodingUTF8BOM
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return decodeWith(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), b[2:]), EncodingUTF16LE
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return decodeWith(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), b[2:]), EncodingUTF16BE
	}
	if order, ok := utf16ByZeros(b); ok && order == unicode.LittleEndian {
		return decodeWith(unicode.UTF16(order, unicode.IgnoreBOM), b), EncodingUTF16LE
	} else if ok {
		return decodeWith(unicode.UTF16(order, unicode.IgnoreBOM), b), EncodingUTF16BE
	}
	if utf8.Valid(b) && !looksLikeGBK(b) {
		return string(b), EncodingUTF8
	}
	return decodeWith(simplifiedchinese.GB18030, b), EncodingGB18030
}

func decodeWith(e encoding.Encoding, b []byte) string {
	out, err := e.NewDecoder().Bytes(b)
	if err != nil { // the decoders replace what they cannot read; keep what there is
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(out)
}

// utf16ByZeros tells UTF-16 without a mark by the zero bytes of its ASCII
// characters: they all stand on one side, and text in other encodings has none.
func utf16ByZeros(b []byte) (unicode.Endianness, bool) {
	if len(b) < 2 || len(b)%2 != 0 {
		return unicode.LittleEndian, false
	}
	var zeros [2]int
	for i, c := range b[:min(len(b), 4096)] {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[1] > 0 && zeros[0] == 0:
		return unicode.LittleEndian, true
	case zeros[0] > 0 && zeros[1] == 0:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

// looksLikeGBK reports whether bytes that happen to be valid UTF-8 are more
// likely GBK: two-byte sequences only, no Chinese as UTF-8, all Chinese as GBK.
// Short GBK texts do fall into this.
func looksLikeGBK(b []byte) bool {
	foreign := false
	for _, r := range string(b) {
		if r >= 0x800 {
			return false
		}
		foreign = foreign || r >= 0x80
	}
	if !foreign {
		return false
	}
	for _, r := range decodeWith(simplifiedchinese.GB18030, b) {
		if r >= 0x80 && !isHan(r) {
			return false
		}
	}
	return true
}
