package text

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// Full writes s in pinyin without tones and blanks: 青山村 → qingshancun. ASCII
// letters and digits stay, lower-case; everything else is left out. Of a
// character with several readings it takes the one of the phrases and places of
// readings.go, else the usual one.
func Full(s string) string {
	var out strings.Builder
	spell(s, func(_ rune, syllable string) { out.WriteString(syllable) })
	return out.String()
}

// Initials writes the first letters of s in pinyin: 青山村 → qsc, 第3组 → d3z. It
// reads as Full does.
func Initials(s string) string {
	out := make([]byte, 0, len(s)/2)
	spell(s, func(r rune, syllable string) {
		if isHan(r) {
			syllable = syllable[:1]
		}
		out = append(out, syllable...)
	})
	return string(out)
}

// NameInitials writes the first letters of a person's name, whose first character
// is read as a surname: 单, 解, 曾, 区, 仇 …
func NameInitials(name string) string {
	name = strings.TrimLeftFunc(name, func(r rune) bool { return !isHan(r) && !isWordASCII(r) })
	_, one := utf8.DecodeRuneInString(name)
	_, two := utf8.DecodeRuneInString(name[one:])
	for _, size := range []int{one + two, one} { // 尉迟 before 尉
		if reading, ok := surnames[name[:size]]; ok {
			return initialsOf(reading) + Initials(name[size:])
		}
	}
	return Initials(name)
}

func initialsOf(reading string) string {
	out := ""
	for _, syllable := range strings.Fields(reading) {
		out += syllable[:1]
	}
	return out
}

// mostKeys bounds the readings that Keys gives for one text.
const mostKeys = 16

// Keys returns every key of initials by which somebody may look for s: Initials
// first, then the name's, then the other readings of its polyphones, at most 16
// in all.
func Keys(s string) []string {
	keys := []string{Initials(s)}
	add := func(k string) {
		for _, have := range keys {
			if have == k {
				return
			}
		}
		if len(keys) < mostKeys {
			keys = append(keys, k)
		}
	}
	add(NameInitials(s))
	at := 0
	spell(s, func(r rune, syllable string) {
		for _, other := range polyphones[r] {
			for _, k := range keys[:len(keys):len(keys)] {
				if at < len(k) && k[at] != byte(other) {
					add(k[:at] + string(other) + k[at+1:])
				}
			}
		}
		if isHan(r) {
			at++
		} else {
			at += len(syllable)
		}
	})
	return keys
}

// spell calls yield for every character of s that has a reading, in order.
func spell(s string, yield func(r rune, syllable string)) {
	for i := 0; i < len(s); {
		if reading, n := phraseAt(s[i:]); n > 0 {
			syllables := strings.Fields(reading)
			for j, r := range []rune(s[i : i+n]) {
				yield(r, syllables[j])
			}
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if syllable := Syllable(r); syllable != "" {
			yield(r, syllable)
		}
	}
}

// Syllable returns the usual reading of a character in pinyin without a tone, an
// ASCII letter or digit in lower case, and "" for anything else.
func Syllable(r rune) string {
	switch r = narrow(r); {
	case isWordASCII(r):
		return strings.ToLower(string(r))
	case !isHan(r):
		return ""
	}
	if usual, ok := usualReadings[r]; ok {
		return usual
	}
	reading, _, _ := strings.Cut(pinyin.PinyinDict[int(r)], ",")
	return strings.Map(withoutTone, reading)
}

func isWordASCII(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}

// initial returns the first letter of the usual reading of r, 0 if it has none.
func initial(r rune) byte {
	if usual, ok := usualReadings[r]; ok {
		return usual[0]
	}
	first, _ := utf8.DecodeRuneInString(pinyin.PinyinDict[int(r)])
	if letter := withoutTone(first); letter >= 'a' && letter <= 'z' {
		return byte(letter)
	}
	return 0
}

// initials returns the first letters of all readings in use of a character, the
// usual one first; "" if it has none. The common characters are tabulated at the
// first call, for the search index asks for every character of a ledger.
func initials(r rune) string {
	if r >= firstCommon && r <= lastCommon {
		return commonInitials()[r-firstCommon]
	}
	return readInitials(r)
}

// The CJK Unified Ideographs block.
const (
	firstCommon = 0x4e00
	lastCommon  = 0x9fff
)

var commonInitials = sync.OnceValue(func() []string {
	table := make([]string, lastCommon-firstCommon+1)
	for i := range table {
		table[i] = readInitials(firstCommon + rune(i))
	}
	return table
})

func readInitials(r rune) string {
	letter := initial(r)
	if letter == 0 {
		return ""
	}
	return string(rune(letter)) + polyphones[r]
}

// toneLetters maps the marked letters of pinyin to ASCII ones; ü is v, as typed.
var toneLetters = func() map[rune]rune {
	table := map[rune]rune{}
	for _, row := range []string{"aāáǎà", "eēéěèêếềễ", "iīíǐì", "oōóǒò", "uūúǔù", "vüǖǘǚǜ", "nńňǹ", "mḿ"} {
		letters := []rune(row)
		for _, marked := range letters[1:] {
			table[marked] = letters[0]
		}
	}
	return table
}()

// withoutTone maps a letter of pinyin to its ASCII letter, a combining tone mark
// to nothing.
func withoutTone(r rune) rune {
	if r < utf8.RuneSelf {
		return r
	}
	if letter, ok := toneLetters[r]; ok {
		return letter
	}
	return -1
}
