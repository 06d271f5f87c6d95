package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"xiangzhen/model"
)

// Write writes the workbook to a file. The file appears whole or not at all.
func Write(path string, out *Out) error {
	return WriteFile(path, func(w io.Writer) error { return Encode(w, out) })
}

// WriteFile writes a file beside the file and then takes its place.
func WriteFile(path string, encode func(io.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return writeError(path, err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".xz-*.tmp")
	if err != nil {
		return writeError(path, err)
	}
	defer os.Remove(f.Name()) // gone already once renamed
	err = encode(f)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	return writeError(path, err)
}

// Encode writes the workbook as xlsx. The same Out gives the same bytes.
func Encode(w io.Writer, out *Out) error {
	f := excelize.NewFile()
	defer f.Close()
	f.SetZipWriter(newOrderedZip)
	e := &encoder{f: f, styles: map[Style]int{}}
	if err := e.book(out); err != nil {
		return fmt.Errorf("encode %s: %w", out.Title, err)
	}
	if out.hasPictures() {
		var plain bytes.Buffer
		if _, err := f.WriteTo(&plain); err != nil {
			return err
		}
		return addPictures(plain.Bytes(), out, w)
	}
	_, err := f.WriteTo(w)
	return err
}

// encoder turns an Out into an excelize file.
type encoder struct {
	f      *excelize.File
	styles map[Style]int
	lists  [][]string // choices too long to stand in the validation itself
}

// book makes all sheets and their layout before the cells of any: a stream takes
// the layout over when it begins, what is set behind its back is lost, and
// asking excelize for a sheet written by stream makes it read all of it again.
func (e *encoder) book(out *Out) error {
	sheets := safeNames(out.Sheets)
	for _, step := range []func([]OutSheet) error{e.addSheets, e.layouts, e.writeLists, e.hideSheets, e.cells} {
		if err := step(sheets); err != nil {
			return err
		}
	}
	stamp := out.Modified.UTC().Format(time.RFC3339)
	return e.f.SetDocProps(&excelize.DocProperties{Title: out.Title, Creator: out.Creator, Created: stamp, Modified: stamp})
}

func (e *encoder) addSheets(sheets []OutSheet) error {
	for i, s := range sheets {
		var err error
		if i == 0 {
			err = e.f.SetSheetName("Sheet1", s.Name) // every new file has one sheet
		} else {
			_, err = e.f.NewSheet(s.Name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (e *encoder) layouts(sheets []OutSheet) error {
	for i := range sheets {
		if err := e.layout(&sheets[i]); err != nil {
			return fmt.Errorf("sheet %s: %w", sheets[i].Name, err)
		}
	}
	return nil
}

func (e *encoder) cells(sheets []OutSheet) error {
	for i := range sheets {
		if err := e.sheet(&sheets[i]); err != nil {
			return fmt.Errorf("sheet %s: %w", sheets[i].Name, err)
		}
	}
	return nil
}

// hideSheets hides what is to be hidden and shows the first of the others.
func (e *encoder) hideSheets(sheets []OutSheet) error {
	first := slices.IndexFunc(sheets, func(s OutSheet) bool { return s.Visibility == Visible })
	if first < 0 {
		return errors.New("no visible sheet")
	}
	e.f.SetActiveSheet(first)
	for _, s := range sheets {
		if s.Visibility == Visible {
			continue
		}
		if err := e.f.SetSheetVisible(s.Name, false, s.Visibility == VeryHidden); err != nil {
			return err
		}
	}
	return nil
}

// sheet writes the cells by the stream, which is fast at any size.
func (e *encoder) sheet(s *OutSheet) error {
	sw, err := e.f.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	if err := e.columns(sw, s); err != nil {
		return err
	}
	if err := freeze(sw, s); err != nil {
		return err
	}
	for i, row := range s.Rows {
		row.Height = rowHeight(row, s.Cols)
		if err := e.row(sw, i+1, row); err != nil {
			return err
		}
	}
	for _, m := range s.Merges {
		if err := sw.MergeCell(CellName(m.R1, m.C1), CellName(m.R2, m.C2)); err != nil {
			return err
		}
	}
	return sw.Flush()
}

// columns goes from the last column to the first, because the stream puts each
// before those it has, and the file wants them ascending.
func (e *encoder) columns(sw *excelize.StreamWriter, s *OutSheet) error {
	for i, c := range slices.Backward(s.Cols) {
		col := i + 1
		if c.Width > 0 {
			if err := sw.SetColWidth(col, col, c.Width); err != nil {
				return err
			}
		}
		if c.Text {
			id, err := e.style(Style{Format: "@"})
			if err != nil {
				return err
			}
			if err := sw.SetColStyle(col, col, id); err != nil {
				return err
			}
		}
		if c.Hidden {
			if err := sw.SetColVisible(col, col, false); err != nil {
				return err
			}
		}
	}
	return nil
}

func freeze(sw *excelize.StreamWriter, s *OutSheet) error {
	if s.FreezeRow == 0 && s.FreezeCol == 0 {
		return nil
	}
	pane := "bottomRight"
	switch {
	case s.FreezeCol == 0:
		pane = "bottomLeft"
	case s.FreezeRow == 0:
		pane = "topRight"
	}
	return sw.SetPanes(&excelize.Panes{Freeze: true, XSplit: s.FreezeCol, YSplit: s.FreezeRow,
		TopLeftCell: CellName(s.FreezeRow+1, s.FreezeCol+1), ActivePane: pane})
}

func (e *encoder) row(sw *excelize.StreamWriter, index int, row OutRow) error {
	if len(row.Cells) == 0 && row.Height == 0 && !row.Hidden {
		return nil
	}
	cells := make([]any, len(row.Cells))
	for i, c := range row.Cells {
		cell, err := e.cell(c)
		if err != nil {
			return cellError(sw.Sheet, CellName(index, i+1), err)
		}
		cells[i] = cell
	}
	return sw.SetRow(CellName(index, 1), cells, excelize.RowOpts{Height: row.Height, Hidden: row.Hidden})
}

// The heights of a row in points: of one line, and of each more.
const (
	lineHeight = 15.0
	lowestRow  = 22.0
)

// rowHeight estimates the height a row of wrapped text needs. Excel and WPS fit
// rows only when somebody edits them, so a row without a height would cut text.
func rowHeight(row OutRow, cols []OutCol) float64 {
	if row.Height > 0 || row.Hidden {
		return row.Height
	}
	lines := 0
	for i, c := range row.Cells {
		if c.Kind == Text && c.Style.Wrap && i < len(cols) && cols[i].Width > 0 {
			lines = max(lines, wrappedLines(c.Text, cols[i].Width))
		}
	}
	if lines == 0 {
		return 0
	}
	return min(max(lowestRow, float64(lines)*lineHeight+6), 400)
}

// wrappedLines counts the lines of a text in a column of a width in characters;
// a Chinese character takes two.
func wrappedLines(text string, width float64) int {
	lines := 0
	for part := range strings.SplitSeq(text, "\n") {
		n := 0.0
		for _, r := range part {
			n++
			if r >= 0x2E80 {
				n++
			}
		}
		lines += max(1, int(math.Ceil(n/max(1, width-1))))
	}
	return lines
}

func (e *encoder) cell(c OutCell) (any, error) {
	id, err := e.style(c.Style)
	if err != nil {
		return nil, err
	}
	out := excelize.Cell{StyleID: id}
	switch c.Kind {
	case Number:
		out.Value, err = numberValue(c.Text)
	case Text:
		out.Value, err = textValue(c.Text)
	}
	if err != nil || out.Value == nil && id == 0 {
		return nil, err
	}
	return out, nil
}

// exactDigits is how many digits of a number a spreadsheet keeps.
const exactDigits = 15

// numberValue is the value of a number cell: the number, or its digits as text
// where a number would lose some of them.
func numberValue(digits string) (any, error) {
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return nil, fmt.Errorf("%q is no number", digits)
	}
	if significant := strings.Trim(strings.Replace(digits, ".", "", 1), "+-0"); len(significant) > exactDigits {
		return digits, nil
	}
	return n, nil
}

// maxCellText is the longest text of a cell, in UTF-16 units.
const maxCellText = 32767

var errTextTooLong = errors.New("text too long for a cell")

// textValue refuses what excelize would cut off without a word.
func textValue(s string) (any, error) {
	if utf16Len(s) > maxCellText {
		return nil, errTextTooLong
	}
	return s, nil
}

func cellError(sheet, cell string, err error) error {
	if errors.Is(err, errTextTooLong) {
		return model.Wrap(err, model.CodeInvalid, "工作表“%s”的 %s 内容超过 %d 个字，Excel 的一格放不下，没有写成。请先缩短这一项。", sheet, cell, maxCellText)
	}
	return fmt.Errorf("%s: %w", cell, err)
}

// style returns the file's number of a style.
func (e *encoder) style(s Style) (int, error) {
	if s == (Style{}) {
		return 0, nil
	}
	if id, ok := e.styles[s]; ok {
		return id, nil
	}
	id, err := e.f.NewStyle(excelStyle(s))
	e.styles[s] = id
	return id, err
}

var alignments = map[Align]string{AlignLeft: "left", AlignCenter: "center", AlignRight: "right"}

func excelStyle(s Style) *excelize.Style {
	font := fontPreset[s.Role]
	out := &excelize.Style{
		Font:      &excelize.Font{Family: font.Family, Size: font.Size, Bold: font.Bold || s.Bold, Color: s.Color, Strike: s.Strike},
		Alignment: &excelize.Alignment{Horizontal: alignments[s.Align], Vertical: "center", WrapText: s.Wrap},
	}
	if s.Border {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			out.Border = append(out.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	if s.Fill != "" {
		out.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{s.Fill}}
	}
	if s.Format != "" {
		out.CustomNumFmt = &s.Format
	}
	return out
}

// WriteLocked writes a workbook that opens only with a password, encrypted as Excel
// and WPS do it (ECMA-376 agile encryption).
func WriteLocked(path string, out *Out, password string) error {
	var plain bytes.Buffer
	if err := Encode(&plain, out); err != nil {
		return err
	}
	locked, err := excelize.Encrypt(plain.Bytes(), &excelize.Options{Password: password})
	if err != nil {
		return writeError(path, err)
	}
	return WriteFile(path, func(w io.Writer) error {
		_, err := w.Write(locked)
		return err
	})
}
