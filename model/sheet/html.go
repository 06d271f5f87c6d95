package sheet

import (
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"xiangzhen/model/text"
)

// htmlSheet is the name of the sheet of a page that names none.
const htmlSheet = "Sheet1"

// htmlBook is a page of tables being read. All of it stands on one sheet, as
// Excel shows it: tables and the lines between them, one below the other.
type htmlBook struct {
	*reading
	z       *html.Tokenizer
	odd     oddities
	formats map[string]numFormat // by class
	tables  []*htmlTable         // open ones, the outermost first
	page    block                // what is done
	line    textFlow             // outside tables
	deeper  int                  // tables open beyond maxNesting
	found   bool                 // any table
	skip    string               // element whose text is not for people, "" if none
}

// maxNesting is how deep tables are told apart; deeper ones are text.
const maxNesting = 32

// readHTML reads the tables of a page: what many systems export as .xls. Cells
// are text as shown, unless the page gives their numbers (x:num): nothing is
// guessed from its looks.
func readHTML(src *source) (*Book, error) {
	raw, err := src.readAll()
	if err != nil {
		return nil, err
	}
	content := decodeMarkup(raw)
	h := &htmlBook{reading: newReading(src), z: html.NewTokenizer(strings.NewReader(content)), formats: map[string]numFormat{}}
	h.warnGarbled(content)
	h.z.SetMaxBuf(maxToken)
	if err := h.read(); err != nil {
		return nil, h.explain(err)
	}
	if !h.found {
		return nil, src.refused(HTML)
	}
	h.book.Date1904 = strings.Contains(content, "<x:Date1904/>")
	h.finish(htmlSheetName(content))
	return h.book, nil
}

// sheetNames are the names that Excel leaves in a comment of the page.
var sheetNames = regexp.MustCompile(`<x:Name>([^<]+)</x:Name>`)

func htmlSheetName(content string) string {
	if names := sheetNames.FindAllStringSubmatch(content, 2); len(names) == 1 {
		return text.Plain(html.UnescapeString(names[0][1]))
	}
	return htmlSheet
}

func (h *htmlBook) read() error {
	for {
		var err error
		switch h.z.Next() {
		case html.ErrorToken:
			if err := h.z.Err(); !errors.Is(err, io.EOF) {
				return err
			}
			return h.close()
		case html.TextToken:
			h.takeText(string(h.z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			err = h.start(h.z.Token())
		case html.EndTagToken:
			name, _ := h.z.TagName()
			err = h.end(string(name))
		}
		if err != nil {
			return err
		}
	}
}

// close ends what a page cut short left open.
func (h *htmlBook) close() error {
	for len(h.tables) > 0 {
		if err := h.endTable(); err != nil {
			return err
		}
	}
	return h.endLine()
}

// finish makes the sheet. What lies below the last row of a sheet is left out
// and told.
func (h *htmlBook) finish(name string) {
	h.page.cells = slices.DeleteFunc(h.page.cells, func(c Cell) bool {
		if c.Row > maxRows {
			h.odd.note(oddPlace, c)
		}
		return c.Row > maxRows
	})
	s := Sheet{Name: name, Merges: h.page.merges, HiddenCols: h.page.hiddenCols}
	s.Rows = rowsOf(h.page.cells, h.page.hidden, &h.odd)
	h.odd.report(h.reading, name)
	h.book.Sheets = []Sheet{s}
}

// innermost returns the table at hand, nil outside tables.
func (h *htmlBook) innermost() *htmlTable {
	if len(h.tables) == 0 {
		return nil
	}
	return h.tables[len(h.tables)-1]
}

// flow returns where text goes: into the open cell, or a line of its own. Text
// between the cells of a table is nobody's.
func (h *htmlBook) flow() *textFlow {
	t := h.innermost()
	switch {
	case t == nil:
		return &h.line
	case t.open:
		return &t.text
	}
	return nil
}

func (h *htmlBook) takeText(s string) {
	switch {
	case h.skip == "style":
		h.takeStyles(s)
	case h.skip != "":
	default:
		if to := h.flow(); to != nil {
			to.write(s)
		}
	}
}

// silent are the elements whose text is not for people.
var silent = map[string]bool{"style": true, "script": true, "title": true, "xml": true, "noscript": true}

// parts are the elements of a table.
var parts = map[string]bool{"tr": true, "td": true, "th": true}

// blocks are the elements that begin and end a line.
var blocks = map[string]bool{
	"br": true, "p": true, "div": true, "li": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true,
	"caption": true, "center": true, "hr": true, "pre": true,
}

func (h *htmlBook) start(tag html.Token) error {
	t := h.innermost()
	switch {
	case silent[tag.Data]:
		if tag.Type == html.StartTagToken {
			h.skip = tag.Data
		}
	case tag.Data == "table":
		return h.startTable()
	case blocks[tag.Data] || h.deeper > 0 && parts[tag.Data]:
		return h.breakLine()
	case t == nil:
	case tag.Data == "col":
		return h.startCol(t, tag)
	case tag.Data == "tr":
		return h.startRow(t, tag)
	case tag.Data == "td" || tag.Data == "th":
		return h.startCell(t, tag)
	}
	return nil
}

func (h *htmlBook) end(name string) error {
	t := h.innermost()
	switch {
	case name == h.skip:
		h.skip = ""
	case name == "table" && h.deeper > 0:
		h.deeper--
	case blocks[name] || h.deeper > 0 && parts[name]:
		return h.breakLine()
	case t == nil:
	case name == "table":
		return h.endTable()
	case name == "tr":
		return h.endRow(t)
	case name == "td" || name == "th":
		return h.endCell(t)
	}
	return nil
}

func (h *htmlBook) breakLine() error {
	if len(h.tables) == 0 {
		return h.endLine()
	}
	if to := h.flow(); to != nil {
		to.newLine()
	}
	return nil
}

// endLine puts the text outside tables into a row of its own.
func (h *htmlBook) endLine() error {
	words := h.line.String()
	h.line.reset()
	if words == "" {
		return nil
	}
	h.page.rows++
	h.page.cells = append(h.page.cells, Cell{Row: h.page.rows, Col: 1, Kind: Text, Text: words})
	return h.count()
}

// Where a style sheet gives the number formats of classes.
var (
	classRule    = regexp.MustCompile(`\.([\w-]+)\s*\{([^}]*)\}`)
	numberFormat = regexp.MustCompile(`mso-number-format\s*:\s*("[^"]*"|'[^']*'|(?:[^;\\]|\\.)+)`)
)

func (h *htmlBook) takeStyles(css string) {
	for _, rule := range classRule.FindAllStringSubmatch(css, -1) {
		if f, ok := cssFormat(rule[2]); ok {
			h.formats[rule[1]] = f
		}
	}
}

// cssFormat returns the number format that a style gives.
func cssFormat(style string) (numFormat, bool) {
	m := numberFormat.FindStringSubmatch(style)
	if m == nil {
		return numFormat{}, false
	}
	return formatOf(xmlFormat(unescapeCSS(strings.Trim(strings.TrimSpace(m[1]), `"'`)))), true
}

// cssEscape is a character in CSS written by its number or behind a backslash.
var cssEscape = regexp.MustCompile(`\\(?:([0-9A-Fa-f]{1,6}) ?|(.))`)

func unescapeCSS(s string) string {
	return cssEscape.ReplaceAllStringFunc(s, func(m string) string {
		digits := strings.TrimSpace(m[1:])
		n, err := strconv.ParseInt(digits, 16, 32)
		if err != nil || n == 0 {
			return m[1:]
		}
		return string(rune(n))
	})
}
