package grid

import (
	"strings"

	"xiangzhen/model/text"
)

// FormatTSV writes cells as Excel puts them on the clipboard: tabs between cells,
// CR LF behind rows, quotes around what holds a tab, a line break or a quote. What a
// village wrote must not become a formula where it is pasted: texts are guarded.
func FormatTSV(cells [][]string) string {
	var b strings.Builder
	for _, row := range cells {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			cell = text.Guard(cell)
			if strings.ContainsAny(cell, "\t\r\n\"") {
				cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			b.WriteString(cell)
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

// ParseTSV reads what Excel, WPS or FormatTSV put on the clipboard. A quote opens
// only at the beginning of a cell; a cell that begins with a quote but is not
// closed by one before a tab or line end is taken as it stands. Line breaks within
// a cell become LF, and guards come off. The rows may differ in length.
func ParseTSV(s string) [][]string {
	if s == "" {
		return nil
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	var rows [][]string
	var row []string
	for {
		cell, rest := nextCell(s)
		row = append(row, text.Unguard(cell))
		switch {
		case strings.HasPrefix(rest, "\t"):
			s = rest[1:]
			continue
		case len(rest) <= 1: // the end, or the line break of the last row
			return append(rows, row)
		}
		rows, row, s = append(rows, row), nil, rest[1:]
	}
}

// nextCell splits off one cell; rest begins with what ends it, or is empty.
func nextCell(s string) (cell, rest string) {
	if strings.HasPrefix(s, `"`) {
		if cell, rest, ok := quotedCell(s[1:]); ok {
			return cell, rest
		}
	}
	if end := strings.IndexAny(s, "\t\n"); end >= 0 {
		return s[:end], s[end:]
	}
	return s, ""
}

// quotedCell reads a cell whose opening quote is already gone. It is not ok if the
// closing quote is missing or followed by more text.
func quotedCell(s string) (cell, rest string, ok bool) {
	var b strings.Builder
	for {
		end := strings.IndexByte(s, '"')
		if end < 0 {
			return "", "", false
		}
		b.WriteString(s[:end])
		s = s[end+1:]
		switch {
		case s == "" || s[0] == '\t' || s[0] == '\n':
			return b.String(), s, true
		case s[0] == '"':
			b.WriteByte('"')
			s = s[1:]
		default:
			return "", "", false
		}
	}
}

// spread repeats one copied cell, row or block over a chosen range whose size is a
// multiple of it, as Excel does; otherwise the block is pasted once.
func spread(cells [][]string, rows, cols int) [][]string {
	h, w := len(cells), 0
	for _, row := range cells {
		w = max(w, len(row))
	}
	if h == 0 || w == 0 || rows%h != 0 || cols%w != 0 {
		return cells
	}
	out := make([][]string, rows)
	for r := range out {
		out[r] = make([]string, cols)
		for c := range out[r] {
			if from := cells[r%h]; c%w < len(from) {
				out[r][c] = from[c%w]
			}
		}
	}
	return out
}

// crop cuts values to at most rows × cols.
func crop(values [][]string, rows, cols int) [][]string {
	out := values[:min(len(values), rows)]
	for i, row := range out {
		if len(row) > cols {
			out[i] = row[:cols]
		}
	}
	return out
}
