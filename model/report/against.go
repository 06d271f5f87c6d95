package report

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/rule"
	"xiangzhen/model/text"
)

// PlainTable is a table of somebody's making as it stands in its file: what was sent,
// or what came back.
type PlainTable struct {
	Sheet   string
	Columns []PlainColumn
	Rows    []PlainRow
}

// PlainColumn is one of its columns.
type PlainColumn struct {
	Header string
	// Meaning is the place in a ledger that the header names beyond doubt, "" if it
	// names none: two headers of one meaning are one column.
	Meaning string
	Unit    string       // 万元, "" for none
	Field   *model.Field // of the meaning, nil without one
}

// PlainRow is one of its rows; Cells are by column, "" where it is blank.
type PlainRow struct {
	Row   int
	Cells []string
}

// Against is what differs between a table that was sent and the one that came back or
// was published (我们报的与上级的).
type Against struct {
	Sheet    string
	Columns  []CompareColumn
	Key      []string // headers of the columns by which rows were found
	Rows     []ComparedRow
	Findings []Finding
	// Missing and Extra are columns that only what was sent has, and only what came
	// back.
	Missing, Extra []string
	Problems       []model.Problem // what was not compared, and why
}

// CompareTheirs finds what differs between a table as it was sent and theirs. Rows are
// found by the columns that key names, else by the fewest from the left that tell every
// row of both apart; a row that has another with its key is told and not compared.
// Without such columns nothing is compared (CodeAmbiguous).
func CompareTheirs(ours, theirs PlainTable, key []string) (Against, error) {
	c := &against{ours: ours, theirs: theirs, out: Against{Sheet: ours.Sheet}}
	c.pairColumns()
	if len(c.pairs) == 0 {
		return c.out, model.Errorf(model.CodeInvalid, "两张表没有一列相同，没有比。请核对是不是同一张表。")
	}
	if err := c.chooseKey(key); err != nil {
		return c.out, err
	}
	c.describe()
	c.pairRows()
	c.out.Findings = Compare(c.out.Columns, c.out.Rows)
	return c.out, nil
}

// against compares two tables.
type against struct {
	ours, theirs PlainTable
	pairs        []columnPair
	key          []int // of pairs
	out          Against
}

// columnPair is a column that both have, by its place in each.
type columnPair struct {
	ours, theirs int
	same         [2][]meant // what the cells mean, by side and row
}

// meant is what the words of a cell mean: equal where the cells say the same.
type meant string

// pairColumns pairs the columns by header, one that stands twice by its order, and the
// others by what they mean. The number of a row says nothing.
func (c *against) pairColumns() {
	taken := map[int]bool{}
	pair := func(i int, fits func(o, t PlainColumn) bool) bool {
		for j, t := range c.theirs.Columns {
			if !taken[j] && fits(c.ours.Columns[i], t) {
				taken[j] = true
				c.pairs = append(c.pairs, columnPair{ours: i, theirs: j})
				return true
			}
		}
		return false
	}
	var open []int
	for i := range c.ours.Columns {
		if !pair(i, func(o, t PlainColumn) bool { return text.HeaderKey(o.Header) == text.HeaderKey(t.Header) }) {
			open = append(open, i)
		}
	}
	for _, i := range open {
		if !pair(i, func(o, t PlainColumn) bool { return o.Meaning != "" && o.Meaning == t.Meaning }) {
			c.out.Missing = append(c.out.Missing, c.ours.Columns[i].Header)
		}
	}
	for j, t := range c.theirs.Columns {
		if !taken[j] {
			c.out.Extra = append(c.out.Extra, t.Header)
		}
	}
	slices.SortFunc(c.pairs, func(x, y columnPair) int { return x.ours - y.ours })
	var compared []columnPair
	for _, p := range c.pairs {
		if text.HeaderKey(c.ours.Columns[p.ours].Header) != rowNumber && c.mean(&p) {
			compared = append(compared, p)
		}
	}
	c.pairs = compared
}

// rowNumber is the header of the column that numbers the rows.
const rowNumber = "序号"

// mean reads what the cells of a pair mean, theirs in our unit. Units that do not go
// together are told, and the column is not compared.
func (c *against) mean(p *columnPair) bool {
	our, their := c.ours.Columns[p.ours], c.theirs.Columns[p.theirs]
	if _, err := text.ConvertUnit(0, their.Unit, our.Unit); err != nil {
		c.out.Problems = append(c.out.Problems, model.Problem{Level: model.Doubt, Field: our.Header,
			Message: fmt.Sprintf("“%s”我们报的单位是“%s”，上级的是“%s”，换算不了，这一列没有比。", our.Header, cmp.Or(our.Unit, "没写"), cmp.Or(their.Unit, "没写"))})
		return false
	}
	p.same = [2][]meant{}
	for _, r := range c.ours.Rows {
		p.same[0] = append(p.same[0], meaningOf(r.Cells[p.ours], our.Unit, our.Unit))
	}
	for _, r := range c.theirs.Rows {
		p.same[1] = append(p.same[1], meaningOf(r.Cells[p.theirs], their.Unit, our.Unit))
	}
	return true
}

// plainScale is how many digits behind the point of plain numbers are compared.
const plainScale = 6

// Codes, which are no quantities whatever digits they are made of: those that begin with
// a 0, and those with more digits than Excel keeps of a number.
var (
	code0    = regexp.MustCompile(`^0\d`)
	longCode = regexp.MustCompile(`^\d{15,}X?$`)
)

// meaningOf reads what words mean: nothing, a number in a unit, a day, else the words
// without blanks, width and last stops.
func meaningOf(words, unit, to string) meant {
	words = text.Clean(words)
	switch code := text.Code(words); {
	case text.IsNothing(words):
		return ""
	case code0.MatchString(code), longCode.MatchString(code):
		return meant("=" + code)
	}
	if d, doubt := text.ParseDate(words, "2000-01-01"); doubt.IsZero() && d.Start != "" && d.Start == d.End && strings.Contains(words, string(d.End[:4])) {
		return meant("@" + string(d.End))
	}
	if n, err := text.ParseNumber(words, plainScale); err == nil && !n.About && n.Lost == "" {
		if value, err := text.ConvertUnit(n.Value, cmp.Or(n.Unit, unit), to); err == nil {
			return meant("#" + model.FormatScaled(value, plainScale, false))
		}
	}
	return meant("=" + squeezed(words))
}

// keyReach is among how many columns from the left a key of one, two and three columns
// is looked for.
var keyReach = []int{1 << 10, 12, 8}

// chooseKey finds the columns by which rows are found.
func (c *against) chooseKey(said []string) error {
	for _, header := range said {
		i := slices.IndexFunc(c.pairs, func(p columnPair) bool {
			return text.HeaderKey(c.ours.Columns[p.ours].Header) == text.HeaderKey(header)
		})
		if i < 0 {
			return model.Errorf(model.CodeUsage, "两边没有都有的“%s”这一列，不能按它对行。", header)
		}
		c.key = append(c.key, i)
	}
	best := 0
	for n := 1; n <= len(keyReach) && len(said) == 0 && best == 0; n++ {
		for _, key := range combinations(min(len(c.pairs), keyReach[n-1]), n) {
			if common, ok := c.tells(key); ok && common > best {
				best, c.key = common, key
			}
		}
	}
	if len(c.key) == 0 && len(c.ours.Rows) == 1 && len(c.theirs.Rows) == 1 {
		return nil // a form for one record
	}
	if len(c.key) == 0 {
		return model.Errorf(model.CodeAmbiguous, "看不出按哪一列对行：没有一列（或几列合起来）两边都填了、每行不同、又对得上。请写明按哪几列对，例如 户主姓名、村。")
	}
	for _, i := range c.key {
		c.out.Key = append(c.out.Key, c.ours.Columns[c.pairs[i].ours].Header)
	}
	return nil
}

// combinations are the choices of k of the numbers below n, those from the left first.
func combinations(n, k int) [][]int {
	if k == 0 {
		return [][]int{nil}
	}
	var out [][]int
	for last := k - 1; last < n; last++ {
		for _, before := range combinations(last, k-1) {
			out = append(out, append(slices.Clone(before), last))
		}
	}
	return out
}

// tells reports whether a key tells every row of both sides apart, and how many rows
// both have by it: at least half of the shorter side.
func (c *against) tells(key []int) (common int, ok bool) {
	ours, theirs := c.keys(0, key), c.keys(1, key)
	for _, side := range []map[string][]int{ours, theirs} {
		for k, rows := range side {
			if k == "" || len(rows) > 1 {
				return 0, false
			}
		}
	}
	for k := range ours {
		if len(theirs[k]) > 0 {
			common++
		}
	}
	return common, 2*common >= min(len(ours), len(theirs))
}

// keys are the rows of a side by their key; "" has those that lack a part of it.
func (c *against) keys(side int, key []int) map[string][]int {
	n := len(c.ours.Rows)
	if side == 1 {
		n = len(c.theirs.Rows)
	}
	out := map[string][]int{}
	for row := range n {
		words := ""
		for _, i := range key {
			part := c.pairs[i].same[side][row]
			if part == "" {
				words = ""
				break
			}
			words += string(part) + "\x00"
		}
		out[words] = append(out[words], row)
	}
	return out
}

// describe makes the columns of what is compared.
func (c *against) describe() {
	for i, p := range c.pairs {
		col := c.ours.Columns[p.ours]
		path := fmt.Sprint("c", i)
		f := &model.Field{Key: path, Label: col.Header, Kind: model.KindText}
		if like := c.secret(p); like != nil {
			f.Kind, f.Sensitive = like.Kind, true
		}
		c.out.Columns = append(c.out.Columns, CompareColumn{Path: path, Header: col.Header, Field: f})
	}
}

// identity is the shape of an identity number, right or mistyped.
var identity = regexp.MustCompile(`^\d{15}(\d{2}[0-9X])?$`)

// secret is a sensitive field that a pair is of: the one its header means, or that of
// identity numbers where it holds such.
func (c *against) secret(p columnPair) *model.Field {
	for _, col := range []PlainColumn{c.ours.Columns[p.ours], c.theirs.Columns[p.theirs]} {
		if col.Field != nil && col.Field.Sensitive {
			return col.Field
		}
	}
	for side, rows := range [][]PlainRow{c.ours.Rows, c.theirs.Rows} {
		at := []int{p.ours, p.theirs}[side]
		for _, r := range rows {
			if identity.MatchString(text.Code(r.Cells[at])) {
				return &model.Field{Kind: model.KindIDNumber}
			}
		}
	}
	return nil
}

// pairRows pairs the rows by their key, ours first in their order, then theirs.
func (c *against) pairRows() {
	if len(c.key) == 0 {
		c.addRow(0, 0)
		return
	}
	ours, theirs := c.keys(0, c.key), c.keys(1, c.key)
	for _, row := range c.inOrder(ours, theirs, "我们报的", c.ours.Rows) {
		their := -1
		if rows := theirs[c.keyAt(0, row)]; len(rows) > 0 {
			their = rows[0]
		}
		c.addRow(row, their)
	}
	for _, row := range c.inOrder(theirs, ours, "上级的", c.theirs.Rows) {
		if len(ours[c.keyAt(1, row)]) == 0 {
			c.addRow(-1, row)
		}
	}
}

// inOrder are the rows of a side that one key tells on both sides, in their order; the
// others are told.
func (c *against) inOrder(side, other map[string][]int, whose string, all []PlainRow) []int {
	var out []int
	for key, rows := range side {
		switch {
		case key == "":
			c.notCompared(whose, all, rows, "没有填"+strings.Join(c.out.Key, "、"))
		case len(rows) > 1:
			c.notCompared(whose, all, rows, strings.Join(c.out.Key, "、")+"相同，分不清哪一行对哪一行")
		case len(other[key]) <= 1:
			out = append(out, rows[0])
		}
	}
	slices.Sort(out)
	slices.SortStableFunc(c.out.Problems, func(x, y model.Problem) int { return cmp.Compare(x.Message, y.Message) })
	return out
}

func (c *against) notCompared(whose string, all []PlainRow, rows []int, why string) {
	var at []string
	for _, r := range rows {
		at = append(at, fmt.Sprint(all[r].Row))
	}
	c.out.Problems = append(c.out.Problems, model.Problem{Level: model.Doubt, Sheet: c.out.Sheet,
		Message: whose + "第 " + strings.Join(at, "、") + " 行" + why + "，没有比。"})
}

func (c *against) keyAt(side, row int) string {
	words := ""
	for _, i := range c.key {
		words += string(c.pairs[i].same[side][row]) + "\x00"
	}
	return words
}

// addRow adds a row of both sides; -1 is none. Cells that mean the same have the same
// words on both sides, however they are written.
func (c *against) addRow(our, their int) {
	r := ComparedRow{ID: fmt.Sprintf("%d/%d", our, their), Name: c.nameOf(our, their)}
	if our >= 0 {
		r.Before, r.Area = c.snapshot(0, our), fmt.Sprint(c.ours.Rows[our].Row)
	}
	if their >= 0 {
		r.After, r.Area = c.snapshot(1, their), fmt.Sprint(c.theirs.Rows[their].Row)
	}
	if r.Before != nil && r.After != nil {
		for i, p := range c.pairs {
			if path := c.out.Columns[i].Path; p.same[0][our] == p.same[1][their] {
				r.Before.Values[path] = r.After.Values[path]
			}
		}
	}
	c.out.Rows = append(c.out.Rows, r)
}

func (c *against) snapshot(side, row int) *Snapshot {
	out := &Snapshot{Values: map[string]model.Value{}, Known: true}
	for i, p := range c.pairs {
		words := ""
		if side == 0 {
			words = c.ours.Rows[row].Cells[p.ours]
		} else {
			words = c.theirs.Rows[row].Cells[p.theirs]
		}
		if p.same[side][row] != "" {
			out.Values[c.out.Columns[i].Path] = model.Text(text.Clean(words))
		}
	}
	return out
}

// nameOf is what people know a row by: the words of its key that are not secret.
func (c *against) nameOf(our, their int) string {
	var words []string
	for _, i := range c.key {
		p, cells := c.pairs[i], []string(nil)
		at := p.ours
		if our >= 0 {
			cells = c.ours.Rows[our].Cells
		} else {
			cells, at = c.theirs.Rows[their].Cells, p.theirs
		}
		f := c.out.Columns[i].Field
		if f.Sensitive {
			words = append(words, rule.Mask(f, text.Clean(cells[at])))
			continue
		}
		words = append(words, text.Clean(cells[at]))
	}
	return strings.Join(words, " ")
}

// againstSheet names the marked sheet of a comparison with theirs; the further ones of
// a file have a number behind it.
const againstSheet = "对照"

// Sheets lays the comparison out as the marked table of a 环比: theirs, with what they
// changed marked in it, and the list of all that differs. n counts the tables of a file
// from 1.
func (a Against) Sheets(c Comparison, n int) Comparison {
	c.Was, c.Is, c.Where, c.Name, c.Whole = "我们报的", "上级的", "行", againstSheet, true
	if n > 1 {
		c.Name += fmt.Sprint(n)
	}
	c.Columns, c.Rows, c.Findings = a.Columns, a.Rows, a.Findings
	return c
}
