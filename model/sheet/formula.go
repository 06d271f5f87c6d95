package sheet

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenOf is the part a piece of a formula plays.
type tokenOf uint8

const (
	tokenOther tokenOf = iota // an operator, a bracket, a blank: one character each
	tokenRef                  // a cell or a block of cells, with the sheet before it
	tokenName                 // a function's name, a defined name, TRUE
	tokenNumber
	tokenString  // "…"
	tokenForeign // a reference into another workbook or a table's column: [1]表!A1, 表1[数量]
)

// formulaToken is a piece of a formula.
type formulaToken struct {
	kind tokenOf
	text string // as written
	ref  formulaRef
}

// formulaRef is a reference: A1, $A$1:B2, 5:10, A:C, 表1!A1.
type formulaRef struct {
	prefix string // with its "!", as written; "" for the formula's own sheet
	from   refPoint
	to     refPoint
	block  bool // written with a colon
}

// refPoint is one corner; a row or column of 0 is not said (whole columns, rows).
type refPoint struct {
	row, col       int
	rowAbs, colAbs bool
}

// sheet returns the name of the sheet before the "!", "" for none.
func (r formulaRef) sheet() string {
	name := strings.TrimSuffix(r.prefix, "!")
	if inner, ok := strings.CutPrefix(name, "'"); ok {
		return strings.ReplaceAll(strings.TrimSuffix(inner, "'"), "''", "'")
	}
	return name
}

// area returns the block in figures that are always said.
func (r formulaRef) area() Range {
	out := Range{r.from.row, r.from.col, r.to.row, r.to.col}
	if r.from.row == 0 {
		out.R1, out.R2 = 1, maxSheetRow
	}
	if r.from.col == 0 {
		out.C1, out.C2 = 1, maxSheetCol
	}
	if out.R1 > out.R2 {
		out.R1, out.R2 = out.R2, out.R1
	}
	if out.C1 > out.C2 {
		out.C1, out.C2 = out.C2, out.C1
	}
	return out
}

// The size of a sheet.
const (
	maxSheetRow = 1 << 20
	maxSheetCol = 1 << 14
)

func (p refPoint) String() string {
	var b strings.Builder
	if p.col > 0 {
		if p.colAbs {
			b.WriteByte('$')
		}
		b.WriteString(ColName(p.col))
	}
	if p.row > 0 {
		if p.rowAbs {
			b.WriteByte('$')
		}
		b.WriteString(strconv.Itoa(p.row))
	}
	return b.String()
}

func (r formulaRef) String() string {
	if r.block {
		return r.prefix + r.from.String() + ":" + r.to.String()
	}
	return r.prefix + r.from.String()
}

// formulaTokens cuts a formula into its pieces; joined they are the formula again.
func formulaTokens(f string) []formulaToken {
	var out []formulaToken
	for len(f) > 0 {
		t := nextToken(f)
		out = append(out, t)
		f = f[len(t.text):]
	}
	return out
}

func nextToken(f string) formulaToken {
	switch c := f[0]; {
	case c == '"':
		return formulaToken{kind: tokenString, text: f[:quotedEnd(f, '"')]}
	case c == '\'':
		end := quotedEnd(f, '\'')
		if strings.HasPrefix(f[end:], "!") {
			return withPrefix(f, end+1)
		}
		return formulaToken{kind: tokenForeign, text: f[:end]}
	case c == '[':
		return foreignToken(f, 0)
	case c >= '0' && c <= '9' || c == '.':
		if ref, n := scanRef(f); n > 0 {
			return formulaToken{kind: tokenRef, text: f[:n], ref: ref}
		}
		return formulaToken{kind: tokenNumber, text: f[:numberEnd(f)]}
	}
	if n := wordEnd(f); n > 0 {
		return wordToken(f, n)
	}
	_, size := utf8.DecodeRuneInString(f)
	return formulaToken{text: f[:size]}
}

// wordToken is what begins with a letter: a reference, a sheet's name, a name.
func wordToken(f string, n int) formulaToken {
	if strings.HasPrefix(f[n:], "!") {
		return withPrefix(f, n+1)
	}
	if at := strings.IndexByte(f[n:], '!'); at > 0 && f[n] == ':' && wordEnd(f[n+1:]) == at-1 { // 表1:表3!A1
		return formulaToken{kind: tokenForeign, text: f[:n+at+1]}
	}
	if strings.HasPrefix(f[n:], "[") {
		return foreignToken(f, n)
	}
	if ref, m := scanRef(f); m >= n && !strings.HasPrefix(f[m:], "(") {
		return formulaToken{kind: tokenRef, text: f[:m], ref: ref}
	}
	return formulaToken{kind: tokenName, text: f[:n]}
}

// withPrefix is a reference behind the name of a sheet that ends at n.
func withPrefix(f string, n int) formulaToken {
	ref, m := scanRef(f[n:])
	if m == 0 || strings.Contains(f[:n], "[") || strings.Contains(f[:n], ":") {
		m += wordEnd(f[n+m:])
		return formulaToken{kind: tokenForeign, text: f[:n+m]}
	}
	ref.prefix = f[:n]
	return formulaToken{kind: tokenRef, text: f[:n+m], ref: ref}
}

// foreignToken is what has square brackets: another workbook, a table's column.
func foreignToken(f string, from int) formulaToken {
	depth := 0
	for i := from; i < len(f); i++ {
		switch f[i] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				end := i + 1
				if n := wordEnd(f[end:]); n > 0 && strings.HasPrefix(f[end+n:], "!") {
					end += n + 1
					_, m := scanRef(f[end:])
					end += max(m, wordEnd(f[end:]))
				}
				return formulaToken{kind: tokenForeign, text: f[:end]}
			}
		}
	}
	return formulaToken{kind: tokenForeign, text: f}
}

// quotedEnd returns where a quoted piece ends; a quote inside is doubled.
func quotedEnd(f string, quote byte) int {
	for i := 1; i < len(f); i++ {
		if f[i] != quote {
			continue
		}
		if i+1 == len(f) || f[i+1] != quote {
			return i + 1
		}
		i++
	}
	return len(f)
}

func numberEnd(f string) int {
	i := 0
	for i < len(f) && (f[i] >= '0' && f[i] <= '9' || f[i] == '.') {
		i++
	}
	if i < len(f) && (f[i] == 'E' || f[i] == 'e') {
		j := i + 1
		if j < len(f) && (f[j] == '+' || f[j] == '-') {
			j++
		}
		if j < len(f) && f[j] >= '0' && f[j] <= '9' {
			return j + numberEnd(f[j:])
		}
	}
	return i
}

// wordEnd returns where a run of letters, digits and what names may hold ends.
func wordEnd(f string) int {
	for i, r := range f {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_.$\\?", r) {
			return i
		}
	}
	return len(f)
}

// scanRef reads a cell or a block of cells at the beginning; 0 if there is none.
func scanRef(f string) (formulaRef, int) {
	a, n := scanPoint(f)
	if n == 0 {
		return formulaRef{}, 0
	}
	if strings.HasPrefix(f[n:], ":") {
		if b, m := scanPoint(f[n+1:]); m > 0 && (a.row > 0) == (b.row > 0) && (a.col > 0) == (b.col > 0) && ends(f[n+1+m:]) {
			return formulaRef{from: a, to: b, block: true}, n + 1 + m
		}
	}
	if a.row == 0 || a.col == 0 || !ends(f[n:]) {
		return formulaRef{}, 0
	}
	return formulaRef{from: a, to: a}, n
}

// ends reports whether no further letter or digit follows.
func ends(f string) bool { return wordEnd(f) == 0 }

func scanPoint(f string) (p refPoint, n int) {
	i := 0
	if i < len(f) && f[i] == '$' {
		p.colAbs = true
		i++
	}
	from := i
	for i < len(f) && i-from < 4 && (f[i] >= 'A' && f[i] <= 'Z' || f[i] >= 'a' && f[i] <= 'z') {
		i++
	}
	p.col = ParseColName(strings.ToUpper(f[from:i]))
	if i == from && p.colAbs { // $5
		p.colAbs, p.rowAbs = false, true
	} else if i < len(f) && f[i] == '$' {
		p.rowAbs = true
		i++
	}
	from = i
	for i < len(f) && i-from < 8 && f[i] >= '0' && f[i] <= '9' {
		i++
	}
	p.row, _ = strconv.Atoi(f[from:i])
	if p.row > maxSheetRow || p.col > maxSheetCol || p.row == 0 && p.col == 0 || p.row == 0 && (p.rowAbs || i > from) {
		return refPoint{}, 0
	}
	return p, i
}

// seam is where rows are put into a sheet: count of them behind row at, which look
// like row sample.
type seam struct {
	sheet             string
	at, count, sample int
	// tail says that row at is the last of the data: what ends there goes on over
	// the new rows. Otherwise they lie in the middle, and all that is about the data
	// grows by itself.
	tail bool
	// fixed says that only blocks written with $ before both rows go on: those of
	// rules, which hold for each cell by itself.
	fixed bool
}

func (s seam) row(r int) int {
	if r > s.at {
		return min(r+s.count, maxSheetRow) // a block may reach to the end of the sheet
	}
	return r
}

// block shifts a block of cells, and lets one that ends with the data grow.
func (s seam) block(r Range) Range {
	grows := s.tail && r.R2 == s.at && r.R1 <= s.at
	r.R1, r.R2 = s.row(r.R1), s.row(r.R2)
	if grows {
		r.R2 += s.count
	}
	return r
}

// ref shifts a reference of a formula.
func (s seam) ref(r formulaRef) formulaRef {
	if r.from.row == 0 || s.count == 0 {
		return r
	}
	if !r.block {
		r.from.row = s.row(r.from.row)
		r.to = r.from
		return r
	}
	lo, hi := &r.from.row, &r.to.row
	if *lo > *hi {
		lo, hi = hi, lo
	}
	grows := s.tail && *hi == s.at && (!s.fixed || r.from.rowAbs && r.to.rowAbs)
	*lo, *hi = s.row(*lo), s.row(*hi)
	if grows {
		*hi += s.count
	}
	return r
}

// formula shifts the references of a formula that stands on a sheet.
func (s seam) formula(f, on string) string {
	if s.count == 0 {
		return f
	}
	return mapRefs(f, func(r formulaRef) formulaRef {
		if name := r.sheet(); name == s.sheet || name == "" && on == s.sheet {
			return s.ref(r)
		}
		return r
	})
}

// moved is a formula as it reads when its cell is copied a number of rows and
// columns on.
func moved(f string, rows, cols int) string {
	return mapRefs(f, func(r formulaRef) formulaRef {
		for _, p := range []*refPoint{&r.from, &r.to} {
			if p.row > 0 && !p.rowAbs {
				p.row += rows
			}
			if p.col > 0 && !p.colAbs {
				p.col += cols
			}
		}
		return r
	})
}

// mapRefs rewrites the references of a formula and leaves all else as written.
func mapRefs(f string, fn func(formulaRef) formulaRef) string {
	var b strings.Builder
	for _, t := range formulaTokens(f) {
		if t.kind == tokenRef {
			if to := fn(t.ref); to != t.ref {
				b.WriteString(to.String())
				continue
			}
		}
		b.WriteString(t.text)
	}
	return b.String()
}
