package sheet

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"

	"xiangzhen/model/text"
)

// Image is a picture found on a sheet: one that lies over its cells (ordinary, or
// grouped with others), or one that a cell holds (WPS: =DISPIMG; Excel: picture in
// cell). Its content stays in the file until ReadPictures is asked for it.
type Image struct {
	Row, Col int // the cell of its upper left corner; Col 0 where only the row is known
	LastRow  int // the last row that it covers; at least Row
	InCell   bool
	Grouped  bool   // with others: the place is that of the whole group
	Part     string // names its content in the package; "" if Fault
	Fault    string // Chinese: why its content cannot be had
}

// Where tells the place in words: B3, or 第 3 行.
func (p Image) Where() string {
	if p.Col == 0 {
		return fmt.Sprintf("第 %d 行", p.Row)
	}
	return CellName(p.Row, p.Col)
}

// What is taken of the pictures of one workbook.
const (
	mostPictures    = 2000
	MostPictureSize = 20 << 20 // bytes of one picture
)

// The faults of a picture.
const (
	faultNoContent = "内容没有存在文件里（可能是链接），请把照片直接插入表里"
	faultTooLarge  = "超过 20 MB，请缩小后重新插入"
)

// drawn is a picture as a drawing has it, its place still in the drawing's measures.
type drawn struct {
	anchor
	name, rel string // WPS names the pictures of cells; rel is the id of the content's relation
	grouped   bool
}

// anchor says where in a drawing a picture lies. Lengths are in EMU.
type anchor struct {
	fromRow, fromCol, toRow int // from 0
	fromOff, toOff          int
	y, height               int // of an absolute anchor, and of one without an end
	absolute, two           bool
}

// drawingReader follows the tokens of a drawing or of WPS's list of pictures.
type drawingReader struct {
	x      *xlsxFile
	max    int
	found  []drawn
	beyond int // more than max

	at         anchor
	depth      int // of groups
	pic        *drawn
	side, leaf string // from or to; the element whose text is read
}

func (r *drawingReader) take(s *xmlScanner) error {
	name := string(s.name)
	switch s.kind {
	case tokenStart:
		r.start(s, name)
	case tokenEnd:
		return r.end(name)
	case tokenText:
		r.number(strings.TrimSpace(string(s.text)))
	}
	return nil
}

func (r *drawingReader) start(s *xmlScanner, name string) {
	switch name {
	case "twoCellAnchor", "oneCellAnchor", "absoluteAnchor":
		r.at, r.depth, r.pic = anchor{two: name == "twoCellAnchor", absolute: name == "absoluteAnchor"}, 0, nil
	case "from", "to":
		r.side = name
	case "row", "col", "rowOff":
		r.leaf = name
	case "pos", "ext":
		if r.pic == nil && r.depth == 0 {
			r.at.y, r.at.height = cmp.Or(r.at.y, s.intAttr("y")), cmp.Or(r.at.height, s.intAttr("cy"))
		}
	case "grpSp":
		if !s.selfClose {
			r.depth++
		}
	case "pic":
		if !s.selfClose {
			r.pic = &drawn{anchor: r.at, grouped: r.depth > 0}
		}
	case "cNvPr":
		if r.pic != nil {
			r.pic.name, _ = s.attr("name")
		}
	case "blip":
		if r.pic != nil {
			r.pic.rel, _ = s.attr("embed")
		}
	}
}

func (r *drawingReader) end(name string) error {
	switch name {
	case "from", "to":
		r.side = ""
	case "row", "col", "rowOff":
		r.leaf = ""
	case "grpSp":
		r.depth = max(0, r.depth-1)
	case "pic":
		if r.pic == nil {
			return nil
		}
		if len(r.found) < r.max {
			r.found = append(r.found, *r.pic)
		} else {
			r.beyond++
		}
		r.pic = nil
		return r.x.count()
	}
	return nil
}

func (r *drawingReader) number(words string) {
	n, err := strconv.Atoi(words)
	if err != nil || n < 0 {
		return
	}
	switch r.side + " " + r.leaf {
	case "from row":
		r.at.fromRow = n
	case "from col":
		r.at.fromCol = n
	case "from rowOff":
		r.at.fromOff = n
	case "to row":
		r.at.toRow = n
	case "to rowOff":
		r.at.toOff = n
	}
}

// readDrawing reads the pictures of a drawing, and by the ids of its relations where
// their contents lie.
func (x *xlsxFile) readDrawing(part string) ([]drawn, map[string]string, error) {
	r := &drawingReader{x: x, max: mostPictures - x.pictures}
	if err := x.scan(part, r.take); err != nil {
		return nil, nil, err
	}
	x.pictures += len(r.found)
	x.beyond += r.beyond
	rels, err := x.readRels(part)
	content := make(map[string]string, len(rels))
	for _, rel := range rels {
		content[rel.id] = rel.target
	}
	return r.found, content, err
}

// content gives a picture its content's part, or what is wrong with it.
func (x *xlsxFile) content(p *Image, part string) {
	switch f := x.parts[part]; {
	case f == nil || part == "":
		p.Fault = faultNoContent
	case f.UncompressedSize64 > MostPictureSize:
		p.Fault = faultTooLarge
	default:
		p.Part = part
	}
}

// readSheetPictures finds the pictures of a sheet. A drawing that cannot be read does
// not keep the words of the sheet from being read: that is said.
func (x *xlsxFile) readSheetPictures(sheet *Sheet, part string, inCell []cellPicture) error {
	err := x.overCells(sheet, part)
	if err == nil {
		err = x.inCells(sheet, inCell)
	}
	if err != nil && !errors.Is(err, errTooLarge) {
		x.warn("工作表“%s”里的照片没有读全，文件可能有损坏，请用 WPS 打开另存一次再交。", sheet.Name)
		return nil
	}
	return err
}

// overCells finds the pictures that lie over the cells.
func (x *xlsxFile) overCells(sheet *Sheet, part string) error {
	rels, err := x.readRels(part)
	if err != nil {
		return err
	}
	var heights *rowHeights
	for _, rel := range rels {
		if !strings.HasSuffix(rel.kind, "/drawing") {
			continue
		}
		found, content, err := x.readDrawing(rel.target)
		if err != nil {
			return err
		}
		if heights == nil && len(found) > 0 {
			if heights, err = x.readHeights(part); err != nil {
				return err
			}
		}
		for _, d := range found {
			p := heights.place(d)
			x.content(&p, content[d.rel])
			sheet.Images = append(sheet.Images, p)
		}
	}
	return nil
}

// cellPicture is a cell that holds a picture: by the name that WPS gave it, or where
// Excel says it lies.
type cellPicture struct {
	row, col int
	name     string
	part     string
	rich     bool // Excel's
}

// dispimg is how WPS writes a picture of a cell, as a formula or as its result:
// _xlfn.DISPIMG("ID_0F",1).
var dispimg = regexp.MustCompile(`(?i)^=?\s*(?:_xlfn\.|_xlws\.)*DISPIMG\s*\(\s*"?([^",)]*)`)

// pictureName returns the name of the picture that a formula or a text shows.
func pictureName(formula []byte) (string, bool) {
	if m := dispimg.FindSubmatch(bytes.TrimSpace(formula)); m != nil {
		return string(m[1]), true
	}
	return "", false
}

// inCells finds the pictures that cells hold. The list of them is read once a file.
func (x *xlsxFile) inCells(sheet *Sheet, cells []cellPicture) error {
	if len(cells) == 0 {
		return nil
	}
	if x.named == nil {
		x.named = map[string]string{}
		was := x.pictures
		found, content, err := x.readDrawing(x.cellImages)
		if err != nil {
			return err
		}
		x.pictures = was // a picture counts where a cell shows it
		for _, d := range found {
			x.named[d.name] = content[d.rel]
		}
	}
	for _, c := range cells {
		if x.pictures >= mostPictures {
			x.beyond++
			continue
		}
		x.pictures++
		p := Image{Row: c.row, LastRow: c.row, Col: c.col, InCell: true}
		part := x.named[c.name]
		if c.rich {
			part = c.part
		}
		x.content(&p, part)
		sheet.Images = append(sheet.Images, p)
	}
	return nil
}

// warnBeyond tells of pictures that are too many.
func (x *xlsxFile) warnBeyond() {
	if x.beyond > 0 {
		x.warn("文件里的照片超过 %d 张，后面的 %d 张没有收。请分成几个文件交。", mostPictures, x.beyond)
	}
}

// rowHeights are the heights of the rows of a sheet in EMU.
type rowHeights struct {
	usual int
	own   map[int]int // by row from 1
}

const (
	emuPerPoint = 12700
	usualHeight = 13.5 * emuPerPoint // where the sheet says nothing: WPS's own
)

func (x *xlsxFile) readHeights(part string) (*rowHeights, error) {
	h := &rowHeights{usual: usualHeight, own: map[int]int{}}
	next := 1
	err := x.scan(part, func(s *xmlScanner) error {
		switch {
		case s.is("sheetFormatPr"):
			if v := emuOf(s, "defaultRowHeight"); v > 0 {
				h.usual = v
			}
		case s.is("row"):
			row := s.intAttr("r")
			if row <= 0 {
				row = next
			}
			next = row + 1
			if v := emuOf(s, "ht"); s.on("hidden") {
				h.own[row] = 0
			} else if v > 0 {
				h.own[row] = v
			}
		}
		return nil
	})
	return h, err
}

// emuOf reads a height in points, of a row at most what Excel allows.
func emuOf(s *xmlScanner, name string) int {
	words, _ := s.attr(name)
	v, err := strconv.ParseFloat(words, 64)
	if err != nil || v < 0 || v > 409.5 {
		return 0
	}
	return int(v * emuPerPoint)
}

func (h *rowHeights) of(row int) int {
	if v, ok := h.own[row]; ok {
		return v
	}
	return h.usual
}

// place works out which rows a picture covers.
func (h *rowHeights) place(d drawn) Image {
	first, off := d.fromRow+1, d.fromOff
	if d.absolute {
		first, off = h.rowAt(1, d.y)
	}
	last, end := h.rowAt(first, off+d.height)
	if d.two {
		last, end = d.toRow+1, d.toOff
	}
	first, last = min(first, maxRows), min(max(first, last), maxRows)
	return h.settle(first, off, last, end, d)
}

// mostWalked is how many rows are walked over for one picture; further down all are
// taken to be of the usual height.
const mostWalked = 5000

// rowAt finds the row in which a length downwards from the top of a row ends, and how
// deep.
func (h *rowHeights) rowAt(row, down int) (int, int) {
	for stop := row + mostWalked; row < stop && down >= h.of(row); row++ {
		down -= h.of(row)
	}
	if high := h.usual; down >= h.of(row) {
		return min(row+down/high, maxRows), down % high
	}
	return row, down
}

// slip is the part of a row's height that a picture dragged by hand may lap over into
// it without being meant for it: a quarter.
const slip = 4

// settle leaves out the rows that a picture only laps over into.
func (h *rowHeights) settle(first, off, last, end int, d drawn) Image {
	if high := h.of(first); last > first && high-off < high/slip {
		first++
	}
	if last > first && end <= h.of(last)/slip {
		last--
	}
	p := Image{Row: first, LastRow: last, Col: min(d.fromCol, maxCols-1) + 1, Grouped: d.grouped}
	if d.absolute {
		p.Col = 0
	}
	return p
}

// ReadPictures reads the contents of pictures of a workbook by their parts, in that
// order. What cannot be read, or turns out to be larger than it said, is given to each
// with a fault in Chinese instead of a content.
func ReadPictures(file string, parts []string, each func(part string, content []byte, fault string) error) error {
	f, err := os.Open(file)
	if err != nil {
		return openError(text.BaseName(file), err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return openError(text.BaseName(file), err)
	}
	pkg, err := openPackage(&source{name: text.BaseName(file), r: f, size: info.Size(), limits: DefaultLimits})
	if err != nil {
		return err
	}
	left := DefaultLimits.Unzipped
	for _, part := range parts {
		b, fault := pictureContent(pkg.parts[part], left)
		left -= int64(len(b))
		if err := each(part, b, fault); err != nil {
			return err
		}
	}
	return nil
}

func pictureContent(f *zip.File, left int64) ([]byte, string) {
	if f == nil {
		return nil, faultNoContent
	}
	b, err := readPart(f, min(MostPictureSize, left)+1)
	switch {
	case int64(len(b)) > left:
		return nil, "排在后面，前面的照片加起来已经太大，请分成几个文件交"
	case len(b) > MostPictureSize:
		return nil, faultTooLarge
	case err != nil:
		return nil, "内容已损坏，请重新插入"
	}
	return b, ""
}
