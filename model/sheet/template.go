package sheet

import (
	"bytes"
	"cmp"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

// Template is a workbook handed down by somebody else, to be filled as it is: what
// it says, and how its cells look, the empty ones included.
type Template struct {
	*Book
	raw     []byte
	pkg     *patcher
	targets map[string]string // part by the name of the sheet
	looks   []Look            // by style
	pages   map[string]*page
}

// Look is what the style of a cell asks of the value in it.
type Look struct {
	Format   string // number format code, "" = General
	Date     bool   // the format shows a date or a time
	Locked   bool   // not to be typed into once the sheet is protected
	Bordered bool
	Formula  bool // there is a formula: nothing else belongs here
	There    bool // the file has the cell, be it empty
}

// page is where the cells of a sheet are, by row.
type page struct {
	rows      map[int][]pageCell
	hidden    map[int]bool
	last      int
	protected bool
	offers    []offer
}

type pageCell struct {
	col, style int
	formula    bool
}

// OpenTemplate opens an xlsx to be filled. Anything else is refused with a sentence
// that says what to do.
func OpenTemplate(name string) (*Template, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, openError(text.BaseName(name), err)
	}
	t, err := readTemplate(text.BaseName(name), raw)
	if err == nil {
		t.Path = name
	}
	return t, err
}

func readTemplate(name string, raw []byte) (*Template, error) {
	book, err := Read(name, bytes.NewReader(raw), int64(len(raw)), DefaultLimits)
	if err != nil {
		return nil, err
	}
	t := &Template{Book: book, raw: raw, targets: map[string]string{}, pages: map[string]*page{}}
	if book.Format != XLSX {
		return nil, model.Errorf(model.CodeUnsupported, "“%s”不是 .xlsx 表格，不能直接套表。请用 WPS 或 Excel 打开，另存为 .xlsx 后再来。", name)
	}
	if err := t.open(name); err != nil {
		return nil, unusual(name, err)
	}
	return t, nil
}

// unusual explains a package that is written in a way the patcher does not know.
func unusual(name string, err error) error {
	if err == errUnusual {
		return model.Wrap(err, model.CodeUnsupported, "“%s”的内部写法少见，不能保证原样填写。请用 WPS 打开，另存为 .xlsx 后再来。", name)
	}
	return err
}

// open finds the parts of the sheets and reads the styles.
func (t *Template) open(name string) error {
	src := &source{name: name, r: bytes.NewReader(t.raw), size: int64(len(t.raw)), limits: DefaultLimits}
	pkg, err := openPackage(src)
	if err != nil {
		return err
	}
	t.pkg = &patcher{zipPackage: pkg, changed: map[string]*xmlPart{}, added: map[string][]byte{}}
	x := &xlsxFile{zipPackage: pkg}
	refs, err := x.readWorkbook(t.workbook())
	if err != nil {
		return err
	}
	rels, err := t.pkg.readRels(t.workbook())
	if err != nil {
		return err
	}
	for _, ref := range refs {
		if target := x.worksheetPart(ref.rel, rels); target != "" {
			t.targets[ref.name] = target
		}
	}
	return t.readLooks(relOf(rels, path.Dir(t.workbook()), "styles", "styles.xml"))
}

func (t *Template) workbook() string { return cmp.Or(t.pkg.mainPart(), "xl/workbook.xml") }

// readLooks reads what the styles of cells ask of values.
func (t *Template) readLooks(name string) error {
	if t.pkg.parts[name] == nil {
		return nil
	}
	part, err := t.pkg.part(name)
	if err != nil {
		return err
	}
	custom := map[int]string{}
	var bordered []bool
	within := "" // borders or cellXfs
	for tag := range xmlTags(part.b) {
		switch {
		case tag.close && tag.name == within:
			within = ""
		case tag.close:
		case tag.name == "borders" || tag.name == "cellXfs":
			within = tag.name
		case tag.name == "numFmt":
			code, _, _ := tag.attr(part.b, "formatCode")
			custom[tagNumber(part.b, tag, "numFmtId")] = xmlUnescape(code)
		case within == "borders" && tag.name == "border":
			bordered = append(bordered, false)
		case within == "borders" && len(bordered) > 0:
			if style, _, _ := tag.attr(part.b, "style"); style != "" && style != "none" {
				bordered[len(bordered)-1] = true
			}
		case within == "cellXfs" && tag.name == "xf":
			t.looks = append(t.looks, lookOf(part.b, tag, custom, bordered))
		case within == "cellXfs" && tag.name == "protection" && len(t.looks) > 0:
			locked, _, _ := tag.attr(part.b, "locked")
			t.looks[len(t.looks)-1].Locked = locked != "0" && locked != "false"
		}
	}
	return nil
}

func lookOf(b []byte, tag xmlTag, custom map[int]string, bordered []bool) Look {
	id := tagNumber(b, tag, "numFmtId")
	code, ok := custom[id]
	if !ok {
		code = builtinFormats[id]
	}
	border := tagNumber(b, tag, "borderId")
	return Look{Format: code, Date: isDateFormat(code), Locked: true, Bordered: border > 0 && border < len(bordered) && bordered[border]}
}

// tagNumber returns a whole number of a tag's attribute, 0 if there is none.
func tagNumber(b []byte, tag xmlTag, name string) int {
	v, _, _ := tag.attr(b, name)
	n, err := strconv.Atoi(v)
	if err != nil {
		return 0
	}
	return n
}

// page reads where the cells of a sheet are, once.
func (t *Template) page(name string) *page {
	if p := t.pages[name]; p != nil {
		return p
	}
	p := &page{rows: map[int][]pageCell{}, hidden: map[int]bool{}}
	t.pages[name] = p
	part, err := t.pkg.part(t.targets[name])
	if err != nil {
		return p // a sheet without cells
	}
	p.offers = t.readOffers(name, part.b)
	row, inData := 0, false
	for tag := range xmlTags(part.b) {
		switch {
		case tag.name == "sheetData":
			inData = !tag.close
		case tag.name == "sheetProtection" && !tag.close:
			on, _, _ := tag.attr(part.b, "sheet")
			p.protected = on == "1" || on == "true"
		case !inData || tag.close:
		case tag.name == "row":
			row = cmp.Or(tagNumber(part.b, tag, "r"), row+1)
			p.last = max(p.last, row)
			hidden, _, _ := tag.attr(part.b, "hidden")
			p.hidden[row] = hidden == "1" || hidden == "true"
		case tag.name == "c":
			p.add(part.b, tag, row)
		case tag.name == "f" && len(p.rows[row]) > 0:
			p.rows[row][len(p.rows[row])-1].formula = true
		}
	}
	return p
}

func (p *page) add(b []byte, tag xmlTag, row int) {
	cells := p.rows[row]
	col := 1
	if len(cells) > 0 {
		col = cells[len(cells)-1].col + 1
	}
	if ref, _, _ := tag.attr(b, "r"); ref != "" {
		_, col, _ = ParseCellName(ref)
	}
	p.rows[row] = append(cells, pageCell{col: col, style: tagNumber(b, tag, "s")})
}

// Look returns what the style of a cell asks of the value in it.
func (t *Template) Look(sheet string, row, col int) Look {
	cells := t.page(sheet).rows[row]
	i, ok := slices.BinarySearchFunc(cells, col, func(c pageCell, at int) int { return c.col - at })
	if !ok {
		return Look{Locked: true}
	}
	var l Look
	if s := cells[i].style; s >= 0 && s < len(t.looks) {
		l = t.looks[s]
	}
	l.Formula, l.There = cells[i].formula, true
	return l
}

// LastRow is the last row of a sheet that the file has, be it empty.
func (t *Template) LastRow(sheet string) int { return t.page(sheet).last }

// HiddenRow reports whether a row is hidden.
func (t *Template) HiddenRow(sheet string, row int) bool { return t.page(sheet).hidden[row] }

// Protected reports whether a sheet is protected: only cells that are not Locked may
// be typed into.
func (t *Template) Protected(sheet string) bool { return t.page(sheet).protected }

// xmlUnescape reads the text of an element or attribute.
func xmlUnescape(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	var scanner xmlScanner
	return string(scanner.unescape([]byte(s)))
}
