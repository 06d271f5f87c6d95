package text

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The search index takes a text apart into tokens that FTS5's tokenizers ascii and
// unicode61 keep whole, so that every search, of one character or of twenty, is an
// AND of tokens:
//
//   - every Chinese character and digit, every pair of neighbours, every three
//     neighbouring digits, as they are;
//   - behind the prefix p, the letters of a text one by one, in pairs and in
//     threes, where the letter of a Chinese character is its pinyin initial: 青山村
//     gives pq ps pc pqs psc pqsc. Long texts keep to their ASCII letters: nobody
//     looks for a report by its initials, and the index would drown in them;
//   - other letters and Chinese characters newer than the tokenizer's tables
//     (extension B and later) as u and their code point: u20000.
//
// Tokens of ASCII alone are digits, or begin with p or u, so no kind meets another.

// mostForPinyin is the length in characters up to which a text is found by pinyin
// initials: titles, names and addresses are shorter, reports longer.
const mostForPinyin = 40

// Indexer makes the index tokens of one record after another, in room that it
// keeps between them. It is for one goroutine; the zero value is ready.
type Indexer struct {
	words   []byte // parted by blanks
	seen    tokenSet
	letters []string // of one run
}

// Tokens returns the tokens under which a record with these texts is found, each
// once, parted by blanks, as FTS5 is fed.
func (ix *Indexer) Tokens(texts ...string) string {
	ix.words = ix.words[:0]
	ix.seen.clear()
	for _, t := range texts {
		folded := fold(t)
		pinyin := utf8.RuneCountInString(folded) <= mostForPinyin
		for run := range strings.SplitSeq(folded, " ") {
			ix.addPlain(run)
			if !allDigits(run) { // nobody types letters for digits
				ix.addLetters(run, pinyin)
			}
		}
	}
	return string(ix.words)
}

// QueryTokens takes the words of a search apart: a record fits if it has all of
// the tokens and, where verify is set, if Contains confirms it as well. Words are
// parted by blanks, and each must occur. nil tokens (a search of punctuation or
// blanks) restrict nothing.
func QueryTokens(q string) (all []string, verify bool) {
	for _, run := range queryRuns(q) {
		tokens, more := queryTokens(run)
		all, verify = append(all, tokens...), verify || more
	}
	return distinct(all), verify
}

// distinct leaves out what a short list has said before.
func distinct(tokens []string) []string {
	out := tokens[:0]
	for _, t := range tokens {
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// Contains reports whether every word of the search q occurs in one of the texts:
// as written, regardless of case, width, punctuation and the blanks between
// Chinese characters, or by pinyin initials. It says no more and no less than the
// index: a record that it accepts has all tokens of the query.
func Contains(q string, texts ...string) bool {
	runs := queryRuns(q)
	for _, t := range texts {
		if len(runs) == 0 {
			return true
		}
		folded := fold(t)
		left := runs[:0]
		for _, run := range runs {
			if !strings.Contains(folded, run) && !hasLetters(folded, run) {
				left = append(left, run)
			}
		}
		runs = left
	}
	return len(runs) == 0
}

// fold narrows s, makes it lower-case and reduces it to runs of letters and digits
// parted by single spaces. A blank parts only ASCII words: 第 3 组 and 张　三 are
// one run.
func fold(s string) string {
	var out strings.Builder
	out.Grow(len(s))
	last, gap, mark := rune(0), false, false
	for _, r := range s {
		if r < firstCommon || r > lastCommon {
			r = unicode.ToLower(narrow(r))
		}
		if !isWordRune(r) {
			gap = gap || isBlank(r) || isBreak(r)
			mark = mark || !isBlank(r) && !isBreak(r) && !isInvisible(r)
			continue
		}
		if last != 0 && (mark || gap && last < utf8.RuneSelf && r < utf8.RuneSelf) {
			out.WriteByte(' ')
		}
		out.WriteRune(r)
		last, gap, mark = r, false, false
	}
	return out.String()
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
	}
	return isHan(r) || r != utf8.RuneError && !isBlank(r) && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// queryRuns returns the folded runs of a search; here a blank parts words.
func queryRuns(q string) []string {
	var runs []string
	for _, word := range strings.FieldsFunc(q, func(r rune) bool { return isBlank(r) || isBreak(r) }) {
		runs = append(runs, strings.Fields(fold(word))...)
	}
	return runs
}

// token is an index token as a number: its characters, three at most, the last
// lowest, with letterToken for those behind the prefix p.
type token uint64

const (
	runeBits          = 21
	letterToken token = 1 << (3 * runeBits)
)

// append writes the token as FTS5 gets it.
func (k token) append(dst []byte) []byte {
	if k&letterToken != 0 {
		dst = append(dst, 'p')
	}
	for shift := 2 * runeBits; shift >= 0; shift -= runeBits {
		if r := rune(k >> shift & (1<<runeBits - 1)); r != 0 {
			dst = appendEncoded(dst, r)
		}
	}
	return dst
}

// tokenSet is a hash table of tokens: most tokens of a record are there already,
// and it is asked for every character. 0 is no token and marks a free place.
type tokenSet struct {
	places []token // a power of two, at most half of them taken
	taken  int
}

// The least size of a tokenSet, and the greatest that is kept for the next record.
const (
	leastPlaces = 1 << 10
	mostPlaces  = 1 << 14
)

func (s *tokenSet) clear() {
	if len(s.places) > mostPlaces {
		s.places = nil
	}
	clear(s.places)
	s.taken = 0
}

// add puts a token in and reports whether it is new.
func (s *tokenSet) add(k token) bool {
	if 2*s.taken >= len(s.places) {
		s.grow()
	}
	i := s.place(k)
	if s.places[i] == k {
		return false
	}
	s.places[i] = k
	s.taken++
	return true
}

// place returns where a token is or goes.
func (s *tokenSet) place(k token) int {
	const golden = 0x9e3779b97f4a7c15 // 2⁶⁴ / φ: spreads neighbours
	mask := len(s.places) - 1
	i := int(uint64(k)*golden>>32) & mask
	for s.places[i] != 0 && s.places[i] != k {
		i = (i + 1) & mask
	}
	return i
}

func (s *tokenSet) grow() {
	old := s.places
	s.places = make([]token, max(2*len(old), leastPlaces))
	for _, k := range old {
		if k != 0 {
			s.places[s.place(k)] = k
		}
	}
}

func (ix *Indexer) add(k token) {
	if !ix.seen.add(k) {
		return
	}
	if len(ix.words) > 0 {
		ix.words = append(ix.words, ' ')
	}
	ix.words = k.append(ix.words)
}

// addPlain adds the tokens of a run as it is written.
func (ix *Indexer) addPlain(run string) {
	var before, previous rune
	for _, r := range run {
		if !isLetterASCII(r) {
			ix.add(token(r))
		}
		if previous != 0 && isPlainPair(previous, r) {
			ix.add(token(previous)<<runeBits | token(r))
		}
		if isDigitASCII(before) && isDigitASCII(previous) && isDigitASCII(r) {
			ix.add((token(before)<<runeBits|token(previous))<<runeBits | token(r))
		}
		before, previous = previous, r
	}
}

// isPlainPair reports whether a pair of neighbours is indexed as written: all but
// pairs of ASCII characters that hold a letter, which are letter tokens.
func isPlainPair(a, b rune) bool {
	return a >= utf8.RuneSelf || b >= utf8.RuneSelf || isDigitASCII(a) && isDigitASCII(b)
}

func isDigitASCII(r rune) bool { return r >= '0' && r <= '9' }

func isLetterASCII(r rune) bool { return r >= 'a' && r <= 'z' }

// encode writes characters that the tokenizer does not know by code point.
func encode(characters string) string {
	var out []byte
	for _, r := range characters {
		out = appendEncoded(out, r)
	}
	return string(out)
}

func appendEncoded(dst []byte, r rune) []byte {
	if isForeign(r) {
		return strconv.AppendInt(append(dst, 'u'), int64(r), 16)
	}
	return utf8.AppendRune(dst, r)
}

// isForeign reports whether unicode61, whose tables are those of Unicode 6.1, may
// change or drop the character.
func isForeign(r rune) bool {
	return r >= utf8.RuneSelf && !(r >= 0x4e00 && r <= 0x9fcc || r >= 0x3400 && r <= 0x4db5 || r == '〇')
}

// lettersOf appends, for every character of a run, the letters by which it is
// typed: itself for ASCII, pinyin initials for Chinese if wanted, none for others.
func lettersOf(letters []string, run string, pinyin bool) []string {
	for i := 0; i < len(run); {
		r, size := utf8.DecodeRuneInString(run[i:])
		reading, n := "", 0
		if pinyin {
			reading, n = phraseAt(run[i:])
		}
		switch {
		case n > 0:
			for _, syllable := range strings.Fields(reading) {
				phrased, size := utf8.DecodeRuneInString(run[i:])
				letters = append(letters, lettersInPhrase(phrased, syllable[:1]))
				i += size
			}
			continue
		case r < utf8.RuneSelf:
			letters = append(letters, run[i:i+1])
		case pinyin:
			letters = append(letters, initials(r))
		default:
			letters = append(letters, "")
		}
		i += size
	}
	return letters
}

// lettersInPhrase puts the reading that the phrase asks for before the others.
func lettersInPhrase(r rune, letter string) string {
	if all := initials(r); !strings.Contains(all, letter) {
		return letter + all
	} else if all != "" {
		return all
	}
	return letter
}

// addLetters adds the letter tokens of a run; every choice of readings counts.
func (ix *Indexer) addLetters(run string, pinyin bool) {
	ix.letters = lettersOf(ix.letters[:0], run, pinyin)
	for i := range ix.letters {
		ix.choose(letterToken, ix.letters[i:min(i+3, len(ix.letters))])
	}
}

// choose adds the letters before continued by every choice of the next ones, at
// each length.
func (ix *Indexer) choose(before token, next []string) {
	if len(next) == 0 {
		return
	}
	for i := range len(next[0]) {
		longer := letterToken | before<<runeBits | token(next[0][i])
		ix.add(longer)
		ix.choose(longer, next[1:])
	}
}

// queryTokens returns the tokens of one run of a search and whether they allow
// more than the run.
func queryTokens(run string) (tokens []string, more bool) {
	n := utf8.RuneCountInString(run)
	ascii := len(run) == n
	switch {
	case ascii && !allDigits(run):
		return grams("p", run), n > 3
	case ascii:
		return grams("", run), n > 3
	case n == 1:
		return []string{encode(run)}, false
	}
	var previous rune
	for _, r := range run {
		pair := string([]rune{previous, r})
		switch {
		case previous == 0:
		case isPlainPair(previous, r):
			tokens = append(tokens, encode(pair))
		default:
			tokens = append(tokens, "p"+pair)
		}
		previous = r
	}
	return tokens, n > 2
}

// grams returns every three neighbours of an ASCII run, or the run if it is
// shorter.
func grams(prefix, run string) []string {
	size := min(len(run), 3)
	var out []string
	for i := range len(run) - size + 1 {
		out = append(out, prefix+run[i:i+size])
	}
	return out
}

// hasLetters reports whether a folded text holds a search for letters, by its
// ASCII letters and pinyin initials.
func hasLetters(folded, query string) bool {
	if allDigits(query) || strings.IndexFunc(query, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
		return false
	}
	pinyin := utf8.RuneCountInString(folded) <= mostForPinyin
	for run := range strings.SplitSeq(folded, " ") {
		letters := lettersOf(nil, run, pinyin)
		for i := range len(letters) - len(query) + 1 {
			if fits(letters[i:], query) {
				return true
			}
		}
	}
	return false
}

// fits reports whether the letters begin with a choice that spells the query.
func fits(letters []string, query string) bool {
	for i := range len(query) {
		if strings.IndexByte(letters[i], query[i]) < 0 {
			return false
		}
	}
	return true
}
