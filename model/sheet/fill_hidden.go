package sheet

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"xiangzhen/model"
)

// HiddenPage is a sheet for programs only: rows of words that nobody sees.
type HiddenPage struct {
	Name string
	Rows [][]string
}

// FillHiding is Fill with one more sheet behind the others, which even the menu of
// the sheets does not show. All else stays as Fill leaves it.
func (t *Template) FillHiding(to string, fills []SheetFill, page HiddenPage) error {
	raw, _, err := t.Filled(fills)
	if err != nil {
		return err
	}
	name := filepath.Base(to)
	filled, err := readTemplate(name, raw)
	if err != nil {
		return err
	}
	if filled.Sheet(page.Name) != nil {
		return model.Errorf(model.CodeRefused, "“%s”是已经下发过的表，请用上级发来的原表。", filepath.Base(t.Path))
	}
	if err := filled.hide(page); err != nil {
		return unusual(name, err)
	}
	return WriteFile(to, func(w io.Writer) error {
		return filled.pkg.write(bytes.NewReader(raw), int64(len(raw)), w)
	})
}

// hide puts the sheet into the package.
func (t *Template) hide(page HiddenPage) error {
	const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
	part := t.pkg.fresh("xl/worksheets/sheetXZ", ".xml")
	t.pkg.add(part, page.xml())
	if err := t.pkg.declare(part, kind); err != nil {
		return err
	}
	id, err := t.pkg.relate(t.workbook(), "worksheet", "/"+part)
	if err != nil {
		return err
	}
	book, err := t.pkg.part(t.workbook())
	if err != nil {
		return err
	}
	number, prefix := 0, ""
	for tag := range xmlTags(book.b) {
		if tag.name == "sheet" && !tag.close {
			number, prefix = max(number, tagNumber(book.b, tag, "sheetId")), tag.prefix(book.b)
		}
	}
	entry := fmt.Sprintf(`<%ssheet xmlns:xzr="http://schemas.openxmlformats.org/officeDocument/2006/relationships" name="%s" sheetId="%d" state="veryHidden" xzr:id="%s"/>`, prefix, xmlEscape(page.Name), number+1, id)
	if !book.append("sheets", entry) {
		return errUnusual
	}
	return nil
}

func (p HiddenPage) xml() string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<worksheet xmlns="` + mainSpace + `"><sheetData>`)
	for i, row := range p.Rows {
		fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for j, words := range row {
			fmt.Fprintf(&b, `<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, CellName(i+1, j+1), xmlEscape(words))
		}
		b.WriteString("</row>")
	}
	b.WriteString("</sheetData></worksheet>")
	return b.String()
}
