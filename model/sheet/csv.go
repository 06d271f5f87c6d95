package sheet

import (
	"encoding/csv"
	"errors"
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
	if src.size > src.limits.Unzipped {
		return nil, model.Errorf(model.CodeInvalid, "“%s”大得不正常，没有读。", src.name)
	}
	raw := make([]byte, src.size)
	if _, err := src.r.ReadAt(raw, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, model.Wrap(err, model.CodeDamaged, "“%s”读到一半出错，请重新复制一份再试。", src.name)
	}
	content, _ := text.Decode(raw)
	r := csv.NewReader(strings.NewReader(content))
	r.Comma = separator(content)
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	s := Sheet{Name: csvSheet}
	cells := 0
	for index := 1; ; index++ {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return &Book{Sheets: []Sheet{s}}, nil
		}
		if err != nil {
			return nil, model.Wrap(err, model.CodeDamaged, "“%s”第 %d 行读不懂，请用 WPS 打开后另存为 .xlsx。", src.name, index)
		}
		line, _ := r.FieldPos(0)
		row := Row{Index: max(index, line)}
		index = row.Index
		for i, f := range fields {
			if f != "" && i < maxCols {
				row.Cells = append(row.Cells, Cell{Row: index, Col: i + 1, Kind: Text, Text: f})
			}
		}
		if cells += len(row.Cells); cells > src.limits.Cells {
			return nil, model.Errorf(model.CodeInvalid, "“%s”大得不正常，没有读。", src.name)
		}
		if len(row.Cells) > 0 {
			s.Rows = append(s.Rows, row)
		}
	}
}

// separator returns the separator that occurs most often in the first line.
func separator(content string) rune {
	line, _, _ := strings.Cut(content, "\n")
	best, most := ',', 0
	for _, c := range []rune{',', '\t', ';'} {
		if n := strings.Count(line, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}
