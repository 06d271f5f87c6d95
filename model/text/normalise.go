package text

import (
	"slices"
	"strings"
)

// Clean makes a text value out of a cell or an entry: blanks of every kind are
// trimmed from its ends and from the ends of its lines, control, zero-width and
// bidirectional characters go, line breaks become \n, an inner NBSP or Tab
// becomes a space. Chinese punctuation, full-width characters and inner
// ideographic spaces stay as written. Clean(Clean(s)) == Clean(s).
func Clean(s string) string {
	if strings.IndexFunc(s, needsCleaning) < 0 {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(cleanRune, s)
	if strings.Contains(s, "\n") {
		lines := strings.Split(s, "\n")
		for i, line := range lines {
			lines[i] = strings.TrimRightFunc(line, isBlank)
		}
		s = strings.Join(lines, "\n")
	}
	return strings.TrimFunc(s, func(r rune) bool { return r == '\n' || isBlank(r) })
}

func needsCleaning(r rune) bool {
	return !isPlain(r) && (isBlank(r) || isInvisible(r) || isBreak(r) || r == '\uFFFD')
}

func cleanRune(r rune) rune {
	switch {
	case isPlain(r), r == 0x3000:
		return r
	case isBreak(r):
		return '\n'
	case isBlank(r):
		return ' '
	case isInvisible(r):
		return -1
	}
	return r
}

// IsNothing reports whether s is what people write into a cell that has nothing to
// say: blanks, /, dashes, 无. A 0 is a number. For long texts 无 may be an answer.
func IsNothing(s string) bool {
	s = strings.Map(func(r rune) rune {
		switch {
		case isBlank(r), isBreak(r), isInvisible(r), isDash(r), r == '-', r == '_':
			return -1
		}
		return narrow(r)
	}, s)
	return slices.Contains(nothings, s)
}

var nothings = []string{"", "/", "//", "\\", "无", "暂无", "没有", "空", "、", ".", "*", "(无)", "无。"}

// Code makes a comparable code out of an identity number, division code, card
// or document number: full-width characters become ASCII, every blank goes, and
// so does the apostrophe that keeps Excel from making a number of it; dashes
// become -, letters upper case.
func Code(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case isPlain(r):
			return r
		case isBlank(r), isBreak(r), isInvisible(r):
			return -1
		case isDash(r):
			return '-'
		}
		if r = narrow(r); r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, s)
	return strings.TrimLeft(s, "'‘’`")
}

// isDash reports whether r is a dash or a minus other than the ASCII one.
func isDash(r rune) bool { return r >= 0x2010 && r <= 0x2015 || r == 0x2212 || r == 0xff0d }
