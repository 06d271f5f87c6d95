package exchange

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// ChatRow is what one village says in a 接龙 or a line of a chat group.
type ChatRow struct {
	Line    int    // of the pasted text, from 1
	Village string // the known name where there is one, else as written
	// Quantity is the one quantity of the row with its unit as written (12户), ""
	// where there is none, or more than one of which nobody can say which is meant.
	Quantity string
	Several  []string // the quantities where there is more than one
	Text     string   // all that stands behind the village
	Nothing  bool     // 无, 没有, 零报告
	Twice    bool     // the village has spoken in an earlier row already
	Known    bool     // Village is one of the names given
}

// Chat is a pasted 接龙 as read. Nothing of the text is dropped in silence: what
// belongs to no row is in Rest.
type Chat struct {
	Rows []ChatRow
	Rest []ChatLine
}

// ChatLine is a line that was not understood, with its number from 1.
type ChatLine struct {
	Line int
	Text string
}

var (
	chatNumber = regexp.MustCompile(`^\s*(?:[(（]?\d{1,3}\s*[)）.、．:：]|[(（]\d{1,3}[)）]|[①-⑳]|\d{1,3}\s+)\s*`)
	chatHead   = regexp.MustCompile(`^\s*#?\s*接龙\s*[:：]?\s*$`)
	// chatName is a name that says itself that it is a village's.
	chatName  = regexp.MustCompile(`^[\p{Han}]{1,12}?(?:村民委员会|村委会|居委会|社区|村)`)
	chatOrgan = regexp.MustCompile(`^(?:村民委员会|居民委员会|社区居委会|村委会|居委会|委会|行政村|社区|村)`)
	// chatState are the words that may follow a village's name at once.
	chatState    = regexp.MustCompile(`^(?:已|未|无|没|完成|正在|全部|共|约|零报告|合计|[\d０-９])`)
	chatQuantity = regexp.MustCompile(`(第?)(\d[\d,]*(?:\.\d+)?)\s*([\p{Han}㎡%％]{1,4})?`)
	chatTime     = regexp.MustCompile(`\d{1,2}[:：]\d{2}`)
)

// ReadChat reads text pasted from a chat group: one village a line or behind a
// semicolon, numbered or not (1. 甲一村 12户 已完成；甲二村 无). known are the names
// by which the villages are known here, aliases included. A piece is a row only if
// it begins with a known name, or with a name that calls itself 村 or 社区 and ends
// there; everything else is kept in Rest, not guessed.
func ReadChat(words string, known []string) Chat {
	r := chatReader{known: slices.Clone(known), seen: map[string]bool{}}
	slices.SortFunc(r.known, func(a, b string) int { return len(b) - len(a) })
	n := 0
	for l := range strings.Lines(words) {
		n++
		r.line(n, strings.TrimSpace(text.Clean(l)))
	}
	return r.chat
}

type chatReader struct {
	known []string // the longest first
	seen  map[string]bool
	chat  Chat
}

// line reads a line; a piece behind a semicolon that begins with no village is
// still about the one before.
func (r *chatReader) line(n int, words string) {
	if words == "" || chatHead.MatchString(words) {
		return
	}
	var row *ChatRow
	for _, piece := range strings.FieldsFunc(words, func(c rune) bool { return c == ';' || c == '；' }) {
		next, ok := r.row(n, strings.TrimSpace(piece))
		switch {
		case ok:
			r.put(row)
			row = &next
		case row != nil:
			row.Text += "；" + strings.TrimSpace(piece)
		default:
			r.chat.Rest = append(r.chat.Rest, ChatLine{n, strings.TrimSpace(piece)})
		}
	}
	r.put(row)
}

// put finishes a row.
func (r *chatReader) put(row *ChatRow) {
	if row == nil {
		return
	}
	row.Nothing = text.IsNothing(row.Text) || row.Text == "零报告" || row.Text == "本月无"
	row.Quantity, row.Several = quantities(row.Text)
	key := text.Place(row.Village)
	row.Twice, r.seen[key] = r.seen[key], true
	r.chat.Rows = append(r.chat.Rows, *row)
}

// row reads a piece that begins with a village. A village alone says nothing.
func (r *chatReader) row(line int, piece string) (ChatRow, bool) {
	if at := chatNumber.FindString(piece); at != "" {
		piece = strings.TrimPrefix(piece, at)
	}
	name, rest, known := r.village(piece)
	if name == "" {
		return ChatRow{}, false
	}
	rest = strings.TrimFunc(rest, func(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune(":：,，、-—.。", c) })
	if rest == "" || chatTime.MatchString(rest) && len(quantityOf(rest)) == 0 {
		return ChatRow{}, false // a name over a message, 甲一村书记 11:20
	}
	return ChatRow{Line: line, Village: name, Text: rest, Known: known}, true
}

// village cuts the village's name off a piece.
func (r *chatReader) village(piece string) (name, rest string, known bool) {
	for _, k := range r.known {
		if after, ok := strings.CutPrefix(piece, k); ok && k != "" {
			after = chatOrgan.ReplaceAllString(after, "")
			if endsName(after) || chatState.MatchString(after) {
				return k, after, true
			}
			return "", "", false // 甲一村民小组长
		}
	}
	if name = chatName.FindString(piece); name == "" || !endsName(piece[len(name):]) {
		return "", "", false
	}
	return name, piece[len(name):], false
}

// endsName reports whether a name may end before the words.
func endsName(after string) bool {
	c, _ := utf8.DecodeRuneInString(after)
	return after == "" || unicode.IsSpace(c) || unicode.IsPunct(c) || c >= '0' && c <= '9'
}

// quantities returns the one quantity of the words, or all if there are several.
func quantities(words string) (one string, several []string) {
	all := quantityOf(words)
	switch len(all) {
	case 0:
		return "", nil
	case 1:
		return all[0], nil
	}
	return "", all
}

// quantityOf returns the numbers with a unit in words, or the number that is all
// there is. A date, a clock time or an ordinal (第3组) is none.
func quantityOf(words string) []string {
	var out []string
	narrow := text.Code(words)
	for _, m := range chatQuantity.FindAllStringSubmatch(narrow, -1) {
		if m[1] != "" {
			continue
		}
		if unit := unitBefore(m[3]); unit != "" {
			out = append(out, m[2]+unit)
		} else if m[2] == narrow {
			out = append(out, m[2])
		}
	}
	return out
}

// unitBefore returns the longest unit that the words begin with, "" without one;
// the words of a date (月, 日, 年) are none.
func unitBefore(words string) string {
	for n := utf8.RuneCountInString(words); n > 0; n-- {
		unit := string([]rune(words)[:n])
		if text.IsUnit(unit) && !strings.ContainsAny(unit, "年月日号点时分") {
			return strings.ReplaceAll(unit, "％", "%")
		}
	}
	return ""
}

// ChatSheet is the sheet that the heads of the columns of a chat's table stand on.
const ChatSheet = "接龙"

// Book lays the rows out as a table with the given heads, so that they go through
// mapping, plan and checks like any return. A row that names no or several
// quantities leaves its cell empty: its words say all of it.
func (c Chat) Book(village, quantity, words string) *sheet.Book {
	s := sheet.Sheet{Name: ChatSheet}
	add := func(cells ...string) {
		row := sheet.Row{Index: len(s.Rows) + 1}
		for i, w := range cells {
			if w != "" {
				row.Cells = append(row.Cells, sheet.Cell{Row: row.Index, Col: i + 1, Kind: sheet.Text, Text: w})
			}
		}
		s.Rows = append(s.Rows, row)
	}
	add(village, quantity, words)
	for _, r := range c.Rows {
		add(r.Village, r.Quantity, r.Text)
	}
	return &sheet.Book{Format: sheet.CSV, Sheets: []sheet.Sheet{s}}
}
