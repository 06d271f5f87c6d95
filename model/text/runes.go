package text

import "strings"

// isBlank reports whether r is a blank that a person sees as empty space on a
// line: space, Tab, NBSP, the ideographic space U+3000 and their kin.
func isBlank(r rune) bool {
	switch {
	case r == ' ', r == '\t', r == 0xa0, r == 0x1680, r == 0x180e, r == 0x202f, r == 0x205f, r == 0x3000, r == 0x3164:
		return true
	}
	return r >= 0x2000 && r <= 0x200a
}

// isBreak reports whether r ends a line.
func isBreak(r rune) bool {
	return r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == 0x85 || r == 0x2028 || r == 0x2029
}

// isInvisible reports whether r has no place in a value: control characters,
// zero-width and bidirectional marks, byte order marks and non-characters.
func isInvisible(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7f && r <= 0x9f, r == 0xad:
		return true
	case r < 0x200b:
		return false
	case r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return true
	}
	return r == 0xfeff || r >= 0xfff9 && r <= 0xfffb || r&0xfffe == 0xfffe
}

// isPlain reports whether r needs no look at all: visible ASCII and the CJK
// blocks that hold nothing but visible characters. Most values are plain.
func isPlain(r rune) bool {
	return r > ' ' && r < 0x7f || r > 0x3000 && r < 0xfe00 && r != 0x3164
}

// narrow turns the full-width form of an ASCII character into the character,
// and U+3000 into a space; it returns any other rune as it is.
func narrow(r rune) rune {
	switch {
	case r >= 0xff01 && r <= 0xff5e:
		return r - 0xfee0
	case r == 0x3000:
		return ' '
	case r == 0xffe5:
		return '¥'
	}
	return r
}

// isHan reports whether r is a Chinese character, 〇 included.
func isHan(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= 0x3400 && r <= 0x4dbf || r == '〇' ||
		r >= 0xf900 && r <= 0xfaff || r >= 0x20000 && r <= 0x2fa1f || r >= 0x30000 && r <= 0x323af
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// allDigits reports whether s is one or more ASCII digits and nothing else.
func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// trimPrefixes removes any of the words from the front of s, again and again.
func trimPrefixes(s string, words []string) string {
	for again := true; again; {
		again = false
		for _, w := range words {
			if rest, ok := strings.CutPrefix(s, w); ok && rest != "" {
				s, again = rest, true
			}
		}
	}
	return s
}

// cutSuffix removes the first of the words that ends s and leaves something.
func cutSuffix(s string, words []string) (string, bool) {
	for _, w := range words {
		if rest, ok := strings.CutSuffix(s, w); ok && rest != "" {
			return rest, true
		}
	}
	return s, false
}
