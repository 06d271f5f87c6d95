package sheet

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

// csvSheet is the name of the one sheet of a csv file.
const csvSheet = "csv"

// readCSV reads comma, semicolon or tab separated text in UTF-8, UTF-16 or
// GB18030. Every cell is text: nothing is guessed from its looks.
func readCSV(src *source) (*Book, error) {
	raw, err := src.readAll()
	if err != nil {
		return nil, err
	}
	content, _ := text.Decode(raw)
	return readSeparated(src, content, separator(content))
}

// readSeparated reads text whose columns a separator parts.
func readSeparated(src *source, content string, comma rune) (*Book, error) {
	if !strings.Contains(content, "\n") {
		content = strings.ReplaceAll(content, "\r", "\n") // lines as old Macs end them
	}
	rd := newReading(src)
	rd.book.Sheets = []Sheet{{Name: csvSheet}}
	rd.warnGarbled(content)
	r := csv.NewReader(strings.NewReader(content))
	r.Comma = comma
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	return rd.book, fillCSV(src, rd.book, csvRows{r: r, content: content})
}

// fillCSV reads the rows into the book's sheet.
func fillCSV(src *source, b *Book, rows csvRows) error {
	for cells := 0; ; {
		row, err := rows.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return model.Wrap(err, model.CodeDamaged, "“%s”第 %d 行读不懂，请用 WPS 打开后另存为 .xlsx。", src.name, rows.index+1)
		}
		if cells += len(row.Cells); cells > src.limits.Cells {
			return src.tooLarge(nil)
		}
		for _, c := range row.Cells {
			if n := strings.Count(c.Text, "\n"); n > manyLines {
				b.Warnings = append(b.Warnings, fmt.Sprintf("%s 一格里有 %d 行文字，可能是少了一个引号，请核对。", CellName(c.Row, c.Col), n+1))
			}
		}
		if len(row.Cells) > 0 {
			b.Sheets[0].Rows = append(b.Sheets[0].Rows, row)
		}
	}
}

// manyLines is how many line breaks in one cell look like a lost quote, which
// swallows the rows behind it.
const manyLines = 30

// csvRows reads rows and numbers them as a spreadsheet shows them: blank lines
// count, line breaks inside quotes do not.
type csvRows struct {
	r       *csv.Reader
	content string
	index   int // of the row last read
	line    int // lines behind that row's end
	offset  int // the same in bytes
}

func (c *csvRows) next() (Row, error) {
	fields, err := c.r.Read()
	if err != nil {
		return Row{}, err
	}
	line, _ := c.r.FieldPos(0)
	c.index += line - c.line // 1 and the blank lines between
	end := int(c.r.InputOffset())
	c.line += strings.Count(c.content[c.offset:end], "\n")
	c.offset = end
	row := Row{Index: c.index}
	for i, f := range fields {
		if f != "" && i < maxCols {
			// A file of ours and a range copied from our grid carry the guard.
			row.Cells = append(row.Cells, Cell{Row: c.index, Col: i + 1, Kind: Text, Text: text.Unguard(f)})
		}
	}
	return row, nil
}

// separatorRows is how many lines are looked at to find the separator: the first
// is often a title without any.
const separatorRows = 20

// separator returns the separator that occurs most often, outside quotes, in the
// first lines.
func separator(content string) rune {
	counts := map[rune]int{}
	lines, quoted, before := 0, false, '\n'
	for _, c := range content {
		switch {
		case c == '"': // opens only where a field begins
			quoted = !quoted && strings.ContainsRune("\n,\t;", before)
		case c == '\n':
			lines, quoted = lines+1, false // a stray quote must not hide the rest
		case !quoted:
			counts[c]++
		}
		if before = c; lines == separatorRows {
			break
		}
	}
	best := ','
	for _, c := range []rune{'\t', ';'} {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best
}
