package sheet

import (
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

// Editor changes an existing xlsx in place the way a person at WPS would: cell
// by cell, whole columns and rows. It fills forms in tests and in the demonstration;
// much that it does not touch it writes anew, so nothing that goes back to a sender
// passes through it.
type Editor struct {
	f *excelize.File
}

// Edit opens a file for changes.
func Edit(path string) (*Editor, error) {
	f, err := excelize.OpenFile(path, excelize.Options{UnzipSizeLimit: DefaultLimits.Unzipped, UnzipXMLSizeLimit: DefaultLimits.Unzipped})
	var onDisk *fs.PathError
	switch {
	case errors.As(err, &onDisk):
		return nil, openError(text.BaseName(path), err)
	case err != nil:
		return nil, model.Wrap(err, model.CodeDamaged, "“%s”打不开，没有改动。", text.BaseName(path))
	}
	return &Editor{f: f}, nil
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

// RemoveCol takes a whole column out; the rest moves left.
func (e *Editor) RemoveCol(sheet string, col int) error { return e.f.RemoveCol(sheet, ColName(col)) }

// RemoveRow takes a whole row out; the rest moves up.
func (e *Editor) RemoveRow(sheet string, row int) error { return e.f.RemoveRow(sheet, row) }

// DuplicateRow copies a whole row, hidden columns included, below itself.
func (e *Editor) DuplicateRow(sheet string, row int) error { return e.f.DuplicateRow(sheet, row) }

// MoveCol moves the cells of a column from row first on to another place; those
// between close up, as when a column is cut and inserted. Formulas move as the
// values they came to.
func (e *Editor) MoveCol(sheet string, from, to, first int) error {
	rows, width, err := e.size(sheet)
	if err != nil {
		return err
	}
	width = max(width, from, to)
	for i := first; i <= rows; i++ {
		row, err := e.row(sheet, i, width)
		if err != nil {
			return err
		}
		cell := row[from-1]
		row = slices.Insert(slices.Delete(row, from-1, from), to-1, cell)
		if err := e.setRow(sheet, i, 1, row); err != nil {
			return err
		}
	}
	return nil
}

// SortRows sorts whole rows first to last, hidden columns included, by the text
// of a column, descending.
func (e *Editor) SortRows(sheet string, first, last, col int) error {
	return e.SortRowsWithoutHidden(sheet, first, last, col, 1)
}

// SortRowsWithoutHidden is SortRows for someone who selected only the columns
// from firstCol on: what stands left of them stays where it is.
func (e *Editor) SortRowsWithoutHidden(sheet string, first, last, col, firstCol int) error {
	_, width, err := e.size(sheet)
	if err != nil {
		return err
	}
	var block [][]editedCell
	for i := first; i <= last; i++ {
		row, err := e.row(sheet, i, max(width, col))
		if err != nil {
			return err
		}
		block = append(block, row)
	}
	slices.SortStableFunc(block, func(a, b []editedCell) int { return strings.Compare(b[col-1].raw, a[col-1].raw) })
	for i, row := range block {
		if err := e.setRow(sheet, first+i, firstCol, row[firstCol-1:]); err != nil {
			return err
		}
	}
	return nil
}

// editedCell is a cell as cut and pasted: its value, what kind it is, its look.
type editedCell struct {
	raw   string
	kind  excelize.CellType
	style int
}

// size returns how many rows and columns of a sheet are in use.
func (e *Editor) size(sheet string) (rows, cols int, err error) {
	texts, err := e.f.GetRows(sheet, excelize.Options{RawCellValue: true})
	for _, r := range texts {
		cols = max(cols, len(r))
	}
	return len(texts), cols, err
}

func (e *Editor) row(sheet string, row, width int) ([]editedCell, error) {
	cells := make([]editedCell, width)
	for i := range cells {
		at := CellName(row, i+1)
		var err error
		if cells[i].raw, err = e.Cell(sheet, row, i+1); err != nil {
			return nil, err
		}
		if cells[i].kind, err = e.f.GetCellType(sheet, at); err != nil {
			return nil, err
		}
		if cells[i].style, err = e.f.GetCellStyle(sheet, at); err != nil {
			return nil, err
		}
	}
	return cells, nil
}

// setRow writes the cells from a column on.
func (e *Editor) setRow(sheet string, row, col int, cells []editedCell) error {
	for i, c := range cells {
		at := CellName(row, col+i)
		if err := e.setCell(sheet, at, c); err != nil {
			return err
		}
		if err := e.f.SetCellStyle(sheet, at, at, c.style); err != nil {
			return err
		}
	}
	return nil
}

func (e *Editor) setCell(sheet, at string, c editedCell) error {
	switch {
	case c.raw == "":
		return e.f.SetCellValue(sheet, at, nil)
	case c.kind == excelize.CellTypeBool:
		return e.f.SetCellBool(sheet, at, c.raw == "1")
	case c.kind == excelize.CellTypeUnset || c.kind == excelize.CellTypeNumber:
		return e.f.SetCellDefault(sheet, at, c.raw)
	}
	return e.f.SetCellStr(sheet, at, c.raw)
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

// SaveAs writes the changed workbook to a file, whole or not at all.
func (e *Editor) SaveAs(path string) error {
	return WriteFile(path, func(w io.Writer) error {
		_, err := e.f.WriteTo(w)
		return err
	})
}

// AddPicture lays a picture over the sheet with its upper left corner in a cell; ext
// names its kind: .png.
func (e *Editor) AddPicture(sheet string, row, col int, ext string, content []byte) error {
	return e.f.AddPictureFromBytes(sheet, CellName(row, col), &excelize.Picture{Extension: ext, File: content,
		Format: &excelize.GraphicOptions{ScaleX: 0.1, ScaleY: 0.1, Positioning: "oneCell"}})
}
