package sheet

import (
	"math"
	"strconv"
	"strings"
)

// calc recomputes the formulas that come from cells which were filled: SUM,
// SUBTOTAL, COUNT, COUNTA, AVERAGE, MAX, MIN and + − × ÷ with brackets. What it does
// not know it leaves to the program that opens the file.
type calc struct {
	pages map[string]*calcPage
	depth int
}

// calcPage is a sheet as it is after the filling.
type calcPage struct {
	put      func(row, col int) (Cell, bool) // what was filled
	old      func(row, col int) Cell         // what was there before, by the new place
	formulas map[cellPlace]*calcCell
	byCol    map[int][]int  // rows of formulas
	filled   map[int][2]int // first and last row filled, by column
	lastRow  int
	hidden   bool // rows are hidden: SUBTOTAL counts them in some programs only
}

// calcCell is a formula with what it comes to.
type calcCell struct {
	text    string
	state   uint8 // 0 not looked at, 1 being computed, 2 done
	touched bool  // it comes, directly or not, from a filled cell
	bare    bool  // the file has no value for it
	known   bool  // value is what it comes to
	value   float64
}

// maxChain bounds how deep formulas stand on one another.
const maxChain = 2000

// settle computes the formula of a cell if it comes from filled ones.
func (k *calc) settle(sheet string, at cellPlace) *calcCell {
	c := k.pages[sheet].formulas[at]
	if c.state != 0 {
		return c
	}
	c.state = 1
	if k.depth++; k.depth < maxChain {
		tokens := formulaTokens(strings.TrimPrefix(c.text, "="))
		c.touched = c.text == "" || k.touches(sheet, tokens)
		if (c.touched || c.bare) && c.text != "" {
			p := calcParser{calc: k, sheet: sheet, tokens: tokens, known: true}
			v := p.sum()
			c.value = v.num
			c.known = p.known && p.at == len(p.tokens) && !math.IsInf(v.num, 0) && !math.IsNaN(v.num)
		}
	} else {
		c.touched = true
	}
	k.depth--
	c.state = 2
	return c
}

// wandering are the functions whose references cannot be seen.
var wandering = map[string]bool{"INDIRECT": true, "OFFSET": true}

// touches reports whether a formula comes from a filled cell.
func (k *calc) touches(sheet string, tokens []formulaToken) bool {
	for _, t := range tokens {
		switch t.kind {
		case tokenForeign:
			return true
		case tokenName:
			if wandering[strings.ToUpper(t.text)] {
				return true
			}
		case tokenRef:
			name := sheet
			if t.ref.prefix != "" {
				name = t.ref.sheet()
			}
			if p := k.pages[name]; p != nil && k.touchesBlock(name, p, t.ref.area()) {
				return true
			}
		}
	}
	return false
}

func (k *calc) touchesBlock(name string, p *calcPage, r Range) bool {
	for col, rows := range p.filled {
		if col >= r.C1 && col <= r.C2 && rows[0] <= r.R2 && rows[1] >= r.R1 {
			return true
		}
	}
	for col, rows := range p.byCol {
		if col < r.C1 || col > r.C2 {
			continue
		}
		for _, row := range rows {
			if row >= r.R1 && row <= r.R2 && (p.formulas[cellPlace{row, col}].state == 1 || k.settle(name, cellPlace{row, col}).touched) {
				return true
			}
		}
	}
	return false
}

// calcValue is what an expression comes to.
type calcValue struct {
	num   float64
	blank bool
	text  bool // words, which sums pass over
}

// calcParser computes a formula from left to right.
type calcParser struct {
	*calc
	sheet  string
	tokens []formulaToken
	at     int
	known  bool
}

func (p *calcParser) give(v float64) calcValue { return calcValue{num: v} }

// unknown gives up.
func (p *calcParser) unknown() calcValue {
	p.known = false
	return calcValue{}
}

// peek returns the next piece that is no blank.
func (p *calcParser) peek() (formulaToken, bool) {
	for p.at < len(p.tokens) && strings.TrimSpace(p.tokens[p.at].text) == "" {
		p.at++
	}
	if p.at == len(p.tokens) {
		return formulaToken{}, false
	}
	return p.tokens[p.at], true
}

// accept takes the next piece if it is one of the characters.
func (p *calcParser) accept(chars string) string {
	t, ok := p.peek()
	if !ok || t.kind != tokenOther || !strings.Contains(chars, t.text) {
		return ""
	}
	p.at++
	return t.text
}

func (p *calcParser) sum() calcValue {
	v := p.product()
	for p.known {
		switch op := p.accept("+-"); op {
		case "":
			return v
		case "+":
			v = p.give(p.number(v) + p.number(p.product()))
		default:
			v = p.give(p.number(v) - p.number(p.product()))
		}
	}
	return v
}

func (p *calcParser) product() calcValue {
	v := p.factor()
	for p.known {
		switch op := p.accept("*/"); op {
		case "":
			return v
		case "*":
			v = p.give(p.number(v) * p.number(p.factor()))
		default:
			by := p.number(p.factor())
			if by == 0 {
				return p.unknown() // #DIV/0!
			}
			v = p.give(p.number(v) / by)
		}
	}
	return v
}

// number is a value in arithmetic: an empty cell is 0, words are none.
func (p *calcParser) number(v calcValue) float64 {
	if v.text {
		p.unknown()
	}
	return v.num
}

func (p *calcParser) factor() calcValue {
	switch p.accept("+-(") {
	case "-":
		return p.give(-p.number(p.factor()))
	case "+":
		return p.factor()
	case "(":
		v := p.sum()
		if p.accept(")") == "" {
			return p.unknown()
		}
		return p.percent(v)
	}
	t, ok := p.peek()
	if !ok {
		return p.unknown()
	}
	p.at++
	switch t.kind {
	case tokenNumber:
		v, err := strconv.ParseFloat(t.text, 64)
		if err != nil {
			return p.unknown()
		}
		return p.percent(p.give(v))
	case tokenRef:
		if t.ref.block {
			return p.unknown()
		}
		return p.percent(p.cell(p.page(t.ref), t.ref.from.row, t.ref.from.col))
	case tokenName:
		return p.function(strings.ToUpper(t.text))
	}
	return p.unknown()
}

func (p *calcParser) percent(v calcValue) calcValue {
	for p.accept("%") != "" {
		v = p.give(p.number(v) / 100)
	}
	return v
}

// page returns the name of the sheet a reference means.
func (p *calcParser) page(r formulaRef) string {
	name := p.sheet
	if r.prefix != "" {
		name = r.sheet()
	}
	if p.pages[name] == nil {
		p.unknown()
	}
	return name
}

// cell is the value of a cell as it is after the filling.
func (p *calcParser) cell(name string, row, col int) calcValue {
	page := p.pages[name]
	if page == nil {
		return p.unknown()
	}
	if f := page.formulas[cellPlace{row, col}]; f != nil {
		if f.state == 1 {
			return p.unknown() // it comes from itself
		}
		if f = p.settle(name, cellPlace{row, col}); f.touched || f.bare {
			if !f.known {
				return p.unknown()
			}
			return p.give(f.value)
		}
	}
	c, ok := page.put(row, col)
	if !ok {
		c = page.old(row, col)
	}
	switch c.Kind {
	case Blank:
		return calcValue{blank: true}
	case Number:
		if c.Num == 0 && c.Text != "" {
			v, err := strconv.ParseFloat(c.Text, 64)
			if err != nil {
				return p.unknown()
			}
			return p.give(v)
		}
		return p.give(c.Num)
	case Text:
		return calcValue{text: true}
	}
	return p.unknown()
}

// tally is what the functions over blocks need.
type tally struct {
	sum, least, most float64
	numbers, filled  int
}

func (t *tally) add(v calcValue) {
	if v.blank {
		return
	}
	if t.filled++; v.text {
		return
	}
	if t.numbers == 0 {
		t.least, t.most = v.num, v.num
	}
	t.numbers++
	t.sum += v.num
	t.least, t.most = min(t.least, v.num), max(t.most, v.num)
}

// function computes a call; its name has been passed.
func (p *calcParser) function(name string) calcValue {
	if p.accept("(") == "" {
		return p.unknown()
	}
	if name == "SUBTOTAL" {
		t, ok := p.peek()
		p.at++
		if name = subtotals[t.text]; !ok || name == "" || p.hiddenRows() || p.accept(",") == "" {
			return p.unknown()
		}
		return p.finish(name, p.arguments(true))
	}
	return p.finish(name, p.arguments(false))
}

// hiddenRows reports whether a subtotal may mean fewer rows than it names.
func (p *calcParser) hiddenRows() bool { return p.pages[p.sheet] == nil || p.pages[p.sheet].hidden }

// subtotals are the functions by their numbers in SUBTOTAL.
var subtotals = map[string]string{"1": "AVERAGE", "2": "COUNT", "3": "COUNTA", "4": "MAX", "5": "MIN", "9": "SUM",
	"101": "AVERAGE", "102": "COUNT", "103": "COUNTA", "104": "MAX", "105": "MIN", "109": "SUM"}

func (p *calcParser) finish(name string, t tally) calcValue {
	switch {
	case name == "SUM":
		return p.give(t.sum)
	case name == "COUNT":
		return p.give(float64(t.numbers))
	case name == "COUNTA":
		return p.give(float64(t.filled))
	case name == "AVERAGE" && t.numbers > 0:
		return p.give(t.sum / float64(t.numbers))
	case name == "MAX":
		return p.give(t.most)
	case name == "MIN":
		return p.give(t.least)
	}
	return p.unknown()
}

// arguments takes what is in the brackets of a call. A subtotal passes over cells
// that are subtotals themselves.
func (p *calcParser) arguments(subtotal bool) tally {
	var t tally
	for p.known {
		if next, ok := p.peek(); ok && next.kind == tokenRef {
			p.argument(&t, next.ref, subtotal)
		} else {
			t.add(p.sum())
		}
		if p.accept(",") == "" {
			break
		}
	}
	if p.accept(")") == "" {
		p.unknown()
	}
	return t
}

// argument adds a reference, or the expression that begins with it.
func (p *calcParser) argument(t *tally, ref formulaRef, subtotal bool) {
	begin := p.at
	p.at++
	if next, ok := p.peek(); ok && (next.kind != tokenOther || !strings.Contains(",)", next.text)) {
		p.at = begin
		t.add(p.sum())
		return
	}
	name := p.page(ref)
	page := p.pages[name]
	if page == nil {
		return
	}
	r := ref.area()
	for row := r.R1; row <= min(r.R2, page.lastRow) && p.known; row++ {
		for col := r.C1; col <= min(r.C2, maxCalcCol); col++ {
			if f := page.formulas[cellPlace{row, col}]; subtotal && f != nil && strings.Contains(strings.ToUpper(f.text), "SUBTOTAL(") {
				continue
			}
			t.add(p.cell(name, row, col))
		}
	}
}

// maxCalcCol bounds how wide a block is computed.
const maxCalcCol = 2048

// calcDigits writes a number as spreadsheets keep it: fifteen digits.
func calcDigits(v float64) string {
	if v == 0 {
		return "0"
	}
	return strconv.FormatFloat(v, 'g', 15, 64)
}
