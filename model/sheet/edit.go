package sheet

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"xiangzhen/model"
)

// Editor changes an existing xlsx in place the way a person at WPS would: cell
// by cell, whole columns and rows. It marks problems in a sender's own file, and
// fills forms in tests and in the demonstration.
type Editor struct {
	f    *excelize.File
	name string
	mark int // the style of a marked cell, 0 before the first
}

// Edit opens a file for changes.
func Edit(path string) (*Editor, error) {
	f, err := excelize.OpenFile(path, excelize.Options{UnzipSizeLimit: DefaultLimits.Unzipped, UnzipXMLSizeLimit: DefaultLimits.Unzipped})
	if err != nil {
		return nil, model.Wrap(err, model.CodeDamaged, "“%s”打不开，没有改动。", filepath.Base(path))
	}
	return &Editor{f: f, name: filepath.Base(path)}, nil
}

// Close lets go of the file.
func (e *Editor) Close() error { return e.f.Close() }

// Sheets returns the names of the sheets in order.
func (e *Editor) Sheets() []string { return e.f.GetSheetList() }

// Cell returns the text of a cell as stored.
func (e *Editor) Cell(sheet string, row, col int) (string, error) {
	return e.f.GetCellValue(sheet, CellName(row, col), excelize.Options{RawCellValue: true})
}

// Set writes a value, keeping the cell's style: text as text, numbers as
// numbers, nil clears.
func (e *Editor) Set(sheet string, row, col int, value any) error {
	if s, ok := value.(string); ok {
		return e.f.SetCellStr(sheet, CellName(row, col), s)
	}
	return e.f.SetCellValue(sheet, CellName(row, col), value)
}

// InsertCol makes room for a new column before col; the rest moves right.
func (e *Editor) InsertCol(sheet string, col int) error {
	return e.f.InsertCols(sheet, ColName(col), 1)
}

// RemoveRow takes a whole row out; the rest moves up.
func (e *Editor) RemoveRow(sheet string, row int) error { return e.f.RemoveRow(sheet, row) }

// DuplicateRow copies a whole row, hidden columns included, below itself.
func (e *Editor) DuplicateRow(sheet string, row int) error { return e.f.DuplicateRow(sheet, row) }

// MoveCol moves the cells of a column from row first on to another place; those
// between close up, as when a column is cut and inserted.
func (e *Editor) MoveCol(sheet string, from, to, first int) error {
	return e.rearrange(sheet, first, func(row []string) []string {
		cell := row[from-1]
		row = slices.Delete(row, from-1, from)
		return slices.Insert(row, to-1, cell)
	}, max(from, to))
}

// rearrange rewrites the cells of every row from first on as texts.
func (e *Editor) rearrange(sheet string, first int, change func([]string) []string, width int) error {
	rows, err := e.f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	for i := first; i <= len(rows); i++ {
		row := rows[i-1]
		for len(row) < width {
			row = append(row, "")
		}
		if err := e.setRow(sheet, i, change(row)); err != nil {
			return err
		}
	}
	return nil
}

func (e *Editor) setRow(sheet string, row int, texts []string) error {
	for j, s := range texts {
		if err := e.Set(sheet, row, j+1, s); err != nil {
			return err
		}
	}
	return nil
}

// SortRows sorts whole rows first to last, hidden columns included, by the text
// of a column, descending.
func (e *Editor) SortRows(sheet string, first, last, col int) error {
	return e.sort(sheet, first, last, col, 1)
}

// SortRowsWithoutHidden is SortRows for someone who selected only the columns
// from firstCol on: what stands left of them stays where it is.
func (e *Editor) SortRowsWithoutHidden(sheet string, first, last, col, firstCol int) error {
	return e.sort(sheet, first, last, col, firstCol)
}

func (e *Editor) sort(sheet string, first, last, col, firstCol int) error {
	rows, err := e.f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	width := 0
	for _, r := range rows {
		width = max(width, len(r))
	}
	block := make([][]string, 0, last-first+1)
	for i := first; i <= last; i++ {
		row := make([]string, width)
		if i <= len(rows) {
			copy(row, rows[i-1])
		}
		block = append(block, row)
	}
	sorted := slices.Clone(block)
	slices.SortStableFunc(sorted, func(a, b []string) int { return strings.Compare(b[col-1], a[col-1]) })
	for i := range block {
		if err := e.setRow(sheet, first+i, append(slices.Clone(block[i][:firstCol-1]), sorted[i][firstCol-1:]...)); err != nil {
			return err
		}
	}
	return nil
}

// RemoveSheet deletes a sheet.
func (e *Editor) RemoveSheet(sheet string) error { return e.f.DeleteSheet(sheet) }

// SetModified sets the document's own time, as a program does when it saves.
func (e *Editor) SetModified(t time.Time) error {
	props, err := e.f.GetDocProps()
	if err != nil {
		return err
	}
	props.Modified = t.UTC().Format(time.RFC3339)
	return e.f.SetDocProps(props)
}

// Mark colours a cell red and puts a note on it.
func (e *Editor) Mark(sheet string, row, col int, note string) error {
	if e.mark == 0 {
		id, err := e.f.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FBE3E1"}},
			Font: &excelize.Font{Color: "B71C1C"}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
		if err != nil {
			return err
		}
		e.mark = id
	}
	cell := CellName(row, col)
	if err := e.f.SetCellStyle(sheet, cell, cell, e.mark); err != nil {
		return err
	}
	if note == "" {
		return nil
	}
	err := e.f.AddComment(sheet, excelize.Comment{Cell: cell, Author: "乡振台账", Paragraph: []excelize.RichTextRun{{Text: note}}})
	if err != nil {
		return fmt.Errorf("comment %s: %w", cell, err)
	}
	return nil
}

// SaveAs writes the changed workbook to a file, whole or not at all.
func (e *Editor) SaveAs(path string) error {
	return writeFile(path, func(w io.Writer) error {
		_, err := e.f.WriteTo(w)
		return err
	})
}
